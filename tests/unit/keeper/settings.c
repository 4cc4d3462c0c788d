/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Several settings in one request: all or none, one code, a row each; and what a hostile client
 * puts together. */
#include "device_stage.h"

#include <string.h>

#include "store/store_user.h"

static int
set_up(void **state)
{
	struct stage *stage;

	if (device_set_up(state) != 0)
		return -1;
	stage = *state;
	assert_int_equal(store_user_set_role(stage->keeper.store, stage->session.state.user,
			     ROLE_SUPER_ADMINISTRATOR),
	    ERR_OK);
	wire_request_init(&stage->message, WIRE_SETTING_CHANGE);
	return 0;
}

static struct wire_setting_change_request *
change_of(struct stage *stage)
{
	return &stage->message.u.setting_change;
}

/* One more for the request. */
static void
put(struct stage *stage, enum setting_id id, const char *seen, const char *value)
{
	struct wire_edit *edit = &change_of(stage)->edit[change_of(stage)->count++];

	edit->id = id;
	wire_put(edit->seen, sizeof edit->seen, seen);
	wire_put(edit->value, sizeof edit->value, value);
}

/* With the phone's code in a step. */
static struct wire_reply
told(struct stage *stage, int64_t step)
{
	device_code(device_phone, step, change_of(stage)->proof.code);
	return device_told(stage);
}

static const char *
stored(const struct stage *stage, enum setting_id id)
{
	static char value[POLICY_VALUE_SIZE];
	struct policy policy;

	assert_int_equal(store_policy(stage->keeper.store, &policy), ERR_OK);
	policy_get(&policy, id, value);
	return value;
}

static void
all_are_saved_with_one_code_and_a_row_each(void **state)
{
	struct stage *stage = *state;
	int64_t before = stage_rows(stage);
	struct wire_reply reply;
	struct store_audit row;

	put(stage, SETTING_IDLE_LOCK, "15m", "30m");
	put(stage, SETTING_PASSWORD_LENGTH, "12", "14");
	put(stage, SETTING_CONSOLE_NAME, "ProVconnect", "Ops");
	reply = told(stage, device_now());
	assert_int_equal(reply.err, ERR_OK);
	assert_string_equal(stored(stage, SETTING_IDLE_LOCK), "30m");
	assert_string_equal(stored(stage, SETTING_PASSWORD_LENGTH), "14");
	assert_string_equal(stored(stage, SETTING_CONSOLE_NAME), "Ops");
	assert_int_equal(stage_rows(stage), before + 3);
	row = device_newest_row(stage);
	assert_string_equal(row.target, "console-name");
	assert_string_equal(row.detail, "ProVconnect -> Ops");
	assert_string_equal(row.result, "ok");
	/* Who did it is told with the values; what nobody changed has no name. */
	assert_string_equal(reply.u.settings_view.by[SETTING_IDLE_LOCK], device_owner(stage).name);
	assert_string_equal(reply.u.settings_view.by[SETTING_WELCOME], "");
	assert_string_equal(reply.u.settings_view.value[SETTING_PASSWORD_LENGTH], "14");
	/* The code is spent. */
	change_of(stage)->edit[0].value[0] = '4';
	wire_put(change_of(stage)->edit[0].seen, POLICY_VALUE_SIZE, "30m");
	change_of(stage)->count = 1;
	assert_int_equal(told(stage, device_now()).err, ERR_CODE_USED);
}

/* Asks, and nothing is changed by it; the refusal has one row, and the code stays good. */
static void
refused(struct stage *stage, enum err err, int64_t place, const char *target)
{
	int64_t before = stage_rows(stage);
	struct wire_reply reply = told(stage, device_now());
	struct store_audit row = device_newest_row(stage);

	assert_int_equal(reply.err, err);
	assert_int_equal(reply.wait, place);
	assert_int_equal(stage_rows(stage), before + 1);
	assert_string_equal(row.target, target);
	assert_string_equal(row.result, "refused");
	assert_string_equal(stored(stage, SETTING_IDLE_LOCK), "15m");
	assert_string_equal(stored(stage, SETTING_CONSOLE_NAME), "ProVconnect");
	assert_string_equal(stored(stage, SETTING_REQUIRE_2FA), "yes");
	assert_string_equal(stored(stage, SETTING_REQUIRE_2FA_ROLES), "");
	assert_string_equal(stored(stage, SETTING_FOUR_EYES), "no");
	wire_request_init(&stage->message, WIRE_SETTING_CHANGE);
}

static void
one_bad_value_keeps_all_from_being_saved(void **state)
{
	struct stage *stage = *state;

	put(stage, SETTING_IDLE_LOCK, "15m", "30m");
	put(stage, SETTING_PASSWORD_LENGTH, "12", "11");
	refused(stage, ERR_SETTING_VALUE, 2, "password-length");
	put(stage, SETTING_CONSOLE_NAME, "ProVconnect", "Ops: two");
	put(stage, SETTING_IDLE_LOCK, "15m", "30m");
	refused(stage, ERR_ISSUER_COLON, 1, "console-name");
	put(stage, SETTING_IDLE_LOCK, "15m", "30m");
	assert_int_equal(told(stage, device_now()).err, ERR_OK);
}

