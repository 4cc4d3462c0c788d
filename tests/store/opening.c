/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A disk that fails once while a database is opened or read: what is opened can be written, and
 * what is called damage is there at a second look. */
#include "fixture.h"
#include "raw.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "store/inspect.h"
#include "store/sqlite/sqlite.h"
#include "store/store_user.h"

/* The at-th call from now fails with that number; at 0: none does. */
struct failing {
	int at, number;
};

static struct failing opening, reading;

int
open64(const char *path, int flags, ...);
ssize_t
pread64(int fd, void *bytes, size_t length, off_t offset);

static bool
strikes(struct failing *failing)
{
	if (failing->at == 0 || --failing->at > 0)
		return false;
	errno = failing->number;
	return true;
}

/* libsqlite3 calls these two, instead of the C library's. */
int
open64(const char *path, int flags, ...)
{
	mode_t mode = 0;
	va_list list;

	va_start(list, flags);
	if ((flags & O_CREAT) != 0)
		mode = va_arg(list, mode_t);
	va_end(list);
	if ((flags & O_ACCMODE) != O_RDONLY && strikes(&opening))
		return -1;
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

ssize_t
pread64(int fd, void *bytes, size_t length, off_t offset)
{
	return strikes(&reading) ? -1 : syscall(SYS_pread64, fd, bytes, length, offset);
}

static void
write_once(struct fixture *f)
{
	static int turn;
	char name[24];

	(void)snprintf(name, sizeof name, "Name %d", turn++);
	assert_ok(store_begin(f->store));
	assert_ok(store_setting_put(f->store, SETTING_CONSOLE_NAME, name, "alice"));
	assert_ok(store_commit(f->store));
}

/* A turn of a MiB or so. */
static void
write_much(struct fixture *f, int turn)
{
	struct account account = { .enabled = true };
	char fold[1000];
	int64_t id;

	assert_ok(store_begin(f->store));
	for (int i = 0; i < 500; i++) {
		(void)snprintf(fold, sizeof fold, "%0900d.%d", turn, i);
		assert_ok(store_user_add(f->store, &account, fold, "hash", &id));
	}
	assert_ok(store_commit(f->store));
}

/* A process that was killed leaves its log: a copy of one stands beside the database. */
static void
leave_log(struct fixture *f)
{
	static unsigned char log[256 * 1024];
	int fd = openat(f->dirfd, "console.db-wal", O_RDONLY | O_CLOEXEC);
	ssize_t size = read(fd, log, sizeof log);

	assert_true(size > 0);
	close(fd);
	store_close(f->store);
	f->store = NULL;
	fd = openat(f->dirfd, "console.db-wal", O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_int_equal(write(fd, log, (size_t)size), size);
	close(fd);
}

static void
what_was_opened_can_be_written(void **state)
{
	static const int numbers[] = { EMFILE, EIO, ENOSPC, EROFS };
	struct fixture *f = *state;
	unsigned refused = 0;
	bool failed = true;

	fixture_user(f, "alice");
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		for (int at = 1; at == 1 || failed; at++) {
			enum err err;

			write_once(f);
			leave_log(f);
			opening = (struct failing){ .at = at, .number = numbers[i] };
			err = store_open(STORE_IN(f->dirfd), &f->store);
			failed = opening.at == 0;
			opening.at = 0;
			if (err != ERR_OK) {
				refused++;
				assert_ok(store_open(STORE_IN(f->dirfd), &f->store));
			}
		}
	assert_true(refused >= 8);
	write_once(f);
}

/* Another process that has the log's index open until it is told to end. */
static pid_t
begin_reader(const struct fixture *f)
{
	int ends[2];
	char byte = 0;
	pid_t child;

	assert_int_equal(pipe2(ends, O_CLOEXEC), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		if (raw_number(raw_open(f), "SELECT count(*) FROM account") == 1 &&
		    write(ends[1], &byte, 1) == 1)
			(void)pause();
		_exit(1);
	}
	close(ends[1]);
	assert_int_equal(read(ends[0], &byte, 1), 1);
	close(ends[0]);
	return child;
}

/* SQLite goes on with an index that it can only read. */
static void
nor_does_an_index_that_is_only_read_do(void **state)
{
	struct fixture *f = *state;
	bool failed = true;
	pid_t reader;

	fixture_user(f, "alice");
	reader = begin_reader(f);
	for (int at = 1; failed; at++) {
		enum err err;

		store_close(f->store);
		f->store = NULL;
		opening = (struct failing){ .at = at, .number = EMFILE };
		err = store_open(STORE_IN(f->dirfd), &f->store);
		failed = opening.at == 0;
		opening.at = 0;
		if (err != ERR_OK)
			assert_ok(store_open(STORE_IN(f->dirfd), &f->store));
		write_once(f);
	}
	assert_int_equal(kill(reader, SIGKILL), 0);
	assert_int_equal(waitpid(reader, NULL, 0), reader);
}

/* The reason is told, and not the one that comes of going on. */
static void
why_it_was_not_opened_is_told(void **state)
{
	const struct {
		int number;
		enum err err;
	} rows[] = { { EMFILE, ERR_FILES }, { EIO, ERR_STORE_IO }, { ENOSPC, ERR_STORE_FULL },
		{ EROFS, ERR_STORE_READONLY } };
	struct fixture *f = *state;

	store_close(f->store);
	f->store = NULL;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		opening = (struct failing){ .at = 1, .number = rows[i].number };
		assert_err(store_open(STORE_IN(f->dirfd), &f->store), rows[i].err);
		opening.at = 0;
	}
}

/* Whatever one failing read is taken for, it is no damage; neither at the start nor later. */
static void
a_read_that_fails_once_is_no_damage(void **state)
{
	struct fixture *f = *state;
	struct account account;
	int64_t id = fixture_user(f, "alice");
	bool failed = true;

	for (int at = 1; failed; at++) {
		enum err err;

		store_close(f->store);
		f->store = NULL;
		reading = (struct failing){ .at = at, .number = EIO };
		err = store_open(STORE_IN(f->dirfd), &f->store);
		if (err == ERR_OK)
			err = store_user_by_id(f->store, id, &account, NULL);
		failed = reading.at == 0;
		reading.at = 0;
		assert_int_not_equal(err, ERR_STORE_CORRUPT);
		if (err == ERR_STORE_SUSPECT)
			assert_err(store_look_again(f->dirfd, 1000), ERR_STORE_IO);
		if (f->store == NULL)
			assert_ok(store_open(STORE_IN(f->dirfd), &f->store));
	}
}

static void
break_page(const struct fixture *f, int page)
{
	unsigned char noise[1024];
	int fd = openat(f->dirfd, "console.db", O_WRONLY | O_CLOEXEC);

	memset(noise, 0xa5, sizeof noise);
	assert_int_equal(pwrite(fd, noise, sizeof noise, (off_t)(page - 1) * 1024), 1024);
	close(fd);
}

static void
damage_is_found_again(void **state)
{
	struct fixture *f = *state;
	struct account account;
	int64_t id = fixture_user(f, "alice");
	int page = raw_number(sqlite_of(f->store)->db,
	    "SELECT rootpage FROM sqlite_schema WHERE name = 'account'");

	fixture_reopen(f);
	break_page(f, page);
	assert_err(store_user_by_id(f->store, id, &account, NULL), ERR_STORE_SUSPECT);
	assert_err(store_look_again(f->dirfd, 1000), ERR_STORE_CORRUPT);
}

static void
a_look_without_time_does_not_know(void **state)
{
	struct fixture *f = *state;

	write_much(f, 0);
	assert_err(store_look_again(f->dirfd, -1000), ERR_STORE_SUSPECT);
}

/* A look in the middle of a turn neither waits for it nor harms it. */
static void
a_look_does_not_disturb_a_turn(void **state)
{
	struct fixture *f = *state;

	assert_ok(store_begin(f->store));
	assert_ok(store_setting_put(f->store, SETTING_CONSOLE_NAME, "Name", "alice"));
	assert_err(store_look_again(f->dirfd, 1000), ERR_STORE_IO);
	assert_true(store_in_turn(f->store));
	assert_ok(store_commit(f->store));
}

static off_t
log_size(const struct fixture *f)
{
	struct stat st;

	assert_int_equal(fstatat(f->dirfd, "console.db-wal", &st, 0), 0);
	return st.st_size;
}

/* A reader that stands still lets the log grow; once it has gone, the log shrinks. */
static void
a_log_that_grew_is_cut(void **state)
{
	enum { LIMIT = 8 << 20 };
	struct fixture *f = *state;
	struct store *reader = NULL;
	struct store_schema schema;

	write_once(f);
	assert_ok(store_inspect(STORE_IN(f->dirfd), &reader, &schema));
	for (int i = 0; log_size(f) <= 2 * LIMIT; i++)
		write_much(f, i);
	store_close(reader);
	for (int i = 0; i < 3; i++)
		write_once(f);
	assert_in_range(log_size(f), 1, LIMIT);
}

/* What the log holds can be brought home at any time, and its place is given back. */
static void
a_checkpoint_gives_the_log_back(void **state)
{
	struct fixture *f = *state;

	write_once(f);
	assert_true(log_size(f) > 0);
	assert_ok(store_checkpoint(f->store));
	assert_int_equal(log_size(f), 0);
	assert_ok(store_begin(f->store));
	assert_err(store_checkpoint(f->store), ERR_FAILED);
	store_rollback(f->store);
}

/* What is claimed is there for the next turns, and is no part of what is read. */
static void
what_was_claimed_is_ours(void **state)
{
	struct fixture *f = *state;
	struct stat st;
	off_t log, database;

	write_once(f);
	log = log_size(f);
	assert_int_equal(fstatat(f->dirfd, "console.db", &st, 0), 0);
	database = st.st_size;
	store_claim(f->store, 512 << 10);
	assert_int_equal(log_size(f), log + (256 << 10));
	assert_int_equal(store_log_size(f->store), log_size(f));
	assert_int_equal(fstatat(f->dirfd, "console.db", &st, 0), 0);
	assert_true(st.st_size >= database + (256 << 10) && st.st_blocks * 512 >= st.st_size);
	write_once(f);
	assert_int_equal(log_size(f), log + (256 << 10));
	assert_ok(store_recycle(f->store));
	assert_int_equal(log_size(f), log + (256 << 10));
	write_once(f);
	fixture_reopen(f);
	assert_err(store_look_again(f->dirfd, 1000), ERR_STORE_IO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(what_was_opened_can_be_written),
		STORE_TEST(nor_does_an_index_that_is_only_read_do),
		STORE_TEST(why_it_was_not_opened_is_told),
		STORE_TEST(a_read_that_fails_once_is_no_damage),
		STORE_TEST(damage_is_found_again),
		STORE_TEST(a_look_without_time_does_not_know),
		STORE_TEST(a_look_does_not_disturb_a_turn),
		STORE_TEST(a_log_that_grew_is_cut),
		STORE_TEST(a_checkpoint_gives_the_log_back),
		STORE_TEST(what_was_claimed_is_ours),
	};

	return cmocka_run_group_tests_name("store opening", tests, NULL, NULL);
}
