/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A person's sign-ins (store.h says what holds for every question): each is a row of the trail, and
 * goes with it. They are the account's, so that a name that is given again, or to another, brings
 * nobody's along.
 */
#ifndef STORE_STORE_SIGN_IN_H
#define STORE_STORE_SIGN_IN_H

#include <stddef.h>
#include <stdint.h>

#include "core/text.h"
#include "store/store.h"

struct store_sign_in {
	int64_t row; /* its number in the trail */
	int64_t time;
	char source[TEXT_LABEL_SIZE];
	char detail[TEXT_REASON_SIZE]; /* by what: as in the trail */
};

/* That row of the trail is a sign-in of that person. */
MUST_CHECK enum err
store_sign_in_add(struct store *store, int64_t user, int64_t row);

/* Up to *io_count, newest first, with rows below `before`. */
MUST_CHECK enum err
store_sign_ins(struct store *store, int64_t user, int64_t before, struct store_sign_in *sign_ins,
    size_t *io_count);

/* The greatest id that an authenticator had at that sign-in; or at the last one before that row.
 * ERR_STORE_NONE: that person has no such one. */
MUST_CHECK enum err
store_sign_in(struct store *store, int64_t user, int64_t row, int64_t *ret_device);

MUST_CHECK enum err
store_sign_in_before(struct store *store, int64_t user, int64_t row, int64_t *ret_device);

#endif
