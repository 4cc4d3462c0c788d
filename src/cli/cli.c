/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/cli.h"

#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/say.h"
#include "core/secret.h"
#include "wire/line.h"

enum { AREA_SIZE = 48 };

enum err
command_ask(struct cli *cli, struct wire_request *request)
{
	return line_ask(cli->line, request, &cli->reply);
}

/* --- which command ---------------------------------------------------------------- */

/* Whether the first words of argv are those of the command; how many there are. */
static bool
cli_matches(const struct cli_command *command, int argc, char **argv, int *ret_used)
{
	const char *word = command->words;

	for (int i = 0; i < argc; i++) {
		size_t length = strcspn(word, " ");

		if (strlen(argv[i]) != length || strncmp(argv[i], word, length) != 0)
			return false;
		word += length;
		if (*word == '\0') {
			*ret_used = i + 1;
			return true;
		}
		word++;
	}
	return false;
}

/* Whether that is how longer commands begin: "user", "user device", "settings", "audit". */
static bool
cli_is_in(const struct cli_command *command, const char *area)
{
	size_t length = strlen(area);

	return strncmp(command->words, area, length) == 0 && command->words[length] == ' ';
}

static bool
cli_is_area(const char *word)
{
	for (const struct cli_command *command = commands; command->words != NULL; command++)
		if (cli_is_in(command, word))
			return true;
	return false;
}

/* Help of an area: that of each of its commands. */
static int
cli_area_help(const char *area)
{
	const char *gap = "";

	for (const struct cli_command *command = commands; command->words != NULL; command++)
		if (cli_is_in(command, area)) {
			(void)fputs(gap, stdout);
			command_help(command);
			gap = "\n";
		}
	return say_flush(ERR_OK) == ERR_OK ? SAY_DONE : SAY_FAILED;
}

static int
cli_no_command(int argc, char **argv)
{
	char area[AREA_SIZE], longer[AREA_SIZE];
	int used = 1;

	if (!cli_is_area(argv[0]))
		return say_usage(N_("There is no such command"), argv[0], "");
	(void)snprintf(area, sizeof area, "%s", argv[0]);
	while (used < argc) {
		(void)snprintf(longer, sizeof longer, "%.20s %.20s", area, argv[used]);
		if (!cli_is_area(longer))
			break;
		memcpy(area, longer, sizeof area);
		used++;
	}
	if (used == argc)
		return say_usage(N_("Missing command after"), area, area);
	if (strcmp(argv[used], "--help") == 0)
		return cli_area_help(area);
	return say_usage(N_("There is no such command"), argv[used], area);
}

/* --- its arguments ----------------------------------------------------------------- */

/* Those that the command takes first: where two have one name, getopt finds the first. */
static void
cli_long_options(const struct cli_command *command, struct option *list)
{
	size_t count = 0;

	memset(list, 0, (COMMAND_OPTIONS + 1) * sizeof *list);
	for (int taken = 1; taken >= 0; taken--)
		for (size_t i = 0; i < COMMAND_OPTIONS; i++) {
			const struct command_option *option = &command_options[i];

			if (((command->options & (unsigned)option->option) != 0) != (taken == 1))
				continue;
			list[count].name = option->name;
			list[count].has_arg = option->value != NULL ? required_argument
								    : no_argument;
			list[count++].val = (int)option->option;
		}
}

static void
cli_take(struct cli *cli, enum command_bit option, const char *value)
{
	const struct {
		enum command_bit option;
		const char **place;
	} values[] = {
		{ OPTION_USER, &cli->user },
		{ OPTION_ROLE, &cli->role },
		{ OPTION_REASON, &cli->reason },
		{ OPTION_FORMAT, &cli->format },
		{ OPTION_PERSON, &cli->person },
		{ OPTION_ACTION, &cli->action },
		{ OPTION_SINCE, &cli->since },
		{ OPTION_UNTIL, &cli->until },
		{ OPTION_ANCHOR, &cli->anchor },
		{ OPTION_BEFORE, &cli->before },
		{ OPTION_PASSPHRASE_FILE, &cli->passphrase_file },
		{ OPTION_KEYS, &cli->keys },
		{ OPTION_PAM, &cli->pam },
		{ OPTION_TITLE, &cli->title },
		{ OPTION_AS, &cli->as },
		{ OPTION_MESSAGE, &cli->message },
	};

	enum role role;

	cli->options |= (unsigned)option;
	if (option == OPTION_ROLES && role_from_word(value, &role) == ERR_OK)
		cli->roles |= 1U << role;
	else if (option == OPTION_ROLES)
		cli->wrong_role = value;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		if (values[i].option == option)
			*values[i].place = value;
}

