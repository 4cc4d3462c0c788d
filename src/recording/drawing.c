/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recording/drawing.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ESC = 0x1b, BEL = 0x07, CAN = 0x18, SUB = 0x1a, DEL = 0x7f, NUMBER_MOST = 9999 };

/* Controls that move or choose a character set: BS HT LF VT FF CR SO SI. */
static const char controls[] = "\b\t\n\v\f\r\016\017";

/* ESC and one character: save, restore, index, next line, set a tab, reverse index. */
static const char escapes[] = "78DEHM";

/* Where a set goes, and which: ASCII, British, lines. */
static const char set_places[] = "()*+", sets[] = "AB0";

/* CSI ... without any mark: insert, cursor, erase, tabs, delete, scroll, repeat, modes, colours,
 * margins, save and restore. */
static const char finals[] = "@ABCDEFGHIJKLMPSXZ`abdefgmrsu";

/* CSI ? ... h or l: reversed screen, origin, wrap, the cursor's blinking and whether it shows. */
static const unsigned modes[] = { 5, 6, 7, 12, 25 };

/* The other screen: what it showed is gone. */
static const unsigned screens[] = { 47, 1047, 1049 };
static const char cleared[] = "\033[2J\033[H";

struct output {
	char *bytes;
	size_t size;
};

static void
put(struct output *out, const char *bytes, size_t size)
{
	memcpy(out->bytes + out->size, bytes, size);
	out->size += size;
}

static bool
is_of(const char *set, char byte)
{
	return byte != '\0' && strchr(set, byte) != NULL;
}

/* --- CSI ----------------------------------------------------------------------------------- */

static bool
has(const unsigned *list, size_t count, unsigned long mode)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == mode)
			return true;
	return false;
}

/* Each mode for itself: one that is not passed does not take the others with it. */
static void
pass_modes(const char *numbers, char final, struct output *out)
{
	char *end, one[32];

	for (;; numbers = end + 1) {
		unsigned long mode = strtoul(numbers, &end, 10);

		if (has(screens, sizeof screens / sizeof *screens, mode))
			put(out, cleared, sizeof cleared - 1);
		else if (has(modes, sizeof modes / sizeof *modes, mode))
			put(out, one,
			    (size_t)snprintf(one, sizeof one, "\033[?%lu%c", mode, final));
		if (*end != ';')
			return;
	}
}

/* Numbers, and none that makes a terminal work for minutes. */
static bool
is_modest(const char *numbers)
{
	unsigned long number = 0;

	for (; *numbers != '\0'; numbers++) {
		if (*numbers == ';' || *numbers == ':')
			number = 0;
		else if (*numbers < '0' || *numbers > '9')
			return false;
		else
			number = number * 10 + (unsigned long)(*numbers - '0');
		if (number > NUMBER_MOST)
			return false;
	}
	return true;
}

/* Whole, with its final byte, in held; numbers are what stands between. */
static void
pass_control(const struct drawing *drawing, char final, struct output *out)
{
	char numbers[DRAWING_SEQUENCE_MAX];
	size_t size = drawing->held_size - 3; /* without ESC [ and the final byte */

	memcpy(numbers, drawing->held + 2, size);
	numbers[size] = '\0';
	if (strcmp(numbers, "!") == 0 && final == 'p') /* a soft reset */
		put(out, drawing->held, drawing->held_size);
	else if (numbers[0] == '?' && is_modest(numbers + 1) && (final == 'h' || final == 'l'))
		pass_modes(numbers + 1, final, out);
	else if (numbers[0] == '?' && is_modest(numbers + 1) && is_of("JK", final))
		put(out, drawing->held, drawing->held_size);
	else if (is_modest(numbers) && is_of(finals, final))
		put(out, drawing->held, drawing->held_size);
	else if (strcmp(numbers, "4") == 0 && (final == 'h' || final == 'l')) /* insert mode */
		put(out, drawing->held, drawing->held_size);
}

/* --- byte by byte --------------------------------------------------------------------------- */

