/* SPDX-License-Identifier: GPL-3.0-or-later */
/* "It was not me": what a stranger has opens nothing from then on, and what is left to do is not
 * forgotten where the line drops. */
#include "device_stage.h"

#include <stdio.h>
#include <string.h>

#include "auth/totp.h"
#include "store/store_notice.h"
#include "store/store_sign_in.h"
#include "store/store_user.h"

/* Of that sign-in, by an authenticator's code. Its old password was compared by a worker, and was
 * right or not; the new one was hashed. */
static enum err
say_by(struct stage *stage, bool fits, int64_t sign_in, const char *key, int64_t step)
{
	struct wire_change_password_request *asked = &stage->message.u.change_password;
	struct hash_job job = { .verify = true, .known = true, .fits = fits, .phc = "phc" };
	struct wire_reply reply;

	wire_request_init(&stage->message, WIRE_NOT_ME);
	wire_put(asked->old, sizeof asked->old, "correct horse battery");
	wire_put(asked->fresh, sizeof asked->fresh, "another sentence of hers");
	asked->sign_in = sign_in;
	device_code(key, step, asked->proof.code);
	(void)snprintf(job.made, sizeof job.made, "made anew");
	job.fresh_account = job.account = stage->session.state.user;
	stage->session.job = &job;
	stage->session.life = LIFE_HASHED;
	reply = device_told(stage);
	stage->session.job = NULL;
	stage->session.life = LIFE_ASKED;
	return (enum err)reply.err;
}

