/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which person a UNIX account is, for the PAM module. */
#include <pwd.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/listing.h"
#include "cli/say.h"
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

static const char *const titles[] = { N_("UNIX ACCOUNT"), N_("NAME") };

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

enum err
user_links_run(struct cli *cli)
{
	const struct wire_link_page_reply *page = &cli->reply.u.link_page;
	struct listing listing;
	struct wire_request request;
	enum err err;

	listing_open(&listing, (cli->options & OPTION_JSON) != 0, titles,
	    sizeof titles / sizeof *titles);
	wire_request_init(&request, WIRE_LINK_LIST);
	do {
		err = command_ask(cli, &request);
		for (uint32_t i = 0; err == ERR_OK && i < page->count; i++) {
			list_one(&listing, &page->link[i]);
			wire_put(request.u.link_page.after, TEXT_NAME_SIZE,
			    page->link[i].unix_name);
		}
	} while (err == ERR_OK && page->more);
	return listing_close(&listing, err);
}
