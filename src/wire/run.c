/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/run.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

_Static_assert(sizeof(struct run_over) == 24, "the pump's last message has no gap");
_Static_assert(RUN_SIZE_MOST == (int)WIRE_RUN_LINES_MOST, "a size is the same on both lines");

enum {
	ID_DIGITS = 32,
	STATUS_SIGNAL = 128, /* sh(1): of a signal's death */
	STATUS_NEVER = 255   /* ssh(1): something else went wrong */
};

int
run_status(const struct run_over *over)
{
	switch (over->how) {
	case RUN_EXITED:
		return (int)(over->value & 255);
	case RUN_SIGNALLED:
	case RUN_STOPPED:
		return STATUS_SIGNAL + (int)(over->value & 127);
	case RUN_PLAYED:
		return 0;
	}
	return STATUS_NEVER;
}

/* --- what is well formed ----------------------------------------------------------- */

/* Ended by NUL, and zero behind it. */
static bool
ended(const char *array, size_t size)
{
	size_t length = strnlen(array, size);

	if (length == size)
		return false;
	for (size_t i = length; i < size; i++)
		if (array[i] != '\0')
			return false;
	return true;
}

static bool
id_valid(const char id[WIRE_RUN_SIZE])
{
	return ended(id, WIRE_RUN_SIZE) && strlen(id) == ID_DIGITS &&
	    strspn(id, "0123456789abcdef") == ID_DIGITS;
}

static bool
within(unsigned value)
{
	return value >= 1 && value <= RUN_SIZE_MOST;
}

bool
run_order_valid(const struct run_order *order, size_t size)
{
	const struct {
		const char *array;
		size_t size;
	} strings[] = {
		{ order->name, sizeof order->name },
		{ order->person, sizeof order->person },
		{ order->source, sizeof order->source },
		{ order->term, sizeof order->term },
		{ order->language, sizeof order->language },
	};

	if (size != sizeof *order || order->version != RUN_VERSION)
		return false;
	for (size_t i = 0; i < sizeof strings / sizeof *strings; i++)
		if (!ended(strings[i].array, strings[i].size))
			return false;
	return (order->kind == RUN_COMMAND || order->kind == RUN_PLAY) &&
	    order->role < ROLE_COUNT && within(order->rows) && within(order->columns) &&
	    order->confirmed <= 1 && order->proven <= 1 && id_valid(order->id) &&
	    order->person[0] != '\0' && command_name_valid(order->name);
}

bool
run_over_valid(const struct run_over *over, size_t size)
{
	return size == sizeof *over && over->how >= RUN_EXITED && over->how <= RUN_PLAYED &&
	    over->milliseconds >= 0 && over->bytes >= 0;
}

/* --- sending, receiving -------------------------------------------------------------- */

static enum err
gone_or(int number)
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

static enum err
send_all(int fd, const struct msghdr *message)
{
	ssize_t sent;

	do
		sent = sendmsg(fd, message, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent < 0 ? gone_or(errno) : ERR_OK;
}

/* Room for one descriptor beside a message (cmsg(3)). */
union passed {
	struct cmsghdr header;
	char room[CMSG_SPACE(sizeof(int))];
};

enum err
run_order_send(int fd, const struct run_order *order, int pump)
{
	struct iovec part = { .iov_base = (void *)(uintptr_t)order, .iov_len = sizeof *order };
	union passed passed;
	struct msghdr message = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = passed.room,
		.msg_controllen = sizeof passed.room };
	struct cmsghdr *header;

	memset(&passed, 0, sizeof passed);
	header = CMSG_FIRSTHDR(&message);
	header->cmsg_level = SOL_SOCKET;
	header->cmsg_type = SCM_RIGHTS;
	header->cmsg_len = CMSG_LEN(sizeof pump);
	memcpy(CMSG_DATA(header), &pump, sizeof pump);
	return send_all(fd, &message);
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
run_order_receive(int fd, struct run_order *ret_order, int *ret_pump)
{
	struct run_order order;
	struct iovec part = { .iov_base = &order, .iov_len = sizeof order };
	union passed passed;
	struct msghdr message = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = passed.room,
		.msg_controllen = sizeof passed.room };
	ssize_t size;
	int pump;

	do
		size = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
	while (size < 0 && errno == EINTR);
	if (size < 0)
		return gone_or(errno);
	pump = descriptor_of(&message);
	if (size == 0 && pump < 0)
		return ERR_KEEPER_GONE;
	if (pump < 0 || (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0 ||
	    !run_order_valid(&order, (size_t)size)) {
		if (pump >= 0)
			close(pump);
		return ERR_PROTOCOL;
	}
	*ret_order = order;
	*ret_pump = pump;
	return ERR_OK;
}

enum err
run_send(int fd, enum run_pump kind, const void *bytes, size_t size)
{
	char first = (char)kind;
	struct iovec parts[] = { { .iov_base = &first, .iov_len = 1 },
		{ .iov_base = (void *)(uintptr_t)bytes, .iov_len = size } };
	const struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };

	return size <= RUN_PUMP_MAX ? send_all(fd, &message) : ERR_PROTOCOL;
}

enum err
run_receive(int fd, char *ret_kind, void *bytes, size_t *ret_size)
{
	struct iovec parts[] = { { .iov_base = ret_kind, .iov_len = 1 },
		{ .iov_base = bytes, .iov_len = RUN_PUMP_MAX } };
	struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };
	ssize_t size;

	do
		size = recvmsg(fd, &message, MSG_CMSG_CLOEXEC);
	while (size < 0 && errno == EINTR);
	if (size < 0)
		return gone_or(errno);
	if (size == 0)
		return ERR_KEEPER_GONE;
	if ((message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0)
		return ERR_PROTOCOL;
	*ret_size = (size_t)size - 1;
	return ERR_OK;
}
