/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where the database may be: no links, nobody else's, open to nobody, at any depth, and in a
 * directory that can be synced. */
#include "fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static bool directories_fail;

/* The C library's, for SQLite too. */
int
fsync(int fd)
{
	struct stat st;

	if (directories_fail && fstat(fd, &st) == 0 && S_ISDIR(st.st_mode)) {
		errno = EIO;
		return -1;
	}
	return (int)syscall(SYS_fsync, fd);
}

static void
assert_refused(struct fixture *f, enum err err)
{
	struct store *untouched = (struct store *)f, *store = untouched;

	assert_err(store_open(STORE_IN(f->dirfd), &store), err);
	assert_ptr_equal(store, untouched);
}

static void
close_store(struct fixture *f)
{
	store_close(f->store);
	f->store = NULL;
}

static void
a_symbolic_link_is_refused(void **state)
{
	struct fixture *f = *state;
	struct stat st;

	close_store(f);
	assert_int_equal(renameat(f->dirfd, "console.db", f->dirfd, "real"), 0);
	assert_int_equal(symlinkat("real", f->dirfd, "console.db"), 0);
	assert_refused(f, ERR_STATE_SYMLINK);
	assert_int_equal(unlinkat(f->dirfd, "console.db", 0), 0);
	assert_int_equal(symlinkat("nowhere", f->dirfd, "console.db"), 0);
	assert_refused(f, ERR_STATE_SYMLINK);
	assert_int_equal(fstatat(f->dirfd, "nowhere", &st, 0), -1);
}

static void
a_second_name_is_refused(void **state)
{
	struct fixture *f = *state;

	close_store(f);
	assert_int_equal(linkat(f->dirfd, "console.db", f->dirfd, "second", 0), 0);
	assert_refused(f, ERR_STATE_LINKS);
	assert_int_equal(unlinkat(f->dirfd, "second", 0), 0);
	assert_ok(store_open(STORE_IN(f->dirfd), &f->store));
}

static void
a_file_that_others_can_open_is_refused(void **state)
{
	struct fixture *f = *state;
	const mode_t modes[] = { 0640, 0620, 0610, 0604, 0602, 0601, 0666 };

	close_store(f);
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		assert_int_equal(fchmodat(f->dirfd, "console.db", modes[i], 0), 0);
		assert_refused(f, ERR_STATE_MODE);
	}
	assert_int_equal(fchmodat(f->dirfd, "console.db", 0600, 0), 0);
	assert_ok(store_open(STORE_IN(f->dirfd), &f->store));
}

static void
a_directory_in_its_place_is_damage(void **state)
{
	struct fixture *f = *state;

	assert_int_equal(mkdirat(f->dirfd, "console.db", 0700), 0);
	assert_refused(f, ERR_STORE_CORRUPT);
}

static void
what_stands_beside_it_is_looked_at_too(void **state)
{
	struct fixture *f = *state;
	const char *const names[] = { "console.db-wal", "console.db-shm", "console.db-journal" };

	close_store(f);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		assert_int_equal(symlinkat("elsewhere", f->dirfd, names[i]), 0);
		assert_refused(f, ERR_STATE_SYMLINK);
		assert_int_equal(unlinkat(f->dirfd, names[i], 0), 0);
	}
	assert_ok(store_open(STORE_IN(f->dirfd), &f->store));
}

