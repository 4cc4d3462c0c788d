/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keeper's program in a process of its own that only looks at a state, beside a keeper that
 * runs or without one: for --doctor, --verify and --export. What it finds it says in lines
 * (wire/examine.h).
 */
#ifndef KEEPER_LOOK_H
#define KEEPER_LOOK_H

#include <stdbool.h>
#include <stdio.h>
#include <time.h>

#include "auth/keyring.h"
#include "core/err.h"
#include "store/store.h"
#include "wire/examine.h"

struct look {
	FILE *out; /* borrowed */
	int directory;
	struct store *store;
	struct keyring *ring;
	timer_t limit;
	bool limited;
};

/*
 * Opens the state as its owner from here on, its database and its ring, changes nothing, and tells
 * the first that is wrong. Whatever it returns, the caller gives it to look_close().
 */
MUST_CHECK enum err
look_open(const char *state, FILE *out, struct look *ret_look);

void
look_close(struct look *look);

/* One finding, at once. Without a place to write it to, nothing: the last word is look_end(). */
void
look_tell(FILE *out, enum examine_check check, enum err err, int64_t number, const char *detail);

/* Says that nothing is left to say. ERR_FAILED if not everything could be written. */
MUST_CHECK enum err
look_end(FILE *out);

/*
 * A reader keeps the log from being copied back: it grows for as long as the reader looks at one
 * moment. From now on that may be two minutes more (seconds: LOOK_SECONDS), or as long as it takes
 * (0). After them the kernel kills the process, since one that was stopped hears nothing else.
 */
enum { LOOK_SECONDS = 120 };

void
look_limit(struct look *look, int seconds);

#endif
