/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/keys_rotate.h"

#include <string.h>
#include <time.h>

#include "keeper/devices.h"
#include "keeper/keys.h"
#include "keeper/keys_file.h"
#include "store/store_key.h"

enum {
	SLICE = 256,	/* sealed values that are read at once, */
	SLICE_US = 8000 /* and no more are begun after so many microseconds */
};

/* What the database says of its keys. */
struct held {
	bool set;
	unsigned char console[KEY_ID_SIZE];
	struct store_key keys[KEYRING_MAX];
	size_t count;
	int64_t newest; /* seal key */
	size_t seals;
};

static enum err
read_held(struct store *store, struct held *held)
{
	enum err err = store_console_key(store, &held->set, held->console);

	held->count = KEYRING_MAX;
	if (err == ERR_OK)
		err = store_keys(store, held->keys, &held->count);
	for (size_t i = 0; err == ERR_OK && i < held->count; i++) {
		if (held->keys[i].purpose != KEY_SEAL)
			continue;
		held->seals++;
		held->newest = held->keys[i].id;
	}
	return err == ERR_OK && (!held->set || held->seals == 0) ? ERR_STORE_CORRUPT : err;
}

static bool
holds(const struct held *held, int64_t id)
{
	for (size_t i = 0; i < held->count; i++)
		if (held->keys[i].id == id)
			return true;
	return false;
}

/* Whether the ring has these keys and no other, and wraps under that console.key. */
static bool
in_step(const struct held *held, const struct keyring *ring)
{
	unsigned char console[KEY_ID_SIZE];
	int64_t ids[KEYRING_MAX];
	size_t count = keyring_ids(ring, ids);

	keyring_console(ring, console);
	if (count != held->count || memcmp(console, held->console, sizeof console) != 0)
		return false;
	for (size_t i = 0; i < count; i++)
		if (!holds(held, ids[i]))
			return false;
	return true;
}

static struct keyring_row
ring_row(const struct store_key *key)
{
	struct keyring_row row = { .id = key->id,
		.purpose = (enum key_purpose)key->purpose,
		.created = key->created };

	memcpy(row.wrapped, key->wrapped, sizeof row.wrapped);
	return row;
}

/* --- the steps ----------------------------------------------------------------------- */

static enum err
begin_one(struct store *store, struct keyring *ring, int64_t now, struct keys_step *step)
{
	struct store_key key = { .purpose = KEY_SEAL, .created = now };
	struct keyring_row row;
	enum err err = store_key_next(store, &key.id);

	if (err == ERR_OK)
		err = keyring_prepare(ring, key.id, KEY_SEAL, now, &row);
	if (err != ERR_OK)
		return err;
	memcpy(key.wrapped, row.wrapped, sizeof key.wrapped);
	step->began = step->follow = true;
	step->sealed = key.id;
	return store_key_add(store, &key);
}

static int64_t
microseconds(void)
{
	struct timespec ts = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &ts);
	return ts.tv_sec * (int64_t)1000000 + ts.tv_nsec / 1000;
}

static enum err
seal_anew(struct store *store, const struct keyring *ring, struct secret *key,
    struct store_at_rest *value)
{
	enum err err = devices_open_at_rest(ring, value, key);

	if (err == ERR_OK)
		err = devices_seal_at_rest(ring, key, value);
	secret_clear(key);
	return err == ERR_OK ? store_at_rest_put(store, value) : err;
}

static enum err
slice(struct store *store, const struct keyring *ring, int64_t newest, struct keys_step *step)
{
	struct store_at_rest values[SLICE];
	struct secret *key = NULL;
	size_t count = SLICE;
	int64_t until = microseconds() + SLICE_US;
	enum err err = store_at_rest(store, newest, values, &count);

	if (err == ERR_OK)
		err = secret_new(DEVICES_KEY_MAX, &key);
	for (size_t i = 0; err == ERR_OK && i < count && (i == 0 || microseconds() < until); i++) {
		err = seal_anew(store, ring, key, &values[i]);
		step->done += err == ERR_OK;
	}
	secret_free(key);
	secret_wipe(values, sizeof values);
	return err;
}

