/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widget/key_row.h"

#include <string.h>

#include "core/text.h"
#include "core/words.h"

enum { LABEL_LEAST = 8 }; /* columns of a label that is cut, with the blank before it */

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

/* What Enter does stays as long as Help and Esc do (DESIGN 5.1). */
static int
rank_of(const struct key_row *row)
{
	return row->key == KEY_ENTER_ ? KEY_ROW_ALWAYS : row->rank;
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

const char *
key_row_label(const struct key_row *key_row, enum key_row_labels labels)
{
	if (labels == KEY_ROW_LABELS_NONE ||
	    (labels == KEY_ROW_LABELS_ENTER && key_row->key != KEY_ENTER_))
		return "";
	return _(key_row->label);
}

/* The columns of a bar: a blank before the first key, two between rows, one before a label. */
size_t
key_row_columns(const struct key_row *key_rows, size_t count, const bool *keep,
    enum key_row_labels labels)
{
	size_t columns = 0;

	for (size_t i = 0; i < count; i++) {
		const char *key, *label;

		if (!keep[i])
			continue;
		key = _(key_rows[i].key_label);
		label = key_row_label(&key_rows[i], labels);
		columns += (columns == 0 ? 1 : 2) + text_columns(key, strlen(key));
		columns += *label != '\0' ? 1 + text_columns(label, strlen(label)) : 0;
	}
	return columns;
}

void
key_row_fit(const struct key_row *key_rows, size_t count, size_t columns, bool *ret_keep,
    enum key_row_labels *ret_labels)
{
	enum key_row_labels labels = KEY_ROW_LABELS_ALL;

	key_row_keep(key_rows, count, count, ret_keep);
	while (key_row_columns(key_rows, count, ret_keep, labels) > columns &&
	    drop(key_rows, count, ret_keep))
		;
	if (key_row_columns(key_rows, count, ret_keep, labels) > columns)
		labels = KEY_ROW_LABELS_ENTER;
	if (key_row_columns(key_rows, count, ret_keep, labels) > columns &&
	    key_row_columns(key_rows, count, ret_keep, KEY_ROW_LABELS_NONE) + LABEL_LEAST > columns)
		labels = KEY_ROW_LABELS_NONE;
	*ret_labels = labels;
}
