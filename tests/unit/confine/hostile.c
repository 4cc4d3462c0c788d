/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "hostile.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "confine/confine.h"

enum { NO_WALLS = -1 };

static void
make_directory(char path[64])
{
	char file[80];
	int fd;

	(void)snprintf(path, 64, "/tmp/provconsole-test.XXXXXX");
	assert_non_null(mkdtemp(path));
	(void)snprintf(file, sizeof file, "%s/there", path);
	fd = open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, "words", 5), 5);
	close(fd);
}

static int
make_terminal(char name[64])
{
	int fd = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);

	assert_true(fd >= 0);
	assert_int_equal(grantpt(fd), 0);
	assert_int_equal(unlockpt(fd), 0);
	assert_int_equal(ptsname_r(fd, name, 64), 0);
	return fd;
}

static void
set(struct scene *scene)
{
	char name[64];

	make_directory(scene->directory);
	make_directory(scene->outside);
	scene->state = open(scene->directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	assert_true(scene->state >= 0);
	scene->master = make_terminal(name);
	scene->own = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	assert_true(scene->own >= 0);
	scene->other_master = make_terminal(scene->other);
	assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, scene->line), 0);
	scene->victim = fork();
	assert_true(scene->victim >= 0);
	if (scene->victim == 0) {
		(void)prctl(PR_SET_PDEATHSIG, SIGKILL);
		for (;;)
			(void)pause();
	}
}

static void
remove_directory(const char *path)
{
	char file[80];

	(void)snprintf(file, sizeof file, "%s/there", path);
	(void)unlink(file);
	assert_int_equal(rmdir(path), 0); /* nothing was left there */
}

static void
clear(struct scene *scene)
{
	close(scene->state);
	close(scene->master);
	close(scene->own);
	close(scene->other_master);
	close(scene->line[0]);
	close(scene->line[1]);
	assert_int_equal(kill(scene->victim, SIGKILL), 0);
	assert_int_equal(waitpid(scene->victim, NULL, 0), scene->victim);
	remove_directory(scene->directory);
	remove_directory(scene->outside);
}

int
scene_setup(void **state)
{
	static struct scene scene;

	set(&scene);
	*state = &scene;
	return 0;
}

int
scene_teardown(void **state)
{
	clear(*state);
	return 0;
}

bool
scene_opened(const char *directory, const char *name, int flags)
{
	char path[128];
	int fd;

	(void)snprintf(path, sizeof path, "%s%s", directory, name);
	fd = open(path, flags, 0600);
	if (fd < 0)
		return false;
	close(fd);
	return true;
}

bool
scene_other_terminal(const struct scene *scene)
{
	return scene_opened(scene->other, "", O_RDONLY | O_NOCTTY);
}

/* A child that fails an assertion would go on as a second test program. */
static _Noreturn void
act(int pipe, const struct scene *scene, bool (*wall)(const struct scene *scene),
    const struct attempt *attempts, size_t count)
{
	int result = NO_WALLS;

	if (!wall(scene)) {
		(void)!write(pipe, &result, sizeof result);
		_exit(1);
	}
	for (size_t i = 0; i < count; i++) {
		errno = 0;
		result = attempts[i].try(scene) ? 0 : errno;
		if (write(pipe, &result, sizeof result) != (ssize_t)sizeof result)
			_exit(1);
	}
	_exit(0);
}

static void
judge(int pipe, const struct attempt *attempts, size_t count)
{
	size_t wrong = 0;
	int result;

	for (size_t i = 0; i < count; i++) {
		if (read(pipe, &result, sizeof result) != (ssize_t)sizeof result)
			fail_msg("%s ended the process", attempts[i].what);
		if (result == NO_WALLS)
			fail_msg("there are no walls");
		if (result != attempts[i].error) {
			print_error("%s: %s instead of %s\n", attempts[i].what,
			    result == 0 ? "worked" : strerror(result),
			    attempts[i].error == 0 ? "working" : strerror(attempts[i].error));
			wrong++;
		}
	}
	assert_int_equal(wrong, 0);
}

void
scene_play(const struct scene *scene, bool (*wall)(const struct scene *scene),
    const struct attempt *attempts, size_t count)
{
	int ends[2];
	pid_t child;

	assert_int_equal(pipe(ends), 0);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		close(ends[0]);
		act(ends[1], scene, wall, attempts, count);
	}
	close(ends[1]);
	judge(ends[0], attempts, count);
	close(ends[0]);
	assert_int_equal(waitpid(child, NULL, 0), child);
}

int
scene_signal(const struct scene *scene, bool (*wall)(const struct scene *scene),
    void (*act_out)(void))
{
	const struct rlimit none = { 0, 0 };
	int status = 0;
	pid_t child = fork();

	assert_true(child >= 0);
	if (child == 0) {
		(void)setrlimit(RLIMIT_CORE, &none);
		(void)signal(SIGSEGV, SIG_DFL); /* cmocka takes it for the test's own */
		(void)signal(SIGSYS, SIG_DFL);
		if (!wall(scene))
			_exit(2);
		act_out();
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

bool
hostile_can_be_tried(void)
{
	struct confine_report report;

	confine_probe(&report);
	if (report.missing != 0)
		(void)puts("1..0 # SKIP this kernel does not confine");
	return report.missing == 0;
}
