/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A state of its own with a trail, and somebody who has the sqlite3 program. */
#ifndef TESTS_UNIT_KEEPER_TRAIL_STAGE_H
#define TESTS_UNIT_KEEPER_TRAIL_STAGE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "keeper/trail.h"
#include "keeper/trail_verify.h"
#include "store/store_audit.h"

enum { ROWS = 150 };

struct trail {
	char path[40];
	int dirfd;
	struct store *store;
	struct keyring *ring;
	sqlite3 *raw;
	struct trail_anchor anchor;
	struct trail_verdict verdict;
};

/* ROWS rows: "person N" at 1000 + N, by the first encoding, and from the middle on the second. */
int
trail_set_up(void **state);

/* The first `rows` of these alone. */
int
trail_set_up_rows(void **state, int rows);

int
trail_tear_down(void **state);

/* A statement in which each %d is a row's number. */
void
trail_run(struct trail *trail, const char *sql, int row);

/* Prunes as the keeper does, up to that row. */
void
trail_prune(struct trail *trail, int64_t number);

#endif
