/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Questions that go to the server together (PostgreSQL 15, 34.5 "Pipeline Mode"), one behind the
 * other: a line that takes a millisecond each way is waited for once. The bytes of all are copies.
 * Belongs to one thread at a time.
 */
#ifndef STORE_POSTGRESQL_QUESTIONS_H
#define STORE_POSTGRESQL_QUESTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include <libpq-fe.h>

#include "core/err.h"
#include "store/sql/sql.h"

enum { ASK_PARAMS_MAX = 64 };

/* Under which number a question is prepared: that of its row in the table, or one of these. */
enum { ASK_NOT_PREPARED = -1, ASK_LOCK = SQL_COUNT, ASK_XID, ASK_XID_AND_PLACE, ASK_PREPARED };

/* A question. The values are borrowed by whoever is given it. */
struct ask {
	const char *sql;
	int prepared; /* the number under which it is prepared when it first comes */
	int count;
	Oid types[ASK_PARAMS_MAX];
	const char *values[ASK_PARAMS_MAX];
	int lengths[ASK_PARAMS_MAX];
};

/* What is done with an answer that is no error. */
enum question_kind {
	QUESTION_CHANGE, /* nothing */
	QUESTION_ONE,	 /* it must have changed one row */
	QUESTION_KEPT,	 /* rows that will be asked for in this turn */
	QUESTION_ROWS	 /* whoever asks has it */
};

struct question {
	enum question_kind kind;
	int prepared, count;
	size_t sql, params; /* where they stand among the bytes */
	bool prepares;	    /* it is sent with what prepares it */
	PGresult *answer;   /* NULL: none, for one before it failed */
};

struct questions {
	struct question *question;
	size_t count, room;
	char *bytes;
	size_t used, size;
	bool failed; /* there was no memory for one of them */
};

/* A copy behind the others. ERR_MEMORY: then none of them may be asked. */
MUST_CHECK enum err
questions_add(struct questions *questions, enum question_kind kind, const struct ask *ask);

/* The question, as it was given. Borrowed until another is added. */
void
questions_get(const struct questions *questions, size_t index, struct ask *ret_ask);

/* Forgets all, and the answers that nobody took; the bytes are wiped. */
void
questions_clear(struct questions *questions);

/* The same, and frees what it holds. */
void
questions_free(struct questions *questions);

#endif
