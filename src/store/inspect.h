/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Looking at a store without changing it: for `doctor`, beside a keeper that runs or instead of one
 * that cannot. */
#ifndef STORE_INSPECT_H
#define STORE_INSPECT_H

#include "store/store.h"

/* Which schema a database has, and which one this program makes. version 0: nothing is in it yet.
 */
struct store_schema {
	int version, newest;
};

/*
 * Opens console.db for reading alone, at one moment that stays while others write: nothing is made,
 * migrated or repaired. The files are checked as store_open() does. Reading questions are answered
 * if *ret_schema has the newest version, else only store_integrity() is. ERR_STORE_NONE if there is
 * no database; ERR_STORE_NEWER (with *ret_schema), ERR_STORE_CORRUPT and the others of
 * store_open(). The caller gives it to store_close().
 */
MUST_CHECK enum err
store_inspect(const struct store_at *at, struct store **ret_store, struct store_schema *ret_schema);

/*
 * Lets what stands still go, so that the log can be copied back, and looks anew: what is read from
 * then on is of that later moment. For whoever reads long (a reader keeps the log from being copied
 * back). Nothing to do for a store of store_open().
 */
MUST_CHECK enum err
store_look_on(struct store *store);

/* Only the first half: nothing may be read before store_look_on(). */
MUST_CHECK enum err
store_look_away(struct store *store);

/*
 * Reads every page. ERR_STORE_CORRUPT: the first thing found stands in buf, of size bytes, in
 * SQLite's words and as raw as they are; else buf is empty. ERR_STORE_SUSPECT: it could not be read
 * to its end, and why is not known.
 */
MUST_CHECK enum err
store_integrity(struct store *store, char *buf, size_t size);

/*
 * After ERR_STORE_SUSPECT, which a read that failed once can be behind: opens the database anew, by
 * a descriptor of its own, and reads every page for at most so many milliseconds.
 * ERR_STORE_CORRUPT: the damage was found again. ERR_STORE_IO: this time all was well.
 * ERR_STORE_SUSPECT: time was up. Else why it could not be looked at. Never ERR_OK; may be called
 * within a turn.
 */
enum err
store_look_again(int dirfd, int milliseconds);

/* What lies further in the future than a right clock can have written it (core/clock.h). */
struct store_ahead {
	int64_t times;		  /* how many */
	char who[TEXT_NAME_SIZE]; /* one of the people that it is about; "" where it is nobody */
};

/* now: Unix seconds. */
MUST_CHECK enum err
store_times_ahead(struct store *store, int64_t now, struct store_ahead *ret_ahead);

#endif
