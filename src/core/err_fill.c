/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A sentence with what belongs into it. */
#include "core/err.h"

#include <stdio.h>
#include <string.h>

/* Appends length bytes at *used, as many as fit before the NUL. */
static void
append(char *buf, size_t size, size_t *used, const char *bytes, size_t length)
{
	size_t room = size - 1 - *used;

	if (length > room)
		length = room;
	memcpy(buf + *used, bytes, length);
	*used += length;
}

/* Length of the text without a character that was cut in half at its end. */
static size_t
whole(const char *text, size_t length)
{
	size_t start = length;
	size_t need;
	unsigned char lead;

	while (start > 0 && length - start < 3 && ((unsigned char)text[start - 1] & 0xc0) == 0x80)
		start--;
	if (start == 0)
		return length;
	lead = (unsigned char)text[start - 1];
	if (lead < 0xc0)
		return length;
	need = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
	return length - (start - 1) < need ? start - 1 : length;
}

/* A translation with other marks is text, never a format. */
static void
fill(const char *sentence, const char *mark, const char *text, char *buf, size_t size)
{
	const char *place = strstr(sentence, mark);
	size_t used = 0;

	if (size == 0)
		return;
	if (place == NULL) {
		append(buf, size, &used, sentence, strlen(sentence));
	} else {
		append(buf, size, &used, sentence, (size_t)(place - sentence));
		append(buf, size, &used, text, strlen(text));
		place += strlen(mark);
		append(buf, size, &used, place, strlen(place));
	}
	buf[whole(buf, used)] = '\0';
}

void
err_fill(const char *sentence, int64_t seconds, char *buf, size_t size)
{
	char number[24];

	(void)snprintf(number, sizeof number, "%lld", (long long)seconds);
	fill(sentence, "%lld", number, buf, size);
}

void
err_fill_text(const char *sentence, const char *text, char *buf, size_t size)
{
	fill(sentence, "%s", text, buf, size);
}
