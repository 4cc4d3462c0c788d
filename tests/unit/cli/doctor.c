/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the doctor makes of what it sees. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <sys/timex.h>
#include <unistd.h>

#include "cli/doctor.h"

static struct doctor doctor;

static int
begin(void **state)
{
	(void)state;
	memset(&doctor, 0, sizeof doctor);
	return 0;
}

/* The one finding of a test. */
static void
found(const char *check, enum doctor_result result, const char *words)
{
	assert_int_equal(doctor.count, 1);
	assert_string_equal(doctor.finding[0].check, check);
	assert_int_equal(doctor.finding[0].result, result);
	if (strstr(doctor.finding[0].detail, words) == NULL)
		fail_msg("'%s' has no '%s'", doctor.finding[0].detail, words);
	assert_int_equal(doctor.finding[0].advice[0] == '\0', result == DOCTOR_OK);
	doctor.count = 0;
}

/* --- files --------------------------------------------------------------------------------------
 */

static unsigned
entry(const char *name, mode_t mode, uid_t uid, nlink_t links)
{
	struct stat st = { .st_mode = mode, .st_uid = uid, .st_nlink = links };

	return doctor_entry(name, &st, 1000);
}

static void
what_a_keeper_makes_is_right(void **state)
{
	static const char *const files[] = { "console.db", "console.db-wal", "console.db-shm",
		"lock" };

	(void)state;
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++)
		assert_int_equal(entry(files[i], S_IFREG | 0600, 1000, 1), 0);
	assert_int_equal(entry(".", S_IFDIR | 0700, 1000, 2), 0);
	assert_int_equal(entry("console.key", S_IFREG | 0400, 1000, 1), 0);
	assert_int_equal(entry("console.key", S_IFREG | 0600, 1000, 1), 0);
	assert_int_equal(entry("console.key.new", S_IFREG | 0400, 1000, 1), 0);
	assert_int_equal(entry("socket", S_IFSOCK | 0600, 1000, 1), 0);
}

static void
each_bit_for_others_is_too_much(void **state)
{
	(void)state;
	for (mode_t bit = 01; bit <= 040; bit <<= 1) {
		assert_int_equal(entry(".", S_IFDIR | 0700 | bit, 1000, 2), DOCTOR_OPEN);
		assert_int_equal(entry("console.key", S_IFREG | 0400 | bit, 1000, 1), DOCTOR_OPEN);
	}
}

static void
an_owner_must_be_able_to_use_it(void **state)
{
	(void)state;
	assert_int_equal(entry(".", S_IFDIR | 0500, 1000, 2), DOCTOR_SHUT);
	assert_int_equal(entry("console.db", S_IFREG | 0400, 1000, 1), DOCTOR_SHUT);
	assert_int_equal(entry("console.key", S_IFREG | 0200, 1000, 1), DOCTOR_SHUT);
}

static void
each_other_wrong_is_told_apart(void **state)
{
	(void)state;
	assert_int_equal(entry("console.db", S_IFREG | 0600, 0, 1), DOCTOR_FOREIGN);
	assert_int_equal(entry("console.db", S_IFREG | 0600, 1000, 2), DOCTOR_LINKS);
	assert_int_equal(entry("console.db", S_IFLNK | 0777, 1000, 1), DOCTOR_SYMLINK);
	assert_int_equal(entry("console.key", S_IFIFO | 0600, 1000, 1), DOCTOR_KIND);
	assert_int_equal(entry("socket", S_IFREG | 0600, 1000, 1), DOCTOR_KIND);
	assert_int_equal(entry("notes", S_IFREG | 0600, 1000, 1), DOCTOR_UNKNOWN);
	assert_int_equal(entry("notes", S_IFREG | 0604, 0, 2),
	    DOCTOR_UNKNOWN | DOCTOR_OPEN | DOCTOR_FOREIGN | DOCTOR_LINKS);
}

/* --- the host ------------------------------------------------------------------------------------
 */

