/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/run.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/uio.h>
#include <unistd.h>

#include "wire/passing.h"

_Static_assert(sizeof(struct run_over) == 24, "the pump's last message has no gap");
_Static_assert((int)COMMAND_NAME_SIZE == WIRE_COMMAND_SIZE &&
	(int)COMMAND_TITLE_SIZE == WIRE_TITLE_SIZE,
    "a name fits wherever it goes");
_Static_assert(RUN_SIZE_MOST == (int)WIRE_RUN_LINES_MOST, "a size is the same on both lines");

enum {
	ID_DIGITS = 32,
	STATUS_SIGNAL = 128 /* sh(1): of a signal's death */
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
	return RUN_STATUS_NEVER;
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

enum err
run_order_send(int fd, const struct run_order *order, int pump)
{
	return passing_send(fd, order, sizeof *order, pump);
}

enum err
run_order_receive(int fd, struct run_order *ret_order, int *ret_pump)
{
	struct run_order order;
	size_t size = 0;
	int pump = -1;
	enum err err = passing_receive(fd, &order, sizeof order, &size, &pump);

	if (err != ERR_OK)
		return err;
	if (pump < 0 || !run_order_valid(&order, size)) {
		if (pump >= 0)
			close(pump);
		return ERR_PROTOCOL;
	}
	*ret_order = order;
	*ret_pump = pump;
	return ERR_OK;
}

/* In one piece: the console may send to its own lines alone, which sendmsg(2) cannot be held to. */
enum err
run_send(int fd, enum run_pump kind, const void *bytes, size_t size)
{
	char message[1 + RUN_PUMP_MAX];
	ssize_t sent;

	if (size > RUN_PUMP_MAX)
		return ERR_PROTOCOL;
	message[0] = (char)kind;
	if (size > 0)
		memcpy(message + 1, bytes, size);
	do
		sent = send(fd, message, 1 + size, MSG_NOSIGNAL);
	while (sent < 0 && errno == EINTR);
	return sent < 0 ? passing_errno(errno) : ERR_OK;
}

enum err
run_receive(int fd, char *ret_kind, void *bytes, size_t *ret_size)
{
	struct iovec parts[] = { { .iov_base = ret_kind, .iov_len = 1 },
		{ .iov_base = bytes, .iov_len = RUN_PUMP_MAX } };
	struct msghdr message = { .msg_iov = parts, .msg_iovlen = 2 };
	ssize_t size = passing_recvmsg(fd, &message);

	if (size < 0)
		return passing_errno(errno);
	if (size == 0)
		return ERR_KEEPER_GONE;
	if ((message.msg_flags & (MSG_TRUNC | MSG_CTRUNC)) != 0)
		return ERR_PROTOCOL;
	*ret_size = (size_t)size - 1;
	return ERR_OK;
}
