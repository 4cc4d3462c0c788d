/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SSH public keys of people (store.h says what holds for every question). */
#ifndef STORE_STORE_SSH_KEY_H
#define STORE_STORE_SSH_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/ssh_key.h"
#include "store/store.h"

struct store_ssh_key {
	int64_t id;
	int64_t user;
	int64_t added;
	int64_t last_used;   /* a full sign-in over it; 0: never */
	int64_t known_since; /* since that person has fully signed in over it; 0: it only knocks */
	bool doubted;	     /* after "it was not me": it says nobody's name until it is kept */
	char name[TEXT_LABEL_SIZE];
	unsigned char hash[SSH_KEY_HASH_SIZE]; /* SHA-256 of the blob: the fingerprint */
	char type[SSH_KEY_TYPE_SIZE];
	size_t length;
	unsigned char blob[SSH_KEY_BLOB_SIZE];
};

/* At most SSH_KEYS_MAX, by id. */
MUST_CHECK enum err
store_ssh_keys(struct store *store, int64_t user, struct store_ssh_key keys[SSH_KEYS_MAX],
    size_t *ret_count);

/* ERR_STORE_EXISTS: that person has it already. Others may have the same. */
MUST_CHECK enum err
store_ssh_key_add(struct store *store, const struct store_ssh_key *key);

/* ERR_STORE_NONE: that person has no key of that id. */
MUST_CHECK enum err
store_ssh_key_rename(struct store *store, int64_t user, int64_t id, const char *name);

MUST_CHECK enum err
store_ssh_key_remove(struct store *store, int64_t user, int64_t id);

/* It is in doubt no more. ERR_STORE_NONE: that person has none in doubt of that id. */
MUST_CHECK enum err
store_ssh_key_keep(struct store *store, int64_t user, int64_t id);

/* Those of a person are in doubt that came after their last sign-in up to that row of the trail;
 * all of them where there is none. */
MUST_CHECK enum err
store_ssh_keys_doubt(struct store *store, int64_t user, int64_t row);

/* That person has signed in over it. Nothing where it is not theirs. */
MUST_CHECK enum err
store_ssh_key_used(struct store *store, int64_t user, const unsigned char hash[SSH_KEY_HASH_SIZE],
    int64_t now);

/* A key that an enabled person has, whoever that is: its type and blob. ERR_STORE_NONE. */
MUST_CHECK enum err
store_ssh_key_open(struct store *store, const unsigned char hash[SSH_KEY_HASH_SIZE],
    struct store_ssh_key *ret_key);

/* Whose name it says: theirs alone is it, they have signed in over it, and it is in no doubt.
 * ERR_STORE_NONE. */
MUST_CHECK enum err
store_ssh_key_owner(struct store *store, const unsigned char hash[SSH_KEY_HASH_SIZE],
    int64_t *ret_user);

#endif
