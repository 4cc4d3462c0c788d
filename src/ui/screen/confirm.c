/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screen/confirm.h"

#include <string.h>

#include "conv/setting.h"
#include "core/secret.h"
#include "ui/screen/dialog.h"
#include "ui/screen/screens.h"
#include "ui/stack/parts.h"
#include "ui/widget/draw.h"

enum { RECOVERY = PART_OWN, WITHOUT };

enum { TYPED_POINTS = 120 /* of what is typed beside the proof: a reason */ };

struct confirm_screen {
	struct form form;
	struct form_plan plan;
	struct confirm confirm;
	enum proof_kind kind;
};

static const struct form_field fields[] = {
	[PROOF_CODE] = { N_("6-digit code"), FIELD_CODE, 6 },
	[PROOF_RECOVERY] = { N_("Recovery code"), FIELD_RECOVERY, 19 },
	[PROOF_PASSWORD] = { N_("Password"), FIELD_PASSWORD, TEXT_PASSWORD_MAX },
};

/* Until it is known what is asked for. */
static const struct form_plan plan = { .fields = 0 };

static const struct key_row key_rows[] = {
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Confirm"), 50, N_("Makes the change.") },
	{ RECOVERY, KEY_NONE_, 'r', "r", N_("Recovery code"), 60,
	    N_("Uses one of your recovery codes instead.") },
	{ WITHOUT, KEY_NONE_, 'o', "o", N_("Without 2FA"), 55,
	    N_("Lists everybody without two-factor authentication; Esc comes back here.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Cancel"), KEY_ROW_ALWAYS,
	    N_("Goes back and changes nothing.") },
	{ .id = 0 },
};

/* --- life ------------------------------------------------------------------------ */

/* Which field the proof is: behind what else is typed. */
static size_t
proof_field(const struct confirm_screen *screen)
{
	return screen->confirm.typed != NULL ? 1 : 0;
}

/* What was typed besides stays. */
static enum err
open_form(struct confirm_screen *screen, enum proof_kind kind)
{
	const struct confirm *confirm = &screen->confirm;
	size_t proof = proof_field(screen);
	char typed[TEXT_REASON_SIZE] = "";
	enum err err;

	if (proof > 0 && screen->plan.fields > 0)
		wire_put(typed, sizeof typed, field_text(&screen->form.field[0]));
	screen->kind = kind;
	screen->plan = (struct form_plan){ .fields = proof + (confirm->proven ? 0 : 1),
		.buttons = 2,
		.button = { confirm->verb, N_("Cancel") },
		.empty = confirm->missing };
	if (proof > 0)
		screen->plan.field[0] = (struct form_field){ .label = confirm->typed,
			.kind = FIELD_TEXT,
			.points = TYPED_POINTS };
	if (!confirm->proven)
		screen->plan.field[proof] = fields[kind];
	err = form_reopen(&screen->form, &screen->plan);
	if (err == ERR_OK && typed[0] != '\0') {
		err = field_set(&screen->form.field[0], typed);
		form_focus(&screen->form, proof);
	}
	return err;
}

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct confirm_screen *screen = state;
	const struct confirm *confirm = argument;

	(void)ui;
	screen->confirm = *confirm;
	return open_form(screen, screen->confirm.by_code ? PROOF_CODE : PROOF_PASSWORD);
}

void
confirm_open(struct ui *ui, struct confirm *confirm)
{
	ui_push(ui, &screen_confirm, confirm);
	secret_wipe(confirm, sizeof *confirm);
}

/* --- asking ------------------------------------------------------------------------ */

void
confirm_fill_proof(struct wire_proof *proof, enum proof_kind kind, const char *text)
{
	switch (kind) {
	case PROOF_CODE:
		wire_put(proof->code, sizeof proof->code, text);
		break;
	case PROOF_RECOVERY:
		wire_put(proof->recovery, sizeof proof->recovery, text);
		break;
	case PROOF_PASSWORD:
		wire_put(proof->password, sizeof proof->password, text);
		break;
	}
}

/* The screen below was not told about news meanwhile. */
static void
cancel(struct ui *ui)
{
	ui->old = true;
	ui_pop(ui);
}

static void
pressed(struct ui *ui, struct confirm_screen *screen, size_t button)
{
	struct wire_request request;

	if (button == 1)
		cancel(ui);
	if (button != 0)
		return;
	request = screen->confirm.request;
	if (screen->confirm.typed != NULL) {
		enum err err = screen->confirm.take(&request, field_text(&screen->form.field[0]));

		if (err != ERR_OK) {
			secret_wipe(&request, sizeof request);
			form_focus(&screen->form, 0);
			ui_say_err(ui, err, 0);
			return;
		}
	}
	if (!screen->confirm.proven)
		confirm_fill_proof(wire_request_proof(&request), screen->kind,
		    field_text(&screen->form.field[proof_field(screen)]));
	ui_ask(ui, &request, PART_BUSY);
}

