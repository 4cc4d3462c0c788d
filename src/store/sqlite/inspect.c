/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking at a database: a connection that only reads. */
#include "store/sqlite/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum {
	PATIENCE_MS = 5000, /* for a keeper that is about to leave */
	LOOK_MS = 60000
};

enum { LOOK_STEPS = 1000 }; /* of SQLite's virtual machine between two looks at the clock */

static int64_t
milliseconds(void)
{
	struct timespec ts = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * (int64_t)1000 + ts.tv_nsec / 1000000;
}

static int
is_over(void *until)
{
	return milliseconds() > *(const int64_t *)until;
}

/* Until the connection closes, all that is read is of one moment. Nothing is copied back from the
 * log when it closes. */
static enum err
begin(sqlite3 *db)
{
	int on = 0, code = sqlite3_db_config(db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, &on);
	enum err err = code == SQLITE_OK && on == 1 ? sqlite_configure(db) : ERR_SYSTEM;

	if (err == ERR_OK)
		err = sqlite_err(db, sqlite3_busy_timeout(db, PATIENCE_MS));
	if (err == ERR_OK)
		err = sqlite_err(db,
		    sqlite3_exec(db,
			"PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; BEGIN", NULL,
			NULL, NULL));
	return err;
}

static enum err
open_once(struct sqlite *lite, const char *uri, int *ret_version)
{
	enum err err;
	int code = sqlite3_open_v2(uri, &lite->db,
	    SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX |
		SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE,
	    lite->vfs_name);

	if (code != SQLITE_OK)
		return sqlite_err(lite->db, code);
	if (lite->until != NULL)
		sqlite3_progress_handler(lite->db, LOOK_STEPS, is_over, lite->until);
	err = begin(lite->db);
	return err == ERR_OK ? sqlite_schema_look(lite->db, ret_version) : err;
}

/*
 * A database with a write-ahead log wants its index file beside it, which cannot be made on a full
 * disk or a read-only one. Without anything in a log the database alone is the whole truth.
 */
static enum err
open_either(struct sqlite *lite, bool log, int *ret_version)
{
	char path[SQLITE_PATH_SIZE], uri[SQLITE_PATH_SIZE + 32];
	enum err err = sqlite_file_register(lite, path);

	if (err != ERR_OK)
		return err;
	(void)snprintf(uri, sizeof uri, "file:%s", path);
	err = open_once(lite, uri, ret_version);
	if (log || (err != ERR_STORE_FULL && err != ERR_STORE_READONLY && err != ERR_STORE_IO))
		return err;
	sqlite3_close(lite->db);
	lite->db = NULL;
	(void)snprintf(uri, sizeof uri, "file:%s?immutable=1", path);
	return open_once(lite, uri, ret_version);
}

/* A connection that only reads, not opened yet; *ret_log as of sqlite_file_look(). */
static struct sqlite *
prepare(int dirfd, bool *ret_log, enum err *ret_err)
{
	struct sqlite *lite = sqlite_new(dirfd, ret_err);

	if (lite == NULL)
		return NULL;
	*ret_err = sqlite_file_look(lite->dirfd, ret_log);
	if (*ret_err == ERR_OK)
		return lite;
	store_close(&lite->store);
	return NULL;
}

enum err
sqlite_inspect(const struct store_at *at, struct store **ret_store, struct store_schema *ret_schema)
{
	int version = -1;
	bool log = true;
	enum err err;
	struct sqlite *lite = prepare(at->dirfd, &log, &err);

	if (lite == NULL)
		return err;
	err = open_either(lite, log, &version);
	if (err == ERR_OK && version == sqlite_schema_newest())
		err = sqlite_prepare(lite);
	if (err == ERR_OK || err == ERR_STORE_NEWER)
		*ret_schema = (struct store_schema){ .version = version,
			.newest = sqlite_schema_newest() };
	if (err == ERR_OK)
		*ret_store = &lite->store;
	else
		store_close(&lite->store);
	return err == ERR_STORE_SUSPECT ? store_look_again(at->dirfd, LOOK_MS) : err;
}

enum err
sqlite_look_on(struct store *store, bool anew)
{
	struct sqlite *lite = sqlite_of(store);
	enum err err = ERR_OK;

	if (lite->writes)
		return ERR_OK;
	if (sqlite3_get_autocommit(lite->db) == 0)
		err = sqlite_err(lite->db, sqlite3_exec(lite->db, "COMMIT", NULL, NULL, NULL));
	if (err == ERR_OK && anew)
		err = sqlite_err(lite->db, sqlite3_exec(lite->db, "BEGIN", NULL, NULL, NULL));
	return err;
}

/* The first row of a check that answers "ok", or nothing at all, where all is well. */
static enum err
run_check(sqlite3 *db, const char *sql, int column, char *buf, size_t size)
{
	sqlite3_stmt *statement = NULL;
	const char *text;
	enum err err;
	int code = sqlite3_prepare_v2(db, sql, -1, &statement, NULL);

	if (code == SQLITE_OK)
		code = sqlite3_step(statement);
	err = sqlite_err(db, code);
	if (code == SQLITE_ROW) {
		text = (const char *)sqlite3_column_text(statement, column);
		if (text == NULL || strcmp(text, "ok") != 0) {
			err = ERR_STORE_CORRUPT;
			(void)snprintf(buf, size, "%s", text != NULL ? text : "");
		}
	}
	sqlite3_finalize(statement);
	return err;
}

enum err
sqlite_integrity(struct store *store, char *buf, size_t size)
{
	sqlite3 *db = sqlite_of(store)->db;
	enum err err = run_check(db, "PRAGMA integrity_check(1)", 0, buf, size);

	return err == ERR_OK ? run_check(db, "PRAGMA foreign_key_check", 0, buf, size) : err;
}

/* --- a second look --------------------------------------------------------------- */

static enum err
look(struct sqlite *lite, bool log)
{
	char found[8];
	int version = -1;
	enum err err = open_either(lite, log, &version);

	if (err == ERR_OK)
		err = store_integrity(&lite->store, found, sizeof found);
	if (err == ERR_OK && version == sqlite_schema_newest())
		err = sqlite_prepare(lite);
	return err;
}

enum err
store_look_again(int dirfd, int ms)
{
	int64_t until = milliseconds() + ms;
	bool log = true;
	enum err err;
	struct sqlite *lite = prepare(dirfd, &log, &err);

	if (lite == NULL)
		return err;
	lite->until = &until;
	err = look(lite, log);
	store_close(&lite->store);
	if (err == ERR_OK)
		return ERR_STORE_IO;
	if (err != ERR_STORE_CORRUPT && is_over(&until))
		return ERR_STORE_SUSPECT;
	return err == ERR_STORE_SUSPECT ? ERR_STORE_CORRUPT : err;
}
