/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `command list` and `command show`: what is in order is listed, and what is not is said, each file
 * with its line. */
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "cli/command_place.h"
#include "cli/json.h"
#include "cli/say.h"
#include "cli/table.h"
#include "command/command_file.h"
#include "core/words.h"

enum { LIST_COLUMNS = 6, WRONG_SIZE = 1024, ROLES_SIZE = 64 };

/* --- one ----------------------------------------------------------------------------------- */

static void
put_json(struct json *json, const struct command *command)
{
	const struct {
		const char *key;
		bool value;
	} flags[] = { { "confirm", command->confirm }, { "code", command->code },
		{ "record", command->record } };

	json_key(json, "title");
	json_string(json, command->title);
	json_key(json, "roles");
	json_open(json, '[');
	for (unsigned role = 0; role < ROLE_COUNT; role++)
		if (command_allows(command, (enum role)role))
			json_string(json, role_word((enum role)role));
	json_close(json, ']');
	json_key(json, "as");
	if (command->as[0] != '\0')
		json_string(json, command->as);
	else
		json_null(json);
	for (size_t i = 0; i < sizeof flags / sizeof *flags; i++) {
		json_key(json, flags[i].key);
		json_bool(json, flags[i].value);
	}
	json_key(json, "program");
	json_string(json, command->program);
	json_key(json, "arguments");
	json_open(json, '[');
	for (size_t i = 0; i < command->count; i++)
		json_string(json, command->argument[i]);
	json_close(json, ']');
}

/* command: NULL where the file is not in order, and wrong says why. */
static void
one_json(struct json *json, const char *name, const struct command *command,
    const struct command_wrong *wrong)
{
	char text[WRONG_SIZE];
	struct command_wrong bare = *wrong;

	json_open(json, '{');
	json_key(json, "name");
	json_string(json, name);
	json_key(json, "ok");
	json_bool(json, command != NULL);
	if (command != NULL) {
		put_json(json, command);
	} else {
		json_key(json, "line");
		if (wrong->line > 0)
			json_number(json, (int64_t)wrong->line);
		else
			json_null(json);
		bare.line = 0;
		json_key(json, "wrong");
		json_string(json, command_place_wrong("", &bare, text, sizeof text));
	}
	json_close(json, '}');
}

static const char *
roles_text(const struct command *command, char text[ROLES_SIZE])
{
	size_t used = 0;

	text[0] = '\0';
	for (unsigned role = 0; role < ROLE_COUNT; role++)
		if (command_allows(command, (enum role)role) && used < ROLES_SIZE)
			used += (size_t)snprintf(text + used, ROLES_SIZE - used, "%s%s",
			    used > 0 ? ", " : "", role_word((enum role)role));
	return text;
}

/* What the person is asked before. */
static const char *
asks_text(const struct command *command)
{
	return command->code && command->confirm ? _("code, yes")
	    : command->code			 ? _("code")
	    : command->confirm			 ? _("yes")
						 : _("nothing");
}

static const char *
as_text(const struct command *command)
{
	return command->as[0] != '\0' ? command->as : _("own");
}

/* --- list ---------------------------------------------------------------------------------- */

struct listing {
	bool as_json;
	bool bad; /* some file was not in order */
	struct table table;
	struct json json;
};

static void
list_open(struct listing *listing)
{
	static const char *const titles[LIST_COLUMNS] = { N_("NAME"), N_("TITLE"), N_("ROLES"),
		N_("RUNS AS"), N_("ASKS FOR"), N_("RECORDED") };

	if (listing->as_json) {
		json_start(&listing->json, stdout);
		json_open(&listing->json, '[');
		return;
	}
	table_open(&listing->table, stdout, LIST_COLUMNS);
	for (size_t i = 0; i < LIST_COLUMNS; i++)
		table_put(&listing->table, _(titles[i]));
}

static void
list_row(struct table *table, const struct command *command)
{
	char roles[ROLES_SIZE];

	table_put(table, command->name);
	table_put(table, command->title);
	table_put(table, roles_text(command, roles));
	table_put(table, as_text(command));
	table_put(table, asks_text(command));
	table_put(table, command->record ? _("yes") : _("no"));
}