static enum err
say(struct stage *stage, bool fits, int64_t step)
{
	return say_by(stage, fits, 0, device_phone, step);
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

/* From the other authenticator to the codes, which are saved. */
static void
replace(struct stage *stage)
{
	wire_request_init(&stage->message, WIRE_ENROL);
	assert_int_equal(device_told(stage).err, ERR_OK);
	assert_int_equal(device_activate(stage, true), ERR_OK);
	assert_int_equal(door(stage), DOOR_RECOVERY);
	wire_request_init(&stage->message, WIRE_CODES);
	assert_int_equal(device_told(stage).err, ERR_OK);
	wire_request_init(&stage->message, WIRE_CODES_SAVED);
	assert_int_equal(device_told(stage).err, ERR_OK);
}

static void
then_the_authenticator_and_the_codes_are_replaced(void **state)
{
	struct stage *stage = *state;

	assert_int_equal(say(stage, true, device_now()), ERR_OK);
	wire_request_init(&stage->message, WIRE_HOME);
	assert_int_equal(request_answer(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	assert_int_equal(stage->session.outcome.kind, OUTCOME_CUT);
	outcome_clear(&stage->session.outcome);
	wire_request_init(&stage->message, WIRE_ENROL);
	assert_int_equal(device_told(stage).err, ERR_OK);
	assert_int_equal(device_activate(stage, false), ERR_CODE_WRONG);
	assert_string_equal(device_names(stage), "Authenticator");
	assert_int_equal(device_at(stage, 0).created, 1);
	replace(stage);
	assert_string_equal(device_names(stage), "Authenticator");
	assert_int_equal(device_at(stage, 0).created, STAGE_NOW);
	assert_false(device_owner(stage).alarmed);
	assert_int_equal(door(stage), DOOR_HOME);
	assert_int_equal(device_owner(stage).recovery_left, ACCOUNT_RECOVERY_CODES);
}

/* --- what came since ------------------------------------------------------------------------ */

/* "old, new" of those that are in doubt, as the door tells them. */
static const char *
doubted(struct stage *stage)
{
	static char text[2048];
	struct wire_reply reply;
	size_t used = 0;

	text[0] = '\0';
	wire_request_init(&stage->message, WIRE_DOUBTED);
	reply = device_told(stage);
	assert_int_equal(reply.err, ERR_OK);
	for (uint32_t i = 0; i < reply.u.devices.count; i++) {
		assert_true(reply.u.devices.device[i].doubted);
		used += (size_t)snprintf(text + used, sizeof text - used, "%s%s", i > 0 ? ", " : "",
		    reply.u.devices.device[i].name);
	}
	return text;
}

static enum err
judge(struct stage *stage, int64_t id, bool keep)
{
	wire_request_init(&stage->message, WIRE_JUDGE);
	stage->message.u.judge.id = id;
	stage->message.u.judge.keep = keep;
	return (enum err)device_told(stage).err;
}

/* At the second door, by the code of a key. */
static enum err
sign_in_by(struct stage *stage, const char *key, int64_t step)
{
	struct session_state *at = &stage->session.state;

	at->pending = 0;
	at->signin = (struct signin){ .door = DOOR_CODE, .password_passed = true };
	wire_request_init(&stage->message, WIRE_CODE);
	device_code(key, step, stage->message.u.code.code);
	return (enum err)device_told(stage).err;
}

static void
what_came_since_is_kept_or_removed_one_by_one(void **state)
{
	struct stage *stage = *state;
	int64_t phone = device_at(stage, 0).id, hers = 0, strange = 0;

	strange = device_give(stage, "a stranger's", "the key of a stranger");
	hers = device_give(stage, "Tablet", device_tablet);
	assert_int_equal(say(stage, true, device_now()), ERR_OK);
	replace(stage);
	assert_int_equal(door(stage), DOOR_DOUBT);
	assert_string_equal(device_names(stage), "a stranger's, Tablet, Authenticator");
	assert_string_equal(doubted(stage), "a stranger's, Tablet");
	assert_int_equal(judge(stage, phone, true), ERR_STALE);
	assert_int_equal(judge(stage, device_at(stage, 2).id, false), ERR_STALE);
	assert_int_equal(judge(stage, 999, true), ERR_STALE);
	assert_int_equal(door(stage), DOOR_DOUBT);
	assert_int_equal(judge(stage, strange, false), ERR_OK);
	assert_string_equal(device_newest_row(stage).action, "device-remove");
	assert_int_equal(door(stage), DOOR_DOUBT);
	assert_string_equal(doubted(stage), "Tablet");
	assert_int_equal(judge(stage, hers, true), ERR_OK);
	assert_string_equal(device_newest_row(stage).action, "device-keep");
	assert_string_equal(device_newest_row(stage).detail, "Tablet");
	assert_int_equal(door(stage), DOOR_HOME);
	assert_string_equal(device_names(stage), "Tablet, Authenticator");
	assert_int_equal(sign_in_by(stage, device_tablet, device_now() + 1), ERR_OK);
	assert_int_equal(door(stage), DOOR_HOME);
}

/* Whatever is said first: nothing of it opens, and the line may drop anywhere. */
static void
until_then_its_codes_are_none(void **state)
{
	struct stage *stage = *state;

	(void)device_give(stage, "Tablet", device_tablet);
	assert_int_equal(say(stage, true, device_now()), ERR_OK);
	assert_int_equal(sign_in_by(stage, device_tablet, device_now() + 1), ERR_CODE_WRONG);
	/* before another authenticator is there: */
	assert_int_equal(sign_in_by(stage, device_phone, device_now() + 1), ERR_OK);
	assert_int_equal(door(stage), DOOR_CONFIGURE);
	replace(stage);
	/* and after it, which then is the only one: */
	assert_int_equal(sign_in_by(stage, device_tablet, device_now() + 1), ERR_CODE_WRONG);
	assert_int_equal(sign_in_by(stage, device_phone, device_now() + 1), ERR_CODE_WRONG);
	assert_string_equal(device_names(stage), "Tablet, Authenticator");
}

static void
where_none_is_in_doubt_any_more_the_door_opens(void **state)
{
	struct stage *stage = *state;
	int64_t tablet = device_give(stage, "Tablet", device_tablet);

	assert_int_equal(say(stage, true, device_now()), ERR_OK);
	replace(stage);
	assert_int_equal(door(stage), DOOR_DOUBT);
	assert_int_equal(store_device_keep(stage->keeper.store, stage->session.state.user, tablet),
	    ERR_OK);
	assert_int_equal(judge(stage, tablet, false), ERR_STALE);
	assert_int_equal(door(stage), DOOR_DOUBT);
	assert_string_equal(doubted(stage), "");
	assert_int_equal(door(stage), DOOR_HOME);
}

/* Since which sign-in: what was there by then is replaced with the one that proves it. No clock has
 * a say in it: all of these were made in 1970. */
static void
what_was_there_by_that_sign_in_is_not_asked_about(void **state)
{
	struct stage *stage = *state;
	struct store *store = stage->keeper.store;
	int64_t user = stage->session.state.user;

	assert_int_equal(store_sign_in_add(store, user, 5), ERR_OK);
	(void)device_give(stage, "between", device_tablet);
	assert_int_equal(store_sign_in_add(store, user, 7), ERR_OK);
	(void)device_give(stage, "after", "the key of another.!");
	stage->session.state.sign_in = 9;
	assert_int_equal(say_by(stage, true, 0, device_phone, device_now()), ERR_OK);
	replace(stage);
	assert_string_equal(doubted(stage), "after");
	assert_string_equal(device_names(stage), "after, Authenticator");
}

static void
an_earlier_one_asks_about_more(void **state)
{
	struct stage *stage = *state;
	struct store *store = stage->keeper.store;
	int64_t user = stage->session.state.user;

	assert_int_equal(store_sign_in_add(store, user, 5), ERR_OK);
	(void)device_give(stage, "between", "the key of another.!");
	assert_int_equal(store_sign_in_add(store, user, 7), ERR_OK);
	(void)device_give(stage, "Authenticator", device_tablet);
	/* What proves it is itself one of those that came since: it is not asked about. */
	assert_int_equal(say_by(stage, true, 5, device_tablet, device_now()), ERR_OK);
	replace(stage);
	assert_string_equal(doubted(stage), "between");
	assert_string_equal(device_names(stage), "between, Authenticator");
}

static void
somebody_elses_sign_in_is_none(void **state)
{
	struct stage *stage = *state;
	struct account dana = { .name = "dana", .enabled = true };

	assert_int_equal(store_user_add(stage->keeper.store, &dana, "dana", "phc", &dana.id),
	    ERR_OK);
	assert_int_equal(store_sign_in_add(stage->keeper.store, dana.id, 5), ERR_OK);
	assert_int_equal(say_by(stage, true, 5, device_phone, device_now()), ERR_STALE);
	assert_int_equal(say_by(stage, true, 6, device_phone, device_now()), ERR_STALE);
	assert_string_equal(password_of(stage), "phc");
	assert_int_equal(door(stage), DOOR_HOME);
	assert_int_equal(say(stage, true, device_now()), ERR_OK);
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
		DEVICE_TEST(then_the_authenticator_and_the_codes_are_replaced),
		DEVICE_TEST(what_came_since_is_kept_or_removed_one_by_one),
		DEVICE_TEST(until_then_its_codes_are_none),
		DEVICE_TEST(where_none_is_in_doubt_any_more_the_door_opens),
		DEVICE_TEST(what_was_there_by_that_sign_in_is_not_asked_about),
		DEVICE_TEST(an_earlier_one_asks_about_more),
		DEVICE_TEST(somebody_elses_sign_in_is_none),
		DEVICE_TEST(the_next_sign_in_goes_on_there),
		DEVICE_TEST(it_takes_the_old_password_and_a_fresh_code),
		DEVICE_TEST(no_recovery_code_proves_it),
		DEVICE_TEST(every_administrator_is_told),
		DEVICE_TEST(a_reset_ends_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
