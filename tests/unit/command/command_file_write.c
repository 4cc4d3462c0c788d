/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file is there whole, or as it was before: over another, on a disk that is full, and where the
 * writer was killed at any moment. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "place.h"

static void
holds(const char *name, const char *want)
{
	char text[4096];
	FILE *file = fopen(place_path(name), "r");
	size_t length;

	assert_non_null(file);
	length = fread(text, 1, sizeof text - 1, file);
	text[length] = '\0';
	assert_int_equal(fclose(file), 0);
	assert_string_equal(text, want);
}

/* How often something was synced, and whether the next one fails. */
static int syncs;
static bool sync_fails;

int
__real_fsync(int fd);
int
__wrap_fsync(int fd);

int
__wrap_fsync(int fd)
{
	syncs++;
	if (!sync_fails)
		return __real_fsync(fd);
	errno = EIO;
	return -1;
}

/* A power cut may come at any moment: the text is on the disk before the name is, and the name
 * before it is said to be done. */
static void
what_is_done_is_on_the_disk(void **state)
{
	struct command_dir dir = place_open();

	(void)state;
	syncs = 0;
	assert_int_equal(command_file_write(&dir, "x", "before", false), ERR_OK);
	assert_int_equal(syncs, 2);
	sync_fails = true;
	assert_int_equal(command_file_write(&dir, "x", "behind", true), ERR_STORE_IO);
	holds("commands.d/x", "before");
	assert_int_equal(access("commands.d/.new", F_OK), -1);
	sync_fails = false;
	syncs = 0;
	assert_int_equal(command_file_remove(&dir, "x"), ERR_OK);
	assert_int_equal(syncs, 1);
	command_dir_close(&dir);
}

