/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the files of plain/ share. */
#ifndef PLAIN_INSIDE_H
#define PLAIN_INSIDE_H

#include "client/letter.h"
#include "conv/conv.h"
#include "plain/tty.h"
#include "wire/run.h"

struct plain {
	struct conv conv;
	struct tty tty;
	const struct letter_way *way; /* how others come here; not owned */
	int64_t last_typed;	      /* CLOCK_MONOTONIC, seconds: the last whole line */
	struct wire_home_reply home;
	char language[ACCOUNT_LANGUAGE_SIZE]; /* of the account, as My account last said */
	bool chosen;			      /* likewise: to be asked line by line anywhere */
	bool dark_ink;			      /* how the next QR code is drawn */
	bool news;	    /* were told while a question stood: it is to stand again */
	const char *remote; /* the command that was asked for over SSH; NULL: none */
	bool remote_said;   /* `status` and `why` are what came of it */
	int status;
	enum err why;		   /* its sentence; ERR_OK: none */
	char held[CONV_TEXT_SIZE]; /* what was told while a command had the terminal */
	bool told;		   /* of the last sign-in, and what followed from this one */
};

/* All that return enum err return as conv_exchange(): ERR_OK, and the next thing is asked;
 * ERR_LOCKED: the doors are; else the console ends. */

/* Home, once: what is new, and what was chosen there is done. */
MUST_CHECK enum err
home_ask(struct plain *plain);

/* What home says, which others need too. */
MUST_CHECK enum err
home_take(struct plain *plain);

/* Whether the person says yes to that text (translated). */
MUST_CHECK enum err
plain_yes(struct plain *plain, const char *text, bool *ret_yes);

/* Commands, until the person goes back. */
MUST_CHECK enum err
commands_ask(struct plain *plain);

/* The command that was asked for over SSH instead of home; ends the console: ERR_ENDED. */
MUST_CHECK enum err
commands_remote(struct plain *plain);

/*
 * A command of the list, asked about where its file says so, and run. *ret_over: how it ended; how
 * 0: it never ran, which was told, and *ret_why says why (ERR_OK: the person did not want it).
 */
MUST_CHECK enum err
command_run(struct plain *plain, const struct wire_command *command, int64_t next_code,
    struct run_over *ret_over, enum err *ret_why);

/* One authenticator, once: what may be done about it. device below account->device_count. */
MUST_CHECK enum err
device_ask(struct plain *plain, const struct wire_account_reply *account, size_t device);

/* One more, once. */
MUST_CHECK enum err
device_add_ask(struct plain *plain, const struct wire_account_reply *account);

/* Another in the place of one, after a proof where one is needed. */
MUST_CHECK enum err
device_replace(struct plain *plain, const struct wire_account_reply *account, size_t device);

/* SSH keys, one's own (user: "") or of a person of that role, until the person goes back. */
MUST_CHECK enum err
ssh_keys_ask(struct plain *plain, const char *user, enum role role);

/* Does it, with a proof where one is needed. low: it concerns an operator alone, for whom a yes
 * does while administering stands open. The caller wipes ret_asked. */
MUST_CHECK enum err
plain_agree(struct plain *plain, const char *text, bool low, struct wire_request *request,
    struct conv_asked *ret_asked);

/* My account, until the person goes back, or a door is next. */
MUST_CHECK enum err
account_ask(struct plain *plain);

/* What happened, page by page, until the person goes back or has heard all. */
MUST_CHECK enum err
happened_ask(struct plain *plain);

/* "It was not me", of that sign-in (a row of the trail), or of the last one before this: 0. */
MUST_CHECK enum err
not_me_ask(struct plain *plain, int64_t row);

/* One's own language, once. now: the tag that the account has. */
MUST_CHECK enum err
language_ask(struct plain *plain, const char *now);

/* Whether one is asked line by line wherever one signs in, once. now: what the account has. */
MUST_CHECK enum err
choice_ask(struct plain *plain, bool now);

/* Who is here, until the person goes back. */
MUST_CHECK enum err
here_ask(struct plain *plain);

/* What waits for a second Super Administrator, until the person goes back. */
MUST_CHECK enum err
waiting_ask(struct plain *plain);

/* Users: the list, one person's page, and a new one; each until the person goes back. */
MUST_CHECK enum err
users_ask(struct plain *plain);

/* The same of those without two-factor authentication. */
MUST_CHECK enum err
users_without_ask(struct plain *plain);

MUST_CHECK enum err
person_ask(struct plain *plain, const char *name);

MUST_CHECK enum err
person_add(struct plain *plain);

/* The audit log, likewise. */
MUST_CHECK enum err
audit_ask(struct plain *plain);

/* Settings > General settings, likewise. */
MUST_CHECK enum err
settings_ask(struct plain *plain);

#endif
