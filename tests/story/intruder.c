/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * intruder.so, to be preloaded: somebody has broken into the program, and waits until it is behind
 * its walls. There prctl(2) is no more. With INTRUDER_WAITS=no it does not wait. It says on
 * standard error what came of each try; INTRUDER_TERMINAL is somebody else's.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void
tell(const char *what, long result)
{
	(void)dprintf(STDERR_FILENO, "intruder %s: %s\n", what,
	    result >= 0 ? "worked" : strerror(errno));
	if (result > STDERR_FILENO)
		close((int)result);
}

static void
act(const char *terminal)
{
	static char *const words[] = { NULL };

	tell("terminal", open(terminal, O_RDONLY | O_NOCTTY | O_CLOEXEC));
	tell("writing", open("/tmp/provconsole-intruder", O_WRONLY | O_CREAT | O_CLOEXEC, 0600));
	tell("network", socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
	tell("signal", kill(getppid(), 0));
	tell("program", execve("/nowhere", words, words));
}

/* What both programs call again and again. */
int
clock_gettime(clockid_t clock, struct timespec *ret_time)
{
	static bool acted;
	const char *terminal = getenv("INTRUDER_TERMINAL");
	int number = errno;

	if (!acted && terminal != NULL &&
	    (getenv("INTRUDER_WAITS") != NULL || prctl(PR_GET_NO_NEW_PRIVS, 0L, 0L, 0L, 0L) < 0)) {
		acted = true;
		act(terminal);
	}
	errno = number;
	return (int)syscall(SYS_clock_gettime, clock, ret_time);
}
