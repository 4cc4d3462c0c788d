/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands about people. */
#include "cli_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* --- people --------------------------------------------------------------------------------------
 */

static void
put_user(struct wire_user *user, const char *name)
{
	wire_put(user->name, sizeof user->name, name);
	user->enabled = 1;
	user->created = 1000;
}

static void
answer_two_pages(void)
{
	wire_reply_init(&reply, WIRE_USER_LIST);
	reply.now = 5000;
	reply.u.user_page.count = 2;
	reply.u.user_page.more = 1;
	put_user(&reply.u.user_page.user[0], "alice");
	reply.u.user_page.user[0].role = ROLE_SUPER_ADMINISTRATOR;
	reply.u.user_page.user[0].has_2fa = 1;
	reply.u.user_page.user[0].last_sign_in = 4000;
	reply.u.user_page.user[0].failures_since = 2;
	wire_put(reply.u.user_page.user[0].last_source, WIRE_SOURCE_SIZE, "192.0.2.7");
	put_user(&reply.u.user_page.user[1], "bob");
	reply.u.user_page.user[1].paused_until = 5001;
	reply.u.user_page.user[1].password_due = 1;
	stage_answer();
	wire_reply_init(&reply, WIRE_USER_LIST);
	reply.now = 5000;
	reply.u.user_page.count = 1;
	put_user(&reply.u.user_page.user[0], "\xc3\xa9v\xc3\xa9");
	reply.u.user_page.user[0].paused_until = 5000;
	reply.u.user_page.user[0].enabled = 0;
	stage_answer();
}

static void
test_list_json(void **state)
{
	(void)state;
	answer_two_pages();
	cli.options = OPTION_JSON;
	assert_int_equal(stage_run(user_list_run), ERR_OK);
	assert_string_equal(OUT,
	    "[\n"
	    "{\"name\": \"alice\", \"role\": \"super-administrator\", \"state\": \"enabled\", "
	    "\"2fa\": true, \"enabled\": true, \"password_due\": false, \"last_source\": "
	    "\"192.0.2.7\", \"devices\": 0, \"recovery_left\": 0, \"failures_since\": 2, "
	    "\"paused_until\": null, \"last_sign_in\": 4000, \"invitation_until\": null, "
	    "\"configure_until\": null, \"created\": 1000, \"language\": null, "
	    "\"plain\": false},\n"
	    "{\"name\": \"bob\", \"role\": \"operator\", \"state\": \"paused\", \"2fa\": false, "
	    "\"enabled\": true, \"password_due\": true, \"last_source\": null, \"devices\":"
	    " 0, \"recovery_left\": 0, \"failures_since\": 0, \"paused_until\": 5001, "
	    "\"last_sign_in\": null, \"invitation_until\": null, \"configure_until\": "
	    "null, \"created\": 1000, \"language\": null, "
	    "\"plain\": false},\n"
	    "{\"name\": \"\xc3\xa9v\xc3\xa9\", \"role\": \"operator\", \"state\": \"disabled\", "
	    "\"2fa\": false, "
	    "\"enabled\": false, \"password_due\": false, \"last_source\": null, "
	    "\"devices\": 0, \"recovery_left\": 0, \"failures_since\": 0, \"paused_until\":"
	    " null, \"last_sign_in\": null, \"invitation_until\": null, "
	    "\"configure_until\": null, \"created\": 1000, \"language\": null, "
	    "\"plain\": false}\n"
	    "]\n");
	stage_asked(WIRE_USER_LIST);
	assert_string_equal(request.u.user_page.after, "");
	stage_asked(WIRE_USER_LIST);
	assert_string_equal(request.u.user_page.after, "bob");
	assert_false(request.u.user_page.without_2fa);
}

