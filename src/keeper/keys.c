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
#include "keeper/mark.h"

static const char key_name[] = "console.key";
static const char key_new[] = "console.key.new";

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
read_key(int directory, const char *name, struct secret *key)
{
	enum err err;
	ssize_t got;
	int fd = -1;

	err = keys_open_file(directory, name, &fd);
	if (err != ERR_OK)
		return err;
	got = read(fd, key->bytes, KEY_SIZE + 1);
	close(fd);
	if (got != KEY_SIZE)
		return got < 0 ? ERR_STORE_IO : ERR_KEY_WRONG;
	key->length = KEY_SIZE;
	return ERR_OK;
}

static enum err
read_named(int directory, const char *name, const unsigned char id[KEY_ID_SIZE], struct secret *key)
{
	unsigned char mine[KEY_ID_SIZE];
	enum err err = read_key(directory, name, key);

	if (err == ERR_OK)
		err = keyring_console_id(key, mine);
	if (err == ERR_OK && memcmp(mine, id, sizeof mine) != 0)
		err = ERR_KEY_WRONG;
	return err;
}

/* The key that the database names: console.key, or the one beside it whose rotation ended before it
 * was renamed. */
static enum err
read_matching(int directory, const unsigned char id[KEY_ID_SIZE], struct secret *key,
    bool *ret_beside)
{
	enum err err = read_named(directory, key_name, id, key);

	*ret_beside = false;
	if (err != ERR_KEY_WRONG && err != ERR_STORE_NONE)
		return err;
	*ret_beside = read_named(directory, key_new, id, key) == ERR_OK;
	if (*ret_beside)
		return ERR_OK;
	return err == ERR_STORE_NONE ? ERR_KEY_MISSING : err;
}

static enum err
write_whole(int fd, const unsigned char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t n = write(fd, bytes, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_from_errno(errno);
		bytes += n;
		length -= (size_t)n;
	}
	return ERR_OK;
}

static enum err
sync_directory(int directory)
{
	return fsync(directory) == 0 ? ERR_OK : err_from_errno(errno);
}

static enum err
put_in_place(int directory)
{
	return renameat(directory, key_new, directory, key_name) == 0 ? sync_directory(directory)
								      : err_from_errno(errno);
}

/* Written beside, synced, renamed, synced: at any crash there is a whole key or none. */
static enum err
make_key(int directory, struct secret *key)
{
	enum err err;
	int fd;

	auth_key(key->bytes, KEY_SIZE);
	key->length = KEY_SIZE;
	if (unlinkat(directory, key_new, 0) != 0 && errno != ENOENT)
		return err_from_errno(errno);
	fd = openat(directory, key_new, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0400);
	if (fd < 0)
		return err_from_errno(errno);
	err = write_whole(fd, key->bytes, KEY_SIZE);
	if (err == ERR_OK && fsync(fd) != 0)
		err = err_from_errno(errno);
	close(fd);
	return err == ERR_OK ? put_in_place(directory) : err;
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

static enum err
load_ring(struct store *store, struct keyring *ring)
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

/* What a rotation left undone: the key is put in its place, or one that no database names goes. */
static enum err
settle(int directory, bool beside)
{
	if (beside)
		return put_in_place(directory);
	if (unlinkat(directory, key_new, 0) == 0)
		return sync_directory(directory);
	return errno == ENOENT ? ERR_OK : err_from_errno(errno);
}

/* The database names its key: no other will do. */
static enum err
open_ring(int directory, struct store *store, const unsigned char id[KEY_ID_SIZE],
    struct secret *key, struct keyring **ret_ring)
{
	bool beside = false;
	enum err err = read_matching(directory, id, key, &beside);

	if (err == ERR_OK)
		err = settle(directory, beside);
	if (err == ERR_OK)
		err = keyring_new(key, ret_ring);
	return err == ERR_OK ? load_ring(store, *ret_ring) : err;
}

/* It names none yet: it gets the one that is there, or a new one. The keeper that made the one
 * that is there may have crashed before the directory's sync. */
static enum err
make_ring(int directory, struct store *store, struct secret *key, struct keyring **ret_ring)
{
	unsigned char id[KEY_ID_SIZE];
	enum err err = read_key(directory, key_name, key);

	if (err == ERR_OK)
		err = sync_directory(directory);
	else if (err == ERR_STORE_NONE)
		err = make_key(directory, key);
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
prepare_key(int directory, struct secret *key)
{
	int fd = -1;
	enum err err = keys_open_file(directory, key_name, &fd);

	if (err == ERR_OK)
		close(fd);
	if (err != ERR_STORE_NONE)
		return err;
	return is_there(directory, "console.db") || is_there(directory, "console.db-wal")
	    ? ERR_OK
	    : make_key(directory, key);
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

/* A database that was opened and names no key, where one did, is another one. */
static enum err
open_or_make_ring(int directory, struct store *store, bool marked, struct secret *key,
    struct keyring **ret_ring)
{
	unsigned char id[KEY_ID_SIZE];
	bool set = false;
	enum err err = store_console_key(store, &set, id);

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
	struct secret *key = NULL;
	struct store *store = NULL;
	struct keyring *ring = NULL;
	bool marked = false;
	enum err err = secret_new(KEY_SIZE + 1, &key);

	if (err == ERR_OK)
		err = mark_check(directory, &marked);
	if (err == ERR_OK)
		err = prepare_key(directory, key);
	if (err == ERR_OK)
		err = store_open(directory, &store);
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
		err = read_matching(directory, stored, key, &beside);
	if (err == ERR_OK)
		err = keyring_new(key, &ring);
	if (err == ERR_OK)
		err = load_ring(store, ring);
	secret_free(key);
	if (err == ERR_OK)
		*ret_ring = ring;
	else
		keyring_free(ring);
	return err;
}
