/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The letter to a new person on standard error, around the invitation, which alone goes to standard
 * output: on a terminal they are one text, and a pipe gets the invitation and nothing else.
 */
#ifndef CLI_LETTER_PRINT_H
#define CLI_LETTER_PRINT_H

#include "client/letter.h"

/* From the first line to the one before the invitation. way: what leads to this console. */
void
letter_print_begin(const struct letter *letter, const struct hello_way *way);

/* The rest. */
void
letter_print_end(const struct letter *letter, const struct hello_way *way);

#endif
