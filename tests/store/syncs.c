/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is synced, how often, and what a commit is that the disk did not take. */
#include "fixture.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "store/store_audit.h"
#include "store/store_device.h"
#include "store/store_guess.h"
#include "store/store_user.h"

int
fdatasync(int fd);

int
ftruncate64(int fd, off64_t length);

/* SQLite's fdatasync: counted, and after so many made to fail with this number where it is not 0,
 * so often or (0) for ever. */
static int syncs, syncs_allowed, sync_error, sync_times;

/* SQLite's log was cut, and is not synced since. */
static bool log_cut;

static bool
is_log(int fd)
{
	char link[40], path[256] = "";
	ssize_t length;

	snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
	length = readlink(link, path, sizeof path - 1);
	return length > 4 && strcmp(path + length - 4, "-wal") == 0;
}

int
ftruncate64(int fd, off64_t length)
{
	log_cut = log_cut || is_log(fd);
	return (int)syscall(SYS_ftruncate, fd, length);
}

int
fdatasync(int fd)
{
	syncs++;
	log_cut = log_cut && !is_log(fd);
	if (sync_error != 0 && syncs > syncs_allowed &&
	    (sync_times == 0 || syncs <= syncs_allowed + sync_times)) {
		errno = sync_error;
		return -1;
	}
	return (int)syscall(SYS_fdatasync, fd);
}

static void
close_store(struct fixture *f)
{
	store_close(f->store);
	f->store = NULL;
}

/* What the keeper writes when a code is accepted. */
static void
sign_in(struct fixture *f, int64_t user, int64_t device, int64_t step)
{
	struct store_audit row = { .version = 2,
		.id = step,
		.who = "alice",
		.source = "10.0.0.7",
		.terminal = "xterm-256color",
		.action = "sign-in",
		.result = "ok" };
	struct store_head head = { .count = step };
	const struct throttle none = { 0 };
	bool spent = false;

	assert_ok(store_begin(f->store));
	assert_ok(store_device_spend(f->store, device, step, 0, 0, &spent));
	assert_true(spent);
	assert_ok(store_user_set_code(f->store, user, &none));
	assert_ok(store_user_signed_in(f->store, user, 1000 + step, "10.0.0.7"));
	assert_ok(store_source_put(f->store, user, "10.0.0.7", 1000 + step));
	assert_ok(store_audit_append(f->store, &row, &head, &(int64_t){ 0 }));
	assert_ok(store_commit(f->store));
}

static void
a_sign_in_is_one_sync_and_seven_pages(void **state)
{
	enum { TIMES = 100 };
	struct fixture *f = *state;
	int64_t user = fixture_user(f, "alice"), device = fixture_device(f, user);
	struct stat before, after;

	for (int step = 1; step <= 10; step++)
		sign_in(f, user, device, step);
	assert_int_equal(fstatat(f->dirfd, "console.db-wal", &before, 0), 0);
	syncs = 0;
	for (int step = 11; step <= 10 + TIMES; step++)
		sign_in(f, user, device, step);
	assert_int_equal(fstatat(f->dirfd, "console.db-wal", &after, 0), 0);
	assert_int_equal(syncs, TIMES);
	/* Seven frames of 24 + 1,024 bytes, and now and then a new leaf of the audit trail. The
	 * sixth is the index that people are listed by who signed in last, the seventh the trail's
	 * of who did it. */
	assert_in_range((uintmax_t)(after.st_size - before.st_size) / TIMES, 1, 8000);
}

/* As they are at this moment, whole or not, the files of the store are opened by somebody else: so
 * it is after kill -9. */
