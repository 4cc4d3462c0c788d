/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The part of the hello that never changes, whatever else does: the first GREETING_SIZE bytes of
 * every hello from version 3 of the wire on, and all that a keeper answers to one of another
 * version before it ends the line. So programs of two versions can always tell each other which of
 * them is older (DESIGN 9).
 *
 *    0  u32       the version of the wire
 *    4  u32       1 in a hello (WIRE_HELLO), 0 in the answer (WIRE_NO_OP)
 *    8  u32       0 in a hello; never 0 in the answer: ERR_VERSION, where a reply has its error
 *   12  char[8]   "provcon", NUL
 *   20  char[44]  the program's version, "0.10.0", ended by NUL, zero behind it
 *
 * Numbers are in the host's order: both ends are on one host. A reader accepts more bytes
 * than these, and ignores them. The versions 1 and 2 had the first two numbers alone, in a
 * hello of whatever size, and answered nothing.
 */
#ifndef WIRE_GREETING_H
#define WIRE_GREETING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/wire.h"

enum { GREETING_SIZE = 64 };

/* What a program says of itself. */
struct greeting {
	uint32_t version;		 /* of the wire; 0: it said nothing */
	char program[WIRE_PROGRAM_SIZE]; /* its version, fit to be shown; "": it has not said it */
};

/* Of this program. */
void
greeting_ours(struct greeting *ret_ours);

/* Puts it into a hello. */
void
greeting_fill(struct wire_hello_request *ret_hello);

/* What a keeper answers to a hello of another version. */
void
greeting_answer(unsigned char bytes[GREETING_SIZE]);

/*
 * Whether the first size bytes of a message are a hello, or the answer to one (op WIRE_HELLO or
 * WIRE_NO_OP), of another version than ours. *ret_other is untouched where they are not.
 */
bool
greeting_other(const void *bytes, size_t size, enum wire_op op, struct greeting *ret_other);

/* A program's version as it came, which may be anything: letters, digits and . + ~ _ - stay, all
 * else becomes '?'. */
void
greeting_show(const char program[WIRE_PROGRAM_SIZE], char ret_shown[WIRE_PROGRAM_SIZE]);

/*
 * Below 0: a is older than b; above 0: newer; 0: there is no difference. Programs are compared as
 * numbers, part by part (0.9 < 0.10); where these are the same, or one is not known, the versions
 * of the wire decide.
 */
int
greeting_compare(const struct greeting *a, const struct greeting *b);

#endif
