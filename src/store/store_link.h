/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which person a UNIX account is (store.h says what holds for every question). */
#ifndef STORE_STORE_LINK_H
#define STORE_STORE_LINK_H

#include "store/store.h"

struct store_link {
	char unix_name[TEXT_NAME_SIZE];
	char name[TEXT_NAME_SIZE]; /* the person's */
};

/* ERR_STORE_EXISTS: the account is linked already, to whomever. */
MUST_CHECK enum err
store_link_add(struct store *store, const char *unix_name, int64_t user);

/* ERR_STORE_NONE: it is not linked. */
MUST_CHECK enum err
store_link_remove(struct store *store, const char *unix_name);

/* The person of an account. ERR_STORE_NONE: it is not linked. */
MUST_CHECK enum err
store_link_user(struct store *store, const char *unix_name, int64_t *ret_user);

/* Those behind that account, by its name, *io_count at most. */
MUST_CHECK enum err
store_links(struct store *store, const char *after, struct store_link *links, size_t *io_count);

#endif
