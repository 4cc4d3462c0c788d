/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The stage of the tests of the commands: a line to a keeper that is the test itself, and what a
 * command printed. */
#ifndef TESTS_UNIT_CLI_CLI_STAGE_H
#define TESTS_UNIT_CLI_CLI_STAGE_H

#include "cli/cli.h"
#include "cli/command.h"
#include "wire/wire.h"

enum { CAUGHT = 16384 };

/* What was printed on standard output and standard error while it was caught. */
extern char caught_text[2][CAUGHT];

#define OUT caught_text[0]
#define ERR caught_text[1]

extern struct cli cli;		    /* of the command that is run */
extern struct wire_reply reply;	    /* put on the line by stage_answer() */
extern struct wire_request request; /* taken from it by stage_asked() */

void
stage_catch(void);

void
stage_release(void);

/* The keeper's answer to what a command will ask. */
void
stage_answer(void);

/* The same, with the invitation ABCD-EFGH-IJKL-MNOP, which is good until 86400. */
void
stage_answer_invitation(enum wire_op op);

/* What it asked: a test that it is op. */
void
stage_asked(enum wire_op op);

/* That nothing is on the line. */
void
stage_not_asked(void);

enum err stage_run(enum err (*handler)(struct cli *));

/* cmocka's setup and teardown. */
int
stage_open(void **state);

int
stage_close(void **state);

#define ON_LINE(test) cmocka_unit_test_setup_teardown(test, stage_open, stage_close)

#endif
