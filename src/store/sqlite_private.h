/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of the SQLite backend share. All SQL stands in two tables: the schema
 * (sqlite_schema.c) and the statements (sqlite_sql.c); every other file names a statement, gives
 * values, and reads rows.
 */
#ifndef STORE_SQLITE_PRIVATE_H
#define STORE_SQLITE_PRIVATE_H

#include <sqlite3.h>

#include "store/store.h"
#include "store/store_device.h"

/* Rows of the table in sqlite_sql.c. */
enum sql {
	SQL_BEGIN,
	SQL_COMMIT,
	SQL_ROLLBACK,
	SQL_MARK,
	SQL_KEEP,
	SQL_UNDO,
	SQL_IMPORT_OPEN,
	SQL_IMPORT,
	SQL_IMPORTS,
	SQL_IMPORT_NOTE,
	SQL_IMPORT_HAS,
	SQL_IMPORT_FINISH,
	SQL_IMPORT_ROWS,
	SQL_IMPORT_UNDO_DEVICE,
	SQL_IMPORT_FORGET_ONE,
	SQL_IMPORT_FORGET,
	SQL_IMPORT_REMOVE,
	SQL_CONSOLE_KEY,
	SQL_SET_CONSOLE_KEY,
	SQL_KEYS,
	SQL_KEY_ADD,
	SQL_KEY_NEXT,
	SQL_KEY_WRAP,
	SQL_KEY_DROP,
	SQL_DEVICES_AT_REST,
	SQL_PENDING_AT_REST,
	SQL_AT_REST_COUNT,
	SQL_DEVICE_SEAL,
	SQL_PENDING_SEAL,
	SQL_FLOOR,
	SQL_FLOOR_SET,
	SQL_FLOOR_LAST,
	SQL_BACKUP_TIME,
	SQL_SET_BACKUP_TIME,
	SQL_RESTORED_PENDING,
	SQL_RESTORED_ACCOUNTS,
	SQL_USER_BY_NAME,
	SQL_USER_BY_ID,
	SQL_PAGE_NAME,
	SQL_PAGE_NAME_BACK,
	SQL_PAGE_PAUSED,
	SQL_PAGE_PAUSED_BACK,
	SQL_PAGE_STANDING,
	SQL_PAGE_STANDING_BACK,
	SQL_PAGE_SAME,
	SQL_PAGE_SAME_BACK,
	SQL_PAGE_EARLIER,
	SQL_PAGE_LATER,
	SQL_BARE_NAME,
	SQL_BARE_NAME_BACK,
	SQL_BARE_PAUSED,
	SQL_BARE_PAUSED_BACK,
	SQL_BARE_STANDING,
	SQL_BARE_STANDING_BACK,
	SQL_BARE_SAME,
	SQL_BARE_SAME_BACK,
	SQL_BARE_EARLIER,
	SQL_BARE_LATER,
	SQL_USER_RESERVE,
	SQL_USER_RESERVED,
	SQL_USER_RAISE,
	SQL_USER_GENERATION,
	SQL_USER_ADD,
	SQL_USER_ENABLE,
	SQL_USER_SET_ROLE,
	SQL_USER_REMOVE,
	SQL_USER_SET_PASSWORD,
	SQL_USER_REHASH,
	SQL_USER_SET_ENROL_UNTIL,
	SQL_USER_SIGNED_IN,
	SQL_USER_FAILURES_TOLD,
	SQL_USER_FAILED,
	SQL_USER_SET_CODE,
	SQL_USER_SET_LANGUAGE,
	SQL_USER_SET_ALARMED,
	SQL_USER_SET_PLAIN,
	SQL_COUNTS,
	SQL_TALLY_ADD,
	SQL_TALLY_REMOVE,
	SQL_TALLY_ROLE,
	SQL_TALLY_2FA,
	SQL_USER_SET_2FA,
	SQL_USER_DEVICES,
	SQL_USER_CODES_LEFT,
	SQL_DEVICES,
	SQL_DEVICE_ADD,
	SQL_DEVICE_SPEND,
	SQL_DEVICES_LAST_STEP,
	SQL_DEVICES_COUNT,
	SQL_DEVICE_RENAME,
	SQL_DEVICE_REMOVE,
	SQL_DEVICES_DOUBT,
	SQL_DEVICE_KEEP,
	SQL_SIGN_IN_ADD,
	SQL_SIGN_IN_FORGET,
	SQL_SIGN_IN,
	SQL_SIGN_IN_BEFORE,
	SQL_SIGN_INS,
	SQL_LINK_ADD,
	SQL_LINK_REMOVE,
	SQL_LINK_USER,
	SQL_LINKS,
	SQL_COMMAND_RAN,
	SQL_COMMAND_LAST,
	SQL_RECORDING_ADD,
	SQL_RECORDING_USER,
	SQL_RECORDING_PRUNE,
	SQL_SSH_KEYS,
	SQL_SSH_KEY_ADD,
	SQL_SSH_KEY_RENAME,
	SQL_SSH_KEY_REMOVE,
	SQL_SSH_KEY_KEEP,
	SQL_SSH_KEYS_DOUBT,
	SQL_SSH_KEY_USED,
	SQL_SSH_KEY_OPEN,
	SQL_SSH_KEY_OWNER,
	SQL_DEVICES_REMOVE,
	SQL_PENDING,
	SQL_PENDING_PUT,
	SQL_PENDING_TOUCH,
	SQL_PENDING_REMOVE,
	SQL_RECOVERY_REMOVE,
	SQL_RECOVERY_ADD,
	SQL_RECOVERY_SAVED,
	SQL_RECOVERY_KEY,
	SQL_RECOVERY_USE,
	SQL_THROTTLE,
	SQL_THROTTLE_PUT,
	SQL_THROTTLE_PRUNE,
	SQL_THROTTLE_CLEAR,
	SQL_THROTTLE_CLEAR_ALL,
	SQL_THROTTLE_LONGEST,
	SQL_HOUR,
	SQL_HOUR_PUT,
	SQL_HOUR_PRUNE,
	SQL_HOUR_CLEAR,
	SQL_SOURCE_PUT,
	SQL_SOURCE_PRUNE,
	SQL_SOURCE_TRUSTED,
	SQL_REFUSAL_ADD,
	SQL_REFUSAL_COUNT,
	SQL_REFUSALS,
	SQL_REFUSALS_NUMBER,
	SQL_REFUSAL_REMOVE,
	SQL_SETTINGS,
	SQL_SETTING_PUT,
	SQL_SETTING_BY,
	SQL_HEAD,
	SQL_HEAD_SET,
	SQL_AUDIT_ADD,
	SQL_AUDIT_PAGE,
	SQL_AUDIT_HOUR_ADD,
	SQL_AUDIT_SPAN,
	/* in the order of enum store_audit_key, each oldest first, then newest first */
	SQL_AUDIT_ALL_UP,
	SQL_AUDIT_ALL_DOWN,
	SQL_AUDIT_PERSON_UP,
	SQL_AUDIT_PERSON_DOWN,
	SQL_AUDIT_VERB_UP,
	SQL_AUDIT_VERB_DOWN,
	SQL_AUDIT_CHARTED,
	SQL_AUDIT_OLDEST,
	SQL_AUDIT_CUT,
	SQL_AUDIT_HOURS_CUT,
	SQL_CHECKPOINT,
	SQL_CHECKPOINT_PUT,
	SQL_NOTICE_ADD,
	SQL_NOTICES,
	SQL_NOTICES_UNREAD,
	SQL_NOTICES_COUNT,
	SQL_NOTICES_READ,
	SQL_NOTICES_OLDEST,
	SQL_NOTICES_NEXT,
	SQL_NOTICES_TOLD,
	SQL_WAITING_ADD,
	SQL_WAITING,
	SQL_WAITING_ONE,
	SQL_WAITING_REMOVE,
	SQL_WAITING_COUNT,
	SQL_SECONDS,
	SQL_NOTICES_FORGET,
	SQL_TIMES_AHEAD,
	SQL_THROTTLE_SLICE,
	SQL_THROTTLE_OLD,
	SQL_HOUR_SLICE,
	SQL_HOUR_OLD,
	SQL_SOURCE_SLICE,
	SQL_SOURCE_OLD,
	SQL_PENDING_SLICE,
	SQL_PENDING_OLD,
	SQL_NOTICE_SLICE,
	SQL_NOTICE_OLD,
	SQL_TRUST,
	SQL_TRUST_PUT,
	SQL_COUNT
};

