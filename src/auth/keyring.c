/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth/keyring.h"

#include <pthread.h>
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
	struct aead *wrap;		    /* under console.key, */
	unsigned char console[KEY_ID_SIZE]; /* of this id */
	pthread_rwlock_t lock;		    /* of what follows, which workers read */
	size_t count;
	struct keyring_entry entries[KEYRING_MAX];
};

enum { KEYRING_DATA = sizeof "keyring" + 16 };

static struct keyring_entry *
entry_of(struct keyring *ring, int64_t id)
{
	for (size_t i = 0; i < ring->count; i++)
		if (ring->entries[i].id == id)
			return &ring->entries[i];
	return NULL;
}

/* A lock is no change of the ring. */
static pthread_rwlock_t *
lock_of(const struct keyring *ring)
{
	return &((struct keyring *)(uintptr_t)ring)->lock;
}

enum err
keyring_new(const struct secret *console_key, struct keyring **ret_ring)
{
	struct keyring *ring = calloc(1, sizeof *ring);
	enum err err;

	if (!ring)
		return ERR_MEMORY;
	if (pthread_rwlock_init(&ring->lock, NULL) != 0) {
		free(ring);
		return ERR_MEMORY;
	}
	err = keyring_follow(ring, console_key);
	if (err == ERR_OK)
		*ret_ring = ring;
	else
		keyring_free(ring);
	return err;
}

static void
entry_end(struct keyring_entry *entry)
{
	aead_free(entry->aead);
	secret_free(entry->key);
}

void
keyring_free(struct keyring *ring)
{
	if (!ring)
		return;
	for (size_t i = 0; i < ring->count; i++)
		entry_end(&ring->entries[i]);
	aead_free(ring->wrap);
	pthread_rwlock_destroy(&ring->lock);
	free(ring);
}

enum err
keyring_follow(struct keyring *ring, const struct secret *console_key)
{
	unsigned char id[KEY_ID_SIZE];
	struct aead *wrap = NULL;
	enum err err = keyring_console_id(console_key, id);

	if (err == ERR_OK)
		err = aead_new(console_key, &wrap);
	if (err != ERR_OK)
		return err;
	aead_free(ring->wrap);
	ring->wrap = wrap;
	memcpy(ring->console, id, sizeof id);
	return ERR_OK;
}

