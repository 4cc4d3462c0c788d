/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A screen that is a form and nothing else: fields, one button that sends them, and an answer of
 * the sign-in. What differs from one to the next is a row (struct sheet_kind) and a `fill`; the
 * rest of struct screen is here. The state of such a screen is a struct sheet.
 */
#ifndef UI_SCREEN_SHEET_H
#define UI_SCREEN_SHEET_H

#include "ui/stack/parts.h"

enum sheet_back { SHEET_CLEARS, SHEET_POPS, SHEET_RETURNS /* to sign in, by the keeper */ };

struct sheet_kind {
	struct form_plan plan; /* the first member: a form's plan leads to its kind */
	void (*send)(struct ui *ui, struct form *form); /* nothing is missing: asks the keeper */
	size_t refused, refused_count;			/* the fields that a refusal clears */
	enum sheet_back back;				/* what Esc does */
};

struct sheet {
	struct form form;
	bool refused; /* something was, since it opened */
};

bool
sheet_handle(struct ui *ui, void *state, const struct event *event);

void
sheet_act(struct ui *ui, void *state, int id);

/* The members of struct screen that are the same in all. */
#define SHEET_SCREEN \
	.state_size = sizeof(struct sheet), .plan = &kind.plan, .key_rows = key_rows, \
	.act = sheet_act, .fill = fill

#endif
