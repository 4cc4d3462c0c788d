/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Replies that bring a descriptor. */
#include <string.h>
#include <unistd.h>

#include "core/secret.h"
#include "wire/line.h"
#include "wire/passing.h"

enum err
line_send_reply_with(int fd, const struct wire_reply *reply, int descriptor)
{
	size_t size = wire_reply_size(reply->op);

	return size == 0 ? ERR_PROTOCOL : passing_send(fd, reply, size, descriptor);
}

enum err
line_receive_reply_with(int fd, struct wire_reply *ret_reply, int *ret_descriptor)
{
	struct wire_reply reply;
	size_t size = 0;
	int descriptor = -1;
	enum err err;

	memset(&reply, 0, sizeof reply);
	err = passing_receive(fd, &reply, sizeof reply, &size, &descriptor);
	if (err == ERR_OK && !wire_reply_valid(&reply, size))
		err = ERR_PROTOCOL;
	if (err == ERR_OK) {
		*ret_reply = reply;
		*ret_descriptor = descriptor;
	} else if (descriptor >= 0) {
		close(descriptor);
	}
	secret_wipe(&reply, sizeof reply);
	return err;
}
