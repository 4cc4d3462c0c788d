/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A key that a line was shown becomes an authenticator by a code of it, and no other key does;
 * until when that may be. */
#include "stage.h"

#include <string.h>

#include "auth/totp.h"
#include "core/throttle.h"
#include "keeper/devices.h"
#include "store/store_device.h"
#include "store/store_user.h"

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

/* Asks for a key on a line that was shown none; which one is waiting then, so many seconds later.
 */
static int64_t
key_of_a_new_line(struct stage *stage, int64_t later)
{
	struct store_pending pending;

	stage->session.state.pending = 0;
	wire_request_init(&stage->message, WIRE_ENROL);
	assert_int_equal(request_answer(&stage->keeper, &stage->session, STAGE_NOW + later),
	    ERR_OK);
	assert_int_equal(stage->session.outcome.reply->err, ERR_OK);
	outcome_clear(&stage->session.outcome);
	assert_int_equal(store_pending(stage->keeper.store, stage->session.state.user, &pending),
	    ERR_OK);
	return pending.id;
}

/* DESIGN 2: after a dropped line the same key is shown where root vouches for whose line it is. */
static void
a_dropped_lines_key_is_shown_to_its_owner_alone(void **state)
{
	struct stage *stage = *state;
	struct session_state *at = &stage->session.state;
	int64_t first;

	show_key(stage);
	first = at->pending;
	at->fixed = at->user;
	assert_int_equal(key_of_a_new_line(stage, 30), first);
	at->fixed = at->user + 1; /* it cannot come here, and would gain nothing */
	assert_int_not_equal(key_of_a_new_line(stage, 30), first);
	at->fixed = 0;
	first = key_of_a_new_line(stage, 30);
	assert_int_not_equal(key_of_a_new_line(stage, 30), first);
}

static void
it_is_shown_again_for_ten_minutes(void **state)
{
	struct stage *stage = *state;
	struct session_state *at = &stage->session.state;
	int64_t first;

	show_key(stage);
	first = at->pending;
	at->fixed = at->user;
	assert_int_not_equal(key_of_a_new_line(stage, 700), first);
}

static void
a_key_on_a_screen_is_on_no_other(void **state)
{
	struct stage *stage = *state;
	struct session_state *at = &stage->session.state;
	struct session other = { .fd = -1 };

	show_key(stage);
	other.state.pending = at->pending;
	at->fixed = at->user;
	stage->keeper.sessions = &other;
	assert_int_not_equal(key_of_a_new_line(stage, 30), other.state.pending);
	stage->keeper.sessions = NULL;
}

/* Whoever asks for it would be the first to be asked for what they have not. */
static void
who_has_none_makes_two_factors_mandatory_for_nobody(void **state)
{
	struct stage *stage = *state;
	struct wire_setting_change_request *change = &stage->message.u.setting_change;
	bool closing;

	assert_int_equal(store_user_set_role(stage->keeper.store, stage->session.state.user,
			     ROLE_SUPER_ADMINISTRATOR),
	    ERR_OK);
	assert_int_equal(store_setting_put(stage->keeper.store, SETTING_REQUIRE_2FA, "no", "alice"),
	    ERR_OK);
	wire_request_init(&stage->message, WIRE_SETTING_CHANGE);
	change->count = 1;
	change->people = 1;
	change->edit[0].id = SETTING_REQUIRE_2FA;
	wire_put(change->edit[0].seen, sizeof change->edit[0].seen, "no");
	wire_put(change->edit[0].value, sizeof change->edit[0].value, "yes");
	assert_int_equal(stage_ask(stage, &closing), ERR_NOT_CONFIGURED);
}

/* --- by the host ------------------------------------------------------------------------- */

static void
be_the_host(struct stage *stage, enum wire_op op)
{
	stage->session.state.host = true;
	stage->session.state.user = 0;
	stage->session.state.signin = signin_start();
	wire_request_init(&stage->message, op);
}

/* The password of it is due, and two factors are, by the same time. */
static void
an_invitation_is_one_for_both(void **state)
{
	struct stage *stage = *state;
	struct hash_job job = { .made = "made" };
	struct account account;
	bool closing;

	be_the_host(stage, WIRE_USER_ADD);
	stage->message.u.user_add.invite = 1;
	wire_put(stage->message.u.user_add.name, sizeof stage->message.u.user_add.name, "bob");
	assert_int_equal(secret_from("XXXX-XXXX-XXXX-XXXX", 19, &job.fresh), ERR_OK);
	assert_int_equal(store_user_reserve(stage->keeper.store, &job.fresh_account), ERR_OK);
	stage->session.job = &job;
	stage->session.life = LIFE_HASHED;
	assert_int_equal(stage_ask(stage, &closing), ERR_OK);
	secret_free(job.fresh);
	assert_int_equal(store_user_by_name(stage->keeper.store, "bob", &account, NULL), ERR_OK);
	assert_true(account.password_due);
	assert_int_equal(account.password_expires, STAGE_NOW + 72 * 3600);
	assert_int_equal(account.enrol_until, STAGE_NOW + 72 * 3600);
}

/* With the authenticator go its pause and the wrong codes: the new one begins anew. */
static void
a_reset_ends_the_pause_of_codes(void **state)
{
	struct stage *stage = *state;
	int64_t user = stage->session.state.user;
	const struct throttle throttle = { .failures = THROTTLE_CODES_MAX,
		.paused_until = STAGE_NOW + 900 };
	struct account account;
	bool closing;

	assert_int_equal(store_user_set_code(stage->keeper.store, user, &throttle), ERR_OK);
	be_the_host(stage, WIRE_USER_RESET);
	wire_put(stage->message.u.user_reset.name, sizeof stage->message.u.user_reset.name,
	    "alice");
	wire_put(stage->message.u.user_reset.reason, sizeof stage->message.u.user_reset.reason,
	    "lost phone");
	assert_int_equal(stage_ask(stage, &closing), ERR_OK);
	assert_int_equal(store_user_by_id(stage->keeper.store, user, &account, NULL), ERR_OK);
	assert_int_equal(account.code_failures, 0);
	assert_int_equal(account.code_paused_until, 0);
	assert_int_equal(account.enrol_until, STAGE_NOW + 72 * 3600);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		STAGE_TEST(the_time_of_an_invitation_ends_with_it),
		STAGE_TEST(a_code_of_another_lines_key_is_none),
		STAGE_TEST(a_dropped_lines_key_is_shown_to_its_owner_alone),
		STAGE_TEST(it_is_shown_again_for_ten_minutes),
		STAGE_TEST(a_key_on_a_screen_is_on_no_other),
		STAGE_TEST(who_has_none_makes_two_factors_mandatory_for_nobody),
		STAGE_TEST(an_invitation_is_one_for_both),
		STAGE_TEST(a_reset_ends_the_pause_of_codes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
