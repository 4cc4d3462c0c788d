/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Notices: what people are told of what was done to them, or to the console (store.h says what
 * holds for every question). A notice is one row, for one person or for everyone of at least a
 * role, and is never changed: none takes another's place. What somebody has read of them is kept
 * for each person apart.
 *
 * Whom a role's notices concern: those who had that role, without a break, since before the notice.
 * One about a person is not among that person's own: they have one of their own.
 */
#ifndef STORE_STORE_NOTICE_H
#define STORE_STORE_NOTICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/account.h"
#include "core/text.h"
#include "store/store.h"

struct store_notice {
	int64_t id;
	int64_t time;
	int64_t user;		      /* who is told; 0: everyone of at least */
	enum role role;		      /* this role */
	int64_t about;		      /* the person that it was done to; 0: nobody */
	int64_t session;	      /* that did it: see store_notices_unread(); 0: the host */
	char who[TEXT_NAME_SIZE];     /* as in the trail */
	char source[TEXT_LABEL_SIZE]; /* likewise */
	char action[32];	      /* a verb of the trail */
	char target[TEXT_NAME_SIZE];  /* whom, or which setting */
	char detail[TEXT_REASON_SIZE];
	bool unread; /* by the one who asks; not stored */
};

/* All but id and unread. ERR_STORE_NONE: there is no such person. */
MUST_CHECK enum err
store_notice_add(struct store *store, const struct store_notice *notice, int64_t *ret_id);

/* Up to *io_count notices of a person, read ones too, newest first, with ids below `before`.
 * session: as for store_notices_unread(). */
MUST_CHECK enum err
store_notices(struct store *store, int64_t user, int64_t before, int64_t session,
    struct store_notice *notices, size_t *io_count);

/* The newest *io_count that a person has not read; but not what `session` did itself, which is
 * news to the person's other sessions only (0: all). */
MUST_CHECK enum err
store_notices_unread(struct store *store, int64_t user, int64_t session,
    struct store_notice *notices, size_t *io_count);

/* How many these are, counted up to `most`. */
MUST_CHECK enum err
store_notices_count(struct store *store, int64_t user, int64_t session, int64_t most,
    int64_t *ret_count);

/* A person has read those with ids from oldest to newest; not what `session` did itself. */
MUST_CHECK enum err
store_notices_read(struct store *store, int64_t user, int64_t session, int64_t oldest,
    int64_t newest);

#endif
