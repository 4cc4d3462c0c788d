/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/say.h"
#include "cli/table.h"
#include "conv/deed.h"
#include "conv/moment.h"
#include "core/audit.h"

enum { AUDIT_COLUMNS = 8 };

/* A listing that goes on. */
struct listing {
	struct wire_audit_page_request asked;
	bool as_json, follows;
	struct table table;
	struct json json;
};

static void
audit_json(struct json *json, const struct wire_audit_row *row)
{
	char says[DEED_SIZE];
	const struct {
		const char *key, *text;
	} texts[] = { { "who", row->who }, { "source", row->source }, { "terminal", row->terminal },
		{ "action", row->action }, { "target", row->target }, { "result", row->result },
		{ "detail", row->detail }, { "says", says }, { "node", row->node },
		{ "seal", row->seal } };

	deed_of_row(row, says, sizeof says);
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
	json_key(json, "vouched");
	json_bool(json, row->vouched);
	json_key(json, "key");
	json_number(json, row->key);
	json_key(json, "version");
	json_number(json, row->version);
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

/* --- what is asked for --------------------------------------------------------- */

static enum err
audit_says_wrong(struct cli *cli, const char *option, const char *value, enum err err)
{
	char line[256], shown[64];

	(void)text_show(value, strlen(value), shown, sizeof shown);
	(void)snprintf(line, sizeof line, "--%s %s", option, shown);
	say_text(line);
	say_error(err, 0);
	cli->said = true;
	return err;
}

static enum err
audit_times(struct cli *cli, struct wire_audit_page_request *asked)
{
	int64_t now = (int64_t)time(NULL);
	struct moment since = { 0, 0 }, until = { 0, 0 };

	if (cli->since != NULL && moment_parse(cli->since, now, &since) != ERR_OK)
		return audit_says_wrong(cli, "since", cli->since, ERR_TIME_FORMAT);
	if (cli->until != NULL && moment_parse(cli->until, now, &until) != ERR_OK)
		return audit_says_wrong(cli, "until", cli->until, ERR_TIME_FORMAT);
	asked->since = since.first;
	asked->until = until.end;
	return ERR_OK;
}

/* An action that no row can have is a typing error; a name may be that of somebody who was removed.
 */
static enum err
audit_asked(struct cli *cli, struct wire_audit_page_request *asked)
{
	if (cli->action != NULL && audit_find(cli->action) == AUDIT_NONE)
		return audit_says_wrong(cli, "action", cli->action, ERR_ACTION_UNKNOWN);
	if (cli->person != NULL && strlen(cli->person) >= sizeof asked->person)
		return audit_says_wrong(cli, "user", cli->person, ERR_NAME_LONG);
	asked->oldest_first = true;
	wire_put(asked->action, sizeof asked->action, cli->action != NULL ? cli->action : "");
	wire_put(asked->person, sizeof asked->person, cli->person != NULL ? cli->person : "");
	return audit_times(cli, asked);
}

/* --- page by page ----------------------------------------------------------------- */

/* The rows behind asked->from, which moves on. What claims that there is more must advance, or it
 * would loop for ever. */
static enum err
audit_page(struct cli *cli, struct wire_audit_page_request *asked)
{
	const struct wire_audit_page_reply *page = &cli->reply.u.audit_page;
	struct wire_request request;
	enum err err;

	wire_request_init(&request, WIRE_AUDIT_LIST);
	request.u.audit_page = *asked;
	err = command_ask(cli, &request);
	if (err == ERR_OK && page->more && page->from <= asked->from)
		return ERR_PROTOCOL;
	if (err == ERR_OK && page->from > asked->from)
		asked->from = page->from;
	return err;
}

/* What is followed is one value after the other. */
static void
audit_object(struct listing *listing, const struct wire_audit_row *row)
{
	if (listing->follows)
		json_start(&listing->json, stdout);
	audit_json(&listing->json, row);
}

/* All rows there are now. */
static enum err
audit_rows(struct cli *cli, struct listing *listing)
{
	const struct wire_audit_page_reply *page = &cli->reply.u.audit_page;
	enum err err;

	do {
		err = audit_page(cli, &listing->asked);
		for (uint32_t i = 0; err == ERR_OK && i < page->count; i++) {
			if (!listing->as_json)
				audit_row(&listing->table, &page->row[i]);
			else
				audit_object(listing, &page->row[i]);
		}
		if (err == ERR_OK)
			err = table_flush(&listing->table);
	} while (err == ERR_OK && page->more);
	return err;
}

/* --- going on ---------------------------------------------------------------------- */

/* A second, or less where it is to end: interrupted, or nobody reads any more. */
static bool
audit_waits(void)
{
	const struct timespec second = { .tv_sec = 1 };
	struct pollfd out = { .fd = STDOUT_FILENO };
	sigset_t ends;

	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	if (sigtimedwait(&ends, NULL, &second) > 0)
		return false;
	return poll(&out, 1, 0) <= 0 || (out.revents & (POLLERR | POLLHUP | POLLNVAL)) == 0;
}

/* Signals come between two looks, never within an answer. */
static enum err
audit_follows(struct cli *cli, struct listing *listing)
{
	sigset_t ends;
	enum err err = ERR_OK;

	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	(void)sigprocmask(SIG_BLOCK, &ends, NULL);
	do {
		err = say_flush(ERR_OK);
		if (err != ERR_OK || !audit_waits())
			break;
		err = audit_rows(cli, listing);
	} while (err == ERR_OK);
	return err;
}

/* Memory does not grow with the trail. What is followed has no end: its JSON is a row a line, and
 * no array. */
enum err
audit_list_run(struct cli *cli)
{
	struct listing listing = { .as_json = (cli->options & OPTION_JSON) != 0,
		.follows = (cli->options & OPTION_FOLLOW) != 0 };
	bool array = listing.as_json && !listing.follows;
	enum err err = audit_asked(cli, &listing.asked);

	if (err != ERR_OK)
		return err;
	json_start(&listing.json, stdout);
	table_open(&listing.table, stdout, AUDIT_COLUMNS);
	if (array)
		json_open(&listing.json, '[');
	if (!listing.as_json)
		audit_titles(&listing.table);
	err = audit_rows(cli, &listing);
	if (err == ERR_OK && listing.follows)
		err = audit_follows(cli, &listing);
	if (err == ERR_OK && array)
		json_close(&listing.json, ']');
	table_close(&listing.table);
	return err;
}
