/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whoever asks is read afresh in each request, whatever ends sessions beside that; what is held
 * back; and what is written down when a line goes. */
#include "stage.h"

#include <stdio.h>

#include "auth/totp.h"
#include "core/throttle.h"
#include "keeper/devices.h"
#include "store/store_audit.h"
#include "store/store_device.h"
#include "store/store_guess.h"
#include "store/store_user.h"

static void
who_is_as_before_is_answered(void **state)
{
	bool closing = true;

	assert_int_equal(stage_ask(*state, &closing), ERR_OK);
	assert_false(closing);
}

static void
who_is_of_a_generation_before_has_ended(void **state)
{
	struct stage *stage = *state;
	int64_t generation = 0;
	bool closing = false;

	assert_int_equal(store_user_raise(stage->keeper.store, stage->session.state.user,
			     &generation),
	    ERR_OK);
	assert_int_equal(stage_ask(stage, &closing), ERR_ENDED);
	assert_true(closing);
}

static void
who_is_disabled_has_ended(void **state)
{
	struct stage *stage = *state;
	bool closing = false;

	assert_int_equal(store_user_enable(stage->keeper.store, stage->session.state.user, false),
	    ERR_OK);
	assert_int_equal(stage_ask(stage, &closing), ERR_ENDED);
	assert_true(closing);
}

static void
who_is_there_no_more_has_ended(void **state)
{
	struct stage *stage = *state;
	bool closing = false;

	assert_int_equal(store_user_remove(stage->keeper.store, stage->session.state.user), ERR_OK);
	assert_int_equal(stage_ask(stage, &closing), ERR_ENDED);
	assert_true(closing);
}

