/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which language gettext() speaks: what the terminal says (locale(7): LC_MESSAGES, LANGUAGE), until
 * it is known who sits there and what they chose. It needs no locale of that language on the host,
 * but C.UTF-8 where the terminal names none: gettext() looks at LANGUAGE in every locale but C.
 */
#ifndef CLIENT_LANGUAGE_H
#define CLIENT_LANGUAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/account.h"

enum { LANGUAGE_MOST = 32, LANGUAGE_OWN_SIZE = 256 };

struct language {
	char spoken[ACCOUNT_LANGUAGE_SIZE]; /* "": as the terminal says */
	bool named;			    /* the terminal says something by LANGUAGE: own */
	char own[LANGUAGE_OWN_SIZE];
	bool untranslated; /* its locale is C */
};

struct language_name {
	char tag[ACCOUNT_LANGUAGE_SIZE];
	const char *name; /* in that language; static */
};

/*
 * Forgets a LANGUAGE that names a path: gettext() would load a catalogue from there, and its texts
 * are formats of printf(3). (It does so by itself for programs with more rights than their caller.)
 * Before the first gettext().
 */
void
language_guard(void);

/* Remembers what the terminal says: after setlocale() and textdomain(). */
void
language_open(struct language *language);

/*
 * Opens the catalogues of all languages, so that speaking one later opens no file (confine/): it
 * goes on as before.
 */
void
language_load(void);

/* Speaks that language from now on; what is not installed here is as "": what the terminal says. */
void
language_speak(struct language *language, const char *tag);

/* The languages that are installed here, English first. Returns how many. */
size_t
language_list(struct language *language, struct language_name names[LANGUAGE_MOST]);

#endif
