/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * How the keeper of a state is started. The keeper here is this very program: called as one,
 * it does what the file `mode` in its directory says, and writes down in `seen` what it was given.
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
#include <ftw.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wire/line.h"
#include "client/place.h"

static char scratch[PATH_MAX], self[PATH_MAX];

/* --- the keeper ----------------------------------------------------------------------- */

static void
keeper_writes(const char *directory, int argc, char **argv)
{
	char path[PATH_MAX];
	FILE *seen;

	(void)snprintf(path, sizeof path, "%s/seen", directory);
	for (int fd = 0; fd < 64; fd++)
		if (fcntl(fd, F_GETFD) >= 0 && fd > 3)
			_exit(3);
	seen = fopen(path, "w");
	if (seen == NULL)
		_exit(3);
	for (int i = 1; i < argc; i++)
		(void)fprintf(seen, "arg %s\n", argv[i]);
	for (char **variable = environ; *variable != NULL; variable++)
		(void)fprintf(seen, "env %s\n", *variable);
	(void)fprintf(seen, "session %d\nleader %d\n", (int)getsid(0), getsid(0) == getpid());
	(void)fclose(seen);
}

/* The first letter of the file `mode`, which then becomes the second. */
static char
keeper_mode(int dirfd)
{
	char mode[2] = "";
	int fd = openat(dirfd, "mode", O_RDWR);

	if (fd < 0 || read(fd, mode, 2) != 2 || pwrite(fd, mode + 1, 1, 0) != 1)
		_exit(3);
	close(fd);
	return mode[0];
}

/* r: listens, says that it is ready, takes one connection. e: says an error. s: ends without a
 * word. */
static int
keeper_main(int argc, char **argv)
{
	const unsigned char error = ERR_KEY_WRONG;
	int dirfd = open(argv[2], O_PATH | O_DIRECTORY | O_CLOEXEC), listening;

	switch (keeper_mode(dirfd)) {
	case 'e':
		return write(3, &error, 1) != 1;
	case 's':
		return 0;
	}
	close(dirfd);
	keeper_writes(argv[2], argc, argv);
	dirfd = open(argv[2], O_PATH | O_DIRECTORY | O_CLOEXEC);
	if (line_listen(dirfd, "socket", &listening) != ERR_OK ||
	    fcntl(listening, F_SETFL, 0) != 0 || write(3, "", 1) != 1)
		return 1;
	return accept(listening, NULL, NULL) < 0;
}

/* --- helpers ---------------------------------------------------------------------------- */

static char *
under(char path[PATH_MAX], const char *name)
{
	assert_in_range(snprintf(path, PATH_MAX, "%s/%s", scratch, name), 1, PATH_MAX - 1);
	return path;
}

