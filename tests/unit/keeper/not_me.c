/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "It was not me": what a stranger has opens nothing from then on, and what is left to do is not
 * forgotten where the line drops. */
#include "device_stage.h"

#include <stdio.h>
#include <string.h>

#include "auth/totp.h"
#include "store/store_user.h"
#include "store/store_notice.h"

/* Its old password was compared by a worker, and was right or not; the new one was hashed. */
static enum err
say(struct stage *stage, bool fits, int64_t step)
{
	struct wire_change_password_request *asked = &stage->message.u.change_password;
	struct hash_job job = { .verify = true, .known = true, .fits = fits, .phc = "phc" };
	struct wire_reply reply;

	wire_request_init(&stage->message, WIRE_NOT_ME);
	wire_put(asked->old, sizeof asked->old, "correct horse battery");
	wire_put(asked->fresh, sizeof asked->fresh, "another sentence of hers");
	device_code(device_phone, step, asked->proof.code);
	(void)snprintf(job.made, sizeof job.made, "made anew");
	job.fresh_account = job.account = stage->session.state.user;
	stage->session.job = &job;
	stage->session.life = LIFE_HASHED;
	reply = device_told(stage);
	stage->session.job = NULL;
	stage->session.life = LIFE_ASKED;
	return (enum err)reply.err;
}

static const char *
password_of(struct stage *stage)
{
	static char phc[STORE_PHC_SIZE];
	struct account account;

	assert_int_equal(store_user_by_name(stage->keeper.store, "alice", &account, phc), ERR_OK);
	return phc;
}

static enum signin_door
door(const struct stage *stage)
{
	return stage->session.state.signin.door;
}

/* Another line of hers, at home since before. */
static enum err
ask_as_before(struct stage *stage, int64_t generation)
{
	struct session_state now = stage->session.state;
	struct wire_reply reply;

	stage->session.state.generation = generation;
	stage->session.state.signin.door = DOOR_HOME;
	wire_request_init(&stage->message, WIRE_HOME);
	reply = device_told(stage);
	stage->session.state = now;
	return (enum err)reply.err;
}

static void
all_that_a_stranger_has_is_void_at_once(void **state)
{
	struct stage *stage = *state;
	int64_t before = device_owner(stage).generation;

	assert_int_equal(say(stage, true, device_now()), ERR_OK);
	assert_string_equal(password_of(stage), "made anew");
	assert_int_equal(device_owner(stage).recovery_left, 0);
	assert_true(device_owner(stage).generation > before);
	assert_int_equal(ask_as_before(stage, before), ERR_ENDED);
	assert_string_equal(device_newest_row(stage).action, "not-me");
	assert_int_equal(door(stage), DOOR_CONFIGURE);
	assert_true(device_owner(stage).alarmed);
}

