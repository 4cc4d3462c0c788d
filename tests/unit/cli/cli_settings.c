/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The commands about settings, and the audit trail. */
#include "cli_stage.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/say.h"

/* --- settings and the trail
 * ---------------------------------------------------------------------------- */

static void
answer_settings(void)
{
	static const char *const values[SETTING_COUNT] = { "yes", "Caf\xc3\xa9 \"1\"",
		"Authy, Any ,  ,Other", "15m", "259200", "12h", "12", "5", "", "no",
		"administrator", "0", "no", "no", "0" };

	wire_reply_init(&reply, WIRE_SETTING_LIST);
	for (size_t i = 0; i < SETTING_COUNT; i++)
		wire_put(reply.u.setting_list.value[i], sizeof reply.u.setting_list.value[i],
		    values[i]);
	stage_answer();
}

static void
test_settings_json(void **state)
{
	(void)state;
	answer_settings();
	cli.options = OPTION_JSON;
	assert_int_equal(stage_run(settings_list_run), ERR_OK);
	assert_string_equal(OUT,
	    "[\n{\"key\": \"require-2fa\", \"value\": true, "
	    "\"meaning\": \"Require two-factor authentication for all users\"},\n"
	    "{\"key\": \"console-name\", \"value\": \"Caf\xc3\xa9 \\\"1\\\"\", "
	    "\"meaning\": \"Console name\"},\n"
	    "{\"key\": \"applications\", \"value\": [\"Authy\", \"Any\", \"Other\"], "
	    "\"meaning\": \"Suggested applications\"},\n"
	    "{\"key\": \"idle-lock\", \"value\": 900, \"meaning\": \"Idle lock\"},\n"
	    "{\"key\": \"invitation\", \"value\": 259200, "
	    "\"meaning\": \"Invitation lifetime\"},\n"
	    "{\"key\": \"session-limit\", \"value\": 43200, \"meaning\": \"Longest session\"},\n"
	    "{\"key\": \"password-length\", \"value\": 12, "
	    "\"meaning\": \"Shortest password\"},\n"
	    "{\"key\": \"pause-after\", \"value\": 5, "
	    "\"meaning\": \"Failures before a pause\"},\n"
	    "{\"key\": \"welcome\", \"value\": \"\", \"meaning\": \"Welcome text\"},\n"
	    "{\"key\": \"issuer-host\", \"value\": false, "
	    "\"meaning\": \"Name the host in applications\"},\n"
	    "{\"key\": \"require-2fa-roles\", \"value\": [\"administrator\"], "
	    "\"meaning\": \"Still required for\"},\n"
	    "{\"key\": \"audit-retention\", \"value\": 0, "
	    "\"meaning\": \"Keep the audit log for\"},\n"
	    "{\"key\": \"four-eyes\", \"value\": false, "
	    "\"meaning\": \"Four eyes for what is dangerous\"},\n"
	    "{\"key\": \"require-ticket\", \"value\": false, "
	    "\"meaning\": \"Only connections that this host vouches for\"},\n"
	    "{\"key\": \"grace\", \"value\": 0, "
	    "\"meaning\": \"Grace for UNIX accounts\"}\n]\n");
}

static void
test_settings_get(void **state)
{
	(void)state;
	answer_settings();
	cli.operand[0] = "idle-lock";
	assert_int_equal(stage_run(settings_get_run), ERR_OK);
	assert_string_equal(OUT, "15m\n");
	answer_settings();
	cli.options = OPTION_JSON;
	assert_int_equal(stage_run(settings_get_run), ERR_OK);
	assert_string_equal(OUT,
	    "{\"key\": \"idle-lock\", \"value\": 900, \"meaning\": \"Idle lock\"}\n");
	cli.options = 0;
	cli.operand[0] = "dance";
	assert_int_equal(stage_run(settings_get_run), ERR_SETTING_UNKNOWN);
}

static void
test_settings_set_is_normalised(void **state)
{
	(void)state;
	wire_reply_init(&reply, WIRE_SETTING_SET);
	stage_answer();
	cli.operand[0] = "require-2fa";
	cli.operand[1] = "off";
	assert_int_equal(stage_run(settings_set_run), ERR_OK);
	stage_asked(WIRE_SETTING_SET);
	assert_int_equal(request.u.setting_set.id, SETTING_REQUIRE_2FA);
	assert_string_equal(request.u.setting_set.value, "no");
}

