/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A new password is due: after an invitation, or when an administrator set one. */
#include "ui/screen/screens.h"
#include "ui/screen/sheet.h"

enum { PASSWORD, REPEAT };

static void
save(struct ui *ui, struct form *form)
{
	struct wire_request request;
	const char *password = field_text(&form->field[PASSWORD]);

	if (!parts_repeated(ui, form, PASSWORD, REPEAT))
		return;
	wire_request_init(&request, WIRE_NEW_PASSWORD);
	wire_put(request.u.new_password.password, sizeof request.u.new_password.password, password);
	ui_ask(ui, &request, PART_BUSY);
}

static const struct sheet_kind kind = {
	.plan = {
		.fields = 2, .buttons = 1,
		.field = {
			{ N_("New password"), FIELD_PASSWORD, TEXT_PASSWORD_MAX },
			{ N_("Repeat password"), FIELD_PASSWORD, TEXT_PASSWORD_MAX },
		},
		.button = { N_("Save") },
	},
	.send = save, .refused = PASSWORD, .refused_count = 2, .back = SHEET_RETURNS,
};

static const struct key_row key_rows[] = {
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Save"), 50,
	    N_("Goes to the next empty field, then saves.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back to name and password. Nothing is changed.") },
	{ .id = 0 },
};

static void
fill(const struct ui *ui, const void *state, struct page *page)
{
	const struct sheet *sheet = state;

	page_intro(page, STYLE_PLAIN,
	    _("The password that you signed in with was chosen for you. Now choose your own."),
	    page_form_rows(page, &sheet->form, NULL));
	page_form(page, &sheet->form, NULL);
	parts_good_password(ui, page);
}

const struct screen screen_new_password = {
	SHEET_SCREEN,
	.name = "new-password",
	.about = N_("Somebody else chose the password that you signed in with. From now on only "
		    "you know it."),
	.title = N_("Choose a new password"),
	.handle = sheet_handle,
};
