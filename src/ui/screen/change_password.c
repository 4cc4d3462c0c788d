/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One's own password, with the old one, and a fresh code where 2FA is on. */
#include "conv/notice.h"
#include "ui/screen/confirm.h"
#include "ui/screen/screens.h"
#include "ui/stack/parts.h"
#include "ui/widget/draw.h"

enum { OLD, FRESH, REPEAT, CODE };

struct change {
	struct form form;
	enum wire_op op;	  /* WIRE_CHANGE_PASSWORD, or WIRE_NOT_ME: */
	struct wire_notice which; /* that sign-in; id 0: the last one before this */
};

static const struct form_plan with_code = {
	.fields = 4, .buttons = 1,
	.field = {
		{ N_("Old password"), FIELD_PASSWORD, TEXT_PASSWORD_MAX },
		{ N_("New password"), FIELD_PASSWORD, TEXT_PASSWORD_MAX },
		{ N_("Repeat password"), FIELD_PASSWORD, TEXT_PASSWORD_MAX },
		{ N_("6-digit code"), FIELD_CODE, 6 },
	},
	.button = { N_("Save") },
};

static const struct form_plan without_code = {
	.fields = 3, .buttons = 1,
	.field = {
		{ N_("Old password"), FIELD_PASSWORD, TEXT_PASSWORD_MAX },
		{ N_("New password"), FIELD_PASSWORD, TEXT_PASSWORD_MAX },
		{ N_("Repeat password"), FIELD_PASSWORD, TEXT_PASSWORD_MAX },
	},
	.button = { N_("Save") },
};

static const struct key_row key_rows[] = {
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Save"), 50,
	    N_("Goes to the next empty field, then saves.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back and changes nothing.") },
	{ .id = 0 },
};

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct change *change = state;

	(void)argument;
	change->op = WIRE_CHANGE_PASSWORD;
	return form_reopen(&change->form, ui->facts.has_2fa ? &with_code : &without_code);
}

static enum err
enter_not_me(struct ui *ui, void *state, const void *argument)
{
	struct change *change = state;
	enum err err = enter(ui, state, argument);

	change->op = WIRE_NOT_ME;
	if (argument != NULL)
		change->which = *(const struct wire_notice *)argument;
	return err;
}

static void
save(struct ui *ui, struct change *change)
{
	struct form *form = &change->form;
	struct wire_request request;
	struct wire_change_password_request *ask = &request.u.change_password;

	if (!parts_repeated(ui, form, FRESH, REPEAT))
		return;
	wire_request_init(&request, change->op);
	ask->sign_in = change->which.id;
	wire_put(ask->old, sizeof ask->old, field_text(&form->field[OLD]));
	wire_put(ask->fresh, sizeof ask->fresh, field_text(&form->field[FRESH]));
	if (form->plan->fields > CODE)
		wire_put(ask->proof.code, sizeof ask->proof.code, field_text(&form->field[CODE]));
	ui_ask(ui, &request, PART_BUSY);
}

/* Only what was refused is cleared: the old password, the code, or the new one with its repetition.
 */
static void
refused(struct form *form, enum err err)
{
	if (err == ERR_PASSWORD_WRONG)
		form_refuse(form, OLD, 1);
	else if (err == ERR_PASSWORD_SAME ||
	    (err >= ERR_PASSWORD_SHORT && err <= ERR_PASSWORD_IS_NAME))
		form_refuse(form, FRESH, 2);
	else if (confirm_is_about_proof(err) && err != ERR_BUSY && form->plan->fields > CODE)
		form_refuse(form, CODE, 1);
}

static void
answered(struct ui *ui, struct change *change, const struct wire_reply *reply)
{
	if (reply->err == ERR_CODE_USED)
		ui->facts.next_code = ui->clock() + reply->wait;
	if (reply->err != ERR_OK) {
		refused(&change->form, (enum err)reply->err);
		ui_say_err(ui, (enum err)reply->err, reply->wait);
		return;
	}
	if (reply->door != (uint32_t)ui->facts.door) {
		ui_signin_reply(ui, reply);
		ui_say(ui, STYLE_GOOD,
		    N_("Your other sessions have ended. Now replace your authenticator."));
		return;
	}
	ui_pop(ui);
	ui_say(ui, STYLE_GOOD, N_("Your password was changed. Your other sessions have ended."));
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct change *change = state;
	size_t button;

	if (event->type == EVENT_REPLY) {
		answered(ui, change, event->reply);
		return true;
	}
	bool used = parts_form(ui, &change->form, event, &button);
	if (button == 0)
		save(ui, change);
	return used;
}

static void
act(struct ui *ui, void *state, int id)
{
	struct change *change = state;

	if (id == PART_BACK)
		ui_pop(ui);
	else if (id == PART_ENTER && parts_enter(ui, &change->form) == 0)
		save(ui, change);
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct change *change = state;
	struct page page = parts_page(ui, area);
	char left[128];

	page_form(&page, &change->form,
	    draw_code_time(ui->clock(), ui->facts.next_code, left, sizeof left));
	parts_good_password(ui, &page);
	return page.noted;
}

const struct screen screen_change_password = {
	.name = "change-password",
	.about = N_("Changes the password that you sign in with. Your other sessions end; "
		    "this one goes on."),
	.title = N_("Change password"),
	.state_size = sizeof(struct change),
	.plan = &without_code,
	.key_rows = key_rows,
	.ticks = true,
	.enter = enter,
	.handle = handle,
	.act = act,
	.draw = draw,
};

/* Which sign-in, where there is room for it besides all else. */
static void
draw_which(const struct ui *ui, const struct change *change, struct page *page, int reserve)
{
	enum { TEXTS = 13 }; /* rows of what stands above and below the fields */
	char line[NOTICE_TEXT];

	if (change->which.id == 0 || page->rest.height <= reserve + TEXTS)
		return;
	notice_line(&change->which, ui->clock(), line, sizeof line);
	page_line(page, STYLE_BOLD, 0, line);
	page_gap(page);
}

static bool
draw_not_me(const struct ui *ui, const void *state, struct rect area)
{
	const struct change *change = state;
	struct page page = parts_page(ui, area);
	char left[128];
	const char *beside = draw_code_time(ui->clock(), ui->facts.next_code, left, sizeof left);

	draw_which(ui, change, &page, page_form_rows(&page, &change->form, beside));
	page_intro(&page, STYLE_PLAIN,
	    _("Somebody else signed in as you? Choose another password: your other sessions end, "
	      "your recovery codes stop working, you replace your authenticator next, and keep or "
	      "remove those that were added since. Administrators are told."),
	    page_form_rows(&page, &change->form, beside));
	page_form(&page, &change->form, beside);
	parts_good_password(ui, &page);
	return page.noted;
}

const struct screen screen_not_me = {
	.name = "not-me",
	.about = N_("For a sign-in that was not yours. What the other one has opens nothing from "
		    "then on: the password is another, and authenticator and recovery codes are "
		    "replaced before you go on. If the line drops on the way, your next sign-in "
		    "goes on there."),
	.title = N_("It was not me"),
	.state_size = sizeof(struct change),
	.plan = &without_code,
	.key_rows = key_rows,
	.ticks = true,
	.enter = enter_not_me,
	.handle = handle,
	.act = act,
	.draw = draw_not_me,
};
