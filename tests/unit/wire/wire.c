/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Messages: what is well formed, and that nothing else is. message.c tries every field; the ones
 * here were chosen and written by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "core/signin.h"
#include "wire/wire.h"

static struct wire_request request;
static struct wire_reply reply;

/* An empty request of that op that is well formed. */
static size_t
ask(enum wire_op op)
{
	wire_request_init(&request, op);
	if (op == WIRE_HELLO)
		request.u.hello.kind = WIRE_PERSON;
	return wire_request_size(op);
}

static size_t
answer(enum wire_op op)
{
	wire_reply_init(&reply, op);
	return wire_reply_size(op);
}

static void
test_every_op_has_its_size(void **state)
{
	(void)state;
	for (uint32_t op = WIRE_HELLO; op < WIRE_OP_COUNT; op++) {
		size_t asks = ask((enum wire_op)op), answers = answer((enum wire_op)op);

		assert_in_range(asks, offsetof(struct wire_request, u) + 1, sizeof request);
		assert_in_range(answers, offsetof(struct wire_reply, u) + 1, sizeof reply);
		assert_true(wire_request_valid(&request, asks));
		assert_true(wire_reply_valid(&reply, answers));
		assert_string_not_equal(wire_op_name(op), "?");
		for (size_t size = 0; size <= sizeof request; size++)
			assert_true(size == asks || !wire_request_valid(&request, size));
		for (size_t size = 0; size <= sizeof reply; size++)
			assert_true(size == answers || !wire_reply_valid(&reply, size));
	}
	assert_string_equal(wire_op_name(WIRE_PASSWORD), "PASSWORD");
	assert_int_equal(wire_request_size(WIRE_PASSWORD),
	    offsetof(struct wire_request, u) + sizeof(struct wire_password_request));
}

static void
test_an_op_that_does_not_exist(void **state)
{
	static const uint32_t none[] = { WIRE_OP_COUNT, WIRE_OP_COUNT + 1, 1000, UINT32_MAX };

	(void)state;
	for (size_t i = 0; i < sizeof none / sizeof none[0]; i++) {
		assert_int_equal(wire_request_size(none[i]), 0);
		assert_int_equal(wire_reply_size(none[i]), 0);
		assert_string_equal(wire_op_name(none[i]), "?");
		ask(WIRE_ALIVE);
		request.op = none[i];
		assert_false(wire_request_valid(&request, 0));
		assert_false(wire_request_valid(&request, sizeof request));
	}
	/* The keeper may say NO_OP; nobody asks it. */
	assert_int_equal(wire_request_size(WIRE_NO_OP), 0);
	assert_int_not_equal(wire_reply_size(WIRE_NO_OP), 0);
}

static void
test_another_version(void **state)
{
	(void)state;
	for (uint32_t version = 0; version < 4; version++) {
		size_t size = ask(WIRE_HOME);

		request.version = version;
		assert_int_equal(wire_request_valid(&request, size), version == WIRE_VERSION);
		size = answer(WIRE_ALIVE);
		reply.version = version;
		assert_int_equal(wire_reply_valid(&reply, size), version == WIRE_VERSION);
	}
}

/* Every array of every request that holds text: where, how long. */
#define TEXT(op, member) \
	{ \
		WIRE_##op, offsetof(struct wire_request, u.member), sizeof request.u.member \
	}
static const struct {
	enum wire_op op;
	size_t offset, size;
} texts[] = { TEXT(HELLO, hello.source), TEXT(HELLO, hello.terminal),
	TEXT(FIRST_RUN, first_run.name), TEXT(FIRST_RUN, first_run.password), TEXT(INIT, init.name),
	TEXT(INIT, init.password), TEXT(PASSWORD, password.name), TEXT(PASSWORD, password.password),
	TEXT(CODE, code.code), TEXT(RECOVERY, recovery.code), TEXT(RESYNC, resync.first),
	TEXT(RESYNC, resync.next), TEXT(NEW_PASSWORD, new_password.password),
	TEXT(ACTIVATE, activate.code), TEXT(USER_ADD, user_add.name),
	TEXT(USER_ADD, user_add.password), TEXT(USER_LIST, user_page.after),
	TEXT(USER_LIST, user_page.begins), TEXT(USER_END, user_end.name),
	TEXT(USER_END, user_end.proof.code), TEXT(USER_SHOW, user_name.name),
	TEXT(USER_ENABLE, user_enable.name), TEXT(USER_UNLOCK, user_unlock.name),
	TEXT(SETTING_SET, setting_set.value), TEXT(UNLOCK, proof.proof.code),
	TEXT(DEACTIVATE, proof.proof.recovery), TEXT(RENEW_CODES, proof.proof.password),
	TEXT(CHANGE_PASSWORD, change_password.proof.code),
	TEXT(CHANGE_PASSWORD, change_password.old), TEXT(CHANGE_PASSWORD, change_password.fresh),
	TEXT(SETTING_CHANGE, setting_change.edit[0].value),
	TEXT(SETTING_CHANGE, setting_change.edit[SETTING_COUNT - 1].seen),
	TEXT(SETTING_CHANGE, setting_change.proof.code), TEXT(USER_PASSWORD, user_add.password),
	TEXT(USER_RESET, user_reset.name), TEXT(USER_RESET, user_reset.reason),
	TEXT(USER_ROLE, user_role.name), TEXT(USER_REMOVE, user_remove.name),
	TEXT(ENROL, enrol.proof.password), TEXT(USER_ADD, user_add.proof.code),
	TEXT(USER_PASSWORD, user_add.proof.recovery), TEXT(USER_RESET, user_reset.proof.code),
	TEXT(USER_ROLE, user_role.proof.code), TEXT(USER_ENABLE, user_enable.proof.code),
	TEXT(USER_UNLOCK, user_unlock.proof.code), TEXT(USER_REMOVE, user_remove.proof.code) };

