/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Authenticators, the pending key, and recovery codes: a person's second factor. */
#include "store/sql/sql.h"
#include "store/store_device.h"

static enum err
read_device(const struct columns *columns, void *row)
{
	struct store_device *device = row;
	enum err err = column_text(columns, 2, device->name, sizeof device->name);

	device->id = column_number(columns, 0);
	device->user = column_number(columns, 1);
	device->created = column_number(columns, 3);
	device->last_step = column_number(columns, 4);
	device->offset = column_number(columns, 5);
	device->last_used = column_number(columns, 8);
	device->doubted = column_number(columns, 9) != 0;
	return err == ERR_OK ? column_sealed(columns, 7, &device->secret) : err;
}

enum err
store_devices(struct store *store, int64_t user, struct store_device devices[ACCOUNT_DEVICES_MAX],
    size_t *ret_count)
{
	size_t count = ACCOUNT_DEVICES_MAX;
	enum err err = sql_rows(store, SQL_DEVICES, VALUES(NUMBER(user)), read_device, devices,
	    sizeof *devices, &count);

	if (err == ERR_OK)
		*ret_count = count;
	return err;
}

enum err
sql_device_tally(struct store *store, int64_t user)
{
	int64_t devices = 0, changed = 0;
	enum err err = sql_row(store, SQL_DEVICES_COUNT, VALUES(NUMBER(user)), sql_number,
	    &devices);

	if (err == ERR_OK)
		err = sql_change(store, SQL_USER_DEVICES, VALUES(NUMBER(user), NUMBER(devices)),
		    NULL);
	if (err == ERR_OK)
		err = sql_change(store, SQL_USER_SET_2FA, VALUES(NUMBER(user), NUMBER(devices > 0)),
		    &changed);
	if (err == ERR_OK && changed == 1)
		err = sql_change_one(store, SQL_TALLY_2FA,
		    VALUES(NUMBER(user), NUMBER(devices > 0 ? 1 : -1)));
	return sql_whole(store, err);
}

/* How many of the recovery codes still work stands in the account: whoever reads it wants to know.
 */
static enum err
codes_tally(struct store *store, int64_t user, enum err err)
{
	if (err == ERR_OK)
		err = sql_change(store, SQL_USER_CODES_LEFT, VALUES(NUMBER(user)), NULL);
	return sql_whole(store, err);
}

enum err
store_device_add(struct store *store, const struct store_device *device, int64_t *ret_id)
{
	int64_t id = 0;
	enum err err = sql_insert(store, SQL_DEVICE_ADD,
	    VALUES(NUMBER(device->user), TEXT(device->name), NUMBER(device->created),
		NUMBER(device->last_step), NUMBER(device->offset), NUMBER(device->secret.key),
		BYTES(device->secret.bytes, device->secret.length), NUMBER(device->last_used)),
	    &id);

	if (err != ERR_OK)
		return err;
	err = sql_device_tally(store, device->user);
	if (err == ERR_OK)
		*ret_id = id;
	return err;
}

enum err
store_device_spend(struct store *store, int64_t device, int64_t step, int64_t offset, int64_t now,
    bool *ret_spent)
{
	int64_t changed = 0;
	enum err err = sql_change(store, SQL_DEVICE_SPEND,
	    VALUES(NUMBER(device), NUMBER(step), NUMBER(offset), NUMBER(now)), &changed);

	if (err == ERR_OK)
		*ret_spent = changed == 1;
	return err;
}

enum err
store_device_rename(struct store *store, int64_t user, int64_t device, const char *name)
{
	return sql_change_one(store, SQL_DEVICE_RENAME,
	    VALUES(NUMBER(user), NUMBER(device), TEXT(name)));
}

enum err
store_device_remove(struct store *store, int64_t user, int64_t device)
{
	enum err err = sql_change_one(store, SQL_DEVICE_REMOVE,
	    VALUES(NUMBER(user), NUMBER(device)));

	return err == ERR_OK ? sql_device_tally(store, user) : err;
}

enum err
store_devices_doubt(struct store *store, int64_t user, int64_t after, int64_t except)
{
	return sql_change(store, SQL_DEVICES_DOUBT,
	    VALUES(NUMBER(user), NUMBER(after), NUMBER(except)), NULL);
}

enum err
store_device_keep(struct store *store, int64_t user, int64_t device)
{
	return sql_change_one(store, SQL_DEVICE_KEEP, VALUES(NUMBER(user), NUMBER(device)));
}

enum err
store_devices_last_step(struct store *store, int64_t user, int64_t most)
{
	return sql_change(store, SQL_DEVICES_LAST_STEP, VALUES(NUMBER(user), NUMBER(most)), NULL);
}

