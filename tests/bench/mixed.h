/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People of all kinds: by its number alone it is known of each of them where they stand in any
 * list. */
#ifndef TESTS_BENCH_MIXED_H
#define TESTS_BENCH_MIXED_H

#include <stdint.h>

#include "core/account.h"

/*
 * The role, whether enabled and whether a password is due, the last sign-in and the number of
 * authenticators of person number 1, 2, ... : of 500 one Super Administrator and ten
 * Administrators; each seventh is disabled, each eleventh is invited, each fifth has never signed
 * in, each third has no authenticator. The other fields stay.
 */
void
mixed_person(int64_t number, struct account *account);

#endif
