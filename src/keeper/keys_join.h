/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How another host gets the keys (DESIGN 11): the ring is wrapped for it under a console.key that
 * is made for the invitation. That key is the secret which root carries over, once: the new host's
 * keeper opens the ring with it, and wraps it anew under a console.key of its own that nobody saw.
 */
#ifndef KEEPER_KEYS_JOIN_H
#define KEEPER_KEYS_JOIN_H

#include <stdint.h>
#include <stdio.h>

#include "auth/keyring.h"
#include "core/err.h"
#include "store/store.h"

enum { KEYS_SECRET_SIZE = 72, KEYS_NODE_POINTS = 32 };

/* Within a turn: name may join until then. ret_secret: groups of hexadecimal digits, with NUL; the
 * caller wipes it. */
MUST_CHECK enum err
keys_invite(struct store *store, const struct keyring *ring, const char *name, int64_t until,
    char ret_secret[KEYS_SECRET_SIZE]);

/*
 * On the new host, in a process of its own: reads the secret, one line, and makes the state's
 * console.key. What it says is wire/report.h. ERR_NODE_SECRET, ERR_NODE_ALONE, ERR_NODE_TAKEN: this
 * host has joined already.
 */
MUST_CHECK enum err
keys_join(const char *state, FILE *in, FILE *out);

#endif
