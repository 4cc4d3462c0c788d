/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A command's file: what root wrote is read as it stands, and all else is refused with its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/command.h"

#define LEAST "title A\nrole operator\nprogram /bin/true\n"

static const char whole[] = "# who may restart it\n"
			    "\n"
			    "title Restart the web server\n"
			    "role operator\n"
			    "role administrator\n"
			    "as www-data\n"
			    "confirm\n"
			    "code\n"
			    "record\n"
			    "program /usr/bin/systemctl\n"
			    "argument restart\n"
			    "argument  two  blanks \n"
			    "argument\n"
			    "argument $(reboot) `id` \"*\" 'q' ; \\\n"
			    "argument nginx";

static enum command_fault
fault_of(const char *bytes, size_t size, size_t *ret_line)
{
	static struct command command, before;
	enum command_fault fault;

	memset(&command, 0x5a, sizeof command);
	memcpy(&before, &command, sizeof before);
	fault = command_parse("x", bytes, size, &command, ret_line);
	if (fault != COMMAND_FINE)
		assert_memory_equal(&command, &before, sizeof command);
	return fault;
}

static void
refused(const char *bytes, size_t size, enum command_fault want, size_t want_line)
{
	size_t line = 99;
	enum command_fault fault = fault_of(bytes, size, &line);

	if (fault != want || line != want_line)
		fail_msg("\"%.30s\": fault %d in line %zu, not %d in %zu", bytes, fault, line, want,
		    want_line);
}

static void
all_that_a_file_can_say_is_read_as_it_stands(void **state)
{
	static struct command command;
	size_t line = 99;

	(void)state;
	assert_int_equal(command_parse("restart-web", whole, strlen(whole), &command, &line),
	    COMMAND_FINE);
	assert_int_equal(line, 0);
	assert_string_equal(command.name, "restart-web");
	assert_string_equal(command.title, "Restart the web server");
	assert_int_equal(command.roles, 1 << ROLE_OPERATOR | 1 << ROLE_ADMINISTRATOR);
	assert_string_equal(command.as, "www-data");
	assert_true(command.confirm && command.code && command.record);
	assert_string_equal(command.program, "/usr/bin/systemctl");
	assert_int_equal(command.count, 5);
	assert_string_equal(command.argument[0], "restart");
	assert_string_equal(command.argument[1], " two  blanks ");
	assert_string_equal(command.argument[2], "");
	assert_string_equal(command.argument[3], "$(reboot) `id` \"*\" 'q' ; \\");
	assert_string_equal(command.argument[4], "nginx");
}

static void
what_is_not_said_is_off(void **state)
{
	static struct command command;
	size_t line;

	(void)state;
	assert_int_equal(command_parse("x", LEAST, strlen(LEAST), &command, &line), COMMAND_FINE);
	assert_false(command.confirm || command.code || command.record);
	assert_string_equal(command.as, "");
	assert_int_equal(command.count, 0);
	assert_true(command_allows(&command, ROLE_OPERATOR));
	assert_false(command_allows(&command, ROLE_ADMINISTRATOR));
	assert_false(command_allows(&command, ROLE_SUPER_ADMINISTRATOR));
	assert_false(command_allows(&command, (enum role)ROLE_COUNT));
	assert_false(command_allows(&command, (enum role) - 1));
}

