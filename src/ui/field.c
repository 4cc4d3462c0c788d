/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/field.h"

#include <string.h>

#include "core/text.h"

enum { FIELD_POINTS_MAX = 256, FIELD_POINT_BYTES = 4 };

/* --- the text as characters ------------------------------------------------- */

static bool
continues(unsigned char byte)
{
	return (byte & 0xc0) == 0x80;
}

/* Byte offset of the character before, or after, an offset. */
static size_t
before(const struct field *field, size_t at)
{
	if (at > 0)
		at--;
	while (at > 0 && continues(field->text->bytes[at]))
		at--;
	return at;
}

static size_t
after(const struct field *field, size_t at)
{
	if (at < field->text->length)
		at++;
	while (at < field->text->length && continues(field->text->bytes[at]))
		at++;
	return at;
}

/* UTF-8 of a code point (RFC 3629, 3); returns the bytes. */
static size_t
encode(uint32_t point, unsigned char bytes[FIELD_POINT_BYTES])
{
	static const unsigned char leads[FIELD_POINT_BYTES + 1] = { 0, 0x00, 0xc0, 0xe0, 0xf0 };
	size_t length = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;

	for (size_t i = length - 1; i > 0; i--) {
		bytes[i] = (unsigned char)(0x80 | (point & 0x3f));
		point >>= 6;
	}
	bytes[0] = (unsigned char)(leads[length] | point);
	return length;
}

/* Removes the bytes [from, to) and wipes the freed end. */
static void
cut(struct field *field, size_t from, size_t to)
{
	struct secret *text = field->text;
	size_t gone = to - from;

	memmove(text->bytes + from, text->bytes + to, text->length - to);
	secret_wipe(text->bytes + text->length - gone, gone);
	text->length -= gone;
	field->cursor = from;
}

static enum err
insert(struct field *field, uint32_t point)
{
	unsigned char bytes[FIELD_POINT_BYTES];
	struct secret *text = field->text;
	size_t length;

	if (text_points(field_text(field), text->length) >= field->points)
		return ERR_FIELD_LONG;
	length = encode(point, bytes);
	memmove(text->bytes + field->cursor + length, text->bytes + field->cursor,
	    text->length - field->cursor);
	memcpy(text->bytes + field->cursor, bytes, length);
	secret_wipe(bytes, sizeof bytes);
	text->length += length;
	field->cursor += length;
	return ERR_OK;
}

/* --- life ------------------------------------------------------------------- */

enum err
field_open(struct field *field, enum field_kind kind, size_t points)
{
	struct secret *text = NULL;
	enum err err;

	if (points == 0 || points > FIELD_POINTS_MAX)
		points = FIELD_POINTS_MAX;
	err = secret_new(points * FIELD_POINT_BYTES + 1, &text);
	if (err == ERR_OK)
		*field = (struct field){ .kind = kind, .points = points, .text = text };
	return err;
}

void
field_close(struct field *field)
{
	secret_free(field->text);
	field->text = NULL;
	field->cursor = 0;
}

void
field_clear(struct field *field)
{
	secret_wipe(field->text->bytes, field->text->capacity);
	field->text->length = 0;
	field->cursor = 0;
}

bool
field_empty(const struct field *field)
{
	return field->text->length == 0;
}

const char *
field_text(const struct field *field)
{
	return (const char *)field->text->bytes;
}

enum err
field_set(struct field *field, const char *text)
{
	size_t length = strlen(text);

	if (length >= field->text->capacity || text_points(text, length) > field->points)
		return ERR_FIELD_LONG;
	field_clear(field);
	memcpy(field->text->bytes, text, length);
	field->text->length = length;
	field->cursor = length;
	return ERR_OK;
}

/* --- what is typed ---------------------------------------------------------- */

static bool
is_letter(uint32_t point)
{
	return (point >= 'A' && point <= 'Z') || (point >= 'a' && point <= 'z');
}

static bool
is_digit(uint32_t point)
{
	return point >= '0' && point <= '9';
}

/* Dashes that a copied code may have: the ASCII one, hyphens, en and em dash, minus. */
static bool
is_dash(uint32_t point)
{
	return point == '-' || (point >= 0x2010 && point <= 0x2015) || point == 0x2212;
}

static bool
is_blank(uint32_t point)
{
	return point == ' ' || point == '\t' || point == 0xa0 || point == 0x202f || point == 0x2009;
}

/* Whether a character is dropped without a word. */
static bool
dropped(const struct field *field, const struct event *event)
{
	bool code = field->kind == FIELD_CODE || field->kind == FIELD_RECOVERY;

	if (event->point == '\n')
		return true;
	if (!code)
		return false;
	return is_blank(event->point) ||
	    (is_dash(event->point) && (event->pasted || field->kind == FIELD_CODE));
}

