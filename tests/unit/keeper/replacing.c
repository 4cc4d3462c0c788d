/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An authenticator in the place of another: by a fresh code, or after a recovery code. */
#include "device_stage.h"

#include <stdio.h>
#include <string.h>

#include "auth/totp.h"

/* --- another in its place ------------------------------------------------------------------------
 */

static void
a_new_phone_takes_the_place_of_the_old_one(void **state)
{
	struct stage *stage = *state;
	int64_t old = device_at(stage, 0).id, generation = device_owner(stage).generation;

	assert_int_equal(device_ask(stage, WIRE_DEVICE_REPLACE, old, device_now()), ERR_OK);
	assert_int_equal(device_activate(stage, false), ERR_CODE_WRONG);
	assert_int_equal(device_at(stage, 0).id, old);
	assert_int_equal(device_activate(stage, true), ERR_OK);
	assert_string_equal(device_names(stage), "Authenticator");
	assert_int_not_equal(device_at(stage, 0).id, old);
	assert_int_equal(device_at(stage, 0).created, STAGE_NOW);
	assert_string_equal(device_newest_row(stage).action, "device-replace");
	assert_string_equal(device_newest_row(stage).detail, "Authenticator");
	assert_int_equal(device_owner(stage).generation, generation + 1);
	assert_int_equal(stage->session.state.generation, generation + 1);
	assert_int_equal(device_owner(stage).recovery_left, ACCOUNT_RECOVERY_CODES);
	wire_request_init(&stage->message, WIRE_HOME);
	assert_int_equal(device_told(stage).err, ERR_OK);
	/* No code of the old one is a proof any more. */
	assert_int_equal(device_ask(stage, WIRE_DEVICE_REPLACE, device_at(stage, 0).id,
			     device_now() + 1),
	    ERR_CODE_WRONG);
}

/* Another line has removed it: the key that was to take its place does not come instead. */
static void
what_has_gone_is_not_replaced(void **state)
{
	struct stage *stage = *state;
	int64_t id = device_give(stage, "tablet", device_tablet);

	assert_int_equal(device_ask(stage, WIRE_DEVICE_REPLACE, id, device_now()), ERR_OK);
	assert_int_equal(store_device_remove(stage->keeper.store, stage->session.state.user, id),
	    ERR_OK);
	assert_int_equal(device_activate(stage, true), ERR_STALE);
	assert_string_equal(device_names(stage), "Authenticator");
	assert_int_equal(device_ask(stage, WIRE_DEVICE_REPLACE, id, device_now() + 1), ERR_STALE);
}

/* What the key is for stands with it, and the client has no say in that. */
static void
a_key_is_for_one_end(void **state)
{
	struct stage *stage = *state;
	int64_t old = device_at(stage, 0).id, user = stage->session.state.user;
	struct store_pending before, after;

	assert_int_equal(device_ask_add(stage, "more", device_now() - 1).err, ERR_OK);
	assert_int_equal(store_pending(stage->keeper.store, user, &before), ERR_OK);
	assert_int_equal(device_ask(stage, WIRE_DEVICE_REPLACE, old, device_now()), ERR_OK);
	assert_int_equal(store_pending(stage->keeper.store, user, &after), ERR_OK);
	assert_int_not_equal(before.id, after.id);
	assert_int_equal(after.purpose, STORE_FOR_REPLACING);
	assert_int_equal(after.device, old);
	/* The first one's key, of before: it is no more. */
	stage->session.state.pending = before.id;
	assert_int_equal(device_activate(stage, true), ERR_PENDING_GONE);
	assert_int_equal(device_at(stage, 0).id, old);
}

/* A key for a first authenticator, when there is one by now. */
static void
a_first_is_never_a_second(void **state)
{
	struct stage *stage = *state;
	struct store_pending pending;
	int64_t user = stage->session.state.user;

	assert_int_equal(device_ask_add(stage, "more", device_now()).err, ERR_OK);
	assert_int_equal(store_pending(stage->keeper.store, user, &pending), ERR_OK);
	pending.purpose = STORE_FOR_FIRST;
	assert_int_equal(store_pending_put(stage->keeper.store, &pending, &pending.id), ERR_OK);
	stage->session.state.pending = pending.id;
	assert_int_equal(device_activate(stage, true), ERR_CONFIGURED);
	assert_string_equal(device_names(stage), "Authenticator");
}

