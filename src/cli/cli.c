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

const struct command_option command_options[COMMAND_OPTIONS] = {
	{ OPTION_USER, "user", N_("NAME"),
	    N_("whose name: that of the first Super Administrator, or of whom is imported") },
	{ OPTION_ROLE, "role", N_("ROLE"),
	    N_("super-administrator, administrator or operator (the default)") },
	{ OPTION_STDIN, "password-stdin", NULL,
	    N_("read the password, one line, from standard input") },
	{ OPTION_INVITE, "invite", NULL,
	    N_("make a new one-time invitation password and print it") },
	{ OPTION_FORMAT, "format", N_("FORMAT"),
	    N_("google-authenticator, oath (a users file) or csv (NAME,ROLE[,URI] a line)") },
	{ OPTION_DRY_RUN, "dry-run", NULL, N_("say what would be done, and change nothing") },
	{ OPTION_REASON, "reason", N_("TEXT"),
	    N_("why, for the audit log and the administrators") },
	{ OPTION_WITHOUT_2FA, "without-2fa", NULL,
	    N_("only those without two-factor authentication") },
	{ OPTION_ANCHOR, "anchor", N_("ID:SEAL"),
	    N_("a row and the seal that it must have, as the system's log was told") },
	{ OPTION_BEFORE, "before", N_("DATE"),
	    N_("rows from before then: a day, like 2026-01-31, or how long ago, like 52w") },
	{ OPTION_JSON, "json", NULL, N_("print JSON") },
	/* Two options of one name, and no command takes both. */
	{ OPTION_PERSON, "user", N_("NAME"),
	    N_("only rows of this person: who did it, or to whom") },
	{ OPTION_ACTION, "action", N_("VERB"), N_("only rows of this action, one of those below") },
	{ OPTION_SINCE, "since", N_("TIME"),
	    N_("only rows from then on: a day, like 2026-11-27 or today; a minute, like "
	       "2026-11-27T10:00; or how long ago, like 90m, 2h, 3d or 1w") },
	{ OPTION_UNTIL, "until", N_("TIME"), N_("only rows until then, a day to its end") },
	{ OPTION_FOLLOW, "follow", NULL, N_("go on with new rows until interrupted") },
	{ OPTION_PASSPHRASE_FILE, "passphrase-file", N_("FILE"),
	    N_("read the passphrase, one line, from a file") },
	{ OPTION_PASSPHRASE_STDIN, "passphrase-stdin", NULL,
	    N_("read the passphrase, one line, from standard input") },
	{ OPTION_HELP, "help", NULL, N_("show this help") },
};

