/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The idle lock: hides everything until a code (without 2FA the password) unlocks it. */
#include "ui/screen/screens.h"
#include "ui/screen/confirm.h"
#include "ui/stack/parts.h"
#include "ui/widget/draw.h"

enum { RECOVERY = PART_OWN, CODE, END };

struct lock {
	struct form form;
	enum proof_kind kind;
};

static const struct form_plan plans[] = {
	[PROOF_CODE] = { .fields = 1,
	    .buttons = 2,
	    .field = { { N_("6-digit code"), FIELD_CODE, 6 } },
	    .button = { N_("Unlock"), N_("Sign out") } },
	[PROOF_RECOVERY] = { .fields = 1,
	    .buttons = 2,
	    .field = { { N_("Recovery code"), FIELD_RECOVERY, 19 } },
	    .button = { N_("Unlock"), N_("Sign out") } },
	[PROOF_PASSWORD] = { .fields = 1,
	    .buttons = 2,
	    .field = { { N_("Password"), FIELD_PASSWORD, TEXT_PASSWORD_MAX } },
	    .button = { N_("Unlock"), N_("Sign out") } },
};

static const struct key_row key_rows[] = {
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Unlock"), 50,
	    N_("Unlocks the console where you left it.") },
	{ RECOVERY, KEY_NONE_, 'r', "r", N_("Recovery code"), 60,
	    N_("Uses one of your recovery codes instead.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Clear"), KEY_ROW_ALWAYS, N_("Clears the field.") },
	{ CODE, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back to the 6-digit code.") },
	{ END, KEY_INTERRUPT, 0, "^C", N_("Sign out"), 70, N_("Ends the console.") },
	{ .id = 0 },
};

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct lock *lock = state;

	(void)argument;
	lock->kind = ui->facts.has_2fa ? PROOF_CODE : PROOF_PASSWORD;
	return form_reopen(&lock->form, &plans[lock->kind]);
}

static void
unlock(struct ui *ui, struct lock *lock)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_UNLOCK);
	confirm_fill_proof(&request.u.proof.proof, lock->kind, field_text(&lock->form.field[0]));
	ui_ask(ui, &request, PART_BUSY);
}

static void
pressed(struct ui *ui, struct lock *lock, size_t button)
{
	if (button == 0)
		unlock(ui, lock);
	if (button == 1)
		ui_leave(ui);
}

/* Unlocked: back to where it was, or to a door that must be passed now. */
static void
answered(struct ui *ui, struct lock *lock, const struct wire_reply *reply)
{
	if (reply->op != WIRE_UNLOCK)
		return;
	if (reply->err != ERR_OK) {
		if (reply->err != ERR_BUSY)
			form_refuse(&lock->form, 0, 1);
		ui_say_err(ui, (enum err)reply->err, reply->wait);
	} else if (reply->door == DOOR_HOME) {
		ui->facts.door = DOOR_HOME;
		ui_pop(ui);
	} else {
		ui_enter_door(ui, (enum signin_door)reply->door);
	}
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct lock *lock = state;
	size_t button;

	if (event->type == EVENT_REPLY) {
		answered(ui, lock, event->reply);
		return true;
	}
	bool used = parts_form(ui, &lock->form, event, &button);
	pressed(ui, lock, button);
	return used;
}

static void
go_to(struct ui *ui, struct lock *lock, enum proof_kind kind)
{
	lock->kind = kind;
	if (form_reopen(&lock->form, &plans[kind]) != ERR_OK)
		ui_end(ui, 1, ERR_MEMORY, NULL);
}

static void
act(struct ui *ui, void *state, int id)
{
	struct lock *lock = state;

	if (id == PART_ENTER)
		pressed(ui, lock, parts_enter(ui, &lock->form));
	if (id == RECOVERY)
		go_to(ui, lock, PROOF_RECOVERY);
	if (id == CODE)
		go_to(ui, lock, PROOF_CODE);
	if (id == PART_BACK)
		form_refuse(&lock->form, 0, 1);
	if (id == END)
		ui_leave(ui);
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct lock *lock = state;

	(void)ui;
	if (id == CODE || id == PART_BACK)
		return (id == CODE) == (lock->kind == PROOF_RECOVERY);
	return id != RECOVERY || lock->kind == PROOF_CODE;
}

static void
fill(const struct ui *ui, const void *state, struct page *page)
{
	const struct lock *lock = state;
	char left[128];

	draw_code_time(ui->clock(), 0, left, sizeof left);
	page_intro(page, STYLE_PLAIN,
	    lock->kind == PROOF_PASSWORD
		? _("No key was pressed for a while. Enter your password to go on.")
		: _("No key was pressed for a while. Enter a code to go on."),
	    page_form_rows(page, &lock->form, left));
	page_form(page, &lock->form, left);
}

const struct screen screen_lock = {
	.name = "lock",
	.about = N_("Nobody pressed a key for a while, so the console locked itself. "
		    "Nothing is lost. A code opens it again, or your password where you "
		    "have no authenticator."),
	.title = N_("Locked"),
	.state_size = sizeof(struct lock),
	.plan = &plans[PROOF_CODE],
	.key_rows = key_rows,
	.ticks = true,
	.enter = enter,
	.handle = handle,
	.act = act,
	.offers = offers,
	.fill = fill,
};