static void
test_strings_end_and_are_zero_behind(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		size_t size = ask(texts[i].op), last = texts[i].size - 1;
		char *text = (char *)&request + texts[i].offset;

		memset(text, 'x', last);
		assert_true(wire_request_valid(&request, size));
		text[last] = 'x';
		assert_false(wire_request_valid(&request, size));
		memset(text, 0, last);
		assert_false(wire_request_valid(&request, size));
		text[last] = 0;
		text[1] = 'x';
		assert_false(wire_request_valid(&request, size));
	}
}

static void
test_numbers_of_requests(void **state)
{
	size_t size = ask(WIRE_HELLO);

	(void)state;
	for (uint32_t kind = 0; kind < 7; kind++) {
		request.u.hello.kind = kind;
		assert_int_equal(wire_request_valid(&request, size), kind >= 1 && kind <= 5);
	}
	size = ask(WIRE_USER_ADD);
	request.u.user_add.role = ROLE_SUPER_ADMINISTRATOR;
	assert_true(wire_request_valid(&request, size));
	request.u.user_add.role = ROLE_COUNT;
	assert_false(wire_request_valid(&request, size));
	size = ask(WIRE_USER_ADD);
	request.u.user_add.invite = 2;
	assert_false(wire_request_valid(&request, size));
	size = ask(WIRE_USER_ENABLE);
	request.u.user_enable.enabled = 2;
	assert_false(wire_request_valid(&request, size));
	size = ask(WIRE_SETTING_SET);
	request.u.setting_set.id = SETTING_COUNT;
	assert_false(wire_request_valid(&request, size));
	size = ask(WIRE_SETTING_CHANGE);
	request.u.setting_change.edit[SETTING_COUNT - 1].id = SETTING_COUNT;
	assert_false(wire_request_valid(&request, size));
	size = ask(WIRE_SETTING_CHANGE);
	request.u.setting_change.count = SETTING_COUNT + 1;
	assert_false(wire_request_valid(&request, size));
	size = ask(WIRE_USER_ROLE);
	request.u.user_role.role = ROLE_COUNT;
	assert_false(wire_request_valid(&request, size));
	size = ask(WIRE_AUDIT_LIST);
	request.u.audit_page.from = -1;
	assert_false(wire_request_valid(&request, size));
	size = ask(WIRE_ALIVE);
	request.u.none.unused[0] = 1;
	assert_false(wire_request_valid(&request, size));
}

static void
test_headers_of_replies(void **state)
{
	size_t size = answer(WIRE_ALIVE);

	(void)state;
	reply.err = ERR_COUNT - 1;
	reply.door = DOOR_COUNT - 1;
	assert_true(wire_reply_valid(&reply, size));
	reply.err = ERR_COUNT;
	assert_false(wire_reply_valid(&reply, size));
	size = answer(WIRE_ALIVE);
	reply.door = DOOR_COUNT;
	assert_false(wire_reply_valid(&reply, size));
	size = answer(WIRE_ALIVE);
	reply.wait = -1;
	assert_false(wire_reply_valid(&reply, size));
	size = answer(WIRE_ALIVE);
	reply.administering = INT64_MAX;
	assert_true(wire_reply_valid(&reply, size));
	reply.administering = -1; /* a clock before 1970 */
	assert_true(wire_reply_valid(&reply, size));
}

static void
test_a_failure_tells_nothing(void **state)
{
	size_t size = answer(WIRE_PASSWORD);

	(void)state;
	wire_put(reply.u.signin.name, sizeof reply.u.signin.name, "alice");
	assert_true(wire_reply_valid(&reply, size));
	reply.err = ERR_CREDENTIALS;
	assert_false(wire_reply_valid(&reply, size));
	memset(&reply.u, 0, sizeof reply.u);
	assert_true(wire_reply_valid(&reply, size));
}