/* One key under the new console.key; a seal key before the newest goes instead. */
static enum err
renew_row(struct store *store, const struct keyring *ring, const struct secret *console,
    const struct store_key *key, int64_t newest)
{
	struct keyring_row row = ring_row(key);
	enum err err;

	if (key->purpose == KEY_SEAL && key->id != newest)
		return store_key_drop(store, key->id);
	err = keyring_rewrap(ring, console, &row);
	return err == ERR_OK ? store_key_wrap(store, key->id, row.wrapped) : err;
}

static enum err
renew(int directory, struct store *store, const struct keyring *ring, const struct held *held,
    struct keys_step *step)
{
	unsigned char id[KEY_ID_SIZE];
	struct secret *console = NULL;
	enum err err = secret_new(KEY_SIZE + 1, &console);

	if (err == ERR_OK)
		err = keys_file_make_beside(directory, console);
	if (err == ERR_OK)
		err = keyring_console_id(console, id);
	for (size_t i = 0; err == ERR_OK && i < held->count; i++)
		err = renew_row(store, ring, console, &held->keys[i], held->newest);
	secret_free(console);
	if (err == ERR_OK)
		err = store_set_console_key(store, id);
	step->renewed = step->follow = true;
	return err;
}

enum err
keys_rotate(int directory, struct store *store, struct keyring *ring, bool begin, bool count,
    int64_t now, struct keys_step *ret_step)
{
	struct keys_step step = { 0 };
	struct held held = { 0 };
	enum err err = read_held(store, &held);

	*ret_step = step;
	if (err != ERR_OK)
		return err;
	step.sealed = held.newest;
	if (!in_step(&held, ring)) {
		ret_step->follow = true;
		return ERR_BUSY;
	}
	if (held.seals == 1 && keys_file_is_beside(directory)) {
		step.follow = true;
	} else if (held.seals == 1 && begin) {
		err = begin_one(store, ring, now, &step);
	} else if (held.seals == 1) {
		step.finished = true;
	} else {
		err = slice(store, ring, held.newest, &step);
		if (err == ERR_OK && step.done == 0)
			err = renew(directory, store, ring, &held, &step);
	}
	if (err == ERR_OK && count)
		err = store_at_rest_count(store, step.sealed, &step.left);
	if (err == ERR_OK)
		*ret_step = step;
	return err;
}

/* --- after the commit ------------------------------------------------------------------ */

static enum err
follow_keys(const struct held *held, struct keyring *ring)
{
	int64_t ids[KEYRING_MAX];
	size_t count = keyring_ids(ring, ids);
	enum err err = ERR_OK;

	for (size_t i = 0; i < count; i++)
		if (!holds(held, ids[i]))
			keyring_drop(ring, ids[i]);
	for (size_t i = 0; err == ERR_OK && i < held->count; i++) {
		const struct keyring_row row = ring_row(&held->keys[i]);

		err = keyring_add(ring, &row);
		if (err == ERR_STORE_EXISTS)
			err = ERR_OK;
	}
	return err;
}

enum err
keys_follow(int directory, struct store *store, struct keyring *ring)
{
	struct held held = { 0 };
	struct secret *console = NULL;
	bool beside = false;
	enum err err = read_held(store, &held);

	if (err == ERR_OK)
		err = secret_new(KEY_SIZE + 1, &console);
	if (err == ERR_OK)
		err = keys_file_matching(directory, held.console, console, &beside);
	if (err == ERR_OK)
		err = keyring_follow(ring, console);
	secret_free(console);
	if (err == ERR_OK)
		err = follow_keys(&held, ring);
	if (err == ERR_OK && beside)
		err = store_checkpoint_now(store);
	return err == ERR_OK && beside ? keys_file_in_place(directory) : err;
}
