/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/json.h"

#include <inttypes.h>
#include <string.h>

#include "core/text.h"

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

enum { JSON_PIECE = 256 }; /* bytes of text that are written at once */

static void
json_text(FILE *out, const char *text, size_t length)
{
	char piece[TEXT_JSON_MOST(JSON_PIECE)];
	size_t used;

	(void)fputc('"', out);
	for (size_t at = 0; at < length; at += used) {
		size_t written = text_json(text + at, length - at, JSON_PIECE, piece, &used);

		(void)fwrite(piece, 1, written, out);
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