struct store {
	sqlite3 *db;
	sqlite3_stmt *statements[SQL_COUNT];
	sqlite3_vfs vfs;	   /* see sqlite_file.c */
	const sqlite3_vfs *system; /* what ours is made of */
	bool writes;		   /* as SQLite opened the database */
	char vfs_name[32];
	int dirfd;	 /* our own */
	bool registered; /* vfs */
	bool marked;
	bool claimed;	/* room for the database: sqlite_room.c */
	int64_t *until; /* of a second look: when it ends, in ms of CLOCK_MONOTONIC; else NULL */
};

/* --- sqlite.c ------------------------------------------------------------------- */

/* The keeper is the only writer: waiting longer than this means waiting for another program. */
enum { SQLITE_BUSY_MS = 250 };

/* Nothing in the database itself runs. */
MUST_CHECK enum err
sqlite_configure(sqlite3 *db);

MUST_CHECK enum err
sqlite_prepare(struct store *store);

/* --- sqlite_file.c: where the database is -------------------------------------- */

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
sqlite_file_register(struct store *store, char ret_path[SQLITE_PATH_SIZE]);

/* --- sqlite_ready.c -------------------------------------------------------------- */

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

/* --- sqlite_schema.c ------------------------------------------------------------ */

/* The version that this program makes. */
int
sqlite_schema_newest(void);