/* --- answers ------------------------------------------------------------------------ */

bool
confirm_is_about_proof(enum err err)
{
	static const enum err proofs[] = { ERR_CODE_WRONG, ERR_CODE_USED, ERR_CODE_FORMAT,
		ERR_CODE_LOCKED, ERR_CLOCK_BACK, ERR_PROOF_NEEDED, ERR_RECOVERY_WRONG,
		ERR_RECOVERY_FORMAT, ERR_PASSWORD_WRONG, ERR_PAUSED, ERR_BUSY };

	for (size_t i = 0; i < sizeof proofs / sizeof proofs[0]; i++)
		if (proofs[i] == err)
			return true;
	return false;
}

static void
hand_down(struct ui *ui, const struct event *event)
{
	ui_pop(ui);
	ui_give(ui, event);
}

/* Another administrator was faster: the numbers in the question are out of date, so ask again. */
static void
looked_again(struct ui *ui, struct confirm_screen *screen, const struct event *event)
{
	if (event->reply->err != ERR_OK ||
	    setting_unchanged(&screen->confirm.request.u.setting_change,
		&event->reply->u.settings_view))
		return;
	ui_say_err(ui, ERR_STALE, 0); /* unless the screen below has more to say */
	hand_down(ui, event);
}

/* The five minutes of administering were over before the button was pressed. */
static void
ask_proof(struct ui *ui, struct confirm_screen *screen)
{
	screen->confirm.proven = false;
	if (open_form(screen, screen->confirm.by_code ? PROOF_CODE : PROOF_PASSWORD) != ERR_OK)
		ui_end(ui, 1, ERR_MEMORY, NULL);
	ui_say_err(ui, ERR_PROOF_NEEDED, 0);
}

static void
answered(struct ui *ui, struct confirm_screen *screen, const struct event *event)
{
	enum err err = (enum err)event->reply->err;

	if (event->reply->op == WIRE_SETTINGS_VIEW &&
	    screen->confirm.request.op == WIRE_SETTING_CHANGE) {
		looked_again(ui, screen, event);
	} else if (err == ERR_PROOF_NEEDED && screen->confirm.proven) {
		ask_proof(ui, screen);
	} else if (confirm_is_about_proof(err)) {
		if (err != ERR_BUSY && !screen->confirm.proven)
			form_refuse(&screen->form, proof_field(screen), 1);
		if (err == ERR_CODE_USED)
			screen->confirm.next_code = ui->clock() + event->reply->wait;
		ui_say_err(ui, err, event->reply->wait);
	} else {
		hand_down(ui, event);
	}
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct confirm_screen *screen = state;
	size_t button;

	if (event->type == EVENT_REPLY) {
		answered(ui, screen, event);
		return true;
	}
	bool used = parts_form(ui, &screen->form, event, &button);
	pressed(ui, screen, button);
	return used;
}

static void
act(struct ui *ui, void *state, int id)
{
	struct confirm_screen *screen = state;

	if (id == PART_ENTER)
		pressed(ui, screen, parts_enter(ui, &screen->form));
	if (id == WITHOUT)
		ui_push(ui, &screen_users, &(const bool){ true });
	if (id == RECOVERY && open_form(screen, PROOF_RECOVERY) != ERR_OK)
		ui_end(ui, 1, ERR_MEMORY, NULL);
	if (id == PART_BACK)
		cancel(ui);
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct confirm_screen *screen = state;

	(void)ui;
	if (id == WITHOUT)
		return screen->confirm.without && screen->kind == PROOF_CODE;
	return id != RECOVERY || (screen->kind == PROOF_CODE && !screen->confirm.proven);
}

static void
resume(struct ui *ui, void *state)
{
	const struct confirm_screen *screen = state;

	if (screen->confirm.request.op == WIRE_SETTING_CHANGE)
		ui_ask_plain(ui, WIRE_SETTINGS_VIEW, NULL);
}

/* --- drawing ------------------------------------------------------------------------- */

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct confirm_screen *screen = state;
	char left[128];
	const struct dialog dialog = { .question = screen->confirm.question,
		.brief = screen->confirm.brief,
		.form = &screen->form,
		.beside = draw_code_time(ui->clock(), screen->confirm.next_code, left,
		    sizeof left) };

	return dialog_draw(ui, &dialog, area);
}

const struct screen screen_confirm = {
	.name = "confirm",
	.about = N_("Says what the change does, before it is made. Where a code is asked for, it "
		    "proves that it is you: type one that you have not used yet. Without an "
		    "authenticator, your password is asked for."),
	.state_size = sizeof(struct confirm_screen),
	.plan = &plan,
	.key_rows = key_rows,
	.ticks = true,
	.dialog = true,
	.enter = enter,
	.handle = handle,
	.act = act,
	.offers = offers,
	.draw = draw,
	.resume = resume,
};
