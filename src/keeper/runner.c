/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/runner.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/hex.h"
#include "keeper/session.h"
#include "wire/line.h"
#include "wire/passing.h"

enum { ID_BYTES = 16 };

/* --- the embedded helper ------------------------------------------------------------ */

/* Beside the keeper, in libexec or in a build tree. */
static bool
find_program(char *path, size_t size)
{
	ssize_t length = readlink("/proc/self/exe", path, size - 1);
	char *slash;

	if (length <= 0)
		return false;
	path[length] = '\0';
	slash = strrchr(path, '/');
	if (slash == NULL || (size_t)(slash - path) + sizeof "/provconsole-runner" > size)
		return false;
	memcpy(slash, "/provconsole-runner", sizeof "/provconsole-runner");
	return access(path, X_OK) == 0;
}

/* In the child: nothing of the keeper's is left to it but the channel, which is descriptor 3. */
static void
become_helper(const char *program, const char *state, int channel)
{
	char *const arguments[] = { (char *)(uintptr_t) "provconsole-runner",
		(char *)(uintptr_t) "--embedded", (char *)(uintptr_t)state,
		(char *)(uintptr_t) "--channel", (char *)(uintptr_t) "3", NULL };
	char *const environment[] = { (char *)(uintptr_t) "PATH=/usr/bin:/bin", NULL };
	sigset_t none;

	sigemptyset(&none);
	(void)setsid();
	if (channel != 3 && dup2(channel, 3) != 3)
		_exit(127);
	(void)fcntl(3, F_SETFD, 0);
	(void)close_range(4, ~0U, 0);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)execve(program, arguments, environment);
	_exit(127);
}

void
runner_embed(struct keeper *keeper, const char *state)
{
	char program[4096];
	int ends[2];
	pid_t child;

	if (!find_program(program, sizeof program) ||
	    socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return;
	child = fork();
	if (child == 0)
		become_helper(program, state, ends[1]);
	close(ends[1]);
	if (child > 0)
		keeper->runner_channel = ends[0];
	else
		close(ends[0]);
}

/* --- reaching the runner --------------------------------------------------------------- */

/* A pair, of which the helper gets one end: the order's line. */
static enum err
reach_helper(const struct keeper *keeper, int *ret_line)
{
	int ends[2];
	enum err err;

	if (keeper->runner_channel < 0)
		return ERR_RUNNER_AWAY;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends) != 0)
		return err_from_errno(errno);
	/* The helper's end blocks: it has nothing else to do than to wait for its order. */
	(void)fcntl(ends[1], F_SETFL, 0);
	err = passing_send(keeper->runner_channel, "r", 1, ends[1]);
	close(ends[1]);
	if (err == ERR_OK)
		*ret_line = ends[0];
	else
		close(ends[0]);
	return err == ERR_BUSY ? ERR_RUN_MANY : err == ERR_OK ? ERR_OK : ERR_RUNNER_AWAY;
}

/* What a path in the file system leads to is believed only as root's, or our own. */
static bool
is_runner(const struct keeper *keeper, int fd)
{
	uid_t peer;

	return line_peer(fd, &peer) == ERR_OK && (peer == 0 || peer == keeper->owner);
}

static enum err
reach_service(const struct keeper *keeper, int *ret_line)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	enum err err = ERR_OK;
	int fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

	if (fd < 0)
		return err_from_errno(errno);
	(void)snprintf(address.sun_path, sizeof address.sun_path, "%s", keeper->runner);
	if (connect(fd, (const struct sockaddr *)&address, sizeof address) != 0)
		err = errno == EAGAIN ? ERR_RUN_MANY : ERR_RUNNER_AWAY;
	else if (!is_runner(keeper, fd))
		err = ERR_RUNNER_AWAY;
	if (err == ERR_OK)
		*ret_line = fd;
	else
		close(fd);
	return err;
}

enum err
runner_room(const struct keeper *keeper, int64_t user)
{
	size_t here = 0, theirs = 0;

	for (const struct session *at = keeper->sessions; at != NULL; at = at->next) {
		if (at->run == NULL && at->outcome.start == NULL)
			continue;
		here++;
		theirs += at->state.user == user;
	}
	return here < RUNNER_HOST_MOST && theirs < RUNNER_PERSON_MOST ? ERR_OK : ERR_RUN_MANY;
}

static bool
name_run(char id[WIRE_RUN_SIZE])
{
	unsigned char bytes[ID_BYTES];

	if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes)
		return false;
	hex_write(bytes, sizeof bytes, id);
	return true;
}

enum err
runner_prepare(struct keeper *keeper, struct runner_start **ret_start)
{
	struct runner_start *start = calloc(1, sizeof *start);
	int pump[2];
	enum err err;

	if (start == NULL)
		return ERR_MEMORY;
	start->line = start->pump = start->console = -1;
	start->order.version = RUN_VERSION;
	err = name_run(start->order.id) ? ERR_OK : ERR_SYSTEM;
	if (err == ERR_OK)
		err = keeper->stays ? reach_service(keeper, &start->line)
				    : reach_helper(keeper, &start->line);
	if (err == ERR_OK && socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pump) != 0)
		err = err_from_errno(errno);
	if (err != ERR_OK) {
		runner_discard(start);
		return err;
	}
	start->pump = pump[0];
	start->console = pump[1];
	*ret_start = start;
	return ERR_OK;
}

void
runner_discard(struct runner_start *start)
{
	if (start == NULL)
		return;
	if (start->line >= 0)
		close(start->line);
	if (start->pump >= 0)
		close(start->pump);
	if (start->console >= 0)
		close(start->console);
	free(start);
}

/* --- a run ------------------------------------------------------------------------------ */

static void
forget(struct session *session)
{
	if (session->run == NULL)
		return;
	close(session->run->line);
	free(session->run);
	session->run = NULL;
}

enum err
runner_go(struct session *session, struct runner_start *start)
{
	struct session_run *run = calloc(1, sizeof *run);
	enum err err;

	if (run == NULL)
		return ERR_MEMORY;
	err = run_order_send(start->line, &start->order, start->pump);
	if (err != ERR_OK) {
		free(run);
		return ERR_RUNNER_AWAY;
	}
	run->line = start->line;
	run->keys = session_clock();
	start->line = -1;
	wire_put(run->name, sizeof run->name, start->order.name);
	forget(session);
	session->run = run;
	return ERR_OK;
}

/* Keys that went to the command are keys of the person (DESIGN 10: output does not count). */
static void
note_keys(struct keeper *keeper, struct session *session)
{
	session->run->keys = session->answered = session_clock();
	admission_touch(keeper->admission, &session->place);
}

void
runner_hear(struct keeper *keeper, struct session *session)
{
	char bytes[16];
	ssize_t size;

	if (session->run == NULL)
		return;
	size = recv(session->run->line, bytes, sizeof bytes, MSG_DONTWAIT);
	if (size < 0 && (errno == EAGAIN || errno == EINTR))
		return;
	if (size <= 0)
		forget(session);
	else if (bytes[0] == RUN_KEYS)
		note_keys(keeper, session);
}

void
runner_end(struct session *session)
{
	const char end = RUN_END;

	if (session->run == NULL)
		return;
	/* Where the line takes nothing, the console's end of the pump closes with the session. */
	(void)send(session->run->line, &end, 1, MSG_NOSIGNAL | MSG_DONTWAIT);
	forget(session);
}

void
runner_leave(struct session *session)
{
	forget(session);
}
