/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widget/title.h"

#include <stdio.h>
#include <string.h>

#include "ui/widget/draw.h"

enum {
	EDGES = 2,	/* a blank at each end of the bar */
	RIGHT_LEAST = 8 /* columns of a name that is cut; with less room it goes */
};

static const char below[] = " > ", beside[] = " · ";

/* The last of the places that lead to where one is. */
static const char *
last_place(const char *left)
{
	for (const char *at = strstr(left, below); at != NULL; at = strstr(left, below))
		left = at + sizeof below - 1;
	return left;
}

/* Behind an ellipsis, if there are others before it. */
static void
shorter_left(const char *left, bool utf8, char buf[TITLE_SIZE])
{
	const char *last = last_place(left);

	if (last == left)
		snprintf(buf, TITLE_SIZE, "%s", left);
	else
		snprintf(buf, TITLE_SIZE, "%s%s%s", utf8 ? "…" : "...", below, last);
}

/* Without what is said behind a name. */
static void
shorter_right(const char *right, char buf[TITLE_SIZE])
{
	const char *end = strstr(right, beside);

	snprintf(buf, TITLE_SIZE, "%.*s", end != NULL ? (int)(end - right) : TITLE_SIZE - 1, right);
}

static bool
has_room(const char *left, const char *right, int columns)
{
	int gap = *right != '\0' ? TITLE_GAP : 0;

	return draw_columns(left) + gap + draw_columns(right) <= columns;
}

/* Of what there is least to say there is still too much. */
static void
cut(const char *left, struct title *title, int columns, bool utf8)
{
	char name[TITLE_SIZE];
	int rest;

	if (!has_room(title->left, "", columns))
		draw_cut(last_place(left), (size_t)columns, utf8, title->left, TITLE_SIZE);
	memcpy(name, title->right, TITLE_SIZE);
	title->right[0] = '\0';
	rest = columns - draw_columns(title->left) - TITLE_GAP;
	if (rest >= RIGHT_LEAST)
		draw_cut(name, (size_t)rest, utf8, title->right, TITLE_SIZE);
}

void
title_fit(const char *left, const char *right, int columns, bool utf8, struct title *ret_title)
{
	struct title whole, tail;

	snprintf(whole.left, TITLE_SIZE, "%s", left);
	snprintf(whole.right, TITLE_SIZE, "%s", right != NULL ? right : "");
	shorter_left(whole.left, utf8, tail.left);
	shorter_right(whole.right, tail.right);
	const struct {
		const char *left, *right;
	} tries[] = { { whole.left, whole.right }, { tail.left, whole.right },
		{ whole.left, tail.right }, { tail.left, tail.right } };

	for (size_t i = 0; i < sizeof tries / sizeof *tries; i++)
		if (has_room(tries[i].left, tries[i].right, columns)) {
			snprintf(ret_title->left, TITLE_SIZE, "%s", tries[i].left);
			snprintf(ret_title->right, TITLE_SIZE, "%s", tries[i].right);
			return;
		}
	*ret_title = tail;
	cut(whole.left, ret_title, columns, utf8);
}

void
title_paint(struct terminal *terminal, struct rect area, const char *left, const char *right)
{
	int room = area.width - EDGES;
	struct title title;

	terminal_fill(terminal, (struct rect){ area.y, area.x, 1, area.width }, STYLE_BAR);
	if (room <= 0)
		return;
	title_fit(left, right, room, terminal_utf8(terminal), &title);
	terminal_put(terminal, area.y, area.x + 1, room, STYLE_BAR, title.left);
	if (title.right[0] != '\0')
		terminal_put(terminal, area.y, area.x + area.width - 1 - draw_columns(title.right),
		    room, STYLE_BAR, title.right);
}
