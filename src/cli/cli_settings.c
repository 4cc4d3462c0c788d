/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/say.h"
#include "cli/table.h"
#include "core/policy.h"

/* A duration as a number of seconds; text that is not a duration stays text. */
static void
settings_seconds(struct json *json, const char *value)
{
	int64_t seconds;

	if (policy_seconds(value, &seconds))
		json_number(json, seconds);
	else
		json_string(json, value);
}

static void
settings_entries(struct json *json, const char *value)
{
	const char *entry;
	size_t length;

	json_open(json, '[');
	while ((entry = policy_entry(&value, &length)) != NULL)
		if (length > 0)
			json_bytes(json, entry, length);
	json_close(json, ']');
}

static void
settings_value(struct json *json, enum setting_id id, const char *value)
{
	switch (policy_setting(id)->type) {
	case SETTING_BOOL:
		json_bool(json, policy_is_yes(value));
		return;
	case SETTING_TEXT:
		json_string(json, value);
		return;
	case SETTING_LIST:
	case SETTING_ROLES:
		settings_entries(json, value);
		return;
	case SETTING_SECONDS:
	case SETTING_NUMBER:
	case SETTING_KEEP:
	case SETTING_SPAN:
		settings_seconds(json, value);
		return;
	}
}

/* All that the table says of it. */
static void
settings_json(struct json *json, enum setting_id id, const char *value)
{
	const struct setting *setting = policy_setting(id);

	json_open(json, '{');
	json_key(json, "key");
	json_string(json, setting->key);
	json_key(json, "value");
	settings_value(json, id, value);
	json_key(json, "meaning");
	json_string(json, _(setting->label));
	json_close(json, '}');
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
	json_open(&json, '[');
	for (unsigned id = 0; id < SETTING_COUNT; id++)
		settings_json(&json, (enum setting_id)id, list->value[id]);
	json_close(&json, ']');
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
	settings_json(&json, id, value);
	return ERR_OK;
}

/* For a value that is not allowed: which are. */
static void
settings_refuse(struct cli *cli, enum setting_id id)
{
	char sentence[POLICY_REFUSAL_SIZE];

	policy_refusal_fill(_(policy_refusal(id)), id, sentence);
	say_text(sentence);
	cli->said = true;
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
	if (err == ERR_SETTING_VALUE)
		settings_refuse(cli, id);
	if (err != ERR_OK)
		return err;
	/* Normalised here too: the typed text may be longer than the message's field. */
	wire_request_init(&request, WIRE_SETTING_SET);
	request.u.setting_set.id = id;
	policy_get(&policy, id, request.u.setting_set.value);
	return command_ask(cli, &request);
}
