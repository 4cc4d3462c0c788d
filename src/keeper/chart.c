/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/chart.h"

#include <stdlib.h>
#include <string.h>

#include "core/source.h"
#include "keeper/readable.h"
#include "keeper/reader.h"
#include "store/store_audit.h"

enum {
	CHUNK = 512, /* rows between two looks at the clock */
	FEW = 32,    /* of a turn whose time is over */
	PLACES = 512 /* for sources, more than an answer has */
};

struct counting {
	struct request *request;
	const struct wire_audit_chart_request *asked;
	struct wire_audit_chart_reply *reply;
	struct readable readable;
	int64_t stopped;	/* the row whose source has no room any more; 0: none */
	unsigned place[PLACES]; /* number of a source, plus one */
};

/* --- a row --------------------------------------------------------------------------- */

/* Whatever the borders are, each row is in one slot or in none. */
static bool
slot_of(const struct wire_audit_chart_request *asked, int64_t time, uint32_t *ret_slot)
{
	for (uint32_t i = 0; i < asked->slots; i++)
		if (time >= asked->border[i] && time < asked->border[i + 1]) {
			*ret_slot = i;
			return true;
		}
	return false;
}

/* Refusals that a row stands for: one that sums them up (keeper/budget.c) was written by the keeper
 * itself, of no terminal and of no UNIX user's console. */
static int64_t
number_of(const struct store_audit *row)
{
	int64_t more = audit_more(row->detail);

	if (more == 0 || row->peer_uid != 0 || row->terminal[0] != '\0' || row->target[0] != '\0')
		return 1;
	return more;
}

/* As failures are counted: IPv6 by /64, which is how sums have it. */
static void
put_source(const char *text, char source[WIRE_SOURCE_SIZE])
{
	struct source parsed;
	char key[SOURCE_TEXT_SIZE];

	source_parse(text, &parsed);
	if (parsed.kind != SOURCE_IPV4 && parsed.kind != SOURCE_IPV6) {
		wire_put(source, WIRE_SOURCE_SIZE, text);
		return;
	}
	source_key(&parsed, key);
	wire_put(source, WIRE_SOURCE_SIZE, key);
}

/* NULL: there is no room for it. */
static struct wire_chart_source *
source_of(struct counting *counting, const char *source)
{
	struct wire_audit_chart_reply *reply = counting->reply;
	unsigned at = 0;

	for (const char *c = source; *c != '\0'; c++)
		at = at * 31 + (unsigned char)*c;
	for (at %= PLACES; counting->place[at] != 0; at = (at + 1) % PLACES)
		if (strcmp(reply->source[counting->place[at] - 1].source, source) == 0)
			return &reply->source[counting->place[at] - 1];
	if (reply->count == WIRE_CHART_SOURCES)
		return NULL;
	counting->place[at] = ++reply->count;
	wire_put(reply->source[reply->count - 1].source, WIRE_SOURCE_SIZE, source);
	return &reply->source[reply->count - 1];
}

/* Refusals of many names or sources in one have none. */
static bool
count_refusal(struct counting *counting, const struct store_audit *row, uint32_t slot)
{
	char source[WIRE_SOURCE_SIZE];
	struct wire_chart_source *found = NULL;
	int64_t number = number_of(row);

	put_source(row->source, source);
	if (source[0] != '\0') {
		found = source_of(counting, source);
		if (found == NULL)
			return false;
		found->refusals += number;
	}
	counting->reply->refusals[slot] += number;
	return true;
}

static enum err
visit(void *context, const struct store_audit *row)
{
	struct counting *counting = context;
	uint32_t slot = 0;
	bool may = false;
	enum err err;

	if (counting->stopped > 0 || !slot_of(counting->asked, row->time, &slot))
		return ERR_OK;
	err = readable_row(counting->request, &counting->readable, row, &may);
	if (err != ERR_OK || !may)
		return err;
	if (strcmp(row->result, "ok") == 0)
		counting->reply->sign_ins[slot]++;
	else if (!count_refusal(counting, row, slot))
		counting->stopped = row->id;
	return ERR_OK;
}

/* --- a slice -------------------------------------------------------------------------- */

/* Goes on below the last row that was gone through. */
static enum err
count_chunk(struct counting *counting, int64_t first, int64_t *io_last, int64_t most)
{
	int64_t last = *io_last, from = last - first >= most ? last - most + 1 : first;
	struct store *store = counting->request->keeper->store;
	enum err err = store_audit_charted(store, from, last, visit, counting);

	if (err != ERR_OK)
		return err;
	if (counting->stopped > 0)
		from = counting->stopped + 1;
	counting->reply->from = from;
	counting->reply->read += last - from + 1;
	*io_last = from - 1;
	return ERR_OK;
}

enum err
chart_count(struct request *request, int64_t first, int64_t last,
    struct wire_audit_chart_reply *reply)
{
	struct counting *counting = calloc(1, sizeof *counting);
	bool over = reader_is_over(request->keeper);
	int64_t most = over ? FEW : CHUNK;
	enum err err = ERR_OK;

	if (counting == NULL)
		return ERR_MEMORY;
	counting->request = request;
	counting->asked = &request->message->u.audit_chart;
	counting->reply = reply;
	do {
		err = count_chunk(counting, first, &last, most);
		over = over || reader_is_over(request->keeper);
	} while (err == ERR_OK && !over && counting->stopped == 0 && last >= first);
	reply->more = err == ERR_OK && last >= first;
	reply->left = reply->more ? last - first + 1 : 0;
	free(counting);
	return err;
}
