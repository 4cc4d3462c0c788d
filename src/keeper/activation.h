/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A socket that a service manager has bound and passes in (sd_listen_fds(3)), so that the keeper
 * needs no right to bind it. */
#ifndef KEEPER_ACTIVATION_H
#define KEEPER_ACTIVATION_H

#include <stdint.h>

#include "core/err.h"

/* A variable of the environment that is a whole decimal number above 0; else 0. */
int64_t
activation_number(const char *name);

/*
 * *ret_fd: descriptor 3 where LISTEN_PID names this process, close-on-exec and non-blocking from
 * here on; else -1, for nothing was passed. ERR_STATE: something was, but it is not exactly one
 * listening UNIX socket for messages (SOCK_SEQPACKET). LISTEN_PID, LISTEN_FDS and LISTEN_FDNAMES
 * are taken out of the environment.
 */
MUST_CHECK enum err
activation_take(int *ret_fd);

/*
 * Where no service manager is: binds PATH as its socket unit would, 0660 for root and the group of
 * the account in which sshd runs consoles, in a directory that is made if it is missing (0755).
 * Root's, before it becomes the state's owner. What a keeper that is gone has left there is
 * replaced. ERR_STORE_BUSY: one listens there. ERR_NOT_HOST: this is not root, or there is no such
 * account.
 */
MUST_CHECK enum err
activation_listen(const char *path, const char *console, int *ret_fd);

#endif
