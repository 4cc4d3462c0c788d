/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/reader.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/hex.h"
#include "keeper/readable.h"

enum { CHUNK = 64 }; /* rows read at once */

struct reader {
	struct request *request;
	const struct wire_audit_page_request *asked;
	struct wire_audit_page_reply *reply;
	size_t most;
	struct store_audit rows[CHUNK];
	struct readable readable;
};

int64_t
reader_clock(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		return 0;
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

bool
reader_is_over(struct keeper *keeper)
{
	int64_t now = reader_clock();

	if (keeper->read_until == 0)
		keeper->read_until = now + READER_TURN;
	return now >= keeper->read_until;
}

/* --- what is asked for ------------------------------------------------------------ */

static char
lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

static bool
begins(const char *text, const char *word)
{
	for (; *word != '\0'; text++, word++)
		if (lower(*text) != lower(*word))
			return false;
	return true;
}

static bool
holds(const char *text, const char *word)
{
	for (; *text != '\0'; text++)
		if (begins(text, word))
			return true;
	return false;
}

static bool
has_word(const struct store_audit *row, const char *word)
{
	const char *const texts[] = { row->who, row->source, row->terminal, row->action,
		row->target, row->result, row->detail, row->node };

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		if (holds(texts[i], word))
			return true;
	return false;
}

/* What the range does not see to. */
static bool
fits(const struct wire_audit_page_request *asked, const struct store_audit *row)
{
	if ((asked->since != 0 || asked->until != 0) && row->time < asked->since)
		return false;
	if (asked->until != 0 && row->time >= asked->until)
		return false;
	if (asked->action[0] != '\0' && strcmp(asked->action, row->action) != 0)
		return false;
	if (asked->refused && strcmp(row->result, "ok") == 0)
		return false;
	return asked->word[0] == '\0' || has_word(row, asked->word);
}

/* --- the page ---------------------------------------------------------------------- */

static void
put_row(struct wire_audit_row *out, const struct store_audit *row)
{
	out->id = row->id;
	out->time = row->time;
	out->key = row->key;
	out->peer_uid = row->peer_uid;
	out->version = row->version;
	out->vouched = row->vouched;
	wire_put(out->who, sizeof out->who, row->who);
	wire_put(out->source, sizeof out->source, row->source);
	wire_put(out->terminal, sizeof out->terminal, row->terminal);
	wire_put(out->action, sizeof out->action, row->action);
	wire_put(out->target, sizeof out->target, row->target);
	wire_put(out->result, sizeof out->result, row->result);
	wire_put(out->detail, sizeof out->detail, row->detail);
	wire_put(out->node, sizeof out->node, row->node);
	hex_write(row->mac, STORE_MAC_SIZE, out->seal);
}

/* Takes what fits of the rows that were read; the page goes on behind the last one looked at. */
static enum err
take(struct reader *reader, size_t count)
{
	struct wire_audit_page_reply *reply = reader->reply;
	enum err err = ERR_OK;

	for (size_t i = 0; i < count && reply->count < reader->most; i++) {
		bool may = false;

		reply->from = reader->rows[i].id;
		if (!fits(reader->asked, &reader->rows[i]))
			continue;
		err = readable_row(reader->request, &reader->readable, &reader->rows[i], &may);
		if (err != ERR_OK)
			return err;
		if (may)
			put_row(&reply->row[reply->count++], &reader->rows[i]);
	}
	return ERR_OK;
}

/* The next rows behind the last one looked at. *ret_end: there are no more. */
static enum err
read_on(struct reader *reader, struct store_audit_range *range, bool *ret_end)
{
	size_t asked = reader->reply->from == 0 ? reader->most + 1 : CHUNK, count;
	enum err err;

	count = asked < CHUNK ? asked : CHUNK;
	asked = count;
	err = store_audit_find(reader->request->keeper->store, range, reader->rows, &count);
	if (err == ERR_OK)
		err = take(reader, count);
	if (err != ERR_OK)
		return err;
	*ret_end = count < asked &&
	    (count == 0 || reader->reply->from == reader->rows[count - 1].id);
	if (range->newest_first)
		range->last = reader->reply->from - 1;
	else
		range->first = reader->reply->from + 1;
	return ERR_OK;
}

enum err
reader_page(struct request *request, const struct store_audit_range *range,
    struct wire_audit_page_reply *reply)
{
	const struct wire_audit_page_request *asked = &request->message->u.audit_page;
	struct store_audit_range rest = *range;
	struct reader *reader = calloc(1, sizeof *reader);
	bool over = reader_is_over(request->keeper), end = false;
	enum err err = ERR_OK;

	if (reader == NULL)
		return ERR_MEMORY;
	reader->request = request;
	reader->asked = asked;
	reader->reply = reply;
	reader->most = asked->most > 0 ? asked->most : WIRE_AUDIT_PAGE;
	do {
		err = read_on(reader, &rest, &end);
		over = over || reader_is_over(request->keeper);
	} while (err == ERR_OK && !end && !over && reply->count < reader->most);
	reply->more = err == ERR_OK && !end;
	free(reader);
	return err;
}
