/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "keeper/code.h"
#include "keeper/notices.h"
#include "keeper/op/ops.h"
#include "store/store_user.h"

enum err
op_setting_list(struct request *request)
{
	struct wire_setting_list_reply *reply = &request->reply->u.setting_list;

	for (int id = 0; id < SETTING_COUNT; id++)
		policy_get(&request->policy, (enum setting_id)id, reply->value[id]);
	return ERR_OK;
}

/* Checks, stores, records and tells one setting; value: room for the normal form. */
static enum err
change(struct request *request, enum setting_id id, const char *typed,
    char value[POLICY_VALUE_SIZE])
{
	const char *key = policy_setting(id)->key;
	char before[POLICY_VALUE_SIZE], detail[2 * POLICY_VALUE_SIZE + 8];
	enum err err;

	policy_get(&request->policy, id, before);
	err = policy_set(&request->policy, id, typed);
	if (err != ERR_OK)
		return err;
	policy_get(&request->policy, id, value);
	snprintf(detail, sizeof detail, "%s -> %s", before, value);
	op_row(request, key, detail);
	err = store_setting_put(request->keeper->store, id, value);
	request->outcome->news = true;
	return err == ERR_OK ? notice_host(request, AUDIT_SETTING, key, value) : err;
}

enum err
op_setting_set(struct request *request)
{
	const struct wire_setting_set_request *asked = &request->message->u.setting_set;
	enum setting_id id = (enum setting_id)asked->id;

	op_row(request, policy_setting(id)->key, asked->value);
	return change(request, id, asked->value, request->reply->u.setting_set.value);
}

/* --- by a Super Administrator at the screen -------------------------------- */

/* The first of those whom the switch concerns: so that it is not decided on numbers alone. */
static enum err
name_without(struct request *request, struct wire_settings_view_reply *reply)
{
	const struct store_people wanted = { .order = PEOPLE_BY_NAME,
		.without_2fa = true,
		.roles = (1u << ROLE_COUNT) - 1,
		.begins = "",
		.now = request->now };
	struct account accounts[WIRE_WITHOUT];
	size_t count = WIRE_WITHOUT;
	enum err err = store_user_page(request->keeper->store, &wanted, accounts, &count);

	for (size_t i = 0; err == ERR_OK && i < count; i++)
		wire_put(reply->without[i], sizeof reply->without[i], accounts[i].name);
	return err;
}

enum err
op_settings_view(struct request *request)
{
	struct wire_settings_view_reply *reply = &request->reply->u.settings_view;
	struct store_counts counts;
	enum err err = store_counts(request->keeper->store, request->now, &counts);

	if (err == ERR_OK)
		err = code_next(request, request->account.id, &reply->next_code);
	if (err == ERR_OK)
		err = name_without(request, reply);
	if (err != ERR_OK)
		return err;
	reply->people = (uint32_t)counts.people;
	reply->with_2fa = (uint32_t)counts.with_2fa;
	reply->mine = request->account.devices > 0;
	for (int id = 0; id < SETTING_COUNT; id++)
		policy_get(&request->policy, (enum setting_id)id, reply->value[id]);
	return ERR_OK;
}

/* What was decided on must still be true: two at once see each other's change before they confirm
 * theirs. */
static enum err
still_true(struct request *request, enum setting_id id, const struct wire_seen *seen)
{
	struct store_counts counts;
	char value[POLICY_VALUE_SIZE];
	enum err err = store_counts(request->keeper->store, request->now, &counts);

	if (err != ERR_OK)
		return err;
	policy_get(&request->policy, id, value);
	if (strcmp(value, seen->value) != 0)
		return ERR_STALE;
	if (id == SETTING_REQUIRE_2FA &&
	    (counts.people != seen->people || counts.with_2fa != seen->with_2fa))
		return ERR_STALE;
	return ERR_OK;
}

enum err
op_setting_change_check(struct request *request)
{
	const struct wire_setting_change_request *asked = &request->message->u.setting_change;
	enum setting_id id = (enum setting_id)asked->id;
	struct policy trial = request->policy;
	enum err err;

	op_row(request, policy_setting(id)->key, asked->value);
	/* Who makes it mandatory must not be the first to be locked out. */
	if (id == SETTING_REQUIRE_2FA && request->account.devices == 0)
		return ERR_NOT_CONFIGURED;
	err = still_true(request, id, &asked->seen);
	return err == ERR_OK ? policy_set(&trial, id, asked->value) : err;
}

enum err
op_setting_change(struct request *request)
{
	const struct wire_setting_change_request *asked = &request->message->u.setting_change;
	char value[POLICY_VALUE_SIZE];
	enum err err = change(request, (enum setting_id)asked->id, asked->value, value);

	return err == ERR_OK ? op_settings_view(request) : err;
}