static enum err
refusal(enum field_kind kind, uint32_t point)
{
	switch (kind) {
	case FIELD_CODE:
		return is_digit(point) ? ERR_OK : ERR_FIELD_DIGITS;
	case FIELD_RECOVERY:
		return is_digit(point) || is_letter(point) || point == '-' ? ERR_OK
									   : ERR_RECOVERY_FORMAT;
	case FIELD_PASSWORD:
		return point < 0x20 || (point >= 0x7f && point < 0xa0) ? ERR_FIELD_CONTROL : ERR_OK;
	case FIELD_TEXT:
		return text_visible(point) ? ERR_OK : ERR_FIELD_CONTROL;
	}
	return ERR_FIELD_CONTROL;
}

static enum err
type(struct field *field, const struct event *event)
{
	uint32_t point = event->point;
	enum err err;

	if (dropped(field, event))
		return ERR_OK;
	err = refusal(field->kind, point);
	if (err != ERR_OK)
		return err;
	if (field->kind == FIELD_RECOVERY && point >= 'a' && point <= 'z')
		point -= 'a' - 'A';
	return insert(field, point);
}

/* The start of the word before the cursor, blanks behind it included. */
static size_t
word_start(const struct field *field)
{
	size_t at = field->cursor;

	while (at > 0 && field->text->bytes[at - 1] == ' ')
		at--;
	while (at > 0 && field->text->bytes[at - 1] != ' ')
		at--;
	return at;
}

/* Returns whether the key is one of a field's. */
static bool
press(struct field *field, enum key key)
{
	size_t at = field->cursor;

	if (key == KEY_LEFT_)
		field->cursor = before(field, at);
	else if (key == KEY_RIGHT_)
		field->cursor = after(field, at);
	else if (key == KEY_HOME_)
		field->cursor = 0;
	else if (key == KEY_END_)
		field->cursor = field->text->length;
	else if (key == KEY_BACKSPACE_)
		cut(field, before(field, at), at);
	else if (key == KEY_DELETE)
		cut(field, at, after(field, at));
	else if (key == KEY_KILL_LINE)
		field_clear(field);
	else if (key == KEY_KILL_WORD && field->kind == FIELD_PASSWORD)
		field_clear(field); /* word boundaries would show */
	else if (key == KEY_KILL_WORD)
		cut(field, word_start(field), at);
	else
		return false;
	return true;
}

enum err
field_handle(struct field *field, const struct event *event, bool *ret_used)
{
	enum err err = ERR_OK;
	bool used = true;

	if (event->type == EVENT_TEXT)
		err = type(field, event);
	else if (event->type == EVENT_BAD)
		err = event->point == EVENT_POINT_BAD ? ERR_FIELD_UTF8 : ERR_FIELD_CONTROL;
	else
		used = event->type == EVENT_KEY && press(field, event->key);
	*ret_used = used;
	return err;
}

/* --- what is seen ----------------------------------------------------------- */

/* Columns of the bytes [from, to) as they are shown. */
static size_t
columns_of(const struct field *field, size_t from, size_t to)
{
	const char *text = field_text(field) + from;

	return field->kind == FIELD_PASSWORD ? text_points(text, to - from)
					     : text_columns(text, to - from);
}

/* The first byte shown, so that the cursor stands inside. A full field that just fits is shown
 * whole. */
static size_t
window_start(const struct field *field, size_t columns)
{
	size_t start = 0;
	size_t length = field->text->length;

	if (columns_of(field, 0, length) == columns &&
	    text_points(field_text(field), length) == field->points)
		return 0;
	while (start < field->cursor && columns_of(field, start, field->cursor) + 1 > columns)
		start = after(field, start);
	return start;
}

/* Writes what is seen of [start, end of text). */
static void
window_text(const struct field *field, size_t start, size_t columns, char *buf, size_t size)
{
	const char *text = field_text(field) + start;
	size_t length = field->text->length - start;
	size_t shown;

	if (field->kind == FIELD_PASSWORD) {
		shown = text_points(text, length);
		shown = shown < columns ? shown : columns;
		shown = shown < size ? shown : size - 1;
		memset(buf, '*', shown);
	} else {
		shown = text_fit(text, length, columns);
		while (shown >= size)
			shown = before(field, start + shown) - start;
		memcpy(buf, text, shown);
	}
	buf[shown] = '\0';
}

void
field_show(const struct field *field, size_t columns, char *buf, size_t size, size_t *ret_cursor)
{
	size_t start, cursor;

	if (columns == 0 || size == 0) {
		if (size > 0)
			buf[0] = '\0';
		*ret_cursor = 0;
		return;
	}
	start = window_start(field, columns);
	cursor = columns_of(field, start, field->cursor);
	window_text(field, start, columns, buf, size);
	*ret_cursor = cursor < columns ? cursor : columns - 1;
}
