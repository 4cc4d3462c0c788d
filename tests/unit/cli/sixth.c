/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * One row is all that a new setting needs: with the rows of sixth/core/policy.def beside ours, the
 * table, the wire and the commands know four settings more.
 */
#include "cli_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/policy.h"

static void
each_has_its_default_and_its_place(void **state)
{
	static const struct {
		enum setting_id id;
		const char *key, *value, *other;
	} rows[] = {
		{ SETTING_SIXTH, "sixth", "20s", "2h" },
		{ SETTING_SEVENTH, "seventh", "no", "yes" },
		{ SETTING_EIGHTH, "eighth", "a, b", "c, d, e" },
		{ SETTING_NINTH, "ninth", "x", "long" },
	};
	char value[POLICY_VALUE_SIZE];
	struct policy policy;
	enum setting_id id;

	(void)state;
	policy_default(&policy);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		assert_int_equal(policy_find(rows[i].key, &id), ERR_OK);
		assert_int_equal(id, rows[i].id);
		policy_get(&policy, id, value);
		assert_string_equal(value, rows[i].value);
		assert_int_equal(policy_set(&policy, id, rows[i].other), ERR_OK);
		policy_get(&policy, id, value);
		assert_string_equal(value, rows[i].other);
	}
	assert_int_equal(policy.sixth, 7200);
	assert_true(policy.seventh);
	/* The others did not move. */
	assert_true(policy.require_2fa);
	assert_int_equal(policy.invitation, 72 * 3600);
	assert_string_equal(policy.console_name, "ProVconnect");
}

static void
answer_settings(void)
{
	struct policy policy;

	policy_default(&policy);
	wire_reply_init(&reply, WIRE_SETTING_LIST);
	for (unsigned id = 0; id < SETTING_COUNT; id++)
		policy_get(&policy, (enum setting_id)id, reply.u.setting_list.value[id]);
	stage_answer();
}

static void
the_list_shows_them(void **state)
{
	(void)state;
	answer_settings();
	assert_int_equal(stage_run(settings_list_run), ERR_OK);
	assert_non_null(strstr(OUT, "invitation         72h"));
	assert_non_null(strstr(OUT, "sixth              20s"));
	assert_non_null(strstr(OUT, "seventh            no"));
	assert_non_null(strstr(OUT, "  Ninth\n"));
}

static void
json_is_of_their_type(void **state)
{
	(void)state;
	answer_settings();
	cli.options = OPTION_JSON;
	assert_int_equal(stage_run(settings_list_run), ERR_OK);
	assert_non_null(strstr(OUT, "{\"key\": \"sixth\", \"value\": 20, \"meaning\": "));
	assert_non_null(strstr(OUT, "{\"key\": \"seventh\", \"value\": false, \"meaning\": "));
	assert_non_null(
	    strstr(OUT, "{\"key\": \"eighth\", \"value\": [\"a\", \"b\"], \"meaning\": "));
	assert_non_null(
	    strstr(OUT, "{\"key\": \"ninth\", \"value\": \"x\", \"meaning\": \"Ninth\"}"));
}

static void
one_is_read(void **state)
{
	(void)state;
	answer_settings();
	cli.operand[0] = "sixth";
	assert_int_equal(stage_run(settings_get_run), ERR_OK);
	assert_string_equal(OUT, "20s\n");
}

static void
one_is_changed(void **state)
{
	(void)state;
	wire_reply_init(&reply, WIRE_SETTING_SET);
	stage_answer();
	cli.operand[0] = "sixth";
	cli.operand[1] = "90m";
	assert_int_equal(stage_run(settings_set_run), ERR_OK);
	stage_asked(WIRE_SETTING_SET);
	assert_int_equal(request.u.setting_set.id, SETTING_SIXTH);
	assert_string_equal(request.u.setting_set.value, "90m");
}

/* The sentence says this setting's own limits. */
static void
a_refusal_says_what_is_allowed(void **state)
{
	static const struct {
		const char *key, *value, *says;
	} rows[] = {
		{ "sixth", "4s", "provconsole: Not a valid duration: give 5s to 7d.\n" },
		{ "seventh", "si", "provconsole: Not a valid value: give yes or no.\n" },
		{ "eighth", "a",
		    "provconsole: Not a valid list: give 2 to 3 entries, separated by commas.\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		cli.operand[0] = rows[i].key;
		cli.operand[1] = rows[i].value;
		cli.said = false;
		assert_int_equal(stage_run(settings_set_run), ERR_SETTING_VALUE);
		assert_true(cli.said);
		assert_string_equal(ERR, rows[i].says);
		stage_not_asked();
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_has_its_default_and_its_place),
		ON_LINE(the_list_shows_them),
		ON_LINE(json_is_of_their_type),
		ON_LINE(one_is_read),
		ON_LINE(one_is_changed),
		ON_LINE(a_refusal_says_what_is_allowed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
