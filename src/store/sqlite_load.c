/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A database made of rows, for a restore; and what a restore changes in it. */
#include "store/sqlite_private.h"
#include "store/store_dump.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { ROWS_A_COMMIT = 5000 };

struct store_load {
	struct store *store;  /* its file and connection; no statement is prepared */
	sqlite3_stmt *insert; /* into the table at hand */
	size_t columns;	      /* of it */
	size_t tables;	      /* that came */
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
open_new(struct store_load *load, int version)
{
	struct store *store = load->store;
	char path[SQLITE_PATH_SIZE];
	bool log = false;
	enum err err = sqlite_file_look(store->dirfd, &log);

	if (err != ERR_STORE_NONE)
		return err == ERR_OK ? ERR_STORE_EXISTS : err;
	err = sqlite_file_prepare(store->dirfd);
	if (err == ERR_OK)
		err = sqlite_file_register(store, path);
	if (err != ERR_OK)
		return err;
	err = sqlite_err(NULL,
	    sqlite3_open_v2(path, &store->db,
		SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
		    SQLITE_OPEN_EXRESCODE,
		store->vfs_name));
	if (err == ERR_OK)
		err = sqlite_configure(store->db);
	if (err == ERR_OK)
		err = sqlite_schema_make(store->db, version);
	if (err == ERR_OK)
		err = execute(store->db, "PRAGMA foreign_keys = OFF");
	return err == ERR_OK ? execute(store->db, "BEGIN IMMEDIATE") : err;
}

enum err
store_load_new(int dirfd, int version, struct store_load **ret_load)
{
	struct store_load *load = calloc(1, sizeof *load);
	enum err err = ERR_MEMORY;

	if (load == NULL)
		return err;
	load->store = calloc(1, sizeof *load->store);
	if (load->store == NULL)
		goto out;
	load->store->dirfd = fcntl(dirfd, F_DUPFD_CLOEXEC, 3);
	err = load->store->dirfd < 0 ? err_from_errno(errno) : open_new(load, version);
	if (err != ERR_OK)
		goto out;
	*ret_load = load;
	load = NULL;
out:
	store_load_free(load);
	return err;
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
came_before(const struct store_load *load, const char *name)
{
	for (size_t i = 0; i < load->tables; i++)
		if (strcmp(load->came[i], name) == 0)
			return true;
	return false;
}

/* Only names that the schema has become part of a statement; %w doubles their quotes. */
static enum err
prepare_insert(struct store_load *load, const struct store_table *table)
{
	sqlite3 *db = load->store->db;
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

enum err
store_load_table(struct store_load *load, const struct store_table *table)
{
	enum err err;

	sqlite3_finalize(load->insert);
	load->insert = NULL;
	if (load->tables == STORE_TABLES_MAX || table->columns > STORE_COLUMNS_MAX ||
	    came_before(load, table->name) || !is_ours(load->store->db, table))
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

enum err
store_load_row(struct store_load *load, const struct store_value *values, size_t count)
{
	sqlite3 *db = load->store->db;
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

enum err
store_load_end(struct store_load *load)
{
	sqlite3 *db = load->store->db;
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

void
store_load_free(struct store_load *load)
{
	if (load == NULL)
		return;
	sqlite3_finalize(load->insert);
	store_close(load->store);
	free(load);
}

/* --- what a restore changes -------------------------------------------------------------- */

enum err
store_restored(struct store *store, int64_t floor)
{
	static const enum sql changes[] = { SQL_RESTORED_PENDING, SQL_RESTORED_ACCOUNTS };
	enum err err = sqlite_change_one(store, SQL_FLOOR_SET, VALUES(NUMBER(floor)));

	for (size_t i = 0; err == ERR_OK && i < sizeof changes / sizeof *changes; i++)
		err = sqlite_change(store, changes[i], NO_VALUES, NULL);
	return sqlite_whole(store, err);
}

enum err
store_floor(struct store *store, int64_t *ret_floor)
{
	return sqlite_row(store, SQL_FLOOR, NO_VALUES, sqlite_number, ret_floor);
}

enum err
store_floor_last(struct store *store, int64_t most)
{
	return sqlite_change(store, SQL_FLOOR_LAST, VALUES(NUMBER(most)), NULL);
}

enum err
store_backup_time(struct store *store, int64_t *ret_time)
{
	return sqlite_row(store, SQL_BACKUP_TIME, NO_VALUES, sqlite_number, ret_time);
}

enum err
store_set_backup_time(struct store *store, int64_t time)
{
	return sqlite_change_one(store, SQL_SET_BACKUP_TIME, VALUES(NUMBER(time)));
}
