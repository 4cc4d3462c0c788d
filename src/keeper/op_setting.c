/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "keeper/ops.h"

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

enum err
op_setting_set(struct turn *turn)
{
	const struct wire_setting_set_request *asked = &turn->request->u.setting_set;
	enum setting_id id = (enum setting_id)asked->id;
	char before[POLICY_VALUE_SIZE], detail[2 * POLICY_VALUE_SIZE + 8];
	const char *key;
	char *value = turn->reply->u.setting_set.value;
	enum err err;

	if (asked->id >= SETTING_COUNT)
		return ERR_SETTING_UNKNOWN;
	key = policy_setting(id)->key;
	op_row(turn, "setting", key, asked->value);
	policy_get(&turn->policy, id, before);
	err = policy_set(&turn->policy, id, asked->value);
	if (err != ERR_OK)
		return err;
	policy_get(&turn->policy, id, value);
	snprintf(detail, sizeof detail, "%s -> %s", before, value);
	op_row(turn, "setting", key, detail);
	err = store_setting_put(turn->keeper->store, id, value);
	return err == ERR_OK ? notify(turn, key, value) : err;
}
