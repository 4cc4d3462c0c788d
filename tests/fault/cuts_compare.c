/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is left after a cut, beside what was told before it. */
#include "cuts.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void
cuts_format(const struct cut *cut, char spec[CUTS_SPEC])
{
	(void)snprintf(spec, CUTS_SPEC, "%zu.%d.%llu", cut->after, (int)cut->way,
	    (unsigned long long)cut->seed);
}

bool
cuts_parse(const char *spec, struct cut *ret_cut)
{
	unsigned long long seed;
	int way;

	if (sscanf(spec, "%zu.%d.%llu", &ret_cut->after, &way, &seed) != 3 || way < 0 ||
	    way >= DISK_WAYS)
		return false;
	ret_cut->way = (enum disk_way)way;
	ret_cut->seed = seed;
	return true;
}

/* --- the database as a whole ---------------------------------------------------------- */

/*
 * It is as it was at the last answer before the cut, or as any commit left it that came after, up
 * to the one that was being written. Nobody was there before the first.
 */
static bool
whole(const struct cuts *cuts, size_t after, uint64_t digest)
{
	size_t told = cuts->told[after];
	uint64_t before = 0;
	bool fits = false;

	for (size_t i = 0; i < cuts->state_count; i++) {
		const struct cuts_state *state = &cuts->states[i];

		if (state->after <= told) {
			before = state->digest;
			continue;
		}
		fits = fits || state->digest == digest;
		if (state->after > after)
			break;
	}
	return fits || before == digest;
}

/* --- facts ----------------------------------------------------------------------------- */

/* The length of KIND and NAME: what a fact is about. */
static size_t
subject(const char *fact)
{
	const char *blank = strchr(fact, ' ');

	blank = blank == NULL ? NULL : strchr(blank + 1, ' ');
	return blank == NULL ? strlen(fact) : (size_t)(blank - fact) + 1;
}

/* The next fact about the same, from number `from` on; NULL without one. */
static const struct cuts_fact *
next_about(const struct cuts *cuts, size_t from, const char *fact)
{
	for (size_t i = from; i < cuts->fact_count; i++)
		if (strncmp(cuts->facts[i].text, fact, subject(fact)) == 0)
			return &cuts->facts[i];
	return NULL;
}

/* What was told last about anything is true, or what was told next already is. */
static bool
facts_hold(struct cuts *cuts, size_t after, struct look *look, char why[LOOK_WHY])
{
	for (size_t i = 0; i < cuts->fact_count && cuts->facts[i].told <= after; i++) {
		const char *fact = cuts->facts[i].text;
		const struct cuts_fact *next = next_about(cuts, i + 1, fact);

		if ((next != NULL && next->told <= after) || look_holds(look, fact) ||
		    (next != NULL && look_holds(look, next->text)))
			continue;
		(void)snprintf(why, LOOK_WHY, "what was told is not so: %s", fact);
		return false;
	}
	return true;
}

/* --- an image --------------------------------------------------------------------------- */

bool
cuts_compare(struct cuts *cuts, const struct cut *cut, const char *image, char why[LOOK_WHY])
{
	char state[8192];
	struct look look;
	bool holds;

	(void)snprintf(state, sizeof state, "%s/%s", image, cuts->state);
	if (access(state, F_OK) != 0) {
		(void)snprintf(why, LOOK_WHY, "its directory is gone, after an answer");
		return cuts->told[cut->after] == 0;
	}
	if (!look_open(state, &look, why))
		return false;
	holds = facts_hold(cuts, cut->after, &look, why);
	if (holds && !whole(cuts, cut->after, look.digest)) {
		(void)snprintf(why, LOOK_WHY,
		    "the database is none that was committed between the last answer and the cut");
		holds = false;
	}
	look_close(&look);
	return holds;
}
