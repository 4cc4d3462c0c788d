/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A person's authenticators: one more, another in the place of one, another name, one fewer. Adding
 * and replacing show a key here; the code that makes it one is taken by op_activate(), which looks
 * up what the key is for, and takes nobody's word for it.
 */
#include <stdio.h>
#include <string.h>

#include "core/secret.h"
#include "keeper/effects.h"
#include "keeper/notices.h"
#include "keeper/op/ops.h"
#include "store/store_ssh_key.h"
#include "store/store_user.h"

/* --- what there is --------------------------------------------------------------------- */

enum err
op_wire_devices(struct request *request, int64_t user,
    struct wire_device ret_devices[ACCOUNT_DEVICES_MAX], uint32_t *ret_count)
{
	struct store_device devices[ACCOUNT_DEVICES_MAX];
	size_t count = 0;
	enum err err = store_devices(request->keeper->store, user, devices, &count);

	for (size_t i = 0; err == ERR_OK && i < count; i++) {
		ret_devices[i].id = devices[i].id;
		ret_devices[i].created = devices[i].created;
		ret_devices[i].last_used = devices[i].last_used;
		ret_devices[i].doubted = devices[i].doubted;
		wire_put(ret_devices[i].name, sizeof ret_devices[i].name, devices[i].name);
	}
	secret_wipe(devices, sizeof devices);
	if (err == ERR_OK)
		*ret_count = (uint32_t)count;
	return err;
}

/* The asker's own of that id; another person's is none. ERR_STALE: it has gone. */
static enum err
find(struct request *request, int64_t id, struct wire_device *ret_device)
{
	struct wire_device devices[ACCOUNT_DEVICES_MAX];
	uint32_t count = 0;
	enum err err = op_wire_devices(request, request->account.id, devices, &count);

	for (uint32_t i = 0; err == ERR_OK && i < count; i++)
		if (devices[i].id == id) {
			*ret_device = devices[i];
			return ERR_OK;
		}
	return err == ERR_OK ? ERR_STALE : err;
}

int64_t
op_replace_until(const struct request *request)
{
	int64_t left = request->state->replace_until - request->boot;

	return left > 0 ? request->now + left : 0;
}

/* --- names ------------------------------------------------------------------------------- */

/* Whether one of them but `except` is called so. */
static bool
is_taken(const struct wire_device *devices, uint32_t count, const char *name, int64_t except)
{
	for (uint32_t i = 0; i < count; i++)
		if (devices[i].id != except && text_label_same(devices[i].name, name))
			return true;
	return false;
}

/* "Authenticator 2": the first number that is free. Of five names one of six is. */
static void
name_next(const struct wire_device *devices, uint32_t count, char ret_name[TEXT_LABEL_SIZE])
{
	snprintf(ret_name, TEXT_LABEL_SIZE, "%s", ACCOUNT_DEVICE_NAME);
	for (unsigned n = 2; is_taken(devices, count, ret_name, 0); n++)
		snprintf(ret_name, TEXT_LABEL_SIZE, "%s %u", ACCOUNT_DEVICE_NAME, n);
}

/* Those that are in doubt move to the front; how many. */
static uint32_t
doubted_first(struct wire_device *devices, uint32_t count)
{
	uint32_t doubted = 0;

	for (uint32_t i = 0; i < count; i++)
		if (devices[i].doubted)
			devices[doubted++] = devices[i];
	return doubted;
}

/* The others go. */
enum err
op_name_anew(struct request *request, char ret_name[TEXT_LABEL_SIZE])
{
	struct wire_device devices[ACCOUNT_DEVICES_MAX];
	uint32_t count = 0;
	enum err err = op_wire_devices(request, request->account.id, devices, &count);

	if (err == ERR_OK &&
	    !is_taken(devices, doubted_first(devices, count), ACCOUNT_DEVICE_NAME, 0))
		snprintf(ret_name, TEXT_LABEL_SIZE, "%s", ACCOUNT_DEVICE_NAME);
	else if (err == ERR_OK)
		name_next(devices, doubted_first(devices, count), ret_name);
	return err;
}

/* The name that one gets; typed "": one that nobody chose. except: its own id, or 0. */
static enum err
choose(struct request *request, const char *typed, int64_t except, char ret_name[TEXT_LABEL_SIZE])
{
	struct wire_device devices[ACCOUNT_DEVICES_MAX];
	uint32_t count = 0;
	enum err err = op_wire_devices(request, request->account.id, devices, &count);

	if (err == ERR_OK && typed[0] == '\0' && except == 0)
		name_next(devices, count, ret_name);
	else if (err == ERR_OK)
		err = op_clean_label(typed, ACCOUNT_DEVICE_POINTS, ret_name);
	if (err == ERR_OK && is_taken(devices, count, ret_name, except))
		err = ERR_DEVICE_TAKEN;
	return err;
}

/* --- one more, or another in its place ------------------------------------------------------ */

enum err
op_device_add_check(struct request *request)
{
	char name[TEXT_LABEL_SIZE];

	if (request->account.devices == 0)
		return ERR_NOT_CONFIGURED;
	if (request->account.devices >= ACCOUNT_DEVICES_MAX)
		return ERR_DEVICES_FULL;
	return choose(request, request->message->u.device_add.name, 0, name);
}

enum err
op_device_add(struct request *request)
{
	struct store_pending wanted = { .purpose = STORE_FOR_ANOTHER };
	enum err err = choose(request, request->message->u.device_add.name, 0, wanted.name);

	return err == ERR_OK ? op_show_key(request, &wanted) : err;
}

