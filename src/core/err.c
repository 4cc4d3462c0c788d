/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/err.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>

static const char *const sentences[ERR_COUNT] = {
#define ERR_SENTENCE(name, sentence) [ERR_##name] = sentence,
	ERR_LIST(ERR_SENTENCE)
#undef ERR_SENTENCE
};

static const struct {
	int number;
	enum err err;
} numbers[] = {
	{ ENOMEM, ERR_MEMORY },
	{ EMFILE, ERR_FILES },
	{ ENFILE, ERR_FILES },
	{ ENOSPC, ERR_STORE_FULL },
	{ EDQUOT, ERR_STORE_FULL },
	{ EROFS, ERR_STORE_READONLY },
	{ EIO, ERR_STORE_IO },
	{ ELOOP, ERR_STATE_SYMLINK },
	{ ENOENT, ERR_STATE_PATH },
	{ ENOTDIR, ERR_STATE_PATH },
	{ EACCES, ERR_STATE_PATH },
	{ ENAMETOOLONG, ERR_STATE_PATH },
};

const char *
err_sentence(enum err err)
{
	if ((unsigned)err >= ERR_COUNT)
		return sentences[ERR_FAILED];
	return sentences[err];
}

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

/* Bytes to keep of text that was cut after length bytes: no half of a character. */
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

void
err_fill(const char *sentence, int64_t seconds, char *buf, size_t size)
{
	static const char mark[] = "%lld";
	const char *place = strstr(sentence, mark);
	char number[24];
	size_t used = 0;

	if (size == 0)
		return;
	if (place == NULL) {
		append(buf, size, &used, sentence, strlen(sentence));
	} else {
		int digits = snprintf(number, sizeof number, "%lld", (long long)seconds);

		append(buf, size, &used, sentence, (size_t)(place - sentence));
		append(buf, size, &used, number, digits > 0 ? (size_t)digits : 0);
		place += sizeof mark - 1;
		append(buf, size, &used, place, strlen(place));
	}
	buf[whole(buf, used)] = '\0';
}

enum err
err_from_errno(int number)
{
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		if (numbers[i].number == number)
			return numbers[i].err;
	return ERR_SYSTEM;
}
