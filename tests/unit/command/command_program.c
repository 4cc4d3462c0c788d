/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a command names, looked at: each way in which it could not be run, or be changed by another.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "command/command_program.h"
#include "place.h"

static enum command_program
looks(const char *path, const char *as)
{
	static struct command command;

	memset(&command, 0, sizeof command);
	(void)snprintf(command.program, sizeof command.program, "%s", path);
	(void)snprintf(command.as, sizeof command.as, "%s", as);
	return command_program_look(&command, geteuid());
}

/* A file of the place with that text and mode. */
static enum command_program
looks_at(const char *text, mode_t mode)
{
	place_put("file", text);
	assert_int_equal(chmod("file", mode), 0);
	return looks(place_path("file"), "");
}

static void
programs_and_scripts_are_programs(void **state)
{
	(void)state;
	assert_int_equal(looks("/bin/true", ""), COMMAND_PROGRAM_FINE);
	assert_int_equal(looks("/bin/true", "root"), COMMAND_PROGRAM_FINE);
	assert_int_equal(looks_at("#!/bin/sh\n", 0755), COMMAND_PROGRAM_FINE);
	assert_int_equal(looks_at("#! /bin/sh -e\n", 0700), COMMAND_PROGRAM_FINE);
	assert_int_equal(symlink("/bin/true", "link"), 0);
	assert_int_equal(looks(place_path("link"), ""), COMMAND_PROGRAM_FINE);
}

static void
what_cannot_be_run_is_named_for_what_it_is(void **state)
{
	(void)state;
	assert_int_equal(looks("/no/such", ""), COMMAND_PROGRAM_GONE);
	assert_int_equal(looks("/bin", ""), COMMAND_PROGRAM_KIND);
	assert_int_equal(looks("/dev/null", ""), COMMAND_PROGRAM_KIND);
	assert_int_equal(looks("/bin/true", "no-such-user"), COMMAND_PROGRAM_USER);
	assert_int_equal(looks_at("#!/bin/sh\n", 0644), COMMAND_PROGRAM_MODE);
	assert_int_equal(looks_at("echo hello\n", 0755), COMMAND_PROGRAM_SCRIPT);
	assert_int_equal(looks_at("", 0755), COMMAND_PROGRAM_SCRIPT);
	assert_int_equal(looks_at("#!\n/bin/sh\n", 0755), COMMAND_PROGRAM_SCRIPT);
	assert_int_equal(looks_at("\xef\xbb\xbf#!/bin/sh\n", 0755), COMMAND_PROGRAM_SCRIPT);
	assert_int_equal(looks_at("#!/no/such\n", 0755), COMMAND_PROGRAM_INTERPRETER);
	assert_int_equal(looks_at("#!/bin/sh\r\n", 0755), COMMAND_PROGRAM_INTERPRETER);
}

static void
what_another_could_change_is_refused(void **state)
{
	(void)state;
	assert_int_equal(looks_at("#!/bin/sh\n", 0775), COMMAND_PROGRAM_WRITABLE);
	assert_int_equal(looks_at("#!/bin/sh\n", 0757), COMMAND_PROGRAM_WRITABLE);
	assert_int_equal(looks_at("#!/bin/sh\n", 0755), COMMAND_PROGRAM_FINE);
	assert_int_equal(chmod(place, 0777), 0);
	assert_int_equal(looks(place_path("file"), ""), COMMAND_PROGRAM_ABOVE);
	assert_int_equal(chmod(place, 01777), 0);
	assert_int_equal(looks(place_path("file"), ""), COMMAND_PROGRAM_FINE);
	if (geteuid() == 0) {
		assert_int_equal(chown("file", 1, 0), 0);
		assert_int_equal(looks(place_path("file"), ""), COMMAND_PROGRAM_FOREIGN);
		assert_int_equal(looks(place_path("file"), "daemon"), COMMAND_PROGRAM_FINE);
		assert_int_equal(looks(place_path("file"), "nobody"), COMMAND_PROGRAM_FOREIGN);
	}
}

static void
the_first_line_names_the_interpreter(void **state)
{
	char interpreter[COMMAND_PROGRAM_SIZE], long_one[2048];

	(void)state;
	memset(long_one, 'x', sizeof long_one);
	memcpy(long_one, "#!/", 3);
	assert_int_equal(command_program_begins("#!\t /usr/bin/env -S a\n", 21, interpreter),
	    COMMAND_PROGRAM_FINE);
	assert_string_equal(interpreter, "/usr/bin/env");
	assert_int_equal(command_program_begins("\177ELFxyz", 7, interpreter),
	    COMMAND_PROGRAM_FINE);
	assert_string_equal(interpreter, "");
	assert_int_equal(command_program_begins(long_one, sizeof long_one, interpreter),
	    COMMAND_PROGRAM_FINE);
	assert_int_equal(strlen(interpreter), COMMAND_PROGRAM_SIZE - 1);
	assert_int_equal(command_program_begins("#!", 2, interpreter), COMMAND_PROGRAM_SCRIPT);
	assert_int_equal(command_program_begins("#!   ", 5, interpreter), COMMAND_PROGRAM_SCRIPT);
	assert_int_equal(command_program_begins("", 0, interpreter), COMMAND_PROGRAM_SCRIPT);
}

static void
each_finding_has_a_sentence_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < COMMAND_PROGRAM_COUNT; i++) {
		assert_non_null(command_program_says((enum command_program)i));
		for (int j = 0; j < i; j++)
			assert_string_not_equal(command_program_says((enum command_program)i),
			    command_program_says((enum command_program)j));
	}
	assert_non_null(command_program_says((enum command_program)COMMAND_PROGRAM_COUNT));
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, place_make, place_remove)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLACED(programs_and_scripts_are_programs),
		PLACED(what_cannot_be_run_is_named_for_what_it_is),
		PLACED(what_another_could_change_is_refused),
		cmocka_unit_test(the_first_line_names_the_interpreter),
		cmocka_unit_test(each_finding_has_a_sentence_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
