/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Authenticators' keys between the store, which holds them sealed, and a code check. */
#ifndef KEEPER_DEVICES_H
#define KEEPER_DEVICES_H

#include "auth/keyring.h"
#include "core/err.h"
#include "core/secret.h"
#include "store/store_device.h"

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

#endif
