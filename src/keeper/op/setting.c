/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "keeper/code.h"
#include "keeper/notices.h"
#include "keeper/op/ops.h"
#include "keeper/trail.h"
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
	char before[POLICY_VALUE_SIZE], detail[2 * POLICY_VALUE_SIZE + 8], who[TEXT_NAME_SIZE];
	enum err err;

	policy_get(&request->policy, id, before);
	err = policy_set(&request->policy, id, typed);
	if (err != ERR_OK)
		return err;
	policy_get(&request->policy, id, value);
	snprintf(detail, sizeof detail, "%s -> %s", before, value);
	op_row(request, key, detail);
	trail_asker(request, who);
	err = store_setting_put(request->keeper->store, id, value, who);
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

static enum err
name_authors(const struct request *request, struct wire_settings_view_reply *reply)
{
	char by[SETTING_COUNT][TEXT_NAME_SIZE];
	enum err err = store_setting_by(request->keeper->store, by);

	for (int id = 0; err == ERR_OK && id < SETTING_COUNT; id++)
		wire_put(reply->by[id], sizeof reply->by[id], by[id]);
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
	if (err == ERR_OK)
		err = name_authors(request, reply);
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
still_true(struct request *request, enum setting_id id, const char *seen)
{
	const struct wire_setting_change_request *asked = &request->message->u.setting_change;
	struct store_counts counts;
	char value[POLICY_VALUE_SIZE];
	enum err err = ERR_OK;

	policy_get(&request->policy, id, value);
	if (strcmp(value, seen) != 0)
		return ERR_STALE;
	if (id == SETTING_REQUIRE_2FA)
		err = store_counts(request->keeper->store, request->now, &counts);
	if (err == ERR_OK && id == SETTING_REQUIRE_2FA &&
	    (counts.people != asked->people || counts.with_2fa != asked->with_2fa))
		err = ERR_STALE;
	return err;
}

/* Each setting once, and those that are decided alone alone. */
static enum err
may_stand(const struct wire_setting_change_request *asked, uint32_t place)
{
	enum setting_id id = (enum setting_id)asked->edit[place].id;

	if (policy_alone(id) && asked->count > 1)
		return ERR_SETTING_ALONE;
	for (uint32_t i = 0; i < place; i++)
		if (asked->edit[i].id == asked->edit[place].id)
			return ERR_SETTING_TWICE;
	return ERR_OK;
}

static enum err
check_edit(struct request *request, uint32_t place, struct policy *trial)
{
	const struct wire_setting_change_request *asked = &request->message->u.setting_change;
	const struct wire_edit *edit = &asked->edit[place];
	enum setting_id id = (enum setting_id)edit->id;
	enum err err;

	op_row(request, policy_setting(id)->key, edit->value);
	/* Who makes it mandatory must not be the first to be locked out. */
	if ((id == SETTING_REQUIRE_2FA || id == SETTING_REQUIRE_2FA_ROLES) &&
	    request->account.devices == 0)
		return ERR_NOT_CONFIGURED;
	/* Likewise of who requires tickets; on the host it is always possible. */
	if (id == SETTING_REQUIRE_TICKET && !request->state->vouched)
		return ERR_TICKET_SETTING;
	err = may_stand(asked, place);
	if (err == ERR_OK)
		err = still_true(request, id, edit->seen);
	return err == ERR_OK ? policy_set(trial, id, edit->value) : err;
}

enum err
op_setting_change_check(struct request *request)
{
	const struct wire_setting_change_request *asked = &request->message->u.setting_change;
	struct policy trial = request->policy;
	enum err err = asked->count > 0 ? ERR_OK : ERR_STATE;

	for (uint32_t i = 0; err == ERR_OK && i < asked->count; i++) {
		err = check_edit(request, i, &trial);
		if (err != ERR_OK)
			request->reply->wait = i + 1;
	}
	return err;
}

/* Each has a row of its own; the last one's is the request's. */
enum err
op_setting_change(struct request *request)
{
	const struct wire_setting_change_request *asked = &request->message->u.setting_change;
	char value[POLICY_VALUE_SIZE];
	enum err err = ERR_OK;

	for (uint32_t i = 0; err == ERR_OK && i < asked->count; i++) {
		const struct wire_edit *edit = &asked->edit[i];

		err = change(request, (enum setting_id)edit->id, edit->value, value);
		if (err == ERR_OK && i + 1 < asked->count)
			err = trail_request(request, ERR_OK);
	}
	return err == ERR_OK ? op_settings_view(request) : err;
}
