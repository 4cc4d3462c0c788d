/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the modules of this room share: the state of one console, what screens may know, and its
 * end. Each module reads it; which of them writes what is said at the members.
 */
#ifndef UI_STACK_UI_H
#define UI_STACK_UI_H

#include <stdbool.h>
#include <stdint.h>

#include "client/language.h"
#include "client/letter.h"
#include "core/err.h"
#include "core/signin.h"
#include "ui/stack/screen.h"
#include "ui/terminal/terminal.h"
#include "wire/run.h"
#include "wire/wire.h"

enum { UI_DEPTH = 10, UI_MESSAGE_SIZE = 512, UI_KEPT = 256, UI_GONE = 64 };

/* What every screen may know: from the hello, the last reply and the machine. */
struct ui_facts {
	char console_name[POLICY_NAME_SIZE];
	char applications[POLICY_VALUE_SIZE];
	char welcome[POLICY_WELCOME_SIZE]; /* fit to be shown; "" for none */
	char host[65];			   /* the machine's name */
	char user[TEXT_NAME_SIZE];	   /* who is signing in or signed in; "" before */
	char fixed[TEXT_NAME_SIZE]; /* whose the SSH key is: no other name is taken; "": any is */
	enum signin_door door;
	int64_t idle_lock;	/* seconds at home; 0: never */
	int64_t password_least; /* code points of a new password */
	bool role_known;	/* once signed in: */
	enum role role;
	bool has_2fa;	   /* of the person at home, as the keeper last said */
	int64_t next_code; /* when their next unspent code starts, Unix seconds; 0: the current one
			      is unspent */
	bool clock_loose;  /* of this host: client/host_clock.h */
	int64_t administering; /* until then operators are changed without a code, Unix seconds; 0:
				  they are not */
	int64_t skew;	       /* from a resynchronisation, to be said at home */
	int64_t recovery_left; /* -1, or after a recovery code was used: to be said */
	bool trail_grew;       /* the audit trail has, since it was last read */
	bool configured;       /* two factors just were: to be said before the recovery codes */
	bool optional;	       /* at the door of configuring: it may be left */
	bool key_copied;       /* a secret key was, and no blank was sent after it */
	bool inside;	       /* signed in: what ends now ends with "Signed out." */
};

/* The screens that are opened by what happens, not by another screen. */
struct ui_screens {
	const struct screen *first_run, *lock, *help;
	const struct screen *door[DOOR_COUNT]; /* NULL: no door that one can stand at */
};

struct ui_slot {
	const struct screen *screen;
	void *state;
};

struct ui {
	struct terminal *terminal;
	int line; /* to the keeper; -1 in golden screens */
	struct ui_facts facts;
	const struct letter_way *way;	  /* how others come here; not owned; NULL: unknown */
	struct language language;	  /* the terminal's at the first door, then the person's */
	const struct ui_screens *screens; /* those that the room itself opens */
	struct ui_slot stack[UI_DEPTH];
	size_t depth;
	char message[UI_MESSAGE_SIZE]; /* the message line, translated */
	enum style message_style;
	bool waiting; /* an answer is awaited */
	bool old;     /* news came while waiting: refresh afterwards */
	bool ended;
	bool hands_over;	/* and the person is asked line by line: ui_hand_over() */
	int status;		/* exit status */
	enum err why;		/* the sentence said on the way out; ERR_OK: farewell */
	const char *farewell;	/* message id, or NULL */
	int64_t (*clock)(void); /* Unix seconds */
	int64_t last_key;	/* when a key was last pressed, seconds of CLOCK_MONOTONIC */
	struct wire_request
	    asked;   /* the last request's header (content wiped); golden tests look at it */
	int passed;  /* a descriptor that came with the last answer; -1: none */
	bool behind; /* a command is to have the terminal: `passed` is its pump */
	bool plays;  /* a recording is, likewise */
	bool away;   /* one of them has it */
	char said_meanwhile[UI_MESSAGE_SIZE]; /* by somebody, to be shown then; "" */
	char unread[UI_MESSAGE_SIZE]; /* said since the last key here: goes with the farewell; "" */
	char running[WIRE_COMMAND_SIZE]; /* its name */
	int64_t ends;	      /* seconds of behind_clock() at which the session ends; 0: any */
	struct run_over over; /* how the last one ended; how 0: none did, or it was told. RUN_ENDED:
				 value is why, an enum err, where the console knows */
	const char *remote;   /* the command that was asked for over SSH; NULL: none */
	bool remote_said;     /* `status` is what came of it */
	/* the room's own */
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

/* An empty console of these screens; nothing is open yet. line and terminal stay the caller's. */
void
ui_open(struct ui *ui, const struct ui_screens *screens, struct terminal *terminal, int line,
    const struct wire_reply *hello);

/* Ends the console: status, and the sentence (or a farewell, a message id). */
void
ui_end(struct ui *ui, int status, enum err why, const char *farewell);

/* Ends the screens, not the session: the person goes on line by line, at the door of the facts. No
 * request may be out. */
void
ui_hand_over(struct ui *ui);

/* ^C, and ^D in an empty field: "Signed out." where somebody is signed in. */
void
ui_leave(struct ui *ui);

/* Seconds for which operators are still changed without another code; 0: they are not. */
int64_t
ui_administering(const struct ui *ui);

/* The form that takes the keys of a place in the stack while it is on top. NULL: none. */
struct form *
ui_form_at(const struct ui *ui, size_t place);

#endif
