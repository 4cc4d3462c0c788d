/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/say.h"
#include "cli/table.h"

enum { USER_COLUMNS = 5 };

enum err
command_name(const char *typed, char array[TEXT_NAME_SIZE])
{
	char name[TEXT_NAME_SIZE];
	enum err err = text_name(typed, strlen(typed), name, NULL);

	if (err == ERR_OK)
		wire_put(array, TEXT_NAME_SIZE, name);
	return err;
}

enum err
command_ask_name(struct cli *cli, struct wire_request *request, char array[TEXT_NAME_SIZE])
{
	enum err err = command_name(cli->operand[0], array);

	return err == ERR_OK ? command_ask(cli, request) : err;
}

/* --- showing -------------------------------------------------------------------------- */

/* Until when codes are paused; 0 if the pause is over. */
static int64_t
user_paused_until(const struct wire_user *user, int64_t now)
{
	return user->paused_until > now ? user->paused_until : 0;
}

/* Message ids, the words of the column STATE and of "state" in JSON. */
static const char *
user_state(const struct wire_user *user, int64_t now)
{
	if (!user->enabled)
		return N_("disabled");
	if (user->paused_until == INT64_MAX)
		return N_("paused until unlocked");
	if (user_paused_until(user, now) != 0)
		return N_("paused");
	return user->password_due ? N_("new password due") : N_("enabled");
}

static void
user_json_times(struct json *json, const struct wire_user *user, int64_t now)
{
	const struct {
		const char *key;
		int64_t time;
	} times[] = { { "paused_until", user_paused_until(user, now) },
		{ "last_sign_in", user->last_sign_in },
		{ "invitation_until", user->password_expires },
		{ "configure_until", user->enrol_until }, { "created", user->created } };

	for (size_t i = 0; i < sizeof times / sizeof times[0]; i++) {
		json_key(json, times[i].key);
		json_time(json, times[i].time);
	}
}

static void
user_json_numbers(struct json *json, const struct wire_user *user)
{
	const struct {
		const char *key;
		uint32_t number;
	} numbers[] = { { "devices", user->devices }, { "recovery_left", user->recovery_left },
		{ "failures_since", user->failures_since } };

	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		json_key(json, numbers[i].key);
		json_number(json, numbers[i].number);
	}
}

static void
user_json(struct json *json, const struct wire_user *user, int64_t now)
{
	json_open(json, '{');
	json_key(json, "name");
	json_string(json, user->name);
	json_key(json, "role");
	json_string(json, role_word((enum role)user->role));
	json_key(json, "state");
	json_string(json, user_state(user, now));
	json_key(json, "2fa");
	json_bool(json, user->has_2fa);
	json_key(json, "enabled");
	json_bool(json, user->enabled);
	json_key(json, "password_due");
	json_bool(json, user->password_due);
	json_key(json, "last_source");
	if (user->last_sign_in != 0)
		json_string(json, user->last_source);
	else
		json_null(json);
	user_json_numbers(json, user);
	user_json_times(json, user, now);
	json_key(json, "language");
	if (user->language[0] != '\0')
		json_string(json, user->language);
	else
		json_null(json);
	json_key(json, "plain");
	json_bool(json, user->plain);
	json_close(json, '}');
}

static void
user_titles(struct table *table)
{
	table_put(table, _("NAME"));
	table_put(table, _("ROLE"));
	table_put(table, _("2FA"));
	table_put(table, _("STATE"));
	table_put(table, _("LAST SIGN-IN"));
}

static void
user_row(struct table *table, const struct wire_user *user, int64_t now)
{
	table_put(table, user->name);
	table_put(table, role_word((enum role)user->role));
	table_put(table, user->has_2fa ? _("on") : _("off"));
	table_put(table, _(user_state(user, now)));
	table_put_time(table, user->last_sign_in, _("never"));
}

/* Asks for the people after the last of the reply at hand (the hello at first: from the first on).
 */
static enum err
user_page(struct cli *cli, const char *after)
{
	const struct wire_user_page_reply *page = &cli->reply.u.user_page;
	struct wire_request request;
	enum err err;

	wire_request_init(&request, WIRE_USER_LIST);
	wire_put(request.u.user_page.after, sizeof request.u.user_page.after, after);
	request.u.user_page.without_2fa = (cli->options & OPTION_WITHOUT_2FA) != 0;
	err = command_ask(cli, &request);
	/* An empty page that claims more would loop forever. */
	return err == ERR_OK && page->more && page->count == 0 ? ERR_PROTOCOL : err;
}

