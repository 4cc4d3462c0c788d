/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One authenticator, over My account: another name, another in its place, or none. */
#include "ui/screen/device.h"

#include <stdio.h>

#include "conv/device.h"
#include "ui/screen/confirm.h"
#include "ui/screen/enrolment.h"
#include "ui/screen/screens.h"
#include "ui/widget/list.h"
#include "ui/widget/menu.h"

enum { CHOOSE = PART_OWN };

enum { LINE = 1024 };

struct device_screen {
	struct list list;
	struct wire_account_reply account;
	size_t device;
	int64_t id;
};

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one item to the next.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Open"), 50, N_("Opens the item.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back and changes nothing.") },
	{ .id = 0 },
};

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct device_screen *screen = state;
	const struct device_of *of = argument;
	enum device_item list[DEVICE_ITEMS];

	(void)ui;
	screen->account = *of->account;
	screen->device = of->device;
	screen->id = of->account->device[of->device].id;
	screen->list.count = device_items(&screen->account, list);
	return ERR_OK;
}

static void
resume(struct ui *ui, void *state)
{
	(void)state;
	ui_ask_plain(ui, WIRE_ACCOUNT, NULL);
}

/* --- the items --------------------------------------------------------------------------- */

static void
rename_it(struct ui *ui, const struct device_screen *screen)
{
	const struct device_of of = { &screen->account, screen->device };

	ui_push(ui, &screen_device_name, &of);
}

static void
replace(struct ui *ui, const struct device_screen *screen)
{
	enrolment_replace(ui, &screen->account, screen->device);
}

static void
remove_it(struct ui *ui, const struct device_screen *screen)
{
	struct confirm confirm = { .verb = N_("Remove"),
		.by_code = true,
		.next_code = screen->account.next_code };

	device_question(DEVICE_REMOVE, &screen->account, screen->device, confirm.question,
	    sizeof confirm.question);
	wire_request_init(&confirm.request, WIRE_DEVICE_REMOVE);
	confirm.request.u.device.id = screen->id;
	confirm_open(ui, &confirm);
}

static void (*const opens[DEVICE_ITEMS])(struct ui *ui, const struct device_screen *screen) = {
	[DEVICE_RENAME] = rename_it,
	[DEVICE_REPLACE] = replace,
	[DEVICE_REMOVE] = remove_it,
};

/* --- answers ------------------------------------------------------------------------------ */

/* It may have gone meanwhile: then there is nothing to be shown. */
static void
take(struct ui *ui, struct device_screen *screen, const struct wire_account_reply *reply)
{
	enum device_item list[DEVICE_ITEMS];
	size_t at = 0;

	while (at < reply->device_count && reply->device[at].id != screen->id)
		at++;
	if (at >= reply->device_count) {
		ui_pop(ui);
		ui_say_err(ui, ERR_STALE, 0);
		return;
	}
	screen->account = *reply;
	screen->device = at;
	screen->list.count = device_items(&screen->account, list);
	list_fit(&screen->list, screen->list.count);
}

void
device_say_delete(struct ui *ui)
{
	char text[UI_MESSAGE_SIZE];

	snprintf(text, sizeof text, _("Now delete the old %s entry from your application."),
	    ui->facts.console_name);
	ui_say_text(ui, STYLE_GOOD, text);
}

void
device_refused(struct ui *ui, const struct wire_reply *reply)
{
	ui_say_err(ui, (enum err)reply->err, reply->wait);
	if (reply->op != WIRE_ACCOUNT)
		ui_ask_plain(ui, WIRE_ACCOUNT, NULL);
}

static void
answered(struct ui *ui, struct device_screen *screen, const struct event *event)
{
	const struct wire_reply *reply = event->reply;

	if (reply->err != ERR_OK) {
		device_refused(ui, reply);
	} else if (reply->op == WIRE_ACCOUNT) {
		take(ui, screen, &reply->u.account);
	} else if (reply->op == WIRE_DEVICE_REMOVE) {
		ui_pop(ui);
		device_say_delete(ui);
	} else if (reply->op == WIRE_DEVICE_REPLACE) {
		ui_close_top(ui);
		enrolment_show(ui, event);
	}
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct device_screen *screen = state;

	if (event->type == EVENT_REPLY) {
		answered(ui, screen, event);
		return true;
	}
	return list_handle(&screen->list, event, screen->list.count);
}

static void
act(struct ui *ui, void *state, int id)
{
	const struct device_screen *screen = state;
	enum device_item list[DEVICE_ITEMS];
	size_t count = device_items(&screen->account, list);

	if (id == PART_ENTER && screen->list.chosen < count)
		opens[list[screen->list.chosen]](ui, screen);
	if (id == PART_BACK)
		ui_pop(ui);
}

/* --- drawing ------------------------------------------------------------------------------- */

void
device_lines(struct page *page, const struct wire_device *device, int64_t now)
{
	char line[LINE];

	device_name_put(device->name, line, sizeof line);
	page_line(page, STYLE_BOLD, 0, line);
	device_times_put(device, now, line, sizeof line);
	page_line(page, STYLE_DIM, 0, line);
	page_gap(page);
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct device_screen *screen = state;
	const struct wire_device *device = &screen->account.device[screen->device];
	struct menu_row rows[DEVICE_ITEMS] = { { .label = NULL } };
	enum device_item list[DEVICE_ITEMS];
	struct page page = parts_page(ui, area);
	size_t count = device_items(&screen->account, list);

	for (size_t i = 0; i < count; i++) {
		rows[i].label = _(device_item_label(list[i]));
		snprintf(rows[i].text, sizeof rows[i].text, "%s", device_item_text(list[i]));
	}
	int reserved = page_reserve(&page, menu_least(&page, rows, count, screen->list.chosen));
	device_lines(&page, device, ui->clock());
	page_release(&page, reserved);
	menu_draw(&page, rows, count, screen->list.chosen);
	page_gap(&page);
	page_note(&page);
	return page.noted;
}

const struct screen screen_device = {
	.name = "device",
	.about = N_("One of your authenticators. Replace it when you have a new phone: the old one "
		    "works until the new one has shown its first code."),
	.title = N_("My account > Authenticator"),
	.state_size = sizeof(struct device_screen),
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.draw = draw,
	.resume = resume,
};
