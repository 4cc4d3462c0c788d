/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/widget/form.h"

enum err
form_open(struct form *form, const struct form_plan *plan)
{
	struct form made = { .plan = plan };
	enum err err = ERR_OK;
	size_t i = 0;

	for (; i < plan->fields; i++) {
		err = field_open(&made.field[i], plan->field[i].kind, plan->field[i].points);
		if (err != ERR_OK)
			goto out;
		made.field[i].choices = plan->choices;
		made.field[i].count = plan->choice_count;
	}
	*form = made;
	i = 0;
out:
	while (i > 0)
		field_close(&made.field[--i]);
	return err;
}

void
form_close(struct form *form)
{
	for (size_t i = 0; form->plan != NULL && i < form->plan->fields; i++)
		field_close(&form->field[i]);
	form->plan = NULL;
}

enum err
form_reopen(struct form *form, const struct form_plan *plan)
{
	form_close(form);
	return form_open(form, plan);
}

struct field *
form_focused(struct form *form)
{
	return form->focus < form->plan->fields ? &form->field[form->focus] : NULL;
}

void
form_focus(struct form *form, size_t index)
{
	if (index < form->plan->fields + form->plan->buttons)
		form->focus = index;
}

void
form_refuse(struct form *form, size_t first, size_t count)
{
	for (size_t i = first; i < first + count; i++)
		field_clear(&form->field[i]);
	form_focus(form, first);
}

bool
form_takes_letters(const struct form *form)
{
	return form->focus < form->plan->fields && form->field[form->focus].kind != FIELD_CODE &&
	    form->field[form->focus].kind != FIELD_CHOICE;
}

static void
step(struct form *form, bool forward)
{
	size_t count = form->plan->fields + form->plan->buttons;

	form->focus = (form->focus + (forward ? 1 : count - 1)) % count;
}

/* The next empty field after the focus, going round; the number of fields if none is. */
static size_t
next_empty(const struct form *form)
{
	size_t fields = form->plan->fields;

	for (size_t i = 1; i <= fields; i++) {
		size_t index = (form->focus + i) % fields;

		if (field_empty(&form->field[index]))
			return index;
	}
	return fields;
}

/* Presses a button; the default one only with every field filled in. */
static enum form_result
press(struct form *form, size_t button, size_t *ret_button)
{
	if (button == 0)
		for (size_t i = 0; i < form->plan->fields; i++)
			if (field_empty(&form->field[i])) {
				form->focus = i;
				return FORM_EMPTY;
			}
	*ret_button = button;
	return FORM_PRESSED;
}

bool
form_enter_moves(const struct form *form)
{
	size_t empty;

	if (form->focus >= form->plan->fields)
		return false;
	empty = next_empty(form);
	return empty < form->plan->fields && empty != form->focus;
}

static enum form_result
enter(struct form *form, size_t *ret_button)
{
	if (form->focus >= form->plan->fields)
		return press(form, form->focus - form->plan->fields, ret_button);
	if (form_enter_moves(form)) {
		form->focus = next_empty(form);
		return FORM_USED;
	}
	return form->plan->buttons > 0 ? press(form, 0, ret_button) : FORM_USED;
}

static bool
on_button(const struct form *form)
{
	return form->focus >= form->plan->fields;
}

/* Left and Right go from button to button, and no further. */
static bool
sideways(struct form *form, enum key key)
{
	if (key == KEY_LEFT_ && form->focus > form->plan->fields)
		form->focus--;
	else if (key == KEY_RIGHT_ && form->focus + 1 < form->plan->fields + form->plan->buttons)
		form->focus++;
	else if (key != KEY_LEFT_ && key != KEY_RIGHT_)
		return false;
	return true;
}

/* The keys of the form itself. */
static enum form_result
form_key(struct form *form, enum key key, size_t *ret_button)
{
	if (key == KEY_ENTER_)
		return enter(form, ret_button);
	if (key == KEY_TAB || key == KEY_DOWN_)
		step(form, true);
	else if (key == KEY_BACKTAB || key == KEY_UP_)
		step(form, false);
	else if (!on_button(form) || !sideways(form, key))
		return FORM_UNUSED;
	return FORM_USED;
}

enum form_result
form_handle(struct form *form, const struct event *event, size_t *ret_button, enum err *ret_err)
{
	enum form_result result = FORM_UNUSED;
	bool used = false;

	*ret_err = ERR_OK;
	if (form->plan->fields + form->plan->buttons == 0)
		return FORM_UNUSED;
	if (event->type == EVENT_KEY)
		result = form_key(form, event->key, ret_button);
	else if (event->type == EVENT_TEXT && event->point == ' ' && !event->pasted &&
	    on_button(form))
		result = press(form, form->focus - form->plan->fields, ret_button);
	if (result != FORM_UNUSED || on_button(form))
		return result;
	*ret_err = field_handle(&form->field[form->focus], event, &used);
	return used ? FORM_USED : FORM_UNUSED;
}
