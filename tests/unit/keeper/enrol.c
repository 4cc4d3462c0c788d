/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A key that a line was shown becomes an authenticator by a code of it, and no other key does. */
#include "stage.h"

#include <string.h>

#include "auth/totp.h"
#include "keeper/devices.h"

/* The stage's person stands where two factors are configured, was invited, and is shown a key. */
static void
show_key(struct stage *stage)
{
	struct session_state *at = &stage->session.state;

	assert_int_equal(store_user_set_enrol_until(stage->keeper.store, at->user, STAGE_NOW + 60),
	    ERR_OK);
	at->signin = (struct signin){ .door = DOOR_CONFIGURE, .password_passed = true };
	wire_request_init(&stage->message, WIRE_ENROL);
	assert_int_equal(request_answer(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	assert_int_equal(stage->session.outcome.reply->err, ERR_OK);
	*at = stage->session.outcome.after;
	outcome_clear(&stage->session.outcome);
}

/* The code of now of the key that waits. */
static void
type_code(struct stage *stage)
{
	struct store_pending pending;
	struct secret *key = NULL;
	char code[9];

	assert_int_equal(store_pending(stage->keeper.store, stage->session.state.user, &pending),
	    ERR_OK);
	assert_int_equal(devices_open_pending(stage->keeper.ring, pending.user, &pending.secret,
			     &key),
	    ERR_OK);
	assert_int_equal(totp_code(key, totp_step(STAGE_NOW), 6, code), ERR_OK);
	secret_free(key);
	wire_request_init(&stage->message, WIRE_ACTIVATE);
	wire_put(stage->message.u.activate.code, sizeof stage->message.u.activate.code, code);
}

/* Who deactivates later, where that is allowed, is not shut out by an invitation of long ago. */
static void
the_time_of_an_invitation_ends_with_it(void **state)
{
	struct stage *stage = *state;
	struct account account;
	bool closing;

	show_key(stage);
	type_code(stage);
	assert_int_equal(stage_ask(stage, &closing), ERR_OK);
	assert_int_equal(store_user_by_id(stage->keeper.store, stage->session.state.user, &account,
			     NULL),
	    ERR_OK);
	assert_int_equal(account.devices, 1);
	assert_int_equal(account.enrol_until, 0);
}

static void
a_code_of_another_lines_key_is_none(void **state)
{
	struct stage *stage = *state;
	bool closing;

	show_key(stage);
	type_code(stage);
	stage->session.state.pending++;
	assert_int_equal(stage_ask(stage, &closing), ERR_PENDING_GONE);
	stage->session.state.pending = 0;
	assert_int_equal(stage_ask(stage, &closing), ERR_PENDING_GONE);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		STAGE_TEST(the_time_of_an_invitation_ends_with_it),
		STAGE_TEST(a_code_of_another_lines_key_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
