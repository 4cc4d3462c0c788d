/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/say.h"
#include "cli/table.h"
#include "core/policy.h"

/* "90", "30m", "12h", "3d" as a number of seconds; what is none stays text. */
static void
settings_seconds(struct json *json, const char *value)
{
	static const struct {
		char unit;
		int64_t seconds;
	} units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 } };
	char *end;
	int64_t number = strtoimax(value, &end, 10), factor = *end == '\0' ? 1 : 0;

	for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
		if (end[0] == units[i].unit && end[1] == '\0')
			factor = units[i].seconds;
	if (end == value || factor == 0 || number < 0 || number > INT64_MAX / factor)
		json_string(json, value);
	else
		json_number(json, number * factor);
}

/* What stands between commas, without the blanks around it. */
static void
settings_entries(struct json *json, const char *value)
{
	json_open(json, '[');
	for (const char *at = value;; at++) {
		size_t length;

		at += strspn(at, " ");
		length = strcspn(at, ",");
		value = at + length;
		while (length > 0 && at[length - 1] == ' ')
			length--;
		if (length > 0)
			json_bytes(json, at, length);
		at = value;
		if (*at == '\0')
			break;
	}
	json_close(json, ']');
}

static void
settings_json(struct json *json, enum setting_id id, const char *value)
{
	const struct setting *setting = policy_setting(id);

	json_key(json, setting->key);
	switch (setting->type) {
	case SETTING_BOOL:
		json_bool(json, strcmp(value, "yes") == 0);
		return;
	case SETTING_TEXT:
		json_string(json, value);
		return;
	case SETTING_LIST:
		settings_entries(json, value);
		return;
	case SETTING_SECONDS:
		settings_seconds(json, value);
		return;
	}
}

static enum err
settings_ask(struct cli *cli)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_SETTING_LIST);
	return command_ask(cli, &request);
}

static void
settings_json_all(const struct wire_setting_list_reply *list)
{
	struct json json;

	json_start(&json, stdout);
	json_open(&json, '{');
	for (unsigned id = 0; id < SETTING_COUNT; id++)
		settings_json(&json, (enum setting_id)id, list->value[id]);
	json_close(&json, '}');
}

enum err
settings_list_run(struct cli *cli)
{
	const struct wire_setting_list_reply *list = &cli->reply.u.setting_list;
	struct table table;
	enum err err = settings_ask(cli);

	if (err != ERR_OK)
		return err;
	if ((cli->options & OPTION_JSON) != 0) {
		settings_json_all(list);
		return ERR_OK;
	}
	table_open(&table, stdout, 3);
	table_put(&table, _("KEY"));
	table_put(&table, _("VALUE"));
	table_put(&table, _("MEANING"));
	for (unsigned id = 0; id < SETTING_COUNT; id++) {
		table_put(&table, policy_setting((enum setting_id)id)->key);
		table_put(&table, list->value[id]);
		table_put(&table, _(policy_setting((enum setting_id)id)->label));
	}
	err = table_flush(&table);
	table_close(&table);
	return err;
}

enum err
settings_get_run(struct cli *cli)
{
	enum setting_id id;
	char shown[POLICY_VALUE_SIZE];
	struct json json;
	const char *value;
	enum err err = policy_find(cli->operand[0], &id);

	if (err == ERR_OK)
		err = settings_ask(cli);
	if (err != ERR_OK)
		return err;
	value = cli->reply.u.setting_list.value[id];
	if ((cli->options & OPTION_JSON) == 0) {
		(void)text_show(value, strlen(value), shown, sizeof shown);
		(void)puts(shown);
		return ERR_OK;
	}
	json_start(&json, stdout);
	json_open(&json, '{');
	settings_json(&json, id, value);
	json_close(&json, '}');
	return ERR_OK;
}

enum err
settings_set_run(struct cli *cli)
{
	struct wire_request request;
	struct policy policy;
	enum setting_id id;
	enum err err = policy_find(cli->operand[0], &id);

	if (err != ERR_OK)
		return err;
	policy_default(&policy);
	err = policy_set(&policy, id, cli->operand[1]);
	if (err != ERR_OK)
		return err;
	/* Normalised here too, since what was typed may be longer than a message holds. */
	wire_request_init(&request, WIRE_SETTING_SET);
	request.u.setting_set.id = id;
	policy_get(&policy, id, request.u.setting_set.value);
	return command_ask(cli, &request);
}
