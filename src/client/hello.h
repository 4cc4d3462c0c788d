/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first message on every line: who speaks, and from where. */
#ifndef CLIENT_HELLO_H
#define CLIENT_HELLO_H

#include <stdbool.h>

#include "client/versions.h"
#include "core/err.h"
#include "wire/wire.h"

/*
 * Fills a hello: source is the first word of $SSH_CONNECTION, "local" without one; terminal is what
 * standard input is,
 * "" if that is none. A person's hello has the ticket of $PROVCONSOLE_TICKET (DESIGN 9), which
 * hello_connect() takes out of the environment first of all.
 */
void
hello_fill(struct wire_request *request, enum wire_kind kind);

/* What decides where the keeper is: option values, or NULL (place.h), and the directory of its
 * program. */
struct hello_way {
	const char *socket, *state, *libexec;
	bool may_make; /* a state, where there is none */
};

/*
 * Finds the place, connects (starting a keeper where that is allowed) and says hello. A keeper that
 * leaves at that very moment is followed by a second try; an embedded one that is older than we has
 * 5 s to leave, and is not asked meanwhile. The caller closes *ret_fd. On failure no line is open;
 * ret_reply->wait may say how long to wait, else 0. ERR_VERSION: ret_versions has a sentence.
 */
MUST_CHECK enum err
hello_connect(const struct hello_way *way, enum wire_kind kind, int *ret_fd,
    struct wire_reply *ret_reply, struct versions *ret_versions);

#endif
