/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SSH public keys of people. */
#include "store/sql/sql.h"
#include "store/store_ssh_key.h"

static enum err
read_key(const struct columns *columns, void *row)
{
	struct store_ssh_key *key = row;
	int64_t doubted = 0;
	enum err err = column_text(columns, 2, key->type, sizeof key->type);

	if (err == ERR_OK)
		err = column_some(columns, 3, key->blob, sizeof key->blob, &key->length);
	if (err == ERR_OK)
		err = column_bytes(columns, 4, key->hash, sizeof key->hash);
	if (err == ERR_OK)
		err = column_text(columns, 5, key->name, sizeof key->name);
	if (err == ERR_OK)
		err = column_upto(columns, 9, 1, &doubted);
	key->doubted = doubted != 0;
	key->id = column_number(columns, 0);
	key->user = column_number(columns, 1);
	key->added = column_number(columns, 6);
	key->last_used = column_number(columns, 7);
	key->known_since = column_number(columns, 8);
	return err;
}

enum err
store_ssh_keys(struct store *store, int64_t user, struct store_ssh_key keys[SSH_KEYS_MAX],
    size_t *ret_count)
{
	size_t count = SSH_KEYS_MAX;
	enum err err = sql_rows(store, SQL_SSH_KEYS, VALUES(NUMBER(user)), read_key, keys,
	    sizeof *keys, &count);

	if (err == ERR_OK)
		*ret_count = count;
	return err;
}

enum err
store_ssh_key_add(struct store *store, const struct store_ssh_key *key)
{
	return sql_change_one(store, SQL_SSH_KEY_ADD,
	    VALUES(NUMBER(key->user), TEXT(key->type), BYTES(key->blob, key->length),
		BYTES(key->hash, sizeof key->hash), TEXT(key->name), NUMBER(key->added)));
}

enum err
store_ssh_key_rename(struct store *store, int64_t user, int64_t id, const char *name)
{
	return sql_change_one(store, SQL_SSH_KEY_RENAME,
	    VALUES(NUMBER(user), NUMBER(id), TEXT(name)));
}

enum err
store_ssh_key_remove(struct store *store, int64_t user, int64_t id)
{
	return sql_change_one(store, SQL_SSH_KEY_REMOVE, VALUES(NUMBER(user), NUMBER(id)));
}

enum err
store_ssh_key_keep(struct store *store, int64_t user, int64_t id)
{
	return sql_change_one(store, SQL_SSH_KEY_KEEP, VALUES(NUMBER(user), NUMBER(id)));
}

enum err
store_ssh_keys_doubt(struct store *store, int64_t user, int64_t row)
{
	return sql_change(store, SQL_SSH_KEYS_DOUBT, VALUES(NUMBER(user), NUMBER(row)), NULL);
}

enum err
store_ssh_key_used(struct store *store, int64_t user, const unsigned char hash[SSH_KEY_HASH_SIZE],
    int64_t now)
{
	return sql_change(store, SQL_SSH_KEY_USED,
	    VALUES(NUMBER(user), BYTES(hash, SSH_KEY_HASH_SIZE), NUMBER(now)), NULL);
}

enum err
store_ssh_key_open(struct store *store, const unsigned char hash[SSH_KEY_HASH_SIZE],
    struct store_ssh_key *ret_key)
{
	struct store_ssh_key key = { 0 };
	enum err err = sql_row(store, SQL_SSH_KEY_OPEN, VALUES(BYTES(hash, SSH_KEY_HASH_SIZE)),
	    read_key, &key);

	if (err == ERR_OK)
		*ret_key = key;
	return err;
}

enum err
store_ssh_key_owner(struct store *store, const unsigned char hash[SSH_KEY_HASH_SIZE],
    int64_t *ret_user)
{
	return sql_row(store, SQL_SSH_KEY_OWNER, VALUES(BYTES(hash, SSH_KEY_HASH_SIZE)), sql_number,
	    ret_user);
}
