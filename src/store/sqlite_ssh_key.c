/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SSH public keys of people. */
#include "store/sqlite_private.h"
#include "store/store_ssh_key.h"

static enum err
read_blob(sqlite3_stmt *statement, int column, struct store_ssh_key *key)
{
	int length = sqlite3_column_bytes(statement, column);

	if (length < 1 || length > SSH_KEY_BLOB_SIZE)
		return ERR_STORE_CORRUPT;
	key->length = (size_t)length;
	return sqlite_column_bytes(statement, column, key->blob, key->length);
}

static enum err
read_key(sqlite3_stmt *statement, void *row)
{
	struct store_ssh_key *key = row;
	int64_t doubted = 0;
	enum err err = sqlite_column_text(statement, 2, key->type, sizeof key->type);

	if (err == ERR_OK)
		err = read_blob(statement, 3, key);
	if (err == ERR_OK)
		err = sqlite_column_bytes(statement, 4, key->hash, sizeof key->hash);
	if (err == ERR_OK)
		err = sqlite_column_text(statement, 5, key->name, sizeof key->name);
	if (err == ERR_OK)
		err = sqlite_column_upto(statement, 9, 1, &doubted);
	key->doubted = doubted != 0;
	key->id = sqlite3_column_int64(statement, 0);
	key->user = sqlite3_column_int64(statement, 1);
	key->added = sqlite3_column_int64(statement, 6);
	key->last_used = sqlite3_column_int64(statement, 7);
	key->known_since = sqlite3_column_int64(statement, 8);
	return err;
}

enum err
store_ssh_keys(struct store *store, int64_t user, struct store_ssh_key keys[SSH_KEYS_MAX],
    size_t *ret_count)
{
	size_t count = SSH_KEYS_MAX;
	enum err err = sqlite_rows(store, SQL_SSH_KEYS, VALUES(NUMBER(user)), read_key, keys,
	    sizeof *keys, &count);

	if (err == ERR_OK)
		*ret_count = count;
	return err;
}

enum err
store_ssh_key_add(struct store *store, const struct store_ssh_key *key)
{
	return sqlite_change_one(store, SQL_SSH_KEY_ADD,
	    VALUES(NUMBER(key->user), TEXT(key->type), BYTES(key->blob, key->length),
		BYTES(key->hash, sizeof key->hash), TEXT(key->name), NUMBER(key->added)));
}

enum err
store_ssh_key_rename(struct store *store, int64_t user, int64_t id, const char *name)
{
	return sqlite_change_one(store, SQL_SSH_KEY_RENAME,
	    VALUES(NUMBER(user), NUMBER(id), TEXT(name)));
}

enum err
store_ssh_key_remove(struct store *store, int64_t user, int64_t id)
{
	return sqlite_change_one(store, SQL_SSH_KEY_REMOVE, VALUES(NUMBER(user), NUMBER(id)));
}

enum err
store_ssh_key_keep(struct store *store, int64_t user, int64_t id)
{
	return sqlite_change_one(store, SQL_SSH_KEY_KEEP, VALUES(NUMBER(user), NUMBER(id)));
}

enum err
store_ssh_keys_doubt(struct store *store, int64_t user, int64_t row)
{
	return sqlite_change(store, SQL_SSH_KEYS_DOUBT, VALUES(NUMBER(user), NUMBER(row)), NULL);
}

enum err
store_ssh_key_used(struct store *store, int64_t user, const unsigned char hash[SSH_KEY_HASH_SIZE],
    int64_t now)
{
	return sqlite_change(store, SQL_SSH_KEY_USED,
	    VALUES(NUMBER(user), BYTES(hash, SSH_KEY_HASH_SIZE), NUMBER(now)), NULL);
}

enum err
store_ssh_key_open(struct store *store, const unsigned char hash[SSH_KEY_HASH_SIZE],
    struct store_ssh_key *ret_key)
{
	struct store_ssh_key key = { 0 };
	enum err err = sqlite_row(store, SQL_SSH_KEY_OPEN, VALUES(BYTES(hash, SSH_KEY_HASH_SIZE)),
	    read_key, &key);

	if (err == ERR_OK)
		*ret_key = key;
	return err;
}

enum err
store_ssh_key_owner(struct store *store, const unsigned char hash[SSH_KEY_HASH_SIZE],
    int64_t *ret_user)
{
	return sqlite_row(store, SQL_SSH_KEY_OWNER, VALUES(BYTES(hash, SSH_KEY_HASH_SIZE)),
	    sqlite_number, ret_user);
}
