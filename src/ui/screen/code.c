/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The second door: the 6-digit code. */
#include "client/host_clock.h"
#include "ui/screen/screens.h"
#include "ui/stack/parts.h"
#include "ui/widget/draw.h"

enum { RECOVERY = PART_OWN, RESYNC };

struct code {
	struct form form;
	bool refused; /* then the phone's clock may be wrong */
};

static const struct form_plan plan = {
	.fields = 1,
	.buttons = 2,
	.field = { { N_("6-digit code"), FIELD_CODE, 6 } },
	.button = { N_("Sign in"), N_("Use a recovery code") },
};

static const struct key_row key_rows[] = {
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Sign in"), 50, N_("Sends the code.") },
	{ RECOVERY, KEY_NONE_, 'r', "r", N_("Recovery code"), 60,
	    N_("Signs in with one of your recovery codes instead.") },
	{ RESYNC, KEY_NONE_, 'y', "y", N_("Resynchronise"), 55,
	    N_("Uses two codes in a row, for a phone whose clock is wrong.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back to name and password.") },
	{ .id = 0 },
};

static void
pressed(struct ui *ui, struct code *code, size_t button)
{
	struct wire_request request;

	if (button == 1)
		ui_push(ui, &screen_recovery, NULL);
	if (button != 0)
		return;
	wire_request_init(&request, WIRE_CODE);
	wire_put(request.u.code.code, sizeof request.u.code.code, field_text(&code->form.field[0]));
	ui_ask(ui, &request, PART_BUSY);
}

static void
answered(struct ui *ui, struct code *code, const struct wire_reply *reply)
{
	if (!ui_signin_reply(ui, reply) || reply->err == ERR_BUSY)
		return;
	form_refuse(&code->form, 0, 1);
	if (reply->err == ERR_CODE_WRONG || reply->err == ERR_CODE_USED)
		code->refused = true;
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct code *code = state;
	size_t button;

	if (event->type == EVENT_REPLY) {
		answered(ui, code, event->reply);
		return true;
	}
	bool used = parts_form(ui, &code->form, event, &button);
	pressed(ui, code, button);
	return used;
}

static void
act(struct ui *ui, void *state, int id)
{
	struct code *code = state;

	if (id == PART_ENTER)
		pressed(ui, code, parts_enter(ui, &code->form));
	if (id == RECOVERY)
		ui_push(ui, &screen_recovery, NULL);
	if (id == RESYNC)
		ui_push(ui, &screen_resync, NULL);
	if (id == PART_BACK)
		ui_ask_plain(ui, WIRE_BACK, NULL);
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct code *code = state;

	(void)ui;
	return id != RESYNC || code->refused;
}

static void
fill(const struct ui *ui, const void *state, struct page *page)
{
	const struct code *code = state;
	char left[128];

	draw_code_time(ui->clock(), 0, left, sizeof left);
	page_intro(page, STYLE_PLAIN,
	    _("Enter the 6-digit code from your authenticator application."),
	    page_form_rows(page, &code->form, left));
	page_form(page, &code->form, left);
	if (code->refused)
		page_text(page, STYLE_DIM,
		    _("Is it always refused? Your phone's clock may be wrong: press y to "
		      "resynchronise."));
	if (code->refused && ui->facts.clock_loose)
		page_text(page, STYLE_DIM, _(host_clock_sentence));
}

const struct screen screen_code = {
	.name = "code",
	.about = N_("An authenticator is an application on your phone that shows a new "
		    "6-digit code every 30 seconds. Type the one that it shows for this "
		    "console. Without your phone, use a recovery code: one of the ten that "
		    "you saved when you configured it."),
	.title = N_("Two-factor authentication"),
	.state_size = sizeof(struct code),
	.plan = &plan,
	.key_rows = key_rows,
	.ticks = true,
	.handle = handle,
	.act = act,
	.offers = offers,
	.fill = fill,
};
