/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/line.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

#include "core/secret.h"
#include "wire/passing.h"
#include "wire/within.h"

/* What a failed call on the socket says about the one at the other end. */
static enum err
line_errno(int number)
{
	switch (number) {
	case EPIPE:
	case ECONNRESET:
	case ENOTCONN:
	case ECONNABORTED:
		return ERR_KEEPER_GONE;
	case EAGAIN:
		return ERR_BUSY;
	case ENOENT:
	case ECONNREFUSED:
		return ERR_KEEPER_ABSENT;
	case EACCES:
	case EPERM:
		return ERR_NOT_HOST;
	case EPROTOTYPE:
	case EMSGSIZE:
		return ERR_PROTOCOL;
	}
	return err_from_errno(number);
}

/* A short name of something in /proc/self/fd, since a socket's address holds 108 bytes. */
static bool
line_address(struct sockaddr_un *address, int fd, const char *name)
{
	int length;

	memset(address, 0, sizeof *address);
	address->sun_family = AF_UNIX;
	length = snprintf(address->sun_path, sizeof address->sun_path, "/proc/self/fd/%d%s%s", fd,
	    *name == '\0' ? "" : "/", name);
	return length > 0 && (size_t)length < sizeof address->sun_path;
}

/* The socket itself, unopened: no symbolic link, and not swapped between check and use. */
static enum err
line_locate(int dirfd, const char *name, int *ret_fd)
{
	struct stat st;
	enum err err;
	int fd = openat(dirfd, name, O_PATH | O_NOFOLLOW | O_CLOEXEC);

	if (fd < 0)
		return line_errno(errno);
	if (fstat(fd, &st) != 0)
		err = err_from_errno(errno);
	else if (S_ISLNK(st.st_mode))
		err = ERR_STATE_SYMLINK;
	else if (!S_ISSOCK(st.st_mode))
		err = ERR_KEEPER_ABSENT;
	else
		err = ERR_OK;
	if (err != ERR_OK) {
		close(fd);
		return err;
	}
	*ret_fd = fd;
	return ERR_OK;
}

/* Whether the peer is who may keep this directory's state. */
static enum err
line_peer_check(int fd, int dirfd)
{
	struct stat st;
	uid_t uid;
	enum err err = line_peer(fd, &uid);

	if (err != ERR_OK)
		return err;
	if (fstat(dirfd, &st) != 0)
		return err_from_errno(errno);
	return uid == 0 || uid == st.st_uid ? ERR_OK : ERR_KEEPER_STRANGER;
}

/* Where many wait for the keeper to accept them, connect() waits too: no longer than SO_SNDTIMEO
 * (socket(7)), which a signal begins anew. */
static enum err
line_reach(int fd, const struct sockaddr_un *address, int64_t deadline)
{
	struct timeval patience = { 0, 0 };
	int left;

	do {
		left = within_left(deadline);
		if (left == 0)
			return ERR_BUSY;
		if (left > 0) {
			patience.tv_sec = left / 1000;
			patience.tv_usec = left % 1000 * 1000;
			if (setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience) !=
			    0)
				return err_from_errno(errno);
		}
		if (connect(fd, (const struct sockaddr *)address, sizeof *address) == 0)
			return ERR_OK;
	} while (errno == EINTR);
	return line_errno(errno);
}

enum err
line_connect(int dirfd, const char *name, int *ret_fd)
{
	return line_connect_by(dirfd, name, WITHIN_EVER, ret_fd);
}

enum err
line_connect_by(int dirfd, const char *name, int64_t deadline, int *ret_fd)
{
	struct sockaddr_un address;
	enum err err;
	int at = -1, fd;

	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return err_from_errno(errno);
	err = line_locate(dirfd, name, &at);
	if (err != ERR_OK)
		goto out;
	err = ERR_STATE_PATH;
	if (!line_address(&address, at, ""))
		goto out;
	err = line_reach(fd, &address, deadline);
	if (err != ERR_OK)
		goto out;
	err = line_peer_check(fd, dirfd);
	if (err != ERR_OK)
		goto out;
	*ret_fd = fd;
	fd = -1;
out:
	if (at >= 0)
		close(at);
	if (fd >= 0)
		close(fd);
	return err;
}

enum err
line_listen(int dirfd, const char *name, int *ret_fd)
{
	struct sockaddr_un address;
	enum err err = ERR_STATE_PATH;
	int fd;

	fd = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (fd < 0)
		return err_from_errno(errno);
	if (!line_address(&address, dirfd, name))
		goto out;
	if (unlinkat(dirfd, name, 0) != 0 && errno != ENOENT) {
		err = err_from_errno(errno);
		goto out;
	}
	/* unix(7): the mode of the unbound socket is the mode of the file that bind() makes; no
	 * moment is open to others. */
	if (fchmod(fd, 0600) != 0 ||
	    bind(fd, (const struct sockaddr *)&address, sizeof address) != 0 ||
	    listen(fd, SOMAXCONN) != 0) {
		err = err_from_errno(errno);
		goto out;
	}
	*ret_fd = fd;
	return ERR_OK;
out:
	close(fd);
	return err;
}

enum err
line_peer(int fd, uid_t *ret_uid)
{
	struct ucred peer;
	socklen_t size = sizeof peer;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) != 0 || size != sizeof peer)
		return ERR_KEEPER_STRANGER;
	*ret_uid = peer.uid;
	return ERR_OK;
}

/* --- messages ----------------------------------------------------------------- */

