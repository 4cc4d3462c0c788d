/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * All that a store holds, row by row, and a store made of such rows: what a backup is made of
 * (doc/backup.md). Tables and columns go by their names, values by their kind, so that another
 * backend can read and write the same.
 */
#ifndef STORE_STORE_DUMP_H
#define STORE_STORE_DUMP_H

#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "store/store.h"

enum {
	STORE_COLUMNS_MAX = 64,
	STORE_WORD_SIZE = 64,	 /* of a table's or a column's name, with NUL */
	STORE_VALUE_MAX = 65536, /* bytes of a value */
	STORE_TABLES_MAX = 64
};

enum store_kind { STORE_NULL, STORE_NUMBER, STORE_TEXT, STORE_BYTES, STORE_KINDS };

struct store_value {
	enum store_kind kind;
	int64_t number;
	const void *bytes; /* borrowed; text needs no NUL */
	size_t length;
};

struct store_table {
	char name[STORE_WORD_SIZE];
	size_t columns;
	char column[STORE_COLUMNS_MAX][STORE_WORD_SIZE];
};

/* Whoever is given a store's rows: each table once, its rows behind it. An error ends it all. */
struct store_reader {
	enum err (*table)(void *context, const struct store_table *table);
	enum err (*row)(void *context, const struct store_value *values, size_t count);
	void *context;
};

/*
 * Every row of every table of a store that store_inspect() opened, all of one moment: tables by
 * name, rows by their key, the same whichever engine they are in. The last table is
 * sqlite_sequence(name, seq): the greatest number that was ever given in each table where numbers
 * are given for good, and of people the greatest that was reserved.
 */
MUST_CHECK enum err
store_dump(struct store *store, const struct store_reader *reader);

/* How many rows these are. */
MUST_CHECK enum err
store_dump_count(struct store *store, int64_t *ret_rows);

struct store_load;

/*
 * Makes a store with the schema of that version and no row: console.db in a directory where there
 * is none, or a schema in a database of PostgreSQL's that has no people. ERR_STORE_NEWER for a
 * version that this program does not know, ERR_BACKUP_OLDER for one that the engine never had,
 * ERR_STORE_EXISTS where there is one. The caller gives it to store_load_free().
 */
MUST_CHECK enum err
store_load_new(const struct store_at *at, int version, struct store_load **ret_load);

/* The rows that follow are this table's, with these columns and no others: ERR_BACKUP_DAMAGED if it
 * has other ones, or there is none of that name, or it came before. */
MUST_CHECK enum err
store_load_table(struct store_load *load, const struct store_table *table);

/* ERR_BACKUP_DAMAGED for a row that the schema refuses; it may be told only with a later row or
 * table, or at the end. */
MUST_CHECK enum err
store_load_row(struct store_load *load, const struct store_value *values, size_t count);

/* The end: every table came, what refers to another row finds it, and all is committed.
 * ERR_BACKUP_DAMAGED. */
MUST_CHECK enum err
store_load_end(struct store_load *load);

/* What was not ended is not committed. NULL is ignored. */
void
store_load_free(struct store_load *load);

/* After a restore, inside a turn, of a state that nobody serves: no step up to `floor` counts any
 * more, every session is over, no key waits for its code, and every set of recovery codes is
 * replaced at its person's next sign-in. */
MUST_CHECK enum err
store_restored(struct store *store, int64_t floor);

/* The greatest step that counts as spent whatever a device says, less its offset; 0: none. */
MUST_CHECK enum err
store_floor(struct store *store, int64_t *ret_floor);

/* A floor beyond `most` becomes that: the clock was ahead when it was set. */
MUST_CHECK enum err
store_floor_last(struct store *store, int64_t most);

/* When the last backup was made, Unix seconds; 0: never. */
MUST_CHECK enum err
store_backup_time(struct store *store, int64_t *ret_time);

MUST_CHECK enum err
store_set_backup_time(struct store *store, int64_t time);

#endif
