/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a turn locks before it reads (DESIGN 11): all that its requests are about, at once and in
 * one fixed order, so that two keepers of one database never wait for each other in a ring. SQLite
 * has one writer; there it does nothing.
 */
#ifndef STORE_STORE_LOCK_H
#define STORE_STORE_LOCK_H

#include "store/store.h"

enum {
	STORE_LOCK_SETTINGS = 1 << 0,
	STORE_LOCK_SUPERS = 1 << 1, /* that there is always a Super Administrator */
	STORE_CLOCK_MOST = 10,
	STORE_LOCK_SUMS = 1 << 2 /* what is summed up and forgotten, by one keeper at a time */
};

/* flags: OR of the above. person: ids. folds: names as they are compared, whoever has them or
 * nobody, one behind the other with a newline between. All may come in any order, and more than
 * once. */
struct store_locks {
	unsigned flags;
	size_t people;
	const int64_t *person;
	const char *folds;
	/* Asks what the turn will ask, all at once; what is answered here is nothing. NULL: it does
	 * not know. */
	void (*expect)(struct store *store, const void *context);
	const void *context;
};

/* Whether other keepers change it too, so that a turn must lock. */
bool
store_is_shared(const struct store *store);

/*
 * The time by which pauses and invitations run: that of the database, where several hosts share
 * one; else the caller's. host: Unix seconds as this host has them. As the last store_lock() found.
 */
int64_t
store_now(const struct store *store, int64_t host);

/* Whether this host's clock differs by more than STORE_CLOCK_MOST seconds from that. */
bool
store_clock_differs(const struct store *store);

/* Within a turn: whoever looks at store_changes() learns that something was changed that concerns
 * people who are signed in elsewhere. Nothing to do where there is no other keeper. */
MUST_CHECK enum err
store_tell_others(struct store *store);

/* How often that was said, by any keeper. */
MUST_CHECK enum err
store_changes(struct store *store, int64_t *ret_changes);

/* At the beginning of a turn, once. ERR_STORE_AWAY: others hold them.
 * ERR_NODE_UNKNOWN: this node was removed. The turn is gone then. */
MUST_CHECK enum err
store_lock(struct store *store, const struct store_locks *locks);

#endif
