/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widget/field.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "core/words.h"
#include "ui/widget/draw.h"
#include "ui/widget/field_take.h"

enum { FIELD_POINTS_MAX = 4096, FIELD_POINT_BYTES = 4, FIELD_CHOICE_SIZE = 256 };

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
	return field->kind != FIELD_CHOICE && field->text->length == 0;
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

static enum err
type(struct field *field, const struct event *event)
{
	uint32_t point = FIELD_TAKE_NOTHING;
	enum err err = field_take(field->kind, event, &point);

	if (err != ERR_OK || point == FIELD_TAKE_NOTHING)
		return err;
	return insert(field, point);
}

/* --- keys ------------------------------------------------------------------- */

static size_t
to_left(const struct field *field)
{
	return before(field, field->cursor);
}

static size_t
to_right(const struct field *field)
{
	return after(field, field->cursor);
}

static size_t
to_start(const struct field *field)
{
	(void)field;
	return 0;
}

static size_t
to_end(const struct field *field)
{
	return field->text->length;
}

/* The start of the word before the cursor, blanks behind it included. A password is one word: where
 * its words begin would show. */
static size_t
to_word_left(const struct field *field)
{
	size_t at = field->cursor;

	if (field->kind == FIELD_PASSWORD)
		return 0;
	while (at > 0 && field->text->bytes[at - 1] == ' ')
		at--;
	while (at > 0 && field->text->bytes[at - 1] != ' ')
		at--;
	return at;
}

static size_t
to_word_right(const struct field *field)
{
	size_t at = field->cursor, length = field->text->length;

	if (field->kind == FIELD_PASSWORD)
		return length;
	while (at < length && field->text->bytes[at] == ' ')
		at++;
	while (at < length && field->text->bytes[at] != ' ')
		at++;
	return at;
}

/* Where a key takes the cursor; some remove what they pass. */
static const struct {
	enum key key;
	size_t (*to)(const struct field *field);
	bool cuts;
} keys[] = { { KEY_LEFT_, to_left, false }, { KEY_RIGHT_, to_right, false },
	{ KEY_HOME_, to_start, false }, { KEY_END_, to_end, false },
	{ KEY_WORD_LEFT, to_word_left, false }, { KEY_WORD_RIGHT, to_word_right, false },
	{ KEY_BACKSPACE_, to_left, true }, { KEY_DELETE, to_right, true },
	{ KEY_KILL_WORD, to_word_left, true }, { KEY_KILL_NEXT_WORD, to_word_right, true },
	{ KEY_KILL_REST, to_end, true } };

/* In a password these clear all of it, wherever the cursor is: where words begin would show. */
static bool
kills_word(enum key key)
{
	return key == KEY_KILL_WORD || key == KEY_KILL_NEXT_WORD;
}

/* Returns whether the key is one of a field's. */
static bool
press(struct field *field, enum key key)
{
	size_t from = field->cursor, to;

	if (key == KEY_KILL_LINE || (field->kind == FIELD_PASSWORD && kills_word(key))) {
		field_clear(field);
		return true;
	}
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		if (keys[i].key != key)
			continue;
		to = keys[i].to(field);
		if (keys[i].cuts)
			cut(field, to < from ? to : from, to < from ? from : to);
		else
			field->cursor = to;
		return true;
	}
	return false;
}

/* Goes round. */
static bool
choose(struct field *field, const struct event *event)
{
	bool space = event->type == EVENT_TEXT && event->point == ' ' && !event->pasted;
	bool next = space || (event->type == EVENT_KEY && event->key == KEY_RIGHT_);

	if (field->count == 0 || (!next && (event->type != EVENT_KEY || event->key != KEY_LEFT_)))
		return false;
	field->chosen = (field->chosen + (next ? 1 : field->count - 1)) % field->count;
	return true;
}

enum err
field_handle(struct field *field, const struct event *event, bool *ret_used)
{
	enum err err = ERR_OK;
	bool used = true;

	if (field->kind == FIELD_CHOICE)
		used = choose(field, event);
	else if (event->type == EVENT_TEXT)
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
	size_t start = 0, next;
	size_t length = field->text->length, width;

	if (columns_of(field, 0, length) == columns &&
	    text_points(field_text(field), length) == field->points)
		return 0;
	width = columns_of(field, 0, field->cursor);
	for (; start < field->cursor && width + 1 > columns; start = next) {
		next = after(field, start);
		width -= columns_of(field, start, next);
	}
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

/* Cut with an ellipsis where it has no room. */
static void
show_choice(const struct field *field, size_t columns, char *buf, size_t size)
{
	char whole[FIELD_CHOICE_SIZE];

	(void)snprintf(whole, sizeof whole, "‹ %s ›",
	    field->count > 0 ? _(field->choices[field->chosen]) : "");
	draw_cut(whole, columns, 1, buf, size);
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
	if (field->kind == FIELD_CHOICE) {
		show_choice(field, columns - 1, buf, size); /* no cursor stands behind it */
		*ret_cursor = 0;
		return;
	}
	start = window_start(field, columns);
	cursor = columns_of(field, start, field->cursor);
	window_text(field, start, columns, buf, size);
	*ret_cursor = cursor < columns ? cursor : columns - 1;
}
