/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recording/cast_read.h"

#include <string.h>

/* Where one is in a line. */
struct reading {
	const char *at, *end;
};

static bool
take(struct reading *line, const char *text)
{
	size_t size = strlen(text);

	if ((size_t)(line->end - line->at) < size || memcmp(line->at, text, size) != 0)
		return false;
	line->at += size;
	return true;
}

/* Decimal digits, fifteen at most. */
static bool
take_number(struct reading *line, int64_t *ret_number)
{
	const char *from = line->at;

	*ret_number = 0;
	while (line->at < line->end && *line->at >= '0' && *line->at <= '9' && line->at - from < 15)
		*ret_number = *ret_number * 10 + (*line->at++ - '0');
	return line->at > from;
}

/* --- strings (RFC 8259 7) -------------------------------------------------------------------- */

static bool
take_hex(struct reading *line, uint32_t *ret_unit)
{
	*ret_unit = 0;
	if (line->end - line->at < 4)
		return false;
	for (int i = 0; i < 4; i++) {
		static const char digits[] = "0123456789abcdef";
		const char *digit = strchr(digits, *line->at | ('a' - 'A'));

		if (*line->at == '\0' || digit == NULL)
			return false;
		*ret_unit = *ret_unit << 4 | (uint32_t)(digit - digits);
		line->at++;
	}
	return true;
}

/* Two halves of a point outside the first plane, or one point; a half alone is nothing. */
static bool
take_point(struct reading *line, uint32_t *ret_point)
{
	uint32_t low;

	if (!take_hex(line, ret_point))
		return false;
	if (*ret_point < 0xd800 || *ret_point > 0xdfff)
		return true;
	if (*ret_point > 0xdbff || !take(line, "\\u") || !take_hex(line, &low) || low < 0xdc00 ||
	    low > 0xdfff)
		return false;
	*ret_point = 0x10000 + ((*ret_point - 0xd800) << 10) + (low - 0xdc00);
	return true;
}

static size_t
put_point(uint32_t point, char out[4])
{
	static const unsigned char lead[] = { 0, 0, 0xc0, 0xe0, 0xf0 };
	size_t size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;

	for (size_t i = size; i-- > 1; point >>= 6)
		out[i] = (char)(0x80 | (point & 0x3f));
	out[0] = (char)(lead[size] | point);
	return size;
}

/* Behind a backslash. */
static bool
take_escape(struct reading *line, char out[4], size_t *ret_size)
{
	static const char names[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
	const char *name;
	uint32_t point;

	*ret_size = 1;
	if (line->at == line->end)
		return false;
	name = *line->at == '\0' ? NULL : strchr(names, *line->at);
	if (name != NULL) {
		out[0] = means[name - names];
		line->at++;
		return true;
	}
	if (!take(line, "u") || !take_point(line, &point))
		return false;
	*ret_size = put_point(point, out);
	return true;
}

/* As it stands, where it is a character that may stand there. */
static bool
take_plain(struct reading *line, char out[4], size_t *ret_size)
{
	uint32_t point;

	*ret_size = text_point(line->at, (size_t)(line->end - line->at), &point);
	if (*ret_size == 0 || point < 0x20)
		return false;
	memcpy(out, line->at, *ret_size);
	line->at += *ret_size;
	return true;
}

/* To the closing quotation mark. False where it has no room, too. */
static bool
take_string(struct reading *line, char *out, size_t room, size_t *ret_size)
{
	*ret_size = 0;
	while (line->at < line->end && *line->at != '"') {
		char point[4];
		size_t size;
		bool good;

		if (*line->at == '\\') {
			line->at++;
			good = take_escape(line, point, &size);
		} else {
			good = take_plain(line, point, &size);
		}
		if (!good || size > room - *ret_size)
			return false;
		memcpy(out + *ret_size, point, size);
		*ret_size += size;
	}
	return take(line, "\"");
}

/* --- lines ------------------------------------------------------------------------------------ */

static bool
take_text(struct reading *line, const char *key, char text[CAST_TEXT_SIZE])
{
	size_t size;

	if (!take(line, key) || !take_string(line, text, CAST_TEXT_SIZE - 1, &size) ||
	    memchr(text, '\0', size) != NULL)
		return false;
	text[size] = '\0';
	return true;
}

static bool
is_size(int64_t rows, int64_t columns)
{
	return rows >= 1 && rows <= CAST_SIZE_MOST && columns >= 1 && columns <= CAST_SIZE_MOST;
}

bool
cast_read_head(const char *text, size_t size, struct cast_about *ret_about)
{
	struct cast_about *about = ret_about;
	struct reading line = { text, text + size };
	int64_t rows, columns;

	if (!take(&line, "{\"version\":2,\"width\":") || !take_number(&line, &columns) ||
	    !take(&line, ",\"height\":") || !take_number(&line, &rows) || !is_size(rows, columns) ||
	    !take(&line, ",\"timestamp\":") || !take_number(&line, &about->began))
		return false;
	about->rows = (unsigned)rows;
	about->columns = (unsigned)columns;
	return take_text(&line, ",\"title\":\"", about->title) &&
	    take_text(&line, ",\"env\":{\"TERM\":\"", about->term) &&
	    take_text(&line, "},\"provconsole\":{\"run\":\"", about->run) &&
	    take_text(&line, ",\"command\":\"", about->command) &&
	    take_text(&line, ",\"person\":\"", about->person) &&
	    take_text(&line, ",\"role\":\"", about->role) &&
	    take_text(&line, ",\"source\":\"", about->source) && take(&line, "}}") &&
	    line.at == line.end;
}

/* Six digits behind the point: microseconds. */
static bool
take_time(struct reading *line, int64_t *ret_at)
{
	const char *from;
	int64_t seconds, rest;

	if (!take_number(line, &seconds) || seconds > INT64_C(1000000000000) || !take(line, "."))
		return false;
	from = line->at;
	if (!take_number(line, &rest) || line->at - from != 6)
		return false;
	*ret_at = seconds * CAST_SECOND + rest;
	return true;
}

bool
cast_read_event(const char *text, size_t size, struct cast_event *ret_event)
{
	struct reading line = { text, text + size };

	if (!take(&line, "[") || !take_time(&line, &ret_event->at) || !take(&line, ",\"") ||
	    line.at == line.end)
		return false;
	ret_event->code = *line.at++;
	return take(&line, "\",\"") &&
	    take_string(&line, ret_event->text, sizeof ret_event->text, &ret_event->size) &&
	    take(&line, "]") && line.at == line.end;
}

bool
cast_read_size(const struct cast_event *event, unsigned *ret_rows, unsigned *ret_columns)
{
	struct reading line = { event->text, event->text + event->size };
	int64_t rows, columns;

	if (event->code != 'r' || !take_number(&line, &columns) || !take(&line, "x") ||
	    !take_number(&line, &rows) || line.at != line.end || !is_size(rows, columns))
		return false;
	*ret_rows = (unsigned)rows;
	*ret_columns = (unsigned)columns;
	return true;
}
