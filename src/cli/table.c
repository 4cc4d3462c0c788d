/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "core/text.h"

enum { TABLE_GAP = 2 };

void
table_open(struct table *table, FILE *out, size_t columns)
{
	memset(table, 0, sizeof *table);
	table->out = out;
	table->columns = columns < TABLE_COLUMNS_MAX ? columns : TABLE_COLUMNS_MAX;
}

static bool
table_grow(struct table *table)
{
	size_t room = table->room == 0 ? 64 : table->room * 2;
	char **cell;

	if (table->cells < table->room)
		return true;
	cell = reallocarray(table->cell, room, sizeof *cell);
	if (cell == NULL)
		return false;
	table->cell = cell;
	table->room = room;
	return true;
}

void
table_put(struct table *table, const char *text)
{
	size_t length = strlen(text), columns,
	       *width = &table->width[table->cells % table->columns];
	char *shown;

	if (table->err != ERR_OK)
		return;
	/* text_show() never grows the text: one '?' per bad byte. */
	shown = malloc(length + 1);
	if (shown == NULL || !table_grow(table)) {
		free(shown);
		table->err = ERR_MEMORY;
		return;
	}
	length = text_show(text, length, shown, length + 1);
	columns = text_columns(shown, length);
	if (columns > *width)
		*width = columns;
	table->cell[table->cells++] = shown;
}

void
table_put_number(struct table *table, int64_t number)
{
	char text[TABLE_TIME_SIZE];

	(void)snprintf(text, sizeof text, "%" PRId64, number);
	table_put(table, text);
}

void
table_time(int64_t time, char buf[TABLE_TIME_SIZE])
{
	time_t when = (time_t)time;
	struct tm local;

	if (localtime_r(&when, &local) == NULL ||
	    strftime(buf, TABLE_TIME_SIZE, "%Y-%m-%d %H:%M:%S", &local) == 0)
		(void)snprintf(buf, TABLE_TIME_SIZE, "%" PRId64, time);
}

void
table_put_time(struct table *table, int64_t time, const char *never)
{
	char text[TABLE_TIME_SIZE];

	if (time == 0) {
		table_put(table, never);
		return;
	}
	table_time(time, text);
	table_put(table, text);
}

/* The last column that says something is not padded, so that no line ends in blanks. */
static void
table_row(const struct table *table, char *const *cell)
{
	size_t last = table->columns;

	while (last > 1 && *cell[last - 1] == '\0')
		last--;
	for (size_t i = 0; i < last; i++) {
		size_t columns = text_columns(cell[i], strlen(cell[i]));

		(void)fputs(cell[i], table->out);
		if (i + 1 < last)
			(void)fprintf(table->out, "%*s",
			    (int)(table->width[i] - columns + TABLE_GAP), "");
	}
	(void)fputc('\n', table->out);
}

static void
table_forget(struct table *table)
{
	while (table->cells > 0)
		free(table->cell[--table->cells]);
}

enum err
table_flush(struct table *table)
{
	if (table->err == ERR_OK)
		for (size_t at = 0; at + table->columns <= table->cells; at += table->columns)
			table_row(table, table->cell + at);
	table_forget(table);
	return table->err;
}

void
table_close(struct table *table)
{
	table_forget(table);
	free(table->cell);
	table->cell = NULL;
	table->room = 0;
}
