/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a person must know to sign in, as a text to forward: where and how, as whom, with what
 * password and until when. One text for the command line, the screens, and plain text.
 */
#ifndef CLIENT_LETTER_H
#define CLIENT_LETTER_H

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/hello.h"
#include "core/policy.h"
#include "core/text.h"

enum { LETTER_COMMAND = 2 * PATH_MAX + 32, LETTER_SIZE = LETTER_COMMAND, LETTER_LINES = 16 };

/* How this console is reached, by others too. */
struct letter_way {
	bool known;   /* else the letter does not say it */
	bool service; /* over SSH, as the account `who`; else on the host, as that UNIX user */
	char who[256];
	char host[65];
	char command[LETTER_COMMAND]; /* that they type */
};

struct letter {
	char name[TEXT_NAME_SIZE]; /* whom it is for */
	char console[POLICY_NAME_SIZE], applications[POLICY_VALUE_SIZE];
	int64_t until; /* when the invitation expires, Unix seconds; 0: there is none */
};

/* What a line is: one to be wrapped, one to be copied as it is, or the place of the invitation,
 * which no letter holds; without one, a gap. */
enum letter_kind { LETTER_PROSE, LETTER_LITERAL, LETTER_INVITATION };

struct letter_line {
	enum letter_kind kind;
	char text[LETTER_SIZE]; /* translated, fit to be shown */
};

/* Looks for accounts and files: before the walls go up. way: what led to this console. */
void
letter_way_find(const struct hello_way *way, struct letter_way *ret_way);

void
letter_fill(struct letter *letter, const char *name, const char *console, const char *applications);

/* Its line of that number, from 0 on. Returns whether there is one. */
bool
letter_line(const struct letter *letter, const struct letter_way *way, size_t number,
    struct letter_line *ret_line);

#endif
