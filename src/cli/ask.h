/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords from a person or a pipe; never from arguments. */
#ifndef CLI_ASK_H
#define CLI_ASK_H

#include <stdbool.h>

#include "core/err.h"
#include "core/secret.h"

/*
 * A new password for `name`: one line of descriptor 0, without the newline at its end (from_stdin),
 * or asked for twice on the controlling terminal, unseen. Checked by the rules, as early as can be;
 * the keeper decides. The caller frees *ret_secret. ERR_PASSWORD_..., ERR_FIELD_..., ERR_TERMINAL
 * where there is no terminal (say it: ask_no_terminal), ERR_MEMORY.
 */
MUST_CHECK enum err
ask_password(bool from_stdin, const char *name, struct secret **ret_secret);

/*
 * A passphrase: one line of a descriptor, or asked for on the controlling terminal, unseen, where
 * fd is -1. fresh: it is a new one, asked for twice there, and held to the rules of passwords. In
 * its normal form (NFC). Errors as above; the caller frees *ret_secret.
 */
MUST_CHECK enum err
ask_passphrase(int fd, bool fresh, struct secret **ret_secret);

/* One line of fd, at most TEXT_PASSWORD_SIZE - 1 bytes, no NUL, without its newline and without a
 * byte order mark before it; nothing behind the newline is read. */
MUST_CHECK enum err
ask_line(int fd, struct secret **ret_secret);

/* The message id to say for ERR_TERMINAL here. */
extern const char ask_no_terminal[];

#endif
