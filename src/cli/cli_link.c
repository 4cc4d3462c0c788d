/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which person a UNIX account is, for the PAM module. */
#include <pwd.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/say.h"
#include "cli/table.h"
#include "core/words.h"

/* It may be there later, or on another host: so that is a hint and no refusal. */
static void
warn_of_missing(const char *account)
{
	if (getpwnam(account) == NULL)
		say_sentence(
		    N_("There is no such UNIX account on this host yet. The link stands all "
		       "the same."));
}

static enum err
ask(struct cli *cli, enum wire_op op, const char *name, const char *account)
{
	struct wire_request request;

	if (strlen(account) >= sizeof request.u.link.link.unix_name)
		return ERR_LINK_NAME;
	wire_request_init(&request, op);
	wire_put(request.u.link.link.unix_name, TEXT_NAME_SIZE, account);
	wire_put(request.u.link.link.name, TEXT_NAME_SIZE, name);
	return command_ask(cli, &request);
}

enum err
user_link_run(struct cli *cli)
{
	char name[TEXT_NAME_SIZE];
	enum err err = command_name(cli->operand[0], name);

	if (err == ERR_OK)
		err = ask(cli, WIRE_LINK_ADD, name, cli->operand[1]);
	if (err == ERR_OK)
		warn_of_missing(cli->operand[1]);
	return err;
}

enum err
user_unlink_run(struct cli *cli)
{
	return ask(cli, WIRE_LINK_REMOVE, "", cli->operand[0]);
}

/* --- listing -------------------------------------------------------------------------- */

struct listing {
	bool as_json;
	struct table table;
	struct json json;
};

static void
open_list(struct listing *listing)
{
	if (listing->as_json) {
		json_start(&listing->json, stdout);
		json_open(&listing->json, '[');
		return;
	}
	table_open(&listing->table, stdout, 2);
	table_put(&listing->table, _("UNIX ACCOUNT"));
	table_put(&listing->table, _("NAME"));
}

static void
list_one(struct listing *listing, const struct wire_link *link)
{
	if (!listing->as_json) {
		table_put(&listing->table, link->unix_name);
		table_put(&listing->table, link->name);
		return;
	}
	json_open(&listing->json, '{');
	json_key(&listing->json, "unix");
	json_string(&listing->json, link->unix_name);
	json_key(&listing->json, "name");
	json_string(&listing->json, link->name);
	json_close(&listing->json, '}');
}

static enum err
close_list(struct listing *listing, enum err err)
{
	if (listing->as_json) {
		json_close(&listing->json, ']');
		return err;
	}
	if (err == ERR_OK)
		err = table_flush(&listing->table);
	table_close(&listing->table);
	return err;
}

enum err
user_links_run(struct cli *cli)
{
	const struct wire_link_page_reply *page = &cli->reply.u.link_page;
	struct listing listing = { .as_json = (cli->options & OPTION_JSON) != 0 };
	struct wire_request request;
	enum err err;

	open_list(&listing);
	wire_request_init(&request, WIRE_LINK_LIST);
	do {
		err = command_ask(cli, &request);
		for (uint32_t i = 0; err == ERR_OK && i < page->count; i++) {
			list_one(&listing, &page->link[i]);
			wire_put(request.u.link_page.after, TEXT_NAME_SIZE,
			    page->link[i].unix_name);
		}
	} while (err == ERR_OK && page->more);
	return close_list(&listing, err);
}
