/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/passing.h"

#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

/* Room for one descriptor beside a message (cmsg(3)). */
union room {
	struct cmsghdr header;
	char bytes[CMSG_SPACE(sizeof(int))];
};

enum err
passing_errno(int number)
{
	switch (number) {
	case EPIPE:
	case ECONNRESET:
	case ENOTCONN:
		return ERR_KEEPER_GONE;
	case EAGAIN:
	case ENOBUFS:
		return ERR_BUSY;
	case EMSGSIZE:
		return ERR_PROTOCOL;
	}
	return err_from_errno(number);
}

enum err
passing_send(int fd, const void *bytes, size_t size, int descriptor)
{
	struct iovec part = { .iov_base = (void *)(uintptr_t)bytes, .iov_len = size };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	struct cmsghdr *header;
	union room room;
	ssize_t sent;

	memset(&room, 0, sizeof room);
	if (descriptor >= 0) {
		message.msg_control = room.bytes;
		message.msg_controllen = sizeof room.bytes;
		header = CMSG_FIRSTHDR(&message);
		header->cmsg_level = SOL_SOCKET;
		header->cmsg_type = SCM_RIGHTS;
		header->cmsg_len = CMSG_LEN(sizeof descriptor);
		memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
	}
	do
		sent = sendmsg(fd, &message, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent < 0 ? passing_errno(errno) : ERR_OK;
}

ssize_t
passing_recvmsg(int fd, struct msghdr *message)
{
	bool reset = false;
	ssize_t received;

	while ((received = recvmsg(fd, message, MSG_CMSG_CLOEXEC)) < 0 &&
	    (errno == EINTR || (errno == ECONNRESET && !reset)))
		reset = reset || errno == ECONNRESET;
	return received;
}

/* The one descriptor of a message; -1: there is none. */
static int
descriptor_of(struct msghdr *message)
{
	struct cmsghdr *header = CMSG_FIRSTHDR(message);
	int fd;

	if (header == NULL || header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS ||
	    header->cmsg_len != CMSG_LEN(sizeof fd))
		return -1;
	memcpy(&fd, CMSG_DATA(header), sizeof fd);
	return fd;
}

enum err
passing_receive(int fd, void *bytes, size_t size, size_t *ret_size, int *ret_descriptor)
{
	struct iovec part = { .iov_base = bytes, .iov_len = size };
	union room room;
	struct msghdr message = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = room.bytes,
		.msg_controllen = sizeof room.bytes };
	ssize_t received;
	int descriptor;

	received = passing_recvmsg(fd, &message);
	if (received < 0)
		return passing_errno(errno);
	descriptor = descriptor_of(&message);
	if (received == 0 && descriptor < 0)
		return ERR_KEEPER_GONE;
	if ((message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0) {
		if (descriptor >= 0)
			close(descriptor);
		return ERR_PROTOCOL;
	}
	*ret_size = (size_t)received;
	*ret_descriptor = descriptor;
	return ERR_OK;
}