static void
only_who_was_at_home_signs_out(void **state)
{
	static const enum signin_door doors[] = { DOOR_CODE, DOOR_PASSWORD, DOOR_CONFIGURE,
		DOOR_RECOVERY, DOOR_DOUBT };
	struct stage *stage = *state;
	int64_t before = stage_rows(stage);

	for (size_t i = 0; i < sizeof doors / sizeof doors[0]; i++) {
		stage->session.state.signin.door = doors[i];
		assert_int_equal(session_farewell(&stage->keeper, &stage->session, STAGE_NOW),
		    ERR_OK);
		assert_int_equal(stage_rows(stage), before);
	}
	stage->session.state.signin.door = DOOR_HOME;
	assert_int_equal(session_farewell(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	assert_int_equal(stage_rows(stage), before + 1);
	stage->session.state.signin.door = DOOR_LOCKED; /* in, behind the lock */
	assert_int_equal(session_farewell(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	assert_int_equal(stage_rows(stage), before + 2);
}

/* The newest row of the trail. */
static struct store_audit
newest(const struct stage *stage)
{
	struct store_audit row = { 0 };
	size_t count = 1;

	assert_int_equal(store_audit_page(stage->keeper.store, stage_rows(stage) - 1, &row, &count),
	    ERR_OK);
	assert_int_equal(count, 1);
	return row;
}

static void
a_row_says_who_it_was_and_from_where(void **state)
{
	struct stage *stage = *state;
	struct store_audit row;

	stage->session.peer = 1234;
	(void)snprintf(stage->session.state.source, sizeof stage->session.state.source,
	    "192.0.2.1");
	(void)snprintf(stage->session.state.terminal, sizeof stage->session.state.terminal,
	    "/dev/pts/3");
	assert_int_equal(session_farewell(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	row = newest(stage);
	assert_int_equal(row.peer_uid, 1234);
	assert_int_equal(row.time, STAGE_NOW);
	assert_string_equal(row.who, "alice");
	assert_string_equal(row.source, "192.0.2.1");
	assert_string_equal(row.terminal, "/dev/pts/3");
	assert_string_equal(row.action, audit_name(AUDIT_SIGN_OUT));
}

/* Who looks leaves no row; whoever may not look does. */
static void
looking_is_quiet(void **state)
{
	struct stage *stage = *state;
	int64_t before = stage_rows(stage);
	bool closing;

	wire_request_init(&stage->message, WIRE_SETTING_LIST);
	assert_int_equal(stage_ask(stage, &closing), ERR_DENIED);
	assert_int_equal(stage_rows(stage), before + 1);
	assert_int_equal(store_user_set_role(stage->keeper.store, stage->session.state.user,
			     ROLE_SUPER_ADMINISTRATOR),
	    ERR_OK);
	assert_int_equal(stage_ask(stage, &closing), ERR_OK);
	assert_int_equal(stage_rows(stage), before + 1);
}

/* --- a password that was compared ------------------------------------------------------- */

/* It is right, and its hash was of an older key: the worker made a new one. */
static void
an_old_hash_is_replaced(void **state)
{
	struct stage *stage = *state;
	struct hash_job job = { .verify = true, .known = true, .fits = true };
	struct account account;
	char phc[STORE_PHC_SIZE];
	bool closing;

	stage->session.state.user = 0;
	stage->session.state.signin = signin_start();
	stage->session.life = LIFE_HASHED;
	stage->session.job = &job;
	(void)snprintf(job.phc, sizeof job.phc, "phc"); /* the stage's */
	(void)snprintf(job.made, sizeof job.made, "made anew");
	wire_request_init(&stage->message, WIRE_PASSWORD);
	wire_put(stage->message.u.password.name, sizeof stage->message.u.password.name, "alice");
	assert_int_equal(stage_ask(stage, &closing), ERR_OK);
	assert_int_equal(store_user_by_name(stage->keeper.store, "alice", &account, phc), ERR_OK);
	assert_string_equal(phc, "made anew");
}

/* --- what a sign-in leaves ------------------------------------------------------------- */

/* At the last door: two factors, and the codes are on the screen. */
static void
stand_at_codes(struct stage *stage)
{
	struct session_state *at = &stage->session.state;
	struct store_device device = { .user = at->user, .secret = { .key = 1, .length = 1 } };

	assert_int_equal(store_device_add(stage->keeper.store, &device, &device.id), ERR_OK);
	at->signin = (struct signin){ .door = DOOR_RECOVERY,
		.password_passed = true,
		.code_passed = true };
	at->codes_shown = true;
	(void)snprintf(at->source, sizeof at->source, "192.0.2.1");
	(void)snprintf(at->source_key, sizeof at->source_key, "192.0.2.1");
	wire_request_init(&stage->message, WIRE_CODES_SAVED);
}

/* From there no crowd of guesses on a name holds anybody up (DESIGN 3). */
static void
where_somebody_signed_in_is_known(void **state)
{
	struct stage *stage = *state;
	bool closing, trusted = true;

	assert_int_equal(store_source_trusted(stage->keeper.store, "192.0.2.1", 0, STAGE_NOW,
			     &trusted),
	    ERR_OK);
	assert_false(trusted);
	stand_at_codes(stage);
	assert_int_equal(stage_ask(stage, &closing), ERR_OK);
	assert_int_equal(store_source_trusted(stage->keeper.store, "192.0.2.1", STAGE_NOW,
			     STAGE_NOW, &trusted),
	    ERR_OK);
	assert_true(trusted);
	assert_string_equal(newest(stage).action, audit_name(AUDIT_SIGN_IN));
}

/* --- codes that are not compared ----------------------------------------------------- */

/* At the second door, after so many wrong codes. */
static void
stand_at_code(struct stage *stage, uint32_t failures, int64_t paused_until)
{
	const struct throttle throttle = { .failures = failures, .paused_until = paused_until };

	assert_int_equal(store_user_set_code(stage->keeper.store, stage->session.state.user,
			     &throttle),
	    ERR_OK);
	stage->session.state.signin = (struct signin){ .door = DOOR_CODE, .password_passed = true };
	wire_request_init(&stage->message, WIRE_CODE);
	wire_put(stage->message.u.code.code, sizeof stage->message.u.code.code, "000000");
}

/* Whoever asks at full speed waits for the next second second. */
static void
held_once(struct stage *stage, enum err verdict)
{
	struct outcome *outcome = &stage->session.outcome;
	int64_t boot = session_clock();
	bool closing;

	assert_int_equal(request_answer(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	assert_int_equal(outcome->kind, OUTCOME_HOLD);
	assert_in_range(outcome->until, boot + 1, boot + 3);
	outcome_clear(outcome);
	stage->session.released = true;
	assert_int_equal(stage_ask(stage, &closing), verdict);
}

static void
a_refusal_for_a_pause_is_held_once(void **state)
{
	stand_at_code(*state, 5, STAGE_NOW + 30);
	held_once(*state, ERR_PAUSED);
}

static void
after_a_hundred_wrong_codes_only_an_unlock_helps(void **state)
{
	stand_at_code(*state, THROTTLE_CODES_MAX, STAGE_NOW - 1);
	held_once(*state, ERR_CODE_LOCKED);
}

static void
after_one_less_a_code_is_looked_at(void **state)
{
	struct stage *stage = *state;

	stand_at_code(stage, THROTTLE_CODES_MAX - 1, STAGE_NOW - 1);
	assert_int_equal(request_answer(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	assert_int_equal(stage->session.outcome.kind, OUTCOME_ANSWER);
	assert_int_equal(stage->session.outcome.reply->err, ERR_CODE_WRONG);
	outcome_clear(&stage->session.outcome);
}

/* One address, many names: its wrong codes make it slow as wrong passwords do. */
static void
wrong_codes_make_their_source_slow(void **state)
{
	struct stage *stage = *state;
	bool closing;

	(void)snprintf(stage->session.state.source_key, sizeof stage->session.state.source_key,
	    "192.0.2.1");
	for (int i = 0; i < THROTTLE_SOURCE_MAX; i++) {
		stand_at_code(stage, 0, 0);
		assert_int_equal(stage_ask(stage, &closing), ERR_CODE_WRONG);
	}
	stand_at_code(stage, 0, 0);
	assert_int_equal(stage_ask(stage, &closing), ERR_CODE_WRONG);
	stand_at_code(stage, 0, 0);
	held_once(stage, ERR_PAUSED);
}

/* --- codes that are compared -------------------------------------------------------------- */

/* The code of the next step was taken early: not the next that comes is good, but the one after. */
static void
a_used_code_tells_when_another_is_good(void **state)
{
	struct stage *stage = *state;
	int64_t step = totp_step(STAGE_NOW), user = stage->session.state.user;
	struct store_device device = { .user = user };
	struct secret *key = NULL;
	char code[9];
	bool closing;

	assert_int_equal(totp_key_new(&key), ERR_OK);
	assert_int_equal(totp_code(key, step + 1, 6, code), ERR_OK);
	assert_int_equal(devices_seal(stage->keeper.ring, user, key, &device.secret), ERR_OK);
	assert_int_equal(store_device_add(stage->keeper.store, &device, &device.id), ERR_OK);
	secret_free(key);
	assert_int_equal(secret_new(DEVICES_KEY_MAX, &stage->keeper.open), ERR_OK);
	for (int i = 0; i < 2; i++) {
		stand_at_code(stage, 0, 0);
		wire_put(stage->message.u.code.code, sizeof stage->message.u.code.code, code);
		if (i == 0)
			assert_int_equal(stage_ask(stage, &closing), ERR_OK);
	}
	assert_int_equal(request_answer(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	assert_int_equal(stage->session.outcome.reply->err, ERR_CODE_USED);
	assert_int_equal(stage->session.outcome.reply->wait, (step + 2) * TOTP_PERIOD - STAGE_NOW);
	outcome_clear(&stage->session.outcome);
	secret_free(stage->keeper.open);
}

/* --- what one line may ask for --------------------------------------------------------------- */

enum { MOST = 20 };

static void
a_line_gets_twenty_sets_of_codes(void **state)
{
	struct stage *stage = *state;
	bool closing;

	stand_at_codes(stage);
	wire_request_init(&stage->message, WIRE_CODES);
	stage->session.state.sets_shown = MOST - 1;
	assert_int_equal(stage_ask(stage, &closing), ERR_OK);
	stage->session.state.sets_shown = MOST;
	assert_int_equal(stage_ask(stage, &closing), ERR_STATE);
}

/* The first was shown on another line. */
static void
a_line_gets_twenty_keys(void **state)
{
	struct stage *stage = *state;
	struct session_state *at = &stage->session.state;
	bool closing;

	at->signin = (struct signin){ .door = DOOR_CONFIGURE, .password_passed = true };
	wire_request_init(&stage->message, WIRE_ENROL);
	assert_int_equal(stage_ask(stage, &closing), ERR_OK);
	at->keys_shown = MOST - 1;
	assert_int_equal(stage_ask(stage, &closing), ERR_OK);
	at->keys_shown = MOST;
	assert_int_equal(stage_ask(stage, &closing), ERR_STATE);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		STAGE_TEST(who_is_as_before_is_answered),
		STAGE_TEST(who_is_of_a_generation_before_has_ended),
		STAGE_TEST(who_is_disabled_has_ended),
		STAGE_TEST(who_is_there_no_more_has_ended),
		STAGE_TEST(only_who_was_at_home_signs_out),
		STAGE_TEST(a_row_says_who_it_was_and_from_where),
		STAGE_TEST(looking_is_quiet),
		STAGE_TEST(an_old_hash_is_replaced),
		STAGE_TEST(where_somebody_signed_in_is_known),
		STAGE_TEST(a_refusal_for_a_pause_is_held_once),
		STAGE_TEST(after_a_hundred_wrong_codes_only_an_unlock_helps),
		STAGE_TEST(after_one_less_a_code_is_looked_at),
		STAGE_TEST(wrong_codes_make_their_source_slow),
		STAGE_TEST(a_used_code_tells_when_another_is_good),
		STAGE_TEST(a_line_gets_twenty_sets_of_codes),
		STAGE_TEST(a_line_gets_twenty_keys),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
