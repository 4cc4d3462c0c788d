/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which state, and which keeper: by options, environment and place. Nothing is opened. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <limits.h>
#include <sys/stat.h>
#include <unistd.h>

#include "client/place.h"

static char here[PATH_MAX], self[PATH_MAX];

static char *
under(char path[PATH_MAX], const char *name)
{
	assert_in_range(snprintf(path, PATH_MAX, "%s/%s", here, name), 1, PATH_MAX - 1);
	return path;
}

static void
assert_place(const char *socket, const char *state, const char *directory, const char *name,
    bool may_start)
{
	struct place place;

	assert_int_equal(place_find(socket, state, &place), ERR_OK);
	assert_string_equal(place.directory, directory);
	assert_string_equal(place.socket, name);
	assert_int_equal(place.may_start, may_start);
	place_free(&place);
}

static void
test_socket_rules(void **state)
{
	char path[PATH_MAX];

	(void)state;
	setenv("PROVCONSOLE_STATE", "/elsewhere", 1);
	assert_place("/run/x/sock", "/state", "/run/x", "sock", false);
	assert_place("/sock", NULL, "/", "sock", false);
	assert_place("sock", NULL, under(path, "."), "sock", false);
	assert_place("a/b", NULL, under(path, "a"), "b", false);
}

static void
test_then_state_then_environment(void **state)
{
	char path[PATH_MAX];

	(void)state;
	setenv("PROVCONSOLE_STATE", "/elsewhere/", 1);
	assert_place(NULL, "/state", "/state", "socket", true);
	assert_place(NULL, "/state///", "/state", "socket", true);
	assert_place(NULL, "state", under(path, "state"), "socket", true);
	assert_place(NULL, "/", "/", "socket", true);
	assert_place(NULL, NULL, "/elsewhere", "socket", true);
}

static void
test_then_the_system_or_the_user(void **state)
{
	struct stat st;

	(void)state;
	setenv("PROVCONSOLE_STATE", "", 1);
	setenv("HOME", "/home/alice", 1);
	if (stat("/run/provconsole", &st) == 0) {
		assert_place(NULL, NULL, "/run/provconsole", "socket", false);
		return;
	}
	assert_place(NULL, NULL, "/home/alice/.local/state/provconsole", "socket", true);
	setenv("XDG_STATE_HOME", "/var/alice", 1);
	assert_place(NULL, NULL, "/var/alice/provconsole", "socket", true);
	setenv("XDG_STATE_HOME", "not/absolute", 1);
	assert_place(NULL, NULL, "/home/alice/.local/state/provconsole", "socket", true);
}

static void
test_paths_that_are_none(void **state)
{
	struct place place;

	(void)state;
	assert_int_equal(place_find("", NULL, &place), ERR_STATE_PATH);
	assert_int_equal(place_find("/run/", NULL, &place), ERR_STATE_PATH);
	assert_int_equal(place_find("/run/..", NULL, &place), ERR_STATE_PATH);
	assert_int_equal(place_find(NULL, "", &place), ERR_STATE_PATH);
}

static void
test_the_keepers_program(void **state)
{
	char path[PATH_MAX], beside[PATH_MAX];

	(void)state;
	assert_in_range(snprintf(beside, sizeof beside, "%.*s/provconsole-keeper",
			    (int)(strrchr(self, '/') - self), self),
	    1, PATH_MAX - 1);
	if (access(beside, X_OK) != 0) {
		assert_int_equal(place_keeper("/usr/libexec/provconsole", path, sizeof path),
		    ERR_OK);
		assert_string_equal(path, "/usr/libexec/provconsole/provconsole-keeper");
		assert_int_equal(symlink("/bin/true", beside), 0);
		assert_int_equal(place_keeper("/usr/libexec", path, sizeof path), ERR_OK);
		assert_string_equal(path, beside);
		assert_int_equal(unlink(beside), 0);
	}
	assert_int_equal(place_keeper("/usr/libexec", path, 8), ERR_STATE_PATH);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_socket_rules),
		cmocka_unit_test(test_then_state_then_environment),
		cmocka_unit_test(test_then_the_system_or_the_user),
		cmocka_unit_test(test_paths_that_are_none),
		cmocka_unit_test(test_the_keepers_program),
	};

	unsetenv("XDG_STATE_HOME");
	if (chdir("/usr") != 0 || getcwd(here, sizeof here) == NULL ||
	    readlink("/proc/self/exe", self, sizeof self - 1) <= 0)
		return 1;
	return cmocka_run_group_tests(tests, NULL, NULL);
}
