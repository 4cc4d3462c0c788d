/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keyring and the settings. */
#include "store/sql/sql.h"

#include <string.h>

struct console_key {
	bool set;
	unsigned char id[STORE_KEY_ID_SIZE];
};

static enum err
read_console_key(const struct columns *columns, void *row)
{
	struct console_key *key = row;

	key->set = column_set(columns, 0);
	return key->set ? column_bytes(columns, 0, key->id, sizeof key->id) : ERR_OK;
}

enum err
store_console_key(struct store *store, bool *ret_set, unsigned char ret_id[STORE_KEY_ID_SIZE])
{
	struct console_key key = { 0 };
	enum err err = sql_row(store, SQL_CONSOLE_KEY, NO_VALUES, read_console_key, &key);

	if (err != ERR_OK)
		return err;
	*ret_set = key.set;
	if (key.set)
		memcpy(ret_id, key.id, sizeof key.id);
	return ERR_OK;
}

enum err
store_set_console_key(struct store *store, const unsigned char id[STORE_KEY_ID_SIZE])
{
	return sql_change_one(store, SQL_SET_CONSOLE_KEY, VALUES(BYTES(id, STORE_KEY_ID_SIZE)));
}

static enum err
read_key(const struct columns *columns, void *row)
{
	struct store_key *key = row;
	int64_t purpose = 0;
	enum err err = column_upto(columns, 1, INT32_MAX, &purpose);

	key->id = column_number(columns, 0);
	key->purpose = (int32_t)purpose;
	key->created = column_number(columns, 2);
	return err == ERR_OK ? column_bytes(columns, 3, key->wrapped, sizeof key->wrapped) : err;
}

enum err
store_keys(struct store *store, struct store_key *keys, size_t *io_count)
{
	return sql_rows(store, SQL_KEYS, NO_VALUES, read_key, keys, sizeof *keys, io_count);
}

enum err
store_key_add(struct store *store, const struct store_key *key)
{
	return sql_change_one(store, SQL_KEY_ADD,
	    VALUES(NUMBER(key->id), NUMBER(key->purpose), NUMBER(key->created),
		BYTES(key->wrapped, sizeof key->wrapped)));
}

/* row is the policy that all rows are put into. */
static enum err
read_setting(const struct columns *columns, void *row)
{
	char key[64], value[POLICY_VALUE_SIZE];
	enum setting_id id;
	enum err err = column_text(columns, 0, key, sizeof key);

	if (err == ERR_OK)
		err = column_text(columns, 1, value, sizeof value);
	if (err != ERR_OK)
		return err;
	if (policy_find(key, &id) != ERR_OK)
		return ERR_STORE_CORRUPT;
	err = policy_load(row, id, value);
	return err == ERR_OK || err == ERR_MEMORY ? err : ERR_STORE_CORRUPT;
}

enum err
store_policy(struct store *store, struct policy *ret_policy)
{
	struct policy policy;
	size_t count = SETTING_COUNT + 1; /* more than there can be, each being known */
	enum err err;

	policy_default(&policy);
	err = sql_rows(store, SQL_SETTINGS, NO_VALUES, read_setting, &policy, 0, &count);
	if (err == ERR_OK)
		*ret_policy = policy;
	return err;
}

/* row is the array of all. */
static enum err
read_setting_by(const struct columns *columns, void *row)
{
	char(*by)[TEXT_NAME_SIZE] = row;
	char key[64];
	enum setting_id id;
	enum err err = column_text(columns, 0, key, sizeof key);

	if (err != ERR_OK)
		return err;
	if (policy_find(key, &id) != ERR_OK)
		return ERR_STORE_CORRUPT;
	return column_text(columns, 1, by[id], sizeof by[id]);
}

enum err
store_setting_by(struct store *store, char ret_by[SETTING_COUNT][TEXT_NAME_SIZE])
{
	char by[SETTING_COUNT][TEXT_NAME_SIZE] = { "" };
	size_t count = SETTING_COUNT + 1;
	enum err err = sql_rows(store, SQL_SETTING_BY, NO_VALUES, read_setting_by, by, 0, &count);

	if (err == ERR_OK)
		memcpy(ret_by, by, sizeof by);
	return err;
}

enum err
store_setting_put(struct store *store, enum setting_id id, const char *value, const char *who)
{
	return sql_change_one(store, SQL_SETTING_PUT,
	    VALUES(TEXT(policy_setting(id)->key), TEXT(value), TEXT(who)));
}