/* What makes version + 1 of a version below the newest: statements, ended by NULL. */
const char *const *
sqlite_schema_step(int version);

/* --- sqlite_sql.c --------------------------------------------------------------- */

const char *
sqlite_sql(enum sql sql);

/* --- sqlite_user.c --------------------------------------------------------------- */

/* The columns of ACCOUNT in sqlite_sql.c, but phc, into a struct account. */
enum err
sqlite_account(sqlite3_stmt *statement, void *row);

/* --- sqlite_device.c ------------------------------------------------------------- */

/* After each change to a person's authenticators: counts the person anew among those who have any.
 * A failure gives the turn up as a whole. */
MUST_CHECK enum err
sqlite_device_tally(struct store *store, int64_t user);

/* --- sqlite_trail.c --------------------------------------------------------------- */

struct store_audit;

/* A reader of a struct store_audit. */
enum err
sqlite_audit(sqlite3_stmt *statement, void *row);

/* Notes where an hour begins, if it does with that row, which was appended. */
MUST_CHECK enum err
sqlite_audit_hour(struct store *store, const struct store_audit *row);

/* --- sqlite_run.c: one statement ------------------------------------------------- */

enum value_type { VALUE_END, VALUE_NUMBER, VALUE_TEXT, VALUE_BYTES };

/* A value to bind; borrowed while the statement runs, and never copied by SQLite. */
struct value {
	enum value_type type;
	int64_t number;
	const void *bytes;
	size_t length;
};

#define NUMBER(n) \
	{ \
		.type = VALUE_NUMBER, .number = (n) \
	}
#define TEXT(s) \
	{ \
		.type = VALUE_TEXT, .bytes = (s) \
	}
#define BYTES(p, n) \
	{ \
		.type = VALUE_BYTES, .bytes = (p), .length = (n) \
	}
#define VALUES(...) ((const struct value[]){ __VA_ARGS__, { .type = VALUE_END } })
#define NO_VALUES ((const struct value[]){ { .type = VALUE_END } })

/* What an SQLite result code means. */
enum err
sqlite_err(sqlite3 *db, int code);

/* A statement that gives no rows and needs no turn. */
MUST_CHECK enum err
sqlite_run(struct store *store, enum sql sql, const struct value *values);

/* A change; outside a turn ERR_FAILED, so that what is left of a lost turn never stands alone. */
MUST_CHECK enum err
sqlite_change(struct store *store, enum sql sql, const struct value *values, int64_t *ret_changed);

/* A change that must meet exactly one row: else ERR_STORE_NONE. */
MUST_CHECK enum err
sqlite_change_one(struct store *store, enum sql sql, const struct value *values);

/* For the second and later steps of one change: if one fails, the turn is given up as a whole. */
MUST_CHECK enum err
sqlite_whole(struct store *store, enum err err);

typedef enum err
sqlite_reader(sqlite3_stmt *statement, void *row);

/* Reads up to *io_count rows, each of size bytes, into rows. */
MUST_CHECK enum err
sqlite_rows(struct store *store, enum sql sql, const struct value *values, sqlite_reader *reader,
    void *rows, size_t size, size_t *io_count);

/* Reads the first row; ERR_STORE_NONE. */
MUST_CHECK enum err
sqlite_row(struct store *store, enum sql sql, const struct value *values, sqlite_reader *reader,
    void *row);

/* A reader of one number. */
enum err
sqlite_number(sqlite3_stmt *statement, void *row);

/* --- columns: all give ERR_STORE_CORRUPT for what cannot be there ----------------- */

MUST_CHECK enum err
sqlite_column_text(sqlite3_stmt *statement, int column, char *buf, size_t size);

/* Exactly length bytes. */
MUST_CHECK enum err
sqlite_column_bytes(sqlite3_stmt *statement, int column, void *buf, size_t length);

/* Up to STORE_SEALED_SIZE bytes, and the key's id in the column before. */
MUST_CHECK enum err
sqlite_column_sealed(sqlite3_stmt *statement, int column, struct store_sealed *sealed);

/* A number from 0 to max. */
MUST_CHECK enum err
sqlite_column_upto(sqlite3_stmt *statement, int column, int64_t max, int64_t *ret_number);

#endif
