/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What holds of each row that an import reads out of anything. */
#ifndef TESTS_FUZZ_IMPORT_H
#define TESTS_FUZZ_IMPORT_H

#include <string.h>

#include "cli/import.h"
#include "fuzz.h"

static inline void
import_must(enum import_why why, const struct import_row *row)
{
	static const unsigned char none[IMPORT_KEY_MAX];

	MUST(why == IMPORT_ROW || strlen(import_sentence(why)) > 0 || why == IMPORT_NOTHING);
	MUST(memchr(row->name, '\0', sizeof row->name) != NULL);
	MUST(memchr(row->code, '\0', sizeof row->code) != NULL);
	if (why != IMPORT_ROW) {
		MUST(memcmp(row->key, none, sizeof none) == 0);
		return;
	}
	MUST(row->key_length == 0 ||
	    (row->key_length >= IMPORT_KEY_MIN && row->key_length <= IMPORT_KEY_MAX));
	MUST(row->offset >= -20 && row->offset <= 20 && row->last_step >= 0);
	MUST(row->role == ROLE_OPERATOR || row->role < ROLE_COUNT);
	MUST(strspn(row->code, "0123456789") == strlen(row->code));
}

/* A copy on the heap of just that size, so that an overrun is seen. */
static inline char *
import_copy(const uint8_t *data, size_t size)
{
	char *copy = malloc(size > 0 ? size : 1);

	MUST(copy != NULL);
	if (size > 0)
		memcpy(copy, data, size);
	return copy;
}

#endif
