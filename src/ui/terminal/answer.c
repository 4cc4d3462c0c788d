/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/terminal/answer.h"

#include "core/secret.h"

enum { ESC = 0x1b, CPR_NUMBERS = 2 };

void
answer_reset(struct answer *answer)
{
	secret_wipe(answer, sizeof *answer);
}

/* Whether what has come may go on as one of the two. */
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
	case SEQUENCE_AT_GROUND:
	case SEQUENCE_AT_ESCAPE_MORE:
	case SEQUENCE_AT_SS3:
	case SEQUENCE_AT_LINUX:
	case SEQUENCE_AT_MOUSE:
	case SEQUENCE_AT_STRING:
	case SEQUENCE_AT_STRING_ESCAPE:
	case SEQUENCE_STATES:
		break;
	}
	return false;
}

static bool
is_one(const struct sequence *sequence)
{
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

	if (answer->sequence.state == SEQUENCE_AT_GROUND || byte == ESC)
		return ANSWER_NONE;
	found = sequence_feed(&answer->sequence, byte);
	if (found == SEQUENCE_WHOLE && is_one(&answer->sequence))
		return ANSWER_WHOLE;
	if (found != SEQUENCE_MORE || !may_be(&answer->sequence) || answer->count == ANSWER_HELD)
		return ANSWER_NONE;
	answer->held[answer->count++] = byte;
	return ANSWER_MORE;
}
