/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/keys_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "auth/auth.h"
#include "keeper/keys.h"

const char keys_file_name[] = "console.key";
const char keys_file_beside[] = "console.key.new";

/* secret has room for one byte more, so that a longer file is seen to be one. */
static enum err
read_file(int directory, const char *name, struct secret *key)
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

enum err
keys_file_read(int directory, struct secret *key)
{
	return read_file(directory, keys_file_name, key);
}

static enum err
read_named(int directory, const char *name, const unsigned char id[KEY_ID_SIZE], struct secret *key)
{
	unsigned char mine[KEY_ID_SIZE];
	enum err err = read_file(directory, name, key);

	if (err == ERR_OK)
		err = keyring_console_id(key, mine);
	if (err == ERR_OK && memcmp(mine, id, sizeof mine) != 0)
		err = ERR_KEY_WRONG;
	return err;
}

enum err
keys_file_matching(int directory, const unsigned char id[KEY_ID_SIZE], struct secret *key,
    bool *ret_beside)
{
	enum err err = read_named(directory, keys_file_name, id, key);

	*ret_beside = false;
	if (err != ERR_KEY_WRONG && err != ERR_STORE_NONE)
		return err;
	*ret_beside = read_named(directory, keys_file_beside, id, key) == ERR_OK;
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

enum err
keys_file_sync(int directory)
{
	return fsync(directory) == 0 ? ERR_OK : err_from_errno(errno);
}

enum err
keys_file_in_place(int directory)
{
	return renameat(directory, keys_file_beside, directory, keys_file_name) == 0
	    ? keys_file_sync(directory)
	    : err_from_errno(errno);
}

enum err
keys_file_forget(int directory)
{
	if (unlinkat(directory, keys_file_beside, 0) == 0)
		return keys_file_sync(directory);
	return errno == ENOENT ? ERR_OK : err_from_errno(errno);
}

enum err
keys_file_write(int directory, const char *name, const struct secret *key)
{
	enum err err;
	int fd;

	if (unlinkat(directory, name, 0) != 0 && errno != ENOENT)
		return err_from_errno(errno);
	fd = openat(directory, name, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0400);
	if (fd < 0)
		return err_from_errno(errno);
	err = write_whole(fd, key->bytes, KEY_SIZE);
	if (err == ERR_OK && fsync(fd) != 0)
		err = err_from_errno(errno);
	close(fd);
	return err;
}

static void
fill(struct secret *key)
{
	auth_key(key->bytes, KEY_SIZE);
	key->length = KEY_SIZE;
}

/* Written beside, synced, renamed, synced: at any crash there is a whole key or none. */
enum err
keys_file_make(int directory, struct secret *key)
{
	enum err err;

	fill(key);
	err = keys_file_write(directory, keys_file_beside, key);
	return err == ERR_OK ? keys_file_in_place(directory) : err;
}

enum err
keys_file_make_beside(int directory, struct secret *key)
{
	enum err err = read_file(directory, keys_file_beside, key);

	if (err != ERR_OK && err != ERR_KEY_WRONG && err != ERR_STORE_NONE)
		return err;
	if (err != ERR_OK) {
		fill(key);
		err = keys_file_write(directory, keys_file_beside, key);
	}
	return err == ERR_OK ? keys_file_sync(directory) : err;
}

bool
keys_file_is_beside(int directory)
{
	return faccessat(directory, keys_file_beside, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
}
