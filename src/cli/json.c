/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/json.h"

#include <inttypes.h>
#include <string.h>

#include "core/text.h"

enum { JSON_REPLACEMENT = 0xfffd };

void
json_start(struct json *json, FILE *out)
{
	memset(json, 0, sizeof *json);
	json->out = out;
}

/* What stands before any value or key. */
static void
json_separate(struct json *json)
{
	if (json->valued) {
		json->valued = false;
		return;
	}
	if (json->follows)
		(void)fputs(json->lines && json->depth == 1 ? "," : ", ", json->out);
	if (json->lines && json->depth == 1)
		(void)fputc('\n', json->out);
	json->follows = true;
}

void
json_open(struct json *json, char bracket)
{
	json_separate(json);
	if (json->depth == 0)
		json->lines = bracket == '[';
	(void)fputc(bracket, json->out);
	json->depth++;
	json->follows = false;
}

void
json_close(struct json *json, char bracket)
{
	json->depth--;
	if (json->depth == 0 && json->lines && json->follows)
		(void)fputc('\n', json->out);
	(void)fputc(bracket, json->out);
	json->follows = true;
	if (json->depth == 0)
		(void)fputc('\n', json->out);
}

/* --- strings -------------------------------------------------------------------- */

/* The first character and its bytes; U+FFFD and 1 where it is no UTF-8 (RFC 3629: no overlong
 * forms, no surrogates). */
static size_t
json_decode(const unsigned char *bytes, size_t length, uint32_t *ret_point)
{
	static const struct {
		unsigned char mask, lead;
		size_t size;
		uint32_t least;
	} forms[] = { { 0x80, 0x00, 1, 0 }, { 0xe0, 0xc0, 2, 0x80 }, { 0xf0, 0xe0, 3, 0x800 },
		{ 0xf8, 0xf0, 4, 0x10000 } };
	size_t form = 0, i;
	uint32_t point;

	*ret_point = JSON_REPLACEMENT;
	while (form < 4 && (bytes[0] & forms[form].mask) != forms[form].lead)
		form++;
	if (form == 4 || forms[form].size > length)
		return 1;
	point = bytes[0] & (unsigned char)~forms[form].mask;
	for (i = 1; i < forms[form].size; i++) {
		if ((bytes[i] & 0xc0) != 0x80)
			return 1;
		point = point << 6 | (bytes[i] & 0x3f);
	}
	if (point < forms[form].least || point > 0x10ffff || (point >= 0xd800 && point < 0xe000))
		return 1;
	*ret_point = point;
	return forms[form].size;
}

/* RFC 8259 7: beyond the first plane as a pair of surrogates. */
static void
json_escape(FILE *out, uint32_t point)
{
	if (point >= 0x10000) {
		(void)fprintf(out, "\\u%04" PRIx32, 0xd800 + ((point - 0x10000) >> 10));
		point = 0xdc00 + ((point - 0x10000) & 0x3ff);
	}
	(void)fprintf(out, "\\u%04" PRIx32, point);
}

static void
json_text(FILE *out, const char *text, size_t length)
{
	const unsigned char *bytes = (const unsigned char *)text;
	uint32_t point;

	(void)fputc('"', out);
	for (size_t at = 0, size; at < length; at += size) {
		size = json_decode(bytes + at, length - at, &point);
		if (point == JSON_REPLACEMENT)
			(void)fputs("\xef\xbf\xbd", out);
		else if (point == '"' || point == '\\')
			(void)fprintf(out, "\\%c", (int)point);
		else if (text_visible(point))
			(void)fwrite(bytes + at, 1, size, out);
		else
			json_escape(out, point);
	}
	(void)fputc('"', out);
}

void
json_bytes(struct json *json, const char *text, size_t length)
{
	json_separate(json);
	json_text(json->out, text, length);
}

void
json_string(struct json *json, const char *text)
{
	json_bytes(json, text, strlen(text));
}

void
json_key(struct json *json, const char *key)
{
	json_string(json, key);
	(void)fputs(": ", json->out);
	json->valued = true;
}

/* --- other values ----------------------------------------------------------------- */

void
json_number(struct json *json, int64_t number)
{
	json_separate(json);
	(void)fprintf(json->out, "%" PRId64, number);
}

void
json_bool(struct json *json, bool value)
{
	json_separate(json);
	(void)fputs(value ? "true" : "false", json->out);
}

void
json_null(struct json *json)
{
	json_separate(json);
	(void)fputs("null", json->out);
}

void
json_time(struct json *json, int64_t time)
{
	if (time == 0)
		json_null(json);
	else
		json_number(json, time);
}
