/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/table.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/wrap.h"
#include "core/text.h"

enum { TABLE_GAP = 2, TABLE_INDENT = 4 };

void
table_open(struct table *table, FILE *out, size_t columns)
{
	memset(table, 0, sizeof *table);
	table->out = out;
	table->columns = columns < TABLE_COLUMNS_MAX ? columns : TABLE_COLUMNS_MAX;
	table->terminal = wrap_terminal(out);
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

/* The columns of the longest word. */
static size_t
table_word(const char *text)
{
	size_t most = 0;

	for (; *text != '\0'; text += strspn(text, " ")) {
		size_t length = strcspn(text, " "), columns = text_columns(text, length);

		if (columns > most)
			most = columns;
		text += length;
	}
	return most;
}

/* The column has room for the text. */
static void
table_widen(struct table *table, size_t column, const char *text)
{
	size_t columns = text_columns(text, strlen(text)), word = table_word(text);

	if (columns > table->width[column])
		table->width[column] = columns;
	if (word > table->word[column])
		table->word[column] = word;
}

void
table_put(struct table *table, const char *text)
{
	size_t length = strlen(text);
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
	(void)text_show(text, length, shown, length + 1);
	table_widen(table, table->cells % table->columns, shown);
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

/* How many columns say something: what is behind them is not padded, so that no line ends in
 * blanks. */
static size_t
table_last(const struct table *table, const char *const *cell)
{
	size_t last = table->columns;

	while (last > 1 && *cell[last - 1] == '\0')
		last--;
	return last;
}

/* The first `length` bytes of a cell, and the gap to the next one. */
static void
table_cell(FILE *out, const char *text, size_t length, size_t width)
{
	(void)fwrite(text, 1, length, out);
	(void)fprintf(out, "%*s", (int)(width - text_columns(text, length) + TABLE_GAP), "");
}

/* A row in as many lines as its longest cell needs in columns of these widths. */
static void
table_row(const struct table *table, const size_t *width, char *const *cell)
{
	const char *rest[TABLE_COLUMNS_MAX] = { NULL };
	size_t last, next;

	if (table->columns == 0)
		return;
	for (size_t i = 0; i < table->columns; i++)
		rest[i] = cell[i];
	do {
		last = table_last(table, rest);
		for (size_t i = 0; i < last; i++) {
			size_t length = wrap_line(rest[i], width[i], &next);

			if (i + 1 < last)
				table_cell(table->out, rest[i], length, width[i]);
			else
				(void)fwrite(rest[i], 1, length, table->out);
			rest[i] += next;
		}
		(void)fputc('\n', table->out);
		last = table_last(table, rest);
	} while (*rest[last - 1] != '\0');
}

/* A row whose words are too long for columns side by side: it goes on in the next line, indented.
 */
static void
table_broken(const struct table *table, char *const *cell)
{
	size_t last = table_last(table, (const char *const *)cell), at = 0, end = 0;

	for (size_t i = 0; i < last; i++) {
		size_t columns = text_columns(cell[i], strlen(cell[i])),
		       least = i + 1 < last ? columns : table->word[i];

		if (at > TABLE_INDENT && least > 0 && at + least > table->terminal) {
			(void)fprintf(table->out, "\n%*s", TABLE_INDENT, "");
			at = end = TABLE_INDENT;
		}
		if (columns > 0)
			(void)fprintf(table->out, "%*s", (int)(at - end), "");
		if (i + 1 == last)
			wrap_put(table->out, cell[i], at, table->terminal);
		else
			(void)fputs(cell[i], table->out);
		end = at + columns;
		at += table->width[i] + TABLE_GAP;
	}
}

/* The widths with which a row fits the terminal: the widest column gives first, none less than its
 * longest word. False: not even so. */
static bool
table_fit(const struct table *table, size_t width[TABLE_COLUMNS_MAX])
{
	size_t total = 0;

	memcpy(width, table->width, sizeof table->width);
	for (size_t i = 0; i < table->columns; i++)
		total += width[i] + (i > 0 ? TABLE_GAP : 0);
	for (; table->terminal != 0 && total > table->terminal; total--) {
		size_t give = table->columns;

		for (size_t i = 0; i < table->columns; i++)
			if (width[i] > table->word[i] &&
			    (give == table->columns || width[i] > width[give]))
				give = i;
		if (give == table->columns)
			return false;
		width[give]--;
	}
	return true;
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
	size_t width[TABLE_COLUMNS_MAX];
	bool fits = table_fit(table, width);

	if (table->err == ERR_OK)
		for (size_t at = 0; at + table->columns <= table->cells; at += table->columns) {
			if (fits)
				table_row(table, width, table->cell + at);
			else
				table_broken(table, table->cell + at);
		}
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
