/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People: their accounts and password hashes (store.h says what holds for every question). */
#ifndef STORE_STORE_USER_H
#define STORE_STORE_USER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/account.h"
#include "core/people.h"
#include "core/throttle.h"
#include "store/store.h"

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

/* Whether they said "it was not me", and not all of what follows is done yet. */
MUST_CHECK enum err
store_user_set_alarmed(struct store *store, int64_t id, bool alarmed);

/* --- pages of people ----------------------------------------------------------- */

/* Where a page begins: a row that was seen, by what it stood by; it need not be there any more. */
struct store_place {
	const char *fold;
	int64_t last_sign_in;
	enum role role;
	enum people_standing standing;
};

struct store_people {
	enum people_order order;	/* as people_order() allows it with what is looked for */
	bool backward;			/* what stands before the place, the nearest first */
	bool without_2fa;		/* those alone */
	unsigned roles;			/* 1 << role of each that is looked for */
	const char *begins;		/* what a fold begins with; "" for any */
	const struct store_place *from; /* NULL: from the first on, or backward from the last */
	int64_t now;			/* by which somebody is paused */
};

/*
 * Up to *io_count people behind (or before) a place, in that order, within it by fold. *io_count
 * becomes how many; none is no error. It costs the same however many there are, but by standing as
 * much as there are people whose codes are paused.
 */
MUST_CHECK enum err
store_user_page(struct store *store, const struct store_people *wanted, struct account *accounts,
    size_t *io_count);

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

/* A full sign-in: last_sign_in, last_source; failures_since becomes 0. Of this and what else a turn
 * counts for somebody whom it has read: who is not there may be found out when it is committed. */
MUST_CHECK enum err
store_user_signed_in(struct store *store, int64_t id, int64_t now, const char *source);

/* failures_since becomes 0: the person was told how many. */
MUST_CHECK enum err
store_user_failures_told(struct store *store, int64_t id);

/* One more refused attempt since the last sign-in. */
MUST_CHECK enum err
store_user_failed(struct store *store, int64_t id);

/* What a person chose to read: a tag as account_language() gives it. */
MUST_CHECK enum err
store_user_set_language(struct store *store, int64_t id, const char *language);

/* Whether a person is asked line by line. */
MUST_CHECK enum err
store_user_set_plain(struct store *store, int64_t id, bool plain);

/* One more refused attempt since the last sign-in, with a code: both in one. */
MUST_CHECK enum err
store_user_code_failed(struct store *store, int64_t id, const struct throttle *throttle);

/* Code failures, in the account. */
MUST_CHECK enum err
store_user_set_code(struct store *store, int64_t id, const struct throttle *throttle);

struct store_tally {
	int64_t people;
	int64_t with_2fa;
	int64_t paused; /* enabled, and refused for wrong codes: at `now`, or until unlocked */
};

struct store_counts {
	int64_t people; /* all */
	int64_t with_2fa;
	int64_t supers; /* enabled Super Administrators */
	int64_t paused;
	struct store_tally operators; /* of them alone */
};

/* It costs the same however many there are, but for those who are paused. */
MUST_CHECK enum err
store_counts(struct store *store, int64_t now, struct store_counts *ret_counts);

#endif
