/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one visit to Settings keeps, sends, and says where somebody else was faster. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "conv/edits.h"

static struct wire_settings_view_reply view;
static struct edits edits;
static struct wire_request request;
static const struct wire_setting_change_request *const change = &request.u.setting_change;
static char text[EDITS_TEXT];

static int
set_up(void **state)
{
	struct policy policy;

	(void)state;
	memset(&view, 0, sizeof view);
	memset(&edits, 0, sizeof edits);
	policy_default(&policy);
	for (int id = 0; id < SETTING_COUNT; id++)
		policy_get(&policy, (enum setting_id)id, view.value[id]);
	view.people = 7;
	view.with_2fa = 4;
	return 0;
}

static void
put(enum setting_id id, const char *value)
{
	edits_put(&edits, &view, id, edits_seen(&edits, &view, id), value);
}

/* Somebody else stores it. */
static void
other(enum setting_id id, const char *value, const char *by)
{
	wire_put(view.value[id], sizeof view.value[id], value);
	wire_put(view.by[id], sizeof view.by[id], by);
}

static void
what_is_as_stored_is_no_edit(void **state)
{
	(void)state;
	assert_int_equal(edits_count(&edits), 0);
	put(SETTING_IDLE_LOCK, "15m");
	assert_int_equal(edits_count(&edits), 0);
	put(SETTING_IDLE_LOCK, "30m");
	put(SETTING_CONSOLE_NAME, "Ops");
	assert_int_equal(edits_count(&edits), 2);
	assert_string_equal(edits_value(&edits, &view, SETTING_IDLE_LOCK), "30m");
	assert_string_equal(edits_value(&edits, &view, SETTING_WELCOME), "");
	put(SETTING_IDLE_LOCK, "15m");
	assert_int_equal(edits_count(&edits), 1);
	assert_false(edits.made[SETTING_IDLE_LOCK]);
}

static void
all_go_together_but_the_alone_before(void **state)
{
	(void)state;
	assert_false(edits_request(&edits, &view, &request));
	put(SETTING_IDLE_LOCK, "30m");
	put(SETTING_CONSOLE_NAME, "Ops");
	put(SETTING_REQUIRE_2FA_ROLES, "administrator");
	assert_true(edits_request(&edits, &view, &request));
	assert_int_equal(change->count, 1);
	assert_int_equal(change->edit[0].id, SETTING_REQUIRE_2FA_ROLES);
	assert_int_equal(change->people, 7);
	edits_saved(&edits);
	other(SETTING_REQUIRE_2FA_ROLES, "administrator", "me");
	assert_true(edits_request(&edits, &view, &request));
	assert_int_equal(change->count, 2);
	assert_int_equal(change->edit[0].id, SETTING_CONSOLE_NAME);
	assert_string_equal(change->edit[0].seen, "ProVconnect");
	assert_string_equal(change->edit[0].value, "Ops");
	assert_int_equal(change->edit[1].id, SETTING_IDLE_LOCK);
	edits_question(change, &view, text, sizeof text);
	assert_string_equal(text,
	    "Save 2 changes?\n"
	    "Console name: from “ProVconnect” to “Ops”.\n"
	    "Idle lock: from 15 minutes to 30 minutes.\n"
	    "New QR codes carry the new name; existing entries in applications keep the old one.");
	edits_question_brief(change, text, sizeof text);
	assert_string_equal(text, "Save 2 changes? They are marked * in the list.");
	assert_true(setting_unchanged(change, &view));
	edits_saved(&edits);
	assert_false(edits_request(&edits, &view, &request));
}

static void
one_of_several_is_asked_about_as_ever(void **state)
{
	(void)state;
	put(SETTING_IDLE_LOCK, "30m");
	assert_true(edits_request(&edits, &view, &request));
	edits_question(change, &view, text, sizeof text);
	assert_string_equal(text, "Idle lock: change it from 15 minutes to 30 minutes?");
}

