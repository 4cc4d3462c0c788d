/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "core/secret.h"
#include "ui/confirm.h"
#include "ui/parts.h"

enum { RECOVERY = PART_OWN };

enum { STEP = 30, WIDTH = 72, EDGE = 2, BOX_ROWS = 6 };	/* seconds; columns; columns; rows beside the question's */

enum proof_kind { PROOF_CODE, PROOF_RECOVERY, PROOF_PASSWORD };

struct confirm_screen {
	struct confirm confirm;
	struct form_plan plan;
	struct form form;
	enum proof_kind kind;
};

static const struct form_field fields[] = {
	[PROOF_CODE] = { N_("6-digit code"), FIELD_CODE, 6 },
	[PROOF_RECOVERY] = { N_("Recovery code"), FIELD_RECOVERY, 19 },
	[PROOF_PASSWORD] = { N_("Password"), FIELD_PASSWORD, TEXT_PASSWORD_MAX },
};

static const struct ui_action actions[] = {
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Confirm"), 50, N_("Sends what you typed: then it is done.") },
	{ RECOVERY, KEY_NONE_, 'r', "r", N_("Recovery code"), 60, N_("Takes one of your recovery codes instead.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Cancel"), ACTION_RANK_ALWAYS, N_("Goes back and changes nothing.") },
	{ .id = 0 },
};

/* --- life ------------------------------------------------------------------------ */

static enum err
open_form(struct confirm_screen *screen, enum proof_kind kind)
{
	form_close(&screen->form);
	screen->kind = kind;
	screen->plan = (struct form_plan){ .fields = 1, .buttons = 2, .field = { fields[kind] },
	    .button = { screen->confirm.verb, N_("Cancel") } };
	return form_open(&screen->form, &screen->plan);
}

static enum err
enter(struct ui *ui, void *state)
{
	struct confirm_screen *screen = state;

	if (ui->offered == NULL)
		return ERR_STATE;
	screen->confirm = *ui->offered;
	return open_form(screen, screen->confirm.by_code ? PROOF_CODE : PROOF_PASSWORD);
}

static void
leave(struct ui *ui, void *state)
{
	struct confirm_screen *screen = state;

	(void)ui;
	form_close(&screen->form);
}

void
confirm_open(struct ui *ui, struct confirm *confirm)
{
	ui->offered = confirm;
	ui_push(ui, &screen_confirm);
	ui->offered = NULL;
	secret_wipe(confirm, sizeof *confirm);
}

/* --- asking ------------------------------------------------------------------------ */

/* Where the proof stands in a request; NULL: in none. */
static struct wire_proof *
proof_of(struct wire_request *request)
{
	if (request->op == WIRE_SETTING_CHANGE)
		return &request->u.setting_change.proof;
	if (request->op == WIRE_CHANGE_PASSWORD)
		return &request->u.change_password.proof;
	return &request->u.proof.proof;
}

static void
fill_proof(struct wire_proof *proof, enum proof_kind kind, const char *text)
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

static void
pressed(struct ui *ui, struct confirm_screen *screen, size_t button)
{
	struct wire_request request;

	if (button == 1)
		ui_pop(ui);
	if (button != 0)
		return;
	request = screen->confirm.request;
	fill_proof(proof_of(&request), screen->kind, field_text(&screen->form.field[0]));
	ui_ask(ui, &request, PART_BUSY);
}

/* --- answers ------------------------------------------------------------------------ */

bool
confirm_is_about_proof(enum err err)
{
	static const enum err proofs[] = { ERR_CODE_WRONG, ERR_CODE_USED, ERR_CODE_FORMAT, ERR_CODE_LOCKED, ERR_RECOVERY_WRONG,
	    ERR_RECOVERY_FORMAT, ERR_PASSWORD_WRONG, ERR_PAUSED, ERR_BUSY };

	for (size_t i = 0; i < sizeof proofs / sizeof proofs[0]; i++)
		if (proofs[i] == err)
			return true;
	return false;
}

static void
hand_down(struct ui *ui, const struct event *event)
{
	struct ui_slot below;

	ui_pop(ui);
	below = ui->stack[ui->depth - 1];
	below.screen->handle(ui, below.state, event);
}

