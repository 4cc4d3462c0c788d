/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Before home, after "it was not me": an authenticator that came since is kept or removed; then the
 * next one, until none is in doubt. */
#include "ui/screen/device.h"
#include "ui/screen/screens.h"
#include "ui/stack/parts.h"
#include "ui/widget/list.h"
#include "ui/widget/menu.h"

enum { CHOOSE = PART_OWN };

/* What hurts least where Enter was pressed too soon is chosen first. */
enum { REMOVE, KEEP, ITEMS };

enum { NAME_ROWS = 3 };

struct doubt {
	struct list list;
	struct wire_devices_reply devices;
};

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 40, N_("Goes from one item to the next.") },
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Go on"), 50,
	    N_("Keeps or removes it, and goes on to the next.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back to name and password: your next sign-in asks again.") },
	{ .id = 0 },
};

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct doubt *doubt = state;

	(void)argument;
	doubt->list.count = ITEMS;
	ui_ask_plain(ui, WIRE_DOUBTED, NULL);
	return ERR_OK;
}

static void
answered(struct ui *ui, struct doubt *doubt, const struct wire_reply *reply)
{
	if (reply->op == WIRE_JUDGE) {
		bool failed = ui_signin_reply(ui, reply);

		if (ui->facts.door == DOOR_DOUBT && (!failed || reply->err == ERR_STALE))
			ui_ask_plain(ui, WIRE_DOUBTED, NULL);
	} else if (reply->err != ERR_OK) {
		ui_signin_reply(ui, reply);
	} else if (reply->op == WIRE_DOUBTED && reply->door == DOOR_DOUBT) {
		doubt->devices = reply->u.devices;
		doubt->list.chosen = REMOVE;
	} else {
		ui_enter_door(ui, (enum signin_door)reply->door);
	}
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct doubt *doubt = state;

	if (event->type == EVENT_REPLY) {
		answered(ui, doubt, event->reply);
		return true;
	}
	return list_handle(&doubt->list, event, ITEMS);
}

static void
act(struct ui *ui, void *state, int id)
{
	const struct doubt *doubt = state;
	struct wire_request request;

	if (id == PART_BACK)
		ui_ask_plain(ui, WIRE_BACK, NULL);
	if (id != PART_ENTER || doubt->devices.count == 0)
		return;
	wire_request_init(&request, WIRE_JUDGE);
	request.u.judge.id = doubt->devices.device[0].id;
	request.u.judge.ssh = doubt->devices.device[0].ssh;
	request.u.judge.keep = doubt->list.chosen == KEEP;
	ui_ask(ui, &request, PART_BUSY);
}

static void
put_title(const struct ui *ui, const void *state, char *buf, size_t size)
{
	const struct doubt *doubt = state;

	(void)ui;
	wire_put(buf, size,
	    doubt->devices.count > 0 && doubt->devices.device[0].ssh
		? _("Is this SSH key yours?")
		: _("Is this authenticator yours?"));
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	static const char *const labels[ITEMS] = { [REMOVE] = N_("Remove"), [KEEP] = N_("Keep") };
	static const char *const texts[ITEMS] = {
		[REMOVE] = N_("it is not mine, or I am not sure"),
		[KEEP] = N_("it is in my hands: its codes work again"),
	};
	const struct doubt *doubt = state;
	const struct wire_device *device = &doubt->devices.device[0];
	struct page page = parts_page(ui, area);
	struct menu_row rows[ITEMS] = { { .label = NULL } };
	int reserved;

	if (doubt->devices.count == 0)
		return false;
	for (size_t i = 0; i < ITEMS; i++) {
		rows[i].label = _(labels[i]);
		wire_put(rows[i].text, sizeof rows[i].text,
		    _(i == KEEP && device->ssh ? N_("its private half is in my hands") : texts[i]));
	}
	reserved = page_reserve(&page, menu_least(&page, rows, ITEMS, doubt->list.chosen));
	page_intro(&page, STYLE_PLAIN,
	    device->ssh ? _("It was added after the sign-in that was not yours. It says nobody's "
			    "name unless you keep it.")
			: _("It was added after the sign-in that was not yours. Its codes do not "
			    "work unless you keep it."),
	    NAME_ROWS);
	device_lines(&page, device, ui->clock());
	page_release(&page, reserved);
	menu_draw(&page, rows, ITEMS, doubt->list.chosen);
	page_gap(&page);
	page_note(&page);
	return page.noted;
}

const struct screen screen_doubt = {
	.name = "doubt",
	.about = N_("You said that a sign-in was not yours. Whoever it was may have added an "
		    "authenticator of their own since. Keep one only if you know it and have it; "
		    "one that you remove can be added again in My account."),
	.put_title = put_title,
	.state_size = sizeof(struct doubt),
	.key_rows = key_rows,
	.drops_typed = true,
	.enter = enter,
	.handle = handle,
	.act = act,
	.draw = draw,
};
