/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/terminal/sequence.h"

#include "core/secret.h"

enum { NUMBER_MOST = 10000000, MOUSE_CHARACTERS = 3 };

enum action {
	PLAIN,	 /* of no sequence */
	DROP,	 /* the sequence ends here and was nothing */
	START,	 /* ESC: a new one, whatever was open */
	AGAIN,	 /* a second ESC */
	TAKE,	 /* goes on */
	KEEP,	 /* goes on, and is of the string */
	OPEN,	 /* a string */
	MARK,	 /* a private parameter string (ECMA-48, 5.4.1) */
	DIGIT,	 /* of a number */
	NEXT,	 /* number */
	SUB,	 /* number of a number */
	BETWEEN, /* an intermediate byte */
	MOUSE,	 /* the three characters begin */
	POINT,	 /* one of them, or a half */
	RESTART, /* the ESC before was no ST's, but a new sequence's */
	WHOLE
};

struct rule {
	enum sequence_state state;
	unsigned char first, last;
	enum action action;
	enum sequence_state next;
};

/*
 * The first rule that fits holds. A control character ends a sequence and is a key, since whoever
 * presses one waits for what it does; but a string may hold some (ECMA-48, 5.6), and there ^C alone
 * is a key, so that nothing takes away the way out.
 */
static const struct rule rules[] = {
	{ SEQUENCE_AT_GROUND, 0x1b, 0x1b, START, SEQUENCE_AT_ESCAPE },
	{ SEQUENCE_AT_GROUND, 0x00, 0xff, PLAIN, SEQUENCE_AT_GROUND },

	{ SEQUENCE_AT_ESCAPE, 0x1b, 0x1b, AGAIN, SEQUENCE_AT_ESCAPE },
	{ SEQUENCE_AT_ESCAPE, '[', '[', TAKE, SEQUENCE_AT_CSI_FIRST },
	{ SEQUENCE_AT_ESCAPE, 'O', 'O', TAKE, SEQUENCE_AT_SS3 },
	{ SEQUENCE_AT_ESCAPE, 'P', 'P', OPEN, SEQUENCE_AT_STRING },
	{ SEQUENCE_AT_ESCAPE, 'X', 'X', OPEN, SEQUENCE_AT_STRING },
	{ SEQUENCE_AT_ESCAPE, ']', '_', OPEN, SEQUENCE_AT_STRING },
	{ SEQUENCE_AT_ESCAPE, 0x20, 0x2f, BETWEEN, SEQUENCE_AT_ESCAPE_MORE },
	{ SEQUENCE_AT_ESCAPE, 0x00, 0xff, WHOLE, SEQUENCE_AT_GROUND },

	{ SEQUENCE_AT_ESCAPE_MORE, 0x1b, 0x1b, START, SEQUENCE_AT_ESCAPE },
	{ SEQUENCE_AT_ESCAPE_MORE, 0x20, 0x2f, BETWEEN, SEQUENCE_AT_ESCAPE_MORE },
	{ SEQUENCE_AT_ESCAPE_MORE, 0x30, 0x7e, WHOLE, SEQUENCE_AT_GROUND },
	{ SEQUENCE_AT_ESCAPE_MORE, 0x00, 0xff, PLAIN, SEQUENCE_AT_GROUND },

	{ SEQUENCE_AT_CSI_FIRST, 0x1b, 0x1b, START, SEQUENCE_AT_ESCAPE },
	{ SEQUENCE_AT_CSI_FIRST, '0', '9', DIGIT, SEQUENCE_AT_CSI_ONE },
	{ SEQUENCE_AT_CSI_FIRST, ':', ':', SUB, SEQUENCE_AT_CSI },
	{ SEQUENCE_AT_CSI_FIRST, ';', ';', NEXT, SEQUENCE_AT_CSI },
	{ SEQUENCE_AT_CSI_FIRST, '<', '?', MARK, SEQUENCE_AT_CSI },
	{ SEQUENCE_AT_CSI_FIRST, 0x20, 0x2f, BETWEEN, SEQUENCE_AT_CSI },
	{ SEQUENCE_AT_CSI_FIRST, '[', '[', TAKE, SEQUENCE_AT_LINUX },
	{ SEQUENCE_AT_CSI_FIRST, 'M', 'M', MOUSE, SEQUENCE_AT_MOUSE },
	{ SEQUENCE_AT_CSI_FIRST, 0x40, 0x7e, WHOLE, SEQUENCE_AT_GROUND },
	{ SEQUENCE_AT_CSI_FIRST, 0x00, 0xff, PLAIN, SEQUENCE_AT_GROUND },

	/* rxvt's Shift; ';' tells the answer to DECRQM, which goes on after its '$'. */
	{ SEQUENCE_AT_CSI_ONE, '$', '$', WHOLE, SEQUENCE_AT_GROUND },
	{ SEQUENCE_AT_CSI_ONE, 0x1b, 0x1b, START, SEQUENCE_AT_ESCAPE },
	{ SEQUENCE_AT_CSI_ONE, '0', '9', DIGIT, SEQUENCE_AT_CSI_ONE },
	{ SEQUENCE_AT_CSI_ONE, ':', ':', SUB, SEQUENCE_AT_CSI },
	{ SEQUENCE_AT_CSI_ONE, ';', ';', NEXT, SEQUENCE_AT_CSI },
	{ SEQUENCE_AT_CSI_ONE, '<', '?', MARK, SEQUENCE_AT_CSI },
	{ SEQUENCE_AT_CSI_ONE, 0x20, 0x2f, BETWEEN, SEQUENCE_AT_CSI },
	{ SEQUENCE_AT_CSI_ONE, 0x40, 0x7e, WHOLE, SEQUENCE_AT_GROUND },
	{ SEQUENCE_AT_CSI_ONE, 0x00, 0xff, PLAIN, SEQUENCE_AT_GROUND },

	{ SEQUENCE_AT_CSI, 0x1b, 0x1b, START, SEQUENCE_AT_ESCAPE },
	{ SEQUENCE_AT_CSI, '0', '9', DIGIT, SEQUENCE_AT_CSI },
	{ SEQUENCE_AT_CSI, ':', ':', SUB, SEQUENCE_AT_CSI },
	{ SEQUENCE_AT_CSI, ';', ';', NEXT, SEQUENCE_AT_CSI },
	{ SEQUENCE_AT_CSI, '<', '?', MARK, SEQUENCE_AT_CSI },
	{ SEQUENCE_AT_CSI, 0x20, 0x2f, BETWEEN, SEQUENCE_AT_CSI },
	{ SEQUENCE_AT_CSI, 0x40, 0x7e, WHOLE, SEQUENCE_AT_GROUND },
	{ SEQUENCE_AT_CSI, 0x00, 0xff, PLAIN, SEQUENCE_AT_GROUND },

	{ SEQUENCE_AT_SS3, 0x1b, 0x1b, START, SEQUENCE_AT_ESCAPE },
	{ SEQUENCE_AT_SS3, '0', '9', DIGIT, SEQUENCE_AT_SS3 },
	{ SEQUENCE_AT_SS3, ';', ';', NEXT, SEQUENCE_AT_SS3 },
	{ SEQUENCE_AT_SS3, ' ', ' ', WHOLE, SEQUENCE_AT_GROUND },
	{ SEQUENCE_AT_SS3, 0x40, 0x7e, WHOLE, SEQUENCE_AT_GROUND },
	{ SEQUENCE_AT_SS3, 0x00, 0xff, PLAIN, SEQUENCE_AT_GROUND },

	{ SEQUENCE_AT_LINUX, 0x1b, 0x1b, START, SEQUENCE_AT_ESCAPE },
	{ SEQUENCE_AT_LINUX, 0x20, 0x7e, WHOLE, SEQUENCE_AT_GROUND },
	{ SEQUENCE_AT_LINUX, 0x00, 0xff, PLAIN, SEQUENCE_AT_GROUND },

	/* Numbers from 32 on: an ESC is none of them, but what ends a paste may begin with it. */
	{ SEQUENCE_AT_MOUSE, 0x1b, 0x1b, START, SEQUENCE_AT_ESCAPE },
	{ SEQUENCE_AT_MOUSE, 0x20, 0xff, POINT, SEQUENCE_AT_MOUSE },
	{ SEQUENCE_AT_MOUSE, 0x00, 0xff, PLAIN, SEQUENCE_AT_GROUND },

	{ SEQUENCE_AT_STRING, 0x03, 0x03, PLAIN, SEQUENCE_AT_GROUND },
	{ SEQUENCE_AT_STRING, 0x07, 0x07, WHOLE, SEQUENCE_AT_GROUND },
	{ SEQUENCE_AT_STRING, 0x08, 0x0d, KEEP, SEQUENCE_AT_STRING },
	{ SEQUENCE_AT_STRING, 0x1b, 0x1b, TAKE, SEQUENCE_AT_STRING_ESCAPE },
	{ SEQUENCE_AT_STRING, 0x20, 0xff, KEEP, SEQUENCE_AT_STRING },
	{ SEQUENCE_AT_STRING, 0x00, 0xff, DROP, SEQUENCE_AT_GROUND },

	{ SEQUENCE_AT_STRING_ESCAPE, '\\', '\\', WHOLE, SEQUENCE_AT_GROUND },
	{ SEQUENCE_AT_STRING_ESCAPE, 0x00, 0xff, RESTART, SEQUENCE_AT_ESCAPE },
};

