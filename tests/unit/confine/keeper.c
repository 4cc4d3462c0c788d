/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody hostile inside the keeper; and what the keeper, SQLite and the C library do there. */
#include "hostile.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/un.h>
#include <unistd.h>

#include "confine/confine.h"

static bool
walls(const struct scene *scene)
{
	struct confine_report report;

	confine_probe(&report);
	return report.missing == 0 && confine_keeper(scene->state, false) == ERR_OK;
}

static bool
read_outside(const struct scene *scene)
{
	return scene_opened(scene->outside, "/there", O_RDONLY);
}

static bool
write_outside(const struct scene *scene)
{
	return scene_opened(scene->outside, "/there", O_WRONLY);
}

static bool
make_outside(const struct scene *scene)
{
	return scene_opened(scene->outside, "/more", O_WRONLY | O_CREAT);
}

static bool
remove_outside(const struct scene *scene)
{
	char path[96];

	(void)snprintf(path, sizeof path, "%s/there", scene->outside);
	return unlink(path) == 0;
}

static bool
move_outside(const struct scene *scene)
{
	char path[96];

	(void)snprintf(path, sizeof path, "%s/more", scene->outside);
	return renameat(scene->state, "there", AT_FDCWD, path) == 0;
}

static bool
write_etc(const struct scene *scene)
{
	(void)scene;
	return scene_opened("/etc/passwd", "", O_WRONLY | O_APPEND);
}

static bool
listen_outside(const struct scene *scene)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return false;
	(void)snprintf(address.sun_path, sizeof address.sun_path, "%s/more", scene->outside);
	return bind(fd, (const struct sockaddr *)&address, sizeof address) == 0;
}

static const struct attempt refused[] = {
	{ "reading another's terminal", scene_other_terminal, EACCES },
	{ "reading a file outside", read_outside, EACCES },
	{ "writing a file outside", write_outside, EACCES },
	{ "making a file outside", make_outside, EACCES },
	{ "removing a file outside", remove_outside, EACCES },
	{ "moving a file outside", move_outside, EACCES },
	{ "adding to passwd", write_etc, EACCES },
	{ "listening outside", listen_outside, EACCES },
};

static void
test_keeper_refused(void **state)
{
	const struct scene *scene = *state;

	scene_play(scene, walls, refused, sizeof refused / sizeof refused[0]);
}

static void
test_keeper_hostile_calls(void **state)
{
	const struct scene *scene = *state;

	scene_play(scene, walls, hostile_calls, hostile_count);
}

/* --- what a keeper does all day --------------------------------------------------- */

static bool
use_file(int fd)
{
	struct flock lock = { .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_len = 1 };
	char byte = 0;
	char *page;
	bool good = pwrite(fd, "words", 5, 0) == 5 && pread(fd, &byte, 1, 0) == 1 && byte == 'w' &&
	    ftruncate(fd, 8192) == 0 && fdatasync(fd) == 0 && fsync(fd) == 0 &&
	    fchmod(fd, 0600) == 0 && fcntl(fd, F_SETLK, &lock) == 0 && flock(fd, LOCK_EX) == 0;

	page = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
	if (page == MAP_FAILED)
		return false;
	page[0] = 'W';
	return munmap(page, 4096) == 0 && good;
}

/* As SQLite is led there: through the descriptor of the directory. */
static bool
keep_files(const struct scene *scene)
{
	char path[64];
	struct stat st;
	bool good;
	int fd;

	(void)snprintf(path, sizeof path, "/proc/self/fd/%d/database", scene->state);
	fd = open(path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	good = use_file(fd);
	close(fd);
	return good && renameat(scene->state, "database", scene->state, "database.new") == 0 &&
	    fstatat(scene->state, "database.new", &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    unlinkat(scene->state, "database.new", 0) == 0 && fsync(scene->state) == 0;
}

static bool
look_at_disk(const struct scene *scene)
{
	struct statvfs fs;

	return fstatvfs(scene->state, &fs) == 0 && statvfs(scene->directory, &fs) == 0;
}

/* A socket in the state, a client of it, and a packet to a log as syslog(3) sends one. */
static bool
serve(const struct scene *scene)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int listener = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	int client = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0), served = -1;
	bool good;

	(void)snprintf(address.sun_path, sizeof address.sun_path, "/proc/self/fd/%d/socket",
	    scene->state);
	good = listener >= 0 && client >= 0 &&
	    bind(listener, (const struct sockaddr *)&address, sizeof address) == 0 &&
	    listen(listener, 8) == 0 &&
	    connect(client, (const struct sockaddr *)&address, sizeof address) == 0;
	served = accept4(listener, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC);
	good = good && served >= 0 && send(served, "x", 1, MSG_NOSIGNAL) == 1;
	return unlinkat(scene->state, "socket", 0) == 0 && good;
}

static void *
be(void *argument)
{
	return argument;
}

static bool
start_thread(const struct scene *scene)
{
	void *result = NULL;
	pthread_t thread;
	int number = pthread_create(&thread, NULL, be, (void *)(uintptr_t)scene);

	if (number != 0) {
		errno = number;
		return false;
	}
	return pthread_join(thread, &result) == 0 && result == (void *)(uintptr_t)scene;
}

static bool
wait_for_events(const struct scene *scene)
{
	sigset_t set;

	(void)scene;
	sigemptyset(&set);
	return eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK) >= 0 &&
	    signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC) >= 0;
}

/* The last module of nsswitch.conf(5) is asked for who is nowhere: none is loaded that late. */
static bool
know_users(const struct scene *scene)
{
	struct passwd entry, *found = NULL;
	char buf[4096];

	(void)scene;
	return getpwuid_r(0, &entry, buf, sizeof buf, &found) == 0 && found != NULL &&
	    strcmp(found->pw_name, "root") == 0 &&
	    getpwuid_r(3999999, &entry, buf, sizeof buf, &found) == 0 && found == NULL &&
	    scene_opened("/etc/passwd", "", O_RDONLY);
}

static const struct attempt allowed[] = {
	{ "its files", keep_files, 0 },
	{ "room on the disk", look_at_disk, 0 },
	{ "its socket", serve, 0 },
	{ "a thread", start_thread, 0 },
	{ "events", wait_for_events, 0 },
	{ "who is who", know_users, 0 },
};

static void
test_keeper_still_works(void **state)
{
	const struct scene *scene = *state;

	scene_play(scene, walls, allowed, sizeof allowed / sizeof allowed[0]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keeper_refused),
		cmocka_unit_test(test_keeper_hostile_calls),
		cmocka_unit_test(test_keeper_still_works),
	};

	if (!hostile_can_be_tried())
		return 0;
	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