/* Longer than SQLite's 512 bytes. Each level is entered by the one before. */
static void
a_path_may_be_of_any_length(void **state)
{
	enum { LEVELS = 12, LENGTH = 100 };
	struct fixture *f = *state;
	char name[LENGTH + 1];
	int fds[LEVELS + 1] = { f->dirfd };
	struct store *store = NULL;

	memset(name, 'd', LENGTH);
	name[LENGTH] = '\0';
	for (int i = 0; i < LEVELS; i++) {
		assert_int_equal(mkdirat(fds[i], name, 0700), 0);
		fds[i + 1] = openat(fds[i], name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		assert_true(fds[i + 1] >= 0);
	}
	for (int again = 0; again < 2; again++) {
		assert_ok(store_open(STORE_IN(fds[LEVELS]), &store));
		assert_ok(store_begin(store));
		assert_ok(store_setting_put(store, SETTING_CONSOLE_NAME, "Deep", "alice"));
		assert_ok(store_commit(store));
		store_close(store);
	}
	assert_int_equal(unlinkat(fds[LEVELS], "console.db", 0), 0);
	for (int i = LEVELS; i > 0; i--) {
		close(fds[i]);
		assert_int_equal(unlinkat(fds[i - 1], name, AT_REMOVEDIR), 0);
	}
}

static void
what_is_no_directory_is_refused(void **state)
{
	struct fixture *f = *state;
	struct store *store = NULL;
	int fd = openat(f->dirfd, "file", O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	enum err err;

	assert_true(fd >= 0);
	err = store_open(STORE_IN(fd), &store);
	assert_true(err != ERR_OK && store == NULL);
	close(fd);
	err = store_open(STORE_IN(-1), &store);
	assert_true(err != ERR_OK && store == NULL);
}

/* Closing any descriptor of the file would drop the locks of the connection that is open. */
static void
a_second_open_leaves_the_first_ones_locks(void **state)
{
	struct fixture *f = *state;
	struct store *second = NULL;
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
	int fd;

	assert_ok(store_open(STORE_IN(f->dirfd), &second));
	store_close(second);
	/* A description of its own asks: an open-file-description lock conflicts with POSIX locks
	 * of the same process. */
	fd = openat(f->dirfd, "console.db", O_RDWR | O_CLOEXEC);
	assert_int_equal(fcntl(fd, F_OFD_GETLK, &lock), 0);
	assert_int_not_equal(lock.l_type, F_UNLCK);
	close(fd);
}

/* A log is made anew at each start after a clean stop; what is told as committed in it would be
 * gone after a power cut. The one that such a start left is no safer. */
static void
a_log_whose_directory_cannot_be_synced_is_refused(void **state)
{
	struct fixture *f = *state;

	close_store(f);
	assert_int_equal(faccessat(f->dirfd, "console.db-wal", F_OK, 0), -1);
	directories_fail = true;
	assert_refused(f, ERR_STORE_IO);
	assert_refused(f, ERR_STORE_IO);
	directories_fail = false;
	assert_ok(store_open(STORE_IN(f->dirfd), &f->store));
}

static void
a_database_whose_directory_cannot_be_synced_is_refused(void **state)
{
	struct fixture *f = *state;

	directories_fail = true;
	assert_refused(f, ERR_STORE_IO);
	assert_refused(f, ERR_STORE_IO);
	directories_fail = false;
	assert_ok(store_open(STORE_IN(f->dirfd), &f->store));
}

/* The keeper's directory may be renamed or its descriptor closed: the store has its own. */
static void
the_directory_is_kept_open(void **state)
{
	struct fixture *f = *state;
	struct store *other = NULL;
	struct policy policy;
	int copy = dup(f->dirfd);

	assert_ok(store_open(STORE_IN(copy), &other));
	close(copy);
	assert_ok(store_begin(other));
	assert_ok(store_setting_put(other, SETTING_REQUIRE_2FA, "no", "alice"));
	assert_ok(store_commit(other));
	store_close(other);
	assert_ok(store_policy(f->store, &policy));
	assert_false(policy.require_2fa);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(a_symbolic_link_is_refused),
		STORE_TEST(the_directory_is_kept_open),
		STORE_TEST(a_second_name_is_refused),
		STORE_TEST(a_file_that_others_can_open_is_refused),
		cmocka_unit_test_setup_teardown(a_directory_in_its_place_is_damage,
		    fixture_setup_bare, fixture_teardown),
		STORE_TEST(what_stands_beside_it_is_looked_at_too),
		cmocka_unit_test_setup_teardown(a_path_may_be_of_any_length, fixture_setup_bare,
		    fixture_teardown),
		cmocka_unit_test_setup_teardown(what_is_no_directory_is_refused, fixture_setup_bare,
		    fixture_teardown),
		STORE_TEST(a_second_open_leaves_the_first_ones_locks),
		STORE_TEST(a_log_whose_directory_cannot_be_synced_is_refused),
		cmocka_unit_test_setup_teardown(
		    a_database_whose_directory_cannot_be_synced_is_refused, fixture_setup_bare,
		    fixture_teardown),
	};

	return cmocka_run_group_tests_name("store place", tests, NULL, NULL);
}
