/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The keeper's answers are put on the line before the command asks, and what it asked is read
 * afterwards; what it printed is caught in files.
 */
#include "cli_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "wire/line.h"

char caught_text[2][CAUGHT];
struct cli cli;
struct wire_reply reply;
struct wire_request request;

static struct {
	FILE *file;
	int saved;
} caught[2]; /* standard output, standard error */
static int keeper = -1;

void
stage_catch(void)
{
	for (int i = 0; i < 2; i++) {
		assert_int_equal(fflush(i == 0 ? stdout : stderr), 0);
		caught[i].file = tmpfile();
		caught[i].saved = dup(i + 1);
		assert_non_null(caught[i].file);
		assert_int_equal(dup2(fileno(caught[i].file), i + 1), i + 1);
	}
}

void
stage_release(void)
{
	for (int i = 0; i < 2; i++) {
		size_t length;

		(void)fflush(i == 0 ? stdout : stderr);
		(void)dup2(caught[i].saved, i + 1);
		close(caught[i].saved);
		rewind(caught[i].file);
		length = fread(caught_text[i], 1, CAUGHT - 1, caught[i].file);
		caught_text[i][length] = '\0';
		(void)fclose(caught[i].file);
	}
}

int
stage_open(void **state)
{
	static const struct hello_way way = { .state = "/srv/console" };
	int ends[2];

	(void)state;
	memset(&cli, 0, sizeof cli);
	cli.way = &way;
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return 1;
	cli.line = ends[0];
	keeper = ends[1];
	return 0;
}

int
stage_close(void **state)
{
	(void)state;
	close(cli.line);
	close(keeper);
	return 0;
}

enum err stage_run(enum err (*handler)(struct cli *))
{
	enum err err;

	stage_catch();
	err = handler(&cli);
	stage_release();
	return err;
}

void
stage_answer(void)
{
	assert_int_equal(line_send_reply(keeper, &reply), ERR_OK);
}

void
stage_answer_invitation(enum wire_op op)
{
	wire_reply_init(&reply, op);
	wire_put(reply.u.user_add.invitation, sizeof reply.u.user_add.invitation,
	    "ABCD-EFGH-IJKL-MNOP");
	reply.u.user_add.expires = 86400;
	stage_answer();
}

void
stage_asked(enum wire_op op)
{
	assert_int_equal(line_receive_request(keeper, &request), ERR_OK);
	assert_int_equal(request.op, op);
}

void
stage_not_asked(void)
{
	assert_int_equal(recv(keeper, &request, sizeof request, MSG_DONTWAIT), -1);
}
