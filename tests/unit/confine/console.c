/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Somebody hostile inside the console: what B7 of the strangers' issue did, and all its kind. */
#include "hostile.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/random.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#include "confine/confine.h"
#include "confine/filter.h"

static bool
walls(const struct scene *scene)
{
	struct confine_report report;

	(void)scene;
	confine_probe(&report);
	return report.missing == 0 && confine_console() == ERR_OK;
}

/* A kernel without Landlock: the filter alone. */
static bool
filter_alone(const struct scene *scene)
{
	const struct filter_way way = { .program = FILTER_CONSOLE, .opens = false };
	struct confine_report report;

	(void)scene;
	confine_probe(&report);
	return (report.missing & CONFINE_FILTER) == 0 &&
	    prctl(PR_SET_NO_NEW_PRIVS, 1L, 0L, 0L, 0L) == 0 && filter_install(&way) == ERR_OK;
}

/* --- files ------------------------------------------------------------------------ */

static bool
read_there(const struct scene *scene)
{
	return scene_opened(scene->directory, "/there", O_RDONLY);
}

static bool
list_there(const struct scene *scene)
{
	return scene_opened(scene->directory, "", O_RDONLY | O_DIRECTORY);
}

static bool
write_there(const struct scene *scene)
{
	return scene_opened(scene->directory, "/there", O_WRONLY);
}

static bool
change_there(const struct scene *scene)
{
	return scene_opened(scene->directory, "/there", O_RDWR);
}

static bool
cut_there(const struct scene *scene)
{
	return scene_opened(scene->directory, "/there", O_RDONLY | O_TRUNC);
}

static bool
make_there(const struct scene *scene)
{
	return scene_opened(scene->directory, "/more", O_RDONLY | O_CREAT);
}

static bool
make_nameless(const struct scene *scene)
{
	return scene_opened(scene->directory, "", O_TMPFILE | O_WRONLY);
}

/* Access mode 3, which open(2) takes for reading and writing by ioctl. */
static bool
odd_mode(const struct scene *scene)
{
	return scene_opened(scene->directory, "/there", O_ACCMODE);
}

/* What stands above the 32 bits that the kernel takes must not hide them. */
static bool
high_bits(const struct scene *scene)
{
	char path[96];

	(void)snprintf(path, sizeof path, "%s/there", scene->directory);
	return syscall(SYS_openat, AT_FDCWD, path, (1UL << 32) | O_WRONLY, 0L) >= 0;
}

static bool
memory_of_victim(const struct scene *scene)
{
	char path[64];

	(void)snprintf(path, sizeof path, "/proc/%d/maps", (int)scene->victim);
	return scene_opened(path, "", O_RDONLY);
}

static bool
remove_there(const struct scene *scene)
{
	return unlinkat(scene->state, "there", 0) == 0;
}

static bool
rename_there(const struct scene *scene)
{
	return renameat(scene->state, "there", scene->state, "more") == 0;
}

/* --- lines ------------------------------------------------------------------------ */

static bool
own_socket(const struct scene *scene)
{
	(void)scene;
	return socket(AF_UNIX, SOCK_DGRAM, 0) >= 0;
}

static bool
connect_line(const struct scene *scene)
{
	const struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "/dev/log" };

	return connect(scene->line[0], (const struct sockaddr *)&address, sizeof address) == 0;
}

static bool
send_elsewhere(const struct scene *scene)
{
	const struct sockaddr_un address = { .sun_family = AF_UNIX, .sun_path = "/dev/log" };

	return sendto(scene->line[0], "x", 1, MSG_NOSIGNAL, (const struct sockaddr *)&address,
		   sizeof address) == 1;
}

/* With a descriptor along. */
static bool
send_message(const struct scene *scene)
{
	struct iovec part = { .iov_base = (char[]){ 'x' }, .iov_len = 1 };
	const struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };

	return sendmsg(scene->line[0], &header, MSG_NOSIGNAL) == 1;
}

static bool
signals_by_descriptor(const struct scene *scene)
{
	return fcntl(scene->line[0], F_SETOWN, scene->victim) == 0;
}

static const struct attempt refused[] = {
	{ "reading another's terminal", scene_other_terminal, EACCES },
	{ "reading a file", read_there, EACCES },
	{ "listing a directory", list_there, EACCES },
	{ "writing a file", write_there, EACCES },
	{ "changing a file", change_there, EACCES },
	{ "cutting a file", cut_there, EACCES },
	{ "making a file", make_there, EACCES },
	{ "making a nameless file", make_nameless, EACCES },
	{ "opening a file in mode 3", odd_mode, EACCES },
	{ "writing with bits above", high_bits, EACCES },
	{ "reading another's maps", memory_of_victim, EACCES },
	{ "removing a file", remove_there, ENOSYS },
	{ "renaming a file", rename_there, ENOSYS },
	{ "a socket of its own", own_socket, ENOSYS },
	{ "connecting its line elsewhere", connect_line, ENOSYS },
	{ "sending elsewhere", send_elsewhere, ENOSYS },
	{ "sending descriptors", send_message, ENOSYS },
	{ "signals by descriptor", signals_by_descriptor, ENOSYS },
};

static void
test_console_refused(void **state)
{
	const struct scene *scene = *state;

	scene_play(scene, walls, refused, sizeof refused / sizeof refused[0]);
}

