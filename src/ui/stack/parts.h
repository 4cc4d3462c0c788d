/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screens have in common: feeding their form, and laying out a column of text, fields and
 * buttons. */
#ifndef UI_STACK_PARTS_H
#define UI_STACK_PARTS_H

#include "ui/stack/ask.h"
#include "ui/stack/say.h"
#include "ui/stack/signin.h"
#include "ui/stack/stack.h"
#include "ui/widget/page.h"
#include "core/words.h"

/* The ids of rows that many screens have; a screen's own start behind them. */
enum { PART_ENTER = 1, PART_BACK, PART_OWN };

/* The row of a screen that has copied something. */
/* clang-format off */
#define PART_CLEAR_ROW(id) \
	{ (id), KEY_NONE_, 'x', "x", N_("Clear"), 58, \
	    N_("Overwrites the clipboard with one blank.") }
/* clang-format on */

#define PART_BUSY N_("Checking…")
#define PART_GOOD_PASSWORD \
	N_("A good password has at least %lld characters. A short sentence that only you would " \
	   "say " \
	   "is easy to keep and hard to guess.")

/*
 * Gives an event to a form, and says why a character was refused or what is missing: an empty
 * field, or a code of fewer than six digits, is never sent. Returns whether the event was used.
 * *ret_button: the button that was pressed, if nothing that it needs is missing; else
 * FORM_BUTTONS_MAX.
 */
bool
parts_form(struct ui *ui, struct form *form, const struct event *event, size_t *ret_button);

/* The same with Enter: for the row PART_ENTER. */
size_t
parts_enter(struct ui *ui, struct form *form);

/*
 * A form of one button below something to be read: form->focus is PART_READING until Tab, Down or
 * Enter goes to the button. Gives it an event: Tab and Down go there, Shift-Tab and Up back, and
 * Space on the button presses it. Returns whether the event was used.
 */
enum { PART_READING = 1 };

bool
parts_button(struct form *form, const struct event *event, bool *ret_pressed);

/* Whether two passwords are the same; else clears the second, focuses it and says so. */
bool
parts_repeated(struct ui *ui, struct form *form, size_t password, size_t repeat);

/* What a good password is, and how long it must be at least; below the fields for one. */
void
parts_good_password(const struct ui *ui, struct page *page);

/* The page of a screen, with the message that it is to show. */
struct page
parts_page(const struct ui *ui, struct rect area);

#endif
