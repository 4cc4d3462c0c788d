/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of one table that go into the database in one statement: an array a column. */
#ifndef STORE_POSTGRESQL_BATCH_H
#define STORE_POSTGRESQL_BATCH_H

#include "store/postgresql/table.h"

/* Bytes that stand in the binary format of an array (utils/adt/arrayfuncs.c, array_recv). */
struct batch_column {
	unsigned char *bytes;
	size_t used, size;
};

struct batch {
	size_t columns;
	enum store_kind kind[STORE_COLUMNS_MAX];
	struct batch_column column[STORE_COLUMNS_MAX];
	char *sql; /* what puts them in; NULL: no table */
	size_t rows, bytes;
};

/* The rows that follow are of that table. ERR_MEMORY. */
MUST_CHECK enum err
batch_begin(struct batch *batch, const struct table *table);

/* Whether it has to be put before another row. */
bool
batch_is_full(const struct batch *batch);

/* ERR_BACKUP_DAMAGED: a value is of another kind than its column. */
MUST_CHECK enum err
batch_add(struct batch *batch, const struct store_value *values, size_t count);

/* Puts the rows into the table, and forgets them. */
MUST_CHECK enum err
batch_put(struct batch *batch, struct pg *pg);

/* It has no table any more. */
void
batch_end(struct batch *batch);

#endif
