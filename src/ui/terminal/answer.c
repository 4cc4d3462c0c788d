/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/terminal/answer.h"

#include <string.h>

#include "core/secret.h"

enum { ESC = 0x1b, CPR_NUMBERS = 2 };

void
answer_reset(struct answer *answer)
{
	secret_wipe(answer, sizeof *answer);
}

/* Numbers in hexadecimal, and what is between them. */
static bool
is_colour(const unsigned char *text, size_t length)
{
	static const char of[] = "0123456789abcdefABCDEF/";

	while (length > 0 && memchr(of, text[length - 1], sizeof of - 1) != NULL)
		length--;
	return length == 0;
}

/* Whether a string is, or may become, the answer of a colour: 4;16;rgb:, 10;rgb:, 11;rgba: and
 * more. whole: its colour has begun. */
static bool
may_be_colour(const struct sequence *sequence, bool whole)
{
	static const char *const forms[] = { "rgb:", "rgba:" };
	size_t at = 0, of, length = sequence->text_length;
	const unsigned char *text = sequence->text;

	if (sequence->mark != ']' || length > SEQUENCE_TEXT)
		return false;
	if (length == 0)
		return !whole;
	if (*text != '4' && *text != '1')
		return false;
	while (at < length && ((text[at] >= '0' && text[at] <= '9') || text[at] == ';'))
		at++;
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		for (of = 0; at + of < length && forms[i][of] == text[at + of]; of++)
			;
		if (forms[i][of] == '\0')
			return is_colour(text + at + of, length - at - of);
		if (!whole && at + of == length)
			return true;
	}
	return false;
}

/* Whether what has come may go on as one of the three. */
static bool
may_be(const struct sequence *sequence)
{
	switch (sequence->state) {
	case SEQUENCE_AT_ESCAPE:
	case SEQUENCE_AT_CSI_FIRST:
	case SEQUENCE_AT_CSI_ONE:
		return true;
	case SEQUENCE_AT_CSI:
		return sequence->between == 0 && sequence->sub == 0 &&
		    (sequence->mark == '?' ||
			(sequence->mark == 0 && sequence->count <= CPR_NUMBERS));
	case SEQUENCE_AT_STRING:
		return may_be_colour(sequence, false);
	case SEQUENCE_AT_STRING_ESCAPE:
		return may_be_colour(sequence, true);
	case SEQUENCE_AT_GROUND:
	case SEQUENCE_AT_ESCAPE_MORE:
	case SEQUENCE_AT_SS3:
	case SEQUENCE_AT_LINUX:
	case SEQUENCE_AT_MOUSE:
	case SEQUENCE_STATES:
		break;
	}
	return false;
}

static bool
is_one(const struct sequence *sequence)
{
	if (sequence->kind == SEQUENCE_STRING)
		return may_be_colour(sequence, true);
	if (sequence->kind != SEQUENCE_CSI || sequence->between != 0)
		return false;
	return sequence->mark == '?'
	    ? sequence->final == 'c'
	    : sequence->mark == 0 && sequence->final == 'R' && sequence->count == CPR_NUMBERS;
}

void
answer_begin(struct answer *answer, const struct sequence *begun)
{
	answer_reset(answer);
	if (!may_be(begun))
		return;
	answer->sequence = *begun;
	answer->sequence.escapes = 1; /* of two the first was a key for certain */
}

enum answer_found
answer_feed(struct answer *answer, unsigned char byte)
{
	enum sequence_found found;
	bool ends = answer->sequence.state == SEQUENCE_AT_STRING &&
	    may_be_colour(&answer->sequence, true);

	if (answer->sequence.state == SEQUENCE_AT_GROUND || (byte == ESC && !ends))
		return ANSWER_NONE;
	if (byte == ESC) /* of ST: nobody has typed what was held */
		answer->count = 0;
	found = sequence_feed(&answer->sequence, byte);
	if (found == SEQUENCE_WHOLE && is_one(&answer->sequence))
		return ANSWER_WHOLE;
	if (found != SEQUENCE_MORE || !may_be(&answer->sequence) || answer->count == ANSWER_HELD)
		return ANSWER_NONE;
	if (byte != ESC)
		answer->held[answer->count++] = byte;
	return ANSWER_MORE;
}
