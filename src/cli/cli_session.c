/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is here: listed, one ended, something said to one or to all. */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/command.h"
#include "cli/listing.h"
#include "cli/say.h"
#include "core/account.h"
#include "core/words.h"

enum { IDLE_SIZE = 32 };

/* --- list ---------------------------------------------------------------------------------- */

static const char *const titles[] = { N_("SESSION"), N_("NAME"), N_("ROLE"), N_("SOURCE"),
	N_("TERMINAL"), N_("SINCE"), N_("IDLE"), N_("DOES") };

static void
put_json(struct json *json, const struct wire_here *here)
{
	const struct {
		const char *key, *text;
	} texts[] = { { "name", here->name }, { "role", role_word((enum role)here->role) },
		{ "source", here->source }, { "terminal", here->terminal },
		{ "command", here->command } };

	json_open(json, '{');
	json_key(json, "session");
	json_number(json, here->number);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		json_key(json, texts[i].key);
		json_string(json, texts[i].text);
	}
	json_key(json, "since");
	json_time(json, here->since);
	json_key(json, "idle");
	json_number(json, here->idle);
	json_key(json, "locked");
	json_bool(json, here->locked);
	json_key(json, "vouched");
	json_bool(json, here->vouched);
	json_close(json, '}');
}

/* "12 s", "3 min", "2 h" */
static const char *
idle_text(int64_t seconds, char text[IDLE_SIZE])
{
	if (seconds < 60)
		(void)snprintf(text, IDLE_SIZE, _("%lld s"), (long long)seconds);
	else if (seconds < 3600)
		(void)snprintf(text, IDLE_SIZE, _("%lld min"), (long long)seconds / 60);
	else
		(void)snprintf(text, IDLE_SIZE, _("%lld h"), (long long)seconds / 3600);
	return text;
}

static void
put_row(struct table *table, const struct wire_here *here)
{
	char idle[IDLE_SIZE];

	table_put_number(table, here->number);
	table_put(table, here->name);
	table_put(table, role_word((enum role)here->role));
	table_put(table, here->source);
	table_put(table, here->terminal);
	table_put_time(table, here->since, "");
	table_put(table, idle_text(here->idle, idle));
	table_put(table,
	    here->command[0] != '\0' ? here->command
		: here->locked	     ? _("locked")
				     : "");
}

/* The newest first, as the keeper has them. */
enum err
session_list_run(struct cli *cli)
{
	const struct wire_here_page_reply *page = &cli->reply.u.here_page;
	struct listing listing;
	struct wire_request request;
	int64_t after = 0;
	enum err err;

	listing_open(&listing, (cli->options & OPTION_JSON) != 0, titles,
	    sizeof titles / sizeof *titles);
	do {
		wire_request_init(&request, WIRE_HERE_LIST);
		request.u.here_page.after = after;
		err = command_ask(cli, &request);
		if (err == ERR_OK && page->more && page->count == 0)
			err = ERR_PROTOCOL;
		for (uint32_t i = 0; err == ERR_OK && i < page->count; i++) {
			after = page->here[i].number;
			if (listing.as_json)
				put_json(&listing.json, &page->here[i]);
			else
				put_row(&listing.table, &page->here[i]);
		}
	} while (err == ERR_OK && page->more);
	return listing_close(&listing, err);
}

/* --- end, message ----------------------------------------------------------------------------- */

static enum err
take_number(const char *typed, int64_t *ret_number)
{
	char *end;

	errno = 0;
	*ret_number = strtoll(typed, &end, 10);
	return errno == 0 && end != typed && *end == '\0' && *ret_number > 0 ? ERR_OK
									     : ERR_HERE_NUMBER;
}

/* Nothing is cut off: what was not said was not said. */
static enum err
take_text(const char *typed, char text[WIRE_SAY_SIZE])
{
	if (strlen(typed) >= WIRE_SAY_SIZE)
		return ERR_SAY_LONG;
	wire_put(text, WIRE_SAY_SIZE, typed);
	return ERR_OK;
}

enum err
session_end_run(struct cli *cli)
{
	struct wire_request request;
	enum err err;

	wire_request_init(&request, WIRE_HERE_END);
	err = take_number(cli->operand[0], &request.u.here_end.number);
	if (err == ERR_OK && cli->message != NULL)
		err = take_text(cli->message, request.u.here_end.text);
	return err == ERR_OK ? command_ask(cli, &request) : err;
}

enum err
session_message_run(struct cli *cli)
{
	const struct wire_here_say_reply *reply = &cli->reply.u.here_say;
	struct wire_request request;
	enum err err = ERR_OK;

	wire_request_init(&request, WIRE_HERE_SAY);
	if (strcmp(cli->operand[0], "all") != 0)
		err = take_number(cli->operand[0], &request.u.here_say.number);
	if (err == ERR_OK)
		err = take_text(cli->operand[1], request.u.here_say.text);
	if (err == ERR_OK)
		err = command_ask(cli, &request);
	if (err == ERR_OK)
		(void)printf(ngettext("It stands on %u terminal.\n", "It stands on %u terminals.\n",
				 reply->count),
		    reply->count);
	return err;
}
