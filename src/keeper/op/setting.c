/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "keeper/op/ops.h"

enum err
op_setting_list(struct turn *turn)
{
	struct wire_setting_list_reply *reply = &turn->reply->u.setting_list;

	for (int id = 0; id < SETTING_COUNT; id++)
		policy_get(&turn->policy, (enum setting_id)id, reply->value[id]);
	return ERR_OK;
}

/* A change made by the host is told to every Super Administrator at home. */
static enum err
notify(struct turn *turn, const char *key, const char *value)
{
	struct store_notice notice = { .time = turn->now, .role = ROLE_SUPER_ADMINISTRATOR };

	if (!turn->actor.host)
		return ERR_OK;
	wire_put(notice.action, sizeof notice.action, key);
	wire_put(notice.detail, sizeof notice.detail, value);
	return store_notice_add(turn->keeper->store, &notice, &notice.id);
}

/* Checks, stores, records and tells one setting; value: room for the normal form. */
static enum err
change(struct turn *turn, enum setting_id id, const char *typed, char value[POLICY_VALUE_SIZE])
{
	const char *key = policy_setting(id)->key;
	char before[POLICY_VALUE_SIZE], detail[2 * POLICY_VALUE_SIZE + 8];
	enum err err;

	policy_get(&turn->policy, id, before);
	err = policy_set(&turn->policy, id, typed);
	if (err != ERR_OK)
		return err;
	policy_get(&turn->policy, id, value);
	snprintf(detail, sizeof detail, "%s -> %s", before, value);
	op_row(turn, "setting", key, detail);
	err = store_setting_put(turn->keeper->store, id, value);
	op_news(turn);
	return err == ERR_OK ? notify(turn, key, value) : err;
}

enum err
op_setting_set(struct turn *turn)
{
	const struct wire_setting_set_request *asked = &turn->request->u.setting_set;
	enum setting_id id = (enum setting_id)asked->id;

	op_row(turn, "setting", policy_setting(id)->key, asked->value);
	return change(turn, id, asked->value, turn->reply->u.setting_set.value);
}

/* --- by a Super Administrator at the screen -------------------------------- */

enum err
op_settings_view(struct turn *turn)
{
	struct wire_settings_view_reply *reply = &turn->reply->u.settings_view;
	struct store_counts counts;
	enum err err = store_counts(turn->keeper->store, turn->now, &counts);

	if (err == ERR_OK)
		err = op_next_code(turn, turn->account.id, &reply->next_code);
	if (err != ERR_OK)
		return err;
	reply->people = (uint32_t)counts.people;
	reply->with_2fa = (uint32_t)counts.with_2fa;
	reply->mine = turn->account.devices > 0;
	for (int id = 0; id < SETTING_COUNT; id++)
		policy_get(&turn->policy, (enum setting_id)id, reply->value[id]);
	return ERR_OK;
}

/* What was decided on must still be true: two at once see each other's change before they confirm
 * theirs. */
static enum err
still_true(struct turn *turn, enum setting_id id, const struct wire_seen *seen)
{
	struct store_counts counts;
	char value[POLICY_VALUE_SIZE];
	enum err err = store_counts(turn->keeper->store, turn->now, &counts);

	if (err != ERR_OK)
		return err;
	policy_get(&turn->policy, id, value);
	if (strcmp(value, seen->value) != 0)
		return ERR_STALE;
	if (id == SETTING_REQUIRE_2FA &&
	    (counts.people != seen->people || counts.with_2fa != seen->with_2fa))
		return ERR_STALE;
	return ERR_OK;
}

enum err
op_setting_change(struct turn *turn)
{
	const struct wire_setting_change_request *asked = &turn->request->u.setting_change;
	enum setting_id id = (enum setting_id)asked->id;
	struct policy trial = turn->policy;
	char value[POLICY_VALUE_SIZE];
	enum err err;

	op_row(turn, "setting", policy_setting(id)->key, asked->value);
	if (id == SETTING_REQUIRE_2FA && turn->account.devices == 0)
		return ERR_NOT_CONFIGURED; /* who makes it mandatory must not be the first to be
					      locked out */
	err = still_true(turn, id, &asked->seen);
	if (err == ERR_OK)
		err = policy_set(&trial, id, asked->value);
	if (err == ERR_OK)
		err = op_prove(turn, &asked->proof);
	if (err != ERR_OK || turn->deferred)
		return err;
	err = change(turn, id, asked->value, value);
	return err == ERR_OK ? op_settings_view(turn) : err;
}
