/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking at a database: a connection that only reads. */
#include "store/sqlite_private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "store/inspect.h"
#include "core/throttle.h"
#include "core/clock.h"

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
open_once(struct store *store, const char *uri, int *ret_version)
{
	enum err err;
	int code = sqlite3_open_v2(uri, &store->db,
	    SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX |
		SQLITE_OPEN_PRIVATECACHE | SQLITE_OPEN_EXRESCODE,
	    store->vfs_name);

	if (code != SQLITE_OK)
		return sqlite_err(store->db, code);
	if (store->until != NULL)
		sqlite3_progress_handler(store->db, LOOK_STEPS, is_over, store->until);
	err = begin(store->db);
	return err == ERR_OK ? sqlite_schema_look(store->db, ret_version) : err;
}

/*
 * A database with a write-ahead log wants its index file beside it, which cannot be made on a full
 * disk or a read-only one. Without anything in a log the database alone is the whole truth.
 */
static enum err
open_either(struct store *store, bool log, int *ret_version)
{
	char path[SQLITE_PATH_SIZE], uri[SQLITE_PATH_SIZE + 32];
	enum err err = sqlite_file_register(store, path);

	if (err != ERR_OK)
		return err;
	(void)snprintf(uri, sizeof uri, "file:%s", path);
	err = open_once(store, uri, ret_version);
	if (log || (err != ERR_STORE_FULL && err != ERR_STORE_READONLY && err != ERR_STORE_IO))
		return err;
	sqlite3_close(store->db);
	store->db = NULL;
	(void)snprintf(uri, sizeof uri, "file:%s?immutable=1", path);
	return open_once(store, uri, ret_version);
}

/* A connection that only reads, not opened yet; *ret_log as of sqlite_file_look(). */
static enum err
prepare(int dirfd, struct store **ret_store, bool *ret_log)
{
	struct store *store = calloc(1, sizeof *store);
	enum err err;

	if (store == NULL)
		return ERR_MEMORY;
	store->dirfd = fcntl(dirfd, F_DUPFD_CLOEXEC, 3);
	err = store->dirfd < 0 ? err_from_errno(errno) : sqlite_file_look(store->dirfd, ret_log);
	if (err == ERR_OK)
		*ret_store = store;
	else
		store_close(store);
	return err;
}

enum err
store_inspect(int dirfd, struct store **ret_store, struct store_schema *ret_schema)
{
	struct store *store = NULL;
	int version = -1;
	bool log = true;
	enum err err = prepare(dirfd, &store, &log);

	if (err == ERR_OK)
		err = open_either(store, log, &version);
	if (err == ERR_OK && version == sqlite_schema_newest())
		err = sqlite_prepare(store);
	if (err == ERR_OK || err == ERR_STORE_NEWER)
		*ret_schema = (struct store_schema){ .version = version,
			.newest = sqlite_schema_newest() };
	if (err == ERR_OK)
		*ret_store = store;
	else
		store_close(store);
	return err == ERR_STORE_SUSPECT ? store_look_again(dirfd, LOOK_MS) : err;
}

enum err
store_look_away(struct store *store)
{
	if (store->writes || sqlite3_get_autocommit(store->db) != 0)
		return ERR_OK;
	return sqlite_err(store->db, sqlite3_exec(store->db, "COMMIT", NULL, NULL, NULL));
}

enum err
store_look_on(struct store *store)
{
	enum err err = store_look_away(store);

	if (err != ERR_OK || store->writes)
		return err;
	return sqlite_err(store->db, sqlite3_exec(store->db, "BEGIN", NULL, NULL, NULL));
}

static enum err
read_ahead(sqlite3_stmt *statement, void *row)
{
	struct store_ahead *ahead = row;

	ahead->times = sqlite3_column_int64(statement, 0);
	return sqlite_column_text(statement, 1, ahead->who, sizeof ahead->who);
}

enum err
store_times_ahead(struct store *store, int64_t now, struct store_ahead *ret_ahead)
{
	struct store_ahead ahead = { 0 };
	enum err err = sqlite_row(store, SQL_TIMES_AHEAD,
	    VALUES(NUMBER(now / CLOCK_STEP + 1), NUMBER(now + THROTTLE_LONGEST),
		NUMBER(now + CLOCK_INVITATION_LONGEST), NUMBER(now + CLOCK_STEP)),
	    read_ahead, &ahead);

	if (err == ERR_OK)
		*ret_ahead = ahead;
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
store_integrity(struct store *store, char *buf, size_t size)
{
	enum err err;

	if (size > 0)
		*buf = '\0';
	err = run_check(store->db, "PRAGMA integrity_check(1)", 0, buf, size);
	return err == ERR_OK ? run_check(store->db, "PRAGMA foreign_key_check", 0, buf, size) : err;
}

/* --- a second look --------------------------------------------------------------- */

static enum err
look(struct store *store, bool log)
{
	char found[8];
	int version = -1;
	enum err err = open_either(store, log, &version);

	if (err == ERR_OK)
		err = store_integrity(store, found, sizeof found);
	if (err == ERR_OK && version == sqlite_schema_newest())
		err = sqlite_prepare(store);
	return err;
}

enum err
store_look_again(int dirfd, int ms)
{
	int64_t until = milliseconds() + ms;
	struct store *store = NULL;
	bool log = true;
	enum err err = prepare(dirfd, &store, &log);

	if (err != ERR_OK)
		return err;
	store->until = &until;
	err = look(store, log);
	store_close(store);
	if (err == ERR_OK)
		return ERR_STORE_IO;
	if (err != ERR_STORE_CORRUPT && is_over(&until))
		return ERR_STORE_SUSPECT;
	return err == ERR_STORE_SUSPECT ? ERR_STORE_CORRUPT : err;
}