static const enum sequence_kind kinds[SEQUENCE_STATES] = { [SEQUENCE_AT_ESCAPE] = SEQUENCE_ESCAPE,
	[SEQUENCE_AT_ESCAPE_MORE] = SEQUENCE_ESCAPE,
	[SEQUENCE_AT_CSI_FIRST] = SEQUENCE_CSI,
	[SEQUENCE_AT_CSI_ONE] = SEQUENCE_CSI,
	[SEQUENCE_AT_CSI] = SEQUENCE_CSI,
	[SEQUENCE_AT_SS3] = SEQUENCE_SS3,
	[SEQUENCE_AT_LINUX] = SEQUENCE_LINUX,
	[SEQUENCE_AT_MOUSE] = SEQUENCE_MOUSE,
	[SEQUENCE_AT_STRING] = SEQUENCE_STRING,
	[SEQUENCE_AT_STRING_ESCAPE] = SEQUENCE_STRING };

void
sequence_reset(struct sequence *sequence)
{
	bool no_mouse = sequence->no_mouse;

	secret_wipe(sequence, sizeof *sequence);
	sequence->no_mouse = no_mouse;
}

unsigned
sequence_number(const struct sequence *sequence, size_t index, unsigned missing)
{
	unsigned number = index < sequence->count ? sequence->number[index][0] : 0;

	return number != 0 ? number : missing;
}

