/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list with numbers, and which of them is wanted. */
#ifndef PLAIN_MENU_H
#define PLAIN_MENU_H

#include "plain/inside.h"

enum { MENU_TEXT = 640, MENU_BACK = -1 };

struct menu_row {
	const char *label;    /* translated */
	char text[MENU_TEXT]; /* translated; "" for none */
};

/*
 * Tells the rows and asks for one. *ret_choice: its index; MENU_BACK: the person typed b, where
 * that is offered (back: what it does, message id; or NULL). Returns as conv_exchange().
 */
MUST_CHECK enum err
menu_ask(struct plain *plain, const struct menu_row *rows, int count, const char *back,
    int *ret_choice);

#endif
