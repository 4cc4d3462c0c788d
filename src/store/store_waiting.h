/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for a second Super Administrator (store.h says what holds for every question). */
#ifndef STORE_STORE_WAITING_H
#define STORE_STORE_WAITING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/account.h"
#include "core/policy.h"
#include "store/store.h"

/* No secret is in it: of a password that was typed only the hash is kept. */
struct store_waiting {
	int64_t id;
	char action[32]; /* the verb in the trail */
	int64_t asker;
	int64_t generation;	       /* of the asker's account, when it was asked */
	int64_t person;		       /* whom it is done to, or reserved for; 0: nobody */
	char name[TEXT_NAME_SIZE];     /* of that person, or the setting's key */
	enum role role;		       /* that they would have */
	bool invite;		       /* an invitation is made when it is confirmed */
	char detail[TEXT_REASON_SIZE]; /* the reason */
	char value[POLICY_VALUE_SIZE]; /* of a setting */
	char phc[STORE_PHC_SIZE];      /* of the password that was typed, or "" */
	int64_t asked;
	int64_t until;
	/* read, not stored */
	char asker_name[TEXT_NAME_SIZE];
	bool stands; /* who asked is enabled, and their generation is that one */
};

/* ERR_STORE_EXISTS where that asker waits for that very thing already. */
MUST_CHECK enum err
store_waiting_add(struct store *store, const struct store_waiting *waiting);

/* Up to *io_count that wait, with id > after, by id; asker: of that person alone, or 0. */
MUST_CHECK enum err
store_waiting_page(struct store *store, int64_t after, int64_t asker, struct store_waiting *rows,
    size_t *io_count);

/* ERR_STORE_NONE. */
MUST_CHECK enum err
store_waiting_one(struct store *store, int64_t id, struct store_waiting *ret_waiting);

/* ERR_STORE_NONE: somebody else was faster. */
MUST_CHECK enum err
store_waiting_remove(struct store *store, int64_t id);

/* How many of an asker wait. */
MUST_CHECK enum err
store_waiting_count(struct store *store, int64_t asker, int64_t *ret_count);

/* Enabled Super Administrators with two-factor authentication who are neither of these two. */
MUST_CHECK enum err
store_seconds(struct store *store, int64_t asker, int64_t person, int64_t *ret_count);

#endif
