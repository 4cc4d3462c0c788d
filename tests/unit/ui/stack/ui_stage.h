/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stage of the tests of the ui: screens that only count, and no terminal. */
#ifndef TESTS_UNIT_UI_STACK_UI_STAGE_H
#define TESTS_UNIT_UI_STACK_UI_STAGE_H

#include "ui/screen/screens.h"
#include "ui/stack/answer.h"
#include "ui/stack/ask.h"
#include "ui/stack/clock.h"
#include "ui/stack/frame.h"
#include "ui/stack/handle.h"
#include "ui/stack/say.h"
#include "ui/stack/signin.h"
#include "ui/stack/stack.h"

struct seen {
	unsigned entered, left, resumed, keys, replies, acts;
	char text[600];
	int act;
	uint32_t op;
};

/* What the screens have seen: of low, and of those that stand over it. */
extern struct seen lower, upper;

/* The key rows of low and high. */
enum { COPY = 1, LEAVE };

/* low has a form; entering failing fails; careful drops what was typed ahead. */
extern const struct screen low, high, careful, failing;

/* The Unix seconds of the stage's clock: they stand still. */
int64_t
stage_clock(void);

/* cmocka's: *state is a ui with low on it. */
int
stage_setup(void **state);

int
stage_teardown(void **state);

void
stage_press(struct ui *ui, enum key key);

void
stage_type(struct ui *ui, const char *text, bool pasted);

void
stage_ask(struct ui *ui, enum wire_op op, const char *busy);

/* The keeper's answer arrives. */
void
stage_answer(struct ui *ui, enum wire_op op, enum err err, enum signin_door door);

#define WITH_UI(test) cmocka_unit_test_setup_teardown(test, stage_setup, stage_teardown)

#endif
