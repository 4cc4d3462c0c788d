/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first door: name and password. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/screens.h"
#include "ui/screen/sheet.h"

enum { NAME, PASSWORD };

static void
sign_in(struct ui *ui, struct form *form)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_PASSWORD);
	wire_put(request.u.password.name, sizeof request.u.password.name,
	    field_text(&form->field[NAME]));
	wire_put(request.u.password.password, sizeof request.u.password.password,
	    field_text(&form->field[PASSWORD]));
	ui_ask(ui, &request, PART_BUSY);
}

static const struct sheet_kind kind = {
	.plan = {
		.fields = 2, .buttons = 1,
		.field = {
			{ N_("User name"), FIELD_TEXT, TEXT_NAME_POINTS },
			{ N_("Password"), FIELD_PASSWORD, TEXT_PASSWORD_MAX },
		},
		.button = { N_("Sign in") },
		.empty = ERR_NAME_EMPTY,
	},
	.send = sign_in, .refused = PASSWORD, .refused_count = 1, .back = SHEET_CLEARS,
};

/* The name is the SSH key's. */
static void
sign_in_fixed(struct ui *ui, struct form *form)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_PASSWORD);
	wire_put(request.u.password.name, sizeof request.u.password.name, ui->facts.fixed);
	wire_put(request.u.password.password, sizeof request.u.password.password,
	    field_text(&form->field[0]));
	ui_ask(ui, &request, PART_BUSY);
}

static const struct sheet_kind fixed_kind = {
	.plan = {
		.fields = 1, .buttons = 1,
		.field = { { N_("Password"), FIELD_PASSWORD, TEXT_PASSWORD_MAX } },
		.button = { N_("Sign in") },
	},
	.send = sign_in_fixed, .refused_count = 1, .back = SHEET_CLEARS,
};

static const struct key_row key_rows[] = {
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Sign in"), 50,
	    N_("Goes to the next empty field, then signs in.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Clear"), KEY_ROW_ALWAYS,
	    N_("Clears the field you are in.") },
	{ .id = 0 },
};

/* Coming back from a later door, the name is kept. */
static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct sheet *sheet = state;

	(void)argument;
	if (ui->facts.fixed[0] != '\0')
		return form_reopen(&sheet->form, &fixed_kind.plan);
	if (ui->facts.user[0] != '\0' &&
	    field_set(&sheet->form.field[NAME], ui->facts.user) == ERR_OK)
		form_focus(&sheet->form, PASSWORD);
	return ERR_OK;
}

static void
fill_name(const struct ui *ui, const struct form *form, struct page *page)
{
	char name[TEXT_NAME_SIZE], text[TEXT_NAME_SIZE + 64];

	(void)text_show(ui->facts.fixed, strlen(ui->facts.fixed), name, sizeof name);
	(void)snprintf(text, sizeof text, _("User name: %s, by your SSH key"), name);
	page_intro(page, STYLE_PLAIN, text, page_form_rows(page, form, NULL));
}

static void
fill(const struct ui *ui, const void *state, struct page *page)
{
	const struct sheet *sheet = state;

	if (ui->facts.fixed[0] != '\0')
		fill_name(ui, &sheet->form, page);
	page_form(page, &sheet->form, NULL);
	if (ui->facts.fixed[0] != '\0' && !sheet->refused)
		page_text(page, STYLE_DIM,
		    _("Not you? Press Ctrl-C, and connect with another SSH key."));
	if (sheet->refused) /* the same words for whatever was refused */
		page_text(page, STYLE_DIM,
		    _("Forgot your password, or has your invitation expired? Ask an "
		      "administrator."));
}

const struct screen screen_signin = {
	SHEET_SCREEN,
	.name = "sign-in",
	.about = N_("The first of two doors: your user name and your password. Once you "
		    "have configured two-factor authentication, a second door asks for a "
		    "6-digit code from your phone."),
	.door = N_("Sign in"),
	.enter = enter,
	.handle = sheet_handle,
};