static void
hold(struct drawing *drawing, char byte)
{
	if (drawing->held_size < sizeof drawing->held)
		drawing->held[drawing->held_size++] = byte;
}

static void
begin(struct drawing *drawing)
{
	drawing->state = DRAWING_ESCAPE;
	drawing->held[0] = ESC;
	drawing->held_size = 1;
}

static void
take_escape(struct drawing *drawing, char byte, struct output *out)
{
	hold(drawing, byte);
	drawing->state = DRAWING_TEXT;
	if (byte == '[')
		drawing->state = DRAWING_CONTROL;
	else if (is_of("]P_^X", byte)) /* OSC DCS APC PM SOS */
		drawing->state = DRAWING_STRING;
	else if (byte >= 0x20 && byte <= 0x2f)
		drawing->state = DRAWING_CHARSET;
	else if (byte == 'c') /* a full reset does more than draw */
		put(out, cleared, sizeof cleared - 1);
	else if (is_of(escapes, byte))
		put(out, drawing->held, drawing->held_size);
}

static void
take_charset(struct drawing *drawing, char byte, struct output *out)
{
	hold(drawing, byte);
	if (byte >= 0x20 && byte <= 0x2f)
		return;
	drawing->state = DRAWING_TEXT;
	if (drawing->held_size == 3 &&
	    ((is_of(set_places, drawing->held[1]) && is_of(sets, byte)) ||
		(drawing->held[1] == '#' && is_of("34568", byte))))
		put(out, drawing->held, drawing->held_size);
}

/* A sequence that has no room is none of those that draw. */
static void
take_control(struct drawing *drawing, char byte, struct output *out)
{
	bool whole = drawing->held_size < sizeof drawing->held;

	hold(drawing, byte);
	if (byte >= 0x20 && byte <= 0x3f)
		return;
	drawing->state = DRAWING_TEXT;
	if (whole && byte >= 0x40 && byte <= 0x7e)
		pass_control(drawing, byte, out);
}

static void
take_string(struct drawing *drawing, char byte)
{
	if (drawing->state == DRAWING_STRING_ESCAPE) {
		if (byte == '\\')
			drawing->state = DRAWING_TEXT;
		else if (byte != ESC)
			drawing->state = DRAWING_STRING;
	} else if (byte == ESC) {
		drawing->state = DRAWING_STRING_ESCAPE;
	} else if (byte == BEL && drawing->held[1] == ']') {
		drawing->state = DRAWING_TEXT;
	}
}

/* Controls work within a sequence too (ECMA-48; CAN and SUB end it). */
static void
take(struct drawing *drawing, char byte, struct output *out)
{
	bool string = drawing->state == DRAWING_STRING || drawing->state == DRAWING_STRING_ESCAPE;

	if (byte == CAN || byte == SUB)
		drawing->state = DRAWING_TEXT;
	else if (string)
		take_string(drawing, byte);
	else if (byte == ESC)
		begin(drawing);
	else if ((unsigned char)byte < 0x20 || byte == DEL) {
		if (is_of(controls, byte))
			put(out, &byte, 1);
	} else if (drawing->state == DRAWING_ESCAPE)
		take_escape(drawing, byte, out);
	else if (drawing->state == DRAWING_CHARSET)
		take_charset(drawing, byte, out);
	else if (drawing->state == DRAWING_CONTROL)
		take_control(drawing, byte, out);
	else
		put(out, &byte, 1);
}

/* U+0080 to U+009F are ESC and a letter to some terminals: dropped. */
static bool
is_c1(const char *bytes, size_t left)
{
	return left >= 2 && (unsigned char)bytes[0] == 0xc2 && (unsigned char)bytes[1] < 0xa0;
}

size_t
drawing_pass(struct drawing *drawing, const char *bytes, size_t size, char *out)
{
	struct output output = { out, 0 };

	for (size_t i = 0; i < size; i++) {
		if (is_c1(bytes + i, size - i))
			i++;
		else
			take(drawing, bytes[i], &output);
	}
	return output.size;
}
