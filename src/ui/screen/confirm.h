/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The dialog that asks for a proof: the question, a fresh code (without 2FA the password), the verb
 * and Cancel; and something else to type, where the question wants it. The proof goes into the very
 * request that it authorises (DESIGN 3). It closes when the request is done or refused for another
 * reason than the proof, and then hands the answer to the screen below.
 */
#ifndef UI_SCREEN_CONFIRM_H
#define UI_SCREEN_CONFIRM_H

#include "ui/stack/ui.h"

enum { CONFIRM_QUESTION_SIZE = 4096, CONFIRM_BRIEF_SIZE = 256 };

/* What can be typed as a proof. */
enum proof_kind { PROOF_CODE, PROOF_RECOVERY, PROOF_PASSWORD };

struct confirm {
	char question[CONFIRM_QUESTION_SIZE]; /* translated, fit to be shown */
	char brief[CONFIRM_BRIEF_SIZE]; /* stands for it where it has no room; "": nothing does */
	const char *verb;		/* message id of the button */
	bool by_code;			/* the asker has 2FA */
	bool proven;			/* no proof is asked for: administering stands open */
	bool without;			/* who has no 2FA can be listed from there */
	const char *typed; /* message id: label of what is typed besides; NULL: nothing is */
	enum err missing;  /* what is wrong where nothing was */
	/* Puts it into the request, or says what is wrong with it. */
	enum err (*take)(struct wire_request *request, const char *typed);
	int64_t next_code; /* Unix seconds of the next unspent code; 0: the present one is */
	struct wire_request request; /* all but its proof */
};

/* Opens the dialog; what it is given is copied, and the request wiped. */
void
confirm_open(struct ui *ui, struct confirm *confirm);

/* Puts what was typed into a request's proof, as the kind says. */
void
confirm_fill_proof(struct wire_proof *proof, enum proof_kind kind, const char *text);

/* Whether an error is about a proof: the one who typed it tries again. */
bool
confirm_is_about_proof(enum err err);

#endif
