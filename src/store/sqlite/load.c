/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A database made of rows, for a restore. */
#include "store/sqlite/sqlite.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROWS_A_COMMIT = 5000 };

struct sqlite_load {
	struct store_load load; /* first */
	struct sqlite *lite;	/* its file and connection; no statement is prepared */
	sqlite3_stmt *insert;	/* into the table at hand */
	size_t columns;		/* of it */
	size_t tables;		/* that came */
	char came[STORE_TABLES_MAX][STORE_WORD_SIZE];
	int64_t rows;
};

static enum err
execute(sqlite3 *db, const char *sql)
{
	return sqlite_err(db, sqlite3_exec(db, sql, NULL, NULL, NULL));
}

/* What a row says that the schema refuses is the backup's fault, not the disk's. */
static enum err
blame(sqlite3 *db, int code)
{
	int kind = code & 0xff;

	if (kind == SQLITE_CONSTRAINT || kind == SQLITE_MISMATCH || kind == SQLITE_TOOBIG ||
	    kind == SQLITE_ERROR)
		return ERR_BACKUP_DAMAGED;
	return sqlite_err(db, code);
}

static enum err
open_new(struct sqlite_load *load, int version)
{
	struct sqlite *lite = load->lite;
	char path[SQLITE_PATH_SIZE];
	bool log = false;
	enum err err = sqlite_file_look(lite->dirfd, &log);

	if (err != ERR_STORE_NONE)
		return err == ERR_OK ? ERR_STORE_EXISTS : err;
	err = sqlite_file_prepare(lite->dirfd);
	if (err == ERR_OK)
		err = sqlite_file_register(lite, path);
	if (err != ERR_OK)
		return err;
	err = sqlite_err(NULL,
	    sqlite3_open_v2(path, &lite->db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
		    SQLITE_OPEN_EXRESCODE,
		lite->vfs_name));
	if (err == ERR_OK)
		err = sqlite_configure(lite->db);
	if (err == ERR_OK)
		err = sqlite_schema_make(lite->db, version);
	if (err == ERR_OK)
		err = execute(lite->db, "PRAGMA foreign_keys = OFF");
	return err == ERR_OK ? execute(lite->db, "BEGIN IMMEDIATE") : err;
}

static struct sqlite_load *
load_of(struct store_load *load)
{
	return (struct sqlite_load *)(void *)load;
}

/* Whether the schema has a table of that name, with these columns in this order. */
static bool
is_ours(sqlite3 *db, const struct store_table *table)
{
	sqlite3_stmt *statement = NULL;
	size_t at = 0;
	bool same = true;

	if (sqlite3_prepare_v2(db,
		"SELECT info.name FROM sqlite_schema AS s JOIN pragma_table_info(s.name) AS info"
		" WHERE s.type = 'table' AND s.name = ?1 ORDER BY info.cid",
		-1, &statement, NULL) != SQLITE_OK)
		return false;
	if (sqlite3_bind_text(statement, 1, table->name, -1, SQLITE_STATIC) != SQLITE_OK)
		same = false;
	while (same && sqlite3_step(statement) == SQLITE_ROW) {
		const char *name = (const char *)sqlite3_column_text(statement, 0);

		same = name != NULL && at < table->columns && strcmp(name, table->column[at]) == 0;
		at++;
	}
	sqlite3_finalize(statement);
	return same && at > 0 && at == table->columns;
}

static bool
came_before(const struct sqlite_load *load, const char *name)
{
	for (size_t i = 0; i < load->tables; i++)
		if (strcmp(load->came[i], name) == 0)
			return true;
	return false;
}

/* Only names that the schema has become part of a statement; %w doubles their quotes. */
static enum err
prepare_insert(struct sqlite_load *load, const struct store_table *table)
{
	sqlite3 *db = load->lite->db;
	char marks[2 * STORE_COLUMNS_MAX + 1] = "";
	char *clear = sqlite3_mprintf("DELETE FROM \"%w\"", table->name), *insert;
	enum err err = clear == NULL ? ERR_MEMORY : execute(db, clear);

	sqlite3_free(clear);
	for (size_t i = 0; i < table->columns; i++)
		memcpy(marks + 2 * i, ",?", 3);
	insert = sqlite3_mprintf("INSERT INTO \"%w\" VALUES (%s)", table->name, marks + 1);
	if (err == ERR_OK && insert == NULL)
		err = ERR_MEMORY;
	if (err == ERR_OK)
		err = sqlite_err(db, sqlite3_prepare_v2(db, insert, -1, &load->insert, NULL));
	sqlite3_free(insert);
	return err;
}

