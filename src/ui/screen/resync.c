/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A phone whose clock is wrong: two codes in a row say how far it is off (RFC 4226 7.4), and sign
 * in. */
#include "ui/screen/screens.h"
#include "ui/screen/sheet.h"

enum { FIRST, NEXT };

static void
sign_in(struct ui *ui, struct form *form)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_RESYNC);
	wire_put(request.u.resync.first, sizeof request.u.resync.first,
	    field_text(&form->field[FIRST]));
	wire_put(request.u.resync.next, sizeof request.u.resync.next,
	    field_text(&form->field[NEXT]));
	ui_ask(ui, &request, PART_BUSY);
}

static const struct sheet_kind kind = {
	.plan = {
		.fields = 2, .buttons = 1,
		.field = { { N_("First code"), FIELD_CODE, 6 },
		    { N_("Next code"), FIELD_CODE, 6 } },
		.button = { N_("Sign in") },
	},
	.send = sign_in, .refused = FIRST, .refused_count = 2, .back = SHEET_POPS,
};

static const struct key_row key_rows[] = {
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Sign in"), 50,
	    N_("Goes to the next empty field, then sends both codes.") },
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
	    _("Two codes in a row tell how far your phone's clock is off. Enter the code that your "
	      "application shows, wait for the next one, and enter that too."),
	    page_form_rows(page, &sheet->form, NULL));
	page_form(page, &sheet->form, NULL);
	page_text(page, STYLE_DIM, _("This uses up both codes. It is also your sign-in."));
}

const struct screen screen_resync = {
	SHEET_SCREEN,
	.name = "resync",
	.about = N_("Codes depend on the time. If your phone's clock is wrong, its codes "
		    "are refused. Two codes in a row tell this console how far it is off, "
		    "and sign you in."),
	.title = N_("Resynchronise"),
	.handle = sheet_handle,
};
