/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's authenticators: one more, another name, one fewer; and that a code of them is one
 * sign-in. */
#include "device_stage.h"

#include <stdio.h>
#include <string.h>

#include "auth/totp.h"
#include "store/store_user.h"

/* --- one more -------------------------------------------------------------------------------- */

static void
one_more_is_added_by_a_code_of_each(void **state)
{
	struct stage *stage = *state;
	struct wire_reply reply = device_ask_add(stage, "Work phone", device_now());

	assert_int_equal(reply.err, ERR_OK);
	assert_string_equal(reply.u.enrol.device, "Work phone");
	assert_string_equal(device_newest_row(stage).action, "enrol");
	assert_string_equal(device_newest_row(stage).detail, "new key: Work phone");
	assert_string_equal(device_names(stage), "Authenticator");
	assert_int_equal(device_activate(stage, false), ERR_CODE_WRONG);
	assert_int_equal(device_activate(stage, true), ERR_OK);
	assert_string_equal(device_names(stage), "Authenticator, Work phone");
	assert_string_equal(device_newest_row(stage).action, "device-add");
	assert_string_equal(device_newest_row(stage).detail, "Work phone");
	assert_int_equal(device_at(stage, 1).last_used, STAGE_NOW);
	assert_int_equal(device_at(stage, 1).created, STAGE_NOW);
	assert_int_equal(device_at(stage, 1).last_step, device_now());
	assert_int_equal(stage->session.state.signin.door, DOOR_HOME);
	assert_int_equal(device_owner(stage).generation, stage->session.state.generation);
}

static void
no_key_is_shown_without_a_proof(void **state)
{
	struct stage *stage = *state;
	struct store_pending pending;

	wire_request_init(&stage->message, WIRE_DEVICE_ADD);
	assert_int_equal(device_told(stage).err, ERR_PROOF_NEEDED);
	assert_int_equal(device_ask_add(stage, "", device_now() - 99).err, ERR_CODE_WRONG);
	assert_int_equal(device_ask(stage, WIRE_DEVICE_REPLACE, device_at(stage, 0).id, 0),
	    ERR_PROOF_NEEDED);
	assert_int_equal(device_ask(stage, WIRE_DEVICE_REMOVE, device_at(stage, 0).id, 0),
	    ERR_MANDATORY);
	device_make_optional(stage);
	assert_int_equal(device_ask(stage, WIRE_DEVICE_REMOVE, device_at(stage, 0).id, 0),
	    ERR_PROOF_NEEDED);
	assert_int_equal(store_pending(stage->keeper.store, stage->session.state.user, &pending),
	    ERR_STORE_NONE);
	assert_string_equal(device_names(stage), "Authenticator");
}

static void
who_has_none_has_nothing_to_add_to(void **state)
{
	struct stage *stage = *state;

	device_make_optional(stage);
	assert_int_equal(device_ask(stage, WIRE_DEVICE_REMOVE, device_at(stage, 0).id,
			     device_now()),
	    ERR_OK);
	wire_request_init(&stage->message, WIRE_DEVICE_ADD);
	assert_int_equal(device_told(stage).err, ERR_NOT_CONFIGURED);
}

static void
the_sixth_is_refused_before_and_after(void **state)
{
	struct stage *stage = *state;

	assert_int_equal(device_ask_add(stage, "last", device_now()).err, ERR_OK);
	for (int i = 0; i < 4; i++)
		(void)device_give(stage, (const char *[]){ "a", "b", "c", "d" }[i], device_tablet);
	assert_int_equal(device_activate(stage, true), ERR_DEVICES_FULL);
	assert_string_equal(device_names(stage), "Authenticator, a, b, c, d");
	assert_int_equal(device_ask_add(stage, "last", device_now() + 1).err, ERR_DEVICES_FULL);
}

/* --- names ------------------------------------------------------------------------------------ */

static void
a_name_that_nobody_chose_is_the_next_number(void **state)
{
	struct stage *stage = *state;

	assert_string_equal(device_ask_add(stage, "", device_now()).u.enrol.device,
	    "Authenticator 2");
	(void)device_give(stage, "AUTHENTICATOR 2", device_tablet);
	assert_string_equal(device_ask_add(stage, "", device_now() + 1).u.enrol.device,
	    "Authenticator 3");
}

