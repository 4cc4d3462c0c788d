/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screen/sheet.h"

static const struct sheet_kind *
kind_of(const struct sheet *sheet)
{
	return (const struct sheet_kind *)(const void *)sheet->form.plan;
}

/* Clears and focuses what was refused. A name is kept, to be corrected; "busy" clears nothing. */
static void
refused(struct sheet *sheet, enum err err)
{
	if (err == ERR_BUSY)
		return;
	sheet->refused = true;
	if (err >= ERR_NAME_EMPTY && err <= ERR_NAME_UNKNOWN)
		form_focus(&sheet->form, 0);
	else
		form_refuse(&sheet->form, kind_of(sheet)->refused, kind_of(sheet)->refused_count);
}

bool
sheet_handle(struct ui *ui, void *state, const struct event *event)
{
	struct sheet *sheet = state;
	size_t button;

	if (event->type == EVENT_REPLY) {
		if (ui_signin_reply(ui, event->reply))
			refused(sheet, (enum err)event->reply->err);
		return true;
	}
	bool used = parts_form(ui, &sheet->form, event, &button);
	if (button == 0)
		kind_of(sheet)->send(ui, &sheet->form);
	return used;
}

static void
back(struct ui *ui, struct sheet *sheet)
{
	switch (kind_of(sheet)->back) {
	case SHEET_CLEARS:
		if (form_focused(&sheet->form) != NULL)
			field_clear(form_focused(&sheet->form));
		break;
	case SHEET_POPS:
		ui_pop(ui);
		break;
	case SHEET_RETURNS:
		ui_ask_plain(ui, WIRE_BACK, NULL);
		break;
	}
}

void
sheet_act(struct ui *ui, void *state, int id)
{
	struct sheet *sheet = state;

	if (id == PART_BACK)
		back(ui, sheet);
	else if (id == PART_ENTER && parts_enter(ui, &sheet->form) == 0)
		kind_of(sheet)->send(ui, &sheet->form);
}