static void
then_the_authenticators_and_the_codes_are_replaced(void **state)
{
	struct stage *stage = *state;

	(void)device_give(stage, "a stranger's", device_tablet);
	assert_int_equal(say(stage, true, device_now()), ERR_OK);
	wire_request_init(&stage->message, WIRE_HOME);
	assert_int_equal(request_answer(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	assert_int_equal(stage->session.outcome.kind, OUTCOME_CUT);
	outcome_clear(&stage->session.outcome);
	wire_request_init(&stage->message, WIRE_ENROL);
	assert_int_equal(device_told(stage).err, ERR_OK);
	assert_int_equal(device_activate(stage, false), ERR_CODE_WRONG);
	assert_string_equal(device_names(stage), "Authenticator, a stranger's");
	assert_int_equal(device_activate(stage, true), ERR_OK);
	assert_string_equal(device_names(stage), "Authenticator");
	assert_int_equal(device_at(stage, 0).created, STAGE_NOW);
	assert_false(device_owner(stage).alarmed);
	assert_int_equal(door(stage), DOOR_RECOVERY);
	wire_request_init(&stage->message, WIRE_CODES);
	assert_int_equal(device_told(stage).err, ERR_OK);
	wire_request_init(&stage->message, WIRE_CODES_SAVED);
	assert_int_equal(device_told(stage).err, ERR_OK);
	assert_int_equal(door(stage), DOOR_HOME);
	assert_int_equal(device_owner(stage).recovery_left, ACCOUNT_RECOVERY_CODES);
}

/* The line dropped: the next sign-in, by the new password and the old authenticator, goes on. */
static void
the_next_sign_in_goes_on_there(void **state)
{
	struct stage *stage = *state;
	struct session_state *at = &stage->session.state;

	assert_int_equal(say(stage, true, device_now()), ERR_OK);
	at->pending = 0;
	at->signin = (struct signin){ .door = DOOR_CODE, .password_passed = true };
	wire_request_init(&stage->message, WIRE_CODE);
	device_code(device_phone, device_now() + 1, stage->message.u.code.code);
	assert_int_equal(device_told(stage).err, ERR_OK);
	assert_int_equal(door(stage), DOOR_CONFIGURE);
	wire_request_init(&stage->message, WIRE_ENROL);
	assert_int_equal(device_told(stage).err, ERR_OK);
	assert_int_equal(device_activate(stage, true), ERR_OK);
	assert_int_equal(door(stage), DOOR_RECOVERY);
}

static void
it_takes_the_old_password_and_a_fresh_code(void **state)
{
	struct stage *stage = *state;

	assert_int_equal(say(stage, false, device_now()), ERR_PASSWORD_WRONG);
	assert_int_equal(say(stage, true, device_now() - 99), ERR_CODE_WRONG);
	assert_string_equal(password_of(stage), "phc");
	assert_false(device_owner(stage).alarmed);
	assert_int_equal(device_owner(stage).recovery_left, ACCOUNT_RECOVERY_CODES);
	assert_int_equal(door(stage), DOOR_HOME);
}

/* They may be in the stranger's hands. */
static void
no_recovery_code_proves_it(void **state)
{
	struct stage *stage = *state;
	struct wire_proof *proof = &stage->message.u.change_password.proof;

	wire_request_init(&stage->message, WIRE_NOT_ME);
	wire_put(proof->recovery, sizeof proof->recovery, "ABCD-EFGH-IJKL-MNOP");
	assert_int_equal(device_told(stage).err, ERR_CODE_FORMAT);
}

/* And so is the person, but not by the session that said it. */
static void
every_administrator_is_told(void **state)
{
	struct stage *stage = *state;
	struct store *store = stage->keeper.store;
	const int64_t user = stage->session.state.user;
	struct account account = { .name = "dana", .enabled = true, .role = ROLE_ADMINISTRATOR };
	struct store_notice notices[4];
	size_t count = 4;
	int64_t news = -1;

	assert_int_equal(store_user_add(store, &account, "dana", "phc", &account.id), ERR_OK);
	assert_int_equal(say(stage, true, device_now()), ERR_OK);
	assert_int_equal(store_notices_unread(store, account.id, 0, notices, &count), ERR_OK);
	assert_int_equal(count, 1);
	assert_string_equal(notices[0].action, "not-me");
	assert_string_equal(notices[0].who, "alice");
	assert_int_equal(store_notices_count(store, user, 0, 4, &news), ERR_OK);
	assert_int_equal(news, 1);
	assert_int_equal(store_notices_count(store, user, stage->session.state.deeds, 4, &news),
	    ERR_OK);
	assert_int_equal(news, 0);
}

/* A reset takes all of it along: what is configured anew then is not asked for twice. */
static void
a_reset_ends_it(void **state)
{
	struct stage *stage = *state;
	struct session_state *at = &stage->session.state;

	assert_int_equal(say(stage, true, device_now()), ERR_OK);
	assert_int_equal(store_devices_remove(stage->keeper.store, at->user), ERR_OK);
	at->signin = (struct signin){ .door = DOOR_CONFIGURE, .password_passed = true };
	wire_request_init(&stage->message, WIRE_ENROL);
	assert_int_equal(device_told(stage).err, ERR_OK);
	assert_int_equal(device_activate(stage, true), ERR_OK);
	assert_int_equal(door(stage), DOOR_RECOVERY);
	assert_false(device_owner(stage).alarmed);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		DEVICE_TEST(all_that_a_stranger_has_is_void_at_once),
		DEVICE_TEST(then_the_authenticators_and_the_codes_are_replaced),
		DEVICE_TEST(the_next_sign_in_goes_on_there),
		DEVICE_TEST(it_takes_the_old_password_and_a_fresh_code),
		DEVICE_TEST(no_recovery_code_proves_it),
		DEVICE_TEST(every_administrator_is_told),
		DEVICE_TEST(a_reset_ends_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
