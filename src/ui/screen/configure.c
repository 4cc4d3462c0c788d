/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Configuring two-factor authentication with a QR code; configure_draw.c lays it out. */
#include <stdio.h>
#include <string.h>

#include "ui/screen/screens.h"
#include "ui/screen/enrolment.h"

enum { NOT_SCANNING = ENROL_OWN, TEXT_KEY };

static const struct key_row key_rows[] = {
	ENROL_SEND_ROWS,
	{ NOT_SCANNING, KEY_NONE_, 'v', "v", N_("Not scanning?"), 50,
	    N_("Draws the QR code in another way.") },
	{ TEXT_KEY, KEY_NONE_, 'k', "k", N_("Text key"), 56,
	    N_("Shows the key as text, to type it into the application.") },
	ENROL_END_ROWS,
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back. The key is kept until this console ends.") },
	{ .id = 0 },
};

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	return enrolment_open(ui, state, argument);
}

static void
leave(struct ui *ui, void *state)
{
	(void)ui;
	enrolment_close(state);
}

/* --- keys ----------------------------------------------------------------------- */

static const char *
drawing_word(const struct ui *ui, enum qr_drawing drawing)
{
	switch (drawing) {
	case QR_HALF:
		return N_("half blocks");
	case QR_INVERTED:
		return N_("inverted");
	case QR_OWN:
		return terminal_qr_own(ui->terminal) ? N_("the palette's colours")
						     : N_("the terminal's own colours");
	case QR_WIDE:
	case QR_DRAWINGS:
		break;
	}
	return N_("large");
}

/* The drawings that the terminal can show and that have room, in the order v goes round. */
static int
drawings(const struct ui *ui, const struct enrolment *enrolment, enum qr_drawing list[QR_DRAWINGS])
{
	enum qr_drawing all[QR_DRAWINGS];
	bool utf8 = terminal_utf8(ui->terminal);
	int count = qr_drawings(utf8, terminal_colours(ui->terminal) >= 8, all);
	int room = 0;

	for (int i = 0; i < count; i++)
		if (enrolment_has_room(ui, enrolment, all[i]))
			list[room++] = all[i];
	return room;
}

/*
 * To those outside its own locale of UTF-8 tmux shows each half block as an underscore, and it
 * tells that to no program in it: its answers are those of UTF-8.
 */
static void
hint_at_tmux(const struct ui *ui, char *text, size_t size)
{
	size_t used = strlen(text);

	if (terminal_tmux(ui->terminal) && terminal_utf8(ui->terminal))
		snprintf(text + used, size - used, " %s", _("If it shows _, attach with tmux -u."));
}

static void
go_round(struct ui *ui, struct enrolment *enrolment)
{
	enum qr_drawing list[QR_DRAWINGS];
	int count = drawings(ui, enrolment, list);
	char text[UI_MESSAGE_SIZE];
	int now = 0;

	for (int i = 0; i < count; i++)
		if (list[i] == enrolment->drawing)
			now = i;
	if (count > 0) {
		now = (now + 1) % count;
		enrolment->drawing = list[now];
		snprintf(text, sizeof text, _("Drawing %d of %d: %s. Try again."), now + 1, count,
		    _(drawing_word(ui, list[now])));
		if (list[now] != QR_WIDE)
			hint_at_tmux(ui, text, sizeof text);
	} else {
		enrolment_needs(ui, enrolment, text, sizeof text);
	}
	ui_say_text(ui, STYLE_PLAIN, text);
}

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	enrolment_draw(ui, state, area);
	return true;
}

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	return enrolment_handle(ui, state, event);
}

static void
back(struct ui *ui, struct enrolment *enrolment)
{
	if (enrolment_stays(ui, enrolment))
		return;
	if (enrolment->at_home)
		ui_pop(ui);
	else
		ui_ask_plain(ui, WIRE_BACK, NULL);
}

static void
act(struct ui *ui, void *state, int id)
{
	struct enrolment *enrolment = state;

	if (id == PART_BACK)
		back(ui, enrolment);
	else if (id == NOT_SCANNING && enrolment->qr != NULL)
		go_round(ui, enrolment);
	else if (id == TEXT_KEY)
		ui_push(ui, &screen_key, &enrolment);
	else
		enrolment_act(ui, enrolment, id);
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	return enrolment_offers(ui, state, id);
}

const struct screen screen_configure = {
	.name = "configure",
	.about = N_("An authenticator is an application on your phone that shows a new "
		    "6-digit code every 30 seconds. Scan the QR code with it, or copy the "
		    "key into it, then type the code that it shows. From then on each sign-"
		    "in asks for one."),
	.state_size = sizeof(struct enrolment),
	.plan = &enrolment_plan,
	.key_rows = key_rows,
	.secret = true,
	.whole = true,
	.enter = enter,
	.leave = leave,
	.handle = handle,
	.act = act,
	.offers = offers,
	.draw = draw,
};
