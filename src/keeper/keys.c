/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/keys.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "auth/auth.h"
#include "keeper/keys_file.h"
#include "keeper/mark.h"
#include "keeper/where.h"
#include "store/store_node.h"

_Static_assert((int)KEY_ID_SIZE == (int)STORE_KEY_ID_SIZE, "one size of key id");
_Static_assert((int)KEY_WRAPPED_SIZE == (int)STORE_WRAPPED_SIZE, "one size of wrapped key");

enum err
keys_check_file(int fd)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return err_from_errno(errno);
	if (!S_ISREG(st.st_mode))
		return ERR_STATE_PATH;
	if (st.st_uid != geteuid())
		return ERR_STATE_OWNER;
	if ((st.st_mode & 077) != 0)
		return ERR_STATE_MODE;
	if (st.st_nlink != 1)
		return ERR_STATE_LINKS;
	return ERR_OK;
}

enum err
keys_open_file(int directory, const char *name, int *ret_fd)
{
	enum err err;
	int fd = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);

	if (fd < 0)
		return errno == ENOENT ? ERR_STORE_NONE
		    : errno == ELOOP   ? ERR_STATE_SYMLINK
				       : err_from_errno(errno);
	err = keys_check_file(fd);
	if (err != ERR_OK)
		close(fd);
	else
		*ret_fd = fd;
	return err;
}

static enum err
store_ring_row(struct store *store, struct keyring *ring, enum key_purpose purpose, int64_t now)
{
	struct keyring_row row;
	struct store_key key = { .id = purpose, .purpose = (int32_t)purpose, .created = now };
	enum err err = keyring_make(ring, purpose, purpose, now, &row);

	if (err != ERR_OK)
		return err;
	memcpy(key.wrapped, row.wrapped, sizeof key.wrapped);
	return store_key_add(store, &key);
}

/* Key id and the first four keys, in one transaction. */
static enum err
fill_ring(struct store *store, struct keyring *ring, const unsigned char id[KEY_ID_SIZE])
{
	int64_t now = (int64_t)time(NULL);
	enum err err = store_begin(store);

	if (err != ERR_OK)
		return err;
	err = store_set_console_key(store, id);
	for (int purpose = KEY_SEAL; err == ERR_OK && purpose < KEY_PURPOSE_END; purpose++)
		err = store_ring_row(store, ring, (enum key_purpose)purpose, now);
	if (err != ERR_OK) {
		store_rollback(store);
		return err;
	}
	err = store_commit(store);
	return err == ERR_STORE_UNSURE
	    ? ERR_STORE_IO
	    : err; /* nothing that anybody asked for: the next start looks anew */
}

enum err
keys_load(struct store *store, struct keyring *ring)
{
	struct store_key keys[KEYRING_MAX];
	size_t count = KEYRING_MAX;
	enum err err = store_keys(store, keys, &count);

	for (size_t i = 0; err == ERR_OK && i < count; i++) {
		struct keyring_row row = { .id = keys[i].id,
			.purpose = (enum key_purpose)keys[i].purpose,
			.created = keys[i].created };

		memcpy(row.wrapped, keys[i].wrapped, sizeof row.wrapped);
		err = keyring_add(ring, &row);
	}
	return err;
}

/*
 * What a rotation left undone. The key that the database names is put in its place, but not before
 * nothing of the old one is left in the log: while somebody reads it, it stays beside. One that no
 * database names goes.
 */
static enum err
settle(int directory, struct store *store, bool beside)
{
	enum err err = beside ? store_checkpoint(store) : ERR_OK;

	if (err == ERR_STORE_BUSY)
		return ERR_OK;
	if (err != ERR_OK)
		return err;
	return beside ? keys_file_in_place(directory) : keys_file_forget(directory);
}

/* The database names its key: no other will do. */
static enum err
open_ring(int directory, struct store *store, const unsigned char id[KEY_ID_SIZE],
    struct secret *key, struct keyring **ret_ring)
{
	bool beside = false;
	enum err err = keys_file_matching(directory, id, key, &beside);

	if (err == ERR_OK)
		err = settle(directory, store, beside);
	if (err == ERR_OK)
		err = keyring_new(key, ret_ring);
	return err == ERR_OK ? keys_load(store, *ret_ring) : err;
}

/* It names none yet: it gets the one that is there, or a new one. The keeper that made the one
 * that is there may have crashed before the directory's sync. */