static void
a_clock_is_synchronised_or_not(void **state)
{
	(void)state;
	doctor_clock(&doctor, TIME_OK, STA_PLL, 0);
	found("clock", DOCTOR_OK, "synchronised");
	doctor_clock(&doctor, TIME_INS, STA_PLL | STA_INS, 0);
	found("clock", DOCTOR_OK, "synchronised");
	doctor_clock(&doctor, TIME_OK, STA_UNSYNC, 0);
	found("clock", DOCTOR_NOTE, "not known to be synchronised");
	doctor_clock(&doctor, TIME_ERROR, 0, 0);
	found("clock", DOCTOR_NOTE, "not known to be synchronised");
	doctor_clock(&doctor, -1, 0, 0);
	found("clock", DOCTOR_NOTE, "not known to be synchronised");
	doctor_clock(&doctor, TIME_OK, STA_PLL, 3600);
	found("clock", DOCTOR_WRONG, "3600 s behind");
}

static void
room_is_counted_in_what_the_keeper_may_use(void **state)
{
	struct statvfs fs = { .f_frsize = 4096,
		.f_bavail = 15 * 256,
		.f_bfree = 100000000,
		.f_files = 100,
		.f_favail = 10 };

	(void)state;
	doctor_space(&doctor, &fs);
	found("space", DOCTOR_WRONG, "15 MiB");
	fs.f_bavail = 16 * 256;
	doctor_space(&doctor, &fs);
	found("space", DOCTOR_NOTE, "16 MiB");
	fs.f_bavail = 128 * 256;
	doctor_space(&doctor, &fs);
	found("space", DOCTOR_OK, "128 MiB");
	fs.f_favail = 0;
	doctor_space(&doctor, &fs);
	found("space", DOCTOR_WRONG, "no more files");
	fs.f_files = 0; /* btrfs counts none */
	doctor_space(&doctor, &fs);
	found("space", DOCTOR_OK, "128 MiB");
	fs.f_flag = ST_RDONLY;
	doctor_space(&doctor, &fs);
	found("space", DOCTOR_WRONG, "read-only");
}

static void
a_terminal_is_found_by_letter_and_by_code(void **state)
{
	static const char *const letters[] = { "x", "78" };
	char top[] = "/tmp/provconsole-terminfo-XXXXXX", folder[64], file[96];
	const char *const lists[][3] = { { "", "/nonexistent", NULL },
		{ "/nonexistent", top, NULL } };

	(void)state;
	assert_non_null(mkdtemp(top));
	doctor_terminal(&doctor, lists[0]);
	found("terminal", DOCTOR_WRONG, "xterm-256color");
	doctor_terminal(&doctor, lists[1]);
	found("terminal", DOCTOR_WRONG, "xterm-256color");
	for (size_t i = 0; i < 2; i++) {
		(void)snprintf(folder, sizeof folder, "%s/%s", top, letters[i]);
		(void)snprintf(file, sizeof file, "%s/xterm-256color", folder);
		assert_int_equal(mkdir(folder, 0700), 0);
		close(open(file, O_WRONLY | O_CREAT, 0600));
		doctor_terminal(&doctor, lists[1]);
		found("terminal", DOCTOR_OK, top);
		assert_int_equal(unlink(file), 0);
		assert_int_equal(rmdir(folder), 0);
	}
	assert_int_equal(rmdir(top), 0);
}

static void
the_holder_of_a_lock_is_found(void **state)
{
	static char text[] = "1: POSIX  ADVISORY  WRITE 11 fd:01:77 0 EOF\n"
			     "1: -> FLOCK  ADVISORY  WRITE 12 fd:01:77 0 EOF\n"
			     "2: FLOCK  ADVISORY  READ 13 fd:01:77 0 EOF\n"
			     "3: FLOCK  ADVISORY  WRITE 14 fd:01:770 0 EOF\n"
			     "4: FLOCK  ADVISORY  WRITE -1 fd:01:77 0 EOF\n"
			     "nonsense\n"
			     "5: FLOCK  ADVISORY  WRITE 15 00:2a:77 0 EOF\n";
	static char status[] = "VmPeak:	 100 kB\nVmLck:	      80 kB\n",
		    nothing[] = "VmPeak:	 100 kB\n";
	FILE *in = fmemopen(text, sizeof text - 1, "r");

	(void)state;
	assert_non_null(in);
	assert_int_equal(doctor_lock_holder(in, 77), 15);
	rewind(in);
	assert_int_equal(doctor_lock_holder(in, 78), 0);
	(void)fclose(in);
	in = fmemopen(status, sizeof status - 1, "r");
	assert_non_null(in);
	assert_int_equal(doctor_locked(in), 80);
	(void)fclose(in);
	in = fmemopen(nothing, sizeof nothing - 1, "r");
	assert_non_null(in);
	assert_int_equal(doctor_locked(in), -1);
	(void)fclose(in);
}