/* Each is added to a file that is in order, as its fourth line; or is a file of its own. */
static const struct {
	const char *line;
	enum command_fault fault;
} lines[] = {
	{ "titel A", COMMAND_WORD },
	{ "Title A", COMMAND_WORD },
	{ " confirm", COMMAND_WORD },
	{ "  ", COMMAND_WORD },
	{ "confirmed", COMMAND_WORD },
	{ "shell /bin/sh", COMMAND_WORD },
	{ "title B", COMMAND_TWICE },
	{ "program /bin/false", COMMAND_TWICE },
	{ "as", COMMAND_VALUE_NONE },
	{ "as    ", COMMAND_VALUE_NONE },
	{ "role", COMMAND_VALUE_NONE },
	{ "role  ", COMMAND_VALUE_NONE },
	{ "confirm no", COMMAND_VALUE_NONE },
	{ "code 5 minutes", COMMAND_VALUE_NONE },
	{ "record yes", COMMAND_VALUE_NONE },
	{ "role root", COMMAND_ROLE },
	{ "role Operator", COMMAND_ROLE },
	{ "role operator ", COMMAND_ROLE },
	{ "role operator,administrator", COMMAND_ROLE },
	{ "role operatoroperatoroperatoroperatoroperator", COMMAND_ROLE },
	{ "as -u", COMMAND_USER },
	{ "as www data", COMMAND_USER },
	{ "as www-data ", COMMAND_USER },
	{ "as 0", COMMAND_USER },
	{ "as 1000", COMMAND_USER },
	{ "as ../etc", COMMAND_USER },
	{ "as root:root", COMMAND_USER },
	{ "as \xc3\xa9loi", COMMAND_USER },
	{ "as a23456789012345678901234567890123", COMMAND_USER },
	{ "argument a\tb", COMMAND_BYTE },
	{ "confirm\r", COMMAND_BYTE },
	{ "#\r", COMMAND_BYTE },
	{ "# \xff", COMMAND_BYTE },
	{ "argument \xc3", COMMAND_BYTE },
	{ "argument \xed\xa0\x80", COMMAND_BYTE }, /* half a surrogate pair */
	{ "argument \xc0\xaf", COMMAND_BYTE },	   /* '/', too long */
	{ "argument \x1b[2J", COMMAND_BYTE },
	{ "argument \xc2\x9b", COMMAND_BYTE }, /* CSI in one */
	{ "argument \xe2\x80\xae"
	  "dlo",
	    COMMAND_BYTE },			    /* from the right to the left */
	{ "argument \xe2\x80\xa8x", COMMAND_BYTE }, /* a line's end that is none here */
	{ "argument \xe2\x80\x8b", COMMAND_BYTE },  /* of no width */
	{ "argument \x7f", COMMAND_BYTE },
};

static void
a_line_at_fault_is_named(void **state)
{
	char text[512];

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
		(void)snprintf(text, sizeof text, LEAST "%s\n# more\n", lines[i].line);
		refused(text, strlen(text), lines[i].fault, 4);
		(void)snprintf(text, sizeof text, LEAST "%s", lines[i].line);
		refused(text, strlen(text), lines[i].fault, 4);
		(void)snprintf(text, sizeof text, LEAST "\n\n%s\nnonsense\n", lines[i].line);
		refused(text, strlen(text), lines[i].fault, 6);
	}
	/* Twice what stands once, each. */
	for (const char *const *word =
		 (const char *const[]){ "as a", "confirm", "code", "record", NULL };
	     *word != NULL; word++) {
		(void)snprintf(text, sizeof text, LEAST "%s\n%s\n", *word, *word);
		refused(text, strlen(text), COMMAND_TWICE, 5);
	}
}

static void
refused_text(const char *text, enum command_fault want, size_t line)
{
	refused(text, strlen(text), want, line);
}

static void
a_file_that_lacks_something_is_none(void **state)
{
	(void)state;
	refused_text("", COMMAND_TITLE_NONE, 0);
	refused_text("\n\n", COMMAND_TITLE_NONE, 0);
	refused_text("# nothing", COMMAND_TITLE_NONE, 0);
	refused_text("title A\nprogram /bin/true\n", COMMAND_ROLE_NONE, 0);
	refused_text("title A\nrole operator\n", COMMAND_PROGRAM_NONE, 0);
	refused_text("title\nrole operator\n", COMMAND_VALUE_NONE, 1);
	refused_text("title A\nrole operator\nprogram\n", COMMAND_VALUE_NONE, 3);
	refused_text("title A\nrole operator\nprogram true\n", COMMAND_RELATIVE, 3);
	refused_text("title A\nrole operator\nprogram  /bin/true\n", COMMAND_RELATIVE, 3);
	refused_text("title A\nrole operator\nprogram ./true\n", COMMAND_RELATIVE, 3);
	refused_text("title A\nrole operator\nprogram ~/true\n", COMMAND_RELATIVE, 3);
	refused_text("\xef\xbb\xbf" LEAST, COMMAND_BYTE, 1);
	refused_text("title A\r\nrole operator\r\nprogram /bin/true\r\n", COMMAND_BYTE, 1);
	refused("\0", 1, COMMAND_BYTE, 1);
	refused(LEAST "argument a\0b\n", sizeof LEAST + 13, COMMAND_BYTE, 4);
	refused(LEAST "\0", sizeof LEAST, COMMAND_BYTE, 4);
	refused("\xff\xfet\0i\0t\0", 8, COMMAND_BYTE, 1); /* UTF-16 */
}