/* Two at once: what the numbers in the question rest on has changed, so it is asked anew. */
static void
looked_again(struct ui *ui, struct confirm_screen *screen, const struct event *event)
{
	const struct wire_settings_view_reply *view = &event->reply->u.settings_view;
	const struct wire_setting_change_request *change = &screen->confirm.request.u.setting_change;
	const struct wire_seen *seen = &change->seen;

	if (event->reply->err != ERR_OK)
		return;
	if (view->people == seen->people && view->with_2fa == seen->with_2fa && strcmp(view->value[change->id], seen->value) == 0)
		return;
	hand_down(ui, event);
	ui_say_err(ui, ERR_STALE, 0);
}

static void
answered(struct ui *ui, struct confirm_screen *screen, const struct event *event)
{
	enum err err = (enum err)event->reply->err;

	if (event->reply->op == WIRE_SETTINGS_VIEW && screen->confirm.request.op == WIRE_SETTING_CHANGE) {
		looked_again(ui, screen, event);
	} else if (confirm_is_about_proof(err)) {
		if (err != ERR_BUSY)
			parts_refuse(&screen->form, 0, 1);
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
	if (id == RECOVERY && open_form(screen, PROOF_RECOVERY) != ERR_OK)
		ui_end(ui, 1, ERR_MEMORY, NULL);
	if (id == PART_BACK)
		ui_pop(ui);
}

static bool
offers(const void *state, int id)
{
	const struct confirm_screen *screen = state;

	return id != RECOVERY || screen->kind == PROOF_CODE;
}

static void
resume(struct ui *ui, void *state)
{
	const struct confirm_screen *screen = state;

	if (screen->confirm.request.op == WIRE_SETTING_CHANGE)
		parts_ask(ui, WIRE_SETTINGS_VIEW, NULL);
}

/* --- drawing ------------------------------------------------------------------------- */

static size_t
lines_of(const char *text, int columns)
{
	return draw_wrap(text, (size_t)(columns > 0 ? columns : 1), NULL, 0);
}

/* In the middle, as high as the question needs. */
static struct rect
box_in(const struct confirm *confirm, struct rect area)
{
	struct rect box = { area.y, area.x, 0, area.width - EDGE };

	if (box.width > WIDTH + 2 * EDGE)
		box.width = WIDTH + 2 * EDGE;
	box.height = (int)lines_of(confirm->question, box.width - 2 * EDGE) + BOX_ROWS;
	if (box.height > area.height)
		box.height = area.height;
	box.x = area.x + (area.width - box.width) / 2;
	box.y = area.y + (area.height - box.height) / 2;
	return box;
}

/* While the present code is spent it counts down to the next. */
static const char *
beside(const struct ui *ui, const struct confirm_screen *screen, char *buf, size_t size)
{
	int64_t now = ui->clock();

	if (screen->kind != PROOF_CODE)
		return NULL;
	if (screen->confirm.next_code > now)
		snprintf(buf, size, _("next code in %d s"), (int)(screen->confirm.next_code - now));
	else
		snprintf(buf, size, _("new code in %d s"), STEP - (int)(now % STEP));
	return buf;
}

static void
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct confirm_screen *screen = state;
	struct rect box = box_in(&screen->confirm, area);
	struct page page = { .ui = ui, .rest = { box.y + 1, box.x + EDGE, box.height - 2, box.width - 2 * EDGE } };
	char left[128];

	terminal_box(ui->terminal, box);
	page_text(&page, STYLE_PLAIN, screen->confirm.question);
	page_form(&page, &screen->form, beside(ui, screen, left, sizeof left));
}

static struct form *
form_of(void *state)
{
	struct confirm_screen *screen = state;

	return &screen->form;
}

const struct screen screen_confirm = {
	.name = "confirm", .state_size = sizeof(struct confirm_screen), .actions = actions, .ticks = true, .dialog = true,
	.enter = enter, .leave = leave, .handle = handle, .act = act, .offers = offers, .draw = draw, .form = form_of, .resume = resume,
};