static void
write_mode(const char *directory, const char *mode)
{
	char path[PATH_MAX];
	FILE *file;

	assert_in_range(snprintf(path, sizeof path, "%s/mode", directory), 1, PATH_MAX - 1);
	file = fopen(path, "w");
	assert_non_null(file);
	assert_true(fputs(mode, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static int
open_scratch(void **state)
{
	(void)state;
	(void)snprintf(scratch, sizeof scratch, "%s/place.XXXXXX",
	    getenv("TMPDIR") != NULL ? getenv("TMPDIR") : "/tmp");
	if (mkdtemp(scratch) == NULL || chmod(scratch, 0711) != 0 || chdir(scratch) != 0 ||
	    getcwd(scratch, sizeof scratch) == NULL)
		return 1;
	unsetenv("PROVCONSOLE_STATE");
	unsetenv("XDG_STATE_HOME");
	return 0;
}

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *place)
{
	(void)st;
	(void)type;
	(void)place;
	return remove(path);
}

static int
remove_scratch(void **state)
{
	(void)state;
	return chdir("/") != 0 || nftw(scratch, remove_one, 16, FTW_DEPTH | FTW_PHYS) != 0;
}

/* --- connecting ---------------------------------------------------------------------------- */

static enum err
connect_making(const char *directory, const char *keeper, bool may_make)
{
	struct place place;
	enum err err;
	int fd = -1;

	assert_int_equal(place_find(NULL, directory, &place), ERR_OK);
	place.may_make = may_make;
	err = place_connect(&place, keeper, &fd);
	assert_int_equal(fd >= 0, err == ERR_OK);
	if (fd >= 0)
		close(fd);
	place_free(&place);
	return err;
}

static enum err
connect_to(const char *directory, const char *keeper)
{
	return connect_making(directory, keeper, true);
}

static bool
line_seen(const char *directory, const char *prefix)
{
	char path[PATH_MAX], line[1024];
	bool found = false;
	FILE *seen;

	assert_in_range(snprintf(path, sizeof path, "%s/seen", directory), 1, PATH_MAX - 1);
	seen = fopen(path, "r");
	assert_non_null(seen);
	while (!found && fgets(line, sizeof line, seen) != NULL)
		found = strncmp(line, prefix, strlen(prefix)) == 0;
	(void)fclose(seen);
	return found;
}

static void
test_a_keeper_is_started(void **state)
{
	char directory[PATH_MAX], argument[PATH_MAX + 8];
	int stray = open("/dev/null", O_RDONLY);

	(void)state;
	assert_true(stray > 2);
	assert_int_equal(mkdir(under(directory, "ready"), 0700), 0);
	write_mode(directory, "rr");
	setenv("SECRET_OF_THE_CALLER", "1", 1);
	setenv("LC_TIME", "C.UTF-8", 1);
	setenv("FAKETIME_TEST", "1", 1);
	setenv("LANGUAGE", "fr", 1);
	assert_int_equal(connect_to("ready", self), ERR_OK);
	(void)snprintf(argument, sizeof argument, "arg %s\n", directory);
	assert_true(line_seen(directory, "arg --state\n"));
	assert_true(line_seen(directory, argument));
	assert_true(line_seen(directory, "arg --ready-fd\n"));
	assert_true(line_seen(directory, "arg 3\n"));
	assert_true(line_seen(directory, "env LC_TIME=C.UTF-8\n"));
	assert_true(line_seen(directory, "env PATH="));
	assert_true(line_seen(directory, "env FAKETIME_TEST=1\n"));
	assert_false(line_seen(directory, "env SECRET_OF_THE_CALLER"));
	assert_false(line_seen(directory, "env LANGUAGE"));
	/* In a session of its own, so without our terminal; and not its leader, so that it may
	 * still call setsid(). */
	(void)snprintf(argument, sizeof argument, "session %d\n", (int)getsid(0));
	assert_true(line_seen(directory, "session "));
	assert_false(line_seen(directory, argument));
	assert_true(line_seen(directory, "leader 0\n"));
	close(stray);
}

static void
test_what_the_keeper_says_is_told(void **state)
{
	char directory[PATH_MAX];

	(void)state;
	assert_int_equal(mkdir(under(directory, "error"), 0700), 0);
	write_mode(directory, "ee");
	assert_int_equal(connect_to(directory, self), ERR_KEY_WRONG);
	assert_int_equal(connect_to(directory, "/nowhere/provconsole-keeper"), ERR_KEEPER_START);
}

/* One that was leaving had the lock, so ours went without a word; the next one serves. */
static void
test_a_lost_race_is_run_again(void **state)
{
	char directory[PATH_MAX];

	(void)state;
	assert_int_equal(mkdir(under(directory, "late"), 0700), 0);
	write_mode(directory, "sr");
	assert_int_equal(connect_to(directory, self), ERR_OK);
}

static void
test_the_directory_is_made(void **state)
{
	char directory[PATH_MAX];
	struct stat st;

	(void)state;
	assert_int_equal(connect_to("new/and/deep", "/nowhere/provconsole-keeper"),
	    ERR_KEEPER_START);
	assert_int_equal(stat(under(directory, "new"), &st), 0);
	assert_int_equal(st.st_mode, S_IFDIR | 0700);
	assert_int_equal(stat(under(directory, "new/and/deep"), &st), 0);
	assert_int_equal(st.st_mode, S_IFDIR | 0700);
}

static void
test_a_directory_that_is_not_ours_alone(void **state)
{
	char path[PATH_MAX];

	(void)state;
	assert_int_equal(mkdir(under(path, "open"), 0700), 0);
	assert_int_equal(chmod(path, 0710), 0);
	assert_int_equal(connect_to("open", self), ERR_STATE_MODE);
	assert_int_equal(mkdir(under(path, "real"), 0700), 0);
	assert_int_equal(symlink("real", under(path, "link")), 0);
	assert_int_equal(connect_to("link", self), ERR_STATE_SYMLINK);
	assert_int_equal(connect_to("link/", self), ERR_STATE_SYMLINK);
	close(open(under(path, "file"), O_CREAT | O_WRONLY, 0600));
	assert_int_equal(connect_to("file", self), ERR_STATE_PATH);
	assert_int_equal(connect_to("file/below", self), ERR_STATE_PATH);
	if (geteuid() != 0)
		return; /* only root can be another user too */
	assert_int_equal(mkdir(under(path, "theirs"), 0700), 0);
	assert_int_equal(chown(path, 12345, 12345), 0);
	assert_int_equal(seteuid(12346), 0);
	assert_int_equal(connect_to(path, self), ERR_STATE_OWNER);
	assert_int_equal(seteuid(0), 0);
}

static void
test_a_named_socket_starts_nothing(void **state)
{
	struct place place;
	int fd = -1;

	(void)state;
	assert_int_equal(place_find("absent/socket", NULL, &place), ERR_OK);
	assert_int_equal(place_connect(&place, self, &fd), ERR_KEEPER_ABSENT);
	assert_int_equal(access("absent", F_OK), -1);
	place_free(&place);
}

/* Only the first run, init and a keeper make a state: a typing error leaves nothing behind. */
static void
test_no_state_is_made_by_others(void **state)
{
	struct stat st;

	(void)state;
	assert_int_equal(connect_making("typo/deep", self, false), ERR_NO_STATE);
	assert_int_not_equal(stat("typo", &st), 0);
	assert_int_equal(mkdir("bare", 0755), 0);
	assert_int_equal(connect_making("bare", self, false), ERR_NO_STATE);
	assert_int_equal(rmdir("bare"), 0);
	/* What is there is no directory, or a link to one: that is said as ever. */
	assert_int_equal(symlink("/nowhere", "pointer"), 0);
	assert_int_equal(connect_making("pointer", self, false), ERR_STATE_SYMLINK);
}

/* Takes the socket away, or puts another one in its place again and again, until it is killed. */
static pid_t
keeper_changes(int dirfd, bool leaves)
{
	int listening = -1;
	pid_t pid = fork();

	if (pid != 0)
		return pid;
	(void)alarm(60);
	if (leaves && unlinkat(dirfd, "socket", 0) != 0)
		_exit(1);
	while (poll(NULL, 0, 10) == 0)
		if (!leaves) {
			close(listening);
			if (line_listen(dirfd, "socket", &listening) != ERR_OK)
				_exit(1);
		}
	_exit(1);
}

/* An older keeper is waited for, and not asked meanwhile. */
static void
test_a_keeper_that_leaves_is_seen(void **state)
{
	struct place place;
	char path[PATH_MAX], socket[PATH_MAX];
	int dirfd, listening, status;
	pid_t pid;

	(void)state;
	assert_int_equal(mkdir(under(path, "leaves"), 0700), 0);
	dirfd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_int_equal(place_find("leaves/socket", NULL, &place), ERR_OK);
	assert_true(place_leaves(&place, 60000)); /* there is none */
	assert_int_equal(line_listen(dirfd, "socket", &listening), ERR_OK);
	assert_false(place_leaves(&place, 100));
	assert_int_equal(chmod(under(socket, "leaves/socket"), 0666), 0);
	assert_false(place_leaves(&place, 100));
	assert_int_equal(accept(listening, NULL, NULL), -1);
	for (int leaves = 0; leaves < 2; leaves++) {
		pid = keeper_changes(dirfd, leaves);
		assert_true(place_leaves(&place, 60000));
		assert_int_equal(kill(pid, SIGKILL), 0);
		assert_int_equal(waitpid(pid, &status, 0), pid);
		assert_true(WIFSIGNALED(status));
	}
	close(listening);
	close(dirfd);
	place_free(&place);
}

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_keeper_is_started),
		cmocka_unit_test(test_what_the_keeper_says_is_told),
		cmocka_unit_test(test_a_lost_race_is_run_again),
		cmocka_unit_test(test_the_directory_is_made),
		cmocka_unit_test(test_a_directory_that_is_not_ours_alone),
		cmocka_unit_test(test_a_named_socket_starts_nothing),
		cmocka_unit_test(test_no_state_is_made_by_others),
		cmocka_unit_test(test_a_keeper_that_leaves_is_seen),
	};

	if (argc > 2 && strcmp(argv[1], "--state") == 0)
		return keeper_main(argc, argv);
	if (readlink("/proc/self/exe", self, sizeof self - 1) <= 0)
		return 1;
	return cmocka_run_group_tests(tests, open_scratch, remove_scratch);
}
