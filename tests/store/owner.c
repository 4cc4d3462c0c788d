/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of another user, and files that cannot be written: seen by a process that is not root. */
#include "fixture.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { SOMEBODY = 65534 };

/* What store_open() says to a process of SOMEBODY. */
static enum err
open_as_somebody(struct fixture *f)
{
	struct store *store = NULL;
	int status;
	pid_t child = fork();

	if (child == 0) {
		if (setgid(SOMEBODY) != 0 || setuid(SOMEBODY) != 0)
			_exit(255);
		_exit((int)store_open(STORE_IN(f->dirfd), &store));
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_true(WIFEXITED(status));
	return (enum err)WEXITSTATUS(status);
}

static void
give(struct fixture *f, const char *name)
{
	assert_int_equal(fchownat(f->dirfd, name, SOMEBODY, SOMEBODY, 0), 0);
}

static void
somebody_elses_file_is_refused(void **state)
{
	struct fixture *f = *state;

	store_close(f->store);
	f->store = NULL;
	assert_int_equal(fchown(f->dirfd, SOMEBODY, SOMEBODY), 0);
	assert_err(open_as_somebody(f), ERR_STATE_OWNER);
	give(f, "console.db");
	assert_ok(open_as_somebody(f));
	assert_err(store_open(STORE_IN(f->dirfd), &f->store), ERR_STATE_OWNER);
}

static void
a_file_that_cannot_be_written_is_refused(void **state)
{
	struct fixture *f = *state;

	store_close(f->store);
	f->store = NULL;
	assert_int_equal(fchown(f->dirfd, SOMEBODY, SOMEBODY), 0);
	give(f, "console.db");
	assert_int_equal(fchmodat(f->dirfd, "console.db", 0400, 0), 0);
	assert_err(open_as_somebody(f), ERR_STORE_READONLY);
	assert_int_equal(fchmodat(f->dirfd, "console.db", 0600, 0), 0);
	assert_int_equal(fchmod(f->dirfd, 0500), 0);
	assert_err(open_as_somebody(f), ERR_STORE_READONLY);
	assert_int_equal(fchmod(f->dirfd, 0700), 0);
	assert_ok(open_as_somebody(f));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(somebody_elses_file_is_refused),
		STORE_TEST(a_file_that_cannot_be_written_is_refused),
	};

	if (geteuid() != 0) {
		puts("1..0 # SKIP only root can make files of another user");
		return 0;
	}
	return cmocka_run_group_tests_name("store owner", tests, NULL, NULL);
}
