/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Authenticators' keys between the store, which holds them sealed, and a code check. */
#ifndef KEEPER_DEVICES_H
#define KEEPER_DEVICES_H

#include "auth/keyring.h"
#include "core/err.h"
#include "core/secret.h"
#include "store/store_device.h"
#include "store/store_key.h"

enum { DEVICES_KEY_MAX = 64 }; /* bytes of a key */

/* Opens an active key into the caller's secret of DEVICES_KEY_MAX bytes, who clears it on the line
 * after its use. ERR_CRYPTO. */
MUST_CHECK enum err
devices_open(const struct keyring *ring, int64_t user, const struct store_sealed *sealed,
    struct secret *key);

/*
 * Opens a pending key into a new secret, owned by the caller; seals one. It stands at another place
 * than an active one's, so that neither works as the other.
 */
MUST_CHECK enum err
devices_open_pending(const struct keyring *ring, int64_t user, const struct store_sealed *sealed,
    struct secret **ret_key);

MUST_CHECK enum err
devices_seal_pending(const struct keyring *ring, int64_t user, const struct secret *key,
    struct store_sealed *ret_sealed);

/* Seals a key as an active one. */
MUST_CHECK enum err
devices_seal(const struct keyring *ring, int64_t user, const struct secret *key,
    struct store_sealed *ret_sealed);

/* The same for a value where it stands, active or pending: opens it into the caller's secret, as
 * devices_open(), and seals a key in its place under the newest seal key. */
MUST_CHECK enum err
devices_open_at_rest(const struct keyring *ring, const struct store_at_rest *value,
    struct secret *key);

MUST_CHECK enum err
devices_seal_at_rest(const struct keyring *ring, const struct secret *key,
    struct store_at_rest *value);

#endif
