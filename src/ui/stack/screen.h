/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A screen: a const struct of functions, and private state that the ui allocates, zeroes and wipes.
 * `handle` changes state and never draws; `draw` lays out from the size it is given and never
 * changes state.
 *
 * An event is first looked for in the rows in force (ui_rows(); letters only where no text is
 * typed) and goes to `act`; all else goes to `handle`. A row with neither key nor letter is told in
 * the key bar and dispatches nothing. What is left are the ui's common keys: Esc goes back where
 * there is a screen below, F1 and '?' (where letters are no text) open the help, ^C ends, ^D ends
 * in an empty field. ^L never reaches a screen. While an answer is awaited only EVENT_REPLY, _TICK
 * and _RESIZE do.
 *
 * A state lives until the event that replaced or popped its screen has been handled: a screen may
 * go on after ui_pop(), ui_replace(), ui_enter_door() and ui_signin_reply().
 *
 * The area of `draw` is as wide as the terminal (x 0), from two lines below the title line to the
 * line above the key bar. A `whole` screen gets all of the terminal and draws title, message and
 * key bar (paint_bar()) itself.
 */
#ifndef UI_STACK_SCREEN_H
#define UI_STACK_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

#include "core/account.h"
#include "ui/widget/key_row.h"
#include "ui/terminal/rect.h"
#include "ui/terminal/event.h"
#include "ui/widget/form.h"

struct page;
struct ui;

struct screen {
	const char *name;  /* for tests and help: "configure" */
	const char *title; /* message id of the title line; NULL: the console's name and host */
	/* Its title where it is no constant: in buf, translated and fit to be shown. May be NULL.
	 */
	void (*put_title)(const struct ui *ui, const void *state, char *buf, size_t size);
	const char *door;  /* message id: stands right in the title line, for who is not known */
	const char *about; /* message id: what it is for, and what its words mean; for the help */
	size_t state_size;
	/* rows that dispatch, then the common ones; NULL: only the common ones */
	const struct key_row *key_rows;
	bool secret; /* shows a secret: overwrite on leaving */
	/* wants EVENT_TICK each second; countdowns in the message line always get it */
	bool ticks;
	enum role least; /* who may have it; it closes, with what stands over it, for who may not */
	bool dialog;	 /* drawn over the one below */
	bool whole;	 /* draws the message (ui->message) and the key bar itself */
	bool drops_typed; /* what was typed ahead is dropped when it opens and when an answer comes
			   */
	/* Its form: then the state begins with a struct form, which the ui opens before enter and
	 * closes after leave. NULL: it has none. */
	const struct form_plan *plan;
	/*
	 * argument: what ui_push() was given, NULL where nobody gives any; not to be kept. May
	 * ui_ask(). An error ends the console: enter has freed what it made, and leave is not
	 * called. May be NULL.
	 */
	enum err (*enter)(struct ui *ui, void *state, const void *argument);
	/*
	 * What it shows may be old: it is on top again (after the help, which changes nothing, or a
	 * dialog, which hands its answer down, this is not called), or the keeper says so
	 * (WIRE_NEWS). May ui_ask(). May be NULL.
	 */
	void (*resume)(struct ui *ui, void *state);
	void (*leave)(struct ui *ui,
	    void *state); /* frees what enter made; state is wiped after it; may be NULL */
	/* Whether the event was used; unused Esc, F1, ^L, ^C, ^D go to the ui. */
	bool (*handle)(struct ui *ui, void *state, const struct event *event);
	/* A row of `key_rows` was chosen; its id. May be NULL. */
	void (*act)(struct ui *ui, void *state, int id);
	/* Returns whether it has drawn the message (ui_note()) where it belongs; else it stands
	 * above the key bar. */
	bool (*draw)(const struct ui *ui, const void *state, struct rect area);
	/* A door has this instead: it puts its text and form into a page, which is done twice, once
	 * to measure. */
	void (*fill)(const struct ui *ui, const void *state, struct page *page);
	/* Whether a row of `key_rows` is in force now: seen, and dispatched. NULL: all are. */
	bool (*offers)(const struct ui *ui, const void *state, int id);
	/* The form that takes the keys now, where that is not always the one of `plan`; NULL: it
	 * is. */
	struct form *(*form)(void *state);
};

#endif
