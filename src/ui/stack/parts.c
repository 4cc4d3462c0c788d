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
parts_repeated(struct ui *ui, struct form *form, size_t password, size_t repeat)
{
	if (strcmp(field_text(&form->field[password]), field_text(&form->field[repeat])) == 0)
		return true;
	form_refuse(form, repeat, 1);
	ui_say_err(ui, ERR_PASSWORD_DIFFERS, 0);
	return false;
}

struct page
parts_page(const struct ui *ui, struct rect area)
{
	return page_open(ui->terminal, area, ui_note(ui));
}

/* --- doors -------------------------------------------------------------------- */

/* The rows of a door without a message, so that nothing moves when one is said. */
static int
door_rows(const struct ui *ui, const void *state, struct rect area, parts_fill *fill, bool tight)
{
	struct page page = page_block(NULL, area, (struct note){ .text = NULL });

	page.tight = page.tight || tight;
	fill(ui, state, &page);
	return page.rest.y - area.y;
}

bool
parts_door(const struct ui *ui, const void *state, struct rect area, parts_fill *fill)
{
	enum { HEAD = 2, THIRD = 3, USUAL = 14 /* rows; so that a hint more moves nothing */ };
	int rows = door_rows(ui, state, area, fill, false);
	bool tight = rows + paint_note_rows(&(struct note){ .text = ui->message }, area.width) >
	    area.height;
	struct page page;
	int free;

	if (tight)
		rows = door_rows(ui, state, area, fill, true);
	free = area.height - rows - HEAD;
	if (free > 0) {
		int usual = area.height > USUAL ? area.height - USUAL : 0;
		int top = (free < usual ? free : usual) / THIRD;

		area.y += top;
		area.height -= top;
	}
	page = page_block(ui->terminal, area, ui_note(ui));
	page.tight = page.tight || tight;
	if (free > 0)
		page_line(&page, STYLE_BOLD, 0, ui->facts.console_name);
	if (free > 0)
		page_gap(&page);
	fill(ui, state, &page);
	return page.noted;
}
