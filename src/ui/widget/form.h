/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Fields and buttons in focus order (DESIGN 5.1): Tab and Down next, Shift-Tab and Up previous.
 * Enter in a field goes to the next empty field; with none empty it presses the default button (the
 * first); on a button it presses it. Space presses a button. A paste never submits. Pure.
 */
#ifndef UI_WIDGET_FORM_H
#define UI_WIDGET_FORM_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "ui/widget/field.h"

enum { FORM_FIELDS_MAX = 4, FORM_BUTTONS_MAX = 4 };

struct form_field {
	const char *label; /* message id */
	enum field_kind kind;
	size_t points;
};

/* What a form is made of: const, in the screen's file. Labels of buttons: message ids, without the
 * brackets. */
struct form_plan {
	size_t fields, buttons;
	struct form_field field[FORM_FIELDS_MAX];
	const char *const *choices; /* of its FIELD_CHOICE: message ids, so many */
	size_t choice_count;
	const char *button[FORM_BUTTONS_MAX];
	enum err empty; /* what is missing in an empty FIELD_TEXT; ERR_OK: ERR_FIELD_EMPTY */
};

struct form {
	const struct form_plan *plan;
	struct field field[FORM_FIELDS_MAX];
	size_t focus; /* fields first, then buttons */
};

enum form_result {
	FORM_UNUSED, /* not for the form */
	FORM_USED,
	FORM_PRESSED, /* *ret_button was pressed; no field is empty if it is 0 */
	FORM_EMPTY /* button 0 was pressed with an empty field, which now has the focus: say which
		    */
};

MUST_CHECK enum err
form_open(struct form *form, const struct form_plan *plan);

/* The same for a form that is open: it is closed first, also on an error. */
MUST_CHECK enum err
form_reopen(struct form *form, const struct form_plan *plan);

void
form_close(struct form *form);

/* The focused field, or NULL on a button. */
struct field *
form_focused(struct form *form);

void
form_focus(struct form *form, size_t index);

/* Clears fields from first on and focuses the first: they were refused. */
void
form_refuse(struct form *form, size_t first, size_t count);

/* Whether letters are text now: the focus is in a FIELD_TEXT, FIELD_PASSWORD or FIELD_RECOVERY. */
bool
form_takes_letters(const struct form *form);

/* Whether Enter would only go to the next empty field now. */
bool
form_enter_moves(const struct form *form);

/* ret_err: why a character was refused, else ERR_OK. */
enum form_result
form_handle(struct form *form, const struct event *event, size_t *ret_button, enum err *ret_err);

#endif