static enum err
line_send(int fd, const void *message, size_t size)
{
	ssize_t sent;

	if (size == 0)
		return ERR_PROTOCOL;
	do
		sent = send(fd, message, size, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	if (sent < 0)
		return line_errno(errno);
	return (size_t)sent == size ? ERR_OK : ERR_PROTOCOL;
}

enum err
line_send_request(int fd, const struct wire_request *request)
{
	return line_send(fd, request, wire_request_size(request->op));
}

enum err
line_send_reply(int fd, const struct wire_reply *reply)
{
	return line_send(fd, reply, wire_reply_size(reply->op));
}

enum err
line_send_greeting(int fd)
{
	unsigned char bytes[GREETING_SIZE];

	greeting_answer(bytes);
	return line_send(fd, bytes, sizeof bytes);
}

/*
 * One packet of at most size bytes; of a longer one these many, and ERR_PROTOCOL. There is no room
 * for control data, so the kernel drops descriptors that come with it and says MSG_CTRUNC. An empty
 * packet looks like the end of the line, and is treated as that.
 */
static enum err
line_receive(int fd, void *message, size_t size, size_t *ret_size)
{
	struct iovec part = { .iov_base = message, .iov_len = size };
	struct msghdr header = { .msg_iov = &part, .msg_iovlen = 1 };
	ssize_t received = passing_recvmsg(fd, &header);

	if (received < 0)
		return line_errno(errno);
	if (received == 0)
		return ERR_KEEPER_GONE;
	if ((header.msg_flags & MSG_CTRUNC) != 0)
		return ERR_PROTOCOL;
	*ret_size = (size_t)received;
	return (header.msg_flags & MSG_TRUNC) == 0 ? ERR_OK : ERR_PROTOCOL;
}

/* ret_other NULL: programs of another version have had their say. */
static enum err
line_take_request(int fd, struct wire_request *ret_request, struct greeting *ret_other)
{
	struct wire_request request;
	size_t size = 0;
	enum err err;

	memset(&request, 0, sizeof request);
	err = line_receive(fd, &request, sizeof request, &size);
	if (err == ERR_OK && !wire_request_valid(&request, size))
		err = ERR_PROTOCOL;
	if (err == ERR_PROTOCOL && ret_other != NULL &&
	    greeting_other(&request, size, WIRE_HELLO, ret_other))
		err = ERR_VERSION;
	if (err == ERR_OK)
		*ret_request = request;
	secret_wipe(&request, sizeof request);
	return err;
}

static enum err
line_take_reply(int fd, struct wire_reply *ret_reply, struct greeting *ret_other)
{
	struct wire_reply reply;
	size_t size = 0;
	enum err err;

	memset(&reply, 0, sizeof reply);
	err = line_receive(fd, &reply, sizeof reply, &size);
	if (err == ERR_OK && !wire_reply_valid(&reply, size))
		err = ERR_PROTOCOL;
	if (err == ERR_PROTOCOL && ret_other != NULL &&
	    greeting_other(&reply, size, WIRE_NO_OP, ret_other))
		err = ERR_VERSION;
	if (err == ERR_OK)
		*ret_reply = reply;
	secret_wipe(&reply, sizeof reply);
	return err;
}

enum err
line_receive_request(int fd, struct wire_request *ret_request)
{
	return line_take_request(fd, ret_request, NULL);
}

enum err
line_receive_hello(int fd, struct wire_request *ret_request, struct greeting *ret_other)
{
	return line_take_request(fd, ret_request, ret_other);
}

enum err
line_receive_reply(int fd, struct wire_reply *ret_reply)
{
	return line_take_reply(fd, ret_reply, NULL);
}

enum err
line_receive_welcome(int fd, struct wire_reply *ret_reply, struct greeting *ret_other)
{
	return line_take_reply(fd, ret_reply, ret_other);
}

static enum err
line_exchange(int fd, struct wire_request *request, int64_t deadline, struct wire_reply *ret_reply,
    struct greeting *ret_other)
{
	uint32_t op = request->op;
	enum err err;

	while ((err = line_send_request(fd, request)) == ERR_BUSY &&
	    within_wait(fd, POLLOUT, deadline))
		continue;
	secret_wipe(request, sizeof *request);
	if (err != ERR_OK && err != ERR_KEEPER_GONE)
		return err;
	/* A keeper that has closed the line may have said why. */
	while ((err = line_take_reply(fd, ret_reply, ret_other)) == ERR_BUSY &&
	    within_wait(fd, POLLIN, deadline))
		continue;
	if (err != ERR_OK)
		return err;
	if (ret_reply->op == WIRE_NO_OP)
		return ret_reply->err != ERR_OK ? (enum err)ret_reply->err : ERR_KEEPER_GONE;
	return ret_reply->op == op ? (enum err)ret_reply->err : ERR_PROTOCOL;
}

enum err
line_ask(int fd, struct wire_request *request, struct wire_reply *ret_reply)
{
	return line_exchange(fd, request, WITHIN_EVER, ret_reply, NULL);
}

enum err
line_ask_by(int fd, struct wire_request *request, int64_t deadline, struct wire_reply *ret_reply)
{
	return line_exchange(fd, request, deadline, ret_reply, NULL);
}

enum err
line_greet(int fd, struct wire_request *hello, struct wire_reply *ret_reply,
    struct greeting *ret_other)
{
	return line_exchange(fd, hello, WITHIN_EVER, ret_reply, ret_other);
}

enum err
line_greet_by(int fd, struct wire_request *hello, int64_t deadline, struct wire_reply *ret_reply,
    struct greeting *ret_other)
{
	return line_exchange(fd, hello, deadline, ret_reply, ret_other);
}
