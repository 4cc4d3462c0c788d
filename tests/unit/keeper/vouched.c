/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What root vouches for, asked of the keeper: a ticket goes with its line, and an SSH key parts
 * those who share an address. */
#include "device_stage.h"

#include <stdlib.h>
#include <string.h>

#include "keeper/guess.h"
#include "keeper/ticket.h"
#include "store/store_guess.h"
#include "store/store_link.h"

enum { CONSOLE = 990, NUMBER = 5 };

static const unsigned char bytes[TICKET_BYTES] = { 7, 7, 7 };

/* A line that has said nothing yet, of the console's account. */
static struct session *
new_line(struct stage *stage)
{
	struct session *line = calloc(1, sizeof *line);

	assert_non_null(line);
	line->request = calloc(1, sizeof *line->request);
	assert_non_null(line->request);
	line->fd = -1;
	line->life = LIFE_ASKED;
	line->number = NUMBER;
	line->peer = CONSOLE;
	line->state.signin = signin_start();
	wire_request_init(line->request, WIRE_HELLO);
	line->request->u.hello.kind = WIRE_PERSON;
	ticket_write(bytes, line->request->u.hello.ticket);
	stage->keeper.sessions = line;
	stage->keeper.session_count = 1;
	return line;
}

/* The hello was answered in a turn that was lost, so the line knows nothing of it; but the ticket
 * is in memory, where nothing is taken back. */
static void
a_lost_hello_keeps_no_ticket(void **state)
{
	const struct ticket_facts facts = { .uid = CONSOLE, .source = "192.0.2.1" };
	struct stage *stage = *state;
	struct session *line = new_line(stage);
	struct ticket_facts used;

	stage->keeper.console = CONSOLE;
	stage->keeper.tickets = tickets_new();
	assert_non_null(stage->keeper.tickets);
	ticket_open(stage->keeper.tickets, bytes, &facts, session_clock());
	assert_int_equal(request_answer(&stage->keeper, line, STAGE_NOW), ERR_OK);
	assert_int_equal(line->outcome.reply->err, ERR_OK);
	outcome_clear(&line->outcome);
	assert_int_equal(ticket_use(stage->keeper.tickets, bytes, CONSOLE, NUMBER + 1,
			     session_clock(), &used),
	    ERR_TICKET_HELD);
	session_fail(&stage->keeper, line, ERR_FAILED, STAGE_NOW);
	session_remove(&stage->keeper, line);
	assert_int_equal(ticket_use(stage->keeper.tickets, bytes, CONSOLE, NUMBER + 1,
			     session_clock(), &used),
	    ERR_OK);
	tickets_free(stage->keeper.tickets);
}

/* --- an address that many share -------------------------------------------------------------- */

static const char address[] = "192.0.2.30",
		  key[] =
		      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQ"
		      "EBAQEB";

/* Somebody has failed there until it is slow, and had its verdict of these two seconds. */
static void
slow_down(struct stage *stage)
{
	struct slow_source *slow = &stage->keeper.slow[0];
	struct throttle_window window = { 0 };
	unsigned char hash[STORE_HASH_SIZE];

	for (int i = 0; i < THROTTLE_SOURCE_MAX; i++)
		throttle_window_fail(&window, STAGE_NOW);
	assert_int_equal(guess_name_hash(&stage->keeper, "source 192.0.2.30", hash), ERR_OK);
	assert_int_equal(store_window_put(stage->keeper.store, hash, false, &window), ERR_OK);
	wire_put(slow->key, sizeof slow->key, address);
	slow->last = session_clock();
}

/* A wrong code for alice's UNIX account, from there; what becomes of it. */
static enum outcome_kind
answer(struct stage *stage, const char *with)
{
	struct wire_pam_request *asked = &stage->message.u.pam;
	struct outcome *outcome = &stage->session.outcome;
	enum outcome_kind kind;

	wire_request_init(&stage->message, WIRE_PAM_ANSWER);
	wire_put(asked->account, sizeof asked->account, "al");
	wire_put(asked->service, sizeof asked->service, "sshd");
	wire_put(asked->key, sizeof asked->key, with);
	wire_put(asked->answer, sizeof asked->answer, "000000");
	assert_int_equal(request_answer(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	kind = outcome->kind;
	outcome_clear(outcome);
	return kind;
}

static void
pam_s_key_is_of_the_source_as_a_ticket_s(void **state)
{
	struct stage *stage = *state;
	int64_t alice = stage->session.state.user;

	assert_int_equal(store_link_add(stage->keeper.store, "al", alice), ERR_OK);
	stage->session.state = (struct session_state){ .greeted = true, .kind = WIRE_PAM };
	wire_put(stage->session.state.source_key, WIRE_SOURCE_SIZE, address);
	assert_int_equal(answer(stage, ""), OUTCOME_ANSWER);
	slow_down(stage);
	assert_int_equal(answer(stage, ""), OUTCOME_HOLD);
	assert_int_equal(answer(stage, key), OUTCOME_ANSWER);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		DEVICE_TEST(a_lost_hello_keeps_no_ticket),
		DEVICE_TEST(pam_s_key_is_of_the_source_as_a_ticket_s),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