static void
test_console_hostile_calls(void **state)
{
	const struct scene *scene = *state;

	scene_play(scene, walls, hostile_calls, hostile_count);
}

static bool
read_library(const struct scene *scene)
{
	(void)scene;
	return scene_opened("/usr", "", O_RDONLY | O_DIRECTORY);
}

static const struct attempt opened_nothing[] = {
	{ "reading another's terminal", scene_other_terminal, EACCES },
	{ "writing a file", write_there, EACCES },
	{ "reading anything", read_library, EACCES },
};

static void
test_without_landlock_nothing_is_opened(void **state)
{
	const struct scene *scene = *state;

	scene_play(scene, filter_alone, opened_nothing,
	    sizeof opened_nothing / sizeof opened_nothing[0]);
	scene_play(scene, filter_alone, hostile_calls, hostile_count);
}

/* --- what a console does all day --------------------------------------------------- */

static bool
talk(const struct scene *scene)
{
	char byte = 0;
	struct iovec part = { .iov_base = &byte, .iov_len = 1 };
	struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };

	return send(scene->line[0], "x", 1, MSG_NOSIGNAL) == 1 &&
	    recvmsg(scene->line[1], &header, MSG_CMSG_CLOEXEC) == 1 && byte == 'x';
}

static bool
set_terminal(const struct scene *scene)
{
	struct termios modes;
	struct winsize size;

	if (tcgetattr(scene->own, &modes) != 0)
		return false;
	cfmakeraw(&modes);
	return tcsetattr(scene->own, TCSAFLUSH, &modes) == 0 &&
	    tcsetattr(scene->own, TCSADRAIN, &modes) == 0 &&
	    ioctl(scene->own, TIOCGWINSZ, &size) == 0 && isatty(scene->own);
}

static bool
draw_and_wait(const struct scene *scene)
{
	struct pollfd line = { .fd = scene->own, .events = POLLIN };
	const struct timespec soon = { 0, 1000000 };
	char byte = 0;

	return write(scene->own, "x", 1) == 1 && ppoll(&line, 1, &soon, NULL) == 0 &&
	    nanosleep(&soon, NULL) == 0 && write(scene->master, "k", 1) == 1 &&
	    poll(&line, 1, 1000) == 1 && read(scene->own, &byte, 1) == 1 && byte == 'k';
}

static bool
use_memory(const struct scene *scene)
{
	char *block = malloc(8 << 20), *more;
	bool good;

	(void)scene;
	if (block == NULL)
		return false;
	memset(block, 1, 8 << 20);
	more = realloc(block, 16 << 20);
	good = more != NULL && mlock(more, 4096) == 0 && munlock(more, 4096) == 0;
	free(more);
	return good;
}

static bool
tell_time(const struct scene *scene)
{
	struct tm parts;
	time_t now = time(NULL);
	char text[32], bytes[16];

	(void)scene;
	return localtime_r(&now, &parts) != NULL &&
	    strftime(text, sizeof text, "%H:%M", &parts) == 5 &&
	    getrandom(bytes, sizeof bytes, 0) == (ssize_t)sizeof bytes;
}

static void
on_signal(int number)
{
	(void)number;
}

/* As terminal_crash.c does; the C library by tgkill(). */
static bool
signal_itself(const struct scene *scene)
{
	(void)scene;
	return signal(SIGUSR1, on_signal) != SIG_ERR && raise(SIGUSR1) == 0 &&
	    kill(getpid(), SIGUSR1) == 0;
}

/* Where the screens give way to plain text, behind the walls: plain/tty.c. */
static bool
wait_for_signals(const struct scene *scene)
{
	sigset_t set;

	(void)scene;
	return sigemptyset(&set) == 0 && sigaddset(&set, SIGHUP) == 0 &&
	    sigprocmask(SIG_BLOCK, &set, NULL) == 0 &&
	    signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC) >= 0;
}

static const struct attempt allowed[] = {
	{ "talking on its line", talk, 0 },
	{ "setting its terminal", set_terminal, 0 },
	{ "drawing and waiting", draw_and_wait, 0 },
	{ "memory", use_memory, 0 },
	{ "time and chance", tell_time, 0 },
	{ "signals to itself", signal_itself, 0 },
	{ "waiting for signals", wait_for_signals, 0 },
	{ "reading what libraries read", read_library, 0 },
};

static void
test_console_still_works(void **state)
{
	const struct scene *scene = *state;

	scene_play(scene, walls, allowed, sizeof allowed / sizeof allowed[0]);
}

/* All but the last also with the filter alone. */
static void
test_console_works_without_landlock(void **state)
{
	const struct scene *scene = *state;

	scene_play(scene, filter_alone, allowed, sizeof allowed / sizeof allowed[0] - 1);
}

static void
crash(void)
{
	abort();
}

static void
test_a_crash_is_a_crash(void **state)
{
	assert_int_equal(scene_signal(*state, walls, crash), SIGABRT);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_console_refused),
		cmocka_unit_test(test_console_hostile_calls),
		cmocka_unit_test(test_without_landlock_nothing_is_opened),
		cmocka_unit_test(test_console_still_works),
		cmocka_unit_test(test_console_works_without_landlock),
		cmocka_unit_test(test_a_crash_is_a_crash),
	};

	if (!hostile_can_be_tried())
		return 0;
	return cmocka_run_group_tests(tests, scene_setup, scene_teardown);
}