enum err
store_devices_remove(struct store *store, int64_t user)
{
	int64_t changed = 0;
	enum err err = sql_change(store, SQL_DEVICES_REMOVE, VALUES(NUMBER(user)), NULL);

	if (err != ERR_OK)
		return err;
	err = sql_change(store, SQL_RECOVERY_REMOVE, VALUES(NUMBER(user)), NULL);
	err = codes_tally(store, user, err);
	if (err == ERR_OK)
		err = sql_change(store, SQL_PENDING_REMOVE, VALUES(NUMBER(user)), NULL);
	if (err == ERR_OK)
		err = sql_change(store, SQL_RECOVERY_SAVED, VALUES(NUMBER(user), NUMBER(0)),
		    &changed);
	return err == ERR_OK ? sql_device_tally(store, user) : sql_whole(store, err);
}

static enum err
read_pending(const struct columns *columns, void *row)
{
	struct store_pending *pending = row;
	int64_t purpose = 0;
	enum err err = column_text(columns, 2, pending->source, sizeof pending->source);

	if (err == ERR_OK)
		err = column_upto(columns, 7, STORE_PURPOSES - 1, &purpose);
	if (err == ERR_OK)
		err = column_text(columns, 9, pending->name, sizeof pending->name);
	pending->purpose = (enum store_purpose)purpose;
	pending->device = column_number(columns, 8);
	pending->id = column_number(columns, 0);
	pending->user = column_number(columns, 1);
	pending->began = column_number(columns, 3);
	pending->seen = column_number(columns, 4);
	return err == ERR_OK ? column_sealed(columns, 6, &pending->secret) : err;
}

enum err
store_pending(struct store *store, int64_t user, struct store_pending *ret_pending)
{
	struct store_pending pending = { 0 };
	enum err err = sql_row(store, SQL_PENDING, VALUES(NUMBER(user)), read_pending, &pending);

	if (err == ERR_OK)
		*ret_pending = pending;
	return err;
}

enum err
store_pending_put(struct store *store, const struct store_pending *pending, int64_t *ret_id)
{
	return sql_insert(store, SQL_PENDING_PUT,
	    VALUES(NUMBER(pending->user), TEXT(pending->source), NUMBER(pending->began),
		NUMBER(pending->seen), NUMBER(pending->secret.key),
		BYTES(pending->secret.bytes, pending->secret.length), NUMBER(pending->purpose),
		NUMBER(pending->device), TEXT(pending->name)),
	    ret_id);
}

enum err
store_pending_touch(struct store *store, int64_t user, int64_t id, int64_t seen)
{
	return sql_change_one(store, SQL_PENDING_TOUCH,
	    VALUES(NUMBER(user), NUMBER(id), NUMBER(seen)));
}

enum err
store_pending_remove(struct store *store, int64_t user)
{
	return sql_change(store, SQL_PENDING_REMOVE, VALUES(NUMBER(user)), NULL);
}

/* The account first: nobody's set is refused before anything has changed. */
enum err
store_recovery_put(struct store *store, int64_t user, int64_t key,
    unsigned char hashes[ACCOUNT_RECOVERY_CODES][STORE_HASH_SIZE])
{
	enum err err = sql_change_one(store, SQL_RECOVERY_SAVED, VALUES(NUMBER(user), NUMBER(0)));

	if (err != ERR_OK)
		return err;
	err = sql_change(store, SQL_RECOVERY_REMOVE, VALUES(NUMBER(user)), NULL);
	for (int i = 0; err == ERR_OK && i < ACCOUNT_RECOVERY_CODES; i++)
		err = sql_change_one(store, SQL_RECOVERY_ADD,
		    VALUES(NUMBER(user), BYTES(hashes[i], STORE_HASH_SIZE), NUMBER(key)));
	return codes_tally(store, user, err);
}

enum err
store_recovery_remove(struct store *store, int64_t user)
{
	enum err err = sql_change_one(store, SQL_RECOVERY_SAVED, VALUES(NUMBER(user), NUMBER(0)));

	if (err != ERR_OK)
		return err;
	return codes_tally(store, user,
	    sql_change(store, SQL_RECOVERY_REMOVE, VALUES(NUMBER(user)), NULL));
}

enum err
store_recovery_saved(struct store *store, int64_t user)
{
	return sql_change_one(store, SQL_RECOVERY_SAVED, VALUES(NUMBER(user), NUMBER(1)));
}

enum err
store_recovery_key(struct store *store, int64_t user, int64_t *ret_key)
{
	return sql_row(store, SQL_RECOVERY_KEY, VALUES(NUMBER(user)), sql_number, ret_key);
}

enum err
store_recovery_use(struct store *store, int64_t user, const unsigned char hash[STORE_HASH_SIZE],
    int64_t now, bool *ret_used)
{
	int64_t changed = 0;
	enum err err = sql_change(store, SQL_RECOVERY_USE,
	    VALUES(NUMBER(user), BYTES(hash, STORE_HASH_SIZE), NUMBER(now)), &changed);

	if (err == ERR_OK && changed == 1)
		err = codes_tally(store, user, err);
	if (err == ERR_OK)
		*ret_used = changed == 1;
	return err;
}
