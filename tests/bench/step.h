/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The questions that the keeper asks the store for one step of a sign-in, in one transaction of its
 * own. */
#ifndef TESTS_BENCH_STEP_H
#define TESTS_BENCH_STEP_H

#include "auth/keyring.h"
#include "core/secret.h"
#include "store/store.h"

struct step {
	struct store *store;
	struct keyring *ring;
	struct secret *key;
	int64_t people;
	int64_t number;	 /* steps so far */
	int64_t started; /* Unix seconds */
};

/* Opens a state that seed.c made. */
void
step_open(struct step *step, const char *path);

void
step_close(struct step *step);

/* An accepted code of the next person: unsealed, compared, spent; signed in; two audit rows. */
void
step_code(struct step *step);

/* An attempt at a door that pauses: looked up, and a row in the audit trail. */
void
step_refused(struct step *step);

#endif
