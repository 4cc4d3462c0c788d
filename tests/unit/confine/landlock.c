/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The wall of paths alone: what it keeps from somebody for whom the filter of calls has a hole. */
#include "hostile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "confine/landlock.h"
#include "confine/places.h"

static bool
keeper_wall(const struct scene *scene)
{
	return prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) == 0 &&
	    places_confine_keeper(landlock_version(), scene->state, false) == ERR_OK;
}

static bool
console_wall(const struct scene *scene)
{
	(void)scene;
	return prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) == 0 &&
	    places_confine_console(landlock_version()) == ERR_OK;
}

static bool
make_link(const struct scene *scene)
{
	return symlinkat("/etc/passwd", scene->state, "link") == 0;
}

static bool
make_directory(const struct scene *scene)
{
	return mkdirat(scene->state, "directory", 0700) == 0;
}

static bool
make_pipe(const struct scene *scene)
{
	return mkfifoat(scene->state, "pipe", 0600) == 0;
}

static bool
cut(const char *directory)
{
	char path[96];

	(void)snprintf(path, sizeof path, "%s/there", directory);
	return truncate(path, 0) == 0;
}

static bool
cut_outside(const struct scene *scene)
{
	return cut(scene->outside);
}

static bool
cut_state(const struct scene *scene)
{
	return cut(scene->directory);
}

/* What setup() has made, of the parent's number. */
static void
shared_path(pid_t pid, char path[64])
{
	(void)snprintf(path, 64, "/dev/shm/provconsole-test.%ld", (long)pid);
}

static bool
remove_shared(const struct scene *scene)
{
	char path[64];

	(void)scene;
	shared_path(getppid(), path);
	return unlink(path) == 0;
}

static bool
run_program(const struct scene *scene)
{
	(void)scene;
	(void)execl("/bin/true", "true", (char *)NULL);
	return false;
}

static const struct attempt keeper_refused[] = {
	{ "a symbolic link in the state", make_link, EACCES },
	{ "a directory in the state", make_directory, EACCES },
	{ "a pipe in the state", make_pipe, EACCES },
	{ "cutting a file outside", cut_outside, EACCES },
	{ "removing what others share", remove_shared, EACCES },
	{ "running a program", run_program, EACCES },
};

static const struct attempt keeper_allowed[] = {
	{ "cutting a file of the state", cut_state, 0 },
};

static const struct attempt console_refused[] = {
	{ "cutting a file outside", cut_outside, EACCES },
	{ "cutting a file of the state", cut_state, EACCES },
	{ "removing what others share", remove_shared, EACCES },
	{ "running a program", run_program, EACCES },
};

static void
test_keeper(void **state)
{
	const struct scene *scene = *state;

	scene_play(scene, keeper_wall, keeper_refused,
	    sizeof keeper_refused / sizeof keeper_refused[0]);
	scene_play(scene, keeper_wall, keeper_allowed,
	    sizeof keeper_allowed / sizeof keeper_allowed[0]);
}

static void
test_console(void **state)
{
	const struct scene *scene = *state;

	scene_play(scene, console_wall, console_refused,
	    sizeof console_refused / sizeof console_refused[0]);
}

static int
setup(void **state)
{
	char path[64];
	int fd;

	shared_path(getpid(), path);
	fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	close(fd);
	return scene_setup(state);
}

static int
teardown(void **state)
{
	char path[64];

	shared_path(getpid(), path);
	(void)unlink(path);
	return scene_teardown(state);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_keeper),
		cmocka_unit_test(test_console),
	};

	if (!hostile_can_be_tried())
		return 0;
	return cmocka_run_group_tests(tests, setup, teardown);
}
