/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/import_seen.h"

#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "core/text.h"

enum { SIZE_FIRST = 64 };

/* FNV-1a from a random beginning, with a last mixing (as in SplitMix64), for the low bits choose
 * the place. Two names of one hash are taken for one, and a file that is right is then refused:
 * for 100,000 names by a chance of 1 in 4,000,000,000. */
static uint64_t
hash(uint64_t key, const char *text)
{
	uint64_t value = key ^ UINT64_C(0xcbf29ce484222325);

	for (; *text != '\0'; text++)
		value = (value ^ (unsigned char)*text) * UINT64_C(0x100000001b3);
	value = (value ^ value >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	value = (value ^ value >> 27) * UINT64_C(0x94d049bb133111eb);
	return value ^ value >> 31;
}

void
import_seen_open(struct import_seen *seen)
{
	memset(seen, 0, sizeof *seen);
	if (getrandom(&seen->key, sizeof seen->key, GRND_NONBLOCK) != (ssize_t)sizeof seen->key)
		seen->key = (uint64_t)(uintptr_t)seen; /* an aimed file is refused too early */
}

void
import_seen_close(struct import_seen *seen)
{
	free(seen->names);
	memset(seen, 0, sizeof *seen);
}

/* Its place, or the free one that it would have. */
static struct import_seen_name *
find(struct import_seen_name *names, size_t size, uint64_t fold)
{
	size_t at = (size_t)fold & (size - 1);

	while (names[at].line != 0 && names[at].fold != fold)
		at = (at + 1) & (size - 1);
	return &names[at];
}

static enum err
grow(struct import_seen *seen)
{
	size_t size = seen->size == 0 ? SIZE_FIRST : 2 * seen->size;
	struct import_seen_name *names;

	if (2 * (seen->count + 1) <= seen->size)
		return ERR_OK;
	names = calloc(size, sizeof *names);
	if (names == NULL)
		return ERR_MEMORY;
	for (size_t i = 0; i < seen->size; i++)
		if (seen->names[i].line != 0)
			*find(names, size, seen->names[i].fold) = seen->names[i];
	free(seen->names);
	seen->names = names;
	seen->size = size;
	return ERR_OK;
}

enum err
import_seen_add(struct import_seen *seen, const char *name, size_t line,
    const struct import_seen_name **ret_name, bool *ret_same)
{
	static const struct import_seen_name alone = { .count = 1 };
	char spelt[TEXT_NAME_SIZE], folded[TEXT_FOLD_SIZE];
	struct import_seen_name *place;
	enum err err;

	*ret_name = &alone;
	*ret_same = true;
	if (text_name(name, strlen(name), spelt, folded) != ERR_OK)
		return ERR_OK;
	err = grow(seen);
	if (err != ERR_OK)
		return err;
	place = find(seen->names, seen->size, hash(seen->key, folded));
	if (place->line == 0) {
		place->fold = hash(seen->key, folded);
		place->spelling = hash(seen->key, spelt);
		place->line = (uint32_t)line;
		seen->count++;
	}
	place->count++;
	*ret_name = place;
	*ret_same = place->spelling == hash(seen->key, spelt);
	return ERR_OK;
}
