/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Contract: the keyring, the settings, the audit trail. */
#include "fixture.h"
#include "store/store_audit.h"

#include <stdio.h>
#include <string.h>

static void
the_console_key_is_named_once_it_is_set(void **state)
{
	struct fixture *f = *state;
	unsigned char id[STORE_KEY_ID_SIZE], read[STORE_KEY_ID_SIZE];
	bool set = true;

	memset(id, 0xa5, sizeof id);
	assert_ok(store_console_key(f->store, &set, read));
	assert_false(set);
	assert_ok(store_begin(f->store));
	assert_ok(store_set_console_key(f->store, id));
	assert_ok(store_commit(f->store));
	fixture_reopen(f);
	assert_ok(store_console_key(f->store, &set, read));
	assert_true(set);
	assert_memory_equal(read, id, sizeof id);
}

static void
keys_come_back_by_id(void **state)
{
	struct fixture *f = *state;
	struct store_key key = { .purpose = 2, .created = 77 }, keys[8];
	const int64_t ids[] = { 3, 1, 4 };
	size_t count = 8;

	assert_ok(store_begin(f->store));
	for (size_t i = 0; i < 3; i++) {
		key.id = ids[i];
		memset(key.wrapped, (int)ids[i], sizeof key.wrapped);
		assert_ok(store_key_add(f->store, &key));
	}
	assert_err(store_key_add(f->store, &key), ERR_STORE_EXISTS);
	assert_ok(store_commit(f->store));
	assert_ok(store_keys(f->store, keys, &count));
	assert_int_equal(count, 3);
	assert_int_equal(keys[0].id, 1);
	assert_int_equal(keys[1].id, 3);
	assert_int_equal(keys[2].id, 4);
	assert_int_equal(keys[2].purpose, 2);
	assert_int_equal(keys[2].created, 77);
	assert_memory_equal(keys[2].wrapped, key.wrapped, sizeof key.wrapped);
	count = 2;
	assert_ok(store_keys(f->store, keys, &count));
	assert_int_equal(count, 2);
}

static void
settings_are_defaults_until_stored(void **state)
{
	struct fixture *f = *state;
	struct policy policy, fresh;
	char by[SETTING_COUNT][TEXT_NAME_SIZE];

	policy_default(&fresh);
	assert_ok(store_policy(f->store, &policy));
	assert_int_equal(policy.require_2fa, fresh.require_2fa);
	assert_string_equal(policy.console_name, fresh.console_name);
	assert_string_equal(policy.applications, fresh.applications);
	assert_ok(store_begin(f->store));
	assert_ok(store_setting_put(f->store, SETTING_CONSOLE_NAME, "Première", "alice"));
	assert_ok(store_setting_put(f->store, SETTING_CONSOLE_NAME, "Essai", "dana"));
	assert_ok(store_setting_put(f->store, SETTING_REQUIRE_2FA, fresh.require_2fa ? "no" : "yes",
	    "alice"));
	assert_ok(store_commit(f->store));
	fixture_reopen(f);
	assert_ok(store_policy(f->store, &policy));
	assert_ok(store_setting_by(f->store, by));
	assert_string_equal(by[SETTING_CONSOLE_NAME], "dana");
	assert_string_equal(by[SETTING_REQUIRE_2FA], "alice");
	assert_string_equal(by[SETTING_IDLE_LOCK], "");
	assert_string_equal(policy.console_name, "Essai");
	assert_int_equal(policy.require_2fa, !fresh.require_2fa);
	assert_int_equal(policy.idle_lock, fresh.idle_lock);
}

static void
a_stored_value_that_is_not_allowed_is_damage(void **state)
{
	struct fixture *f = *state;
	struct policy policy = { .idle_lock = 42 };

	assert_ok(store_begin(f->store));
	assert_ok(store_setting_put(f->store, SETTING_REQUIRE_2FA, "perhaps", "alice"));
	assert_ok(store_commit(f->store));
	assert_err(store_policy(f->store, &policy), ERR_STORE_CORRUPT);
	assert_int_equal(policy.idle_lock, 42);
}

static struct store_audit
audit_row(int64_t id)
{
	struct store_audit row = { .version = 2,
		.id = id,
		.time = 1000 + id,
		.peer_uid = UINT32_MAX,
		.key = 4,
		.who = "élodie",
		.source = "10.0.0.7",
		.terminal = "xterm",
		.action = "sign-in",
		.target = "bob",
		.result = "refused",
		.detail = "why" };

	memset(row.mac, (int)id, sizeof row.mac);
	return row;
}

