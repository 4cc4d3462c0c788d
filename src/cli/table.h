/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Columns aligned by terminal width; characters that may not be shown become '?'. Rows
 * are kept until they are flushed; a column that has grown stays as wide, so that a long listing
 * can be flushed page by page. On a terminal a row fits the width: cells are broken between words.
 * What is piped has one line a row.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include "core/err.h"

enum { TABLE_COLUMNS_MAX = 8, TABLE_TIME_SIZE = 32 };

struct table {
	FILE *out;
	size_t columns;
	size_t terminal;					  /* its columns; 0: none */
	size_t width[TABLE_COLUMNS_MAX], word[TABLE_COLUMNS_MAX]; /* longest cell, longest word */
	char **cell;						  /* row by row */
	size_t cells, room;
	enum err err; /* the first failure; later calls do nothing */
};

/* The caller gives it to table_close(). */
void
table_open(struct table *table, FILE *out, size_t columns);

/* The next cell, copied. */
void
table_put(struct table *table, const char *text);

void
table_put_number(struct table *table, int64_t number);

/* Local date and time; `never` (translated already) for 0. */
void
table_put_time(struct table *table, int64_t time, const char *never);

/* Writes the rows that are whole, and forgets them. */
MUST_CHECK enum err
table_flush(struct table *table);

void
table_close(struct table *table);

/* "2026-01-31 17:03:22", local. */
void
table_time(int64_t time, char buf[TABLE_TIME_SIZE]);

#endif
