/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's authenticators. */
#include <stdio.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/say.h"
#include "cli/table.h"

enum { DEVICE_COLUMNS = 3 };

static void
device_json(const struct wire_devices_reply *reply)
{
	struct json json;

	json_start(&json, stdout);
	json_open(&json, '[');
	for (uint32_t i = 0; i < reply->count; i++) {
		json_open(&json, '{');
		json_key(&json, "name");
		json_string(&json, reply->device[i].name);
		json_key(&json, "created");
		json_time(&json, reply->device[i].created);
		json_key(&json, "last_used");
		json_time(&json, reply->device[i].last_used);
		json_close(&json, '}');
	}
	json_close(&json, ']');
}

static enum err
device_table(const struct wire_devices_reply *reply)
{
	struct table table;
	enum err err;

	table_open(&table, stdout, DEVICE_COLUMNS);
	table_put(&table, _("NAME"));
	table_put(&table, _("SINCE"));
	table_put(&table, _("LAST USED"));
	for (uint32_t i = 0; i < reply->count; i++) {
		table_put(&table, reply->device[i].name);
		table_put_time(&table, reply->device[i].created, _("never"));
		table_put_time(&table, reply->device[i].last_used, _("never"));
	}
	err = table_flush(&table);
	table_close(&table);
	return err;
}

enum err
user_device_list_run(struct cli *cli)
{
	struct wire_request request;
	enum err err;

	wire_request_init(&request, WIRE_DEVICE_LIST);
	err = command_ask_name(cli, &request, request.u.user_name.name);
	if (err != ERR_OK)
		return err;
	if ((cli->options & OPTION_JSON) == 0)
		return device_table(&cli->reply.u.devices);
	device_json(&cli->reply.u.devices);
	return ERR_OK;
}
