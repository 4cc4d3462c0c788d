/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "confine/filter_parts.h"

#include <string.h>

/* Each number once, in order. */
struct numbers {
	struct filter_part one[FILTER_PARTS_MAX];
	size_t count;
	bool full;
};

static enum filter_kind
kind_of(const struct filter_call *call)
{
	if (call->call < 0)
		return FILTER_UNNAMED;
	return call->own || call->test.mask != 0 || call->error != 0 ? FILTER_TESTED
								     : FILTER_ALLOWED;
}

/* A row that looks closer goes before one that does not, wherever it stands. */
static void
note(struct numbers *numbers, uint32_t number, enum filter_kind kind)
{
	size_t at = 0;

	while (at < numbers->count && numbers->one[at].from < number)
		at++;
	if (at < numbers->count && numbers->one[at].from == number) {
		if (kind == FILTER_TESTED)
			numbers->one[at].kind = kind;
		return;
	}
	if (numbers->count == FILTER_PARTS_MAX) {
		numbers->full = true;
		return;
	}
	memmove(&numbers->one[at + 1], &numbers->one[at],
	    (numbers->count - at) * sizeof numbers->one[0]);
	numbers->one[at] = (struct filter_part){ number, kind };
	numbers->count++;
}

/* Appends a part, or lets the last one go on. */
static size_t
add(struct filter_part *parts, size_t count, uint32_t from, enum filter_kind kind)
{
	if (count > 0 && parts[count - 1].kind == kind)
		return count;
	if (count < FILTER_PARTS_MAX)
		parts[count] = (struct filter_part){ from, kind };
	return count + 1;
}

size_t
filter_parts(const struct filter_table *const *tables, size_t count,
    struct filter_part parts[FILTER_PARTS_MAX])
{
	struct numbers numbers = { .count = 0 };
	uint32_t next = 0; /* the first number that no part has */
	size_t made = 0;

	for (size_t i = 0; i < count; i++)
		for (size_t row = 0; row < tables[i]->count; row++) {
			const struct filter_call *call = &tables[i]->calls[row];

			if (kind_of(call) != FILTER_UNNAMED)
				note(&numbers, (uint32_t)call->call, kind_of(call));
		}
	for (size_t i = 0; i < numbers.count; i++) {
		if (numbers.one[i].from > next)
			made = add(parts, made, next, FILTER_UNNAMED);
		made = add(parts, made, numbers.one[i].from, numbers.one[i].kind);
		next = numbers.one[i].from + 1;
	}
	made = add(parts, made, next, FILTER_UNNAMED);
	return numbers.full || made > FILTER_PARTS_MAX ? 0 : made;
}
