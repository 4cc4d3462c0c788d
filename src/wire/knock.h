/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line by a deadline, for programs that ask once and hold nobody up: the PAM module, sshd's
 * lookup of keys. */
#ifndef WIRE_KNOCK_H
#define WIRE_KNOCK_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"

/* Connects to the socket of that path, which has a slash in it; the line never blocks. Errors are
 * those of line_connect_by(). The caller closes *ret_fd. */
MUST_CHECK enum err
knock(const char *socket, int64_t deadline, int *ret_fd);

/* A keeper that has no room, gave the line up for another one, or is leaving: another moment may be
 * better. */
bool
knock_again(enum err err);

#endif