const struct command commands[] = {
	{ "init", OPTION_USER | OPTION_STDIN | COMMAND_MAKES, OPTION_USER, 0, "", LIST_NOTHING,
	    N_("Makes the state and the first Super Administrator."), init_run },
	{ "user add", OPTION_ROLE | OPTION_STDIN, 0, 1, N_("NAME"), LIST_NOTHING,
	    N_("Adds a person. Without a password, prints a one-time invitation password."),
	    user_add_run },
	{ "user list", OPTION_WITHOUT_2FA | OPTION_JSON, 0, 0, "", LIST_NOTHING,
	    N_("Lists all people."), user_list_run },
	{ "user show", OPTION_JSON, 0, 1, N_("NAME"), LIST_NOTHING, N_("Shows one person."),
	    user_show_run },
	{ "user disable", 0, 0, 1, N_("NAME"), LIST_NOTHING,
	    N_("Disables a person's account and ends open sessions."), user_disable_run },
	{ "user enable", 0, 0, 1, N_("NAME"), LIST_NOTHING,
	    N_("Enables a disabled person's account again."), user_enable_run },
	{ "user unlock", 0, 0, 1, N_("NAME"), LIST_NOTHING,
	    N_("Ends all pauses after wrong passwords and codes."), user_unlock_run },
	{ "user set-password", OPTION_STDIN | OPTION_INVITE, 0, 1, N_("NAME"), LIST_NOTHING,
	    N_("Gives a person another password, asked for in the terminal if no option is given."),
	    user_set_password_run },
	{ "user reset-2fa", OPTION_REASON, OPTION_REASON, 1, N_("NAME"), LIST_NOTHING,
	    N_("Removes a person's two-factor authentication, to be set up again at the next "
	       "sign-in."),
	    user_reset_run },
	{ "user set-role", 0, 0, 2, N_("NAME ROLE"), LIST_NOTHING,
	    N_("Makes a person super-administrator, administrator or operator."),
	    user_set_role_run },
	{ "user remove", 0, 0, 1, N_("NAME"), LIST_NOTHING,
	    N_("Removes a person and ends open sessions."), user_remove_run },
	{ "user device list", OPTION_JSON, 0, 1, N_("NAME"), LIST_NOTHING,
	    N_("Lists a person's authenticators, since when, and when each was last used."),
	    user_device_list_run },
	{ "user key list", OPTION_JSON, 0, 1, N_("NAME"), LIST_NOTHING,
	    N_("Lists a person's SSH keys, and which of them say who signs in."),
	    user_key_list_run },
	{ "user key add", 0, 0, 2, N_("NAME FILE"), LIST_NOTHING,
	    N_("Gives a person the SSH public key of a file, - for standard input, and prints its "
	       "fingerprint."),
	    user_key_add_run },
	{ "user key remove", 0, 0, 2, N_("NAME FINGERPRINT"), LIST_NOTHING,
	    N_("Takes an SSH key away from a person."), user_key_remove_run },
	{ "user link", 0, 0, 2, N_("NAME UNIX"), LIST_NOTHING,
	    N_("Says that a UNIX account is this person's: their codes open it where PAM asks."),
	    user_link_run },
	{ "user unlink", 0, 0, 1, N_("UNIX"), LIST_NOTHING, N_("Removes that link."),
	    user_unlink_run },
	{ "user links", OPTION_JSON, 0, 0, "", LIST_NOTHING,
	    N_("Lists the UNIX accounts that are linked to people."), user_links_run },
	{ "settings list", OPTION_JSON, 0, 0, "", LIST_SETTINGS, N_("Lists all settings."),
	    settings_list_run },
	{ "settings get", OPTION_JSON, 0, 1, N_("KEY"), LIST_SETTINGS, N_("Prints one setting."),
	    settings_get_run },
	{ "settings set", 0, 0, 2, N_("KEY VALUE"), LIST_SETTINGS,
	    N_("Changes one setting, for everyone on this console."), settings_set_run },
	{ "audit list",
	    OPTION_PERSON | OPTION_ACTION | OPTION_SINCE | OPTION_UNTIL | OPTION_FOLLOW |
		OPTION_JSON,
	    0, 0, "", LIST_VERBS, N_("Lists who did what, and when, from the first row on."),
	    audit_list_run },
	{ "audit verify", OPTION_ANCHOR | OPTION_JSON | COMMAND_ALONE, 0, 0, "", LIST_NOTHING,
	    N_("Reads the whole trail, and tells the first row that was altered or is missing."),
	    audit_verify_run },
	{ "audit export", COMMAND_ALONE, 0, 1, N_("FILE"), LIST_NOTHING,
	    N_("Appends the trail to a file as JSON, a row a line, from the file's last row on; - "
	       "is standard output."),
	    audit_export_run },
	{ "audit prune", OPTION_BEFORE, OPTION_BEFORE, 0, "", LIST_NOTHING,
	    N_("Removes old rows of the trail for good; a sealed checkpoint takes their place."),
	    audit_prune_run },
	{ "key rotate", 0, 0, 0, "", LIST_NOTHING,
	    N_("Replaces the keys under which secrets are sealed, while everybody goes on."),
	    key_rotate_run },
	{ "import",
	    OPTION_FORMAT | OPTION_USER | OPTION_ROLE | OPTION_DRY_RUN | OPTION_INVITE |
		OPTION_JSON,
	    OPTION_FORMAT, 1, N_("FILE"), LIST_NOTHING,
	    N_("Takes people and their authenticators over from another tool's file, all or "
	       "none."),
	    import_run },
	{ "backup", OPTION_PASSPHRASE_FILE | OPTION_PASSPHRASE_STDIN, 0, 1, N_("FILE"),
	    LIST_NOTHING,
	    N_("Writes database and keys to one file, sealed with a passphrase, while everybody "
	       "goes on."),
	    backup_run },
	{ "restore", OPTION_PASSPHRASE_FILE | OPTION_PASSPHRASE_STDIN | COMMAND_ALONE, 0, 1,
	    N_("FILE"), LIST_NOTHING, N_("Makes a console of a backup, where there is none yet."),
	    restore_run },
	{ "metrics", 0, 0, 0, "", LIST_NOTHING,
	    N_("Prints how the console is, in numbers, for Prometheus and its like."),
	    metrics_run },
	{ "doctor", OPTION_JSON | COMMAND_ALONE, 0, 0, "", LIST_NOTHING,
	    N_("Checks the state and its host, and says what to do."), doctor_run },
	{ NULL, 0, 0, 0, NULL, LIST_NOTHING, NULL, NULL },
};

enum err
command_ask(struct cli *cli, struct wire_request *request)
{
	return line_ask(cli->line, request, &cli->reply);
}

/* --- which command ---------------------------------------------------------------- */

/* Whether the first words of argv are those of the command; how many there are. */
static bool
cli_matches(const struct command *command, int argc, char **argv, int *ret_used)
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
cli_is_in(const struct command *command, const char *area)
{
	size_t length = strlen(area);

	return strncmp(command->words, area, length) == 0 && command->words[length] == ' ';
}

static bool
cli_is_area(const char *word)
{
	for (const struct command *command = commands; command->words != NULL; command++)
		if (cli_is_in(command, word))
			return true;
	return false;
}

/* Help of an area: that of each of its commands. */
static int
cli_area_help(const char *area)
{
	const char *gap = "";

	for (const struct command *command = commands; command->words != NULL; command++)
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
cli_long_options(const struct command *command, struct option *list)
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
	};

	cli->options |= (unsigned)option;
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		if (values[i].option == option)
			*values[i].place = value;
}

/* Checks required and conflicting options. Returns 0, or SAY_USAGE after saying why. */
static int
cli_together(const struct cli *cli, const struct command *command)
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
cli_parse(struct cli *cli, const struct command *command, int argc, char **argv)
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
		cli_take(cli, (enum command_bit)option, optarg);
	}
	if ((cli->options & OPTION_HELP) != 0)
		return SAY_DONE;
	given = argc - optind;
	if (given > command->operands)
		return say_usage(N_("Unexpected argument"), argv[optind + command->operands],
		    command->words);
	if (given < command->operands)
		return say_usage(N_("Missing argument"), _(command->operand), command->words);
	for (int i = 0; i < given; i++)
		cli->operand[i] = argv[optind + i];
	return cli_together(cli, command);
}

/* --- doing it ------------------------------------------------------------------------ */

static int
cli_do(struct cli *cli, const struct command *command, const struct hello_way *way)
{
	bool alone = (command->options & COMMAND_ALONE) != 0;
	struct hello_way making = *way;
	struct versions versions;
	enum err err = ERR_OK;

	making.may_make = (command->options & COMMAND_MAKES) != 0;
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
	const struct command *command = commands;
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
