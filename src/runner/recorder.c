/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/recorder.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "runner/recorder_process.h"
#include "runner/user.h"
#include "wire/passing.h"

enum { PATIENCE = 10000 }; /* ms for the first line to be on the disk */

void
recorder_name(const char *id, char ret_name[RECORDER_NAME_SIZE])
{
	(void)snprintf(ret_name, RECORDER_NAME_SIZE, "%.32s.cast", id);
}

/* --- the place ----------------------------------------------------------------------------- */

static enum err
who_records(const struct plan *plan, struct user *ret_user)
{
	if (!plan->root) {
		user_same(ret_user);
		return ERR_OK;
	}
	return user_named(plan->recorder, ret_user) == ERR_OK ? ERR_OK : ERR_RECORDING_USER;
}

/* Below the work directory, which is ours alone: nobody else can have put something there. */
enum err
recorder_directory(const struct plan *plan, int *ret_directory)
{
	struct user user;
	struct stat st;
	enum err err = who_records(plan, &user);
	int fd;

	if (err != ERR_OK)
		return err;
	(void)mkdir(plan->recordings, 0700);
	fd = open(plan->recordings, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
	if (fd < 0)
		return err_from_errno(errno);
	if (plan->root && fstat(fd, &st) == 0 && st.st_uid == 0 &&
	    fchown(fd, user.uid, user.gid) != 0)
		err = err_from_errno(errno);
	if (err == ERR_OK && fstat(fd, &st) == 0 && st.st_uid == user.uid &&
	    (st.st_mode & 022) == 0) {
		*ret_directory = fd;
		return ERR_OK;
	}
	close(fd);
	return err == ERR_OK ? ERR_DENIED : err;
}

bool
recorder_become(const struct plan *plan)
{
	struct user user;

	return who_records(plan, &user) == ERR_OK && user_become(&user);
}

/* --- starting it --------------------------------------------------------------------------- */

/* The grandchild: nothing of the run's lines stays open in it, or their other ends would never
 * hear that the run is over. */
static _Noreturn void
become_recorder(const struct plan *plan, const struct run_order *order,
    const struct command *command, int line, int directory)
{
	enum { LINE = 3, DIRECTORY = 4, FIRST_FREE = 5 };
	struct tape_limits limits = plan->limits;
	int high = fcntl(line, F_DUPFD, FIRST_FREE), place = fcntl(directory, F_DUPFD, FIRST_FREE);

	if (high < 0 || place < 0 || dup2(high, LINE) != LINE ||
	    dup2(place, DIRECTORY) != DIRECTORY)
		_exit(1);
	(void)close_range(FIRST_FREE, ~0U, 0);
	(void)setsid();
	if (!recorder_become(plan))
		_exit(1);
	_exit(recorder_process(LINE, DIRECTORY, order, command, &limits));
}

/* An orphan at once: it is no child of the run, whose children are all killed at its end. */
static bool
fork_orphan(const struct plan *plan, const struct run_order *order, const struct command *command,
    int line, int directory)
{
	pid_t child = fork();
	int status = 0;

	if (child == 0) {
		pid_t orphan = fork();

		if (orphan == 0)
			become_recorder(plan, order, command, line, directory);
		_exit(orphan < 0);
	}
	if (child < 0)
		return false;
	while (waitpid(child, &status, 0) < 0 && errno == EINTR)
		continue;
	return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

static enum err
wait_for_it(const struct recorder *recorder, struct recorder_event *ret_began)
{
	struct pollfd wait = { .fd = recorder->line, .events = POLLIN };
	enum err err = ERR_SYSTEM;

	if (poll(&wait, 1, PATIENCE) == 1)
		err = recorder_hear(recorder, ret_began);
	if (err != ERR_OK)
		return err == ERR_KEEPER_GONE ? ERR_SYSTEM : err;
	if (ret_began->kind == RECORDER_BEGAN)
		return ERR_OK;
	return ret_began->err < ERR_COUNT && ret_began->err != ERR_OK ? (enum err)ret_began->err
								      : ERR_SYSTEM;
}

enum err
recorder_start(const struct plan *plan, const struct run_order *order,
    const struct command *command, struct recorder *ret_recorder, struct recorder_event *ret_began)
{
	int line[2], directory = -1;
	enum err err = recorder_directory(plan, &directory);

	ret_recorder->line = -1;
	if (err != ERR_OK)
		return err;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, line) != 0) {
		close(directory);
		return ERR_SYSTEM;
	}
	if (!fork_orphan(plan, order, command, line[1], directory))
		err = ERR_SYSTEM;
	close(line[1]);
	close(directory);
	ret_recorder->line = line[0];
	if (err == ERR_OK)
		err = wait_for_it(ret_recorder, ret_began);
	if (err == ERR_OK && fcntl(line[0], F_SETFL, O_NONBLOCK) != 0)
		err = ERR_SYSTEM;
	if (err != ERR_OK)
		recorder_close(ret_recorder);
	return err;
}

/* --- talking to it ---------------------------------------------------------------------------- */

enum err
recorder_put(const struct recorder *recorder, const void *bytes, size_t size)
{
	return run_send(recorder->line, RUN_OUTPUT, bytes, size);
}

void
recorder_resize(const struct recorder *recorder, const struct run_size *size)
{
	struct pollfd wait = { .fd = recorder->line, .events = POLLOUT };

	while (run_send(recorder->line, RUN_RESIZE, size, sizeof *size) == ERR_BUSY)
		(void)poll(&wait, 1, -1);
}

enum err
recorder_hear(const struct recorder *recorder, struct recorder_event *ret_event)
{
	struct iovec part = { .iov_base = ret_event, .iov_len = sizeof *ret_event };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	ssize_t size = passing_recvmsg(recorder->line, &message);

	if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK))
		return ERR_BUSY;
	if (size != (ssize_t)sizeof *ret_event || ret_event->kind < RECORDER_BEGAN ||
	    ret_event->kind > RECORDER_FAILED)
		return ERR_KEEPER_GONE;
	ret_event->hash[sizeof ret_event->hash - 1] = '\0';
	return ERR_OK;
}

void
recorder_finish(const struct recorder *recorder)
{
	if (recorder->line >= 0)
		(void)shutdown(recorder->line, SHUT_WR);
}

void
recorder_close(struct recorder *recorder)
{
	if (recorder->line >= 0)
		close(recorder->line);
	recorder->line = -1;
}
