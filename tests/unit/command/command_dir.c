/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whom the directory can be believed: each one from / on, in each way in which it may not be. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "place.h"

static void
refused(const char *path, uid_t owner, enum command_trust trust, const char *where)
{
	struct command_dir dir = { -7, 0 };
	struct command_wrong wrong;

	assert_int_equal(command_dir_open(path, owner, 0, &dir, &wrong), ERR_COMMAND_FILE);
	assert_int_equal(wrong.trust, trust);
	assert_string_equal(wrong.where, where);
	assert_int_equal(dir.fd, -7);
}

static void
one_s_own_directory_is_believed(void **state)
{
	struct command_dir dir = place_open();
	struct stat st;

	(void)state;
	assert_int_equal(fstat(dir.fd, &st), 0);
	assert_true(S_ISDIR(st.st_mode));
	assert_int_equal(dir.owner, geteuid());
	command_dir_close(&dir);
	assert_int_equal(dir.fd, -1);
	command_dir_close(&dir);
}

static void
one_that_is_not_there_is_none(void **state)
{
	struct command_dir dir;
	struct command_wrong wrong;

	(void)state;
	assert_int_equal(command_dir_open(place_path("no"), geteuid(), 0, &dir, &wrong),
	    ERR_COMMAND_NONE);
	assert_int_equal(command_dir_open(place_path("no/more"), geteuid(), 0, &dir, &wrong),
	    ERR_COMMAND_NONE);
	assert_int_equal(command_dir_open("commands.d", geteuid(), 0, &dir, &wrong),
	    ERR_STATE_PATH);
	assert_int_equal(command_dir_open("", geteuid(), 0, &dir, &wrong), ERR_STATE_PATH);
}

static void
others_may_write_neither_it_nor_one_above(void **state)
{
	char path[256];

	(void)state;
	(void)snprintf(path, sizeof path, "%s", place_path("commands.d"));
	assert_int_equal(chmod("commands.d", 0775), 0);
	refused(path, geteuid(), COMMAND_WRITABLE, path);
	assert_int_equal(chmod("commands.d", 0757), 0);
	refused(path, geteuid(), COMMAND_WRITABLE, path);
	/* Sticky helps above alone: in it others could put a file of their own. */
	assert_int_equal(chmod("commands.d", 01777), 0);
	refused(path, geteuid(), COMMAND_WRITABLE, path);
	assert_int_equal(chmod("commands.d", 0755), 0);
	assert_int_equal(chmod(place, 0770), 0);
	refused(path, geteuid(), COMMAND_WRITABLE, place);
	assert_int_equal(chmod(place, 01777), 0);
	one_s_own_directory_is_believed(NULL);
	assert_int_equal(chmod(place, 0755), 0);
}

/* Root's are anybody's, so root gives it away; another says that it should be somebody else's. */
static void
another_s_is_not_believed(void **state)
{
	uid_t owner = geteuid() == 0 ? 0 : geteuid() + 1;
	char path[256];

	(void)state;
	(void)snprintf(path, sizeof path, "%s", place_path("commands.d"));
	if (owner != 0) {
		refused(path, owner, COMMAND_FOREIGN, place);
		return;
	}
	assert_int_equal(chown("commands.d", 12345, 0), 0);
	refused(path, owner, COMMAND_FOREIGN, path);
	refused(path, 12346, COMMAND_FOREIGN, path);
	assert_int_equal(chown(place, 12345, 0), 0);
	refused(path, owner, COMMAND_FOREIGN, place);
}

static void
links_and_files_are_no_directories(void **state)
{
	char path[256];

	(void)state;
	assert_int_equal(symlink("commands.d", "link"), 0);
	(void)snprintf(path, sizeof path, "%s", place_path("link"));
	refused(path, geteuid(), COMMAND_SYMLINK, path);
	place_put("file", GOOD);
	(void)snprintf(path, sizeof path, "%s", place_path("file"));
	refused(path, geteuid(), COMMAND_KIND, path);
	assert_int_equal(mkfifo("pipe", 0600), 0);
	(void)snprintf(path, sizeof path, "%s", place_path("pipe"));
	refused(path, geteuid(), COMMAND_KIND, path);
}

