/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The questions the keeper asks. A second backend will answer the same ones under the same
 * contract tests (tests/store). It does not decide, hash or seal. Times are Unix seconds; 0 is
 * never.
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

#include "core/account.h"
#include "core/err.h"
#include "core/policy.h"
#include "core/throttle.h"

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

/*
 * Opens console.db in directory dirfd, making it (0600, no symlink, one link, ours) if it is not
 * there, and migrates it to the newest schema in one transaction a step. WAL, synchronous=FULL read
 * back; and it was proved that it can be written. ERR_STORE_NEWER, _CORRUPT (which was found a
 * second time), _SUSPECT, _IO, _FULL, _READONLY, ERR_STATE_... The caller gives it to
 * store_close().
 */
MUST_CHECK enum err
store_open(int dirfd, struct store **ret_store);

void
store_close(struct store *store);

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

/*
 * Copies what was committed back into the database and gives up the log's place on the disk.
 * Outside a turn. ERR_STORE_BUSY: somebody reads; ERR_STORE_FULL and the others: nothing is lost,
 * and the log stays.
 */
MUST_CHECK enum err
store_checkpoint(struct store *store);

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

/* --- people --------------------------------------------------------------- */

/* By fold or id; ERR_STORE_NONE. phc may be NULL. */
MUST_CHECK enum err
store_user_by_name(struct store *store, const char *fold, struct account *ret_account,
    char phc[STORE_PHC_SIZE]);

MUST_CHECK enum err
store_user_by_id(struct store *store, int64_t id, struct account *ret_account,
    char phc[STORE_PHC_SIZE]);

/* An account id that nobody else is ever given, for a hash that is bound to it before the account
 * is there. */
MUST_CHECK enum err
store_user_reserve(struct store *store, int64_t *ret_id);

/* Raises a person's generation by one: sessions that began with an older one are over. */
MUST_CHECK enum err
store_user_raise(struct store *store, int64_t id, int64_t *ret_generation);

/* Adds account's id (0: a new one), name, role, enabled, password_due, password_expires,
 * enrol_until, created. ERR_STORE_EXISTS. Ids are never reused. */
MUST_CHECK enum err
store_user_add(struct store *store, const struct account *account, const char *fold,
    const char *phc, int64_t *ret_id);

/* Up to *io_count people with folds after `after` ("" for the first), by fold. */
MUST_CHECK enum err
store_user_page(struct store *store, const char *after, struct account *accounts, size_t *io_count);

MUST_CHECK enum err
store_user_enable(struct store *store, int64_t id, bool enabled);

MUST_CHECK enum err
store_user_set_role(struct store *store, int64_t id, enum role role);

/* With devices, recovery codes and pending key. ERR_STORE_NONE. */
MUST_CHECK enum err
store_user_remove(struct store *store, int64_t id);

/* expires: of an invitation, else 0. */
MUST_CHECK enum err
store_user_set_password(struct store *store, int64_t id, const char *phc, bool due,
    int64_t expires);

/* Only the hash, and only if it still is `old` (a rehash at sign-in); else nothing, and ERR_OK. */
MUST_CHECK enum err
store_user_rehash(struct store *store, int64_t id, const char *old, const char *phc);

MUST_CHECK enum err
store_user_set_enrol_until(struct store *store, int64_t id, int64_t until);

/* A full sign-in: last_sign_in, last_source; failures_since becomes 0. */
MUST_CHECK enum err
store_user_signed_in(struct store *store, int64_t id, int64_t now, const char *source);

/* One more refused attempt since the last sign-in. */
MUST_CHECK enum err
store_user_failed(struct store *store, int64_t id);

/* What a person chose to read: a tag as account_language() gives it. */
MUST_CHECK enum err
store_user_set_language(struct store *store, int64_t id, const char *language);

struct store_counts {
	int64_t people; /* all */
	int64_t with_2fa;
	int64_t supers; /* enabled Super Administrators */
	int64_t paused; /* code-paused at `now` */
};

MUST_CHECK enum err
store_counts(struct store *store, int64_t now, struct store_counts *ret_counts);

/* --- authenticators ------------------------------------------------------- */

struct store_sealed {
	int64_t key; /* seal key's id in the ring */
	size_t length;
	unsigned char bytes[STORE_SEALED_SIZE];
};

