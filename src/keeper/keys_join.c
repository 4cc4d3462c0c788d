/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/keys_join.h"

#include <ctype.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "auth/auth.h"
#include "core/hex.h"
#include "core/secret.h"
#include "keeper/backup_inside.h"
#include "keeper/keys.h"
#include "keeper/keys_file.h"
#include "keeper/life.h"
#include "keeper/mark.h"
#include "keeper/where.h"
#include "store/store_key.h"
#include "store/store_lock.h"
#include "store/store_node.h"

enum { GROUP = 8, LINE_MAX_SIZE = 256 };

_Static_assert(2 * (int)KEY_SIZE + 2 * (int)KEY_SIZE / (int)GROUP == (int)KEYS_SECRET_SIZE,
    "digits, a dash behind each group but the last, and NUL");

/* --- the secret as text -------------------------------------------------------------------- */

static void
write_secret(const struct secret *key, char ret_secret[KEYS_SECRET_SIZE])
{
	char digits[2 * KEY_SIZE + 1];
	size_t at = 0;

	hex_write(key->bytes, KEY_SIZE, digits);
	for (size_t i = 0; i < 2 * KEY_SIZE; i++) {
		if (i > 0 && i % GROUP == 0)
			ret_secret[at++] = '-';
		ret_secret[at++] = digits[i];
	}
	ret_secret[at] = '\0';
	secret_wipe(digits, sizeof digits);
}

/* Dashes and blanks are for the eye, and so are capitals. */
static enum err
read_secret(const char *line, struct secret *key)
{
	char digits[2 * KEY_SIZE + 1];
	size_t at = 0;
	bool good = true;

	for (; *line != '\0' && *line != '\n'; line++) {
		if (*line == '-' || *line == ' ' || *line == '\r')
			continue;
		if (at == 2 * KEY_SIZE)
			good = false;
		else
			digits[at++] = (char)tolower((unsigned char)*line);
	}
	digits[at] = '\0';
	good = good && at == 2 * KEY_SIZE && hex_read(digits, KEY_SIZE, key->bytes);
	key->length = good ? KEY_SIZE : 0;
	secret_wipe(digits, sizeof digits);
	return good ? ERR_OK : ERR_NODE_SECRET;
}

/* --- on a node: the invitation --------------------------------------------------------------- */

/* All keys of the ring, wrapped under that key, for that node. */
static enum err
wrap_all(struct store *store, const struct keyring *ring, const struct secret *key,
    const char *name)
{
	struct store_key keys[KEYRING_MAX];
	size_t count = KEYRING_MAX;
	enum err err = store_keys(store, keys, &count);

	for (size_t i = 0; err == ERR_OK && i < count; i++) {
		struct keyring_row row = { .id = keys[i].id,
			.purpose = (enum key_purpose)keys[i].purpose,
			.created = keys[i].created };

		err = keyring_rewrap(ring, key, &row);
		if (err == ERR_OK)
			err = name != NULL ? store_node_key(store, name, row.id, row.wrapped)
					   : store_key_wrap(store, row.id, row.wrapped);
	}
	return err;
}

enum err
keys_invite(struct store *store, const struct keyring *ring, const char *name, int64_t until,
    char ret_secret[KEYS_SECRET_SIZE])
{
	unsigned char id[KEY_ID_SIZE];
	struct secret *key = NULL;
	enum err err = secret_new(KEY_SIZE, &key);

	if (err != ERR_OK)
		return err;
	auth_key(key->bytes, KEY_SIZE);
	key->length = KEY_SIZE;
	err = keyring_console_id(key, id);
	if (err == ERR_OK)
		err = store_node_invite(store, name, id, until);
	if (err == ERR_OK)
		err = wrap_all(store, ring, key, name);
	if (err == ERR_OK)
		write_secret(key, ret_secret);
	secret_free(key);
	return err;
}

/* --- on the new host -------------------------------------------------------------------------- */