/* --- what the keeper's program says -------------------------------------------------------------
 */

static void
examined(enum examine_check check, enum err err, int64_t number, const char *detail)
{
	struct examine_finding finding = { .check = check, .err = err, .number = number };

	(void)snprintf(finding.detail, sizeof finding.detail, "%s", detail);
	doctor_finding(&doctor, &finding);
}

static void
what_is_well_needs_no_advice(void **state)
{
	(void)state;
	examined(EXAMINE_DATABASE, ERR_OK, 0, "");
	found("database", DOCTOR_OK, "");
	examined(EXAMINE_SCHEMA, ERR_OK, 12, "12");
	found("schema", DOCTOR_OK, "version 12");
	examined(EXAMINE_KEY, ERR_OK, 0, "");
	found("key", DOCTOR_OK, "belongs");
	examined(EXAMINE_AUDIT, ERR_OK, 77, "");
	found("audit", DOCTOR_OK, "All 77 audit rows");
	examined(EXAMINE_MEMORY, ERR_OK, 0, "");
	found("memory", DOCTOR_OK, "can be locked");
	examined(EXAMINE_STATE, ERR_OK, 0, "");
	examined(EXAMINE_TIME, ERR_OK, 5, "");
	examined(EXAMINE_END, ERR_OK, 0, "");
	assert_int_equal(doctor.count, 0);
}

static void
what_is_wrong_is_told_with_numbers_and_advice(void **state)
{
	(void)state;
	examined(EXAMINE_DATABASE, ERR_STORE_CORRUPT, 0, "Tree 7 %s %1 page 9");
	found("database", DOCTOR_WRONG, "damaged: Tree 7 %s %1 page 9.");
	examined(EXAMINE_SCHEMA, ERR_STORE_NEWER, 5, "1");
	found("schema", DOCTOR_WRONG, "version 5, and this program knows 1.");
	examined(EXAMINE_KEY, ERR_KEY_MISSING, 0, "");
	found("key", DOCTOR_WRONG, "missing");
	examined(EXAMINE_KEY, ERR_KEY_WRONG, 0, "");
	found("key", DOCTOR_WRONG, "does not belong");
	examined(EXAMINE_AUDIT, ERR_AUDIT_BROKEN, 41, "");
	found("audit", DOCTOR_WRONG, "up to row 41");
	examined(EXAMINE_KEY, ERR_FIPS, 0, "");
	found("key", DOCTOR_WRONG, "FIPS mode");
	examined(EXAMINE_MEMORY, ERR_MEMORY, 7, "9");
	found("memory", DOCTOR_WRONG, "7 of 9 blocks");
	examined(EXAMINE_MEMORY, ERR_STATE, 20, "84");
	found("memory", DOCTOR_WRONG, "has locked 20 of 84 KiB");
}

/* What nobody can mend from inside is a note, and says so. */
static void
a_container_is_only_noted(void **state)
{
	(void)state;
	examined(EXAMINE_MEMORY, ERR_DENIED, 9, "9");
	found("memory", DOCTOR_NOTE, "lets no program lock memory");
	examined(EXAMINE_MEMORY, ERR_NOT_HOST, 3, "9");
	found("memory", DOCTOR_NOTE, "This container's limit does not let 3 of 9 blocks");
}

static enum err
memory(enum err err, int64_t number, long locked, bool container, long limit)
{
	struct examine_finding finding = { .check = EXAMINE_MEMORY, .err = err, .number = number };

	doctor_memory(&finding, locked, container, limit);
	return finding.err;
}

static void
locks_are_counted(void **state)
{
	(void)state;
	assert_int_equal(memory(ERR_OK, 84, 84, false, -1), ERR_OK);
	assert_int_equal(memory(ERR_OK, 84, 148, true, 8192), ERR_OK);
	assert_int_equal(memory(ERR_OK, 84, -1, false, -1), ERR_OK); /* no keeper runs */
	assert_int_equal(memory(ERR_OK, 84, 0, false, -1), ERR_STATE);
	assert_int_equal(memory(ERR_OK, 84, 80, false, -1), ERR_STATE);
	/* Outside a container, or under a hard limit that is high enough, it can be mended. */
	assert_int_equal(memory(ERR_MEMORY, 7, -1, false, 32), ERR_MEMORY);
	assert_int_equal(memory(ERR_MEMORY, 7, -1, true, 8192), ERR_MEMORY);
	assert_int_equal(memory(ERR_MEMORY, 7, -1, true, -1), ERR_MEMORY);
	assert_int_equal(memory(ERR_MEMORY, 7, -1, true, 32), ERR_NOT_HOST);
	assert_int_equal(memory(ERR_MEMORY, 9, -1, true, 0), ERR_NOT_HOST);
	assert_int_equal(memory(ERR_DENIED, 9, 0, true, 8192), ERR_DENIED);
}

