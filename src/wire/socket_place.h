/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The place of a socket that a program makes itself, as the host's root. */
#ifndef WIRE_SOCKET_PLACE_H
#define WIRE_SOCKET_PLACE_H

#include <sys/un.h>

#include "core/err.h"

/*
 * Makes the directory that is to hold it where it is missing (0755; its own parents have to be
 * there), and removes a socket on which nobody listens. ERR_STATE_PATH: something else stands
 * there, or the path has no directory; ERR_STORE_BUSY: somebody listens there.
 */
MUST_CHECK enum err
socket_place(const struct sockaddr_un *address);

#endif