static struct store_head
head_of(int64_t count)
{
	struct store_head head = { .count = count, .key = 4 };

	memset(head.last, (int)count, sizeof head.last);
	memset(head.mac, (int)count + 100, sizeof head.mac);
	return head;
}

static void
append(struct fixture *f, int64_t id)
{
	const struct store_audit row = audit_row(id);
	const struct store_head head = head_of(id);

	assert_ok(store_begin(f->store));
	assert_ok(store_audit_append(f->store, &row, &head, &(int64_t){ 0 }));
	assert_ok(store_commit(f->store));
}

static void
assert_head(struct fixture *f, int64_t count)
{
	struct store_head head = { .count = 42 }, expected = { 0 };

	if (count > 0)
		expected = head_of(count);
	assert_ok(store_head(f->store, &head));
	assert_int_equal(head.count, count);
	assert_int_equal(head.key, expected.key);
	assert_memory_equal(head.last, expected.last, sizeof head.last);
	assert_memory_equal(head.mac, expected.mac, sizeof head.mac);
}

static void
rows_and_head_go_together(void **state)
{
	struct fixture *f = *state;
	struct store_audit rows[2], expected = audit_row(2);
	size_t count = 2;

	assert_head(f, 0);
	for (int64_t id = 1; id <= 3; id++)
		append(f, id);
	fixture_reopen(f);
	assert_head(f, 3);
	assert_ok(store_audit_page(f->store, 0, rows, &count));
	assert_int_equal(count, 2);
	assert_int_equal(rows[0].id, 1);
	assert_int_equal(rows[1].id, 2);
	assert_int_equal(rows[1].time, expected.time);
	assert_string_equal(rows[1].who, expected.who);
	assert_string_equal(rows[1].source, expected.source);
	assert_string_equal(rows[1].terminal, expected.terminal);
	assert_string_equal(rows[1].action, expected.action);
	assert_string_equal(rows[1].target, expected.target);
	assert_string_equal(rows[1].result, expected.result);
	assert_string_equal(rows[1].detail, expected.detail);
	assert_int_equal(rows[1].peer_uid, UINT32_MAX);
	assert_int_equal(rows[1].key, 4);
	assert_memory_equal(rows[1].mac, expected.mac, sizeof expected.mac);
	assert_ok(store_audit_page(f->store, 2, rows, &count));
	assert_int_equal(count, 1);
	assert_int_equal(rows[0].id, 3);
	assert_ok(store_audit_page(f->store, 3, rows, &count));
	assert_int_equal(count, 0);
}

static void
the_trail_has_no_gap_and_no_second_row(void **state)
{
	struct fixture *f = *state;
	struct store_audit row = audit_row(2), rows[3];
	struct store_head head = head_of(3);
	size_t count = 3;

	append(f, 1);
	assert_ok(store_begin(f->store));
	assert_err(store_audit_append(f->store, &row, &head, &(int64_t){ 0 }), ERR_STORE_EXISTS);
	row = audit_row(1);
	head = head_of(1);
	assert_err(store_audit_append(f->store, &row, &head, &(int64_t){ 0 }), ERR_STORE_EXISTS);
	row = audit_row(3);
	head = head_of(3);
	assert_err(store_audit_append(f->store, &row, &head, &(int64_t){ 0 }), ERR_STORE_EXISTS);
	assert_true(store_in_turn(f->store));
	assert_ok(store_commit(f->store));
	assert_head(f, 1);
	append(f, 2);
	assert_ok(store_audit_page(f->store, 0, rows, &count));
	assert_int_equal(count, 2);
}

static void
a_lost_turn_leaves_no_row(void **state)
{
	struct fixture *f = *state;
	const struct store_audit row = audit_row(1);
	const struct store_head head = head_of(1);
	struct store_audit rows[1];
	size_t count = 1;

	assert_ok(store_begin(f->store));
	assert_ok(store_audit_append(f->store, &row, &head, &(int64_t){ 0 }));
	store_rollback(f->store);
	assert_head(f, 0);
	assert_ok(store_audit_page(f->store, 0, rows, &count));
	assert_int_equal(count, 0);
	append(f, 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STORE_TEST(the_console_key_is_named_once_it_is_set),
		STORE_TEST(keys_come_back_by_id),
		STORE_TEST(settings_are_defaults_until_stored),
		STORE_TEST(a_stored_value_that_is_not_allowed_is_damage),
		STORE_TEST(rows_and_head_go_together),
		STORE_TEST(the_trail_has_no_gap_and_no_second_row),
		STORE_TEST(a_lost_turn_leaves_no_row),
	};

	return cmocka_run_group_tests_name("store trail", tests, NULL, NULL);
}