enum err
user_list_run(struct cli *cli)
{
	const struct wire_user_page_reply *page = &cli->reply.u.user_page;
	bool as_json = (cli->options & OPTION_JSON) != 0;
	char after[TEXT_NAME_SIZE] = "";
	struct table table;
	struct json json;
	enum err err;

	json_start(&json, stdout);
	table_open(&table, stdout, USER_COLUMNS);
	if (as_json)
		json_open(&json, '[');
	else
		user_titles(&table);
	do {
		err = user_page(cli, after);
		for (uint32_t i = 0; err == ERR_OK && i < page->count; i++) {
			wire_put(after, sizeof after, page->user[i].name);
			if (as_json)
				user_json(&json, &page->user[i], cli->reply.now);
			else
				user_row(&table, &page->user[i], cli->reply.now);
		}
	} while (err == ERR_OK && page->more);
	if (err == ERR_OK && as_json)
		json_close(&json, ']');
	if (err == ERR_OK && !as_json)
		err = table_flush(&table);
	table_close(&table);
	return err;
}

static void
user_fact(struct table *table, const char *what, const char *text)
{
	table_put(table, _(what));
	table_put(table, text);
}

static void
user_fact_number(struct table *table, const char *what, int64_t number)
{
	table_put(table, _(what));
	table_put_number(table, number);
}

/* Left out where there is no such time. */
static void
user_fact_time(struct table *table, const char *what, int64_t time)
{
	if (time == 0)
		return;
	table_put(table, _(what));
	table_put_time(table, time, "");
}

/* One fact a line. */
static enum err
user_facts(const struct wire_user *user, int64_t now)
{
	int64_t paused = user_paused_until(user, now);
	struct table table;
	enum err err;

	table_open(&table, stdout, 2);
	user_fact(&table, N_("name"), user->name);
	user_fact(&table, N_("role"), role_word((enum role)user->role));
	user_fact(&table, N_("state"), _(user_state(user, now)));
	user_fact_time(&table, N_("paused until"), paused != INT64_MAX ? paused : 0);
	user_fact_time(&table, N_("invitation expires"), user->password_expires);
	user_fact(&table, N_("two-factor authentication"), user->has_2fa ? _("on") : _("off"));
	user_fact_time(&table, N_("to be set up by"), user->has_2fa ? 0 : user->enrol_until);
	user_fact_number(&table, N_("devices"), user->devices);
	user_fact_number(&table, N_("recovery codes left"), user->recovery_left);
	user_fact_number(&table, N_("failures since the last sign-in"), user->failures_since);
	table_put(&table, _("last sign-in"));
	table_put_time(&table, user->last_sign_in, _("never"));
	if (user->last_sign_in != 0)
		user_fact(&table, N_("from"), user->last_source);
	table_put(&table, _("created"));
	table_put_time(&table, user->created, "");
	user_fact(&table, N_("language"),
	    user->language[0] != '\0' ? user->language : _("as the terminal says"));
	user_fact(&table, N_("plain text"), user->plain ? _("on") : _("off"));
	err = table_flush(&table);
	table_close(&table);
	return err;
}

enum err
user_show_run(struct cli *cli)
{
	struct wire_request request;
	struct json json;
	enum err err;

	wire_request_init(&request, WIRE_USER_SHOW);
	err = command_ask_name(cli, &request, request.u.user_name.name);
	if (err != ERR_OK)
		return err;
	if ((cli->options & OPTION_JSON) == 0)
		return user_facts(&cli->reply.u.user.user, cli->reply.now);
	json_start(&json, stdout);
	user_json(&json, &cli->reply.u.user.user, cli->reply.now);
	return ERR_OK;
}

/* --- changing --------------------------------------------------------------------------- */

static enum err
user_enable(struct cli *cli, bool enabled)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_USER_ENABLE);
	request.u.user_enable.enabled = enabled;
	return command_ask_name(cli, &request, request.u.user_enable.name);
}

enum err
user_disable_run(struct cli *cli)
{
	return user_enable(cli, false);
}

enum err
user_enable_run(struct cli *cli)
{
	return user_enable(cli, true);
}

enum err
user_unlock_run(struct cli *cli)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_USER_UNLOCK);
	return command_ask_name(cli, &request, request.u.user_unlock.name);
}

enum err
user_remove_run(struct cli *cli)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_USER_REMOVE);
	return command_ask_name(cli, &request, request.u.user_remove.name);
}

enum err
user_set_role_run(struct cli *cli)
{
	struct wire_request request;
	enum role role;
	enum err err = role_from_word(cli->operand[1], &role);

	if (err != ERR_OK)
		return err;
	wire_request_init(&request, WIRE_USER_ROLE);
	request.u.user_role.role = (uint8_t)role;
	return command_ask_name(cli, &request, request.u.user_role.name);
}
