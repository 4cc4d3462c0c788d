/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widget/draw.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "core/words.h"

enum { GROUP = 4, STEP = 30 /* seconds of a code (RFC 6238 5.2) */ };

int
draw_columns(const char *text)
{
	return (int)text_columns(text, strlen(text));
}

/* Where a line of length bytes breaks that must fit in columns: behind its last word that fits. */
static size_t
break_at(const char *text, size_t length, size_t columns)
{
	size_t fit = text_fit(text, length, columns);
	size_t at = fit;

	if (fit == length || text[fit] == ' ')
		return fit;
	while (at > 0 && text[at - 1] != ' ')
		at--;
	if (at > 0)
		return at;
	return fit > 0 ? fit : text_step(text);
}

/* The line without the blanks at its end. */
static struct draw_line
trimmed(const char *text, size_t start, size_t length)
{
	while (length > 0 && text[start + length - 1] == ' ')
		length--;
	return (struct draw_line){ start, length, text_columns(text + start, length) };
}

size_t
draw_wrap(const char *text, size_t columns, struct draw_line *lines, size_t max)
{
	size_t count = 0;
	size_t at = 0;

	while (text[at] != '\0') {
		size_t paragraph = strcspn(text + at, "\n");
		size_t length = break_at(text + at, paragraph, columns > 0 ? columns : 1);

		if (count < max)
			lines[count] = trimmed(text, at, length);
		count++;
		at += length;
		if (length < paragraph) {
			at += strspn(text + at, " ");
			if (text[at] != '\n')
				continue;
		}
		at += text[at] == '\n';
	}
	return count;
}

/* Cuts between any two characters, and marks it. */
static void
cut_hard(const char *text, size_t columns, int utf8, char *buf, size_t size)
{
	const char *mark = utf8 ? "\xe2\x80\xa6" : "...";
	size_t mark_columns = utf8 ? 1 : 3;
	size_t fit;

	if (columns < mark_columns || size <= strlen(mark)) {
		mark = "";
		mark_columns = 0;
	}
	fit = text_fit(text, strlen(text), columns - mark_columns);
	while (fit > 0 && (fit + strlen(mark) >= size || ((unsigned char)text[fit] & 0xc0) == 0x80))
		fit--;
	memcpy(buf, text, fit);
	memcpy(buf + fit, mark, strlen(mark) + 1);
}

/* Without blanks at its end, and without what stands between two parts. */
static size_t
trim(const char *text, size_t length)
{
	static const char *const between[] = { " \xc2\xb7", " >" };

	while (length > 0 && text[length - 1] == ' ')
		length--;
	for (size_t i = 0; i < sizeof between / sizeof *between; i++) {
		size_t bytes = strlen(between[i]);

		if (length > bytes && memcmp(text + length - bytes, between[i], bytes) == 0)
			return trim(text, length - bytes);
	}
	return length;
}

void
draw_cut(const char *text, size_t columns, int utf8, char *buf, size_t size)
{
	size_t length = strlen(text);

	if (size == 0)
		return;
	if (text_columns(text, length) <= columns && length < size)
		memcpy(buf, text, length + 1);
	else
		draw_cut_word(text, columns, utf8, buf, size);
}

void
draw_cut_word(const char *text, size_t columns, int utf8, char *buf, size_t size)
{
	const char *mark = utf8 ? "\xe2\x80\xa6" : "...";
	size_t length = strlen(text);
	size_t room = columns > (utf8 ? 1U : 3U) ? columns - (utf8 ? 1 : 3) : 0;

	while (length > 0 && (text_columns(text, length) > room || length + strlen(mark) >= size)) {
		while (length > 0 && text[length - 1] != ' ')
			length--;
		length = trim(text, length);
	}
	if (length == 0) /* one long word */
		cut_hard(text, columns, utf8, buf, size);
	else
		snprintf(buf, size, "%.*s%s", (int)length, text, mark);
}

void
draw_groups(const char *key, size_t per_line, char *buf, size_t size)
{
	size_t used = 0;

	for (size_t i = 0; key[i] != '\0' && used + 2 < size; i++) {
		if (i > 0 && i % GROUP == 0)
			buf[used++] = per_line > 0 && i / GROUP % per_line == 0 ? '\n' : ' ';
		buf[used++] = key[i];
	}
	if (size > 0)
		buf[used] = '\0';
}

const char *
draw_code_time(int64_t now, int64_t next_code, char *buf, size_t size)
{
	if (next_code > now)
		snprintf(buf, size, _("next code in %2d s"), (int)(next_code - now));
	else
		snprintf(buf, size, _("new code in %2d s"), STEP - (int)(now % STEP));
	return buf;
}
