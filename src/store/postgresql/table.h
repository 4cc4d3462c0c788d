/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a backup holds of the database, whichever engine made it (store_dump.h): its tables, their
 * columns, and the numbers that were given for good.
 */
#ifndef STORE_POSTGRESQL_TABLE_H
#define STORE_POSTGRESQL_TABLE_H

#include "store/postgresql/pg.h"

struct table_names {
	size_t count;
	char name[STORE_TABLES_MAX][STORE_WORD_SIZE];
};

/* A table, its columns in their order, and what each of them holds. */
struct table {
	struct store_table store;
	enum store_kind kind[STORE_COLUMNS_MAX];
};

/* The tables that a backup holds, by name. */
MUST_CHECK enum err
table_names(struct pg *pg, struct table_names *ret_names);

/* ERR_STORE_CORRUPT: a column of another type than the three that are kept. */
MUST_CHECK enum err
table_describe(struct pg *pg, const char *name, struct table *ret_table);

/* A statement that reads the table in the order of its key, to be given to free(). */
MUST_CHECK enum err
table_select(struct pg *pg, const char *name, char **ret_sql);

/* Whether a backup's rows do not fit into the table as they are: then they go into one that is
 * called load, and from there into place. */
bool
table_is_shaped(const char *name);

MUST_CHECK enum err
table_make_load(struct pg *pg, const char *name);

MUST_CHECK enum err
table_put_load(struct pg *pg, const char *name);

/* --- the table of numbers that were given for good, as SQLite has it -------------------- */

enum { TABLE_NUMBERS = 7 };

extern const struct store_table table_numbers;

/* The table that each is of, by name. */
extern const char *const table_numbered[TABLE_NUMBERS];

/* The last number that was given; 0: none was. */
MUST_CHECK enum err
table_last_number(struct pg *pg, size_t which, int64_t *ret_number);

/* No number up to this one is given again. The rows of the table are there. */
MUST_CHECK enum err
table_set_number(struct pg *pg, size_t which, int64_t number);

/* The same of each table whose rows have numbers, by the rows that are there. */
MUST_CHECK enum err
table_set_sequences(struct pg *pg);

#endif
