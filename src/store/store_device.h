/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Authenticators, the pending key, and recovery codes (store.h says what holds for every question).
 */
#ifndef STORE_STORE_DEVICE_H
#define STORE_STORE_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/account.h"
#include "store/store.h"

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
	int64_t last_used; /* when a code of it was last accepted; 0: never */
	bool doubted;	   /* it may be a stranger's: its codes are none until it is kept */
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
 * a row changed (RFC 6238 5.2: a code is accepted only once). offset is stored with it, and now as
 * its last use.
 */
MUST_CHECK enum err
store_device_spend(struct store *store, int64_t device, int64_t step, int64_t offset, int64_t now,
    bool *ret_spent);

/* ERR_STORE_NONE: that person has no such authenticator. */
MUST_CHECK enum err
store_device_rename(struct store *store, int64_t user, int64_t device, const char *name);

/* One authenticator alone: recovery codes and the pending key stay. ERR_STORE_NONE likewise. */
MUST_CHECK enum err
store_device_remove(struct store *store, int64_t user, int64_t device);

/* Those of a person whose id is greater than `after` are in doubt from now on; but not `except`. */
MUST_CHECK enum err
store_devices_doubt(struct store *store, int64_t user, int64_t after, int64_t except);

/* It is in doubt no more. ERR_STORE_NONE: that person has none in doubt of that id. */
MUST_CHECK enum err
store_device_keep(struct store *store, int64_t user, int64_t device);

/* Steps that a person's authenticators have spent beyond `most` (by their offset) become `most`:
 * codes of the past and of now stay spent, and one that was spent while the clock was ahead works
 * when its time comes. */
MUST_CHECK enum err
store_devices_last_step(struct store *store, int64_t user, int64_t most);

/* All authenticators, recovery codes and the pending key of a person. */
MUST_CHECK enum err
store_devices_remove(struct store *store, int64_t user);

/* What a pending key becomes with its first code. The numbers are stored: append, never reorder. */
enum store_purpose {
	STORE_FOR_FIRST,   /* the first authenticator: two-factor authentication is configured */
	STORE_FOR_ANOTHER, /* one more */
	STORE_FOR_REPLACING,
	STORE_FOR_ALL, /* all of them go */
	STORE_PURPOSES
};

/* The pending key: one a person. */
struct store_pending {
	int64_t user;
	int64_t id;		      /* unique, for "this screen's key" */
	char source[TEXT_LABEL_SIZE]; /* who began it */
	int64_t began;
	int64_t seen; /* last time its screen was known open */
	enum store_purpose purpose;
	int64_t device;		    /* that is replaced; else 0 */
	char name[TEXT_LABEL_SIZE]; /* of the authenticator that it becomes */
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

/* None of them works any more; the set counts as unconfirmed. */
MUST_CHECK enum err
store_recovery_remove(struct store *store, int64_t user);

MUST_CHECK enum err
store_recovery_saved(struct store *store, int64_t user);

/* Ids of the recovery keys that a person's unused codes are hashed with; normally one. */
MUST_CHECK enum err
store_recovery_key(struct store *store, int64_t user, int64_t *ret_key); /* ERR_STORE_NONE */

/* Uses a code: *ret_used is whether an unused one of that hash was there. */
MUST_CHECK enum err
store_recovery_use(struct store *store, int64_t user, const unsigned char hash[STORE_HASH_SIZE],
    int64_t now, bool *ret_used);

#endif
