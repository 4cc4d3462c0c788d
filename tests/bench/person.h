/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person of a state that seed.c made, at a live keeper. */
#ifndef TESTS_BENCH_PERSON_H
#define TESTS_BENCH_PERSON_H

#include <stddef.h>

#include "core/err.h"
#include "core/secret.h"

/* This process's lines come from that person's own address from now on: of the net of RFC 3849,
 * each in a /64 of its own, as the keeper groups them. */
void
person_from(size_t number);

/* The first door of person u(number + 1): the line, and the verdict. Tries again on "busy", as the
 * console does. */
MUST_CHECK enum err
person_password(const char *state, size_t number, int *ret_line);

/* The second, with the code of now. ERR_OK: at home. */
MUST_CHECK enum err
person_code(int line, const struct secret *key);

/* Both, from an address of their own. ERR_OK: at home. Whatever refuses, the line is there. */
MUST_CHECK enum err
person_sign_in(const char *state, size_t number, const struct secret *key, int *ret_line);

/* The second door with a code that is none; the verdict. */
MUST_CHECK enum err
person_wrong_code(int line);

#endif
