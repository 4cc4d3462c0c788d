/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/postgresql/memo.h"

#include <endian.h>
#include <stdlib.h>
#include <string.h>

enum { ENTRIES_FIRST = 32, KEY_MAX = 256 };

/* What every step of a sign-in reads. */
static const enum sql kept[] = { SQL_SETTINGS, SQL_FLOOR, SQL_HEAD, SQL_USER_BY_ID, SQL_HOUR,
	SQL_DEVICES };

/* Of which read a change spoils something: the answers whose first value is the change's first one,
 * or all. SQL_COUNT: none. */
static const struct {
	enum sql change, read;
	bool all;
} spoils[] = {
	{ SQL_USER_FAILED, SQL_USER_BY_ID, false },
	{ SQL_USER_SET_CODE, SQL_USER_BY_ID, false },
	{ SQL_USER_CODE_FAILED, SQL_USER_BY_ID, false },
	{ SQL_USER_FAILURES_TOLD, SQL_USER_BY_ID, false },
	{ SQL_USER_SIGNED_IN, SQL_USER_BY_ID, false },
	{ SQL_HOUR_PUT, SQL_HOUR, false },
	{ SQL_HEAD_SET, SQL_HEAD, true },
	/* What a window that is let go had counted may count on for one more turn. */
	{ SQL_HOUR_PRUNE, SQL_COUNT, true },
	{ SQL_AUDIT_ADD, SQL_COUNT, true },
	{ SQL_AUDIT_HOUR_ADD, SQL_COUNT, true },
	{ SQL_CHANGES_MORE, SQL_COUNT, true },
};

bool
memo_keeps(enum sql sql)
{
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		if (kept[i] == sql)
			return true;
	return false;
}

/* --- keys ---------------------------------------------------------------------------------- */

static bool
add(char key[KEY_MAX], size_t *io_length, const void *bytes, size_t length)
{
	if (KEY_MAX - *io_length < length)
		return false;
	if (length > 0)
		memcpy(key + *io_length, bytes, length);
	*io_length += length;
	return true;
}

static bool
add_value(char key[KEY_MAX], size_t *io_length, const void *value, int length)
{
	return add(key, io_length, &length, sizeof length) &&
	    add(key, io_length, value, (size_t)length);
}

/* false: it is too long, and not kept. */
static bool
write_key(const struct ask *ask, char key[KEY_MAX], size_t *ret_length)
{
	*ret_length = 0;
	for (int i = 0; i < ask->count; i++)
		if (!add_value(key, ret_length, ask->values[i], ask->lengths[i]))
			return false;
	return true;
}

/* What the keys of all questions with that first value begin with; 0: of nothing else. */
static size_t
write_first(const struct value *value, char key[KEY_MAX])
{
	uint64_t number = htobe64((uint64_t)value->number);
	size_t length = 0;
	bool fits = false;

	if (value->type == VALUE_NUMBER)
		fits = add_value(key, &length, &number, sizeof number);
	else if (value->type == VALUE_BYTES)
		fits = add_value(key, &length, value->bytes, (int)value->length);
	return fits ? length : 0;
}

/* --- entries ------------------------------------------------------------------------------- */

const PGresult *
memo_find(const struct memo *memo, const struct ask *ask)
{
	char key[KEY_MAX];
	size_t length;

	if (ask->prepared == ASK_NOT_PREPARED || !write_key(ask, key, &length))
		return NULL;
	for (size_t i = 0; i < memo->count; i++) {
		const struct memo_entry *entry = &memo->entry[i];

		if ((int)entry->sql == ask->prepared && entry->length == length &&
		    memcmp(entry->key, key, length) == 0)
			return entry->answer;
	}
	return NULL;
}

static bool
make_room(struct memo *memo)
{
	size_t room = memo->room == 0 ? ENTRIES_FIRST : 2 * memo->room;
	struct memo_entry *entry;

	if (memo->count < memo->room)
		return true;
	entry = reallocarray(memo->entry, room, sizeof *entry);
	if (entry == NULL)
		return false;
	memo->entry = entry;
	memo->room = room;
	return true;
}

const PGresult *
memo_put(struct memo *memo, const struct ask *ask, PGresult *answer)
{
	char key[KEY_MAX], *copy;
	size_t length;

	if (!write_key(ask, key, &length) || !make_room(memo) ||
	    (copy = malloc(length + 1)) == NULL) {
		PQclear(answer);
		return NULL;
	}
	memcpy(copy, key, length);
	memo->entry[memo->count++] = (struct memo_entry){ .sql = (enum sql)ask->prepared,
		.key = copy,
		.length = length,
		.answer = answer,
		.behind = memo->marked };
	return answer;
}

static void
drop(struct memo *memo, size_t index)
{
	free(memo->entry[index].key);
	PQclear(memo->entry[index].answer);
	memo->entry[index] = memo->entry[--memo->count];
}

/* first: what their keys begin with. */
static void
drop_those(struct memo *memo, enum sql read, const char *first, size_t length)
{
	for (size_t i = memo->count; i-- > 0;) {
		const struct memo_entry *entry = &memo->entry[i];

		if (entry->sql == read && entry->length >= length &&
		    memcmp(entry->key, first, length) == 0)
			drop(memo, i);
	}
}

void
memo_spoil(struct memo *memo, enum sql sql, const struct value *values)
{
	char first[KEY_MAX];
	bool known = false;

	for (size_t i = 0; i < sizeof spoils / sizeof *spoils; i++) {
		if (spoils[i].change != sql)
			continue;
		known = true;
		if (spoils[i].read != SQL_COUNT)
			drop_those(memo, spoils[i].read, first,
			    spoils[i].all ? 0 : write_first(values, first));
	}
	if (!known)
		memo_clear(memo);
}

void
memo_undo(struct memo *memo)
{
	for (size_t i = memo->count; i-- > 0;)
		if (memo->entry[i].behind)
			drop(memo, i);
}

void
memo_clear(struct memo *memo)
{
	while (memo->count > 0)
		drop(memo, memo->count - 1);
}

void
memo_free(struct memo *memo)
{
	memo_clear(memo);
	free(memo->entry);
	*memo = (struct memo){ 0 };
}
