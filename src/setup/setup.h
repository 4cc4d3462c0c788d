/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * `provconsole setup`: what makes a host one that the console guards. A step is a row of a table:
 * what it says, how it looks whether there is something to do, and how it does it. What is about
 * to be done is first written into a manifest, so that a run that was killed at any step can be
 * taken back as well as one that ended (DESIGN 9). cli/cli_setup.c asks and tells.
 */
#ifndef SETUP_SETUP_H
#define SETUP_SETUP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>

#include "core/err.h"

enum { SETUP_WHY_SIZE = 768, SETUP_STEPS = 7 };

struct setup {
	const char *keys; /* a file with the public keys that may knock first, or NULL */
	const char *pam;  /* the service that is to ask for a code too, or NULL */
	bool systemd;	  /* it runs this host */
	bool needed[SETUP_STEPS];
	FILE *manifest;		  /* open while something is done */
	long before;		  /* its size when this run began */
	bool reload;		  /* sshd has to read its files again */
	char why[SETUP_WHY_SIZE]; /* after ERR_FAILED: one sentence or two, translated */
};

struct setup_step {
	const char *says; /* message id: "The account console, ..." */
	/* Changes nothing. *ret_needed: there is something to do. */
	enum err (*look)(struct setup *setup, bool *ret_needed);
	enum err (*act)(struct setup *setup);
};

/* In their order. */
extern const struct setup_step setup_steps[SETUP_STEPS];

/* Looks at all of them. ERR_FAILED: this host cannot be set up so, and why says why; nothing was
 * changed. */
MUST_CHECK enum err
setup_look(struct setup *setup);

/* Does what is needed. On failure what this run did is taken back, and why says why. The caller
 * ends it by setup_keep() or setup_drop(). */
MUST_CHECK enum err
setup_act(struct setup *setup);

/* sshd reads its files again, and what was done stays, to be taken back by setup_undo(). */
MUST_CHECK enum err
setup_keep(struct setup *setup);

/* Takes back what this run did. */
void
setup_drop(struct setup *setup);

/* Tells what would be taken back, a translated line each; false if there is no manifest. */
bool
setup_tell_undo(void (*tell)(const char *line));

/* Takes back what all runs did, the last first. What root changed since is kept. ERR_FAILED: not
 * all of it could be; that stays in the manifest. */
MUST_CHECK enum err
setup_undo(struct setup *setup);

/* why, from a format that is translated already, and ERR_FAILED. */
MUST_CHECK enum err
setup_fail(struct setup *setup, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* --- the steps, in step_*.c ------------------------------------------------------------- */

MUST_CHECK enum err
step_users_look(struct setup *setup, bool *ret_needed);
MUST_CHECK enum err
step_users_act(struct setup *setup);
MUST_CHECK enum err
step_keys_look(struct setup *setup, bool *ret_needed);
MUST_CHECK enum err
step_keys_act(struct setup *setup);
MUST_CHECK enum err
step_sshd_look(struct setup *setup, bool *ret_needed);
MUST_CHECK enum err
step_sshd_act(struct setup *setup);
MUST_CHECK enum err
step_places_look(struct setup *setup, bool *ret_needed);
MUST_CHECK enum err
step_places_act(struct setup *setup);
MUST_CHECK enum err
step_units_look(struct setup *setup, bool *ret_needed);
MUST_CHECK enum err
step_units_act(struct setup *setup);
MUST_CHECK enum err
step_runner_look(struct setup *setup, bool *ret_needed);
MUST_CHECK enum err
step_runner_act(struct setup *setup);
MUST_CHECK enum err
step_pam_look(struct setup *setup, bool *ret_needed);
MUST_CHECK enum err
step_pam_act(struct setup *setup);

/* Whether this host has what runs commands: a package of its own. */
bool
setup_has_runner(void);

/* Where things are. */
extern const char setup_directory[], setup_keys[], setup_drop_in[], setup_state[], setup_runtime[],
    setup_socket[], setup_unit[], setup_runner[], setup_recordings[], setup_runner_socket[],
    setup_runner_unit[];

#endif
