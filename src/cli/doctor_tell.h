/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The findings of `provconsole doctor`: what a check found, in words. */
#ifndef CLI_DOCTOR_TELL_H
#define CLI_DOCTOR_TELL_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "client/place.h"

enum doctor_result { DOCTOR_OK, DOCTOR_NOTE, DOCTOR_WRONG };

enum { DOCTOR_DETAIL_SIZE = 512, DOCTOR_ADVICE_SIZE = 256, DOCTOR_FINDINGS_MAX = 48 };

struct doctor_finding {
	const char *check; /* one word, never translated */
	enum doctor_result result;
	char detail[DOCTOR_DETAIL_SIZE]; /* sentences, translated; names in it are raw */
	char advice[DOCTOR_ADVICE_SIZE]; /* what to do, translated; "" where there is nothing */
};

struct doctor {
	struct place place; /* where the keeper is; not opened */
	const char *state;  /* the directory with the database, or NULL: not known */
	bool system;	    /* of the host's service */
	bool there;	    /* the state directory was opened, and is one */
	struct doctor_finding finding[DOCTOR_FINDINGS_MAX];
	size_t count;
};

/* The next finding. advice is a message id, or ""; `format` is translated already. */
void
doctor_tell(struct doctor *doctor, const char *check, enum doctor_result result, const char *advice,
    const char *format, ...) __attribute__((format(printf, 5, 6)));

/* A finding DOCTOR_WRONG from sentences that are translated already: the first is the detail, the
 * rest the advice. */
void
doctor_tell_sentences(struct doctor *doctor, const char *check, const char *sentences);

/* ... from an error's. */
void
doctor_tell_err(struct doctor *doctor, const char *check, enum err err);

#endif
