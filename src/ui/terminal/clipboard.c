/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/terminal/clipboard.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "core/secret.h"

enum { TEXT_MAX = 256, BASE64_SIZE = (TEXT_MAX + 2) / 3 * 4 + 1 };

/* RFC 4648 4, with padding. */
static void
base64(const char *text, size_t length, char out[BASE64_SIZE])
{
	static const char alphabet[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	for (size_t i = 0; i < length; i += 3) {
		uint32_t bits = 0;
		for (size_t j = 0; j < 3; j++)
			bits = bits << 8 | (i + j < length ? (unsigned char)text[i + j] : 0U);
		for (size_t j = 0; j < 4; j++)
			*out++ = i + j > length ? '=' : alphabet[bits >> (18 - 6 * j) & 63];
	}
	*out = '\0';
}

struct out {
	char *buf;
	size_t size, length;
	bool full;
};

static void
put(struct out *out, const char *text)
{
	size_t length = strlen(text);

	if (out->size - out->length <= length) {
		out->full = true;
		return;
	}
	memcpy(out->buf + out->length, text, length + 1);
	out->length += length;
}

/* BEL ends it, since ST would end the wrapping of screen; Pc is "c" alone, since mosh takes nothing
 * else. */
static void
sequence(struct out *out, const char *esc, const char *coded)
{
	put(out, esc);
	put(out, "]52;c;");
	put(out, coded);
	put(out, "\a");
}

static bool
starts(const char *text, const char *start)
{
	return text != NULL && strncmp(text, start, strlen(start)) == 0;
}

static bool
set(const char *value)
{
	return value != NULL && value[0] != '\0';
}

enum err
clipboard_bytes(const char *text, const char *tmux, const char *sty, const char *term, char *buf,
    size_t size, size_t *ret_length)
{
	enum err err = ERR_FIELD_LONG;
	struct out out = { .buf = buf, .size = size };
	char coded[BASE64_SIZE];
	size_t length = strlen(text);

	if (length == 0 || length > TEXT_MAX)
		return length == 0 ? ERR_FIELD_EMPTY : ERR_FIELD_LONG;
	base64(text, length, coded);
	bool in_tmux = set(tmux) || starts(term, "tmux");
	bool in_screen = !in_tmux && (set(sty) || starts(term, "screen"));
	if (!in_screen || !set(sty))
		sequence(&out, "\033", coded);
	if (in_tmux) {
		put(&out, "\033Ptmux;");
		sequence(&out, "\033\033", coded);
		put(&out, "\033\\");
	} else if (in_screen) {
		put(&out, "\033P");
		sequence(&out, "\033", coded);
		put(&out, "\033\\");
	}
	secret_wipe(coded, sizeof coded);
	if (out.full)
		secret_wipe(buf, size);
	else
		err = ERR_OK;
	if (err == ERR_OK)
		*ret_length = out.length;
	return err;
}
