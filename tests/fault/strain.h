/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person at the doors of a keeper whose disk or memory fails: what strain.c makes its stories of.
 */
#ifndef TESTS_FAULT_STRAIN_H
#define TESTS_FAULT_STRAIN_H

#include "../client/client.h"
#include "faulty.h"

struct strain {
	const char *state, *name;
	char password[TEXT_PASSWORD_SIZE];
	char key[WIRE_KEY_SIZE];
	struct faults *page;
	struct fault *fault;
	uint64_t at;
	unsigned points, refused;
	unsigned wrong_passwords, wrong_codes, opened;
	bool configures; /* the story */
	const char *step;
	bool armed; /* wrong things are tried, and refusals excused */
	int line;
	enum signin_door door;
};

/* Ends the program: where it stands, what was to be, and what the keeper said. */
_Noreturn void
strain_die(const struct strain *strain, const char *what, enum err err);

void
strain_drop(struct strain *strain);

/* One request on the line, which is dropped if the keeper closes it. */
enum err
strain_ask(struct strain *strain, const char *step, struct wire_request *request,
    struct wire_reply *reply);

void
strain_fill_password(const struct strain *strain, bool right, struct wire_request *request);

/* A code of the person's authenticator for `op`, or one that is none of it. */
void
strain_fill_code(const struct strain *strain, enum wire_op op, bool right,
    struct wire_request *request);

/* A new session, at the first door. The code that configured is spent: the next one is that of the
 * next step. */
enum err
strain_come(struct strain *strain);

/* The first door alone, and all of them up to home; at each something wrong is tried first while
 * things fail. */
enum err
strain_at_name(struct strain *strain);

enum err
strain_walk(struct strain *strain);

#endif
