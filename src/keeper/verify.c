/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/verify.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/hex.h"
#include "keeper/look.h"
#include "keeper/trail_verify.h"
#include "keeper/where.h"
#include "store/store_node.h"

enum { ANCHOR_SIZE = 24 + 2 * STORE_MAC_SIZE, NODES_MOST = 64 };

static bool
read_digit(char digit, unsigned char *ret_value)
{
	static const char digits[] = "0123456789abcdef";
	const char *at = digit == '\0' ? NULL : strchr(digits, digit | 0x20);

	if (at == NULL)
		return false;
	*ret_value = (unsigned char)(at - digits);
	return true;
}

/* "" is none. */
static enum err
read_anchor(const char *text, struct trail_anchor *ret_anchor)
{
	struct trail_anchor anchor = { 0 };
	unsigned char high = 0, low = 0;
	char *end;

	if (*text == '\0') {
		*ret_anchor = anchor;
		return ERR_OK;
	}
	errno = 0;
	anchor.id = strtoll(text, &end, 10);
	if (*text < '0' || *text > '9' || errno != 0 || anchor.id < 1 || *end != ':' ||
	    strlen(end + 1) != sizeof anchor.mac * 2)
		return ERR_ANCHOR_FORMAT;
	for (size_t i = 0; i < sizeof anchor.mac; i++) {
		if (!read_digit(end[1 + 2 * i], &high) || !read_digit(end[2 + 2 * i], &low))
			return ERR_ANCHOR_FORMAT;
		anchor.mac[i] = (unsigned char)(high << 4 | low);
	}
	*ret_anchor = anchor;
	return ERR_OK;
}

static void
write_anchor(const struct trail_anchor *anchor, char text[ANCHOR_SIZE])
{
	int used = snprintf(text, ANCHOR_SIZE, "%" PRId64 ":", anchor->id);

	hex_write(anchor->mac, sizeof anchor->mac, text + used);
}

static void
tell_progress(void *context, int64_t done, int64_t all)
{
	struct look *look = context;
	char of[24];

	look_limit(look, LOOK_SECONDS);
	(void)snprintf(of, sizeof of, "%" PRId64, all);
	look_tell(look->out, EXAMINE_PROGRESS, ERR_OK, done, of);
}

/* The trail's own verdict, and then the anchor's, which is none of the trail's. */
static void
tell_verdict(struct look *look, enum err err, const struct trail_verdict *verdict)
{
	char anchor[ANCHOR_SIZE];
	enum err said = ERR_OK;

	if (err == ERR_ANCHOR_SHORT || err == ERR_ANCHOR_DIFFERS || err == ERR_ANCHOR_PRUNED) {
		said = err;
		err = ERR_OK;
	}
	write_anchor(&verdict->last, anchor);
	look_tell(look->out, EXAMINE_AUDIT, err, verdict->rows, "");
	look_tell(look->out, EXAMINE_PRUNED, ERR_OK, verdict->pruned, "");
	look_tell(look->out, EXAMINE_ANCHOR, said, verdict->rows, verdict->rows == 0 ? "" : anchor);
}

enum err
verify_others(struct look *look, struct trail_reading *reading)
{
	struct store_node nodes[NODES_MOST];
	struct trail_verdict verdict = { 0 };
	struct where where;
	size_t count = NODES_MOST, good = 0;
	enum err err = where_of(look->directory, &where);

	if (err == ERR_OK)
		err = store_nodes(look->store, "", nodes, &count);
	reading->anchor = (struct trail_anchor){ 0 };
	for (size_t i = 0; err == ERR_OK && i < count; i++) {
		if (strcmp(nodes[i].name, where.node) == 0)
			continue;
		err = store_node_look(look->store, nodes[i].name);
		if (err == ERR_OK)
			err = trail_verify(reading, &verdict);
		if (err != ERR_OK)
			look_tell(look->out, EXAMINE_NODES, err, verdict.rows, nodes[i].name);
		good++;
	}
	if (err == ERR_OK && good > 0)
		look_tell(look->out, EXAMINE_NODES, ERR_OK, (int64_t)good, "");
	return err;
}

enum err
verify_write(const char *state, const char *anchor, FILE *out)
{
	struct trail_reading reading = { .tell = tell_progress };
	struct trail_verdict verdict;
	struct look look;
	enum err err = look_open(state, out, &look);

	if (err == ERR_OK) {
		err = read_anchor(anchor, &reading.anchor);
		if (err != ERR_OK)
			look_tell(out, EXAMINE_ANCHOR, err, 0, "");
	}
	if (err == ERR_OK) {
		reading.store = look.store;
		reading.ring = look.ring;
		reading.context = &look;
		err = trail_verify(&reading, &verdict);
		tell_verdict(&look, err, &verdict);
		if (err == ERR_OK && verify_others(&look, &reading) == ERR_STORE_AWAY)
			look_tell(out, EXAMINE_DATABASE, ERR_STORE_AWAY, 0, "");
	}
	look_close(&look);
	return look_end(out);
}