struct store_device {
	int64_t id;
	int64_t user;
	char name[TEXT_LABEL_SIZE];
	int64_t created;
	int64_t last_step; /* greatest spent time step */
	int64_t offset;	   /* steps, from a resynchronisation */
	struct store_sealed secret;
};

/* At most ACCOUNT_DEVICES_MAX, by id. */
MUST_CHECK enum err
store_devices(struct store *store, int64_t user, struct store_device devices[ACCOUNT_DEVICES_MAX],
    size_t *ret_count);

MUST_CHECK enum err
store_device_add(struct store *store, const struct store_device *device, int64_t *ret_id);

/*
 * Spends a step: UPDATE ... SET last_step = ? WHERE id = ? AND last_step < ?; *ret_spent is whether
 * a row changed (RFC 6238 5.2: a code is accepted only once). offset is stored with it.
 */
MUST_CHECK enum err
store_device_spend(struct store *store, int64_t device, int64_t step, int64_t offset,
    bool *ret_spent);

/* Steps that a person's authenticators have spent beyond `most` (by their offset) become `most`:
 * codes of the past and of now stay spent, and one that was spent while the clock was ahead works
 * when its time comes. */
MUST_CHECK enum err
store_devices_last_step(struct store *store, int64_t user, int64_t most);

/* All authenticators, recovery codes and the pending key of a person. */
MUST_CHECK enum err
store_devices_remove(struct store *store, int64_t user);

/* The pending key: one a person. */
struct store_pending {
	int64_t user;
	int64_t id;		      /* unique, for "this screen's key" */
	char source[TEXT_LABEL_SIZE]; /* who began it */
	int64_t began;
	int64_t seen; /* last time its screen was known open */
	struct store_sealed secret;
};

MUST_CHECK enum err
store_pending(struct store *store, int64_t user,
    struct store_pending *ret_pending); /* ERR_STORE_NONE */

/* Replaces what there is. */
MUST_CHECK enum err
store_pending_put(struct store *store, const struct store_pending *pending, int64_t *ret_id);

/* Moves `seen`; ERR_STORE_NONE if this key was replaced or removed. */
MUST_CHECK enum err
store_pending_touch(struct store *store, int64_t user, int64_t id, int64_t seen);

/* Removes the person's pending key, if there is one: one person has at most one. */
MUST_CHECK enum err
store_pending_remove(struct store *store, int64_t user);

/* --- recovery codes ------------------------------------------------------- */

/* Replaces a person's set; it is unconfirmed (recovery_saved false). */
MUST_CHECK enum err
store_recovery_put(struct store *store, int64_t user, int64_t key,
    unsigned char hashes[ACCOUNT_RECOVERY_CODES][STORE_HASH_SIZE]);

MUST_CHECK enum err
store_recovery_saved(struct store *store, int64_t user);

/* Ids of the recovery keys that a person's unused codes are hashed with; normally one. */
MUST_CHECK enum err
store_recovery_key(struct store *store, int64_t user, int64_t *ret_key); /* ERR_STORE_NONE */

/* Uses a code: *ret_used is whether an unused one of that hash was there. */
MUST_CHECK enum err
store_recovery_use(struct store *store, int64_t user, const unsigned char hash[STORE_HASH_SIZE],
    int64_t now, bool *ret_used);

/* --- guessing ------------------------------------------------------------- */

/* Password failures of a name (keyed hash) and source; all zero if there are none. */
MUST_CHECK enum err
store_throttle(struct store *store, const unsigned char name[STORE_HASH_SIZE], const char *source,
    struct throttle *ret_throttle);

/* known: the name has an account. Rows of unknown names: at most 1,000,000, the oldest out. */
MUST_CHECK enum err
store_throttle_put(struct store *store, const unsigned char name[STORE_HASH_SIZE],
    const char *source, bool known, int64_t now, const struct throttle *throttle);

MUST_CHECK enum err
store_throttle_clear(struct store *store, const unsigned char name[STORE_HASH_SIZE],
    const char *source);

/* Every source of the name, and its window: `unlock`. */
MUST_CHECK enum err
store_throttle_clear_all(struct store *store, const unsigned char name[STORE_HASH_SIZE]);

MUST_CHECK enum err
store_window(struct store *store, const unsigned char name[STORE_HASH_SIZE],
    struct throttle_window *ret_window);

MUST_CHECK enum err
store_window_put(struct store *store, const unsigned char name[STORE_HASH_SIZE], bool known,
    const struct throttle_window *window);