/* The last row of a page is looked at like the first. */
static void
test_rows_of_replies(void **state)
{
	struct wire_user *user = &reply.u.user_page.user[WIRE_USERS_PAGE - 1];
	struct wire_audit_row *row = &reply.u.audit_page.row[WIRE_AUDIT_PAGE - 1];
	size_t size = answer(WIRE_USER_LIST);

	(void)state;
	reply.u.user_page.count = WIRE_USERS_PAGE;
	assert_true(wire_reply_valid(&reply, size));
	user->role = ROLE_COUNT;
	assert_false(wire_reply_valid(&reply, size));
	user->role = ROLE_OPERATOR;
	user->devices = ACCOUNT_DEVICES_MAX + 1;
	assert_false(wire_reply_valid(&reply, size));
	user->devices = 0;
	reply.u.user_page.count = WIRE_USERS_PAGE + 1;
	assert_false(wire_reply_valid(&reply, size));
	size = answer(WIRE_AUDIT_LIST);
	memset(row->who, 'x', sizeof row->who);
	assert_false(wire_reply_valid(&reply, size));
	row->who[sizeof row->who - 1] = 0;
	assert_true(wire_reply_valid(&reply, size));
	size = answer(WIRE_HOME);
	memset(reply.u.home.notice[2].detail, 'x', sizeof reply.u.home.notice[2].detail);
	assert_false(wire_reply_valid(&reply, size));
	size = answer(WIRE_ACCOUNT);
	memset(reply.u.account.device[ACCOUNT_DEVICES_MAX - 1].name, 'x', TEXT_LABEL_SIZE);
	assert_false(wire_reply_valid(&reply, size));
	size = answer(WIRE_CODES);
	reply.u.codes.code[9][WIRE_RECOVERY_SIZE - 1] = 'x';
	assert_false(wire_reply_valid(&reply, size));
}

/* Of each kind one that stands in no request. */
static void
test_fields_of_replies(void **state)
{
	struct wire_audit_row *row = &reply.u.audit_page.row[1];
	size_t size = answer(WIRE_AUDIT_LIST);

	(void)state;
	memset(row->detail, 'x', sizeof row->detail - 1);
	assert_true(wire_reply_valid(&reply, size));
	row->detail[sizeof row->detail - 1] = 'x';
	assert_false(wire_reply_valid(&reply, size));
	size = answer(WIRE_HELLO);
	reply.u.hello.applications[1] = 'x';
	assert_false(wire_reply_valid(&reply, size));
	size = answer(WIRE_HELLO);
	reply.u.hello.may_init = 2;
	assert_false(wire_reply_valid(&reply, size));
	size = answer(WIRE_SETTINGS_VIEW);
	reply.u.settings_view.next_code = -1;
	assert_false(wire_reply_valid(&reply, size));
	size = answer(WIRE_ACCOUNT);
	reply.u.account.next_code = INT64_MIN;
	assert_false(wire_reply_valid(&reply, size));
	size = answer(WIRE_CODE);
	reply.u.signin.skew = -90;
	assert_true(wire_reply_valid(&reply, size));
	reply.u.signin.recovery_left = ACCOUNT_RECOVERY_CODES + 1;
	assert_false(wire_reply_valid(&reply, size));
	size = answer(WIRE_HOME);
	reply.u.home.user.unused[4] = 1;
	assert_false(wire_reply_valid(&reply, size));
}

/* The proof is found wherever it stands; what has no place for one brings none. */
static void
test_the_proof_of_a_request(void **state)
{
	(void)state;
	ask(WIRE_USER_RESET);
	assert_ptr_equal(wire_request_proof(&request), &request.u.user_reset.proof);
	ask(WIRE_SETTING_CHANGE);
	assert_ptr_equal(wire_request_proof(&request), &request.u.setting_change.proof);
	ask(WIRE_UNLOCK);
	assert_ptr_equal(wire_request_proof(&request), &request.u.proof.proof);
	ask(WIRE_USER_SHOW);
	assert_null(wire_request_proof(&request));
	request.op = WIRE_OP_COUNT;
	assert_null(wire_request_proof(&request));
}

static void
test_put_cuts_between_characters(void **state)
{
	char array[6];

	(void)state;
	memset(array, 'x', sizeof array);
	wire_put(array, sizeof array, "ab");
	assert_memory_equal(array, "ab\0\0\0\0", 6);
	wire_put(array, sizeof array, "abcde");
	assert_memory_equal(array, "abcde\0", 6);
	wire_put(array, sizeof array, "abcdefgh");
	assert_memory_equal(array, "abcde\0", 6);
	wire_put(array, sizeof array, "abcd\xc3\xa9");
	assert_memory_equal(array, "abcd\0\0", 6);
	wire_put(array, sizeof array, "abc\xe2\x82\xac");
	assert_memory_equal(array, "abc\0\0\0", 6);
	wire_put(array, sizeof array, "");
	assert_memory_equal(array, "\0\0\0\0\0\0", 6);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_every_op_has_its_size),
		cmocka_unit_test(test_an_op_that_does_not_exist),
		cmocka_unit_test(test_another_version),
		cmocka_unit_test(test_strings_end_and_are_zero_behind),
		cmocka_unit_test(test_numbers_of_requests),
		cmocka_unit_test(test_headers_of_replies),
		cmocka_unit_test(test_a_failure_tells_nothing),
		cmocka_unit_test(test_rows_of_replies),
		cmocka_unit_test(test_fields_of_replies),
		cmocka_unit_test(test_the_proof_of_a_request),
		cmocka_unit_test(test_put_cuts_between_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