static enum err
make_ring(int directory, struct store *store, struct secret *key, struct keyring **ret_ring)
{
	unsigned char id[KEY_ID_SIZE];
	enum err err = keys_file_read(directory, key);

	if (err == ERR_OK)
		err = keys_file_sync(directory);
	else if (err == ERR_STORE_NONE)
		err = keys_file_make(directory, key);
	if (err == ERR_OK)
		err = keyring_console_id(key, id);
	if (err == ERR_OK)
		err = keyring_new(key, ret_ring);
	return err == ERR_OK ? fill_ring(store, *ret_ring, id) : err;
}

static bool
is_there(int directory, const char *name)
{
	return faccessat(directory, name, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}

/* Before the database is touched: the key's file is as it must be. Where no database could ask for
 * it, it is made first. */
static enum err
prepare_key(int directory, bool marked, struct secret *key)
{
	int fd = -1;
	enum err err = keys_open_file(directory, keys_file_name, &fd);

	if (err == ERR_OK)
		close(fd);
	if (err != ERR_STORE_NONE)
		return err;
	return marked || is_there(directory, "console.db") || is_there(directory, "console.db-wal")
	    ? ERR_OK
	    : keys_file_make(directory, key);
}

/*
 * The state directory itself may be new: a service manager or an administrator made it, and syncs
 * nothing (a console syncs what it made, client/place.c). Where we may not look, or nothing can be
 * written, it is not.
 */
static enum err
sync_above(int directory)
{
	int fd = openat(directory, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int number = fd < 0 || fsync(fd) != 0 ? errno : 0;

	if (fd >= 0)
		close(fd);
	return number == 0 || number == EACCES || number == EROFS || number == EINVAL
	    ? ERR_OK
	    : err_from_errno(number);
}

/* Where hosts share a store, only the first of them makes the keys. */
static enum err
check_first(struct store *store)
{
	struct store_node node;
	size_t count = 1;
	enum err err = store_nodes(store, "", &node, &count);

	return err == ERR_OK && count > 0 ? ERR_NODE_UNKNOWN : err;
}

/* A database that was opened and names no key, where one did, is another one. */
static enum err
open_or_make_ring(int directory, struct store *store, bool marked, struct secret *key,
    struct keyring **ret_ring)
{
	unsigned char id[KEY_ID_SIZE];
	bool set = false;
	enum err err = store_console_key(store, &set, id);

	if (err == ERR_OK && !set)
		err = check_first(store);
	if (err == ERR_OK && marked && !set)
		err = ERR_STORE_MISSING;
	if (err == ERR_OK)
		err = set ? open_ring(directory, store, id, key, ret_ring)
			  : make_ring(directory, store, key, ret_ring);
	if (err == ERR_OK && !marked)
		err = sync_above(directory);
	return err == ERR_OK && !marked ? mark_make(directory) : err;
}

enum err
keys_open(int directory, struct store **ret_store, struct keyring **ret_ring)
{
	struct where where;
	enum err err = where_of(directory, &where);

	return err == ERR_OK ? keys_open_at(directory, &where.at, ret_store, ret_ring) : err;
}

enum err
keys_open_at(int directory, const struct store_at *at, struct store **ret_store,
    struct keyring **ret_ring)
{
	struct secret *key = NULL;
	struct store *store = NULL;
	struct keyring *ring = NULL;
	bool marked = false;
	enum err err = secret_new(KEY_SIZE + 1, &key);

	if (err == ERR_OK)
		err = mark_check(directory, at->backend == NULL, &marked);
	if (err == ERR_OK)
		err = prepare_key(directory, marked, key);
	if (err == ERR_OK)
		err = store_open(at, &store);
	if (err == ERR_OK)
		err = open_or_make_ring(directory, store, marked, key, &ring);
	secret_free(key);
	if (err == ERR_OK) {
		*ret_store = store;
		*ret_ring = ring;
		return ERR_OK;
	}
	keyring_free(ring);
	if (store != NULL)
		store_close(store);
	return err;
}

enum err
keys_inspect(int directory, struct store *store, struct keyring **ret_ring)
{
	unsigned char stored[KEY_ID_SIZE];
	struct secret *key = NULL;
	struct keyring *ring = NULL;
	bool set = false, beside = false;
	enum err err = store_console_key(store, &set, stored);

	if (err == ERR_OK && !set)
		err = ERR_NOT_SET_UP;
	if (err == ERR_OK)
		err = secret_new(KEY_SIZE + 1, &key);
	if (err == ERR_OK)
		err = keys_file_matching(directory, stored, key, &beside);
	if (err == ERR_OK)
		err = keyring_new(key, &ring);
	if (err == ERR_OK)
		err = keys_load(store, ring);
	secret_free(key);
	if (err == ERR_OK)
		*ret_ring = ring;
	else
		keyring_free(ring);
	return err;
}