static void
answer_trail(int64_t id, bool more)
{
	struct wire_audit_row *row = &reply.u.audit_page.row[0];

	wire_reply_init(&reply, WIRE_AUDIT_LIST);
	reply.u.audit_page.count = 1;
	reply.u.audit_page.more = more;
	reply.u.audit_page.from = id;
	row->id = id;
	row->time = id * 1000;
	wire_put(row->who, sizeof row->who, "alice");
	wire_put(row->source, sizeof row->source, "10.0.0.7");
	wire_put(row->action, sizeof row->action, "code");
	wire_put(row->result, sizeof row->result, "wrong");
	wire_put(row->detail, sizeof row->detail, "\x1b]52");
	stage_answer();
}

static void
test_audit_pages(void **state)
{
	(void)state;
	answer_trail(1, 1);
	answer_trail(2, 0);
	cli.options = OPTION_JSON;
	assert_int_equal(stage_run(audit_list_run), ERR_OK);
	assert_string_equal(OUT,
	    "[\n"
	    "{\"id\": 1, \"time\": 1000, \"who\": \"alice\", \"source\": \"10.0.0.7\", "
	    "\"terminal\": \"\", \"action\": \"code\", "
	    "\"target\": \"\", \"result\": \"wrong\", \"detail\": \"\\u001b]52\", \"says\": "
	    "\"alice's code was wrong\", \"node\": \"\", \"seal\": \"\", \"peer_uid\": 0, "
	    "\"vouched\": false, \"key\": 0, \"version\": 0},\n"
	    "{\"id\": 2, \"time\": 2000, \"who\": \"alice\", \"source\": \"10.0.0.7\", "
	    "\"terminal\": \"\", \"action\": \"code\", "
	    "\"target\": \"\", \"result\": \"wrong\", \"detail\": \"\\u001b]52\", \"says\": "
	    "\"alice's code was wrong\", \"node\": \"\", \"seal\": \"\", \"peer_uid\": 0, "
	    "\"vouched\": false, \"key\": 0, \"version\": 0}\n"
	    "]\n");
	stage_asked(WIRE_AUDIT_LIST);
	assert_int_equal(request.u.audit_page.from, 0);
	stage_asked(WIRE_AUDIT_LIST);
	assert_int_equal(request.u.audit_page.from, 1);
	answer_trail(1, 0);
	cli.options = 0;
	assert_int_equal(stage_run(audit_list_run), ERR_OK);
	assert_non_null(strstr(OUT, "?]52\n"));
	assert_null(strchr(OUT, '\x1b'));
	/* A trail that goes back would be listed without end. */
	answer_trail(2, 1);
	answer_trail(2, 1);
	assert_int_equal(stage_run(audit_list_run), ERR_PROTOCOL);
}

static void
test_audit_filters(void **state)
{
	(void)state;
	assert_int_equal(setenv("TZ", "UTC", 1), 0);
	answer_trail(1, 0);
	cli.person = "alice";
	cli.action = "code";
	cli.since = "2026-11-24";
	cli.until = "2026-11-24";
	assert_int_equal(stage_run(audit_list_run), ERR_OK);
	stage_asked(WIRE_AUDIT_LIST);
	assert_true(request.u.audit_page.oldest_first);
	assert_string_equal(request.u.audit_page.person, "alice");
	assert_string_equal(request.u.audit_page.action, "code");
	assert_int_equal(request.u.audit_page.since, 1795478400);
	assert_int_equal(request.u.audit_page.until, 1795478400 + 86400);
	cli.action = "dance";
	assert_int_equal(stage_run(audit_list_run), ERR_ACTION_UNKNOWN);
	assert_non_null(strstr(ERR, "--action dance"));
	cli.action = NULL;
	cli.until = "soon";
	assert_int_equal(stage_run(audit_list_run), ERR_TIME_FORMAT);
	assert_non_null(strstr(ERR, "2026-11-27T10:00"));
	stage_not_asked();
	cli.person = cli.since = cli.until = NULL;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_LINE(test_settings_json),
		ON_LINE(test_settings_get),
		ON_LINE(test_settings_set_is_normalised),
		ON_LINE(test_audit_pages),
		ON_LINE(test_audit_filters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
