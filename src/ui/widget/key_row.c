/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widget/key_row.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "ui/words.h"

enum { KEY_ROW_TEXT_SIZE = 160 };

size_t
key_row_count(const struct key_row *key_rows)
{
	size_t count = 0;

	while (key_rows != NULL && key_rows[count].id != 0)
		count++;
	return count;
}

static bool
matches(const struct key_row *row, const struct event *event, bool letters)
{
	uint32_t point = event->point;

	if (event->type == EVENT_KEY)
		return row->key != KEY_NONE_ && row->key == event->key;
	if (event->type != EVENT_TEXT || event->pasted || !letters)
		return false;
	if (row->key == KEY_SPACE_)
		return point == ' ';
	if (point >= 'A' && point <= 'Z')
		point += 'a' - 'A';
	return row->letter != '\0' && point == (unsigned char)row->letter;
}

const struct key_row *
key_row_find(const struct key_row *key_rows, const struct event *event, bool letters)
{
	for (size_t i = 0; i < key_row_count(key_rows); i++)
		if (matches(&key_rows[i], event, letters))
			return &key_rows[i];
	return NULL;
}

void
key_row_text(const struct key_row *row, char *buf, size_t size)
{
	snprintf(buf, size, "%s %s", _(row->key_label), _(row->label));
}

/* Whether a row belongs in a key bar at all. */
static bool
in_bar(const struct key_row *row)
{
	return row->rank >= 0 && row->key_label != NULL && row->label != NULL;
}

static size_t
kept(const bool *keep, size_t count)
{
	size_t sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += keep[i];
	return sum;
}

/* What Enter does stays longer than anything but Help and Esc (DESIGN 5.1). */
static int
rank_of(const struct key_row *row)
{
	return row->key == KEY_ENTER_ && row->rank < KEY_ROW_ALWAYS ? KEY_ROW_ALWAYS - 1
								    : row->rank;
}

/* Drops the last row of the lowest rank. Returns false if no row may be dropped. */
static bool
drop(const struct key_row *key_rows, size_t count, bool *keep)
{
	size_t lowest = count;

	for (size_t i = 0; i < count; i++)
		if (keep[i] && rank_of(&key_rows[i]) < KEY_ROW_ALWAYS &&
		    (lowest == count || rank_of(&key_rows[i]) <= rank_of(&key_rows[lowest])))
			lowest = i;
	if (lowest == count)
		return false;
	keep[lowest] = false;
	return true;
}

void
key_row_keep(const struct key_row *key_rows, size_t count, size_t lines, bool *ret_keep)
{
	for (size_t i = 0; i < count; i++)
		ret_keep[i] = in_bar(&key_rows[i]);
	while (kept(ret_keep, count) > lines && drop(key_rows, count, ret_keep))
		;
}

/* The columns of a bar; a blank before the first row, two between rows. */
static size_t
bar_columns(const struct key_row *key_rows, size_t count, const bool *keep)
{
	char text[KEY_ROW_TEXT_SIZE];
	size_t columns = 0;

	for (size_t i = 0; i < count; i++) {
		if (!keep[i])
			continue;
		key_row_text(&key_rows[i], text, sizeof text);
		columns += (columns == 0 ? 1 : 2) + text_columns(text, strlen(text));
	}
	return columns;
}

void
key_row_bar(const struct key_row *key_rows, size_t columns, char *buf, size_t size)
{
	enum { ROWS = 32 };
	size_t count = key_row_count(key_rows);
	char text[KEY_ROW_TEXT_SIZE];
	bool keep[ROWS];
	size_t used = 0;

	if (count > ROWS)
		count = ROWS;
	key_row_keep(key_rows, count, count, keep);
	while (bar_columns(key_rows, count, keep) > columns && drop(key_rows, count, keep))
		;
	buf[0] = '\0';
	for (size_t i = 0; i < count; i++) {
		if (!keep[i])
			continue;
		key_row_text(&key_rows[i], text, sizeof text);
		if (used + 2 + strlen(text) >= size)
			break;
		used += (size_t)snprintf(buf + used, size - used, "%s%s", used == 0 ? " " : "  ",
		    text);
	}
}
