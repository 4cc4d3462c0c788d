/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Making a database ready: the settings of SQLite without which nothing is kept here, and the
 * migrations of schema.c. */
#include <stdio.h>
#include <string.h>

#include "store/sqlite/sqlite.h"

/* "PVcs", in the file's header: a database that is somebody else's is never changed. */
enum { APPLICATION_ID = 1347838835 };

/*
 * Set, and then read back: SQLite answers a pragma that it cannot follow with silence.
 * synchronous = FULL: NORMAL can forget the last commits when the power fails, and with them that a
 * code was spent. The write-ahead log is copied back after 4,000 pages of 1 KiB; one that a slow
 * reader has let grow beyond twice that is cut when it begins anew. (4,000 of the 2 KiB that
 * databases of older versions have are just below that.)
 */
static const struct {
	const char *set;
	const char *get;
	const char *expected;
} pragmas[] = {
	{ "PRAGMA journal_mode = WAL", "PRAGMA journal_mode", "wal" },
	{ "PRAGMA synchronous = FULL", "PRAGMA synchronous", "2" },
	{ "PRAGMA foreign_keys = ON", "PRAGMA foreign_keys", "1" },
	{ "PRAGMA secure_delete = ON", "PRAGMA secure_delete", "1" },
	{ "PRAGMA trusted_schema = OFF", "PRAGMA trusted_schema", "0" },
	{ "PRAGMA cell_size_check = ON", "PRAGMA cell_size_check", "1" },
	{ "PRAGMA temp_store = MEMORY", "PRAGMA temp_store", "2" },
	{ "PRAGMA wal_autocheckpoint = 4000", "PRAGMA wal_autocheckpoint", "4000" },
	{ "PRAGMA journal_size_limit = 8388608", "PRAGMA journal_size_limit", "8388608" },
	{ "PRAGMA cache_size = -4096", "PRAGMA cache_size", "-4096" },
};

/*
 * Of a new database; one that is there keeps its own. A sign-in changes one row or entry on each of
 * about nine pages, and each page is written as a whole: so small pages, but not smaller than the
 * longest row of an account.
 */
static const char page_size[] = "PRAGMA page_size = 1024";

static enum err
execute(sqlite3 *db, const char *sql)
{
	return sqlite_err(db, sqlite3_exec(db, sql, NULL, NULL, NULL));
}

/* The first value of the first row, as text. */
enum err
sqlite_ask(sqlite3 *db, const char *sql, char *buf, size_t size)
{
	sqlite3_stmt *statement = NULL;
	int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);
	const struct columns columns = { .engine = &sqlite_engine, .answer = statement };
	enum err err;

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		err = column_text(&columns, 0, buf, size);
	else
		err = code == SQLITE_DONE ? ERR_FAILED : sqlite_err(db, code);
	sqlite3_finalize(statement);
	return err;
}

static enum err
ask_number(sqlite3 *db, const char *sql, int *ret_number)
{
	char text[24];
	enum err err = sqlite_ask(db, sql, text, sizeof text);

	if (err == ERR_OK && sscanf(text, "%d", ret_number) != 1)
		err = ERR_STORE_CORRUPT;
	return err;
}

static enum err
set_pragmas(sqlite3 *db)
{
	char value[24];
	enum err err = ERR_OK;

	for (size_t i = 0; err == ERR_OK && i < sizeof pragmas / sizeof *pragmas; i++) {
		err = execute(db, pragmas[i].set);
		if (err == ERR_OK)
			err = sqlite_ask(db, pragmas[i].get, value, sizeof value);
		if (err == ERR_OK && strcmp(value, pragmas[i].expected) != 0)
			err = ERR_STORE_IO;
	}
	return err;
}

/* Before anything is written: an empty database, or one of ours, of a version that is known. */
enum err
sqlite_schema_look(sqlite3 *db, int *ret_version)
{
	int application = 0, version = 0, tables = 0;
	enum err err = ask_number(db, "PRAGMA application_id", &application);

	if (err == ERR_OK)
		err = ask_number(db, "PRAGMA user_version", &version);
	if (err == ERR_OK)
		err = ask_number(db, "SELECT count(*) FROM sqlite_schema", &tables);
	if (err != ERR_OK)
		return err;
	if (application == 0 && version == 0 && tables == 0) {
		*ret_version = 0;
		return ERR_OK;
	}
	if (application != APPLICATION_ID || version < 1)
		return ERR_STORE_CORRUPT;
	*ret_version = version;
	return version > sqlite_schema_newest() ? ERR_STORE_NEWER : ERR_OK;
}

static enum err
apply(sqlite3 *db, int version)
{
	char text[48];
	enum err err = ERR_OK;

	for (const char *const *sql = sqlite_schema_step(version); err == ERR_OK && *sql != NULL;
	     sql++)
		err = execute(db, *sql);
	if (err == ERR_OK) {
		snprintf(text, sizeof text, "PRAGMA user_version = %d", version + 1);
		err = execute(db, text);
	}
	return err;
}

/* One transaction a step; the version is read again inside, for another process may have been
 * faster. */
static enum err
step(sqlite3 *db, int *ret_version)
{
	int version = 0;
	enum err err = execute(db, "BEGIN IMMEDIATE");

	if (err != ERR_OK)
		return err;
	err = ask_number(db, "PRAGMA user_version", &version);
	if (err == ERR_OK && version < sqlite_schema_newest()) {
		err = apply(db, version);
		version++;
	}
	if (err == ERR_OK)
		err = execute(db, "COMMIT");
	if (err == ERR_OK)
		*ret_version = version;
	else if (sqlite3_get_autocommit(db) == 0)
		sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
	return err;
}

static enum err
migrate(sqlite3 *db, int most)
{
	int version = 0;
	enum err err = ask_number(db, "PRAGMA user_version", &version);

	while (err == ERR_OK && version < most)
		err = step(db, &version);
	return err == ERR_OK && version > most ? ERR_STORE_NEWER : err;
}

enum err
sqlite_schema_make(sqlite3 *db, int version)
{
	enum err err = execute(db, page_size);

	if (version < 1 || version > sqlite_schema_newest())
		return ERR_STORE_NEWER;
	if (err == ERR_OK)
		err = set_pragmas(db);
	return err == ERR_OK ? migrate(db, version) : err;
}

enum err
sqlite_schema_ready(sqlite3 *db)
{
	int version = 0;
	enum err err = execute(db, page_size);

	if (err == ERR_OK)
		err = sqlite_schema_look(db, &version);
	if (err == ERR_OK)
		err = set_pragmas(db);
	return err == ERR_OK ? migrate(db, sqlite_schema_newest()) : err;
}