struct join {
	int directory;
	struct where where;
	struct store *store;
	struct keyring *ring;
	struct secret *invited, *own; /* console.keys */
};

static enum err
read_line(FILE *in, struct secret *key)
{
	char line[LINE_MAX_SIZE];
	enum err err = ERR_NODE_SECRET;

	if (fgets(line, sizeof line, in) != NULL)
		err = read_secret(line, key);
	secret_wipe(line, sizeof line);
	return err;
}

/* Whether this host is invited, and by this secret, and still. */
static enum err
check_invitation(struct join *join)
{
	unsigned char asked[KEY_ID_SIZE] = { 0 }, given[KEY_ID_SIZE] = { 0 };
	struct store_node node;
	bool set = false;
	enum err err = store_node(join->store, join->where.node, &node);

	if (err == ERR_STORE_NONE || (err == ERR_OK && node.removed))
		return ERR_NODE_UNKNOWN;
	if (err == ERR_OK && node.until == 0)
		err = ERR_NODE_TAKEN;
	if (err == ERR_OK && store_now(join->store, (int64_t)time(NULL)) > node.until)
		err = ERR_NODE_SECRET;
	if (err == ERR_OK)
		err = store_console_key(join->store, &set, asked);
	if (err == ERR_OK)
		err = keyring_console_id(join->invited, given);
	if (err == ERR_OK && (!set || memcmp(asked, given, sizeof asked) != 0))
		err = ERR_NODE_SECRET;
	return err;
}

/* Under a key that nobody has seen: the file first, so that no crash leaves a node without it. */
static enum err
take_own_key(struct join *join)
{
	unsigned char id[KEY_ID_SIZE];
	enum err err = keys_file_make(join->directory, join->own);

	if (err == ERR_OK)
		err = keyring_console_id(join->own, id);
	if (err == ERR_OK)
		err = store_begin(join->store);
	if (err != ERR_OK)
		return err;
	err = store_lock(join->store, &(const struct store_locks){ .flags = STORE_LOCK_SETTINGS });
	if (err == ERR_OK)
		err = check_invitation(join);
	if (err == ERR_OK)
		err = wrap_all(join->store, join->ring, join->own, NULL);
	if (err == ERR_OK)
		err = store_set_console_key(join->store, id);
	if (err == ERR_OK)
		return store_commit(join->store);
	store_rollback(join->store);
	return err;
}

static enum err
go(struct join *join, const char *state, FILE *in)
{
	enum err err = life_open_directory(state, &join->directory);

	if (err == ERR_OK)
		err = auth_start();
	if (err == ERR_OK)
		err = where_of(join->directory, &join->where);
	if (err == ERR_OK && join->where.conninfo[0] == '\0')
		err = ERR_NODE_ALONE;
	if (err == ERR_OK)
		err = secret_new(KEY_SIZE + 1, &join->invited);
	if (err == ERR_OK)
		err = secret_new(KEY_SIZE + 1, &join->own);
	if (err == ERR_OK)
		err = read_line(in, join->invited);
	if (err == ERR_OK)
		err = store_open(&join->where.at, &join->store);
	if (err == ERR_OK)
		err = check_invitation(join);
	if (err == ERR_OK)
		err = keyring_new(join->invited, &join->ring);
	if (err == ERR_OK)
		err = keys_load(join->store, join->ring);
	if (err == ERR_OK)
		err = take_own_key(join);
	return err == ERR_OK ? mark_make(join->directory) : err;
}

enum err
keys_join(const char *state, FILE *in, FILE *out)
{
	struct join join = { .directory = -1 };
	enum err err = go(&join, state, in);

	keyring_free(join.ring);
	secret_free(join.invited);
	secret_free(join.own);
	store_close(join.store);
	if (join.directory >= 0)
		close(join.directory);
	backup_tell(out, REPORT_END, err, 0, 0, join.where.node);
	return err;
}