static enum err
list_one(struct listing *listing, const struct command_dir *dir, const char *name)
{
	struct command command;
	struct command_wrong wrong;
	char text[WRONG_SIZE];
	enum err err = command_file_read(dir, name, &command, &wrong);
	bool good = err == ERR_OK;

	if (err == ERR_COMMAND_NONE && wrong.trust == COMMAND_TRUSTED)
		return ERR_OK; /* removed meanwhile */
	if (!good && err != ERR_COMMAND_NONE && err != ERR_COMMAND_FILE)
		return err;
	listing->bad = listing->bad || !good;
	if (listing->as_json)
		one_json(&listing->json, name, good ? &command : NULL, &wrong);
	else if (good)
		list_row(&listing->table, &command);
	if (!good)
		say_text(command_place_wrong(name, &wrong, text, sizeof text));
	return ERR_OK;
}

static enum err
list_close(struct listing *listing, enum err err)
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

static enum err
list_all(struct cli *cli, const struct command_dir *dir, struct listing *listing)
{
	struct command_names names;
	struct command_wrong wrong;
	char text[WRONG_SIZE];
	enum err err = command_file_names(dir, &names, &wrong);

	if (err == ERR_COMMAND_FILE) {
		say_text(command_place_wrong("", &wrong, text, sizeof text));
		cli->said = true;
	}
	list_open(listing);
	for (size_t i = 0; err == ERR_OK && i < names.count; i++)
		err = list_one(listing, dir, names.name[i]);
	command_names_free(&names);
	return list_close(listing, err);
}

enum err
command_list_run(struct cli *cli)
{
	struct listing listing = { .as_json = (cli->options & OPTION_JSON) != 0 };
	struct command_dir dir;
	enum err err = command_place_open(cli, &dir);

	if (err == ERR_COMMAND_NONE) {
		list_open(&listing);
		return list_close(&listing, ERR_OK);
	}
	if (err != ERR_OK)
		return err;
	err = list_all(cli, &dir, &listing);
	command_dir_close(&dir);
	if (err == ERR_OK && listing.bad) {
		cli->said = true;
		err = ERR_FAILED;
	}
	return err;
}

/* --- show ---------------------------------------------------------------------------------- */

static enum err
show_table(const struct command *command)
{
	char roles[ROLES_SIZE];
	const struct {
		const char *key, *value;
	} rows[] = { { N_("Name"), command->name }, { N_("Title"), command->title },
		{ N_("Roles"), roles_text(command, roles) }, { N_("Runs as"), as_text(command) },
		{ N_("Asks for"), asks_text(command) },
		{ N_("Recorded"), command->record ? _("yes") : _("no") },
		{ N_("Program"), command->program } };
	struct table table;
	enum err err;

	table_open(&table, stdout, 2);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		table_put(&table, _(rows[i].key));
		table_put(&table, rows[i].value);
	}
	for (size_t i = 0; i < command->count; i++) {
		table_put(&table, _("Argument"));
		table_put(&table, command->argument[i]);
	}
	err = table_flush(&table);
	table_close(&table);
	return err;
}

static enum err
show_json(const char *name, const struct command *command, const struct command_wrong *wrong)
{
	struct json json;

	json_start(&json, stdout);
	one_json(&json, name, command, wrong);
	return ERR_OK;
}

enum err
command_show_run(struct cli *cli)
{
	const bool as_json = (cli->options & OPTION_JSON) != 0;
	struct command command;
	struct command_wrong wrong = { .line = 0 };
	struct command_dir dir;
	char text[WRONG_SIZE];
	enum err err = command_place_open(cli, &dir);

	if (err == ERR_OK) {
		err = command_file_read(&dir, cli->operand[0], &command, &wrong);
		command_dir_close(&dir);
	}
	if (err == ERR_COMMAND_NONE)
		return command_place_none(cli);
	if (err == ERR_OK)
		return as_json ? show_json(command.name, &command, &wrong) : show_table(&command);
	if (err != ERR_COMMAND_FILE || cli->said)
		return err;
	if (as_json)
		(void)show_json(cli->operand[0], NULL, &wrong);
	say_text(command_place_wrong(cli->operand[0], &wrong, text, sizeof text));
	cli->said = true;
	return ERR_FAILED;
}
