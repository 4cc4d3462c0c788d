/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hosts that share one set of people. */
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/ask.h"
#include "cli/command.h"
#include "cli/listing.h"
#include "cli/keeper_task.h"
#include "cli/say.h"
#include "client/archive.h"
#include "core/secret.h"
#include "core/words.h"

enum { QUIET = 30 }; /* seconds after which a node is said to be away */

/* --- list ---------------------------------------------------------------------------------- */

static const char *const titles[] = { N_("NODE"), N_("STATE"), N_("SEEN"), N_("AUDIT ROWS") };

/* Also in JSON, in English. */
static const char *
state_of(const struct wire_node *node)
{
	if (node->removed)
		return N_("removed");
	if (node->until != 0)
		return node->until > (int64_t)time(NULL) ? N_("invited") : N_("invitation over");
	if (node->here)
		return N_("this host");
	return node->seen + QUIET > (int64_t)time(NULL) ? N_("runs") : N_("away");
}

static void
list_one(struct listing *listing, const struct wire_node *node)
{
	if (!listing->as_json) {
		table_put(&listing->table, node->name);
		table_put(&listing->table, _(state_of(node)));
		table_put_time(&listing->table, node->seen, _("never"));
		table_put_number(&listing->table, node->rows);
		return;
	}
	json_open(&listing->json, '{');
	json_key(&listing->json, "name");
	json_string(&listing->json, node->name);
	json_key(&listing->json, "state");
	json_string(&listing->json, state_of(node));
	json_key(&listing->json, "seen");
	json_time(&listing->json, node->seen);
	json_key(&listing->json, "rows");
	json_number(&listing->json, node->rows);
	json_close(&listing->json, '}');
}

enum err
node_list_run(struct cli *cli)
{
	const struct wire_node_page_reply *page = &cli->reply.u.node_page;
	struct listing listing;
	struct wire_request request;
	enum err err;

	listing_open(&listing, (cli->options & OPTION_JSON) != 0, titles,
	    sizeof titles / sizeof *titles);
	wire_request_init(&request, WIRE_NODE_LIST);
	do {
		err = command_ask(cli, &request);
		for (uint32_t i = 0; err == ERR_OK && i < page->count; i++) {
			list_one(&listing, &page->node[i]);
			wire_put(request.u.node_page.after, TEXT_NAME_SIZE, page->node[i].name);
		}
	} while (err == ERR_OK && page->more);
	return listing_close(&listing, err);
}

/* --- join and remove ------------------------------------------------------------------------- */

static enum err
ask_keeper(struct cli *cli, enum wire_op op)
{
	struct wire_request request;

	if (strlen(cli->operand[0]) >= sizeof request.u.node.name)
		return ERR_NODE_NAME;
	wire_request_init(&request, op);
	wire_put(request.u.node.name, TEXT_NAME_SIZE, cli->operand[0]);
	return command_ask(cli, &request);
}

enum err
node_join_run(struct cli *cli)
{
	struct wire_node_join_reply *joined = &cli->reply.u.node_join;
	char when[TABLE_TIME_SIZE];
	enum err err = ask_keeper(cli, WIRE_NODE_JOIN);

	if (err != ERR_OK)
		return err;
	table_time(joined->until, when);
	(void)printf(_("On %s run, until %s:\n\n    provconsole node enter\n\n"
		       "and give it this secret, which works once:\n\n    %s\n\n"
		       "Its keeper.conf names the same database, and the node %s.\n"),
	    cli->operand[0], when, joined->secret, cli->operand[0]);
	secret_wipe(joined, sizeof *joined);
	return ERR_OK;
}

enum err
node_remove_run(struct cli *cli)
{
	return ask_keeper(cli, WIRE_NODE_REMOVE);
}

/* --- the new host ----------------------------------------------------------------------------- */

static void
hear_nothing(void *context, const struct report *report)
{
	(void)context;
	(void)report;
}

enum err
node_enter_run(struct cli *cli)
{
	struct keeper_task task = { .state = NULL };
	struct secret *secret = NULL;
	struct archive_way way = { .option = "--join", .file = STDIN_FILENO, .hear = hear_nothing };
	enum err err = keeper_task_find(cli, &task);

	if (err == ERR_OK && isatty(STDIN_FILENO))
		(void)fprintf(stderr, "%s", _("Secret of the invitation: "));
	if (err == ERR_OK)
		err = ask_line(STDIN_FILENO, &secret);
	way.keeper = task.keeper;
	way.directory = task.state;
	way.passphrase = secret;
	if (err == ERR_OK)
		err = archive_run(&way);
	secret_free(secret);
	place_free(&task.place);
	if (err == ERR_OK)
		say_sentence(N_("This host has joined. Start its keeper, or run: provconsole"));
	return err;
}
