/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Bytes that are locked in memory, kept out of core dumps and child processes, and wiped when
 * freed. Every password, key, code and recovery code that outlives a function call is kept in one.
 */
#ifndef CORE_SECRET_H
#define CORE_SECRET_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"

struct secret {
	unsigned char *bytes; /* capacity bytes, on pages of their own */
	size_t length;	      /* bytes in use, at most capacity */
	size_t capacity;
	bool locked; /* whether mlock() succeeded; doctor tells */
};

/*
 * A secret of capacity bytes (1 to 65536), all zero, length 0. The caller owns
 * *ret_secret and gives it to secret_free(). Memory that cannot be locked is
 * used all the same, with locked false. ERR_MEMORY leaves nothing behind.
 */
MUST_CHECK enum err
secret_new(size_t capacity, struct secret **ret_secret);

/* As secret_new(), with a copy of length bytes; capacity is length + 1, so that
 * the bytes are also a terminated string. The source is not wiped. */
MUST_CHECK enum err
secret_from(const void *bytes, size_t length, struct secret **ret_secret);

/* Wipes and frees; NULL is ignored. Keeps errno. */
void
secret_free(struct secret *secret);

/* Wipes the content and sets length to 0, to use the secret again: mapping new pages would be
 * slower. */
void
secret_clear(struct secret *secret);

/* Overwrites with zeros, in a way that no compiler removes. */
void
secret_wipe(void *bytes, size_t length);

/* Whether two runs of length bytes are equal, in time that depends on length alone. */
bool
secret_equal(const void *a, const void *b, size_t length);

#endif
