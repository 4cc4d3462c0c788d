/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widget/list.h"

void
list_fit(struct list *list, size_t height)
{
	if (height == 0)
		height = 1;
	if (list->chosen >= list->count)
		list->chosen = list->count > 0 ? list->count - 1 : 0;
	if (list->count <= height)
		list->top = 0;
	else if (list->top > list->count - height)
		list->top = list->count - height;
	if (list->chosen < list->top)
		list->top = list->chosen;
	if (list->chosen - list->top >= height)
		list->top = list->chosen - height + 1;
}

static size_t
back(size_t from, size_t step)
{
	return from > step ? from - step : 0;
}

bool
list_handle(struct list *list, const struct event *event, size_t height)
{
	size_t page = height > 1 ? height - 1 : 1;
	size_t last = list->count > 0 ? list->count - 1 : 0;

	if (event->type != EVENT_KEY)
		return false;
	if (event->key == KEY_UP_)
		list->chosen = back(list->chosen, 1);
	else if (event->key == KEY_DOWN_)
		list->chosen += 1;
	else if (event->key == KEY_PAGE_UP)
		list->chosen = back(list->chosen, page);
	else if (event->key == KEY_PAGE_DOWN)
		list->chosen += page;
	else if (event->key == KEY_HOME_)
		list->chosen = 0;
	else if (event->key == KEY_END_)
		list->chosen = last;
	else
		return false;
	list_fit(list, height);
	return true;
}
