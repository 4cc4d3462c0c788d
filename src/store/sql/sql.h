/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of this folder share: the questions of store.h and its neighbours, for any engine.
 * All statements stand in one table (text.c); every other file names a statement, gives values, and
 * reads rows.
 */
#ifndef STORE_SQL_SQL_H
#define STORE_SQL_SQL_H

#include "store/store.h"
#include "store/store_device.h"

struct columns;
struct changes;

/* Rows of the table in text.c. */
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
	SQL_USER_CODE_FAILED,
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
	SQL_AUDIT_ENDS,
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
	SQL_CHANGES,
	SQL_CHANGES_MORE,
	SQL_NODES,
	SQL_NODE,
	SQL_NODE_INVITE,
	SQL_NODE_KEY,
	SQL_NODE_KEYS_DROP,
	SQL_NODE_REMOVE,
	SQL_NODE_SEEN,
	SQL_NODE_LOOK,
	SQL_COUNT
};

/* --- text.c --------------------------------------------------------------------- */

/* In SQLite's words, which are also PostgreSQL's but for what postgresql/dialect.h names. */
const char *
sql_text(enum sql sql);

/* --- run.c: one statement ------------------------------------------------------- */

enum value_type { VALUE_END, VALUE_NUMBER, VALUE_TEXT, VALUE_BYTES };

/* A value to bind; borrowed while the statement runs. */
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

/* A change; outside a turn ERR_FAILED, so that what is left of a lost turn never stands alone. */
MUST_CHECK enum err
sql_change(struct store *store, enum sql sql, const struct value *values, int64_t *ret_changed);

/* A change that must meet exactly one row: else ERR_STORE_NONE. */
MUST_CHECK enum err
sql_change_one(struct store *store, enum sql sql, const struct value *values);

/* A change that puts one row in; *ret_id: its id. */
MUST_CHECK enum err
sql_insert(struct store *store, enum sql sql, const struct value *values, int64_t *ret_id);

/* The same, of whoever needs to know more of it, or trusts in the row (engine.h). */
MUST_CHECK enum err
sql_insert_row(struct store *store, enum sql sql, const struct value *values,
    struct changes *io_changes);

/* A change that meets exactly one row, for this turn has read it or puts it in if it is not there.
 * If it does not, the turn fails: here, or at a later question, or when it is committed. */
MUST_CHECK enum err
sql_one_later(struct store *store, enum sql sql, const struct value *values);

/* Before a turn is committed: what was appended to the trail becomes its head. Whatever fails, the
 * turn is given up. */
MUST_CHECK enum err
sql_trail_end(struct store *store);

/* For the second and later steps of one change: if one fails, the turn is given up as a whole. */
MUST_CHECK enum err
sql_whole(struct store *store, enum err err);

typedef enum err
sql_reader(const struct columns *columns, void *row);

/* Reads up to *io_count rows, each of size bytes, into rows. */
MUST_CHECK enum err
sql_rows(struct store *store, enum sql sql, const struct value *values, sql_reader *reader,
    void *rows, size_t size, size_t *io_count);

/* Reads the first row; ERR_STORE_NONE. */
MUST_CHECK enum err
sql_row(struct store *store, enum sql sql, const struct value *values, sql_reader *reader,
    void *row);

/* A reader of one number. */
enum err
sql_number(const struct columns *columns, void *row);

/* --- columns: all but the first two give ERR_STORE_CORRUPT for what cannot be there ------ */

int64_t
column_number(const struct columns *columns, int column);

/* Whether there is a value at all. */
bool
column_set(const struct columns *columns, int column);

MUST_CHECK enum err
column_text(const struct columns *columns, int column, char *buf, size_t size);

/* Exactly length bytes. */
MUST_CHECK enum err
column_bytes(const struct columns *columns, int column, void *buf, size_t length);

/* 1 to size bytes; *ret_length: how many. */
MUST_CHECK enum err
column_some(const struct columns *columns, int column, void *buf, size_t size, size_t *ret_length);

/* Up to STORE_SEALED_SIZE bytes, and the key's id in the column before. */
MUST_CHECK enum err
column_sealed(const struct columns *columns, int column, struct store_sealed *sealed);

/* A number from 0 to max. */
MUST_CHECK enum err
column_upto(const struct columns *columns, int column, int64_t max, int64_t *ret_number);

/* --- user.c --------------------------------------------------------------------- */

/* The columns of ACCOUNT in text.c, but phc, into a struct account. */
enum err
sql_account(const struct columns *columns, void *row);

/* --- device.c ------------------------------------------------------------------- */

/* After each change to a person's authenticators: counts the person anew among those who have any.
 * A failure gives the turn up as a whole. */
MUST_CHECK enum err
sql_device_tally(struct store *store, int64_t user);

/* --- trail.c -------------------------------------------------------------------- */

struct store_audit;

/* A reader of a struct store_audit. */
enum err
sql_audit(const struct columns *columns, void *row);

/* Notes where an hour begins, if it does with that row, which was appended. */
MUST_CHECK enum err
sql_audit_hour(struct store *store, const struct store_audit *row, int64_t place);

#endif
