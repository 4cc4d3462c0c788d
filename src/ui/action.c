/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/action.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "ui/words.h"

enum { ACTION_TEXT_SIZE = 160 };

size_t
action_count(const struct ui_action *actions)
{
	size_t count = 0;

	while (actions != NULL && actions[count].id != 0)
		count++;
	return count;
}

static bool
matches(const struct ui_action *action, const struct event *event, bool letters)
{
	uint32_t point = event->point;

	if (event->type == EVENT_KEY)
		return action->key != KEY_NONE_ && action->key == event->key;
	if (event->type != EVENT_TEXT || event->pasted || !letters)
		return false;
	if (action->key == KEY_SPACE_)
		return point == ' ';
	if (point >= 'A' && point <= 'Z')
		point += 'a' - 'A';
	return action->letter != '\0' && point == (unsigned char)action->letter;
}

const struct ui_action *
action_find(const struct ui_action *actions, const struct event *event, bool letters)
{
	for (size_t i = 0; i < action_count(actions); i++)
		if (matches(&actions[i], event, letters))
			return &actions[i];
	return NULL;
}

void
action_text(const struct ui_action *action, char *buf, size_t size)
{
	snprintf(buf, size, "%s %s", _(action->key_label), _(action->label));
}

/* Whether a row belongs in a key bar at all. */
static bool
in_bar(const struct ui_action *action)
{
	return action->rank >= 0 && action->key_label != NULL && action->label != NULL;
}

static size_t
kept(const bool *keep, size_t count)
{
	size_t sum = 0;

	for (size_t i = 0; i < count; i++)
		sum += keep[i];
	return sum;
}

/* Drops the last of the rows of the lowest rank. Returns whether one was left that may drop. */
static bool
drop(const struct ui_action *actions, size_t count, bool *keep)
{
	size_t lowest = count;

	for (size_t i = 0; i < count; i++)
		if (keep[i] && actions[i].rank < ACTION_RANK_ALWAYS &&
		    (lowest == count || actions[i].rank <= actions[lowest].rank))
			lowest = i;
	if (lowest == count)
		return false;
	keep[lowest] = false;
	return true;
}

void
action_keep(const struct ui_action *actions, size_t count, size_t lines, bool *ret_keep)
{
	for (size_t i = 0; i < count; i++)
		ret_keep[i] = in_bar(&actions[i]);
	while (kept(ret_keep, count) > lines && drop(actions, count, ret_keep))
		;
}

/* The columns of a bar; a blank before the first row, two between rows. */
static size_t
bar_columns(const struct ui_action *actions, size_t count, const bool *keep)
{
	char text[ACTION_TEXT_SIZE];
	size_t columns = 0;

	for (size_t i = 0; i < count; i++) {
		if (!keep[i])
			continue;
		action_text(&actions[i], text, sizeof text);
		columns += (columns == 0 ? 1 : 2) + text_columns(text, strlen(text));
	}
	return columns;
}

void
action_bar(const struct ui_action *actions, size_t columns, char *buf, size_t size)
{
	enum { ROWS = 32 };
	size_t count = action_count(actions);
	char text[ACTION_TEXT_SIZE];
	bool keep[ROWS];
	size_t used = 0;

	if (count > ROWS)
		count = ROWS;
	action_keep(actions, count, count, keep);
	while (bar_columns(actions, count, keep) > columns && drop(actions, count, keep))
		;
	buf[0] = '\0';
	for (size_t i = 0; i < count; i++) {
		if (!keep[i])
			continue;
		action_text(&actions[i], text, sizeof text);
		if (used + 2 + strlen(text) >= size)
			break;
		used += (size_t)snprintf(buf + used, size - used, "%s%s", used == 0 ? " " : "  ",
		    text);
	}
}
