/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/recording_known.h"

#include <stdlib.h>
#include <string.h>

#include "core/audit.h"

static enum err
add(struct known *known, const struct known_point *point)
{
	struct known_point *each = known->each;
	size_t room = known->room == 0 ? 64 : 2 * known->room;

	if (known->count == known->room) {
		each = realloc(each, room * sizeof *each);
		if (each == NULL)
			return ERR_MEMORY;
		known->each = each;
		known->room = room;
	}
	known->each[known->count++] = *point;
	return ERR_OK;
}

static enum err
take_row(struct known *known, enum audit_verb verb, const struct wire_audit_row *row)
{
	struct known_point point = { .time = row->time,
		.begins = verb == AUDIT_RECORDING,
		.ends = verb == AUDIT_RECORDING_END };
	int64_t before;

	if (verb == AUDIT_RECORDING_PRUNE) {
		if (point_pruned(row->detail, &before) && before > known->pruned)
			known->pruned = before;
		return ERR_OK;
	}
	return point_parse(row->detail, &point.point) ? add(known, &point) : ERR_OK;
}

/* All rows of one action, page by page. */
static enum err
read_verb(struct cli *cli, struct known *known, enum audit_verb verb)
{
	const struct wire_audit_page_reply *page = &cli->reply.u.audit_page;
	struct wire_request request;
	int64_t from = 0;
	enum err err;

	do {
		wire_request_init(&request, WIRE_AUDIT_LIST);
		request.u.audit_page.oldest_first = true;
		request.u.audit_page.from = from;
		wire_put(request.u.audit_page.action, sizeof request.u.audit_page.action,
		    audit_name(verb));
		err = command_ask(cli, &request);
		if (err == ERR_OK && page->more && page->from <= from)
			err = ERR_PROTOCOL;
		for (uint32_t i = 0; err == ERR_OK && i < page->count; i++)
			err = take_row(known, verb, &page->row[i]);
		from = page->from;
	} while (err == ERR_OK && page->more);
	return err;
}

static int
compare(const void *one, const void *other)
{
	const struct known_point *a = one, *b = other;
	int by_run = strcmp(a->point.run, b->point.run);

	if (by_run != 0 || a->point.bytes == b->point.bytes)
		return by_run;
	return a->point.bytes < b->point.bytes ? -1 : 1;
}

enum err
known_read(struct cli *cli, struct known *ret_known)
{
	static const enum audit_verb verbs[] = { AUDIT_RECORDING, AUDIT_RECORDING_STEP,
		AUDIT_RECORDING_END, AUDIT_RECORDING_PRUNE };
	enum err err = ERR_OK;

	memset(ret_known, 0, sizeof *ret_known);
	for (size_t i = 0; err == ERR_OK && i < sizeof verbs / sizeof *verbs; i++)
		err = read_verb(cli, ret_known, verbs[i]);
	if (ret_known->count > 1)
		qsort(ret_known->each, ret_known->count, sizeof *ret_known->each, compare);
	return err;
}

void
known_free(struct known *known)
{
	free(known->each);
	memset(known, 0, sizeof *known);
}

const struct known_point *
known_find(const struct known *known, const char *run, size_t *ret_count)
{
	size_t low = 0, high = known->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (strcmp(known->each[middle].point.run, run) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*ret_count = 0;
	while (low + *ret_count < known->count &&
	    strcmp(known->each[low + *ret_count].point.run, run) == 0)
		++*ret_count;
	return *ret_count > 0 ? &known->each[low] : NULL;
}