/* --- after a recovery code
 * ------------------------------------------------------------------------ */

/* Signed in by one, so many seconds ago. */
static void
came_by_recovery(struct stage *stage, int64_t ago)
{
	stage->session.state.used_recovery = true;
	stage->session.state.replace_until = session_clock() + 600 - ago;
}

static void
a_recovery_code_stands_for_the_lost_phone_once(void **state)
{
	struct stage *stage = *state;
	struct wire_reply reply;

	came_by_recovery(stage, 300);
	wire_request_init(&stage->message, WIRE_HOME);
	reply = device_told(stage);
	assert_true(reply.u.home.replacing);
	assert_int_equal(reply.u.home.replace, device_at(stage, 0).id);
	assert_in_range(reply.u.home.replace_until, STAGE_NOW + 290, STAGE_NOW + 300);
	assert_int_equal(device_ask(stage, WIRE_DEVICE_REPLACE, device_at(stage, 0).id, 0), ERR_OK);
	/* Esc, and again: nothing has been replaced yet. */
	assert_int_equal(device_ask(stage, WIRE_DEVICE_REPLACE, device_at(stage, 0).id, 0), ERR_OK);
	assert_int_equal(device_activate(stage, true), ERR_OK);
	assert_int_equal(device_ask(stage, WIRE_DEVICE_REPLACE, device_at(stage, 0).id, 0),
	    ERR_PROOF_NEEDED);
	wire_request_init(&stage->message, WIRE_HOME);
	assert_false(device_told(stage).u.home.replacing);
}

static void
after_ten_minutes_it_stands_for_nothing(void **state)
{
	struct stage *stage = *state;
	struct wire_reply reply;

	came_by_recovery(stage, 600);
	assert_int_equal(device_ask(stage, WIRE_DEVICE_REPLACE, device_at(stage, 0).id, 0),
	    ERR_PROOF_NEEDED);
	wire_request_init(&stage->message, WIRE_HOME);
	reply = device_told(stage);
	assert_true(reply.u.home.replacing);
	assert_int_equal(reply.u.home.replace_until, 0);
}

static void
it_stands_for_replacing_alone(void **state)
{
	struct stage *stage = *state;
	int64_t id = device_give(stage, "tablet", device_tablet);

	came_by_recovery(stage, 0);
	wire_request_init(&stage->message, WIRE_DEVICE_ADD);
	assert_int_equal(device_told(stage).err, ERR_PROOF_NEEDED);
	assert_int_equal(device_ask(stage, WIRE_DEVICE_REMOVE, id, 0), ERR_PROOF_NEEDED);
	wire_request_init(&stage->message, WIRE_RENEW_CODES);
	assert_int_equal(device_told(stage).err, ERR_PROOF_NEEDED);
	device_make_optional(stage);
	wire_request_init(&stage->message, WIRE_DEACTIVATE);
	assert_int_equal(device_told(stage).err, ERR_PROOF_NEEDED);
}

/* Who comes back to a locked console need not be who came in. */
static void
the_lock_ends_it(void **state)
{
	struct stage *stage = *state;

	came_by_recovery(stage, 0);
	assert_int_equal(request_lock(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	assert_int_equal(stage->session.outcome.after.replace_until, 0);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		DEVICE_TEST(a_new_phone_takes_the_place_of_the_old_one),
		DEVICE_TEST(what_has_gone_is_not_replaced),
		DEVICE_TEST(a_key_is_for_one_end),
		DEVICE_TEST(a_first_is_never_a_second),
		DEVICE_TEST(a_recovery_code_stands_for_the_lost_phone_once),
		DEVICE_TEST(after_ten_minutes_it_stands_for_nothing),
		DEVICE_TEST(it_stands_for_replacing_alone),
		DEVICE_TEST(the_lock_ends_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
