/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/stack/parts.h"

#include <string.h>

enum { CODE_DIGITS = 6 };

/* What is missing in an empty field. */
static enum err
missing(const struct form_plan *plan, const struct field *field)
{
	switch (field->kind) {
	case FIELD_TEXT:
		return plan->empty != ERR_OK ? plan->empty : ERR_FIELD_EMPTY;
	case FIELD_CODE:
		return ERR_CODE_FORMAT;
	case FIELD_RECOVERY:
		return ERR_RECOVERY_FORMAT;
	case FIELD_PASSWORD:
	case FIELD_CHOICE:
		break;
	}
	return ERR_FIELD_EMPTY;
}

/* Whether every code has all its digits; else focuses the first that has not, and says so. */
static bool
codes_whole(struct ui *ui, struct form *form)
{
	for (size_t i = 0; i < form->plan->fields; i++) {
		const struct field *field = &form->field[i];
		if (field->kind != FIELD_CODE || strlen(field_text(field)) == CODE_DIGITS)
			continue;
		form_focus(form, i);
		ui_say_err(ui, ERR_CODE_FORMAT, 0);
		return false;
	}
	return true;
}

bool
parts_form(struct ui *ui, struct form *form, const struct event *event, size_t *ret_button)
{
	enum err err = ERR_OK;
	size_t button = 0;

	*ret_button = FORM_BUTTONS_MAX;
	switch (form_handle(form, event, &button, &err)) {
	case FORM_UNUSED:
		return false;
	case FORM_USED:
		if (err != ERR_OK)
			ui_say_err(ui, err, 0);
		break;
	case FORM_EMPTY:
		ui_say_err(ui,
		    form_focused(form) != NULL ? missing(form->plan, form_focused(form))
					       : ERR_FIELD_EMPTY,
		    0);
		break;
	case FORM_PRESSED:
		if (button != 0 || codes_whole(ui, form))
			*ret_button = button;
		break;
	}
	return true;
}

size_t
parts_enter(struct ui *ui, struct form *form)
{
	const struct event enter = { .type = EVENT_KEY, .key = KEY_ENTER_ };
	size_t button;

	parts_form(ui, form, &enter, &button);
	return button;
}

bool
parts_button(struct form *form, const struct event *event, bool *ret_pressed)
{
	*ret_pressed = event->type == EVENT_TEXT && event->point == ' ' && !event->pasted &&
	    form->focus != PART_READING;
	if (event->type != EVENT_KEY)
		return *ret_pressed;
	if (event->key == KEY_TAB || event->key == KEY_DOWN_)
		form_focus(form, 0);
	else if (event->key == KEY_BACKTAB || event->key == KEY_UP_)
		form->focus = PART_READING;
	else
		return false;
	return true;
}

bool
parts_repeated(struct ui *ui, struct form *form, size_t password, size_t repeat)
{
	if (strcmp(field_text(&form->field[password]), field_text(&form->field[repeat])) == 0)
		return true;
	form_refuse(form, repeat, 1);
	ui_say_err(ui, ERR_PASSWORD_DIFFERS, 0);
	return false;
}

void
parts_good_password(const struct ui *ui, struct page *page)
{
	char text[UI_MESSAGE_SIZE];

	err_fill(_(PART_GOOD_PASSWORD), ui->facts.password_least, text, sizeof text);
	page_text(page, STYLE_DIM, text);
}

struct page
parts_page(const struct ui *ui, struct rect area)
{
	return page_open(ui->terminal, area, ui_note(ui));
}
