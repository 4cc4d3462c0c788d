/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first Super Administrator: offered to the host alone, and followed by configuring two-factor
 * authentication. */

#include "ui/screen/screens.h"
#include "ui/screen/sheet.h"

enum { NAME, PASSWORD, REPEAT };

static void
create(struct ui *ui, struct form *form)
{
	struct wire_request request;
	const char *password = field_text(&form->field[PASSWORD]);

	if (!parts_repeated(ui, form, PASSWORD, REPEAT))
		return;
	wire_request_init(&request, WIRE_FIRST_RUN);
	wire_put(request.u.first_run.name, sizeof request.u.first_run.name,
	    field_text(&form->field[NAME]));
	wire_put(request.u.first_run.password, sizeof request.u.first_run.password, password);
	ui_ask(ui, &request, PART_BUSY);
}

static const struct sheet_kind kind = {
	.plan = {
		.fields = 3, .buttons = 1,
		.field = {
			{ N_("User name"), FIELD_TEXT, TEXT_NAME_POINTS },
			{ N_("Password"), FIELD_PASSWORD, TEXT_PASSWORD_MAX },
			{ N_("Repeat password"), FIELD_PASSWORD, TEXT_PASSWORD_MAX },
		},
		.button = { N_("Create") },
		.empty = ERR_NAME_EMPTY,
	},
	.send = create, .refused = PASSWORD, .refused_count = 2, .back = SHEET_CLEARS,
};

static const struct key_row key_rows[] = {
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Create"), 50,
	    N_("Goes to the next empty field, then creates.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Clear"), KEY_ROW_ALWAYS,
	    N_("Clears the field you are in.") },
	{ .id = 0 },
};

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	if (event->type != EVENT_REPLY || event->reply->err != ERR_SET_UP)
		return sheet_handle(ui, state, event);
	ui_replace(ui, &screen_signin); /* someone was faster */
	ui_say_err(ui, ERR_SET_UP, 0);
	return true;
}

static void
fill(const struct ui *ui, const void *state, struct page *page)
{
	const struct sheet *sheet = state;

	page_intro(page, STYLE_PLAIN,
	    _("This console is new. The person created here may do everything, and configures "
	      "two-factor authentication next."),
	    page_form_rows(page, &sheet->form, NULL));
	page_form(page, &sheet->form, NULL);
	parts_good_password(ui, page);
}

const struct screen screen_first_run = {
	SHEET_SCREEN,
	.name = "first-run",
	.about = N_("The first person on a new console may do everything: add people, "
		    "change the settings, read who did what. Choose a name and a good "
		    "password; two-factor authentication is configured next."),
	.title = N_("Create the first Super Administrator"),
	.handle = handle,
};
