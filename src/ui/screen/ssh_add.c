/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One more SSH key: its line, pasted, and a name, which its comment suggests. And another name for
 * one there is. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/screens.h"
#include "ui/screen/ssh_key.h"
#include "ui/stack/parts.h"

enum { KEY, NAME };

struct add_screen {
	struct form form;
	struct ssh_of of;
	char suggested[TEXT_LABEL_SIZE]; /* what stands in the name's field of itself */
};

static const struct form_plan add_plan = {
	.fields = 2,
	.buttons = 1,
	.field = { [KEY] = { N_("Public key"), FIELD_TEXT, SSH_KEY_TEXT_SIZE - 1 },
	    [NAME] = { N_("Name"), FIELD_TEXT, SSH_KEY_NAME_POINTS } },
	.button = { N_("Continue") },
};

static const struct form_plan name_plan = {
	.fields = 1,
	.buttons = 1,
	.field = { { N_("Name"), FIELD_TEXT, SSH_KEY_NAME_POINTS } },
	.button = { N_("Save") },
};

static const struct key_row key_rows[] = {
	{ PART_ENTER, KEY_ENTER_, 0, N_("Enter"), N_("Continue"), 50, N_("Goes on.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back and changes nothing.") },
	{ .id = 0 },
};

static bool
renames(const struct add_screen *screen)
{
	return screen->of.key.fingerprint[0] != '\0';
}

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct add_screen *screen = state;
	char name[TEXT_LABEL_SIZE];
	enum err err;

	(void)ui;
	screen->of = *(const struct ssh_of *)argument;
	err = form_reopen(&screen->form, renames(screen) ? &name_plan : &add_plan);
	if (err != ERR_OK || !renames(screen))
		return err;
	ssh_name_put(screen->of.key.name, name, sizeof name);
	return field_set(&screen->form.field[0], name);
}

/* --- asking ---------------------------------------------------------------------------------- */

/* The comment of the key that stands there, while nobody has typed a name. */
static void
suggest(struct ui *ui, struct add_screen *screen)
{
	struct field *name = &screen->form.field[NAME];
	char text[TEXT_LABEL_SIZE] = "";

	if (renames(screen) || strcmp(field_text(name), screen->suggested) != 0)
		return;
	if (ssh_suggest(field_text(&screen->form.field[KEY]), text) != ERR_OK)
		wire_put(text, sizeof text, "");
	if (strcmp(text, screen->suggested) == 0)
		return;
	if (field_set(name, text) == ERR_OK)
		wire_put(screen->suggested, sizeof screen->suggested, text);
	else
		ui_end(ui, 1, ERR_MEMORY, NULL);
}

static void
ask_to_rename(struct ui *ui, const struct add_screen *screen)
{
	struct wire_request request;

	ssh_rename_request(&screen->of.key, field_text(&screen->form.field[0]), &request);
	ui_ask(ui, &request, NULL);
}

static void
ask_to_add(struct ui *ui, struct add_screen *screen)
{
	const char *key = field_text(&screen->form.field[KEY]);
	const char *name = field_text(&screen->form.field[NAME]);
	char suggested[TEXT_LABEL_SIZE];
	struct confirm confirm;
	enum err err = ssh_suggest(key, suggested);

	if (err != ERR_OK) {
		form_focus(&screen->form, KEY);
		ui_say_err(ui, err, 0);
		return;
	}
	ssh_confirm(ui, &screen->of, N_("Add"), &confirm);
	ssh_add_question(&screen->of.whose, name, confirm.question, sizeof confirm.question);
	ssh_add_request(&screen->of.whose, key, name, &confirm.request);
	confirm_open(ui, &confirm);
}

static void
pressed(struct ui *ui, struct add_screen *screen)
{
	if (renames(screen))
		ask_to_rename(ui, screen);
	else
		ask_to_add(ui, screen);
}

/* --- answers ---------------------------------------------------------------------------------- */

static void
answered(struct ui *ui, const struct wire_reply *reply)
{
	char done[UI_MESSAGE_SIZE];

	if (reply->err == ERR_SSH_KEY_UNKNOWN) {
		ui_pop(ui);
		ui_say_err(ui, ERR_STALE, 0);
	} else if (reply->err != ERR_OK) {
		ui_say_err(ui, (enum err)reply->err, reply->wait);
	} else if (reply->op == WIRE_SSH_RENAME) {
		ui_pop(ui);
		ui_say(ui, STYLE_GOOD, N_("Saved."));
	} else {
		ssh_added_put(&reply->u.ssh_add, done, sizeof done);
		ui_pop(ui);
		ui_say_text(ui, STYLE_GOOD, done);
	}
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct add_screen *screen = state;
	size_t button;

	if (event->type == EVENT_REPLY) {
		answered(ui, event->reply);
		return true;
	}
	bool used = parts_form(ui, &screen->form, event, &button);
	suggest(ui, screen);
	if (button == 0)
		pressed(ui, screen);
	return used;
}

static void
act(struct ui *ui, void *state, int id)
{
	struct add_screen *screen = state;

	if (id == PART_BACK)
		ui_pop(ui);
	else if (id == PART_ENTER && parts_enter(ui, &screen->form) == 0)
		pressed(ui, screen);
}

/* --- drawing -----------------------------------------------------------------------------------
 */

static void
put_title(const struct ui *ui, const void *state, char *buf, size_t size)
{
	const struct add_screen *screen = state;

	(void)ui;
	ssh_title(&screen->of.whose, buf, size);
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct add_screen *screen = state;
	struct page page = parts_page(ui, area);

	page_form(&page, &screen->form, NULL);
	page_text(&page, STYLE_DIM,
	    renames(screen) ? _("A name that tells which one it is, such as Work laptop.")
			    : _("Paste the whole line of a public key, as it stands in a file like "
				"~/.ssh/id_ed25519.pub. ssh-keygen -t ed25519 makes one."));
	return page.noted;
}

const struct screen screen_ssh_add = {
	.name = "ssh-add",
	.about = N_("A public SSH key: Ed25519, ECDSA, RSA of 2048 bits or more, or one of a "
		    "security key. Never paste a private key."),
	.put_title = put_title,
	.state_size = sizeof(struct add_screen),
	.plan = &add_plan,
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.draw = draw,
};

const struct screen screen_ssh_name = {
	.name = "ssh-name",
	.about = N_("The name of one of your SSH keys. It stands in your account and in the audit "
		    "log."),
	.put_title = put_title,
	.state_size = sizeof(struct add_screen),
	.plan = &name_plan,
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.draw = draw,
};
