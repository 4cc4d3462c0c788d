/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Other people in words, and what may be done to one of them: for screens and for plain text. All
 * that is written is translated and fit to be shown. Pure, but for the time zone. now: Unix
 * seconds.
 */
#ifndef CONV_PEOPLE_H
#define CONV_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/wire.h"

enum { PEOPLE_LINE = 320 };

/* --- how they are ---------------------------------------------------------------- */

/* "12 people · 9 with two-factor authentication · 1 paused", with what stands between the parts. */
void
people_counts(const struct wire_counts *counts, const char *between, char *buf, size_t size);

/* "paused, 4 min", "invited, 2 d left", "here now"; "-": nothing to say. */
void
people_state(const struct wire_user *user, int64_t now, char *buf, size_t size);

/* "today 09:12", "yesterday", "2026-11-02", "never". */
void
people_last(const struct wire_user *user, int64_t now, char *buf, size_t size);

/* The facts on a person's page, one a line. Returns whether there is one of that number. */
bool
people_fact(const struct wire_user *user, int64_t now, size_t number, char *label, char *text,
    size_t size);

/* What a page of people is asked for behind this row, or before it. */
void
people_place(const struct wire_user *user, struct wire_user_page_request *ret_page);

/* Message id of an order: "by last sign-in". */
const char *
people_order_label(enum people_order order);

/* --- what is done to them ----------------------------------------------------------- */

enum people_action {
	PEOPLE_UNLOCK,
	PEOPLE_RESET,
	PEOPLE_INVITE,
	PEOPLE_ROLE,
	PEOPLE_END,
	PEOPLE_DISABLE,
	PEOPLE_ENABLE,
	PEOPLE_REMOVE,
	PEOPLE_ACTIONS
};

/* What must be typed beside the proof. */
enum people_typed { PEOPLE_TYPE_NOTHING, PEOPLE_TYPE_REASON, PEOPLE_TYPE_NAME };

/* Those that someone of that role may do to this person, who is not themself; returns how many. */
size_t
people_actions(enum role asker, const struct wire_user *user,
    enum people_action list[PEOPLE_ACTIONS]);

/* Message ids: its label, what it is for, and the button that does it. */
const char *
people_action_label(enum people_action action);

const char *
people_action_text(enum people_action action);

const char *
people_action_verb(enum people_action action);

enum people_typed
people_action_typed(enum people_action action);

/* Puts what was typed into the request, where it does for the action: else ERR_REASON_MISSING, or
 * ERR_NAME_DIFFERS. */
MUST_CHECK enum err
people_take(enum people_action action, const char *typed, struct wire_request *request);

/* The question before it, with what it leads to. role: of PEOPLE_ROLE. */
void
people_question(enum people_action action, const struct wire_user *user, enum role role, char *buf,
    size_t size);

/* The request, all but its proof and what must be typed: people_take(). role: of PEOPLE_ROLE. */
void
people_request(enum people_action action, const struct wire_user *user, enum role role,
    struct wire_request *ret_request);

/* What was done. */
void
people_done(enum people_action action, const struct wire_user *user, enum role role, char *buf,
    size_t size);

/* --- new ones ------------------------------------------------------------------------- */

/* The roles that someone of that role may give to somebody new; returns how many. */
size_t
people_roles(enum role asker, enum role list[ROLE_COUNT]);

/* Message id: what a role may do. */
const char *
people_role_text(enum role role);

/* The question before somebody is added. */
void
people_add_question(const char *name, enum role role, char *buf, size_t size);

#endif