static void
names_are_ones_own_and_can_be_told_apart(void **state)
{
	struct stage *stage = *state;
	int64_t first = device_at(stage, 0).id;
	char longest[4 * ACCOUNT_DEVICE_POINTS + 2];

	memset(longest, 'x', sizeof longest);
	longest[ACCOUNT_DEVICE_POINTS + 1] = '\0';
	(void)device_give(stage, "Work phone", device_tablet);
	assert_int_equal(device_ask_rename(stage, first, " WORK phone "), ERR_DEVICE_TAKEN);
	assert_int_equal(device_ask_rename(stage, first, ""), ERR_FIELD_EMPTY);
	assert_int_equal(device_ask_rename(stage, first, " \xc2\xa0 "), ERR_FIELD_EMPTY);
	assert_int_equal(device_ask_rename(stage, first, "a\x1b[31m"), ERR_FIELD_CONTROL);
	assert_int_equal(device_ask_rename(stage, first,
			     "a\xe2\x80\xae"
			     "b"),
	    ERR_FIELD_CONTROL);
	assert_int_equal(device_ask_rename(stage, first, "a\xff"), ERR_FIELD_UTF8);
	assert_int_equal(device_ask_rename(stage, first, longest), ERR_FIELD_LONG);
	assert_int_equal(device_ask_add(stage, "work PHONE", device_now()).err, ERR_DEVICE_TAKEN);
	assert_string_equal(device_names(stage), "Authenticator, Work phone");
	assert_int_equal(device_ask_rename(stage, first, "  T\xc3\xa9l\xc3\xa9phone "), ERR_OK);
	assert_string_equal(device_names(stage), "T\xc3\xa9l\xc3\xa9phone, Work phone");
	assert_string_equal(device_newest_row(stage).action, "device-rename");
	assert_string_equal(device_newest_row(stage).detail,
	    "Authenticator, now T\xc3\xa9l\xc3\xa9phone");
	assert_int_equal(device_ask_rename(stage, first, "T\xc3\xa9l\xc3\xa9PHONE"), ERR_OK);
}

/* Each leaves a row for ever. */
static void
a_session_renames_twenty_times_a_minute(void **state)
{
	struct stage *stage = *state;
	int64_t first = device_at(stage, 0).id;

	for (int i = 0; i < 20; i++)
		assert_int_equal(device_ask_rename(stage, first, i % 2 == 0 ? "one" : "two"),
		    ERR_OK);
	stage->session.released = true;
	assert_int_equal(device_ask_rename(stage, first, "three"), ERR_PAUSED);
	assert_string_equal(device_names(stage), "two");
}

static void
anothers_are_none_of_ones_own(void **state)
{
	struct stage *stage = *state;
	struct account bob = { .name = "bob", .enabled = true };
	int64_t me = stage->session.state.user, his;

	assert_int_equal(store_user_add(stage->keeper.store, &bob, "bob", "phc",
			     &stage->session.state.user),
	    ERR_OK);
	his = device_give(stage, "his", device_tablet);
	(void)device_give(stage, "his other", device_tablet);
	stage->session.state.user = me;
	assert_int_equal(device_ask_rename(stage, his, "mine"), ERR_STALE);
	assert_int_equal(device_ask(stage, WIRE_DEVICE_REPLACE, his, device_now()), ERR_STALE);
	assert_int_equal(device_ask(stage, WIRE_DEVICE_REMOVE, his, device_now()), ERR_STALE);
	assert_string_equal(device_names(stage), "Authenticator");
}

/* --- one fewer
 * -------------------------------------------------------------------------------------- */

static void
one_of_two_is_removed(void **state)
{
	struct stage *stage = *state;
	int64_t id = device_give(stage, "tablet", device_tablet),
		generation = device_owner(stage).generation;

	assert_int_equal(device_ask(stage, WIRE_DEVICE_REMOVE, id, device_now()), ERR_OK);
	assert_string_equal(device_names(stage), "Authenticator");
	assert_string_equal(device_newest_row(stage).action, "device-remove");
	assert_string_equal(device_newest_row(stage).detail, "tablet");
	assert_int_equal(device_owner(stage).generation, generation + 1);
	assert_int_equal(device_owner(stage).recovery_left, ACCOUNT_RECOVERY_CODES);
}

/* Which may be for whoever took the one that is removed. */
static void
a_key_that_waits_goes_with_it(void **state)
{
	struct stage *stage = *state;
	int64_t id = device_give(stage, "tablet", device_tablet);
	struct store_pending pending;

	assert_int_equal(device_ask_add(stage, "more", device_now() - 1).err, ERR_OK);
	assert_int_equal(store_pending(stage->keeper.store, stage->session.state.user, &pending),
	    ERR_OK);
	assert_int_equal(device_ask(stage, WIRE_DEVICE_REMOVE, id, device_now()), ERR_OK);
	assert_int_equal(store_pending(stage->keeper.store, stage->session.state.user, &pending),
	    ERR_STORE_NONE);
}