enum err
op_device_replace_check(struct request *request)
{
	struct wire_device device;

	return find(request, request->message->u.device.id, &device);
}

enum err
op_device_replace(struct request *request)
{
	struct store_pending wanted = { .purpose = STORE_FOR_REPLACING };
	struct wire_device device;
	enum err err = find(request, request->message->u.device.id, &device);

	if (err != ERR_OK)
		return err;
	wanted.device = device.id;
	wire_put(wanted.name, sizeof wanted.name, device.name);
	return op_show_key(request, &wanted);
}

/* --- another name ---------------------------------------------------------------------------- */

enum err
op_device_rename(struct request *request)
{
	const struct wire_device_rename_request *asked = &request->message->u.device_rename;
	char name[TEXT_LABEL_SIZE], detail[TEXT_REASON_SIZE + TEXT_LABEL_SIZE];
	struct wire_device device;
	enum err err = find(request, asked->id, &device);

	if (err == ERR_OK)
		err = choose(request, asked->name, asked->id, name);
	if (err == ERR_OK)
		err = op_allow_change(request);
	if (err == ERR_OK)
		err = store_device_rename(request->keeper->store, request->account.id, asked->id,
		    name);
	if (err != ERR_OK)
		return err;
	snprintf(detail, sizeof detail, "%s, now %s", device.name, name);
	op_row(request, NULL, detail);
	request->outcome->news = true;
	return ERR_OK;
}

/* --- one fewer ---------------------------------------------------------------------------------
 */

/* Removing the last one is deactivating, and allowed where that is. */
enum err
op_device_remove_check(struct request *request)
{
	struct wire_device device;
	enum err err = find(request, request->message->u.device.id, &device);

	return err == ERR_OK && request->account.devices <= 1 ? op_deactivate_check(request) : err;
}

/* The person's other sessions may have begun with it: they end. A key that was shown to take its
 * place goes with it. */
enum err
op_device_remove(struct request *request)
{
	struct store *store = request->keeper->store;
	int64_t user = request->account.id, id = request->message->u.device.id;
	struct wire_device device;
	enum err err = find(request, id, &device);

	if (err != ERR_OK)
		return err;
	op_row(request, NULL, device.name);
	if (request->account.devices <= 1) {
		request->row.verb = AUDIT_DEACTIVATE;
		return op_deactivate(request);
	}
	err = store_device_remove(store, user, id);
	if (err == ERR_OK)
		err = store_pending_remove(store, user);
	request->outcome->news = true;
	if (err == ERR_OK)
		err = effects_end_sessions(request, user);
	return err == ERR_OK ? notice_self(request, AUDIT_DEVICE_REMOVE, device.name) : err;
}

/* --- in doubt, after "it was not me" -----------------------------------------------------------
 */

/* None is left: another line of theirs was faster, and the door opens. */
enum err
op_doubted(struct request *request)
{
	struct wire_devices_reply *reply = &request->reply->u.devices;
	enum err err = op_wire_devices(request, request->account.id, reply->device, &reply->count);

	if (err != ERR_OK)
		return err;
	reply->count = doubted_first(reply->device, reply->count);
	err = op_wire_doubted_keys(request, reply->device, &reply->count);
	if (err != ERR_OK)
		return err;
	memset(&reply->device[reply->count], 0,
	    (ACCOUNT_DEVICES_MAX - reply->count) * sizeof *reply->device);
	if (reply->count == 0)
		request->event = SIGNIN_JUDGED;
	return ERR_OK;
}

/* Only one that is in doubt. */
enum err
op_judge_check(struct request *request)
{
	struct wire_device device;
	enum err err;

	request->event = SIGNIN_REFUSED;
	if (request->message->u.judge.ssh)
		return op_judge_key_check(request);
	err = find(request, request->message->u.judge.id, &device);
	if (err != ERR_OK)
		return err;
	if (!device.doubted)
		return ERR_STALE;
	op_row(request, NULL, device.name);
	request->row.verb = request->message->u.judge.keep ? AUDIT_DEVICE_KEEP
							   : AUDIT_DEVICE_REMOVE;
	return ERR_OK;
}

/* By whether it is an SSH key, and whether it is kept. */
static enum err (*const judged[2][2])(struct store *store, int64_t user, int64_t id) = {
	{ store_device_remove, store_device_keep },
	{ store_ssh_key_remove, store_ssh_key_keep },
};

/* No session began with it since it came to be in doubt, and none before is left. */
enum err
op_judge(struct request *request)
{
	const struct wire_judge_request *asked = &request->message->u.judge;
	struct store *store = request->keeper->store;
	int64_t user = request->account.id;
	enum err err = judged[asked->ssh][asked->keep](store, user, asked->id);

	if (err == ERR_OK)
		err = notice_self(request, request->row.verb, request->row.detail);
	request->event = err == ERR_OK ? SIGNIN_JUDGED : SIGNIN_REFUSED;
	return err;
}

/* --- for whoever manages people -------------------------------------------------------------- */

/* Who may take them away may see them. */
enum err
op_device_list(struct request *request)
{
	struct wire_devices_reply *reply = &request->reply->u.devices;
	enum err err = op_find_target(request, request->message->u.user_name.name,
	    PERMISSION_USER_RESET);

	if (err == ERR_OK)
		err = op_wire_devices(request, request->target.id, reply->device, &reply->count);
	return err;
}
