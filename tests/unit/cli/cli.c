/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The command line: usage, help, and tables. */
#include "cli_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/say.h"
#include "cli/table.h"
#include "cli/wrap.h"

/* --- usage --------------------------------------------------------------------------------- */

static int
command_line(const char *words)
{
	const struct hello_way way = { .socket = "/nowhere/at/all/socket", .libexec = "/nowhere" };
	char copy[256], *argv[16], *rest = copy;
	int argc = 0, status;

	(void)snprintf(copy, sizeof copy, "%s", words);
	while ((argv[argc] = strsep(&rest, " ")) != NULL)
		argc++;
	stage_catch();
	status = cli_run(&way, argc, argv);
	stage_release();
	return status;
}

static void
test_wrong_usage(void **state)
{
	static const struct {
		const char *words, *says, *see;
	} wrong[] = {
		{ "dance", "There is no such command: dance.", "See: provconsole --help\n" },
		{ "user", "Missing command after: user.", "See: provconsole user --help\n" },
		{ "user dance", "There is no such command: dance.",
		    "See: provconsole user --help\n" },
		{ "us list", "There is no such command: us.", "See: provconsole --help\n" },
		{ "user show", "Missing argument: NAME.", "See: provconsole user show --help\n" },
		{ "user show a b", "Unexpected argument: b.",
		    "See: provconsole user show --help\n" },
		{ "user list --dance", "There is no such option: --dance.",
		    "See: provconsole user list --help\n" },
		{ "user list --role operator", "This command does not take the option: role.",
		    "See: provconsole user list --help\n" },
		{ "user add a --role", "This option needs a value: --role.",
		    "See: provconsole user add --help\n" },
		{ "setup --pam sshd --pam sudo", "This option is given twice: pam.",
		    "See: provconsole setup --help\n" },
		{ "init", "Missing option: --user.", "See: provconsole init --help\n" },
		{ "user reset-2fa bob", "Missing option: --reason.",
		    "See: provconsole user reset-2fa --help\n" },
		{ "user reset-2fa bob --reason", "This option needs a value: --reason.",
		    "See: provconsole user reset-2fa --help\n" },
		{ "user reset-2fa --reason lost", "Missing argument: NAME.",
		    "See: provconsole user reset-2fa --help\n" },
		{ "user set-password bob --invite --password-stdin",
		    "cannot be given along with --password-stdin: --invite.",
		    "See: provconsole user set-password --help\n" },
		{ "user add bob --invite", "This command does not take the option: invite.",
		    "See: provconsole user add --help\n" },
		{ "user set-role bob", "Missing argument: NAME ROLE.",
		    "See: provconsole user set-role --help\n" },
		{ "user remove", "Missing argument: NAME.",
		    "See: provconsole user remove --help\n" },
		{ "user remove a b", "Unexpected argument: b.",
		    "See: provconsole user remove --help\n" },
		{ "settings set idle-lock", "Missing argument: KEY VALUE.",
		    "See: provconsole settings set --help\n" },
		{ "\x1b[31m", "There is no such command: ?[31m.", "See: provconsole --help\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		assert_int_equal(command_line(wrong[i].words), SAY_USAGE);
		assert_string_equal(OUT, "");
		assert_non_null(strstr(ERR, wrong[i].says));
		assert_non_null(strstr(ERR, wrong[i].see));
		assert_ptr_equal(strchr(ERR, '\n'), ERR + strlen(ERR) - 1);
	}
}

static void
test_a_failure_is_one(void **state)
{
	(void)state;
	assert_int_equal(command_line("user list"), SAY_FAILED);
	assert_string_equal(OUT, "");
	assert_string_equal(ERR,
	    "provconsole: No keeper answers on the socket. Start its service, or give another "
	    "socket.\n");
	assert_int_equal(command_line("user add a -- --b"), SAY_USAGE);
	assert_int_equal(command_line("user add -- --b"), SAY_FAILED);
}

/* Lines as one, for help is broken between words. */
static void
unbreak(char *text)
{
	char *to = text;

	for (const char *from = text; *from != '\0'; from++)
		if ((*from != ' ' && *from != '\n') || (to > text && to[-1] != ' '))
			*to++ = *from == '\n' ? ' ' : *from;
	*to = '\0';
}

static void
test_help(void **state)
{
	char line[64];

	(void)state;
	for (const struct cli_command *command = commands; command->words != NULL; command++) {
		char *usage = command_usage(command);

		assert_non_null(usage);
		assert_int_equal(strncmp(usage, command->words, strlen(command->words)), 0);
		(void)snprintf(line, sizeof line, "%s --help", command->words);
		assert_int_equal(command_line(line), SAY_DONE);
		assert_string_equal(ERR, "");
		unbreak(OUT);
		assert_non_null(strstr(OUT, usage));
		assert_non_null(strstr(OUT, command->help));
		stage_catch();
		assert_int_equal(cli_help(), SAY_DONE);
		stage_release();
		unbreak(OUT);
		assert_non_null(strstr(OUT, command->help));
		assert_non_null(strstr(OUT, usage));
		free(usage);
	}
	assert_int_equal(command_line("settings set --help"), SAY_DONE);
	assert_non_null(strstr(OUT, "  require-2fa "));
	assert_int_equal(command_line("user --help"), SAY_DONE);
	assert_non_null(strstr(OUT, "user add NAME [--role ROLE] [--password-stdin]"));
	assert_non_null(strstr(OUT, "user unlock NAME"));
	assert_non_null(strstr(OUT, "user reset-2fa NAME --reason TEXT\n"));
}

/* --- tables
 * ---------------------------------------------------------------------------------------------- */

static void
test_table_keeps_its_widths(void **state)
{
	struct table table;

	(void)state;
	stage_catch();
	table_open(&table, stdout, 2);
	table_put(&table, "wide \xe4\xb8\xad");
	table_put(&table, "x");
	assert_int_equal(table_flush(&table), ERR_OK);
	table_put(&table, "\x1b[m");
	table_put(&table, "y");
	table_put(&table, "last");
	table_put(&table, "");
	assert_int_equal(table_flush(&table), ERR_OK);
	table_close(&table);
	stage_release();
	assert_string_equal(OUT, "wide \xe4\xb8\xad  x\n?[m      y\nlast\n");
}

/* A table of two rows in a terminal of so many columns. */
static void
table_in(size_t terminal)
{
	static const char *const cells[] = { "KEY", "VALUE", "MEANING", "applications",
		"Authy, another one", "what is suggested", "k", "", "x" };
	struct table table;

	stage_catch();
	table_open(&table, stdout, 3);
	table.terminal = terminal;
	for (size_t i = 0; i < sizeof cells / sizeof cells[0]; i++)
		table_put(&table, cells[i]);
	assert_int_equal(table_flush(&table), ERR_OK);
	table_close(&table);
	stage_release();
}

static void
test_table_fits_the_terminal(void **state)
{
	(void)state;
	table_in(60);
	assert_string_equal(OUT,
	    "KEY           VALUE               MEANING\n"
	    "applications  Authy, another one  what is suggested\n"
	    "k                                 x\n");
	table_in(40);
	assert_string_equal(OUT,
	    "KEY           VALUE         MEANING\n"
	    "applications  Authy,        what is\n"
	    "              another one   suggested\n"
	    "k                           x\n");
	/* Its words are too long side by side. */
	table_in(26);
	assert_string_equal(OUT,
	    "KEY           VALUE\n"
	    "    MEANING\n"
	    "applications\n"
	    "    Authy, another one\n"
	    "    what is suggested\n"
	    "k\n"
	    "    x\n");
}

static void
test_lines(void **state)
{
	static const char text[] = "what does not fit";
	size_t next;

	(void)state;
	assert_int_equal(wrap_line(text, 9, &next), 9);
	assert_int_equal(next, 10);
	assert_int_equal(wrap_line(text, 8, &next), 4);
	assert_int_equal(wrap_line(text, 17, &next), 17);
	assert_int_equal(next, 17);
	assert_int_equal(wrap_line("indivisible", 3, &next), 11);
	assert_int_equal(wrap_line("", 3, &next), 0);
	assert_int_equal(next, 0);
	/* Columns, not bytes. */
	assert_int_equal(wrap_line("\xc3\xa9\xc3\xa9 \xe4\xb8\xad x", 5, &next), 8);
	stage_catch();
	wrap_put(stdout, "three words, and then some more", 4, 24);
	stage_release();
	assert_string_equal(OUT, "three words, and\n    then some more\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wrong_usage),
		cmocka_unit_test(test_a_failure_is_one),
		cmocka_unit_test(test_help),
		cmocka_unit_test(test_table_keeps_its_widths),
		cmocka_unit_test(test_table_fits_the_terminal),
		cmocka_unit_test(test_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
