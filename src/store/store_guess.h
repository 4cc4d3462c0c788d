/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Guessing: failures and pauses, sources that are trusted, and refusals that are counted beside the
 * chain (store.h says what holds for every question).
 */
#ifndef STORE_STORE_GUESS_H
#define STORE_STORE_GUESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/account.h"
#include "core/throttle.h"
#include "store/store.h"

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

#endif
