/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The stack of screens and the loop: draw, wait, handle. One request to the keeper at a time; while
 * its answer is awaited the screen stays responsive (redraw, resize, ^C), says so, and what is
 * typed is kept for after the answer (dropped if it refuses).
 */
#ifndef UI_UI_H
#define UI_UI_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"
#include "core/signin.h"
#include "ui/screen.h"
#include "ui/terminal.h"
#include "wire/wire.h"

enum { UI_DEPTH = 8, UI_MESSAGE_SIZE = 512, UI_KEPT = 256, UI_GONE = 64 };

/* What every screen may know: from the hello, the last reply and the machine. */
struct ui_facts {
	char console_name[POLICY_NAME_SIZE];
	char applications[POLICY_VALUE_SIZE];
	char host[65];		   /* the machine's name */
	char user[TEXT_NAME_SIZE]; /* who is signing in or signed in; "" before */
	enum signin_door door;
	int64_t idle_lock; /* seconds at home; 0: never */
	bool has_2fa;	   /* of the person at home, as the keeper last said */
	int64_t next_code; /* when their next unspent code starts, Unix seconds; 0: the current one
			      is unspent */
	int64_t skew;	   /* from a resynchronisation, to be said at home */
	int64_t recovery_left; /* -1, or after a recovery code was used: to be said */
	bool inside;	       /* signed in: what ends now ends with "Signed out." */
};

struct ui_slot {
	const struct screen *screen;
	void *state;
};

struct ui {
	struct terminal *terminal;
	int line; /* to the keeper; -1 in golden screens */
	struct ui_facts facts;
	struct ui_slot stack[UI_DEPTH];
	size_t depth;
	char message[UI_MESSAGE_SIZE]; /* the message line, translated */
	enum style message_style;
	bool waiting; /* an answer is awaited */
	bool old;     /* news came while waiting: refresh afterwards */
	bool ended;
	int status;		/* exit status */
	enum err why;		/* the sentence said on the way out; ERR_OK: farewell */
	const char *farewell;	/* message id, or NULL */
	int64_t (*clock)(void); /* Unix seconds */
	int64_t last_key;	/* when a key was last pressed, seconds of CLOCK_MONOTONIC */
	struct wire_request
	    asked; /* the last request's header (content wiped); golden tests look at it */
	/* the ui's own */
	const struct confirm *offered; /* to the dialog that is opening */
	uint32_t awaited; /* op of the request that is out; WIRE_NO_OP: none. WIRE_ALIVE is not
			     `waiting` */
	size_t asker;	  /* whose request it is: place in the stack */
	struct wire_request again; /* the request in flight: sent again if the keeper is busy */
	unsigned tries;		   /* how often it was */
	int64_t again_at;	   /* CLOCK_MONOTONIC, seconds; 0: it is out */
	bool queued;		   /* a request waits until the one before it is answered */
	struct wire_request queue;
	size_t queue_asker;
	int64_t last_sent;	    /* CLOCK_MONOTONIC */
	int64_t last_asked;	    /* the same, but that somebody is there */
	int64_t last_tick;	    /* Unix seconds */
	struct event kept[UI_KEPT]; /* typed while waiting */
	size_t kept_count;
	struct ui_slot gone[UI_GONE]; /* left, and freed after the event */
	size_t gone_count;
	bool fresh;	    /* the message was said during this event */
	bool busy;	    /* the message says that an answer is awaited */
	bool full;	    /* draw everything anew next time */
	bool warned;	    /* of the idle limit */
	enum err said;	    /* the error in the message line whose seconds count down */
	int64_t said_until; /* Unix seconds */
};

/*
 * Runs the console on a connected line until it ends, and gives the terminal back; then prints the
 * last sentence on standard error (or "Signed out." on standard output). Returns the exit status.
 * hello: the keeper's, already received; first_run: show the first-run screen (the line has host
 * authority); confine: called once, when the terminal is open and before a key is read; from then
 * on nothing more is opened or connected to.
 */
int
ui_run(int line, const struct wire_reply *hello, bool first_run, enum err (*confine)(void));

/* --- for screens ---------------------------------------------------------- */

/* Sends a request; its content is wiped here. Its answer comes as EVENT_REPLY to the screen on top
 * then. Says "Checking..." meanwhile if `busy`. */