static void
who_was_faster_is_named_once(void **state)
{
	(void)state;
	put(SETTING_IDLE_LOCK, "30m");
	put(SETTING_CONSOLE_NAME, "Ops");
	assert_true(edits_request(&edits, &view, &request));
	assert_false(edits_overtaken(&edits, &view, text, sizeof text));
	/* What nobody edits here is nobody's business. */
	other(SETTING_PAUSE_AFTER, "7", "dana");
	assert_false(edits_overtaken(&edits, &view, text, sizeof text));
	other(SETTING_IDLE_LOCK, "2h", "dana");
	assert_false(setting_unchanged(change, &view));
	assert_true(edits_overtaken(&edits, &view, text, sizeof text));
	assert_string_equal(text,
	    "Idle lock: meanwhile changed by dana, now 2 hours. What you typed is kept; save again "
	    "to replace it.");
	assert_string_equal(edits_value(&edits, &view, SETTING_IDLE_LOCK), "30m");
	assert_false(edits_overtaken(&edits, &view, text, sizeof text));
	assert_true(edits_request(&edits, &view, &request));
	assert_string_equal(change->edit[1].seen, "2h");
	other(SETTING_CONSOLE_NAME, "Night", "host:root");
	assert_true(edits_overtaken(&edits, &view, text, sizeof text));
	assert_string_equal(text,
	    "Console name: meanwhile changed by the host (root), now “Night”. What you typed is "
	    "kept; save again to replace it.");
}

static void
as_it_was_typed_it_is_done(void **state)
{
	(void)state;
	put(SETTING_CONSOLE_NAME, "Ops");
	other(SETTING_CONSOLE_NAME, "Ops", "");
	assert_true(edits_overtaken(&edits, &view, text, sizeof text));
	assert_string_equal(text,
	    "Console name: meanwhile changed by an administrator to “Ops”, as you typed it.");
	assert_int_equal(edits_count(&edits), 0);
}

/* Its editor was open when it was changed; Enter alone brings nothing back. */
static void
an_editor_left_as_it_was_changes_nothing(void **state)
{
	(void)state;
	other(SETTING_IDLE_LOCK, "2h", "dana");
	edits_put(&edits, &view, SETTING_IDLE_LOCK, "15m", "15m");
	assert_int_equal(edits_count(&edits), 0);
	edits_put(&edits, &view, SETTING_IDLE_LOCK, "15m", "30m");
	assert_int_equal(edits_count(&edits), 1);
	assert_true(edits_overtaken(&edits, &view, text, sizeof text));
}

static void
a_refusal_names_the_row(void **state)
{
	enum setting_id id = SETTING_COUNT;

	(void)state;
	put(SETTING_CONSOLE_NAME, "Ops");
	put(SETTING_IDLE_LOCK, "30m");
	assert_true(edits_request(&edits, &view, &request));
	assert_true(edits_refused(&edits, ERR_SETTING_VALUE, 2, &id, text, sizeof text));
	assert_int_equal(id, SETTING_IDLE_LOCK);
	assert_string_equal(text, "Idle lock: Not a valid duration: give 1m to 12h.");
	assert_true(edits_refused(&edits, ERR_ISSUER_COLON, 1, &id, text, sizeof text));
	assert_non_null(strstr(text, "Console name: A console name cannot have a colon."));
	assert_false(edits_refused(&edits, ERR_DENIED, 0, &id, text, sizeof text));
	assert_false(edits_refused(&edits, ERR_DENIED, 3, &id, text, sizeof text));
	assert_false(edits_refused(&edits, ERR_DENIED, -1, &id, text, sizeof text));
	assert_int_equal(edits_count(&edits), 2);
}

static void
the_box_rests_on_numbers_too(void **state)
{
	(void)state;
	setting_request(&view, SETTING_REQUIRE_2FA, "no", &request);
	assert_true(setting_unchanged(change, &view));
	view.with_2fa++;
	assert_false(setting_unchanged(change, &view));
	setting_request(&view, SETTING_FOUR_EYES, "yes", &request);
	view.people++;
	assert_true(setting_unchanged(change, &view));
	edits_told(&view, SETTING_FOUR_EYES, text, sizeof text);
	assert_string_equal(text,
	    "Four eyes for what is dangerous: meanwhile changed by an administrator, now no.");
}

