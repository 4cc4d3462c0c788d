/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the keeper's program says of a state, as a line and read back; and how it is run. The
 * program here is this very one: called with
 * --doctor, it does what the name of its directory says.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <unistd.h>

#include "client/examination.h"

static char self[PATH_MAX];

/* --- the program ------------------------------------------------------------------------- */

/* Says how far it is, and writes into the file that is its standard input. */
static int
reads(void)
{
	if (write(STDIN_FILENO, "row", 3) != 3)
		return 4;
	(void)puts("progress 0 4096 9000 \nprogress 0 9000 9000 \nend 0 0 ");
	return 0;
}

static int
program(const char *directory)
{
	struct examine_finding finding = { .check = EXAMINE_AUDIT,
		.err = ERR_AUDIT_BROKEN,
		.number = 41 };
	char line[EXAMINE_LINE_SIZE];

	for (int fd = 3; fd < 64; fd++)
		if (fcntl(fd, F_GETFD) >= 0)
			return 3;
	if (getenv("PROVCONSOLE_STATE") != NULL)
		return 3;
	if (strcmp(directory, "reads") == 0)
		return reads();
	examine_line(&finding, line);
	(void)fputs(line, stdout);
	if (strcmp(directory, "twice") == 0)
		(void)fputs(line, stdout);
	if (strcmp(directory, "nonsense") == 0)
		(void)puts("audit");
	if (strcmp(directory, "dies") == 0 || strcmp(directory, "killed") == 0) {
		(void)fflush(stdout);
		raise(*directory == 'd' ? SIGTERM : SIGKILL);
	}
	finding.check = EXAMINE_END;
	examine_line(&finding, line);
	if (strcmp(directory, "endless") != 0)
		(void)fputs(line, stdout);
	return strcmp(directory, "fails") == 0 ? 1 : 0;
}

static enum err
run(const char *directory, struct examine_finding findings[EXAMINE_COUNT], bool seen[EXAMINE_COUNT])
{
	memset(findings, 0, EXAMINE_COUNT * sizeof *findings);
	memset(seen, 1, EXAMINE_COUNT);
	return examination_run(self, directory, findings, seen);
}

/* --- tests --------------------------------------------------------------------------------- */

static void
a_finding_is_read_as_it_was_written(void **state)
{
	static const struct examine_finding samples[] = {
		{ EXAMINE_STATE, ERR_OK, 0, "" },
		{ EXAMINE_SCHEMA, ERR_STORE_NEWER, 99, "1" },
		{ EXAMINE_DATABASE, ERR_STORE_CORRUPT, -1, "Tree 5 page 3: two words  and blanks" },
		{ EXAMINE_AUDIT, (enum err)(ERR_COUNT - 1), INT64_MAX, "" },
		{ EXAMINE_END, ERR_OK, INT64_MIN, "" },
	};
	char line[EXAMINE_LINE_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof samples / sizeof samples[0]; i++) {
		struct examine_finding back;

		examine_line(&samples[i], line);
		assert_true(examine_parse(line, &back));
		assert_int_equal(back.check, samples[i].check);
		assert_int_equal(back.err, samples[i].err);
		assert_true(back.number == samples[i].number);
		assert_string_equal(back.detail, samples[i].detail);
	}
}

static void
a_detail_cannot_be_a_second_line(void **state)
{
	struct examine_finding finding = { EXAMINE_DATABASE, ERR_STORE_CORRUPT, 0,
		"*** in database main ***\nTree \033[2J" },
			       back;
	char line[EXAMINE_LINE_SIZE];

	(void)state;
	examine_line(&finding, line);
	assert_ptr_equal(strchr(line, '\n'), line + strlen(line) - 1);
	assert_null(strchr(line, '\033'));
	memset(finding.detail, 'x', sizeof finding.detail);
	examine_line(&finding, line);
	assert_true(examine_parse(line, &back));
	assert_int_equal(strlen(back.detail), EXAMINE_DETAIL_SIZE - 1);
}

static void
nothing_else_is_read(void **state)
{
	static const char *const lines[] = {
		"",
		"\n",
		"state",
		"state ",
		"state 0",
		"state 0 ",
		"state 0 0",
		"state  0 0 ",
		"stat 0 0 ",
		"states 0 0 ",
		"STATE 0 0 ",
		" state 0 0 ",
		"state -1 0 ",
		"state +1 0 ",
		"state x 0 ",
		"state 0x1 0 ",
		"state 999 0 ",
		"state 0 9223372036854775808 ",
		"state 0 1x ",
		"state 0 - ",
		"state 0 0 \nstate 0 0 ",
	};
	struct examine_finding finding = { .number = 77 };
	char long_line[EXAMINE_LINE_SIZE + 1] = "state 0 0 ";

	(void)state;
	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
		if (examine_parse(lines[i], &finding))
			fail_msg("read: '%s'", lines[i]);
	memset(long_line + 10, 'x', EXAMINE_DETAIL_SIZE);
	assert_false(examine_parse(long_line, &finding));
	assert_int_equal(finding.number, 77);
}

