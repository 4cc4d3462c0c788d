/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The line between the two programs: connect, bind, send, receive. */
#ifndef WIRE_LINE_H
#define WIRE_LINE_H

#include <stdint.h>
#include <sys/types.h>

#include "core/err.h"
#include "wire/greeting.h"
#include "wire/wire.h"

/*
 * Connects to the socket `name` in the directory dirfd (through /proc/self/fd, so that the
 * path's length does not matter), close-on-exec. The peer must be uid 0 or the
 * directory's owner (SO_PEERCRED), else ERR_KEEPER_STRANGER. No one listening:
 * ERR_KEEPER_ABSENT. The caller closes *ret_fd.
 */
MUST_CHECK enum err
line_connect(int dirfd, const char *name, int *ret_fd);

/* The same by a deadline (wire/within.h), after which it is ERR_BUSY. */
MUST_CHECK enum err
line_connect_by(int dirfd, const char *name, int64_t deadline, int *ret_fd);

/* Binds and listens, mode 0600, after unlinking what stood there; the caller holds the lock. */
MUST_CHECK enum err
line_listen(int dirfd, const char *name, int *ret_fd);

/* The peer's uid. */
MUST_CHECK enum err
line_peer(int fd, uid_t *ret_uid);

/* Sends one whole message, of the size its op has; blocking or not as the fd is. ERR_KEEPER_GONE.
 */
MUST_CHECK enum err
line_send_request(int fd, const struct wire_request *request);

MUST_CHECK enum err
line_send_reply(int fd, const struct wire_reply *reply);

/* The same with a descriptor, which stays the caller's; -1: with none. */
MUST_CHECK enum err
line_send_reply_with(int fd, const struct wire_reply *reply, int descriptor);

/*
 * Receives one message and checks it (wire_..._valid, and no descriptors with it). ERR_PROTOCOL if
 * malformed, ERR_KEEPER_GONE at the end of the line, ERR_BUSY if a non-blocking fd has nothing.
 */
MUST_CHECK enum err
line_receive_request(int fd, struct wire_request *ret_request);

MUST_CHECK enum err
line_receive_reply(int fd, struct wire_reply *ret_reply);

/*
 * The same for the first message of a line, a hello, and for the answer to it: ERR_VERSION if it is
 * of another version, as long or short as that may be; then ret_other is who speaks. That is
 * untouched on all else.
 */
MUST_CHECK enum err
line_receive_hello(int fd, struct wire_request *ret_request, struct greeting *ret_other);

MUST_CHECK enum err
line_receive_welcome(int fd, struct wire_reply *ret_reply, struct greeting *ret_other);

/* Answers a hello of another version: who we are. */
MUST_CHECK enum err
line_send_greeting(int fd);

/*
 * Asks and waits for the answer; wipes the request. The answer's own error is in
 * reply->err and is returned too, so that ERR_OK means done.
 */
MUST_CHECK enum err
line_ask(int fd, struct wire_request *request, struct wire_reply *ret_reply);

/* Receives a reply and the descriptor beside it, -1 for none. */
MUST_CHECK enum err
line_receive_reply_with(int fd, struct wire_reply *ret_reply, int *ret_descriptor);

/* The same for a hello; ERR_VERSION as in line_receive_welcome(). */
MUST_CHECK enum err
line_greet(int fd, struct wire_request *hello, struct wire_reply *ret_reply,
    struct greeting *ret_other);

/* The same two on a non-blocking fd, by a deadline, after which the answer is ERR_BUSY, and
 * unknown: the line is of no use any more. */
MUST_CHECK enum err
line_ask_by(int fd, struct wire_request *request, int64_t deadline, struct wire_reply *ret_reply);

MUST_CHECK enum err
line_greet_by(int fd, struct wire_request *hello, int64_t deadline, struct wire_reply *ret_reply,
    struct greeting *ret_other);

#endif