static void
roles_are_ticked_one_by_one(void **state)
{
	char value[POLICY_VALUE_SIZE];

	(void)state;
	setting_role_toggle("", ROLE_ADMINISTRATOR, value);
	assert_string_equal(value, "administrator");
	setting_role_toggle(value, ROLE_SUPER_ADMINISTRATOR, value);
	assert_true(setting_role_in(value, ROLE_SUPER_ADMINISTRATOR));
	assert_true(setting_role_in(value, ROLE_ADMINISTRATOR));
	assert_false(setting_role_in(value, ROLE_OPERATOR));
	setting_role_toggle(value, ROLE_ADMINISTRATOR, value);
	assert_string_equal(value, "super-administrator");
	assert_false(setting_role_in("nobody knows", ROLE_OPERATOR));
}

static void
what_stands_below_the_box_is_true(void **state)
{
	(void)state;
	setting_standing(&view, text, sizeof text);
	assert_string_equal(text, "Required for all users.");
	other(SETTING_REQUIRE_2FA, "no", "me");
	setting_standing(&view, text, sizeof text);
	assert_string_equal(text, "Optional for all users.");
	other(SETTING_REQUIRE_2FA_ROLES, "administrator", "me");
	setting_standing(&view, text, sizeof text);
	assert_string_equal(text, "Still required for: administrators.");
	other(SETTING_REQUIRE_2FA_ROLES, "operator, super-administrator", "me");
	setting_standing(&view, text, sizeof text);
	assert_string_equal(text, "Still required for: Super Administrators, operators.");
}

static void
the_question_about_roles(void **state)
{
	(void)state;
	setting_question(&view, SETTING_REQUIRE_2FA_ROLES, "operator", text, sizeof text);
	assert_non_null(strstr(text, "Nothing changes before the box above is unchecked"));
	other(SETTING_REQUIRE_2FA, "no", "me");
	other(SETTING_REQUIRE_2FA_ROLES, "administrator", "me");
	setting_question(&view, SETTING_REQUIRE_2FA_ROLES, "operator", text, sizeof text);
	assert_string_equal(text,
	    "Still require two-factor authentication for operators, even where it is optional for "
	    "everyone else? Anyone without it must set it up at their next sign-in: this is new "
	    "for "
	    "operators. It becomes optional for administrators: we strongly advise against this.");
	setting_question(&view, SETTING_REQUIRE_2FA_ROLES, "", text, sizeof text);
	assert_string_equal(text,
	    "No longer require two-factor authentication for any role? It becomes optional for "
	    "administrators: we strongly advise against this.");
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup(what_is_as_stored_is_no_edit, set_up),
		cmocka_unit_test_setup(all_go_together_but_the_alone_before, set_up),
		cmocka_unit_test_setup(one_of_several_is_asked_about_as_ever, set_up),
		cmocka_unit_test_setup(who_was_faster_is_named_once, set_up),
		cmocka_unit_test_setup(as_it_was_typed_it_is_done, set_up),
		cmocka_unit_test_setup(an_editor_left_as_it_was_changes_nothing, set_up),
		cmocka_unit_test_setup(a_refusal_names_the_row, set_up),
		cmocka_unit_test_setup(the_box_rests_on_numbers_too, set_up),
		cmocka_unit_test_setup(roles_are_ticked_one_by_one, set_up),
		cmocka_unit_test_setup(what_stands_below_the_box_is_true, set_up),
		cmocka_unit_test_setup(the_question_about_roles, set_up),
	};

	(void)setlocale(LC_ALL, "C.UTF-8");
	return cmocka_run_group_tests_name("conv edits", tests, NULL, NULL);
}
