/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What root lets people run: files are written, listed, shown and removed (DESIGN 10). No keeper is
 * asked: it could not change them. */
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/command_place.h"
#include "cli/say.h"
#include "command/command_file.h"
#include "command/command_program.h"
#include "core/words.h"

enum { TEXT_SIZE = 1024 };

/* A sentence instead of the error's. */
static enum err
refuse(struct cli *cli, const char *sentence)
{
	say_sentence(sentence);
	cli->said = true;
	return ERR_FAILED;
}

/* The directory is not believed: that is said with its path. */
static enum err
open_dir(struct cli *cli, const struct command_place *place, mode_t make,
    struct command_dir *ret_dir)
{
	struct command_wrong wrong;
	char text[TEXT_SIZE];
	enum err err = command_dir_open(place->path, place->owner, make, ret_dir, &wrong);

	if (err == ERR_COMMAND_FILE) {
		say_text(command_place_wrong("", &wrong, text, sizeof text));
		cli->said = true;
	}
	return err;
}

/* Whoever writes here decides what runs: root, or the owner of a state of one's own. */
static enum err
may_write(const struct cli *cli, struct command_place *place)
{
	enum err err = command_place_find(cli->way, place);

	if (err == ERR_OK && geteuid() != 0 && (place->host || geteuid() != place->owner))
		return ERR_NOT_HOST;
	return err;
}

/* --- add ----------------------------------------------------------------------------------- */

static enum err
refuse_fault(struct cli *cli, enum command_fault fault)
{
	return refuse(cli, command_fault_says(fault));
}

/* What was given, as far as each has room; the rest is checked where it is written. */
static enum err
fill(struct cli *cli, struct command *command)
{
	const char *as = cli->as != NULL ? cli->as : "";

	if (!command_name_valid(cli->operand[0]))
		return refuse(cli, command_trust_says(COMMAND_NAMED));
	if (cli->wrong_role != NULL)
		return ERR_ROLE_UNKNOWN;
	if (strlen(cli->title) >= sizeof command->title)
		return refuse_fault(cli, COMMAND_TITLE);
	if (strlen(as) >= sizeof command->as || (cli->as != NULL && *as == '\0'))
		return refuse_fault(cli, COMMAND_USER);
	if (strlen(cli->operand[1]) >= sizeof command->program)
		return refuse_fault(cli, COMMAND_RELATIVE);
	if (cli->more > COMMAND_ARGUMENTS_MAX)
		return refuse_fault(cli, COMMAND_LONG);
	(void)snprintf(command->name, sizeof command->name, "%s", cli->operand[0]);
	(void)snprintf(command->title, sizeof command->title, "%s", cli->title);
	(void)snprintf(command->as, sizeof command->as, "%s", as);
	(void)snprintf(command->program, sizeof command->program, "%s", cli->operand[1]);
	command->roles = cli->roles;
	command->confirm = (cli->options & OPTION_CONFIRM) != 0;
	command->code = (cli->options & OPTION_CODE) != 0;
	command->record = (cli->options & OPTION_RECORD) != 0;
	command->count = cli->more;
	for (size_t i = 0; i < cli->more; i++)
		command->argument[i] = cli->rest[i];
	return ERR_OK;
}

/* Root is meant only where it is called so: another name of uid 0 is a mistake, or hides it. */
static enum err
look_at_user(struct cli *cli, const struct command *command, const struct command_place *place)
{
	const struct passwd *entry = command->as[0] != '\0' ? getpwnam(command->as) : NULL;

	if (entry == NULL)
		return ERR_OK; /* none, or command_program_look() says that there is no such user */
	if (!place->host && entry->pw_uid != place->owner)
		return refuse(cli,
		    N_("A console that one starts oneself runs all commands as its owner: leave "
		       "--as out."));
	if (entry->pw_uid == 0 && strcmp(command->as, "root") != 0)
		return refuse(cli,
		    N_("This UNIX user is root under another name. If root is meant, write: "
		       "--as root"));
	return ERR_OK;
}

/* Said when it is done: what follows from how it runs. */
static void
tell_user(const struct command *command)
{
	if (strcmp(command->as, "root") == 0)
		say_sentence(
		    N_("It runs as root: whoever may run it can do whatever its program lets them "
		       "do, to the whole host."));
	else if (command->as[0] != '\0')
		say_sentence(
		    N_("All that runs as this UNIX user can see, change and end one another, other "
		       "people's runs too. Without --as each run has a user of its own."));
}

static enum err
look_at_program(struct cli *cli, const struct command *command, const struct command_place *place)
{
	enum command_program found;
	enum err err = look_at_user(cli, command, place);

	if (err != ERR_OK)
		return err;
	found = command_program_look(command, place->owner);
	return found == COMMAND_PROGRAM_FINE ? ERR_OK : refuse(cli, command_program_says(found));
}

static enum err
put(struct cli *cli, const struct command_place *place, const char *name, const char *text)
{
	struct command_dir dir;
	enum err err = open_dir(cli, place, place->host ? 0755 : 0700, &dir);

	if (err != ERR_OK)
		return err;
	err = command_file_write(&dir, name, text, (cli->options & OPTION_REPLACE) != 0);
	command_dir_close(&dir);
	if (err == ERR_STATE)
		return refuse(cli,
		    N_("There is a command of that name already. To write it anew, add: "
		       "--replace"));
	return err;
}

enum err
command_add_run(struct cli *cli)
{
	struct command command = { .count = 0 };
	struct command_place place;
	char text[COMMAND_TEXT_SIZE];
	enum command_fault fault;
	enum err err = may_write(cli, &place);

	if (err == ERR_OK)
		err = fill(cli, &command);
	if (err != ERR_OK)
		return err;
	fault = command_write(&command, text, sizeof text);
	if (fault != COMMAND_FINE)
		return refuse_fault(cli, fault);
	err = look_at_program(cli, &command, &place);
	if (err == ERR_OK)
		err = put(cli, &place, command.name, text);
	if (err == ERR_OK)
		tell_user(&command);
	return err;
}

/* --- remove -------------------------------------------------------------------------------- */

enum err
command_place_none(struct cli *cli)
{
	return refuse(cli, N_("There is no such command. See: provconsole command list"));
}

enum err
command_remove_run(struct cli *cli)
{
	struct command_place place;
	struct command_dir dir;
	enum err err = may_write(cli, &place);

	if (err == ERR_OK)
		err = open_dir(cli, &place, 0, &dir);
	if (err == ERR_OK) {
		err = command_file_remove(&dir, cli->operand[0]);
		command_dir_close(&dir);
	}
	return err == ERR_COMMAND_NONE ? command_place_none(cli) : err;
}

enum err
command_place_open(struct cli *cli, struct command_dir *ret_dir)
{
	struct command_place place;
	enum err err = command_place_find(cli->way, &place);

	return err == ERR_OK ? open_dir(cli, &place, 0, ret_dir) : err;
}
