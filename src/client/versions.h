/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A console and a keeper of two versions: which is older, and what to do. */
#ifndef CLIENT_VERSIONS_H
#define CLIENT_VERSIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "wire/greeting.h"

struct versions {
	struct greeting console;
	struct greeting keeper; /* version 0: it ended the line without a word */
	bool embedded; /* it leaves after its last session; else its service manager restarts it */
	bool left;     /* it left, and the next one is no newer */
	bool replaced; /* the console's program file is not the one that runs */
};

/* As far as this program knows before it has met a keeper. */
void
versions_begin(bool embedded, struct versions *ret_versions);

/* Whether the file that this program was started from is no more what its path leads to: it was
 * removed, or another one was renamed over it, as in an upgrade. */
bool
versions_replaced(void);

/* Whether it is the keeper that is older, as far as can be told: one without a word is. */
bool
versions_keeper_is_older(const struct versions *versions);

/* Which is older, and what to do: two sentences for a person, translated. Always terminates. */
void
versions_sentence(const struct versions *versions, char *buf, size_t size);

#endif
