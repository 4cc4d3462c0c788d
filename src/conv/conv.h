/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The doors as a conversation: ask and tell, without a terminal. What is asked next stands in one
 * table (row.h); the keeper's reply says by its door which row that is. Whoever talks to the person
 * (plain mode, a PAM module, a test) gives the functions of struct conv_face.
 *
 * Same requests, same rules and same sentences as the screens. A call blocks until it is answered.
 */
#ifndef CONV_CONV_H
#define CONV_CONV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "client/handover.h"
#include "client/language.h"
#include "conv/row.h"
#include "core/err.h"
#include "core/secret.h"
#include "wire/wire.h"

/* What a text is; a face may tell all of them alike. */
enum conv_kind {
	CONV_TITLE, /* what is asked now */
	CONV_TEXT,
	CONV_WRONG, /* what happened, and what to do */
	CONV_GOOD,
	CONV_NEWS,  /* what the keeper said unasked; a question that stands is to be asked again */
	CONV_SECRET /* a key or recovery codes: to be wiped wherever it is kept */
};

struct conv_face {
	void *self; /* the first argument of all that follow */
	/*
	 * Asks one question and waits for its answer, which is put into buf (size bytes, with a
	 * NUL, without a newline); hidden: nobody may see it. ERR_FIELD_LONG: it has no room, and
	 * is asked for again. ERR_LOCKED: the session was left idle at home. All else ends the
	 * conversation, and is what the caller of conv_... gets.
	 */
	enum err (*ask)(void *self, const char *prompt, bool hidden, char *buf, size_t size);
	/* Tells one text, translated and fit to be shown; '\n' separates its lines. */
	void (*tell)(void *self, enum conv_kind kind, const char *text);
	/* Waits until the line to the keeper can be read, or so many seconds; < 0: any time. All
	 * but ERR_OK ends the conversation. */
	enum err (*wait)(void *self, int64_t seconds);
	/* What was typed before it could be seen is forgotten. NULL: nothing is typed ahead. */
	void (*drop)(void *self);
	/* Draws a QR code of the text, or of the shorter one. NULL: it cannot be drawn here. */
	void (*draw)(void *self, const char *uri, const char *uri_short);
};

enum { CONV_ANSWER_SIZE = 1100, CONV_TEXT_SIZE = 4096 };

struct conv {
	struct conv_face face;
	int line;   /* to the keeper; not owned */
	int passed; /* a descriptor that came with the last answer; -1: none. conv_take_passed() */
	enum signin_door door;	    /* as the keeper last said */
	bool inside;		    /* home was reached */
	struct language language;   /* the terminal's at the first door, then the person's */
	char fixed[TEXT_NAME_SIZE]; /* whose the SSH key is: no other name is taken; or "" */
	char user[TEXT_NAME_SIZE];  /* who is signing in or signed in; "" before */
	char console_name[POLICY_NAME_SIZE], applications[POLICY_VALUE_SIZE];
	char welcome[POLICY_WELCOME_SIZE];
	int64_t idle_lock; /* seconds at home; 0: never */
	int64_t
	    ends; /* seconds of conv_clock() at which the session ends, as far as told; 0: any */
	int64_t password_least; /* code points of a new password */
	uint32_t role;		/* likewise, enum role plus one; 0: it was not told */
	bool has_2fa;		/* of the person at home, as the keeper last said */
	bool optional;		/* at the door of configuring: it may be left */
	int64_t next_code;	/* Unix seconds of their next unspent code; 0: the present one */
	bool clock_loose;	/* of this host: client/host_clock.h */
	/* seconds of CLOCK_MONOTONIC until which operators are changed without another proof; 0:
	 * not */
	int64_t administering;
	int64_t skew;	       /* from a resynchronisation, to be told at home */
	int64_t recovery_left; /* -1, or after a recovery code was used */
	int64_t last_asked;    /* CLOCK_MONOTONIC, seconds: when the keeper last answered */
	enum row_id go;	       /* where a letter has led; ROW_NONE: where the door says */
};

/* hello: the keeper's answer to it. Nothing is asked yet. */
void
conv_open(struct conv *conv, const struct conv_face *face, int line,
    const struct wire_hello_reply *hello);

/* Goes on where the screens were, on their line: after conv_open(). */
void
conv_go_on(struct conv *conv, const struct handover *handover);