static void
the_last_one_goes_only_where_none_is_required(void **state)
{
	struct stage *stage = *state;
	int64_t id = device_at(stage, 0).id;

	assert_int_equal(device_ask(stage, WIRE_DEVICE_REMOVE, id, device_now()), ERR_MANDATORY);
	assert_string_equal(device_names(stage), "Authenticator");
	device_make_optional(stage);
	assert_int_equal(device_ask(stage, WIRE_DEVICE_REMOVE, id, device_now()), ERR_OK);
	assert_string_equal(device_names(stage), "");
	assert_string_equal(device_newest_row(stage).action, "deactivate");
	assert_int_equal(device_owner(stage).recovery_left, 0);
}

/* --- one code is one sign-in, always
 * ------------------------------------------------------------------ */

static enum err
sign_in(struct stage *stage, const char *key, int64_t step)
{
	char code[9];

	device_code(key, step, code);
	stage->session.state.signin = (struct signin){ .door = DOOR_CODE, .password_passed = true };
	wire_request_init(&stage->message, WIRE_CODE);
	wire_put(stage->message.u.code.code, sizeof stage->message.u.code.code, code);
	return (enum err)device_told(stage).err;
}

static void
the_trail_and_the_account_tell_which_was_used(void **state)
{
	struct stage *stage = *state;
	struct store_audit row = { 0 };
	size_t count = 1;
	int64_t before;

	(void)device_give(stage, "tablet", device_tablet);
	before = stage_rows(stage);
	assert_int_equal(sign_in(stage, device_tablet, device_now()), ERR_OK);
	assert_int_equal(store_audit_page(stage->keeper.store, before, &row, &count), ERR_OK);
	assert_string_equal(row.action, "code");
	assert_string_equal(row.detail, "with tablet");
	assert_int_equal(device_at(stage, 0).last_used, 0);
	assert_int_equal(device_at(stage, 1).last_used, STAGE_NOW);
}

/* One key that came twice, as it can by an import. */
static void
a_code_that_fits_two_is_spent_on_both(void **state)
{
	struct stage *stage = *state;

	(void)device_give(stage, "the same again", device_phone);
	assert_int_equal(sign_in(stage, device_phone, device_now()), ERR_OK);
	assert_int_equal(device_at(stage, 0).last_step, device_now());
	assert_int_equal(device_at(stage, 1).last_step, device_now());
	assert_int_equal(sign_in(stage, device_phone, device_now()), ERR_CODE_USED);
	assert_int_equal(sign_in(stage, device_phone, device_now() + 1), ERR_OK);
}

static void
nor_is_it_good_where_one_of_them_took_it_before(void **state)
{
	struct stage *stage = *state;

	assert_int_equal(sign_in(stage, device_phone, device_now()), ERR_OK);
	(void)device_give(stage, "the same again", device_phone);
	assert_int_equal(sign_in(stage, device_phone, device_now()), ERR_CODE_USED);
	assert_int_equal(device_at(stage, 1).last_step, 0);
}

static void
two_codes_in_a_row_are_spent_on_both_too(void **state)
{
	struct stage *stage = *state;
	char first[9], next[9];

	(void)device_give(stage, "the same again", device_phone);
	device_code(device_phone, device_now() + 5, first);
	device_code(device_phone, device_now() + 6, next);
	for (int i = 0; i < 2; i++) {
		stage->session.state.signin = (struct signin){ .door = DOOR_CODE,
			.password_passed = true };
		wire_request_init(&stage->message, WIRE_RESYNC);
		wire_put(stage->message.u.resync.first, sizeof stage->message.u.resync.first,
		    first);
		wire_put(stage->message.u.resync.next, sizeof stage->message.u.resync.next, next);
		assert_int_equal(device_told(stage).err, i == 0 ? ERR_OK : ERR_RESYNC_WRONG);
		assert_int_equal(device_at(stage, 0).last_step, device_now() + 6);
		assert_int_equal(device_at(stage, 1).last_step, device_now() + 6);
	}
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		DEVICE_TEST(one_more_is_added_by_a_code_of_each),
		DEVICE_TEST(no_key_is_shown_without_a_proof),
		DEVICE_TEST(who_has_none_has_nothing_to_add_to),
		DEVICE_TEST(the_sixth_is_refused_before_and_after),
		DEVICE_TEST(a_name_that_nobody_chose_is_the_next_number),
		DEVICE_TEST(names_are_ones_own_and_can_be_told_apart),
		DEVICE_TEST(a_session_renames_twenty_times_a_minute),
		DEVICE_TEST(anothers_are_none_of_ones_own),
		DEVICE_TEST(one_of_two_is_removed),
		DEVICE_TEST(a_key_that_waits_goes_with_it),
		DEVICE_TEST(the_last_one_goes_only_where_none_is_required),
		DEVICE_TEST(the_trail_and_the_account_tell_which_was_used),
		DEVICE_TEST(a_code_that_fits_two_is_spent_on_both),
		DEVICE_TEST(nor_is_it_good_where_one_of_them_took_it_before),
		DEVICE_TEST(two_codes_in_a_row_are_spent_on_both_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
