/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A store with a row or more in every table, whichever engine has it. */
#ifndef TESTS_POSTGRESQL_FULL_H
#define TESTS_POSTGRESQL_FULL_H

#include "../store/fixture.h"

enum { FULL_PEOPLE = 3, FULL_TRAIL = 40 };

/* One of them was removed, an id is reserved, and the greatest notice, device and key are gone, so
 * that the numbers that were given say more than the rows do. */
void
full_fill(struct store *store);

/* Appends so many rows to the trail, each ten minutes after the one before. Returns the place of
 * the last one. */
int64_t
full_trail(struct store *store, int64_t rows);

#endif