/*
 * Asks what the doors ask until home is reached: ERR_OK then. first_run: begins with the first
 * Super Administrator (the line has host authority). Else why the conversation is over: what the
 * keeper said, or what the face returned.
 */
MUST_CHECK enum err
conv_doors(struct conv *conv, bool first_run);

/*
 * Sends a request and waits for its answer, whose own error is in ret_reply->err; a busy keeper is
 * asked again for a while. Wipes the request; the caller wipes the reply. What returns is about the
 * session: ERR_LOCKED: the keeper has locked it, and conv_doors() opens it; all else but ERR_OK: it
 * is over, and why.
 */
MUST_CHECK enum err
conv_exchange(struct conv *conv, struct wire_request *request, struct wire_reply *ret_reply);

/* The descriptor that came with the last answer, which is the caller's from here; -1: none. */
int
conv_take_passed(struct conv *conv);

/* conv_exchange() of a request without content. */
MUST_CHECK enum err
conv_get(struct conv *conv, enum wire_op op, struct wire_reply *ret_reply);

/* Reads what the keeper says unasked; to be called when its line can be read while the face waits
 * for an answer. Returns as conv_exchange(). */
MUST_CHECK enum err
conv_hear(struct conv *conv);

/* The idle lock closes. ERR_LOCKED, or why the session is over. */
MUST_CHECK enum err
conv_lock(struct conv *conv);

/* Whether operators are changed without another proof now. */
bool
conv_administering(const struct conv *conv);

/* Seconds of CLOCK_MONOTONIC. */
int64_t
conv_clock(void);

/* --- one row ------------------------------------------------------------------- */

struct conv_asked {
	bool done; /* false: the person gave up, and nothing was sent */
	struct wire_reply reply;
};

/*
 * Asks a row's questions until they are accepted, are refused for something that asking again
 * cannot mend (told here, and in ret_asked->reply.err), or the person gives up. base: the request
 * that a proof is for, all but the proof; NULL for the other rows. Returns as conv_exchange(). The
 * caller wipes ret_asked.
 */
MUST_CHECK enum err
conv_row(struct conv *conv, enum row_id id, const struct wire_request *base,
    struct conv_asked *ret_asked);

/*
 * At home: tells the question (translated), asks for a fresh code, without 2FA for the password,
 * and sends the request with it. Wipes the request. Returns as conv_row().
 */
MUST_CHECK enum err
conv_prove(struct conv *conv, const char *question, struct wire_request *request,
    struct conv_asked *ret_asked);

/*
 * At home: two-factor authentication is configured, after a proof. what: the sentence before that
 * (message id). Its recovery codes are the next door: conv_doors().
 */
MUST_CHECK enum err
conv_configure(struct conv *conv, const char *what);

/*
 * At home: the key of one more authenticator, or of one in another's place, is asked for by the
 * request (WIRE_DEVICE_ADD, _REPLACE; wiped), shown, and its code taken. question: as for
 * conv_prove(); NULL: no proof is needed. *ret_done: the authenticator is there. Returns as
 * conv_row().
 */
MUST_CHECK enum err
conv_enrol(struct conv *conv, const char *question, struct wire_request *request, bool *ret_done);

/* --- one question ---------------------------------------------------------------- */

struct conv_question {
	const char *prompt; /* translated */
	const char *kept;   /* what an empty answer stands for; NULL: for nothing */
	const char *help;   /* translated: what it is for */
	bool hidden;
	size_t size; /* of buf, where that is more than CONV_ANSWER_SIZE; else 0 */
};

/*
 * Asks it, as it is: an empty answer too. `?` is answered by its help, and it is asked again; so it
 * is at home behind the lock, where the session was idle. buf: CONV_ANSWER_SIZE; the caller wipes.
 * Returns as conv_exchange().
 */
MUST_CHECK enum err
conv_question(struct conv *conv, const struct conv_question *question, char *buf);

/* --- telling ----------------------------------------------------------------------- */

/* text: translated. */
void
conv_tell(struct conv *conv, enum conv_kind kind, const char *text);

/* The same by printf(); what is longer than CONV_TEXT_SIZE is cut. */
void
conv_tellf(struct conv *conv, enum conv_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* The sentence of an error, with its seconds. */
void
conv_tell_err(struct conv *conv, enum err err, int64_t wait);

#endif