static void
it_is_written_with_the_directory_s_mode_and_owner(void **state)
{
	struct command_dir dir = place_open();
	struct stat st, above;

	(void)state;
	(void)umask(0777);
	assert_int_equal(command_file_write(&dir, "x", GOOD, false), ERR_OK);
	(void)umask(022);
	holds("commands.d/x", GOOD);
	assert_int_equal(stat("commands.d/x", &st), 0);
	assert_int_equal(stat("commands.d", &above), 0);
	assert_int_equal(st.st_mode & 07777, 0644);
	assert_int_equal(st.st_uid, above.st_uid);
	assert_int_equal(chmod("commands.d", 0700), 0);
	assert_int_equal(command_file_write(&dir, "y", GOOD, false), ERR_OK);
	assert_int_equal(stat("commands.d/y", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0600);
	assert_int_equal(access("commands.d/.new", F_OK), -1);
	command_dir_close(&dir);
}

static void
another_is_replaced_only_if_that_is_said(void **state)
{
	struct command_dir dir = place_open();

	(void)state;
	assert_int_equal(command_file_write(&dir, "x", "before", false), ERR_OK);
	assert_int_equal(command_file_write(&dir, "x", "behind", false), ERR_STATE);
	holds("commands.d/x", "before");
	assert_int_equal(access("commands.d/.new", F_OK), -1);
	assert_int_equal(command_file_write(&dir, "x", "behind", true), ERR_OK);
	holds("commands.d/x", "behind");
	/* A link is replaced itself: what it leads to stays. */
	place_put("outside", "mine");
	assert_int_equal(symlink("../outside", "commands.d/link"), 0);
	assert_int_equal(command_file_write(&dir, "link", "new", false), ERR_STATE);
	assert_int_equal(command_file_write(&dir, "link", "new", true), ERR_OK);
	holds("outside", "mine");
	holds("commands.d/link", "new");
	command_dir_close(&dir);
}

static void
what_lies_beside_is_in_nobody_s_way(void **state)
{
	struct command_dir dir = place_open();

	(void)state;
	place_put("outside", "mine");
	assert_int_equal(symlink("../outside", "commands.d/.new"), 0);
	assert_int_equal(command_file_write(&dir, "x", "text", false), ERR_OK);
	holds("outside", "mine");
	holds("commands.d/x", "text");
	assert_int_equal(mkdir("commands.d/.new", 0700), 0);
	assert_int_not_equal(command_file_write(&dir, "y", "text", false), ERR_OK);
	assert_int_equal(access("commands.d/y", F_OK), -1);
	command_dir_close(&dir);
}

static void
no_name_leads_elsewhere(void **state)
{
	struct command_dir dir = place_open();

	(void)state;
	place_put("outside", "mine");
	assert_int_equal(command_file_write(&dir, "../outside", "x", true), ERR_COMMAND_NONE);
	assert_int_equal(command_file_remove(&dir, "../outside"), ERR_COMMAND_NONE);
	assert_int_equal(command_file_remove(&dir, ".new"), ERR_COMMAND_NONE);
	holds("outside", "mine");
	command_dir_close(&dir);
}

static void
one_is_removed_in_order_or_not(void **state)
{
	struct command_dir dir = place_open();

	(void)state;
	place_put("commands.d/bad", "nonsense");
	assert_int_equal(symlink("nowhere", "commands.d/link"), 0);
	assert_int_equal(command_file_remove(&dir, "bad"), ERR_OK);
	assert_int_equal(command_file_remove(&dir, "bad"), ERR_COMMAND_NONE);
	assert_int_equal(command_file_remove(&dir, "link"), ERR_OK);
	assert_int_equal(mkdir("commands.d/directory", 0755), 0);
	assert_int_not_equal(command_file_remove(&dir, "directory"), ERR_OK);
	command_dir_close(&dir);
}

/* No byte more fits into any file: as a disk that is full, but for the error's name. */
static void
where_there_is_no_room_the_old_one_stays(void **state)
{
	const struct rlimit none = { 4, RLIM_INFINITY };
	struct rlimit before;
	struct command_dir dir = place_open();

	(void)state;
	assert_int_equal(command_file_write(&dir, "x", "before", false), ERR_OK);
	(void)signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
	assert_int_not_equal(command_file_write(&dir, "x", GOOD, true), ERR_OK);
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
	holds("commands.d/x", "before");
	assert_int_equal(access("commands.d/.new", F_OK), -1);
	command_dir_close(&dir);
}

/* Written over and over, and killed: whoever reads meanwhile and behind has one whole text. */
static void
a_writer_that_is_killed_leaves_one_or_the_other(void **state)
{
	static struct command command;
	static const char one[] = GOOD "argument one\n", other[] = GOOD "argument other\n";
	struct command_dir dir = place_open();
	struct command_wrong wrong;

	(void)state;
	assert_int_equal(command_file_write(&dir, "x", one, false), ERR_OK);
	for (int round = 0; round < 20; round++) {
		pid_t child = fork();
		int bad = 0;

		assert_true(child >= 0);
		for (int i = 0; child == 0 && i < 100000; i++)
			if (command_file_write(&dir, "x", i % 2 == 0 ? other : one, true) != ERR_OK)
				_exit(1);
		if (child == 0)
			_exit(0);
		for (int i = 0; i < 50; i++)
			bad += command_file_read(&dir, "x", &command, &wrong) != ERR_OK;
		assert_int_equal(kill(child, SIGKILL), 0);
		assert_int_equal(waitpid(child, NULL, 0), child);
		assert_int_equal(bad, 0);
		assert_int_equal(command_file_read(&dir, "x", &command, &wrong), ERR_OK);
		assert_int_equal(command.count, 1);
	}
	/* What the last one left beside is in no list, and in nobody's way. */
	assert_int_equal(command_file_write(&dir, "x", one, true), ERR_OK);
	assert_int_equal(access("commands.d/.new", F_OK), -1);
	command_dir_close(&dir);
}

/* Several at once that must not replace: one of them has it. */
static void
of_many_writers_one_is_the_first(void **state)
{
	enum { WRITERS = 8 };
	struct command_dir dir = place_open();
	int first = 0, status;

	(void)state;
	for (int i = 0; i < WRITERS; i++)
		if (fork() == 0)
			_exit(command_file_write(&dir, "x", GOOD, false) == ERR_OK ? 1 : 0);
	for (int i = 0; i < WRITERS; i++) {
		assert_true(wait(&status) > 0);
		first += WEXITSTATUS(status);
	}
	assert_int_equal(first, 1);
	holds("commands.d/x", GOOD);
	command_dir_close(&dir);
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, place_make, place_remove)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLACED(what_is_done_is_on_the_disk),
		PLACED(it_is_written_with_the_directory_s_mode_and_owner),
		PLACED(another_is_replaced_only_if_that_is_said),
		PLACED(what_lies_beside_is_in_nobody_s_way),
		PLACED(no_name_leads_elsewhere),
		PLACED(one_is_removed_in_order_or_not),
		PLACED(where_there_is_no_room_the_old_one_stays),
		PLACED(a_writer_that_is_killed_leaves_one_or_the_other),
		PLACED(of_many_writers_one_is_the_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
