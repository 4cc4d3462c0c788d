/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Every row of a database, for a backup. */
#include "store/sqlite/sqlite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Numbers that were given for good stand in a table of SQLite's own; it comes last, since rows that
 * are put into the others change it. */
static const char names[] =
    "SELECT name FROM sqlite_schema WHERE type = 'table'"
    " AND (name NOT LIKE 'sqlite\\_%' ESCAPE '\\' OR name = 'sqlite_sequence')"
    " ORDER BY name = 'sqlite_sequence', name";

/* What is said of numbers that were given for good, by any engine: no table that has given none,
 * and of people those that were reserved (state.users) rather than those that were used. */
static const char sequences[] =
    "(SELECT 'account' AS name, users AS seq FROM state WHERE users > 0 UNION ALL"
    " SELECT name, seq FROM sqlite_sequence WHERE name <> 'account' AND seq > 0 ORDER BY name)";

struct tables {
	size_t count;
	char name[STORE_TABLES_MAX][STORE_WORD_SIZE];
};

/* A name of a table, of the column 0. */
static enum err
read_name(sqlite3_stmt *statement, char ret_name[STORE_WORD_SIZE])
{
	const struct columns columns = { .engine = &sqlite_engine, .answer = statement };

	return column_text(&columns, 0, ret_name, STORE_WORD_SIZE);
}

static enum err
read_names(sqlite3 *db, struct tables *tables)
{
	sqlite3_stmt *statement = NULL;
	enum err err = ERR_OK;
	int code = sqlite3_prepare_v2(db, names, -1, &statement, NULL);

	while (
	    code == SQLITE_OK && (code = sqlite3_step(statement)) == SQLITE_ROW && err == ERR_OK) {
		code = SQLITE_OK;
		err = tables->count < STORE_TABLES_MAX
		    ? read_name(statement, tables->name[tables->count++])
		    : ERR_STORE_CORRUPT;
	}
	if (err == ERR_OK)
		err = sqlite_err(db, code);
	sqlite3_finalize(statement);
	return err;
}

/* The name is one that the schema has; %w doubles its quotes. */
static enum err
prepare(sqlite3 *db, const char *what, const char *table, sqlite3_stmt **ret_statement)
{
	char *sql = strcmp(table, "sqlite_sequence") == 0
	    ? sqlite3_mprintf("SELECT %s FROM %s", what, sequences)
	    : sqlite3_mprintf("SELECT %s FROM \"%w\"", what, table);
	enum err err;

	if (sql == NULL)
		return ERR_MEMORY;
	err = sqlite_err(db, sqlite3_prepare_v2(db, sql, -1, ret_statement, NULL));
	sqlite3_free(sql);
	return err;
}

static enum err
describe(sqlite3_stmt *statement, const char *name, struct store_table *table)
{
	int columns = sqlite3_column_count(statement);

	if (columns < 1 || columns > STORE_COLUMNS_MAX)
		return ERR_STORE_CORRUPT;
	memset(table, 0, sizeof *table);
	(void)snprintf(table->name, sizeof table->name, "%s", name);
	table->columns = (size_t)columns;
	for (int i = 0; i < columns; i++) {
		const char *column = sqlite3_column_name(statement, i);

		if (column == NULL)
			return ERR_MEMORY;
		if (strlen(column) >= STORE_WORD_SIZE)
			return ERR_STORE_CORRUPT;
		(void)snprintf(table->column[i], STORE_WORD_SIZE, "%s", column);
	}
	return ERR_OK;
}

static enum err
read_value(sqlite3_stmt *statement, int column, struct store_value *value)
{
	int type = sqlite3_column_type(statement, column);

	*value = (struct store_value){ .kind = STORE_NULL };
	if (type == SQLITE_INTEGER) {
		value->kind = STORE_NUMBER;
		value->number = sqlite3_column_int64(statement, column);
	} else if (type == SQLITE_TEXT || type == SQLITE_BLOB) {
		value->kind = type == SQLITE_TEXT ? STORE_TEXT : STORE_BYTES;
		value->bytes = sqlite3_column_blob(statement, column);
		value->length = (size_t)sqlite3_column_bytes(statement, column);
		if (value->bytes == NULL && value->length > 0)
			return ERR_MEMORY;
	} else if (type != SQLITE_NULL) {
		return ERR_STORE_CORRUPT; /* there is no column of fractions */
	}
	return value->length > STORE_VALUE_MAX ? ERR_STORE_CORRUPT : ERR_OK;
}

static enum err
dump_row(sqlite3_stmt *statement, size_t columns, const struct store_reader *reader)
{
	struct store_value values[STORE_COLUMNS_MAX];
	enum err err = ERR_OK;

	for (size_t i = 0; err == ERR_OK && i < columns; i++)
		err = read_value(statement, (int)i, &values[i]);
	return err == ERR_OK ? reader->row(reader->context, values, columns) : err;
}

static enum err
dump_table(sqlite3 *db, const char *name, const struct store_reader *reader)
{
	sqlite3_stmt *statement = NULL;
	struct store_table *table = calloc(1, sizeof *table);
	enum err err = table == NULL ? ERR_MEMORY : prepare(db, "*", name, &statement);
	int code = SQLITE_ROW;

	if (err == ERR_OK)
		err = describe(statement, name, table);
	if (err == ERR_OK)
		err = reader->table(reader->context, table);
	while (err == ERR_OK && (code = sqlite3_step(statement)) == SQLITE_ROW)
		err = dump_row(statement, table->columns, reader);
	if (err == ERR_OK)
		err = sqlite_err(db, code);
	sqlite3_finalize(statement);
	free(table);
	return err;
}

enum err
sqlite_dump(struct store *store, const struct store_reader *reader)
{
	sqlite3 *db = sqlite_of(store)->db;
	struct tables tables = { 0 };
	enum err err = read_names(db, &tables);

	for (size_t i = 0; err == ERR_OK && i < tables.count; i++)
		err = dump_table(db, tables.name[i], reader);
	return err;
}

enum err
sqlite_dump_count(struct store *store, int64_t *ret_rows)
{
	sqlite3 *db = sqlite_of(store)->db;
	struct tables tables = { 0 };
	int64_t rows = 0;
	enum err err = read_names(db, &tables);

	for (size_t i = 0; err == ERR_OK && i < tables.count; i++) {
		sqlite3_stmt *statement = NULL;

		err = prepare(db, "count(*)", tables.name[i], &statement);
		if (err == ERR_OK) {
			int code = sqlite3_step(statement);

			err = sqlite_err(db, code);
			rows += code == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
		}
		sqlite3_finalize(statement);
	}
	if (err == ERR_OK)
		*ret_rows = rows;
	return err;
}