static const struct rule *
find(enum sequence_state state, unsigned char byte)
{
	const struct rule *rule = rules;

	while (rule->state != state || byte < rule->first || byte > rule->last)
		rule++; /* each state's last rule takes every byte */
	return rule;
}

static void
keep(struct sequence *sequence, unsigned char byte)
{
	if (sequence->length < SEQUENCE_RAW)
		sequence->raw[sequence->length] = byte;
	if (sequence->length <= SEQUENCE_RAW)
		sequence->length++;
}

static void
keep_text(struct sequence *sequence, unsigned char byte)
{
	if (sequence->text_length < SEQUENCE_TEXT)
		sequence->text[sequence->text_length] = byte;
	if (sequence->text_length <= SEQUENCE_TEXT)
		sequence->text_length++;
}

/* The number that is being read; NULL if there are more than anybody asked for. */
static unsigned *
number_now(struct sequence *sequence)
{
	if (sequence->count == 0)
		sequence->count = 1;
	if (sequence->count > SEQUENCE_NUMBERS || sequence->sub >= SEQUENCE_SUBS)
		return NULL;
	return &sequence->number[sequence->count - 1][sequence->sub];
}

static void
digit(struct sequence *sequence, unsigned char byte)
{
	unsigned *number = number_now(sequence);

	if (number != NULL && *number < NUMBER_MOST)
		*number = *number * 10 + (unsigned)(byte - '0');
}

static void
next_number(struct sequence *sequence)
{
	(void)number_now(sequence);
	if (sequence->count <= SEQUENCE_NUMBERS)
		sequence->count++;
	sequence->sub = 0;
}

static void
next_sub(struct sequence *sequence)
{
	(void)number_now(sequence);
	if (sequence->sub < SEQUENCE_SUBS)
		sequence->sub++;
}

