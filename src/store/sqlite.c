/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The SQLite backend: opening, closing, turns. */
#include "store/sqlite_private.h"

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
sqlite_prepare(struct store *store)
{
	for (int i = 0; i < SQL_COUNT; i++) {
		int code = sqlite3_prepare_v3(store->db, sqlite_sql((enum sql)i), -1,
		    SQLITE_PREPARE_PERSISTENT, &store->statements[i], NULL);

		if (code != SQLITE_OK)
			return code == SQLITE_ERROR ? ERR_STORE_SUSPECT
						    : sqlite_err(store->db, code);
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
open_database(struct store *store)
{
	char path[SQLITE_PATH_SIZE];
	struct store_head head;
	int code;
	enum err err = sqlite_file_register(store, path);

	if (err != ERR_OK)
		return err;
	code = sqlite3_open_v2(path, &store->db,
	    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
		SQLITE_OPEN_EXRESCODE,
	    store->vfs_name);
	if (code != SQLITE_OK)
		return sqlite_err(store->db, code);
	if (sqlite3_db_readonly(store->db, "main") != 0)
		return ERR_STORE_READONLY;
	err = sqlite_configure(store->db);
	if (err == ERR_OK)
		err = sqlite_schema_ready(store->db);
	if (err == ERR_OK)
		err = sqlite_prepare(store);
	if (err == ERR_OK)
		err = store_head(store, &head);
	if (err == ERR_OK)
		err = prove_writable(store);
	return err == ERR_STORE_NONE ? ERR_STORE_CORRUPT : err;
}

enum err
store_open(int dirfd, struct store **ret_store)
{
	struct store *store = calloc(1, sizeof *store);
	enum err err = ERR_MEMORY;

	if (store == NULL)
		return err;
	store->dirfd = fcntl(dirfd, F_DUPFD_CLOEXEC, 3);
	if (store->dirfd < 0) {
		err = err_from_errno(errno);
		goto out;
	}
	err = sqlite_file_prepare(store->dirfd);
	if (err != ERR_OK)
		goto out;
	err = open_database(store);
	if (err != ERR_OK)
		goto out;
	*ret_store = store;
	store = NULL;
out:
	store_close(store);
	return err == ERR_STORE_SUSPECT ? store_look_again(dirfd, LOOK_MS) : err;
}

void
store_close(struct store *store)
{
	if (store == NULL)
		return;
	for (int i = 0; i < SQL_COUNT; i++)
		sqlite3_finalize(store->statements[i]);
	sqlite3_close(store->db);
	if (store->registered)
		sqlite3_vfs_unregister(&store->vfs);
	if (store->dirfd >= 0)
		close(store->dirfd);
	free(store);
}

enum err
store_begin(struct store *store)
{
	store->marked = false;
	return store_in_turn(store) ? ERR_FAILED : sqlite_run(store, SQL_BEGIN, NO_VALUES);
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
take_back(struct store *store)
{
	sqlite3_file *log = NULL;

	return store_checkpoint(store) == ERR_OK &&
	    sqlite3_file_control(store->db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) ==
	    SQLITE_OK &&
	    log != NULL && log->pMethods != NULL &&
	    log->pMethods->xSync(log, SQLITE_SYNC_NORMAL) == SQLITE_OK;
}

/* Without a transaction, COMMIT fails: a turn that was lost half-way is never called durable. */
enum err
store_commit(struct store *store)
{
	enum err err = sqlite_run(store, SQL_COMMIT, NO_VALUES);
	int code = sqlite3_extended_errcode(store->db);

	if (sqlite_whole(store, err) == ERR_OK || wrote_no_end(code) || take_back(store))
		return err;
	return ERR_STORE_UNSURE;
}

void
store_rollback(struct store *store)
{
	store->marked = false;
	if (store_in_turn(store)) {
		enum err err = sqlite_run(store, SQL_ROLLBACK, NO_VALUES);

		(void)err; /* store_in_turn() tells, and store_begin() refuses */
	}
}

bool
store_in_turn(const struct store *store)
{
	return sqlite3_get_autocommit(store->db) == 0;
}

/* Outside a turn SAVEPOINT would begin a transaction of its own. */
enum err
store_mark(struct store *store)
{
	enum err err;

	if (!store_in_turn(store) || store->marked)
		return ERR_FAILED;
	err = sqlite_run(store, SQL_MARK, NO_VALUES);
	store->marked = err == ERR_OK;
	return err;
}

enum err
store_keep(struct store *store)
{
	if (!store_in_turn(store) || !store->marked)
		return ERR_FAILED;
	store->marked = false;
	return sqlite_whole(store, sqlite_run(store, SQL_KEEP, NO_VALUES));
}

enum err
store_undo(struct store *store)
{
	enum err err;

	if (!store_in_turn(store) || !store->marked)
		return ERR_FAILED;
	store->marked = false;
	err = sqlite_run(store, SQL_UNDO, NO_VALUES);
	if (err == ERR_OK)
		err = sqlite_run(store, SQL_KEEP, NO_VALUES);
	return sqlite_whole(store, err);
}