/* The longest password pause over all sources of a name: 0 or Unix seconds; for lists. */
MUST_CHECK enum err
store_throttle_longest(struct store *store, const unsigned char name[STORE_HASH_SIZE],
    int64_t *ret_until);

/* Code failures, in the account. */
MUST_CHECK enum err
store_user_set_code(struct store *store, int64_t id, const struct throttle *throttle);

/* Sources where a person fully signed in; those of this person that are older than THROTTLE_TRUST
 * go. */
MUST_CHECK enum err
store_source_put(struct store *store, int64_t user, const char *source, int64_t now);

/* Whether anybody fully signed in from a source between two times. */
MUST_CHECK enum err
store_source_trusted(struct store *store, const char *source, int64_t since, int64_t now,
    bool *ret_trusted);

/* --- refusals that are counted beside the chain ----------------------------- */

struct store_refusal {
	int64_t id;
	unsigned char key[STORE_HASH_SIZE]; /* of the name */
	char source[TEXT_LABEL_SIZE];
	char action[32];
	char who[TEXT_NAME_SIZE]; /* as the trail shows it */
	char result[32];
	int64_t began, latest; /* Unix seconds */
	int64_t count;
};

/*
 * One more refusal of that key, source and action, at row->latest; *ret_count: how many that are.
 * At most 4,096 kinds are told apart; the rest is counted in one row, of no key and no source.
 */
MUST_CHECK enum err
store_refusal_add(struct store *store, const struct store_refusal *row, int64_t *ret_count);

/* Up to *io_count of those that began before a time, the oldest first. */
MUST_CHECK enum err
store_refusals(struct store *store, int64_t before, struct store_refusal *rows, size_t *io_count);

MUST_CHECK enum err
store_refusal_remove(struct store *store, int64_t id);

/* --- settings ------------------------------------------------------------- */

/* Defaults, then what is stored; a stored value that policy_load() refuses is ERR_STORE_CORRUPT. */
MUST_CHECK enum err
store_policy(struct store *store, struct policy *ret_policy);

MUST_CHECK enum err
store_setting_put(struct store *store, enum setting_id id, const char *value);

/* --- the audit trail ------------------------------------------------------ */

struct store_audit {
	int64_t id; /* 1, 2, 3 ... without gaps */
	int64_t time;
	char who[TEXT_NAME_SIZE];
	char source[TEXT_LABEL_SIZE];
	char terminal[TEXT_LABEL_SIZE];
	char action[32];
	char target[TEXT_NAME_SIZE];
	char result[32];
	char detail[TEXT_REASON_SIZE];
	uint32_t peer_uid;
	int64_t key; /* audit key's id */
	unsigned char mac[STORE_MAC_SIZE];
	uint32_t version;	    /* of the encoding that the seal is over */
	char node[TEXT_LABEL_SIZE]; /* which host's keeper wrote it; "" where there is only one */
	bool vouched;		    /* root told the source, and not the console */
};

struct store_head {
	int64_t count; /* 0: no row yet */
	int64_t key;
	unsigned char last[STORE_MAC_SIZE]; /* MAC of row `count`; zero if none */
	unsigned char mac[STORE_MAC_SIZE];  /* over count and last */
};

MUST_CHECK enum err
store_head(struct store *store, struct store_head *ret_head);

/* Appends row->id == head.count + 1 and replaces the head by `head`. ERR_STORE_EXISTS otherwise. */
MUST_CHECK enum err
store_audit_append(struct store *store, const struct store_audit *row,
    const struct store_head *head);

/* Up to *io_count rows with id > after, by id. */
MUST_CHECK enum err
store_audit_page(struct store *store, int64_t after, struct store_audit *rows, size_t *io_count);

/* --- notices: what the host changed, told at home ------------------------- */

struct store_notice {
	int64_t id;
	int64_t time;
	char action[32]; /* "require-2fa", "reset-2fa" ... */
	char detail[POLICY_VALUE_SIZE];
	enum role role; /* for everyone of at least this role */
};

MUST_CHECK enum err
store_notice_add(struct store *store, const struct store_notice *notice, int64_t *ret_id);

/* The newest *io_count notices of a role that a person was not told yet, newest first. */
MUST_CHECK enum err
store_notices(struct store *store, int64_t user, enum role role, struct store_notice *notices,
    size_t *io_count);

/* Told up to and with id. */
MUST_CHECK enum err
store_notices_told(struct store *store, int64_t user, int64_t id);

#endif
