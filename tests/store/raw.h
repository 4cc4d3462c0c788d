/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The fixture's database behind the store's back, as somebody with the sqlite3 program would have
 * it. */
#ifndef TESTS_STORE_RAW_H
#define TESTS_STORE_RAW_H

#include <sqlite3.h>

#include "fixture.h"

/* A plain connection; the caller closes it. */
sqlite3 *
raw_open(const struct fixture *f);

void
raw_run(struct fixture *f, const char *sql);

/* The first value that a statement gives. */
int
raw_number(sqlite3 *db, const char *sql);

#endif
