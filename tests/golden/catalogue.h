/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The languages of the golden screens: those of po/LINGUAS, so that a new one is in no table here.
 */
#ifndef TESTS_GOLDEN_CATALOGUE_H
#define TESTS_GOLDEN_CATALOGUE_H

#include <stdbool.h>
#include <stddef.h>

/* The language that nobody speaks: each text longer, and none in ASCII (pseudo.awk). */
#define LANGUAGE_PSEUDO "qps"

enum { LANGUAGES_MAX = 64, LANGUAGE_SIZE = 32 };

struct languages {
	char name[LANGUAGES_MAX][LANGUAGE_SIZE];
	size_t count;
};

/*
 * "en", which is what the sources say, all of $top_srcdir/po/LINGUAS, and LANGUAGE_PSEUDO; only:
 * that one alone, or NULL. Returns whether there is any.
 */
bool
catalogue_list(const char *only, struct languages *ret_languages);

/* Sentences are in this one from now on; fails the test where it has no catalogue. */
void
catalogue_speak(const char *name);

#endif
