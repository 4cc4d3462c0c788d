/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SQLite engine: opening, closing, turns. */
#include "store/sqlite/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/inspect.h"
#include "store/store_audit.h"

/* Only the client that started it waits for a keeper that starts. */
enum { LOOK_MS = 10000 };

/* Nothing of a database that someone tampered with runs: no triggers, no views, no functions with
 * side effects. */
static const struct {
	int option;
	int on;
} options[] = {
	{ SQLITE_DBCONFIG_DEFENSIVE, 1 },
	{ SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 },
	{ SQLITE_DBCONFIG_ENABLE_TRIGGER, 0 },
	{ SQLITE_DBCONFIG_ENABLE_VIEW, 0 },
	{ SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
	{ SQLITE_DBCONFIG_DQS_DDL, 0 },
	{ SQLITE_DBCONFIG_DQS_DML, 0 },
	{ SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
};

enum err
sqlite_configure(sqlite3 *db)
{
	for (size_t i = 0; i < sizeof options / sizeof *options; i++) {
		int on = -1, code = sqlite3_db_config(db, options[i].option, options[i].on, &on);

		if (code != SQLITE_OK || on != options[i].on)
			return ERR_SYSTEM;
	}
	sqlite3_limit(db, SQLITE_LIMIT_ATTACHED, 0);
	return sqlite_err(db, sqlite3_busy_timeout(db, SQLITE_BUSY_MS));
}

/* A schema that does not know a statement's tables is not ours, whatever its number says; or it was
 * not read as it is. */
enum err
sqlite_prepare(struct sqlite *lite)
{
	for (int i = 0; i < SQL_COUNT; i++) {
		int code = sqlite3_prepare_v3(lite->db, sql_text((enum sql)i), -1,
		    SQLITE_PREPARE_PERSISTENT, &lite->statements[i], NULL);

		if (code != SQLITE_OK)
			return code == SQLITE_ERROR ? ERR_STORE_SUSPECT
						    : sqlite_err(lite->db, code);
	}
	return ERR_OK;
}

/* A keeper says "ready" only if it can write: a log or an index that is open read-only is only
 * found out here. */
static enum err
prove_writable(struct store *store)
{
	enum err err = store_begin(store);

	if (err != ERR_OK)
		return err;
	store_rollback(store);
	return store_in_turn(store) ? ERR_STORE_IO : ERR_OK;
}

static enum err
open_database(struct sqlite *lite)
{
	char path[SQLITE_PATH_SIZE];
	struct store_head head;
	int code;
	enum err err = sqlite_file_register(lite, path);

	if (err != ERR_OK)
		return err;
	code = sqlite3_open_v2(path, &lite->db,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
		SQLITE_OPEN_EXRESCODE,
	    lite->vfs_name);
	if (code != SQLITE_OK)
		return sqlite_err(lite->db, code);
	if (sqlite3_db_readonly(lite->db, "main") != 0)
		return ERR_STORE_READONLY;
	err = sqlite_configure(lite->db);
	if (err == ERR_OK)
		err = sqlite_schema_ready(lite->db);
	if (err == ERR_OK)
		err = sqlite_prepare(lite);
	if (err == ERR_OK)
		err = store_head(&lite->store, &head);
	if (err == ERR_OK)
		err = prove_writable(&lite->store);
	return err == ERR_STORE_NONE ? ERR_STORE_CORRUPT : err;
}

struct sqlite *
sqlite_new(int dirfd, enum err *ret_err)
{
	struct sqlite *lite = calloc(1, sizeof *lite);

	*ret_err = ERR_MEMORY;
	if (lite == NULL)
		return NULL;
	lite->store.engine = &sqlite_engine;
	lite->dirfd = fcntl(dirfd, F_DUPFD_CLOEXEC, 3);
	*ret_err = lite->dirfd < 0 ? err_from_errno(errno) : ERR_OK;
	if (*ret_err == ERR_OK)
		return lite;
	free(lite);
	return NULL;
}

static enum err
open_store(const struct store_at *at, struct store **ret_store)
{
	enum err err;
	struct sqlite *lite = sqlite_new(at->dirfd, &err);

	if (lite == NULL)
		return err;
	err = sqlite_file_prepare(lite->dirfd);
	if (err == ERR_OK)
		err = open_database(lite);
	if (err == ERR_OK)
		*ret_store = &lite->store;
	else
		store_close(&lite->store);
	return err == ERR_STORE_SUSPECT ? store_look_again(at->dirfd, LOOK_MS) : err;
}

static void
close_all(struct store *store)
{
	struct sqlite *lite = sqlite_of(store);

	for (int i = 0; i < SQL_COUNT; i++)
		sqlite3_finalize(lite->statements[i]);
	sqlite3_close(lite->db);
	if (lite->registered)
		sqlite3_vfs_unregister(&lite->vfs);
	close(lite->dirfd);
	free(lite);
}

static enum err
begin(struct store *store)
{
	return sqlite_run(store, SQL_BEGIN, NO_VALUES, NULL);
}

/* Whether a COMMIT that failed with this code had not written its last frame yet: without that, the
 * others are never read. */
static bool
wrote_no_end(int code)
{
	return code == SQLITE_ERROR || code == SQLITE_FULL || code == SQLITE_IOERR_WRITE ||
	    (code & 0xff) == SQLITE_BUSY;
}

/*
 * Frames that were written whole, and not synced, stay in the log, and the next open after a crash
 * reads them as committed. Copying back what was committed before them and cutting
 * the log is what makes them go.
 */
static bool
take_back(struct sqlite *lite)
{
	sqlite3_file *log = NULL;

	return store_checkpoint(&lite->store) == ERR_OK &&
	    sqlite3_file_control(lite->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) ==
	    SQLITE_OK &&
	    log != NULL && log->pMethods != NULL &&
	    log->pMethods->xSync(log, SQLITE_SYNC_NORMAL) == SQLITE_OK;
}

/* Without a transaction, COMMIT fails: a turn that was lost half-way is never called durable. */
static enum err
commit(struct store *store)
{
	struct sqlite *lite = sqlite_of(store);
	enum err err = sqlite_run(store, SQL_COMMIT, NO_VALUES, NULL);
	int code = sqlite3_extended_errcode(lite->db);

	if (sql_whole(store, err) == ERR_OK || wrote_no_end(code) || take_back(lite))
		return err;
	return ERR_STORE_UNSURE;
}

static void
rollback(struct store *store)
{
	enum err err = sqlite_run(store, SQL_ROLLBACK, NO_VALUES, NULL);

	(void)err; /* store_in_turn() tells, and store_begin() refuses */
}

static bool
in_turn(const struct store *store)
{
	return sqlite3_get_autocommit(((const struct sqlite *)(const void *)store)->db) == 0;
}

/* There is one writer, and BEGIN IMMEDIATE has made it this one. */
static enum err
lock(struct store *store, const struct store_locks *locks)
{
	(void)store;
	(void)locks;
	return ERR_OK;
}

const struct store_engine sqlite_engine = {
	.begin = begin,
	.commit = commit,
	.rollback = rollback,
	.in_turn = in_turn,
	.lock = lock,
	.close = close_all,
	.copy_back = sqlite_copy_back,
	.log_size = sqlite_log_size,
	.claim = sqlite_claim,
	.look_on = sqlite_look_on,
	.integrity = sqlite_integrity,
	.dump = sqlite_dump,
	.dump_count = sqlite_dump_count,
	.run = sqlite_run,
	.rows = sqlite_rows,
	.number = sqlite_number,
	.bytes = sqlite_bytes,
};

const struct store_backend sqlite_backend = {
	.open = open_store,
	.inspect = sqlite_inspect,
	.load_new = sqlite_load_new,
};

struct sqlite *
sqlite_of(struct store *store)
{
	return (struct sqlite *)(void *)store;
}
