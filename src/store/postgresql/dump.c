/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every row of the database, for a backup. */
#include "store/postgresql/table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static enum err
read_value(const PGresult *answer, int row, int column, enum store_kind kind,
    struct store_value *value)
{
	*value = (struct store_value){ .kind = STORE_NULL };
	if (PQgetisnull(answer, row, column))
		return ERR_OK;
	value->kind = kind;
	if (kind == STORE_NUMBER) {
		value->number = pg_value_number(answer, row, column);
		return ERR_OK;
	}
	value->bytes = PQgetvalue(answer, row, column);
	value->length = (size_t)PQgetlength(answer, row, column);
	return value->length > STORE_VALUE_MAX ? ERR_STORE_CORRUPT : ERR_OK;
}

static enum err
dump_row(const struct pg_cursor *cursor, const struct table *table,
    const struct store_reader *reader)
{
	struct store_value values[STORE_COLUMNS_MAX];
	enum err err = ERR_OK;

	for (size_t i = 0; err == ERR_OK && i < table->store.columns; i++)
		err = read_value(cursor->answer, cursor->row, (int)i, table->kind[i], &values[i]);
	return err == ERR_OK ? reader->row(reader->context, values, table->store.columns) : err;
}

static enum err
dump_rows(struct pg *pg, const struct table *table, const struct store_reader *reader)
{
	struct pg_cursor cursor;
	bool more = true;
	char *sql = NULL;
	enum err err = table_select(pg, table->store.name, &sql);

	if (err == ERR_OK) {
		err = pg_cursor_open(pg, sql, NO_VALUES, &cursor);
		while (err == ERR_OK && more) {
			err = pg_cursor_next(&cursor, &more);
			if (err == ERR_OK && more)
				err = dump_row(&cursor, table, reader);
		}
		err = pg_cursor_close(&cursor, err);
	}
	free(sql);
	return err;
}

static enum err
dump_table(struct pg *pg, const char *name, const struct store_reader *reader)
{
	struct table *table = malloc(sizeof *table);
	enum err err = table == NULL ? ERR_MEMORY : table_describe(pg, name, table);

	if (err == ERR_OK)
		err = reader->table(reader->context, &table->store);
	if (err == ERR_OK)
		err = dump_rows(pg, table, reader);
	free(table);
	return err;
}

/* Sequences belong to no moment: this one is no earlier than that of the rows. */
static enum err
dump_numbers(struct pg *pg, const struct store_reader *reader)
{
	enum err err = reader->table(reader->context, &table_numbers);

	for (size_t i = 0; err == ERR_OK && i < TABLE_NUMBERS; i++) {
		const char *name = table_numbered[i];
		struct store_value values[] = {
			{ .kind = STORE_TEXT, .bytes = name, .length = strlen(name) },
			{ .kind = STORE_NUMBER },
		};

		err = table_last_number(pg, i, &values[1].number);
		if (err == ERR_OK && values[1].number > 0)
			err = reader->row(reader->context, values, 2);
	}
	return err;
}

enum err
pg_dump(struct store *store, const struct store_reader *reader)
{
	struct pg *pg = pg_of(store);
	struct table_names *names = malloc(sizeof *names);
	enum err err = names == NULL ? ERR_MEMORY : ERR_OK;

	if (err == ERR_OK)
		err = pg->reads ? table_names(pg, names) : ERR_FAILED;
	for (size_t i = 0; err == ERR_OK && i < names->count; i++)
		err = dump_table(pg, names->name[i], reader);
	free(names);
	return err == ERR_OK ? dump_numbers(pg, reader) : err;
}

/* --- how many ------------------------------------------------------------------------------ */

static enum err
count_numbers(struct pg *pg, int64_t *io_rows)
{
	enum err err = ERR_OK;

	for (size_t i = 0; err == ERR_OK && i < TABLE_NUMBERS; i++) {
		int64_t number = 0;

		err = table_last_number(pg, i, &number);
		*io_rows += number > 0 ? 1 : 0;
	}
	return err;
}

static enum err
count_table(struct pg *pg, const char *name, int64_t *io_rows)
{
	char *select = NULL, *sql = NULL;
	int64_t more = 0;
	enum err err = table_select(pg, name, &select);

	if (err == ERR_OK && asprintf(&sql, "SELECT count(*) FROM (%s) AS t", select) < 0)
		err = ERR_MEMORY;
	if (err == ERR_OK)
		err = pg_number(pg, sql, NO_VALUES, &more);
	*io_rows += more;
	if (err != ERR_MEMORY)
		free(sql);
	free(select);
	return err;
}

enum err
pg_dump_count(struct store *store, int64_t *ret_rows)
{
	struct pg *pg = pg_of(store);
	struct table_names *names = malloc(sizeof *names);
	int64_t rows = 0;
	enum err err = names == NULL ? ERR_MEMORY : table_names(pg, names);

	for (size_t i = 0; err == ERR_OK && i < names->count; i++) {
		err = count_table(pg, names->name[i], &rows);
	}
	if (err == ERR_OK && names->count > 0)
		err = count_numbers(pg, &rows);
	free(names);
	if (err == ERR_OK)
		*ret_rows = rows;
	return err;
}
