/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Our lines in a file of PAM, and how they go again. Pure but for the last. */
#ifndef SETUP_MARK_H
#define SETUP_MARK_H

#include <stdbool.h>

/* The text with a line of ours behind the last one of each type (auth, account, session) that is
 * wanted, to be freed; NULL without memory. What comes before the first such line stays first. */
char *
mark_insert(const char *text, const char *const *types);

/* The text without our lines, to be freed; NULL without memory. */
char *
mark_strip(const char *text);

/* Whether an own line of the module is in it, of whoever. */
bool
mark_has_module(const char *text);

/* How the module stands in a service's file. */
enum mark_look {
	MARK_NONE,  /* it does not ask */
	MARK_GOOD,  /* what it says decides */
	MARK_WEAK,  /* a control word by which a wrong code is no refusal */
	MARK_EARLY, /* an earlier line ends the asking with success (pam.conf(5), sufficient) */
};

enum mark_look
mark_look(const char *text);

/* Takes our lines out of the file; what is not there needs nothing. */
bool
mark_remove(const char *path);

#endif