static void
one_that_was_changed_meanwhile_too(void **state)
{
	struct stage *stage = *state;

	assert_int_equal(store_setting_put(stage->keeper.store, SETTING_PAUSE_AFTER, "7", "dana"),
	    ERR_OK);
	put(stage, SETTING_IDLE_LOCK, "15m", "30m");
	put(stage, SETTING_PAUSE_AFTER, "5", "6");
	refused(stage, ERR_STALE, 2, "pause-after");
	/* The view tells by whom. */
	wire_request_init(&stage->message, WIRE_SETTINGS_VIEW);
	assert_string_equal(device_told(stage).u.settings_view.by[SETTING_PAUSE_AFTER], "dana");
	assert_string_equal(stored(stage, SETTING_PAUSE_AFTER), "7");
}

static void
a_setting_stands_once(void **state)
{
	struct stage *stage = *state;

	put(stage, SETTING_IDLE_LOCK, "15m", "30m");
	put(stage, SETTING_CONSOLE_NAME, "ProVconnect", "Ops");
	put(stage, SETTING_IDLE_LOCK, "15m", "45m");
	refused(stage, ERR_SETTING_TWICE, 3, "idle-lock");
	/* Not even as the first of them would leave it. */
	put(stage, SETTING_IDLE_LOCK, "15m", "30m");
	put(stage, SETTING_IDLE_LOCK, "30m", "45m");
	refused(stage, ERR_SETTING_TWICE, 2, "idle-lock");
}

static void
what_is_decided_alone_stands_alone(void **state)
{
	static const struct {
		enum setting_id id;
		const char *seen, *value;
	} alone[] = {
		{ SETTING_REQUIRE_2FA, "yes", "no" },
		{ SETTING_REQUIRE_2FA_ROLES, "", "administrator" },
		{ SETTING_FOUR_EYES, "no", "yes" },
	};
	struct stage *stage = *state;

	for (size_t i = 0; i < sizeof alone / sizeof *alone; i++) {
		const char *key = policy_setting(alone[i].id)->key;

		put(stage, alone[i].id, alone[i].seen, alone[i].value);
		put(stage, SETTING_IDLE_LOCK, "15m", "30m");
		refused(stage, ERR_SETTING_ALONE, 1, key);
		put(stage, SETTING_IDLE_LOCK, "15m", "30m");
		put(stage, alone[i].id, alone[i].seen, alone[i].value);
		refused(stage, ERR_SETTING_ALONE, 2, key);
	}
	put(stage, SETTING_REQUIRE_2FA_ROLES, "", "administrator");
	assert_int_equal(told(stage, device_now()).err, ERR_OK);
	assert_string_equal(stored(stage, SETTING_REQUIRE_2FA_ROLES), "administrator");
}

static void
nothing_is_no_change(void **state)
{
	struct stage *stage = *state;

	assert_int_equal(told(stage, device_now()).err, ERR_STATE);
}

static void
no_code_no_change(void **state)
{
	struct stage *stage = *state;

	put(stage, SETTING_IDLE_LOCK, "15m", "30m");
	put(stage, SETTING_CONSOLE_NAME, "ProVconnect", "Ops");
	assert_int_equal(device_told(stage).err, ERR_PROOF_NEEDED);
	assert_int_equal(told(stage, device_now() - 99).err, ERR_CODE_WRONG);
	assert_string_equal(stored(stage, SETTING_IDLE_LOCK), "15m");
}

/* Every setting that may stand with others, in one request. */
static void
as_many_as_there_are(void **state)
{
	struct stage *stage = *state;

	/* Whoever requires tickets has come with one. */
	for (int id = 0; id < SETTING_COUNT; id++)
		if (!policy_alone((enum setting_id)id) && id != SETTING_REQUIRE_TICKET) {
			char value[POLICY_VALUE_SIZE];

			wire_put(value, sizeof value, stored(stage, (enum setting_id)id));
			put(stage, (enum setting_id)id, value,
			    policy_setting((enum setting_id)id)->type == SETTING_BOOL ? "yes"
										      : value);
		}
	wire_put(change_of(stage)->edit[0].value, POLICY_VALUE_SIZE, "Ops");
	assert_int_equal(told(stage, device_now()).err, ERR_OK);
	assert_string_equal(stored(stage, SETTING_CONSOLE_NAME), "Ops");
	assert_string_equal(stored(stage, SETTING_ISSUER_HOST), "yes");
}

#define SETTINGS_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, device_tear_down)

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		SETTINGS_TEST(all_are_saved_with_one_code_and_a_row_each),
		SETTINGS_TEST(one_bad_value_keeps_all_from_being_saved),
		SETTINGS_TEST(one_that_was_changed_meanwhile_too),
		SETTINGS_TEST(a_setting_stands_once),
		SETTINGS_TEST(what_is_decided_alone_stands_alone),
		SETTINGS_TEST(nothing_is_no_change),
		SETTINGS_TEST(no_code_no_change),
		SETTINGS_TEST(as_many_as_there_are),
	};

	return cmocka_run_group_tests_name("keeper settings", tests, NULL, NULL);
}
