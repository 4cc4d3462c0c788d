/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The key as text, for an application that cannot scan; over screen_configure, whose enrolment it
 * borrows. */
#include "ui/screen/screens.h"
#include "ui/screen/enrolment.h"

struct key_screen {
	struct enrolment *enrolment;
};

static const struct key_row key_rows[] = {
	ENROL_SEND_ROWS,
	ENROL_END_ROWS,
	{ ENROL_OWN, KEY_NONE_, 'k', "k", N_("QR code"), 55, N_("Shows the QR code again.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Shows the QR code again.") },
	{ .id = 0 },
};

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	struct key_screen *key = state;

	(void)ui;
	key->enrolment = *(struct enrolment *const *)argument;
	key->enrolment->as_text = true;
	return ERR_OK;
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct key_screen *key = state;

	return enrolment_handle(ui, key->enrolment, event);
}

static void
act(struct ui *ui, void *state, int id)
{
	struct key_screen *key = state;

	if (id == PART_BACK || id == ENROL_OWN) {
		key->enrolment->as_text = false;
		ui_pop(ui);
	} else {
		enrolment_act(ui, key->enrolment, id);
	}
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct key_screen *key = state;

	return enrolment_offers(ui, key->enrolment, id);
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct key_screen *key = state;

	enrolment_draw_key(ui, key->enrolment, area, NULL);
	return true;
}

static struct form *
form_of(void *state)
{
	struct key_screen *key = state;

	return &key->enrolment->form;
}

const struct screen screen_key = {
	.name = "key",
	.about = N_("For an application that cannot scan: type the key into it, with the "
		    "account and the type as shown. Blanks do not matter. Then type the "
		    "code that it shows."),
	.state_size = sizeof(struct key_screen),
	.key_rows = key_rows,
	.secret = true,
	.whole = true,
	.enter = enter,
	.handle = handle,
	.act = act,
	.offers = offers,
	.draw = draw,
	.form = form_of,
};
