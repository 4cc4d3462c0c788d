/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the clients of the end-to-end tests share: a line to the keeper of a state that runs
 * already. */
#ifndef TESTS_CLIENT_CLIENT_H
#define TESTS_CLIENT_CLIENT_H

#include "core/err.h"
#include "core/signin.h" /* doors */
#include "wire/wire.h"

/* Ends the program with a sentence on standard error. */
_Noreturn void
client_die(const char *what);

/* The path of a state directory -> a line to its keeper, or why there is none. No hello is said. */
MUST_CHECK enum err
client_try(const char *state, int *ret_line);

/* The same line; ends the program if there is none. */
int
client_connect(const char *state);

/* A line with a hello of a person at the door, or of the host. */
int
client_open(const char *state, enum wire_kind kind);

/* Asks for the op with nothing in it, or with what `request` holds already. */
MUST_CHECK enum err
client_ask(int line, struct wire_request *request, struct wire_reply *reply);

MUST_CHECK enum err
client_ask_op(int line, enum wire_op op, struct wire_reply *reply);

/* The request with a name and a password. */
void
client_fill_password(struct wire_request *request, const char *name, const char *password);

/* Asks with them. */
MUST_CHECK enum err
client_password(int line, const char *name, const char *password, struct wire_reply *reply);

/* The first line of a file, at most size - 1 bytes; ends the program if there is none. */
void
client_line(const char *path, char *buf, size_t size);

/* "CODE_USED": the error's name as in core/err.h. */
const char *
client_err_name(enum err err);

#endif
