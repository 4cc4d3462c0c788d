/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reserve on the disk, and who is served once it is gone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#include "keeper/room.h"
#include "keeper/session.h"

enum { KIB = 1024, MIB = 1024 * KIB };

struct scene {
	char path[64];
	int directory;
	struct room room;
};

static fsblkcnt_t spare; /* bytes that the disk says are free */
static int fails;	 /* this number comes of asking for more; 0: none does */

int
fstatvfs(int fd, struct statvfs *ret_fs)
{
	(void)fd;
	*ret_fs = (struct statvfs){ .f_bavail = spare, .f_frsize = 1 };
	return 0;
}

int
posix_fallocate(int fd, off_t offset, off_t length)
{
	return fails != 0 ? fails : fallocate(fd, 0, offset, length) == 0 ? 0 : errno;
}

static int
set_up(void **state)
{
	struct scene *scene = calloc(1, sizeof *scene);

	assert_non_null(scene);
	*state = scene;
	spare = 100 * MIB;
	fails = 0;
	(void)snprintf(scene->path, sizeof scene->path, "/tmp/provconsole-room-XXXXXX");
	assert_non_null(mkdtemp(scene->path));
	scene->directory = open(scene->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return 0;
}

static int
tear_down(void **state)
{
	struct scene *scene = *state;

	room_close(&scene->room);
	(void)unlinkat(scene->directory, "reserve", 0);
	close(scene->directory);
	assert_int_equal(rmdir(scene->path), 0);
	free(scene);
	return 0;
}

static int64_t
reserved(const struct scene *scene)
{
	bool whole;

	return room_reserved(scene->directory, &whole);
}

static void
it_is_as_large_as_the_disk_allows(void **state)
{
	const struct {
		fsblkcnt_t spare;
		int64_t reserve;
	} rows[] = { { 100 * MIB, 4 * MIB }, { 8 * MIB, 4 * MIB }, { 8 * MIB - 1, MIB },
		{ 2 * MIB, MIB }, { 2 * MIB - 1, 256 * KIB }, { 512 * KIB, 256 * KIB },
		{ 512 * KIB - 1, 0 }, { 0, 0 } };
	struct scene *scene = *state;

	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		spare = rows[i].spare;
		assert_int_equal(room_open(&scene->room, scene->directory), ERR_OK);
		assert_int_equal(scene->room.level, ROOM_FOR_ALL);
		assert_int_equal(reserved(scene), rows[i].reserve);
		room_close(&scene->room);
		assert_int_equal(unlinkat(scene->directory, "reserve", 0), 0);
	}
}

/* A quota is not what the disk says is free. */
static void
without_room_there_is_none(void **state)
{
	struct scene *scene = *state;

	fails = EDQUOT;
	assert_int_equal(room_open(&scene->room, scene->directory), ERR_OK);
	assert_int_equal(reserved(scene), 0);
}

static void
a_file_that_is_not_ours_is_refused(void **state)
{
	struct scene *scene = *state;

	assert_int_equal(symlinkat("elsewhere", scene->directory, "reserve"), 0);
	assert_int_equal(room_open(&scene->room, scene->directory), ERR_STATE_SYMLINK);
	assert_int_equal(unlinkat(scene->directory, "reserve", 0), 0);
	assert_int_equal(room_open(&scene->room, scene->directory), ERR_OK);
	room_close(&scene->room);
	assert_int_equal(fchmodat(scene->directory, "reserve", 0644, 0), 0);
	assert_int_equal(room_open(&scene->room, scene->directory), ERR_STATE_MODE);
	assert_int_equal(fchmodat(scene->directory, "reserve", 0600, 0), 0);
	assert_int_equal(linkat(scene->directory, "reserve", scene->directory, "other", 0), 0);
	assert_int_equal(room_open(&scene->room, scene->directory), ERR_STATE_LINKS);
	assert_int_equal(unlinkat(scene->directory, "other", 0), 0);
}

enum who { STRANGER, HALF_WAY, PERSON, HOST };

/* Whether such a line gets an answer to that. */
static bool
is_served(const struct room *room, enum who who, uint32_t op)
{
	struct session session = { .fd = -1 };

	session.state.host = who == HOST;
	session.state.signin.password_passed = who >= HALF_WAY;
	session.state.signin.signed_in = who == PERSON;
	return room_serves(room, &session, op);
}

/* Strangers go first, then people who are in, and the host never. */
static void
who_is_served_shrinks_and_grows(void **state)
{
	struct scene *scene = *state;
	struct room *room = &scene->room;

	assert_int_equal(room_open(room, scene->directory), ERR_OK);
	assert_true(is_served(room, STRANGER, WIRE_PASSWORD));
	spare = 0;
	assert_true(room_make(room, NULL, false));
	assert_int_equal(reserved(scene), 4 * MIB / 8 * 7);
	assert_false(is_served(room, STRANGER, WIRE_PASSWORD));
	assert_false(is_served(room, HALF_WAY, WIRE_CODE));
	assert_true(is_served(room, STRANGER, WIRE_HELLO) && is_served(room, STRANGER, WIRE_BACK));
	/* What PAM asks when a session opens or closes is in memory, or only read; a code is spent.
	 */
	assert_true(is_served(room, STRANGER, WIRE_TICKET_OPEN));
	assert_true(is_served(room, STRANGER, WIRE_TICKET_CLOSE));
	assert_true(is_served(room, STRANGER, WIRE_PAM_ASK));
	assert_true(is_served(room, STRANGER, WIRE_PAM_ACCOUNT));
	assert_false(is_served(room, STRANGER, WIRE_PAM_ANSWER));
	assert_true(is_served(room, PERSON, WIRE_HOME) && is_served(room, HOST, WIRE_USER_ADD));
	for (int i = 0; i < 3; i++)
		assert_true(room_make(room, NULL, false));
	assert_false(is_served(room, PERSON, WIRE_HOME));
	assert_true(is_served(room, PERSON, WIRE_UNLOCK) && is_served(room, HOST, WIRE_USER_ADD));
	for (int i = 0; i < 4; i++)
		assert_true(room_make(room, NULL, false));
	assert_int_equal(reserved(scene), 0);
	assert_false(room_make(room, NULL, false));
	room_look(room);
	assert_int_equal(room->level, ROOM_FOR_HOST);
	spare = 8 * MIB - 1;
	room_look(room);
	assert_int_equal(room->level, ROOM_FOR_HOST);
	spare = 8 * MIB;
	room_look(room);
	assert_int_equal(room->level, ROOM_FOR_ALL);
	assert_int_equal(reserved(scene), 4 * MIB);
}

/* One that a keeper left is taken over as it is. */
static void
it_is_kept_from_one_keeper_to_the_next(void **state)
{
	struct scene *scene = *state;

	assert_int_equal(room_open(&scene->room, scene->directory), ERR_OK);
	room_close(&scene->room);
	spare = 0;
	assert_int_equal(room_open(&scene->room, scene->directory), ERR_OK);
	assert_int_equal(reserved(scene), 4 * MIB);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(it_is_as_large_as_the_disk_allows, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(without_room_there_is_none, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_file_that_is_not_ours_is_refused, set_up,
		    tear_down),
		cmocka_unit_test_setup_teardown(who_is_served_shrinks_and_grows, set_up, tear_down),
		cmocka_unit_test_setup_teardown(it_is_kept_from_one_keeper_to_the_next, set_up,
		    tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
