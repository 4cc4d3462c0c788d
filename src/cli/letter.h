/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a person must know to sign in, as a text to paste into a mail. It is written to standard
 * error around the invitation, which alone goes to standard output: on a terminal they are one
 * letter, and a pipe gets the invitation and nothing else.
 */
#ifndef CLI_LETTER_H
#define CLI_LETTER_H

#include <stdint.h>

#include "core/policy.h"
#include "core/text.h"
#include "client/hello.h"

struct letter {
	char name[TEXT_NAME_SIZE]; /* whom it is for */
	char console[POLICY_NAME_SIZE], applications[POLICY_VALUE_SIZE];
	int64_t until; /* when the invitation expires, Unix seconds; 0: there is none */
};

/* Of the hello's answer, which the next request overwrites. */
void
letter_fill(struct letter *letter, const char *name, const struct wire_hello_reply *hello);

/* From the first line to the one before the invitation. way: what leads to this console. */
void
letter_begin(const struct letter *letter, const struct hello_way *way);

/* The rest. */
void
letter_end(const struct letter *letter, const struct hello_way *way);

#endif
