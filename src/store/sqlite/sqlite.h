/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of the SQLite engine share. Its SQL stands in two tables: the schema (schema.c)
 * and the statements (../sql/text.c). */
#ifndef STORE_SQLITE_SQLITE_H
#define STORE_SQLITE_SQLITE_H

#include <sqlite3.h>

#include "store/engine.h"

struct sqlite {
	struct store store; /* first */
	sqlite3 *db;
	sqlite3_stmt *statements[SQL_COUNT];
	sqlite3_vfs vfs;	   /* see file.c */
	const sqlite3_vfs *system; /* what ours is made of */
	bool writes;		   /* as SQLite opened the database */
	char vfs_name[32];
	int dirfd;	 /* our own */
	bool registered; /* vfs */
	bool claimed;	 /* room for the database: room.c */
	int64_t *until;	 /* of a second look: when it ends, in ms of CLOCK_MONOTONIC; else NULL */
};

/* A store without a connection, with a descriptor of its own of the directory; NULL with *ret_err.
 */
struct sqlite *
sqlite_new(int dirfd, enum err *ret_err);

/* As of struct store_backend. */
enum err
sqlite_inspect(const struct store_at *at, struct store **ret_store,
    struct store_schema *ret_schema);
enum err
sqlite_load_new(const struct store_at *at, int version, struct store_load **ret_load);

/* Whose store it is. */
struct sqlite *
sqlite_of(struct store *store);

extern const struct store_engine sqlite_engine;

/* --- open.c --------------------------------------------------------------------- */

/* The keeper is the only writer: waiting longer than this means waiting for another program. */
enum { SQLITE_BUSY_MS = 250 };

/* Nothing in the database itself runs. */
MUST_CHECK enum err
sqlite_configure(sqlite3 *db);

MUST_CHECK enum err
sqlite_prepare(struct sqlite *lite);

/* --- file.c: where the database is -------------------------------------- */

enum { SQLITE_PATH_SIZE = 64 };

/* Checks console.db and what SQLite keeps beside it, and makes console.db if it is not there. */
MUST_CHECK enum err
sqlite_file_prepare(int dirfd);

/* Checks the same and makes nothing; *ret_log: whether a write-ahead log with something in it
 * stands beside it. ERR_STORE_NONE. */
MUST_CHECK enum err
sqlite_file_look(int dirfd, bool *ret_log);

/* Registers the store's way to open files below its dirfd, and gives the path for it. Where
 * the database is opened to be written, opening a log or a journal syncs the directory too. */
MUST_CHECK enum err
sqlite_file_register(struct sqlite *lite, char ret_path[SQLITE_PATH_SIZE]);

/* --- ready.c -------------------------------------------------------------- */

/* Refuses what is not ours or newer, sets and reads back the pragmas, and migrates. */
MUST_CHECK enum err
sqlite_schema_ready(sqlite3 *db);

/* Makes the schema of a version in an empty database, with the same pragmas. ERR_STORE_NEWER for
 * one that this program does not know. */
MUST_CHECK enum err
sqlite_schema_make(sqlite3 *db, int version);

/* Refuses what is not ours or newer, and changes nothing; *ret_version is 0 of an empty database.
 * Set also with ERR_STORE_NEWER. */
MUST_CHECK enum err
sqlite_schema_look(sqlite3 *db, int *ret_version);

/* The first value of the first row, as text; ERR_FAILED without a row. */
MUST_CHECK enum err
sqlite_ask(sqlite3 *db, const char *sql, char *buf, size_t size);

/* --- schema.c ------------------------------------------------------------ */

/* The version that this program makes. */
int
sqlite_schema_newest(void);

/* What makes version + 1 of a version below the newest: statements, ended by NULL. */
const char *const *
sqlite_schema_step(int version);

/* --- run.c: one statement -------------------------------------------------------- */

/* What an SQLite result code means. */
enum err
sqlite_err(sqlite3 *db, int code);

/* As of struct store_engine. */
enum err
sqlite_run(struct store *store, enum sql sql, const struct value *values,
    struct changes *ret_changes);
enum err
sqlite_rows(struct store *store, enum sql sql, const struct value *values, sql_reader *reader,
    void *rows, size_t size, size_t *io_count);
int64_t
sqlite_number(const struct columns *columns, int column);
enum err
sqlite_bytes(const struct columns *columns, int column, const void **ret_bytes, size_t *ret_length);

/* --- the rest of struct store_engine, by file ------------------------------------- */

enum err
sqlite_copy_back(struct store *store, enum store_copy copy);
int64_t
sqlite_log_size(const struct store *store);
void
sqlite_claim(struct store *store, int64_t bytes);
enum err
sqlite_look_on(struct store *store, bool anew);
enum err
sqlite_integrity(struct store *store, char *buf, size_t size);
enum err
sqlite_dump(struct store *store, const struct store_reader *reader);
enum err
sqlite_dump_count(struct store *store, int64_t *ret_rows);

#endif
