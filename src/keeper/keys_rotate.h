/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `key rotate`, a step at a time, while everybody goes on (DESIGN 3, "Secrets at rest"):
 *
 *   1. a new seal key is added to the ring, and both are valid;
 *   2. in slices, what is sealed under an older one is sealed under it;
 *   3. in one commit the older ones go, all keys are wrapped under a new console.key, which stands
 *      beside the old one by then, and the database names it;
 *   4. the log is copied back and cut, then the new file takes the old one's name: as long as it
 *      stands beside, something of the old key may be in the log.
 *
 * Where a rotation stands is read from the database and the directory, so the next step goes on
 * wherever one was cut off. The ring in memory follows after the commit (keys_follow()).
 */
#ifndef KEEPER_KEYS_ROTATE_H
#define KEEPER_KEYS_ROTATE_H

#include "auth/keyring.h"
#include "core/err.h"
#include "store/store.h"

/* What a step did. */
struct keys_step {
	int64_t left;	/* sealed values that were under an older key when the step began */
	uint32_t done;	/* of them, sealed anew in this step */
	bool began;	/* the new seal key was added */
	bool renewed;	/* the older keys went, and console.key is a new one */
	bool finished;	/* nothing is left to do */
	bool follow;	/* after the commit, keys_follow() */
	int64_t sealed; /* id of the seal key that all is sealed under then */
};

/*
 * The next step, inside a turn. begin: with no rotation under way, one begins; else that is
 * finished. count: `left` is wanted. ERR_BUSY: the ring has not followed an earlier step of this
 * turn yet: ask again. ERR_STATE if there is no room in the ring for one more key. Else what
 * failed; then the turn's change is to be undone, and *ret_step tells whether to follow all the
 * same.
 */
MUST_CHECK enum err
keys_rotate(int directory, struct store *store, struct keyring *ring, bool begin, bool count,
    int64_t now, struct keys_step *ret_step);

/*
 * Brings ring and files to what the database says, outside a turn: keys that were added, dropped,
 * wrapped anew; console.key.new becomes console.key once the log was cut. Does nothing where they
 * are there already. ERR_STORE_BUSY: somebody reads the log, and the new file stands beside until
 * it is tried again or the keeper starts anew; all else is done. After any other failure
 * keys_rotate() says ERR_BUSY until it was done.
 */
MUST_CHECK enum err
keys_follow(int directory, struct store *store, struct keyring *ring);

#endif
