/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The questions the keeper asks: these, and those of store_user.h, store_device.h, store_guess.h
 * and store_audit.h. Each engine answers the same ones under the same contract tests (tests/store).
 * It does not decide, hash or seal. Times are Unix seconds; 0 is never.
 *
 * Every change stands inside store_begin() ... store_commit(); outside it is refused with
 * ERR_FAILED. A change to a row that is not there is ERR_STORE_NONE; removing what is not there is
 * no failure. All functions can fail with the ERR_STORE_... codes, ERR_MEMORY and ERR_FAILED; a
 * failure leaves the transaction as it was, or gone: ask store_in_turn().
 */
#ifndef STORE_STORE_H
#define STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/policy.h"

enum {
	STORE_KEY_ID_SIZE = 16,
	STORE_WRAPPED_SIZE = 60,
	STORE_SEALED_SIZE = 92,
	STORE_HASH_SIZE = 32,
	STORE_MAC_SIZE = 32,
	STORE_PHC_SIZE = 160
};

struct store;

/* --- opening -------------------------------------------------------------- */

struct store_backend;

/* Where a store is. backend: NULL for SQLite's, whose database is console.db in the directory. */
struct store_at {
	const struct store_backend *backend;
	int dirfd;		     /* of the state; borrowed */
	const char *conninfo, *node; /* PostgreSQL's: postgresql/postgresql.h */
	int turn_ms;		     /* how long a turn of its may take; 0: 3 seconds */
};

#define STORE_IN(fd) (&(const struct store_at){ .dirfd = (fd) })

/*
 * Opens the store, makes it if there is none, and migrates it to the newest schema in one
 * transaction a step; and it was proved that it can be written. SQLite's file is 0600, no symlink,
 * one link, ours; WAL, synchronous=FULL read back. ERR_STORE_NEWER, _CORRUPT (which was found a
 * second time), _SUSPECT, _IO, _FULL, _READONLY, ERR_STATE_... The caller gives it to
 * store_close().
 */
MUST_CHECK enum err
store_open(const struct store_at *at, struct store **ret_store);

void
store_close(struct store *store);

/*
 * After the walls around this process: what an engine runs beside it begins anew, behind them.
 * Outside a turn. ERR_STORE_AWAY, ERR_MEMORY.
 */
MUST_CHECK enum err
store_renew(struct store *store);

/* --- turns ---------------------------------------------------------------- */

/* One write transaction; not nested. */
MUST_CHECK enum err
store_begin(struct store *store);

/*
 * ERR_OK: durable. Else nothing of the turn happened, and the transaction is gone; but with
 * ERR_STORE_UNSURE it may come back if this process is killed before anything else is committed:
 * the disk took all of it, and neither its sync nor taking it back.
 */
MUST_CHECK enum err
store_commit(struct store *store);

void
store_rollback(struct store *store);

/* How the log is copied back. */
enum store_copy { STORE_COPY_CUT, STORE_COPY_NOW, STORE_COPY_KEEP };

/*
 * Copies what was committed back into the database and gives up the log's place on the disk.
 * Outside a turn. ERR_STORE_BUSY: somebody reads; ERR_STORE_FULL and the others: nothing is lost,
 * and the log stays.
 */
MUST_CHECK enum err
store_checkpoint(struct store *store);

/* The same, but ERR_STORE_BUSY at once. */
MUST_CHECK enum err
store_checkpoint_now(struct store *store);

/* The same, but the log keeps its place on the disk, to be written anew from its beginning. */
MUST_CHECK enum err
store_recycle(struct store *store);

/* Bytes of the log on the disk. */
int64_t
store_log_size(const struct store *store);

/*
 * Takes so many bytes of the disk ahead, half for the log and half for the database, as far as
 * there are that many: what is written later then finds its place, even if the disk fills up
 * meanwhile. Outside a turn.
 */
void
store_claim(struct store *store, int64_t bytes);

/* Whether the transaction still stands (sqlite3_get_autocommit() == 0). */
bool
store_in_turn(const struct store *store);

/* One level within a turn: mark, then keep or undo. */
MUST_CHECK enum err
store_mark(struct store *store);

MUST_CHECK enum err
store_keep(struct store *store);

MUST_CHECK enum err
store_undo(struct store *store);

/* --- the keyring ---------------------------------------------------------- */

struct store_key {
	int64_t id;
	int32_t purpose;
	int64_t created;
	unsigned char wrapped[STORE_WRAPPED_SIZE];
};

/* The id of the console.key this database belongs to; *ret_set false while it has none. */
MUST_CHECK enum err
store_console_key(struct store *store, bool *ret_set, unsigned char ret_id[STORE_KEY_ID_SIZE]);

MUST_CHECK enum err
store_set_console_key(struct store *store, const unsigned char id[STORE_KEY_ID_SIZE]);

/* All keys by id, at most *io_count; *io_count becomes how many. */
MUST_CHECK enum err
store_keys(struct store *store, struct store_key *keys, size_t *io_count);

/* ERR_STORE_EXISTS if the id was ever used. */
MUST_CHECK enum err
store_key_add(struct store *store, const struct store_key *key);

/* --- settings ------------------------------------------------------------- */

/* Defaults, then what is stored; a stored value that policy_load() refuses is ERR_STORE_CORRUPT. */
MUST_CHECK enum err
store_policy(struct store *store, struct policy *ret_policy);

/* who: as in the trail. */
MUST_CHECK enum err
store_setting_put(struct store *store, enum setting_id id, const char *value, const char *who);

/* Who put each of them; "": it is the default, or was put before that was kept. */
MUST_CHECK enum err
store_setting_by(struct store *store, char ret_by[SETTING_COUNT][TEXT_NAME_SIZE]);

#endif
