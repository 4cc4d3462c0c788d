/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * SSH public keys: one's own, and those of the people that one manages. A key that was pasted only
 * knocks; it says a name once its person has fully signed in over it (DESIGN 9).
 */
#include <stdio.h>
#include <string.h>

#include "auth/fingerprint.h"
#include "keeper/code.h"
#include "keeper/notices.h"
#include "keeper/op/ops.h"
#include "store/store_ssh_key.h"

_Static_assert((int)FINGERPRINT_SIZE == (int)SSH_KEY_HASH_SIZE, "one length of a fingerprint");

/* --- what there is ------------------------------------------------------------------------- */

/* A key that was never used over says nothing of who else has it. */
static enum err
says_a_name(struct request *request, const struct store_ssh_key *key, bool *ret_names)
{
	int64_t owner = 0;
	enum err err = store_ssh_key_owner(request->keeper->store, key->hash, &owner);

	if (err != ERR_OK && err != ERR_STORE_NONE)
		return err;
	*ret_names = err == ERR_OK && owner == key->user;
	return ERR_OK;
}

static enum err
put_key(struct request *request, const struct store_ssh_key *key, struct wire_ssh_key *ret_key)
{
	bool names = false;
	enum err err = says_a_name(request, key, &names);

	if (err != ERR_OK)
		return err;
	ret_key->added = key->added;
	ret_key->last_used = key->last_used;
	ret_key->known_since = key->known_since;
	ret_key->doubted = key->doubted;
	ret_key->names = names;
	wire_put(ret_key->type, sizeof ret_key->type, key->type);
	wire_put(ret_key->name, sizeof ret_key->name, key->name);
	ssh_print_show(key->hash, ret_key->fingerprint);
	return ERR_OK;
}

static enum err
put_keys(struct request *request, int64_t user)
{
	struct wire_ssh_keys_reply *reply = &request->reply->u.ssh_keys;
	struct store_ssh_key keys[SSH_KEYS_MAX];
	size_t count = 0;
	enum err err = store_ssh_keys(request->keeper->store, user, keys, &count);

	for (size_t i = 0; err == ERR_OK && i < count; i++)
		err = put_key(request, &keys[i], &reply->key[i]);
	if (err == ERR_OK && request->account.id != 0)
		err = code_next(request, request->account.id, &reply->next_code);
	if (err == ERR_OK)
		reply->count = (uint32_t)count;
	return err;
}

/* That person's key of a fingerprint. */
static enum err
find(struct request *request, int64_t user, const char *fingerprint, struct store_ssh_key *ret_key)
{
	struct store_ssh_key keys[SSH_KEYS_MAX];
	unsigned char hash[SSH_KEY_HASH_SIZE];
	size_t count = 0;
	enum err err = ssh_print_read(fingerprint, hash);

	if (err == ERR_OK)
		err = store_ssh_keys(request->keeper->store, user, keys, &count);
	for (size_t i = 0; err == ERR_OK && i < count; i++)
		if (memcmp(keys[i].hash, hash, sizeof hash) == 0) {
			*ret_key = keys[i];
			return ERR_OK;
		}
	return err == ERR_OK ? ERR_SSH_KEY_UNKNOWN : err;
}

/* What the trail says of one: "laptop SHA256:...". */
static void
describe(struct request *request, const char *name, const unsigned char hash[SSH_KEY_HASH_SIZE])
{
	char text[SSH_KEY_PRINT_SIZE];

	ssh_print_show(hash, text);
	(void)snprintf(request->row.detail, sizeof request->row.detail, "%s %s", name, text);
}

/* --- adding ---------------------------------------------------------------------------------- */

/* The name that was typed, else the key's comment, else a word. */
static enum err
choose_name(const char *typed, const char *comment, char ret_name[TEXT_LABEL_SIZE])
{
	if (typed[0] != '\0')
		return op_clean_label(typed, SSH_KEY_NAME_POINTS, ret_name);
	wire_put(ret_name, TEXT_LABEL_SIZE, comment[0] != '\0' ? comment : SSH_KEY_NAME);
	return ERR_OK;
}

