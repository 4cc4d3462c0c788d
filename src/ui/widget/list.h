/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list to choose from: which row is chosen, which part is seen. Pure. */
#ifndef UI_WIDGET_LIST_H
#define UI_WIDGET_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "ui/terminal/event.h"

struct list {
	size_t count;
	size_t chosen; /* below count, or 0 */
	size_t top;    /* first row seen */
};

/* Moves by Up, Down, Home, End, Page Up, Page Down; height: rows seen. Returns whether the event
 * was used. */
bool
list_handle(struct list *list, const struct event *event, size_t height);

/* Keeps chosen and top within count and height; call before drawing. */
void
list_fit(struct list *list, size_t height);

#endif