/* A file that is in order but for a word with a value of so many letters. */
static char *
with(const char *before, size_t letters, const char *behind)
{
	size_t size = strlen(before) + letters + strlen(behind) + 1;
	char *text = malloc(size);

	assert_non_null(text);
	(void)snprintf(text, size, "%s%*s%s", before, (int)letters, "", behind);
	memset(text + strlen(before), 'x', letters);
	return text;
}

static void
long_is(const char *before, size_t letters, const char *behind, enum command_fault want,
    size_t line)
{
	char *text = with(before, letters, behind);

	refused_text(text, want, line);
	free(text);
}

static void
each_size_has_its_end(void **state)
{
	static const char behind[] = "\nrole operator\nprogram /bin/true\n";
	char many[4096];
	size_t used = strlen(LEAST);

	(void)state;
	long_is("title ", COMMAND_TITLE_SIZE - 1, behind, COMMAND_FINE, 0);
	long_is("title ", COMMAND_TITLE_SIZE, behind, COMMAND_TITLE, 1);
	long_is("title A\nrole operator\nprogram /", COMMAND_PROGRAM_SIZE - 2, "", COMMAND_FINE, 0);
	long_is("title A\nrole operator\nprogram /", COMMAND_PROGRAM_SIZE - 1, "", COMMAND_RELATIVE,
	    3);
	long_is(LEAST "as ", COMMAND_USER_SIZE - 1, "", COMMAND_FINE, 0);
	long_is(LEAST "as ", COMMAND_USER_SIZE, "", COMMAND_USER, 4);
	long_is(LEAST "argument ", COMMAND_TEXT_SIZE - 1 - strlen(LEAST "argument "), "",
	    COMMAND_FINE, 0);
	long_is(LEAST "argument ", COMMAND_TEXT_SIZE - strlen(LEAST "argument "), "", COMMAND_LONG,
	    0);
	long_is(LEAST "argument ", (size_t)100 * 1024, "", COMMAND_LONG, 0);
	long_is("", (size_t)100 * 1024, "", COMMAND_LONG, 0);
	memcpy(many, LEAST, used);
	for (int i = 0; i <= COMMAND_ARGUMENTS_MAX; i++) {
		refused(many, used, COMMAND_FINE, 0);
		memcpy(many + used, "argument\n", strlen("argument\n"));
		used += strlen("argument\n");
	}
	refused(many, used, COMMAND_LONG, 4 + COMMAND_ARGUMENTS_MAX);
}

static void
what_is_written_is_read_back(void **state)
{
	static struct command command, again;
	char text[COMMAND_TEXT_SIZE], twice[COMMAND_TEXT_SIZE];
	size_t line;

	(void)state;
	assert_int_equal(command_parse("x", whole, strlen(whole), &command, &line), COMMAND_FINE);
	assert_int_equal(command_write(&command, text, sizeof text), COMMAND_FINE);
	assert_null(strstr(text, " \n#"));
	assert_int_equal(command_parse("x", text, strlen(text), &again, &line), COMMAND_FINE);
	assert_int_equal(again.count, command.count);
	for (size_t i = 0; i < command.count; i++) {
		assert_string_equal(again.argument[i], command.argument[i]);
		/* Each points into its own struct, and not into the one that was read into. */
		assert_in_range((uintptr_t)again.argument[i], (uintptr_t)again.text,
		    (uintptr_t)again.text + sizeof again.text - 1);
	}
	assert_int_equal(command_write(&again, twice, sizeof twice), COMMAND_FINE);
	assert_string_equal(twice, text);
}

/* What command_write() says of a good command with that title, user, program and argument. */
static enum command_fault
writes(const char *title, const char *as, const char *program, const char *argument)
{
	static struct command command;
	char text[COMMAND_TEXT_SIZE];

	memset(&command, 0, sizeof command);
	(void)snprintf(command.name, sizeof command.name, "x");
	(void)snprintf(command.title, sizeof command.title, "%s", title);
	(void)snprintf(command.as, sizeof command.as, "%s", as);
	(void)snprintf(command.program, sizeof command.program, "%s", program);
	command.roles = 1 << ROLE_OPERATOR;
	command.count = argument != NULL;
	command.argument[0] = argument;
	return command_write(&command, text, sizeof text);
}

static enum command_fault
writes_role(unsigned roles)
{
	static struct command command = { .title = "A", .program = "/bin/true" };
	char text[COMMAND_TEXT_SIZE];

	command.roles = roles;
	return command_write(&command, text, sizeof text);
}