static void
test_list_without_2fa(void **state)
{
	(void)state;
	answer_two_pages();
	cli.options = OPTION_JSON | OPTION_WITHOUT_2FA;
	assert_int_equal(stage_run(user_list_run), ERR_OK);
	stage_asked(WIRE_USER_LIST);
	assert_true(request.u.user_page.without_2fa);
	stage_asked(WIRE_USER_LIST);
	assert_true(request.u.user_page.without_2fa);
}

static void
test_list_aligned(void **state)
{
	(void)state;
	setenv("TZ", "UTC", 1);
	answer_two_pages();
	assert_int_equal(stage_run(user_list_run), ERR_OK);
	assert_string_equal(OUT,
	    "NAME   ROLE                 2FA  STATE     LAST SIGN-IN\n"
	    "alice  super-administrator  on   enabled   1970-01-01 01:06:40\n"
	    "bob    operator             off  paused    never\n"
	    "\xc3\xa9v\xc3\xa9    operator             off  disabled  never\n");
}

static void
test_a_page_without_end(void **state)
{
	(void)state;
	wire_reply_init(&reply, WIRE_USER_LIST);
	reply.u.user_page.more = 1;
	stage_answer();
	assert_int_equal(stage_run(user_list_run), ERR_PROTOCOL);
}

static void
test_add_invites(void **state)
{
	(void)state;
	stage_answer_invitation(WIRE_USER_ADD);
	setenv("TZ", "UTC", 1);
	cli.operand[0] = "bob";
	cli.role = "administrator";
	assert_int_equal(stage_run(user_add_run), ERR_OK);
	assert_string_equal(OUT, "ABCD-EFGH-IJKL-MNOP\n");
	assert_non_null(strstr(ERR, "To forward to bob:\n"));
	assert_non_null(strstr(ERR, "cli_users --state /srv/console\n"));
	assert_non_null(strstr(ERR, "\nUser name: bob\n"));
	assert_non_null(strstr(ERR, "until 1970-01-02 00:00:00 UTC:\n"));
	assert_null(strstr(ERR, "ABCD"));
	stage_asked(WIRE_USER_ADD);
	assert_string_equal(request.u.user_add.name, "bob");
	assert_int_equal(request.u.user_add.role, ROLE_ADMINISTRATOR);
	assert_int_equal(request.u.user_add.invite, 1);
	assert_string_equal(request.u.user_add.password, "");
	for (size_t i = 0; i < sizeof cli.reply.u.user_add.invitation; i++)
		assert_int_equal(cli.reply.u.user_add.invitation[i], 0);
}

/* The host's service is reached over SSH, by who has a key there. */
static void
test_add_tells_the_way_to_the_service(void **state)
{
	static const struct hello_way service = { .socket = "/run/provconsole/socket" };

	(void)state;
	stage_answer_invitation(WIRE_USER_ADD);
	cli.way = &service;
	cli.operand[0] = "bob";
	assert_int_equal(stage_run(user_add_run), ERR_OK);
	assert_non_null(strstr(ERR, "To sign in, run:\n\n    ssh "));
	assert_non_null(strstr(ERR, "your public SSH key."));
	assert_null(strstr(ERR, "UNIX user"));
	stage_asked(WIRE_USER_ADD);
}

static void
test_bad_arguments_are_not_sent(void **state)
{
	(void)state;
	cli.operand[0] = "no blanks";
	assert_int_equal(stage_run(user_add_run), ERR_NAME_CHARACTERS);
	assert_int_equal(stage_run(user_show_run), ERR_NAME_CHARACTERS);
	assert_int_equal(stage_run(user_disable_run), ERR_NAME_CHARACTERS);
	assert_int_equal(stage_run(user_remove_run), ERR_NAME_CHARACTERS);
	cli.options = OPTION_INVITE;
	assert_int_equal(stage_run(user_set_password_run), ERR_NAME_CHARACTERS);
	cli.reason = "lost";
	assert_int_equal(stage_run(user_reset_run), ERR_NAME_CHARACTERS);
	cli.operand[1] = "operator";
	assert_int_equal(stage_run(user_set_role_run), ERR_NAME_CHARACTERS);
	cli.operand[0] = "bob";
	cli.operand[1] = cli.role = "boss";
	assert_int_equal(stage_run(user_add_run), ERR_ROLE_UNKNOWN);
	assert_int_equal(stage_run(user_set_role_run), ERR_ROLE_UNKNOWN);
	cli.operand[0] = "idle-lock";
	cli.operand[1] = "soon";
	assert_int_equal(stage_run(settings_set_run), ERR_SETTING_VALUE);
	cli.operand[0] = "dance";
	assert_int_equal(stage_run(settings_set_run), ERR_SETTING_UNKNOWN);
	stage_not_asked();
}