void
keyring_console(const struct keyring *ring, unsigned char ret_id[KEY_ID_SIZE])
{
	memcpy(ret_id, ring->console, KEY_ID_SIZE);
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

/* A copy of the entry of an id; key NULL: there is none. */
static struct keyring_entry
keyring_find(const struct keyring *ring, int64_t id)
{
	struct keyring_entry found = { .id = id };

	(void)pthread_rwlock_rdlock(lock_of(ring));
	for (size_t i = 0; i < ring->count; i++)
		if (ring->entries[i].id == id)
			found = ring->entries[i];
	(void)pthread_rwlock_unlock(lock_of(ring));
	return found;
}

/* Whether a key of that id and purpose may be put into the ring. */
static enum err
keyring_room(const struct keyring *ring, int64_t id, enum key_purpose purpose)
{
	if (id < 1 || purpose < KEY_SEAL || purpose >= KEY_PURPOSE_END)
		return ERR_STORE_CORRUPT;
	if (keyring_find(ring, id).key)
		return ERR_STORE_EXISTS;
	return ring->count < KEYRING_MAX ? ERR_OK : ERR_STATE;
}

/* Takes key over, also on failure. */
static enum err
keyring_put(struct keyring *ring, int64_t id, enum key_purpose purpose, struct secret *key)
{
	struct aead *aead = NULL;
	enum err err = purpose == KEY_SEAL ? aead_new(key, &aead) : ERR_OK;

	if (err != ERR_OK) {
		secret_free(key);
		return err;
	}
	(void)pthread_rwlock_wrlock(&ring->lock);
	ring->entries[ring->count++] = (struct keyring_entry){ id, purpose, key, aead };
	(void)pthread_rwlock_unlock(&ring->lock);
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

/* Wraps a key into its row's place. */
static enum err
wrap_row(struct aead *wrap, const struct secret *key, struct keyring_row *row)
{
	unsigned char data[KEYRING_DATA];

	keyring_data(row->id, row->purpose, data);
	return aead_close(wrap, data, sizeof data, key->bytes, KEY_SIZE, row->wrapped);
}

/* A new random key, owned by the caller, and its row. */
static enum err
make_row(struct keyring *ring, int64_t id, enum key_purpose purpose, int64_t now,
    struct keyring_row *ret_row, struct secret **ret_key)
{
	struct keyring_row row = { .id = id, .purpose = purpose, .created = now };
	struct secret *key = NULL;
	enum err err = keyring_room(ring, id, purpose);

	if (err == ERR_OK)
		err = secret_new(KEY_SIZE, &key);
	if (err != ERR_OK)
		return err;
	auth_key(key->bytes, KEY_SIZE);
	key->length = KEY_SIZE;
	err = wrap_row(ring->wrap, key, &row);
	if (err != ERR_OK) {
		secret_free(key);
		return err;
	}
	*ret_row = row;
	*ret_key = key;
	return ERR_OK;
}

enum err
keyring_prepare(struct keyring *ring, int64_t id, enum key_purpose purpose, int64_t now,
    struct keyring_row *ret_row)
{
	struct secret *key = NULL;
	enum err err = make_row(ring, id, purpose, now, ret_row, &key);

	secret_free(key);
	return err;
}

enum err
keyring_make(struct keyring *ring, int64_t id, enum key_purpose purpose, int64_t now,
    struct keyring_row *ret_row)
{
	struct keyring_row row;
	struct secret *key = NULL;
	enum err err = make_row(ring, id, purpose, now, &row, &key);

	if (err == ERR_OK)
		err = keyring_put(ring, id, purpose, key);
	if (err == ERR_OK)
		*ret_row = row;
	return err;
}

enum err
keyring_rewrap(const struct keyring *ring, const struct secret *console_key,
    struct keyring_row *row)
{
	const struct keyring_entry entry = keyring_find(ring, row->id);
	struct keyring_row wrapped = *row;
	struct aead *wrap = NULL;
	enum err err;

	if (!entry.key || entry.purpose != row->purpose)
		return ERR_STORE_NONE;
	if (console_key->length != KEY_SIZE)
		return ERR_KEY_WRONG;
	err = aead_new(console_key, &wrap);
	if (err == ERR_OK)
		err = wrap_row(wrap, entry.key, &wrapped);
	aead_free(wrap);
	if (err == ERR_OK)
		*row = wrapped;
	return err;
}

void
keyring_drop(struct keyring *ring, int64_t id)
{
	struct keyring_entry gone = { 0 }, *entry;

	(void)pthread_rwlock_wrlock(&ring->lock);
	entry = entry_of(ring, id);
	if (entry && entry->purpose == KEY_SEAL) {
		gone = *entry;
		*entry = ring->entries[--ring->count];
	}
	(void)pthread_rwlock_unlock(&ring->lock);
	entry_end(&gone);
}

size_t
keyring_ids(const struct keyring *ring, int64_t ids[KEYRING_MAX])
{
	size_t count;

	(void)pthread_rwlock_rdlock(lock_of(ring));
	count = ring->count;
	for (size_t i = 0; i < count; i++)
		ids[i] = ring->entries[i].id;
	(void)pthread_rwlock_unlock(lock_of(ring));
	return count;
}

const struct secret *
keyring_newest(const struct keyring *ring, enum key_purpose purpose, int64_t *ret_id)
{
	struct keyring_entry newest = { 0 };

	(void)pthread_rwlock_rdlock(lock_of(ring));
	for (size_t i = 0; i < ring->count; i++) {
		const struct keyring_entry *entry = &ring->entries[i];

		if (entry->purpose == purpose && (!newest.key || entry->id > newest.id))
			newest = *entry;
	}
	(void)pthread_rwlock_unlock(lock_of(ring));
	if (newest.key)
		*ret_id = newest.id;
	return newest.key;
}

const struct secret *
keyring_get(const struct keyring *ring, enum key_purpose purpose, int64_t id)
{
	const struct keyring_entry entry = keyring_find(ring, id);

	return entry.key && entry.purpose == purpose ? entry.key : NULL;
}

struct aead *
keyring_aead(const struct keyring *ring, int64_t id)
{
	return keyring_find(ring, id).aead;
}