static bool
somebody_finds(struct fixture *f, const char *name)
{
	static const char *const names[] = { "console.db", "console.db-wal" };
	static char bytes[1 << 20];
	struct fixture *other;
	void *state = NULL;
	struct account account;
	enum err err;

	assert_int_equal(fixture_setup_bare(&state), 0);
	other = state;
	for (int i = 0; i < 2; i++) {
		int from = openat(f->dirfd, names[i], O_RDONLY | O_CLOEXEC);
		int to = openat(other->dirfd, names[i], O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
		ssize_t length = read(from, bytes, sizeof bytes);

		assert_int_equal(write(to, bytes, (size_t)length), length);
		close(from); /* the locks go with it: nobody else is here */
		close(to);
	}
	assert_ok(store_open(STORE_IN(other->dirfd), &other->store));
	err = store_user_by_name(other->store, name, &account, NULL);
	fixture_teardown(&state);
	return err == ERR_OK;
}

/* A turn that adds somebody and whose sync fails once, or for ever. */
static enum err
add_unsynced(struct fixture *f, const char *name, int number, int times)
{
	struct account account = { .role = ROLE_OPERATOR, .enabled = true };
	int64_t id = 0;
	enum err err;

	assert_ok(store_begin(f->store));
	assert_ok(store_user_add(f->store, &account, name, "hash", &id));
	syncs = 0;
	sync_error = number;
	sync_times = times;
	err = store_commit(f->store);
	sync_error = sync_times = 0;
	assert_false(store_in_turn(f->store));
	return err;
}

static void
a_commit_that_is_not_on_the_disk_is_none(void **state)
{
	struct fixture *f = *state;
	const struct {
		int number;
		enum err err;
	} failures[] = { { EIO, ERR_STORE_IO }, { ENOSPC, ERR_STORE_FULL },
		{ EDQUOT, ERR_STORE_FULL } };

	fixture_user(f, "alice");
	for (size_t i = 0; i < sizeof failures / sizeof *failures; i++) {
		assert_err(add_unsynced(f, "bob", failures[i].number, 1), failures[i].err);
		assert_false(somebody_finds(f, "bob"));
		assert_false(log_cut); /* nor after a power cut */
		assert_true(somebody_finds(f, "alice"));
	}
	fixture_user(f, "bob");
	assert_true(somebody_finds(f, "bob"));
}

/* While the disk refuses to take it back too, that is said, for it may come back. Whatever is
 * committed next makes it go. */
static void
a_commit_that_cannot_be_taken_back_is_unsure(void **state)
{
	struct fixture *f = *state;

	fixture_user(f, "alice");
	for (int i = 0; i < 2; i++) {
		assert_err(add_unsynced(f, "bob", i == 0 ? EIO : ENOSPC, 0), ERR_STORE_UNSURE);
		assert_true(somebody_finds(f, "bob"));
	}
	fixture_user(f, "carol");
	assert_false(somebody_finds(f, "bob"));
	assert_true(somebody_finds(f, "alice") && somebody_finds(f, "carol"));
}

/* A first start that fails at each of its syncs leaves what the next one can finish. */
static void
a_migration_is_whole_or_not_there(void **state)
{
	struct fixture *f = *state;
	enum err err = ERR_FAILED;
	int allowed;

	for (allowed = 0; err != ERR_OK; allowed++) {
		assert_in_range(allowed, 0, 20);
		syncs = 0;
		syncs_allowed = allowed;
		sync_error = EIO;
		err = store_open(STORE_IN(f->dirfd), &f->store);
		sync_error = 0;
		syncs_allowed = 0;
		close_store(f);
		assert_ok(store_open(STORE_IN(f->dirfd), &f->store));
		fixture_user(f, "alice");
		close_store(f);
		assert_int_equal(unlinkat(f->dirfd, "console.db", 0), 0);
	}
	assert_true(allowed > 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(a_sign_in_is_one_sync_and_seven_pages),
		STORE_TEST(a_commit_that_is_not_on_the_disk_is_none),
		STORE_TEST(a_commit_that_cannot_be_taken_back_is_unsure),
		cmocka_unit_test_setup_teardown(a_migration_is_whole_or_not_there,
		    fixture_setup_bare, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