static enum sequence_found
whole(struct sequence *sequence, enum sequence_state state, unsigned char byte)
{
	sequence->kind = kinds[state];
	sequence->final = byte;
	sequence->state = SEQUENCE_AT_GROUND;
	if (sequence->count > SEQUENCE_NUMBERS)
		sequence->count = SEQUENCE_NUMBERS;
	return SEQUENCE_WHOLE;
}

static enum sequence_found
dropped(struct sequence *sequence, enum sequence_found found)
{
	sequence_reset(sequence);
	return found;
}

static enum sequence_found
started(struct sequence *sequence)
{
	sequence_reset(sequence);
	sequence->state = SEQUENCE_AT_ESCAPE;
	sequence->escapes = 1;
	keep(sequence, 0x1b);
	return SEQUENCE_MORE;
}

/* ESC ESC: Alt and a key that begins with ESC, as rxvt and PuTTY send it, or the key Esc before
 * something else. Of three the first is the key. */
static enum sequence_found
again(struct sequence *sequence)
{
	if (sequence->escapes == 2)
		return SEQUENCE_LONE_ESC;
	sequence->escapes = 2;
	keep(sequence, 0x1b);
	return SEQUENCE_MORE;
}

/* There is no Alt and a string: the first of two ESC was the key. */
static enum sequence_found
opened(struct sequence *sequence, unsigned char byte)
{
	bool lone = sequence->escapes == 2;

	sequence->escapes = 1;
	sequence->mark = byte;
	return lone ? SEQUENCE_LONE_ESC : SEQUENCE_MORE;
}

static enum sequence_found
mouse(struct sequence *sequence, unsigned char byte)
{
	if (sequence->no_mouse)
		return whole(sequence, SEQUENCE_AT_CSI_FIRST, byte);
	sequence->left = MOUSE_CHARACTERS;
	return SEQUENCE_MORE;
}

/*
 * One byte a character, or in mode 1005 (xterm's ctlseqs) one or two, as UTF-8 has it. Which of
 * both it is nobody says: two bytes that may be one character are taken as one.
 */
static enum sequence_found
point(struct sequence *sequence, unsigned char byte)
{
	bool second = sequence->lead && byte >= 0x80 && byte <= 0xbf;

	if (!second && sequence->left == 0)
		return dropped(sequence, SEQUENCE_PLAIN);
	if (!second)
		sequence->left--;
	sequence->lead = !second && byte >= 0xc2 && byte <= 0xdf;
	if (sequence->left == 0 && !sequence->lead)
		return whole(sequence, SEQUENCE_AT_MOUSE, byte);
	return SEQUENCE_MORE;
}

static enum sequence_found
act(struct sequence *sequence, const struct rule *rule, unsigned char byte)
{
	switch (rule->action) {
	case PLAIN:
		return dropped(sequence, SEQUENCE_PLAIN);
	case DROP:
		return dropped(sequence, SEQUENCE_MORE);
	case START:
		return started(sequence);
	case AGAIN:
		return again(sequence);
	case TAKE:
		break;
	case KEEP:
		keep_text(sequence, byte);
		break;
	case OPEN:
		return opened(sequence, byte);
	case MARK:
		sequence->mark = byte;
		break;
	case DIGIT:
		digit(sequence, byte);
		break;
	case NEXT:
		next_number(sequence);
		break;
	case SUB:
		next_sub(sequence);
		break;
	case BETWEEN:
		sequence->between = byte;
		break;
	case MOUSE:
		return mouse(sequence, byte);
	case POINT:
		return point(sequence, byte);
	case RESTART:
		started(sequence);
		return sequence_feed(sequence, byte);
	case WHOLE:
		return whole(sequence, rule->state, byte);
	}
	return SEQUENCE_MORE;
}

enum sequence_found
sequence_feed(struct sequence *sequence, unsigned char byte)
{
	const struct rule *rule = find(sequence->state, byte);

	if (rule->action == PLAIN && rule->state == SEQUENCE_AT_GROUND)
		return SEQUENCE_PLAIN;
	if (rule->action != START && rule->action != AGAIN && rule->action != RESTART) {
		sequence->state = rule->next;
		if (rule->state < SEQUENCE_AT_STRING)
			keep(sequence, byte);
	}
	return act(sequence, rule, byte);
}
