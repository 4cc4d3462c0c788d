/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first message on every line: who speaks, and from where. */
#ifndef WIRE_HELLO_H
#define WIRE_HELLO_H

#include "core/err.h"
#include "wire/place.h"
#include "wire/wire.h"

/*
 * Fills a hello: source is the first word of $SSH_CONNECTION, "local" without one; terminal is what standard input is,
 * "" if that is none.
 */
void
hello_fill(struct wire_request *request, enum wire_authority authority);

/*
 * Connects (place_connect) and says hello. A keeper that leaves at that very moment is followed by a second try.
 * The caller closes *ret_fd. On failure ret_reply->wait may say how long to wait, and no line is open.
 */
MUST_CHECK enum err
hello_connect(const struct place *place, const char *keeper, enum wire_authority authority, int *ret_fd,
    struct wire_reply *ret_reply);

#endif
