/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which names a file has named already: 24 bytes a person. */
#ifndef CLI_IMPORT_SEEN_H
#define CLI_IMPORT_SEEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

struct import_seen_name {
	uint64_t fold, spelling; /* hashes under a random key, so that no file can aim at one */
	uint32_t line;		 /* the first; 0: a free place */
	uint32_t count;
};

struct import_seen {
	struct import_seen_name
	    *names; /* size places, a power of two, at most half of them taken */
	size_t size, count;
	uint64_t key;
};

/* The caller gives it to import_seen_close(). */
void
import_seen_open(struct import_seen *seen);

void
import_seen_close(struct import_seen *seen);

/*
 * One more row of a name (as typed); *ret_name is what is known of it, with this row counted:
 * borrowed until the next call. *ret_same: whether it is spelt as the first time. A name that
 * cannot be one is not remembered: ret_name->count is 1 then. ERR_MEMORY.
 */
MUST_CHECK enum err
import_seen_add(struct import_seen *seen, const char *name, size_t line,
    const struct import_seen_name **ret_name, bool *ret_same);

#endif