static void
any_other_error_is_wrong_in_its_own_words(void **state)
{
	(void)state;
	for (int check = EXAMINE_STATE; check < EXAMINE_COUNT; check++)
		for (int err = ERR_OK + 1; err < ERR_COUNT; err++) {
			doctor.count = 0;
			examined((enum examine_check)check, (enum err)err, 1, "");
			if (check == EXAMINE_TIME ||
			    (check >= EXAMINE_END && check <= EXAMINE_EXPORT &&
				check != EXAMINE_NODES)) {
				assert_int_equal(doctor.count, 0);
				continue;
			}
			assert_int_equal(doctor.count, 1);
			assert_true(doctor.finding[0].detail[0] != '\0');
			assert_true(doctor.finding[0].result != DOCTOR_OK);
		}
	doctor.count = 0;
	examined(EXAMINE_DATABASE, ERR_STORE_FULL, 0, "");
	assert_string_equal(doctor.finding[0].detail, "The disk is full.");
	assert_string_equal(doctor.finding[0].advice, "Make room, then try again.");
}

static void
what_the_kernel_lacks_is_a_note(void **state)
{
	struct confine_report report = { .built = true, .landlock = 7 };

	(void)state;
	doctor_confinement(&doctor, &report);
	assert_int_equal(doctor.finding[0].result, DOCTOR_OK);
	assert_non_null(strstr(doctor.finding[0].detail, "Landlock 7"));
	for (unsigned missing = 1; missing <= CONFINE_PARTS; missing++) {
		doctor.count = 0;
		report.missing = missing;
		doctor_confinement(&doctor, &report);
		assert_int_equal(doctor.count, 1);
		assert_int_equal(doctor.finding[0].result, DOCTOR_NOTE);
		assert_true(doctor.finding[0].advice[0] != '\0');
		if (missing == CONFINE_LANDLOCK)
			assert_non_null(strstr(doctor.finding[0].detail, "no Landlock"));
		if (missing == CONFINE_FILTER)
			assert_non_null(strstr(doctor.finding[0].detail, "Landlock alone"));
	}
	doctor.count = 0;
	report.built = false;
	doctor_confinement(&doctor, &report);
	assert_int_equal(doctor.finding[0].result, DOCTOR_NOTE);
	assert_non_null(strstr(doctor.finding[0].detail, "This build"));
}

static void
no_more_is_told_than_there_is_room_for(void **state)
{
	(void)state;
	for (int i = 0; i < DOCTOR_FINDINGS_MAX + 5; i++)
		doctor_tell(&doctor, "clock", DOCTOR_OK, "", "%d", i);
	assert_int_equal(doctor.count, DOCTOR_FINDINGS_MAX);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(what_a_keeper_makes_is_right, begin),
		cmocka_unit_test_setup(each_bit_for_others_is_too_much, begin),
		cmocka_unit_test_setup(an_owner_must_be_able_to_use_it, begin),
		cmocka_unit_test_setup(each_other_wrong_is_told_apart, begin),
		cmocka_unit_test_setup(a_clock_is_synchronised_or_not, begin),
		cmocka_unit_test_setup(what_the_kernel_lacks_is_a_note, begin),
		cmocka_unit_test_setup(room_is_counted_in_what_the_keeper_may_use, begin),
		cmocka_unit_test_setup(a_terminal_is_found_by_letter_and_by_code, begin),
		cmocka_unit_test_setup(the_holder_of_a_lock_is_found, begin),
		cmocka_unit_test_setup(what_is_well_needs_no_advice, begin),
		cmocka_unit_test_setup(what_is_wrong_is_told_with_numbers_and_advice, begin),
		cmocka_unit_test_setup(a_container_is_only_noted, begin),
		cmocka_unit_test_setup(locks_are_counted, begin),
		cmocka_unit_test_setup(any_other_error_is_wrong_in_its_own_words, begin),
		cmocka_unit_test_setup(no_more_is_told_than_there_is_room_for, begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
