/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a turn has read, so that it is not asked for twice: a turn has locked what it decides about
 * before it reads (DESIGN 11), and what it changes itself is forgotten here.
 */
#ifndef STORE_POSTGRESQL_MEMO_H
#define STORE_POSTGRESQL_MEMO_H

#include <stdbool.h>
#include <stddef.h>

#include "store/postgresql/questions.h"

struct memo_entry {
	enum sql sql;
	char *key; /* all values, each behind its length */
	size_t length;
	PGresult *answer;
	bool behind; /* the mark that was set then */
};

struct memo {
	struct memo_entry *entry;
	size_t count, room;
	bool marked; /* a mark was set, to which the turn may return */
};

/* Whether the answer to a statement is kept at all. */
bool
memo_keeps(enum sql sql);

/* The answer to that question; NULL: it is not known. Borrowed until something is put or dropped.
 */
const PGresult *
memo_find(const struct memo *memo, const struct ask *ask);

/* Takes the answer over, and returns it as memo_find() does; NULL: there was no memory to keep it.
 */
const PGresult *
memo_put(struct memo *memo, const struct ask *ask, PGresult *answer);

/* Forgets what that statement changes: all, but for the statements of which it is known better. */
void
memo_spoil(struct memo *memo, enum sql sql, const struct value *values);

/* The turn returned to its mark: forgets what was read behind it. */
void
memo_undo(struct memo *memo);

/* Forgets all, and wipes nothing: what is sealed was sealed in the database. */
void
memo_clear(struct memo *memo);

void
memo_free(struct memo *memo);

#endif
