/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The name of an authenticator: of one more, before its key is shown, or another for one there is.
 */
#include <stdio.h>
#include <string.h>

#include "conv/device.h"
#include "ui/screen/confirm.h"
#include "ui/screen/device.h"
#include "ui/screen/enrolment.h"
#include "ui/screen/screens.h"

struct name_screen {
	struct form form;
	int64_t id; /* of the one that is renamed; 0: one more */
	int64_t
	    next_code; /* Unix seconds of the first code that is not spent; 0: the present one */
};

static const struct form_plan rename_plan = {
	.fields = 1,
	.buttons = 1,
	.field = { { N_("Name"), FIELD_TEXT, ACCOUNT_DEVICE_POINTS } },
	.button = { N_("Save") },
};

static const struct form_plan add_plan = {
	.fields = 1,
	.buttons = 1,
	.field = { { N_("Name"), FIELD_TEXT, ACCOUNT_DEVICE_POINTS } },
	.button = { N_("Continue") },
};

static const struct key_row key_rows[] = {
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Continue"), 50,
	    N_("Takes this name, and goes on.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back and changes nothing.") },
	{ .id = 0 },
};

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct name_screen *screen = state;
	const struct device_of *of = argument;
	bool more = of->device >= of->account->device_count;
	char name[TEXT_LABEL_SIZE];
	enum err err = form_reopen(&screen->form, more ? &add_plan : &rename_plan);

	(void)ui;
	screen->id = more ? 0 : of->account->device[of->device].id;
	screen->next_code = of->account->next_code;
	if (more)
		device_name_next(of->account, name, sizeof name);
	else
		device_name_put(of->account->device[of->device].name, name, sizeof name);
	return err == ERR_OK ? field_set(&screen->form.field[0], name) : err;
}

/* --- asking --------------------------------------------------------------------------------- */

static void
ask_to_rename(struct ui *ui, const struct name_screen *screen)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_DEVICE_RENAME);
	request.u.device_rename.id = screen->id;
	wire_put(request.u.device_rename.name, sizeof request.u.device_rename.name,
	    field_text(&screen->form.field[0]));
	ui_ask(ui, &request, NULL);
}

static void
ask_to_add(struct ui *ui, const struct name_screen *screen)
{
	struct confirm confirm = { .verb = N_("Show the key"),
		.by_code = true,
		.next_code = screen->next_code };
	const char *typed = field_text(&screen->form.field[0]);
	char name[TEXT_LABEL_SIZE];

	(void)text_show(typed, strlen(typed), name, sizeof name);
	snprintf(confirm.question, sizeof confirm.question,
	    _("Add %s? Enter a code of an authenticator that you have: then you are shown the key "
	      "of "
	      "the new one."),
	    name);
	wire_request_init(&confirm.request, WIRE_DEVICE_ADD);
	wire_put(confirm.request.u.device_add.name, sizeof confirm.request.u.device_add.name,
	    typed);
	confirm_open(ui, &confirm);
}

static void
pressed(struct ui *ui, const struct name_screen *screen)
{
	if (screen->id == 0)
		ask_to_add(ui, screen);
	else
		ask_to_rename(ui, screen);
}

/* --- answers ---------------------------------------------------------------------------------- */

static void
answered(struct ui *ui, const struct event *event)
{
	const struct wire_reply *reply = event->reply;

	if (reply->err == ERR_STALE) {
		ui_pop(ui);
		ui_say_err(ui, ERR_STALE, 0);
	} else if (reply->err != ERR_OK) {
		ui_say_err(ui, (enum err)reply->err, reply->wait);
	} else if (reply->op == WIRE_DEVICE_ADD) {
		ui_close_top(ui);
		enrolment_show(ui, event);
	} else if (reply->op == WIRE_DEVICE_RENAME) {
		ui_pop(ui);
		ui_say(ui, STYLE_GOOD, N_("Saved."));
	}
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct name_screen *screen = state;
	size_t button;

	if (event->type == EVENT_REPLY) {
		answered(ui, event);
		return true;
	}
	bool used = parts_form(ui, &screen->form, event, &button);
	if (button == 0)
		pressed(ui, screen);
	return used;
}

static void
act(struct ui *ui, void *state, int id)
{
	struct name_screen *screen = state;

	if (id == PART_BACK)
		ui_pop(ui);
	else if (id == PART_ENTER && parts_enter(ui, &screen->form) == 0)
		pressed(ui, screen);
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct name_screen *screen = state;
	struct page page = parts_page(ui, area);

	page_form(&page, &screen->form, NULL);
	page_text(&page, STYLE_DIM,
	    _("A name that tells you which one it is, such as Work phone. Only you and the "
	      "administrators see it."));
	return page.noted;
}

const struct screen screen_device_name = {
	.name = "device-name",
	.about = N_("The name of one of your authenticators. It stands in your account, and in the "
		    "audit log beside each sign-in with it."),
	.title = N_("My account > Authenticator"),
	.state_size = sizeof(struct name_screen),
	.plan = &rename_plan,
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.draw = draw,
};