static void
a_program_is_run_to_its_end(void **state)
{
	struct examine_finding findings[EXAMINE_COUNT];
	bool seen[EXAMINE_COUNT];

	(void)state;
	assert_int_equal(setenv("PROVCONSOLE_STATE", "/nowhere", 1), 0);
	assert_int_equal(run("good", findings, seen), ERR_OK);
	assert_true(seen[EXAMINE_AUDIT] && seen[EXAMINE_END]);
	assert_false(seen[EXAMINE_STATE] || seen[EXAMINE_MEMORY]);
	assert_int_equal(findings[EXAMINE_AUDIT].err, ERR_AUDIT_BROKEN);
	assert_int_equal(findings[EXAMINE_AUDIT].number, 41);
}

static void
a_program_that_dies_has_told_what_it_told(void **state)
{
	static const struct {
		const char *way;
		enum err err;
	} ways[] = { { "dies", ERR_KEEPER_START }, { "killed", ERR_LOOK_LONG },
		{ "endless", ERR_KEEPER_START }, { "fails", ERR_KEEPER_START },
		{ "twice", ERR_KEEPER_START }, { "nonsense", ERR_KEEPER_START } };
	struct examine_finding findings[EXAMINE_COUNT];
	bool seen[EXAMINE_COUNT];

	(void)state;
	for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
		assert_int_equal(run(ways[i].way, findings, seen), ways[i].err);
		assert_true(seen[EXAMINE_AUDIT]);
		assert_int_equal(findings[EXAMINE_AUDIT].number, 41);
	}
}

static void
a_program_that_is_not_there_tells_nothing(void **state)
{
	struct examine_finding findings[EXAMINE_COUNT];
	bool seen[EXAMINE_COUNT];

	(void)state;
	assert_int_equal(examination_run("/nonexistent/keeper", "good", findings, seen),
	    ERR_KEEPER_START);
	for (int check = 0; check < EXAMINE_COUNT; check++)
		assert_false(seen[check]);
}

struct told {
	int64_t done[3], all[3];
	size_t times;
};

static void
hear(void *context, int64_t done, int64_t all)
{
	struct told *told = context;

	assert_true(told->times < 3);
	told->done[told->times] = done;
	told->all[told->times++] = all;
}

static void
it_is_told_how_far_it_is_and_gets_the_file(void **state)
{
	struct told told = { 0 };
	FILE *file = tmpfile();
	char text[8] = "";
	struct examination what = { .keeper = self,
		.directory = "reads",
		.action = "--export",
		.in = -1,
		.tell = hear,
		.context = &told };
	struct examine_finding findings[EXAMINE_COUNT];
	bool seen[EXAMINE_COUNT];

	(void)state;
	assert_non_null(file);
	what.in = fileno(file);
	assert_int_equal(examination_do(&what, findings, seen), ERR_OK);
	assert_int_equal(told.times, 2);
	assert_int_equal(told.done[0], 4096);
	assert_int_equal(told.done[1], 9000);
	assert_int_equal(told.all[0], 9000);
	assert_false(seen[EXAMINE_PROGRESS]);
	assert_int_equal(pread(fileno(file), text, sizeof text, 0), 3);
	assert_string_equal(text, "row");
	fclose(file);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_finding_is_read_as_it_was_written),
		cmocka_unit_test(a_detail_cannot_be_a_second_line),
		cmocka_unit_test(nothing_else_is_read),
		cmocka_unit_test(a_program_is_run_to_its_end),
		cmocka_unit_test(a_program_that_dies_has_told_what_it_told),
		cmocka_unit_test(a_program_that_is_not_there_tells_nothing),
		cmocka_unit_test(it_is_told_how_far_it_is_and_gets_the_file),
	};
	ssize_t length = readlink("/proc/self/exe", self, sizeof self - 1);

	if (argc == 4 && (strcmp(argv[3], "--doctor") == 0 || strcmp(argv[3], "--export") == 0))
		return program(argv[2]);
	if (length <= 0)
		return 1;
	self[length] = '\0';
	return cmocka_run_group_tests(tests, NULL, NULL);
}