static void
what_would_be_read_otherwise_is_not_written(void **state)
{
	char *long_one = with("", COMMAND_TEXT_SIZE, "");
	static struct command nobody;
	char text[64];

	(void)state;
	assert_int_equal(writes("A", "", "/bin/true", "a b"), COMMAND_FINE);
	assert_int_equal(writes("A", "", "/bin/true", NULL), COMMAND_FINE);
	assert_int_equal(writes("A", "", "/bin/true", ""), COMMAND_FINE);
	/* Two lines of it, both in order. */
	assert_int_equal(writes("A", "", "/bin/true", "x\nargument y"), COMMAND_BYTE);
	assert_int_equal(writes("A", "", "/bin/true", "x\nas root"), COMMAND_BYTE);
	assert_int_equal(writes("A", "", "/bin/true", "x\n"), COMMAND_BYTE);
	assert_int_equal(writes("A", "", "/bin/true", "\n"), COMMAND_BYTE);
	assert_int_equal(writes("A", "", "/bin/true", "x\n# y"), COMMAND_BYTE);
	assert_int_equal(writes("A\nconfirm", "", "/bin/true", NULL), COMMAND_BYTE);
	assert_int_equal(writes("A", "", "/bin/true\n", NULL), COMMAND_BYTE);
	assert_int_equal(writes("A", "a\nrecord", "/bin/true", NULL), COMMAND_BYTE);
	assert_int_equal(writes("A", "", "/bin/true", "x\ny"), COMMAND_BYTE);
	assert_int_equal(writes("A", "", "/bin/true", "\x1b"), COMMAND_BYTE);
	assert_int_equal(writes("A", "", "/bin/true", long_one), COMMAND_LONG);
	assert_int_equal(writes("", "", "/bin/true", NULL), COMMAND_TITLE_NONE);
	assert_int_equal(writes("  ", "", "/bin/true", NULL), COMMAND_VALUE_NONE);
	assert_int_equal(writes("A", "", "", NULL), COMMAND_PROGRAM_NONE);
	assert_int_equal(writes("A", "", "true", NULL), COMMAND_RELATIVE);
	assert_int_equal(writes("A", "no user", "/bin/true", NULL), COMMAND_USER);
	assert_int_equal(command_write(&nobody, text, sizeof text), COMMAND_TITLE_NONE);
	assert_int_equal(command_write(&nobody, text, 8), COMMAND_LONG);
	assert_int_equal(command_write(&nobody, text, 0), COMMAND_LONG);
	assert_int_equal(writes_role(1U << ROLE_COUNT | 1U), COMMAND_ROLE);
	nobody.count = COMMAND_ARGUMENTS_MAX + 1;
	assert_int_equal(command_write(&nobody, text, sizeof text), COMMAND_LONG);
	free(long_one);
}

static void
a_name_is_a_plain_word(void **state)
{
	static const char *const good[] = { "a", "restart-web", "A.b_c-9", "9", "_x",
		"a234567890123456789012345678901234567890123456789012345678901234" };
	static const char *const bad[] = { "", ".", "..", ".hidden", "-v", "a b", "a/b", "../x",
		"a\n", "a*", "a'", "a\"", "caf\xc3\xa9", "a\x80",
		"a2345678901234567890123456789012345678901234567890123456789012345" };

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		assert_true(command_name_valid(good[i]));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(command_name_valid(bad[i]));
}

static void
each_fault_has_a_sentence_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < COMMAND_FAULT_COUNT; i++) {
		assert_non_null(command_fault_says((enum command_fault)i));
		for (int j = 0; j < i; j++)
			assert_string_not_equal(command_fault_says((enum command_fault)i),
			    command_fault_says((enum command_fault)j));
	}
	assert_non_null(command_fault_says((enum command_fault)COMMAND_FAULT_COUNT));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(all_that_a_file_can_say_is_read_as_it_stands),
		cmocka_unit_test(what_is_not_said_is_off),
		cmocka_unit_test(a_line_at_fault_is_named),
		cmocka_unit_test(a_file_that_lacks_something_is_none),
		cmocka_unit_test(each_size_has_its_end),
		cmocka_unit_test(what_is_written_is_read_back),
		cmocka_unit_test(what_would_be_read_otherwise_is_not_written),
		cmocka_unit_test(a_name_is_a_plain_word),
		cmocka_unit_test(each_fault_has_a_sentence_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