static void
test_enable_and_disable(void **state)
{
	(void)state;
	cli.operand[0] = "bob";
	for (int enabled = 0; enabled < 2; enabled++) {
		wire_reply_init(&reply, WIRE_USER_ENABLE);
		stage_answer();
		assert_int_equal(stage_run(enabled ? user_enable_run : user_disable_run), ERR_OK);
		stage_asked(WIRE_USER_ENABLE);
		assert_int_equal(request.u.user_enable.enabled, enabled);
	}
	wire_reply_init(&reply, WIRE_USER_ENABLE);
	reply.err = ERR_LAST_SUPER;
	stage_answer();
	assert_int_equal(stage_run(user_disable_run), ERR_LAST_SUPER);
}

static void
test_role_and_removal(void **state)
{
	(void)state;
	cli.operand[0] = "bob";
	cli.operand[1] = "administrator";
	wire_reply_init(&reply, WIRE_USER_ROLE);
	stage_answer();
	assert_int_equal(stage_run(user_set_role_run), ERR_OK);
	stage_asked(WIRE_USER_ROLE);
	assert_string_equal(request.u.user_role.name, "bob");
	assert_int_equal(request.u.user_role.role, ROLE_ADMINISTRATOR);
	wire_reply_init(&reply, WIRE_USER_REMOVE);
	reply.err = ERR_LAST_SUPER;
	stage_answer();
	assert_int_equal(stage_run(user_remove_run), ERR_LAST_SUPER);
	stage_asked(WIRE_USER_REMOVE);
	assert_string_equal(request.u.user_remove.name, "bob");
	wire_reply_init(&reply, WIRE_USER_UNLOCK);
	stage_answer();
	assert_int_equal(stage_run(user_unlock_run), ERR_OK);
	stage_asked(WIRE_USER_UNLOCK);
}

/* The reason goes as it is: the keeper judges it. What is too long for the message still is for the
 * keeper. */
static void
test_reset_has_its_reason(void **state)
{
	static char longest[2 * TEXT_REASON_SIZE];

	(void)state;
	memset(longest, 'x', sizeof longest - 1);
	cli.operand[0] = "bob";
	for (int i = 0; i < 3; i++) {
		static const char *const reasons[] = { "phone lost", "", longest };

		wire_reply_init(&reply, WIRE_USER_RESET);
		reply.err = i == 1 ? ERR_REASON_MISSING : ERR_OK;
		stage_answer();
		cli.reason = reasons[i];
		assert_int_equal(stage_run(user_reset_run), reply.err);
		stage_asked(WIRE_USER_RESET);
		assert_string_equal(request.u.user_reset.name, "bob");
		if (i < 2)
			assert_string_equal(request.u.user_reset.reason, reasons[i]);
	}
	assert_int_equal(strlen(request.u.user_reset.reason), TEXT_REASON_SIZE - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_LINE(test_list_json),
		ON_LINE(test_list_aligned),
		ON_LINE(test_list_without_2fa),
		ON_LINE(test_a_page_without_end),
		ON_LINE(test_add_invites),
		ON_LINE(test_add_tells_the_way_to_the_service),
		ON_LINE(test_bad_arguments_are_not_sent),
		ON_LINE(test_enable_and_disable),
		ON_LINE(test_role_and_removal),
		ON_LINE(test_reset_has_its_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
