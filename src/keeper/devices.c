/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/devices.h"

#include <string.h>

#include "auth/seal.h"
#include "store/store_device.h"

_Static_assert((int)SEAL_TEXT_MAX == (int)DEVICES_KEY_MAX, "one size of key");
_Static_assert((int)SEAL_SIZE_MAX == (int)STORE_SEALED_SIZE, "one size of sealed value");

static struct seal_place
active(int64_t user)
{
	return (struct seal_place){ .table = "device", .column = "secret", .user = user };
}

static struct seal_place
pending(int64_t user)
{
	return (struct seal_place){ .table = "pending", .column = "secret", .user = user };
}

static enum err
unseal(const struct keyring *ring, const struct seal_place *place,
    const struct store_sealed *stored, struct secret *key)
{
	struct sealed sealed = { .key = stored->key, .length = stored->length };

	if (stored->length > sizeof sealed.bytes)
		return ERR_STORE_CORRUPT;
	memcpy(sealed.bytes, stored->bytes, stored->length);
	return seal_open(ring, place, &sealed, key);
}

static enum err
seal(const struct keyring *ring, const struct seal_place *place, const struct secret *key,
    struct store_sealed *ret_sealed)
{
	struct sealed sealed;
	enum err err = seal_close(ring, place, key, &sealed);

	if (err != ERR_OK)
		return err;
	ret_sealed->key = sealed.key;
	ret_sealed->length = sealed.length;
	memcpy(ret_sealed->bytes, sealed.bytes, sealed.length);
	return ERR_OK;
}

enum err
devices_open(const struct keyring *ring, int64_t user, const struct store_sealed *sealed,
    struct secret *key)
{
	const struct seal_place place = active(user);

	return unseal(ring, &place, sealed, key);
}

enum err
devices_open_pending(const struct keyring *ring, int64_t user, const struct store_sealed *sealed,
    struct secret **ret_key)
{
	const struct seal_place place = pending(user);
	struct secret *key = NULL;
	enum err err = secret_new(DEVICES_KEY_MAX, &key);

	if (err != ERR_OK)
		return err;
	err = unseal(ring, &place, sealed, key);
	if (err == ERR_OK)
		*ret_key = key;
	else
		secret_free(key);
	return err;
}

enum err
devices_seal_pending(const struct keyring *ring, int64_t user, const struct secret *key,
    struct store_sealed *ret_sealed)
{
	const struct seal_place place = pending(user);

	return seal(ring, &place, key, ret_sealed);
}

enum err
devices_seal(const struct keyring *ring, int64_t user, const struct secret *key,
    struct store_sealed *ret_sealed)
{
	const struct seal_place place = active(user);

	return seal(ring, &place, key, ret_sealed);
}

static struct seal_place
place_of(const struct store_at_rest *value)
{
	return value->pending ? pending(value->user) : active(value->user);
}

enum err
devices_open_at_rest(const struct keyring *ring, const struct store_at_rest *value,
    struct secret *key)
{
	const struct seal_place place = place_of(value);

	return unseal(ring, &place, &value->secret, key);
}

enum err
devices_seal_at_rest(const struct keyring *ring, const struct secret *key,
    struct store_at_rest *value)
{
	const struct seal_place place = place_of(value);

	return seal(ring, &place, key, &value->secret);
}
