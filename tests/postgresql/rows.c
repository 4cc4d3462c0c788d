/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "rows.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/inspect.h"

/* --- as bytes ------------------------------------------------------------------------------ */

static void
add(struct rows *rows, const void *bytes, size_t length)
{
	if (rows->used + length > rows->size) {
		rows->size = 2 * (rows->used + length);
		rows->bytes = realloc(rows->bytes, rows->size);
		assert_non_null(rows->bytes);
	}
	if (length > 0)
		memcpy(rows->bytes + rows->used, bytes, length);
	rows->used += length;
}

static void
end_table(struct rows *rows)
{
	if (rows->tables > 0 && !rows->had_row)
		(void)snprintf(rows->empty, sizeof rows->empty, "%s", rows->table);
}

static enum err
take_table(void *context, const struct store_table *table)
{
	struct rows *rows = context;

	end_table(rows);
	(void)snprintf(rows->table, sizeof rows->table, "%s", table->name);
	rows->had_row = false;
	rows->tables++;
	add(rows, table->name, strlen(table->name) + 1);
	for (size_t i = 0; i < table->columns; i++)
		add(rows, table->column[i], strlen(table->column[i]) + 1);
	return ERR_OK;
}

static enum err
take_row(void *context, const struct store_value *values, size_t count)
{
	struct rows *rows = context;

	rows->had_row = true;
	rows->count++;
	for (size_t i = 0; i < count; i++) {
		add(rows, &values[i].kind, sizeof values[i].kind);
		if (values[i].kind == STORE_NUMBER)
			add(rows, &values[i].number, sizeof values[i].number);
		add(rows, &values[i].length, sizeof values[i].length);
		add(rows, values[i].bytes, values[i].length);
	}
	return ERR_OK;
}

struct rows
rows_of(const struct store_at *at)
{
	struct rows rows = { 0 };
	const struct store_reader reader = { take_table, take_row, &rows };
	struct store_schema schema = { 0 };
	struct store *store = NULL;
	int64_t count = 0;

	assert_ok(store_inspect(at, &store, &schema));
	assert_ok(store_dump_count(store, &count));
	assert_ok(store_dump(store, &reader));
	store_close(store);
	end_table(&rows);
	assert_int_equal(rows.count, count);
	return rows;
}

void
rows_free(struct rows *rows)
{
	free(rows->bytes);
	memset(rows, 0, sizeof *rows);
}

void
assert_same_rows(const struct rows *a, const struct rows *b)
{
	size_t at = 0;

	while (at < a->used && at < b->used && a->bytes[at] == b->bytes[at])
		at++;
	if (at != a->used || at != b->used) {
		size_t from = at < 160 ? 0 : at - 160;

		print_message("they differ at %zu of %zu and %zu, behind: ", at, a->used, b->used);
		for (size_t i = from; i < at + 40 && i < a->used; i++)
			print_message("%c",
			    a->bytes[i] >= ' ' && a->bytes[i] < 127 ? a->bytes[i] : '.');
		print_message("\n");
	}
	assert_int_equal(a->used, b->used);
	assert_memory_equal(a->bytes, b->bytes, a->used);
}

/* --- from one into another -------------------------------------------------------------------- */

struct move {
	struct store_load *load;
	const char *without;
	rows_change *change;
	char table[STORE_WORD_SIZE];
	int64_t row;
	bool left_out;
};

static enum err
move_table(void *context, const struct store_table *table)
{
	struct move *move = context;

	(void)snprintf(move->table, sizeof move->table, "%s", table->name);
	move->row = 0;
	move->left_out = move->without != NULL && strcmp(move->without, table->name) == 0;
	return move->left_out ? ERR_OK : store_load_table(move->load, table);
}

static enum err
move_row(void *context, const struct store_value *values, size_t count)
{
	struct move *move = context;
	struct store_value changed[STORE_COLUMNS_MAX];

	if (move->left_out)
		return ERR_OK;
	memcpy(changed, values, count * sizeof *values);
	if (move->change != NULL && !move->change(move->table, move->row++, changed, count))
		return ERR_OK;
	return store_load_row(move->load, changed, count);
}

enum err
rows_move(const struct store_at *from, const struct store_at *to, const char *without,
    rows_change *change)
{
	struct move move = { .without = without, .change = change };
	const struct store_reader reader = { move_table, move_row, &move };
	struct store_schema schema = { 0 };
	struct store *store = NULL;
	enum err err;

	assert_ok(store_inspect(from, &store, &schema));
	err = store_load_new(to, schema.version, &move.load);
	if (err == ERR_OK)
		err = store_dump(store, &reader);
	if (err == ERR_OK)
		err = store_load_end(move.load);
	store_load_free(move.load);
	store_close(store);
	return err;
}
