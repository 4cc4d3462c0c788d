/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/say.h"
#include "cli/table.h"

enum { AUDIT_COLUMNS = 8 };

static void
audit_json(struct json *json, const struct wire_audit_row *row)
{
	const struct {
		const char *key, *text;
	} texts[] = { { "who", row->who }, { "source", row->source }, { "terminal", row->terminal },
		{ "action", row->action }, { "target", row->target }, { "result", row->result },
		{ "detail", row->detail } };

	json_open(json, '{');
	json_key(json, "id");
	json_number(json, row->id);
	json_key(json, "time");
	json_number(json, row->time);
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		json_key(json, texts[i].key);
		json_string(json, texts[i].text);
	}
	json_key(json, "peer_uid");
	json_number(json, row->peer_uid);
	json_close(json, '}');
}

static void
audit_titles(struct table *table)
{
	table_put(table, _("ID"));
	table_put(table, _("TIME"));
	table_put(table, _("WHO"));
	table_put(table, _("SOURCE"));
	table_put(table, _("ACTION"));
	table_put(table, _("TARGET"));
	table_put(table, _("RESULT"));
	table_put(table, _("DETAIL"));
}

static void
audit_row(struct table *table, const struct wire_audit_row *row)
{
	table_put_number(table, row->id);
	table_put_time(table, row->time, "");
	table_put(table, row->who);
	table_put(table, row->source);
	table_put(table, row->action);
	table_put(table, row->target);
	table_put(table, row->result);
	table_put(table, row->detail);
}

/* The rows after that id. A page that claims more must advance, or it would loop forever. */
static enum err
audit_page(struct cli *cli, int64_t after)
{
	const struct wire_audit_page_reply *page = &cli->reply.u.audit_page;
	struct wire_request request;
	enum err err;

	wire_request_init(&request, WIRE_AUDIT_LIST);
	request.u.audit_page.after = after;
	err = command_ask(cli, &request);
	if (err == ERR_OK && page->more &&
	    (page->count == 0 || page->row[page->count - 1].id <= after))
		return ERR_PROTOCOL;
	return err;
}

/* Page by page: memory does not grow with the trail. */
enum err
audit_list_run(struct cli *cli)
{
	const struct wire_audit_page_reply *page = &cli->reply.u.audit_page;
	bool as_json = (cli->options & OPTION_JSON) != 0;
	int64_t after = 0;
	struct table table;
	struct json json;
	enum err err;

	json_start(&json, stdout);
	table_open(&table, stdout, AUDIT_COLUMNS);
	if (as_json)
		json_open(&json, '[');
	else
		audit_titles(&table);
	do {
		err = audit_page(cli, after);
		for (uint32_t i = 0; err == ERR_OK && i < page->count; i++) {
			after = page->row[i].id;
			if (as_json)
				audit_json(&json, &page->row[i]);
			else
				audit_row(&table, &page->row[i]);
		}
		if (err == ERR_OK)
			err = table_flush(&table);
	} while (err == ERR_OK && page->more);
	if (err == ERR_OK && as_json)
		json_close(&json, ']');
	table_close(&table);
	return err;
}
