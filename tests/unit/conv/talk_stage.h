/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A conversation without a terminal and without a keeper: answers from a list, and replies from
 * another.
 */
#ifndef TESTS_UNIT_CONV_TALK_STAGE_H
#define TESTS_UNIT_CONV_TALK_STAGE_H

#include "conv/conv.h"

enum { TALK_TOLD_SIZE = 65536 };

/* What the person answers, in turn: what must be asked, how, and the answer (NULL: leaves). */
struct talk_answer {
	const char *asked;
	bool hidden;
	const char *typed;
};

/* What the keeper is asked, in turn, and what it says. */
struct talk_reply {
	enum wire_op op;
	enum err err;
	enum signin_door door;
	int64_t wait;
};

struct talk_stage {
	int ends[2];
	struct conv conv;
	const struct talk_answer *answers;
	const struct talk_reply *replies;
	char told[TALK_TOLD_SIZE];
	struct wire_request last; /* the last request, as it came */
	unsigned drops, draws;
	int64_t waited;
};

/* The last of the replies. */
#define TALK_NO_MORE \
	{ \
		.op = WIRE_OP_COUNT \
	}

/* cmocka's: *state is a stage, with a conversation open on it. */
int
talk_open(void **state);

int
talk_close(void **state);

/* A test: the doors end with that, and all answers and replies were used. */
void
talk_ends(struct talk_stage *stage, enum err err);

/* A test: the person was told that, among other things. */
void
talk_tells(const struct talk_stage *stage, const char *text);

#define TALK(test) cmocka_unit_test_setup_teardown(test, talk_open, talk_close)

#endif