/* A link on the way is believed of nobody but the user whose own home stands behind it. */
static void
a_link_on_the_way_is_for_one_s_own_state_alone(void **state)
{
	struct command_dir dir;
	struct command_wrong wrong;
	char path[256], link[256];

	(void)state;
	assert_int_equal(symlink(place, "way"), 0);
	(void)snprintf(path, sizeof path, "%s", place_path("way/commands.d"));
	(void)snprintf(link, sizeof link, "%s", place_path("way"));
	refused(path, 0, geteuid() == 0 ? COMMAND_SYMLINK : COMMAND_FOREIGN,
	    geteuid() == 0 ? link : place);
	if (geteuid() == 0)
		assert_int_equal(chown(place, 12345, 0), 0);
	assert_int_equal(command_dir_open(path, geteuid() == 0 ? 12345 : geteuid(), 0, &dir,
			     &wrong),
	    ERR_OK);
	command_dir_close(&dir);
}

static void
what_is_missing_is_made_if_it_is_wanted(void **state)
{
	struct command_dir dir;
	struct command_wrong wrong;
	uid_t owner = geteuid() == 0 ? 12345 : geteuid();
	struct stat st;

	(void)state;
	(void)umask(0777);
	assert_int_equal(command_dir_open(place_path("a/b"), geteuid(), 0755, &dir, &wrong),
	    ERR_OK);
	command_dir_close(&dir);
	assert_int_equal(stat("a/b", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0755);
	assert_int_equal(command_dir_open(place_path("own"), owner, 0700, &dir, &wrong), ERR_OK);
	command_dir_close(&dir);
	(void)umask(022);
	assert_int_equal(stat("own", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
	assert_int_equal(st.st_uid, owner);
	/* What is there stays as it is. */
	assert_int_equal(chmod("a/b", 0700), 0);
	assert_int_equal(command_dir_open(place_path("a/b"), geteuid(), 0755, &dir, &wrong),
	    ERR_OK);
	command_dir_close(&dir);
	assert_int_equal(stat("a/b", &st), 0);
	assert_int_equal(st.st_mode & 07777, 0700);
}

static void
a_state_s_has_its_place(void **state)
{
	char buf[32];

	(void)state;
	assert_int_equal(command_dir_of_state("/a/b", buf, sizeof buf), ERR_OK);
	assert_string_equal(buf, "/a/b/commands.d");
	assert_int_equal(command_dir_of_state("/a/b", buf, strlen("/a/b/commands.d")),
	    ERR_STATE_PATH);
}

static void
each_reason_has_a_sentence_of_its_own(void **state)
{
	(void)state;
	for (int i = 0; i < COMMAND_TRUST_COUNT; i++) {
		assert_non_null(command_trust_says((enum command_trust)i));
		for (int j = 0; j < i; j++)
			assert_string_not_equal(command_trust_says((enum command_trust)i),
			    command_trust_says((enum command_trust)j));
	}
	assert_non_null(command_trust_says((enum command_trust)COMMAND_TRUST_COUNT));
}

#define PLACED(test) cmocka_unit_test_setup_teardown(test, place_make, place_remove)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		PLACED(one_s_own_directory_is_believed),
		PLACED(one_that_is_not_there_is_none),
		PLACED(others_may_write_neither_it_nor_one_above),
		PLACED(another_s_is_not_believed),
		PLACED(links_and_files_are_no_directories),
		PLACED(a_link_on_the_way_is_for_one_s_own_state_alone),
		PLACED(what_is_missing_is_made_if_it_is_wanted),
		cmocka_unit_test(a_state_s_has_its_place),
		cmocka_unit_test(each_reason_has_a_sentence_of_its_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
