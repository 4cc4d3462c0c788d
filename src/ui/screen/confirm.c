/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screen/confirm.h"

#include <string.h>

#include "core/secret.h"
#include "ui/screen/screens.h"
#include "ui/stack/parts.h"
#include "ui/widget/draw.h"

enum { RECOVERY = PART_OWN };

enum {
	WIDTH = 72,	    /* columns of the text, at most */
	EDGE = 2,	    /* columns of the frame and the blank inside it */
	BORDERS = 2,	    /* rows of the frame */
	PLACE_COLUMNS = 80, /* the dialog stands in the middle of that, near what it is about, on
			       larger terminals too */
	PLACE_ROWS = 22,
	BOX_ROWS = 8,	   /* of an area with room for a frame */
	QUESTION_ROWS = 2, /* the least that is left of a question's place */
	TYPED_POINTS = 120 /* of what is typed beside the proof: a reason */
};

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
	const struct wire_settings_view_reply *view = &event->reply->u.settings_view;
	const struct wire_setting_change_request *change =
	    &screen->confirm.request.u.setting_change;
	const struct wire_seen *seen = &change->seen;

	if (event->reply->err != ERR_OK)
		return;
	if (view->people == seen->people && view->with_2fa == seen->with_2fa &&
	    strcmp(view->value[change->id], seen->value) == 0)
		return;
	hand_down(ui, event);
	ui_say_err(ui, ERR_STALE, 0);
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

/* Rows of the frame. */
static int
borders(struct rect area)
{
	return area.height < BOX_ROWS ? 0 : BORDERS;
}

/* Height for question and form. */
static struct rect
box_in(const struct ui *ui, const struct confirm_screen *screen, struct rect area,
    const char *beside)
{
	struct rect box = { area.y, area.x, 0, area.width - EDGE };
	int rows = area.height < PLACE_ROWS ? area.height : PLACE_ROWS;
	int columns = area.width < PLACE_COLUMNS ? area.width : PLACE_COLUMNS;

	if (box.width > WIDTH + 2 * EDGE)
		box.width = WIDTH + 2 * EDGE;
	struct page page = { .rest = { .height = area.height, .width = box.width - 2 * EDGE },
		.note = ui_note(ui) };
	box.height = (int)draw_wrap(screen->confirm.question, (size_t)page.rest.width, NULL, 0) +
	    1 + page_form_rows(&page, &screen->form, beside) + borders(area);
	if (box.height > area.height)
		box.height = area.height;
	if (box.height < rows)
		box.y += (rows - box.height) / 2;
	box.x += (columns - box.width) / 2;
	return box;
}

/* Of what a dialog stands over only the beginning is seen, and an empty line under that. */
static void
clear_below(const struct ui *ui, struct rect box, struct rect area)
{
	for (int y = box.y - 1 > area.y ? box.y - 1 : box.y; y < area.y + area.height; y++)
		for (int x = area.x; x < area.x + area.width; x++)
			terminal_put(ui->terminal, y, x, 1, STYLE_PLAIN, " ");
}

/* The whole question or nothing: half a question would be answered blindly. */
static void
draw_question(const struct ui *ui, const char *question, struct rect rect)
{
	if ((int)draw_wrap(question, (size_t)(rect.width > 0 ? rect.width : 1), NULL, 0) <=
	    rect.height)
		paint_text(ui->terminal, rect, STYLE_PLAIN, question);
	else
		paint_text(ui->terminal, rect, STYLE_ERROR,
		    _("This terminal is too small for the question: make it larger, then decide."));
}

/* Rows of the form: all that it needs, but never without a word on the question; of that place the
 * first row is the form's. */
static int
form_room(const struct page *page, const struct confirm_screen *screen, const char *beside)
{
	int rows = page_form_rows(page, &screen->form, beside);
	int most = page->rest.height - QUESTION_ROWS;

	if (rows <= most)
		return rows;
	return most > 0 ? most : 1;
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct confirm_screen *screen = state;
	char left[128];
	const char *beside = draw_code_time(ui->clock(), screen->confirm.next_code, left,
	    sizeof left);
	struct rect box = box_in(ui, screen, area, beside);
	struct page page = { .terminal = ui->terminal,
		.rest = { box.y + borders(area) / 2, box.x + EDGE, box.height - borders(area),
		    box.width - 2 * EDGE },
		.note = ui_note(ui) };
	struct rect question = page.rest;

	clear_below(ui, box, area);
	if (borders(area) > 0)
		terminal_box(ui->terminal, box);
	question.height -= form_room(&page, screen, beside);
	draw_question(ui, screen->confirm.question, question);
	page_advance(&page, question.y + question.height);
	page_form(&page, &screen->form, beside);
	return page.noted;
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
