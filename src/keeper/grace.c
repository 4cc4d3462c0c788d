/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/grace.h"

#include <string.h>

static bool
same_line(const struct grace *a, const struct grace *b)
{
	return a->user == b->user && strcmp(a->source, b->source) == 0 &&
	    strcmp(a->key, b->key) == 0;
}

void
grace_begin(struct graces *graces, const struct grace *grace)
{
	size_t at = GRACES_MOST;

	if (grace->user == 0 || grace->key[0] == '\0')
		return;
	for (size_t i = 0; i < GRACES_MOST && at == GRACES_MOST; i++)
		if (same_line(&graces->grace[i], grace))
			at = i;
	if (at == GRACES_MOST)
		at = graces->next++ % GRACES_MOST;
	graces->grace[at] = *grace;
}

bool
grace_stands(const struct graces *graces, const struct grace *like, int64_t length, int64_t now)
{
	if (like->user == 0 || like->key[0] == '\0')
		return false;
	for (size_t i = 0; i < GRACES_MOST; i++) {
		const struct grace *grace = &graces->grace[i];

		if (same_line(grace, like))
			return grace->generation == like->generation &&
			    grace->device == like->device && now >= grace->began &&
			    now - grace->began < length;
	}
	return false;
}
