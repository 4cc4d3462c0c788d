/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The rows of a store as bytes, and from one store into another. */
#ifndef TESTS_POSTGRESQL_ROWS_H
#define TESTS_POSTGRESQL_ROWS_H

#include <stdbool.h>

#include "../store/fixture.h"
#include "store/store_dump.h"

struct rows {
	unsigned char *bytes;
	size_t used, size;
	int64_t count;
	size_t tables;
	char empty[STORE_WORD_SIZE]; /* a table without a row; "": there is none */
	bool had_row;
	char table[STORE_WORD_SIZE];
};

/* All of a store, to be given to rows_free(). */
struct rows
rows_of(const struct store_at *at);

void
rows_free(struct rows *rows);

/* Says what differs first. */
void
assert_same_rows(const struct rows *a, const struct rows *b);

/* What becomes of a row on its way: false: it is left out. */
typedef bool
rows_change(const char *table, int64_t row, struct store_value *values, size_t count);

/* Makes a store of another's rows, but for one table and what is changed; both may be NULL. */
enum err
rows_move(const struct store_at *from, const struct store_at *to, const char *without,
    rows_change *change);

#endif
