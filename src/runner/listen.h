/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The socket for orders, made by the runner itself where no service manager does. */
#ifndef RUNNER_LISTEN_H
#define RUNNER_LISTEN_H

#include "core/err.h"

/*
 * Listens at that path, mode 0600, for one UNIX user alone; makes the directory that holds it where
 * it is missing (0755), and replaces a socket on which nobody listens. The caller closes *ret_fd.
 * ERR_STORE_BUSY: somebody listens there; ERR_STATE_PATH: something else stands there, or there is
 * no such user.
 */
MUST_CHECK enum err
listen_for(const char *path, const char *user, int *ret_fd);

#endif