static enum err
read_key(struct request *request, int64_t user, struct store_ssh_key *ret_key)
{
	const struct wire_ssh_add_request *asked = &request->message->u.ssh_add;
	struct ssh_key read;
	enum err err = ssh_key_read(asked->key, strlen(asked->key), &read);

	*ret_key = (struct store_ssh_key){ .user = user, .added = request->now };
	if (err == ERR_OK)
		err = choose_name(asked->name, read.name, ret_key->name);
	if (err != ERR_OK)
		return err;
	wire_put(ret_key->type, sizeof ret_key->type, read.type);
	memcpy(ret_key->blob, read.blob, read.length);
	ret_key->length = read.length;
	fingerprint(read.blob, read.length, ret_key->hash);
	describe(request, ret_key->name, ret_key->hash);
	return ERR_OK;
}

/* May that person have one more, and this one? */
static enum err
check_add(struct request *request, int64_t user)
{
	struct store_ssh_key keys[SSH_KEYS_MAX], key;
	size_t count = 0;
	enum err err = read_key(request, user, &key);

	if (err == ERR_OK)
		err = store_ssh_keys(request->keeper->store, user, keys, &count);
	for (size_t i = 0; err == ERR_OK && i < count; i++)
		if (memcmp(keys[i].hash, key.hash, sizeof key.hash) == 0)
			err = ERR_SSH_KEY_TAKEN;
	return err == ERR_OK && count >= SSH_KEYS_MAX ? ERR_SSH_KEYS_FULL : err;
}

static enum err
add(struct request *request, int64_t user)
{
	struct wire_ssh_add_reply *reply = &request->reply->u.ssh_add;
	struct store_ssh_key key;
	enum err err = read_key(request, user, &key);

	if (err == ERR_OK)
		err = store_ssh_key_add(request->keeper->store, &key);
	if (err == ERR_STORE_EXISTS)
		err = ERR_SSH_KEY_TAKEN;
	if (err != ERR_OK)
		return err;
	ssh_print_show(key.hash, reply->fingerprint);
	wire_put(reply->name, sizeof reply->name, key.name);
	request->outcome->news = true;
	return ERR_OK;
}

static enum err
drop(struct request *request, int64_t user)
{
	struct store_ssh_key key;
	enum err err = find(request, user, request->message->u.ssh_key.fingerprint, &key);

	if (err == ERR_OK)
		err = store_ssh_key_remove(request->keeper->store, user, key.id);
	if (err != ERR_OK)
		return err;
	describe(request, key.name, key.hash);
	request->outcome->news = true;
	return ERR_OK;
}

/* --- one's own ---------------------------------------------------------------------------------
 */

enum err
op_ssh_list(struct request *request)
{
	return put_keys(request, request->account.id);
}

enum err
op_ssh_add_check(struct request *request)
{
	return check_add(request, request->account.id);
}

enum err
op_ssh_add(struct request *request)
{
	enum err err = add(request, request->account.id);

	return err == ERR_OK ? notice_self(request, AUDIT_SSH_ADD, request->row.detail) : err;
}

enum err
op_ssh_rename(struct request *request)
{
	const struct wire_ssh_rename_request *asked = &request->message->u.ssh_rename;
	char name[TEXT_LABEL_SIZE], detail[2 * TEXT_LABEL_SIZE + 8];
	struct store_ssh_key key;
	enum err err = find(request, request->account.id, asked->fingerprint, &key);

	if (err == ERR_OK)
		err = op_clean_label(asked->name, SSH_KEY_NAME_POINTS, name);
	if (err == ERR_OK)
		err = op_allow_change(request);
	if (err == ERR_OK)
		err = store_ssh_key_rename(request->keeper->store, request->account.id, key.id,
		    name);
	if (err != ERR_OK)
		return err;
	(void)snprintf(detail, sizeof detail, "%s, now %s", key.name, name);
	op_row(request, NULL, detail);
	request->outcome->news = true;
	return ERR_OK;
}

