/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A decoder with a clock, and what it makes, as text to compare. */
#ifndef TESTS_UNIT_UI_TERMINAL_DECODED_H
#define TESTS_UNIT_UI_TERMINAL_DECODED_H

#include "ui/terminal/decoder.h"

enum { DECODED_SIZE = 4096 };

struct decoded {
	struct decoder decoder;
	int64_t now; /* ms */
	/* Characters as they are, <keys>, '!' for what is bad, '{' and '}' around a paste. */
	char text[DECODED_SIZE];
	size_t used;
};

/* As a terminal opens it, at some time. */
void
decoded_open(struct decoded *decoded);

/* Sends bytes at once. */
void
decoded_send(struct decoded *decoded, const char *bytes, size_t length);

/* Nothing comes for so long. */
void
decoded_wait(struct decoded *decoded, int milliseconds);

/* Whether more than 100 ms of silence would mean something now. */
bool
decoded_hurried(const struct decoded *decoded);

/* What was made so far; begins anew. Valid until the next is made. */
const char *
decoded_take(struct decoded *decoded);

/* All of that for bytes that end with NUL: sent, waited for, taken. */
const char *
decoded(const char *bytes);

#endif