static enum err
load_table(struct store_load *any, const struct store_table *table)
{
	struct sqlite_load *load = load_of(any);
	enum err err;

	sqlite3_finalize(load->insert);
	load->insert = NULL;
	if (load->tables == STORE_TABLES_MAX || table->columns > STORE_COLUMNS_MAX ||
	    came_before(load, table->name) || !is_ours(load->lite->db, table))
		return ERR_BACKUP_DAMAGED;
	err = prepare_insert(load, table);
	if (err != ERR_OK)
		return err;
	load->columns = table->columns;
	memcpy(load->came[load->tables++], table->name, STORE_WORD_SIZE);
	return ERR_OK;
}

static int
bind_value(sqlite3_stmt *statement, int at, const struct store_value *value)
{
	/* A value of no bytes is still one. */
	const void *bytes = value->bytes != NULL ? value->bytes : "";

	switch (value->kind) {
	case STORE_NUMBER:
		return sqlite3_bind_int64(statement, at, value->number);
	case STORE_TEXT:
		return sqlite3_bind_text(statement, at, bytes, (int)value->length, SQLITE_STATIC);
	case STORE_BYTES:
		return sqlite3_bind_blob(statement, at, bytes, (int)value->length, SQLITE_STATIC);
	case STORE_NULL:
	case STORE_KINDS:
		break;
	}
	return sqlite3_bind_null(statement, at);
}

static enum err
load_row(struct store_load *any, const struct store_value *values, size_t count)
{
	struct sqlite_load *load = load_of(any);
	sqlite3 *db = load->lite->db;
	int code = SQLITE_OK;
	enum err err;

	if (load->insert == NULL || count != load->columns)
		return ERR_BACKUP_DAMAGED;
	for (size_t i = 0; code == SQLITE_OK && i < count; i++)
		code = bind_value(load->insert, (int)i + 1, &values[i]);
	if (code == SQLITE_OK)
		code = sqlite3_step(load->insert);
	err = code == SQLITE_DONE ? ERR_OK : blame(db, code);
	sqlite3_reset(load->insert);
	sqlite3_clear_bindings(load->insert);
	if (err == ERR_OK && ++load->rows % ROWS_A_COMMIT == 0) {
		err = execute(db, "COMMIT");
		if (err == ERR_OK)
			err = execute(db, "BEGIN IMMEDIATE");
	}
	return err;
}

/* A number of the only row of a query. */
static enum err
ask_number(sqlite3 *db, const char *sql, int64_t *ret_number)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		*ret_number = sqlite3_column_int64(statement, 0);
	sqlite3_finalize(statement);
	return code == SQLITE_ROW ? ERR_OK : sqlite_err(db, code);
}

static enum err
load_end(struct store_load *any)
{
	struct sqlite_load *load = load_of(any);
	sqlite3 *db = load->lite->db;
	int64_t tables = 0, state = 0, strays = 0;
	enum err err = ask_number(db,
	    "SELECT count(*) FROM sqlite_schema WHERE type = 'table'"
	    " AND (name NOT LIKE 'sqlite\\_%' ESCAPE '\\' OR name = 'sqlite_sequence')",
	    &tables);

	if (err == ERR_OK)
		err = ask_number(db, "SELECT count(*) FROM state", &state);
	if (err == ERR_OK)
		err = ask_number(db, "SELECT count(*) FROM pragma_foreign_key_check", &strays);
	if (err == ERR_OK && ((size_t)tables != load->tables || state != 1 || strays != 0))
		err = ERR_BACKUP_DAMAGED;
	return err == ERR_OK ? execute(db, "COMMIT") : err;
}

static void
free_load(struct sqlite_load *load)
{
	sqlite3_finalize(load->insert);
	if (load->lite != NULL)
		store_close(&load->lite->store);
	free(load);
}

static void
load_free(struct store_load *any)
{
	free_load(load_of(any));
}

static const struct store_loader loader = { load_table, load_row, load_end, load_free };

enum err
sqlite_load_new(const struct store_at *at, int version, struct store_load **ret_load)
{
	struct sqlite_load *load = calloc(1, sizeof *load);
	enum err err = ERR_MEMORY;

	if (load == NULL)
		return err;
	load->load.loader = &loader;
	load->lite = sqlite_new(at->dirfd, &err);
	if (err == ERR_OK)
		err = open_new(load, version);
	if (err != ERR_OK) {
		free_load(load);
		return err;
	}
	*ret_load = &load->load;
	return ERR_OK;
}
