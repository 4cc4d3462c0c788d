/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A keeper with one person in its store, and one line of theirs, for tests that ask it without a
 * socket. */
#ifndef TESTS_UNIT_KEEPER_STAGE_H
#define TESTS_UNIT_KEEPER_STAGE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "keeper/request.h"
#include "keeper/session.h"

enum { STAGE_NOW = 1767268800 };

struct stage {
	char path[40];
	struct keeper keeper;
	struct session session;
	struct wire_request message; /* what the line asks: HOME, at home */
};

/* cmocka's setup and teardown: *state is a stage, inside a turn. */
int
stage_set_up(void **state);

int
stage_tear_down(void **state);

#define STAGE_TEST(function) \
	cmocka_unit_test_setup_teardown(function, stage_set_up, stage_tear_down)

/* What is answered; *ret_closing: whether the session ends by it. */
enum err
stage_ask(struct stage *stage, bool *ret_closing);

/* Rows of the trail. */
int64_t
stage_rows(const struct stage *stage);

/* bruno, an operator, chloe, an administrator, and dana, a Super Administrator, beside alice, who
 * asks, and gets this role. */
void
stage_add_people(struct stage *stage, enum role alice);

#endif