/* Checks required and conflicting options. Returns 0, or SAY_USAGE after saying why. */
static int
cli_together(const struct cli *cli, const struct cli_command *command)
{
	const unsigned both = OPTION_STDIN | OPTION_INVITE;
	unsigned missing = command->required & ~cli->options;
	char name[32];

	for (size_t i = 0; i < COMMAND_OPTIONS; i++)
		if ((missing & (unsigned)command_options[i].option) != 0) {
			(void)snprintf(name, sizeof name, "--%s", command_options[i].name);
			return say_usage(N_("Missing option"), name, command->words);
		}
	if ((cli->options & both) == both)
		return say_usage(N_("This option cannot be given along with --password-stdin"),
		    "--invite", command->words);
	if ((cli->options & OPTION_PASSPHRASE_FILE) != 0 &&
	    (cli->options & OPTION_PASSPHRASE_STDIN) != 0)
		return say_usage(N_("This option cannot be given along with --passphrase-stdin"),
		    "--passphrase-file", command->words);
	if (cli->format != NULL)
		return import_together(cli, command->words);
	return SAY_DONE;
}

/* argv[0] is the last word of the command. Returns 0, or SAY_USAGE after saying why.
 */
static int
cli_parse(struct cli *cli, const struct cli_command *command, int argc, char **argv)
{
	struct option list[COMMAND_OPTIONS + 1];
	int option, index = 0, given;

	cli_long_options(command, list);
	optind = 0;
	opterr = 0;
	while ((option = getopt_long(argc, argv, ":h", list, &index)) != -1) {
		if (option == ':')
			return say_usage(N_("This option needs a value"), argv[optind - 1],
			    command->words);
		if (option == 'h')
			option = OPTION_HELP;
		if (option == '?')
			return say_usage(N_("There is no such option"), argv[optind - 1],
			    command->words);
		if (((unsigned)option & (command->options | OPTION_HELP)) == 0)
			return say_usage(N_("This command does not take the option"),
			    list[index].name, command->words);
		if (optarg != NULL && option != OPTION_ROLES &&
		    (cli->options & (unsigned)option) != 0)
			return say_usage(N_("This option is given twice"), list[index].name,
			    command->words);
		cli_take(cli, (enum command_bit)option, optarg);
	}
	if ((cli->options & OPTION_HELP) != 0)
		return SAY_DONE;
	given = argc - optind;
	if (given > command->operands && !command->more)
		return say_usage(N_("Unexpected argument"), argv[optind + command->operands],
		    command->words);
	if (given < command->operands)
		return say_usage(N_("Missing argument"), _(command->operand), command->words);
	for (int i = 0; i < command->operands; i++)
		cli->operand[i] = argv[optind + i];
	cli->rest = argv + optind + command->operands;
	cli->more = (size_t)(given - command->operands);
	return cli_together(cli, command);
}

/* --- doing it ------------------------------------------------------------------------ */

static int
cli_do(struct cli *cli, const struct cli_command *command, const struct hello_way *way)
{
	bool alone = command->needs == NEEDS_NOTHING;
	struct hello_way making = *way;
	struct versions versions;
	enum err err = ERR_OK;

	making.may_make = command->needs == NEEDS_OR_MAKES;
	if (!alone)
		err = hello_connect(&making, WIRE_HOST, &cli->line, &cli->reply, &versions);
	if (err != ERR_OK) {
		say_no_keeper(err, cli->reply.wait, &versions);
		cli->said = true;
	} else {
		err = command->run(cli);
		if (!alone)
			close(cli->line);
	}
	if (err != ERR_OK && !cli->said)
		say_error(err, cli->reply.wait);
	err = say_flush(err);
	secret_wipe(&cli->reply, sizeof cli->reply);
	return err == ERR_OK ? SAY_DONE : SAY_FAILED;
}

int
cli_run(const struct hello_way *way, int argc, char **argv)
{
	const struct cli_command *command = commands;
	struct cli cli;
	int used = 0, status;

	memset(&cli, 0, sizeof cli);
	cli.way = way;
	while (command->words != NULL && !cli_matches(command, argc, argv, &used))
		command++;
	if (command->words == NULL)
		return cli_no_command(argc, argv);
	status = cli_parse(&cli, command, argc - used + 1, argv + used - 1);
	if (status != SAY_DONE)
		return status;
	if ((cli.options & OPTION_HELP) != 0) {
		command_help(command);
		return say_flush(ERR_OK) == ERR_OK ? SAY_DONE : SAY_FAILED;
	}
	/* Let `audit list | head` end quietly; the socket to the keeper uses MSG_NOSIGNAL. */
	(void)signal(SIGPIPE, SIG_DFL);
	return cli_do(&cli, command, way);
}
