/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth/keyring.h"

#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "auth/aead.h"
#include "auth/auth.h"
#include "auth/bytes.h"
#include "auth/mac.h"

struct keyring_entry {
	int64_t id;
	enum key_purpose purpose;
	struct secret *key;
	struct aead *aead; /* of a seal key, else NULL */
};

struct keyring {
	struct aead *wrap;   /* under console.key */
	atomic_size_t count; /* published last: workers only see complete entries */
	struct keyring_entry entries[KEYRING_MAX];
};

enum { KEYRING_DATA = sizeof "keyring" + 16 };

enum err
keyring_new(const struct secret *console_key, struct keyring **ret_ring)
{
	struct keyring *ring;
	enum err err;

	if (console_key->length != KEY_SIZE)
		return ERR_KEY_WRONG;
	ring = calloc(1, sizeof *ring);
	if (!ring)
		return ERR_MEMORY;
	err = aead_new(console_key, &ring->wrap);
	if (err != ERR_OK) {
		free(ring);
		return err;
	}
	*ret_ring = ring;
	return ERR_OK;
}

void
keyring_free(struct keyring *ring)
{
	if (!ring)
		return;
	for (size_t i = 0; i < ring->count; i++) {
		aead_free(ring->entries[i].aead);
		secret_free(ring->entries[i].key);
	}
	aead_free(ring->wrap);
	free(ring);
}

enum err
keyring_console_id(const struct secret *console_key, unsigned char ret_id[KEY_ID_SIZE])
{
	unsigned char whole[MAC_SIZE];
	gcry_md_hd_t mac = NULL;
	enum err err;

	if (console_key->length != KEY_SIZE)
		return ERR_KEY_WRONG;
	err = mac_start(console_key, "console.key id", &mac);
	if (err != ERR_OK)
		return err;
	mac_end(mac, whole);
	memcpy(ret_id, whole, KEY_ID_SIZE);
	return ERR_OK;
}

/* A row's associated data: a wrapped key is valid for its own id and purpose only. */
static void
keyring_data(int64_t id, enum key_purpose purpose, unsigned char data[KEYRING_DATA])
{
	memcpy(data, "keyring", sizeof "keyring");
	bytes_be64(id, data + sizeof "keyring");
	bytes_be64((int64_t)purpose, data + sizeof "keyring" + 8);
}

static const struct keyring_entry *
keyring_find(const struct keyring *ring, int64_t id)
{
	size_t count = ring->count;

	for (size_t i = 0; i < count; i++)
		if (ring->entries[i].id == id)
			return &ring->entries[i];
	return NULL;
}

/* Whether a key of that id and purpose may be put into the ring. */
static enum err
keyring_room(const struct keyring *ring, int64_t id, enum key_purpose purpose)
{
	if (id < 1 || purpose < KEY_SEAL || purpose >= KEY_PURPOSE_END)
		return ERR_STORE_CORRUPT;
	if (keyring_find(ring, id))
		return ERR_STORE_EXISTS;
	return ring->count < KEYRING_MAX ? ERR_OK : ERR_STATE;
}

/* Takes key over, also on failure. */
static enum err
keyring_put(struct keyring *ring, int64_t id, enum key_purpose purpose, struct secret *key)
{
	size_t count = ring->count;
	struct aead *aead = NULL;
	enum err err = purpose == KEY_SEAL ? aead_new(key, &aead) : ERR_OK;

	if (err != ERR_OK) {
		secret_free(key);
		return err;
	}
	ring->entries[count] = (struct keyring_entry){ id, purpose, key, aead };
	ring->count = count + 1;
	return ERR_OK;
}

enum err
keyring_add(struct keyring *ring, const struct keyring_row *row)
{
	unsigned char data[KEYRING_DATA];
	struct secret *key = NULL;
	enum err err = keyring_room(ring, row->id, row->purpose);

	if (err != ERR_OK)
		return err;
	err = secret_new(KEY_SIZE, &key);
	if (err != ERR_OK)
		return err;
	keyring_data(row->id, row->purpose, data);
	err = aead_open(ring->wrap, data, sizeof data, row->wrapped, key->bytes, KEY_SIZE);
	if (err != ERR_OK) {
		secret_free(key);
		return err == ERR_CRYPTO ? ERR_KEY_WRONG : err;
	}
	key->length = KEY_SIZE;
	return keyring_put(ring, row->id, row->purpose, key);
}

enum err
keyring_make(struct keyring *ring, int64_t id, enum key_purpose purpose, int64_t now,
    struct keyring_row *ret_row)
{
	struct keyring_row row = { .id = id, .purpose = purpose, .created = now };
	unsigned char data[KEYRING_DATA];
	struct secret *key = NULL;
	enum err err = keyring_room(ring, id, purpose);

	if (err != ERR_OK)
		return err;
	err = secret_new(KEY_SIZE, &key);
	if (err != ERR_OK)
		return err;
	auth_key(key->bytes, KEY_SIZE);
	key->length = KEY_SIZE;
	keyring_data(id, purpose, data);
	err = aead_close(ring->wrap, data, sizeof data, key->bytes, KEY_SIZE, row.wrapped);
	if (err != ERR_OK) {
		secret_free(key);
		return err;
	}
	err = keyring_put(ring, id, purpose, key);
	if (err == ERR_OK)
		*ret_row = row;
	return err;
}

const struct secret *
keyring_newest(const struct keyring *ring, enum key_purpose purpose, int64_t *ret_id)
{
	const struct keyring_entry *newest = NULL;
	size_t count = ring->count;

	for (size_t i = 0; i < count; i++) {
		const struct keyring_entry *entry = &ring->entries[i];

		if (entry->purpose == purpose && (!newest || entry->id > newest->id))
			newest = entry;
	}
	if (!newest)
		return NULL;
	*ret_id = newest->id;
	return newest->key;
}

const struct secret *
keyring_get(const struct keyring *ring, enum key_purpose purpose, int64_t id)
{
	const struct keyring_entry *entry = keyring_find(ring, id);

	return entry && entry->purpose == purpose ? entry->key : NULL;
}

struct aead *
keyring_aead(const struct keyring *ring, int64_t id)
{
	const struct keyring_entry *entry = keyring_find(ring, id);

	return entry ? entry->aead : NULL;
}
