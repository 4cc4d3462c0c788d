/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What was typed as an answer, made into what is sent: cleaned, or refused before it is sent. Pure.
 */
#ifndef CONV_TAKE_H
#define CONV_TAKE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"

enum take {
	TAKE_NAME,     /* a user name */
	TAKE_PASSWORD, /* the one in use */
	TAKE_FRESH,    /* one that is being chosen */
	TAKE_REPEAT,   /* the same again */
	TAKE_CODE,     /* six digits, of any script, blanks and dashes between them or not */
	TAKE_RECOVERY, /* a recovery code, as people write it */
	TAKE_YES,      /* yes, in English or in the person's language */
	TAKE_KEEP,     /* keep or remove, likewise */
	TAKE_TEXT,     /* any visible text */
	TAKE_COUNT
};

/* Whether nobody may see what is typed. */
bool
take_hidden(enum take take);

/* Whether a single letter can be no answer, and so can mean something else. */
bool
take_spares_letters(enum take take);

/*
 * The answer to be sent, in buf of size bytes, terminated. An empty one is refused. Errors, which
 * leave buf as it was: ERR_NAME_EMPTY, ERR_FIELD_EMPTY, _LONG, _CONTROL, _UTF8, ERR_CODE_FORMAT,
 * ERR_RECOVERY_FORMAT, ERR_PASSWORD_LONG, _CONTROL, ERR_MEMORY.
 */
MUST_CHECK enum err
take_answer(enum take take, const char *typed, char *buf, size_t size);

/* Whether the refusal is about an answer of that kind, which is to be asked for again. */
bool
take_is_about(enum take take, enum err err);

#endif