void
ui_ask(struct ui *ui, struct wire_request *request, const char *busy);

/* The state of the topmost `screen` that is open, this one or one below; NULL if none is. */
void *
ui_state_of(const struct ui *ui, const struct screen *screen);

/* Opens a screen over this one, or goes back to the one below (never below the first). */
void
ui_push(struct ui *ui, const struct screen *screen);

void
ui_pop(struct ui *ui);

/* As ui_pop(), for a screen that opens another one next: the one below does not ask anew. */
void
ui_close_top(struct ui *ui);

/* At home: what the keeper's door asks for stands over what is there, and goes back to it. */
void
ui_go_over(struct ui *ui, enum signin_door door, const struct screen *screen);

/* Replaces the whole stack by the screen of a door (table in ui.c), or by another first screen. */
void
ui_enter_door(struct ui *ui, enum signin_door door);

void
ui_replace(struct ui *ui, const struct screen *screen);

/* The message line: a message id (translated here), or an error with its seconds. Cleared by the
 * next key that is used. */
void
ui_say(struct ui *ui, enum style style, const char *message);

void
ui_say_err(struct ui *ui, enum err err, int64_t wait);

/* As ui_say(), but the text is ready: translated, and fit to be shown. "" clears the line. */
void
ui_say_text(struct ui *ui, enum style style, const char *text);

/*
 * What every screen of the sign-in does with its answer: keeps facts, says the error, or enters the
 * door of the reply if it is another. Returns whether the reply was an error (the screen then
 * clears what was refused).
 */
bool
ui_signin_reply(struct ui *ui, const struct wire_reply *reply);

/* Copies text to the clipboard by OSC 52 and says what DESIGN 5.5 says. */
void
ui_copy(struct ui *ui, const char *text);

/* Ends the console: status, and the sentence (or a farewell, a message id). */
void
ui_end(struct ui *ui, int status, enum err why, const char *farewell);

/* --- the parts every screen draws with (paint.c) --------------------------- */

/* Title line: what (translated) left, who right; bold. */
void
paint_title(const struct ui *ui, struct rect area, const char *title, const char *right);

/* Wrapped text from rect's first row down, in its width and height; returns the next free row. */
int
paint_text(const struct ui *ui, struct rect rect, enum style style, const char *text);

/* One field of a form as "label   [ text ]", the label in label_columns; sets the cursor if
 * focused. inner: columns between the brackets. */
void
paint_field(const struct ui *ui, const struct form *form, size_t index, int y, int x,
    int label_columns, int inner);

/* The same as "label [123456]", with room for all it holds and no blank. */
void
paint_tight_field(const struct ui *ui, const struct form *form, size_t index, int y, int x,
    int label_columns);

/* The buttons of a form from first on, in one row from x: "[ Sign in ]    [ Use a recovery code ]";
 * sets the cursor if one is focused. Returns columns used. */
int
paint_buttons(const struct ui *ui, const struct form *form, size_t first, size_t count, int y,
    int x);

/* --- the rows in force (bar.c) --------------------------------------------- */

enum { UI_ROWS_MAX = 16, UI_ROW_HELP = 1000, UI_ROW_BACK, UI_ROW_END };

/* The rows of the screen on top that it offers now, and F1 Help before Esc or ^C; ends with id 0.
 * Returns how many, without the end. */
size_t
ui_rows(const struct ui *ui, struct key_row rows[UI_ROWS_MAX]);

/* The same of any place in the stack. */
size_t
ui_rows_of(const struct ui *ui, size_t place, struct key_row rows[UI_ROWS_MAX]);

/* The key bar: one line, or one row a line where rect is higher; what does not fit drops, lowest
 * rank first. */
void
paint_bar(const struct ui *ui, struct rect rect);

/* --- for the golden screens and the loop ----------------------------------- */

MUST_CHECK enum err
ui_open(struct ui *ui, struct terminal *terminal, int line, const struct wire_reply *hello);

void
ui_close(struct ui *ui);

void
ui_handle(struct ui *ui, const struct event *event);

void
ui_draw(struct ui *ui, bool full);

/* Milliseconds until the loop must look at the clock (tick, idle limit), or -1: only when something
 * happens. */
int
ui_timeout(const struct ui *ui);

/* What the clock brings: a tick, the warning, the end of an idle door. */
void
ui_wake(struct ui *ui);

#endif
