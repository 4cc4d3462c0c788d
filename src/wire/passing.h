/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A message with a descriptor beside it (unix(7), SCM_RIGHTS). */
#ifndef WIRE_PASSING_H
#define WIRE_PASSING_H

#include <stddef.h>
#include <sys/socket.h>

#include "core/err.h"

/* Sends size bytes as one message, and with it descriptor, which stays the caller's; without one
 * where that is -1. ERR_KEEPER_GONE where nobody is at the other end, ERR_BUSY where a non-blocking
 * fd takes nothing now. */
MUST_CHECK enum err
passing_send(int fd, const void *bytes, size_t size, int descriptor);

/*
 * Receives one message of at most size bytes, and the descriptor that comes with it, close-on-exec,
 * or -1; the caller closes *ret_descriptor. ERR_PROTOCOL for a longer message, or more descriptors:
 * then none is left open. ERR_KEEPER_GONE at the end of the line, ERR_BUSY as above.
 */
MUST_CHECK enum err
passing_receive(int fd, void *bytes, size_t size, size_t *ret_size, int *ret_descriptor);

/*
 * recvmsg(2) of one packet, whose descriptors are closed on exec. A peer that left with something
 * of ours unread resets the line, which the kernel tells once, and before what the peer had said
 * (net/core/datagram.c): that is heard first. As recvmsg(), never with EINTR.
 */
ssize_t
passing_recvmsg(int fd, struct msghdr *message);

/* What errno of a call on a line says about its other end. */
enum err
passing_errno(int number);

#endif