enum err
op_ssh_remove_check(struct request *request)
{
	struct store_ssh_key key;

	return find(request, request->account.id, request->message->u.ssh_key.fingerprint, &key);
}

enum err
op_ssh_remove(struct request *request)
{
	enum err err = drop(request, request->account.id);

	return err == ERR_OK ? notice_self(request, AUDIT_SSH_REMOVE, request->row.detail) : err;
}

/* --- of the people that one manages ----------------------------------------------------------- */

enum err
op_user_ssh_list(struct request *request)
{
	enum err err = op_find_target(request, request->message->u.user_name.name,
	    PERMISSION_USER_SSH_KEYS);

	return err == ERR_OK ? put_keys(request, request->target.id) : err;
}

enum err
op_user_ssh_add_check(struct request *request)
{
	enum err err = op_find_target(request, request->message->u.ssh_add.user,
	    PERMISSION_USER_SSH_KEYS);

	return err == ERR_OK ? check_add(request, request->target.id) : err;
}

enum err
op_user_ssh_add(struct request *request)
{
	enum err err = add(request, request->target.id);

	return err == ERR_OK ? notice_target(request, AUDIT_USER_SSH_ADD, request->row.detail)
			     : err;
}

enum err
op_user_ssh_remove_check(struct request *request)
{
	const struct wire_ssh_key_request *asked = &request->message->u.ssh_key;
	struct store_ssh_key key;
	enum err err = op_find_target(request, asked->user, PERMISSION_USER_SSH_KEYS);

	return err == ERR_OK ? find(request, request->target.id, asked->fingerprint, &key) : err;
}

enum err
op_user_ssh_remove(struct request *request)
{
	enum err err = drop(request, request->target.id);

	return err == ERR_OK ? notice_target(request, AUDIT_USER_SSH_REMOVE, request->row.detail)
			     : err;
}

/* --- in doubt, after "it was not me" --------------------------------------------------------- */

/* As the authenticators that are in doubt, behind them; as many as there is room for. */
enum err
op_wire_doubted_keys(struct request *request, struct wire_device devices[ACCOUNT_DEVICES_MAX],
    uint32_t *io_count)
{
	struct store_ssh_key keys[SSH_KEYS_MAX];
	size_t count = 0;
	enum err err = store_ssh_keys(request->keeper->store, request->account.id, keys, &count);

	for (size_t i = 0; err == ERR_OK && i < count && *io_count < ACCOUNT_DEVICES_MAX; i++) {
		struct wire_device *device = &devices[*io_count];
		char text[SSH_KEY_PRINT_SIZE], name[TEXT_LABEL_SIZE + SSH_KEY_PRINT_SIZE];

		if (!keys[i].doubted)
			continue;
		ssh_print_show(keys[i].hash, text);
		(void)snprintf(name, sizeof name, "%s %s", keys[i].name, text);
		*device = (struct wire_device){ .id = keys[i].id,
			.created = keys[i].added,
			.last_used = keys[i].last_used,
			.doubted = 1,
			.ssh = 1 };
		wire_put(device->name, sizeof device->name, name);
		(*io_count)++;
	}
	return err;
}

/* Only one that is in doubt. */
enum err
op_judge_key_check(struct request *request)
{
	const struct wire_judge_request *asked = &request->message->u.judge;
	struct store_ssh_key keys[SSH_KEYS_MAX];
	size_t count = 0;
	enum err err = store_ssh_keys(request->keeper->store, request->account.id, keys, &count);

	for (size_t i = 0; err == ERR_OK && i < count; i++) {
		if (keys[i].id != asked->id || !keys[i].doubted)
			continue;
		op_row(request, NULL, NULL);
		describe(request, keys[i].name, keys[i].hash);
		request->row.verb = asked->keep ? AUDIT_SSH_KEEP : AUDIT_SSH_REMOVE;
		return ERR_OK;
	}
	return err == ERR_OK ? ERR_STALE : err;
}
