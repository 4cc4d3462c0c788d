/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What screens and lines have in common: how they begin, and what the screens give away with
 * terminal and line where a person is to be asked line by line: where they stand, and what the
 * keeper has told already. No door is passed by it, for the door is the keeper's own, and no secret
 * is in it.
 */
#ifndef CLIENT_HANDOVER_H
#define CLIENT_HANDOVER_H

#include <stdbool.h>
#include <stdint.h>

#include "client/language.h"
#include "core/signin.h"
#include "core/text.h"
#include "client/letter.h"
#include "wire/wire.h"

/* How a console begins, be it on screens or line by line; nothing is owned. */
struct opening {
	int line;			/* to the keeper, connected */
	const struct wire_reply *hello; /* its answer to the hello */
	const struct letter_way *way;	/* how others come here */
	bool first_run;			/* asks for the first Super Administrator: host authority */
	const char *remote; /* the command to run behind the doors instead of home; NULL: none */
	const char *why;    /* told first, where lines are written (translated); or NULL */
	enum err (*confine)(void); /* called once, when all is open and nothing was read */
};

struct handover {
	enum signin_door door; /* as the keeper last said */
	char user[TEXT_NAME_SIZE];
	struct language language; /* and what the terminal says */
	bool home_seen;		  /* what is new there was told */
	bool has_2fa;
	bool clock_loose;	/* of this host: client/host_clock.h */
	int64_t idle_lock;	/* seconds at home; 0: never */
	int64_t password_least; /* code points of a new password */
	int64_t next_code;	/* Unix seconds of their next unspent code; 0: the present one */
	int64_t skew;		/* from a resynchronisation, to be told at home */
	int64_t recovery_left;	/* -1, or after a recovery code was used */
};

#endif
