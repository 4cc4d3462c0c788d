/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second door without the phone: one of the ten recovery codes. */
#include "ui/screen/screens.h"
#include "ui/screen/sheet.h"

static void
sign_in(struct ui *ui, struct form *form)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_RECOVERY);
	wire_put(request.u.recovery.code, sizeof request.u.recovery.code,
	    field_text(&form->field[0]));
	ui_ask(ui, &request, PART_BUSY);
}

static const struct sheet_kind kind = {
	.plan = {
		.fields = 1, .buttons = 1,
		.field = { { N_("Recovery code"), FIELD_RECOVERY, WIRE_RECOVERY_SIZE - 1 } },
		.button = { N_("Sign in") },
	},
	.send = sign_in, .refused = 0, .refused_count = 1, .back = SHEET_POPS,
};

static const struct key_row key_rows[] = {
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Sign in"), 50,
	    N_("Sends the recovery code. It works once.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back to the 6-digit code.") },
	{ .id = 0 },
};

static void
fill(const struct ui *ui, const void *state, struct page *page)
{
	const struct sheet *sheet = state;

	(void)ui;
	page_intro(page, STYLE_PLAIN,
	    _("Enter one of the recovery codes that you saved. Each of them works once."),
	    page_form_rows(page, &sheet->form, NULL));
	page_form(page, &sheet->form, NULL);
	page_text(page, STYLE_DIM,
	    _("No recovery code either? Ask an administrator, or on the host run: provconsole user "
	      "reset-2fa NAME --reason TEXT"));
}

const struct screen screen_recovery = {
	SHEET_SCREEN,
	.name = "recovery",
	.about = N_("A recovery code is one of the ten that were shown when two-factor "
		    "authentication was configured. It takes the place of the 6-digit code, "
		    "and works once."),
	.title = N_("Use a recovery code"),
	.handle = sheet_handle,
};
