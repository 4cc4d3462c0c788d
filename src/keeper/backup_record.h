/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What stands in a backup, as records (doc/backup.md): first what it is, then console.key, then
 * each table and its rows, then the end with their number. Pure: bytes come and go through a
 * function. Whatever a file says of sizes is measured before anything is taken for it. Part of
 * backup.h.
 */
#ifndef KEEPER_BACKUP_RECORD_H
#define KEEPER_BACKUP_RECORD_H

#include <stddef.h>
#include <stdint.h>

#include "auth/keyring.h"
#include "core/err.h"
#include "store/store_dump.h"

enum { BACKUP_WHO_SIZE = 160 };

struct backup_made {
	int64_t time;	 /* Unix seconds */
	int32_t version; /* of the schema */
	char who[BACKUP_WHO_SIZE];
};

enum record_kind { RECORD_MADE, RECORD_KEY, RECORD_TABLE, RECORD_ROW, RECORD_END, RECORD_KINDS };

/* Bytes out, or exactly so many in. */
struct record_stream {
	enum err (*put)(void *context, const void *bytes, size_t length);
	enum err (*get)(void *context, void *bytes, size_t length);
	void *context;
};

MUST_CHECK enum err
record_put_made(const struct record_stream *stream, const struct backup_made *made);

/* console.key: KEY_SIZE bytes. */
MUST_CHECK enum err
record_put_key(const struct record_stream *stream, const struct secret *key);

MUST_CHECK enum err
record_put_table(const struct record_stream *stream, const struct store_table *table);

MUST_CHECK enum err
record_put_row(const struct record_stream *stream, const struct store_value *values, size_t count);

MUST_CHECK enum err
record_put_end(const struct record_stream *stream, int64_t rows);

/* One record of whichever kind, read into what is there for it. */
struct record {
	enum record_kind kind;
	struct backup_made made;
	struct secret *key;			      /* room for KEY_SIZE bytes */
	struct store_table table;		      /* also the one that a row is of */
	struct store_value values[STORE_COLUMNS_MAX]; /* their bytes are in `room` */
	unsigned char *room;			      /* RECORD_ROOM bytes */
	int64_t rows;
};

enum { RECORD_ROOM = 4 * STORE_VALUE_MAX };

/* Zeroes, then room for what it reads. ERR_MEMORY. */
MUST_CHECK enum err
record_open(struct record *record);

/* Wipes and frees. */
void
record_close(struct record *record);

/* The next one. ERR_BACKUP_DAMAGED for what is none. */
MUST_CHECK enum err
record_get(const struct record_stream *stream, struct record *record);

#endif
