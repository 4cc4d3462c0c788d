/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "full.h"

#include <stdio.h>
#include <string.h>

#include "store/store_audit.h"
#include "store/store_dump.h"
#include "store/store_guess.h"
#include "store/store_import.h"
#include "store/store_link.h"
#include "store/store_notice.h"
#include "store/store_prune.h"
#include "store/store_run.h"
#include "store/store_sign_in.h"
#include "store/store_ssh_key.h"
#include "store/store_user.h"
#include "store/store_waiting.h"

enum { ALICE, BOB, GONE };

static int64_t
person(struct store *store, const char *name, enum role role)
{
	struct account account = { .role = role,
		.enabled = true,
		.created = 1000,
		.password_expires = -5 };
	int64_t id = 0;

	(void)snprintf(account.name, sizeof account.name, "%s", name);
	assert_ok(store_user_add(store, &account, name, "$argon2id$hash", &id));
	return id;
}

/* The last of them is gone. */
static void
add_people(struct store *store, int64_t people[FULL_PEOPLE])
{
	int64_t reserved = 0, generation = 0;

	people[ALICE] = person(store, "alice", ROLE_SUPER_ADMINISTRATOR);
	people[BOB] = person(store, "bjørn", ROLE_OPERATOR);
	people[GONE] = person(store, "gone", ROLE_OPERATOR);
	assert_ok(store_user_remove(store, people[GONE]));
	assert_ok(store_user_reserve(store, &reserved));
	assert_int_equal(reserved, people[GONE] + 1);
	assert_ok(store_user_raise(store, people[BOB], &generation));
	assert_ok(store_user_set_language(store, people[BOB], "fr"));
	assert_ok(store_user_signed_in(store, people[BOB], 5000, "2001:db8::1"));
	assert_ok(store_link_add(store, "alice-unix", people[ALICE]));
	assert_ok(store_command_ran(store, people[BOB], "tail", 77));
	assert_ok(store_command_ran(store, people[BOB], "Zeit", 78));
	assert_ok(store_recording_add(store, "2026-01-02-x", people[BOB], 99));
}

static void
add_keys(struct store *store, int64_t user)
{
	struct store_ssh_key key = { .user = user,
		.added = 3,
		.length = 51,
		.type = "ssh-ed25519" };

	for (int i = 1; i <= 3; i++) {
		memset(key.hash, 200 - i, sizeof key.hash);
		memset(key.blob, i, key.length);
		(void)snprintf(key.name, sizeof key.name, "key %d", i);
		assert_ok(store_ssh_key_add(store, &key));
	}
	assert_ok(store_ssh_key_remove(store, user, 3));
}

static void
add_factors(struct store *store, int64_t user)
{
	unsigned char hashes[ACCOUNT_RECOVERY_CODES][STORE_HASH_SIZE];
	struct store_device device = { .user = user, .name = "Phone", .secret = fixture_sealed(0) };
	struct store_pending pending = { .user = user,
		.source = "ssh",
		.began = 5,
		.name = "Next",
		.secret = fixture_sealed(0xff) };
	bool used = false;
	int64_t id = 0;

	assert_ok(store_device_add(store, &device, &id));
	assert_ok(store_device_add(store, &device, &id));
	assert_ok(store_device_remove(store, user, id));
	assert_ok(store_pending_put(store, &pending, &id));
	assert_ok(store_pending_remove(store, user));
	assert_ok(store_pending_put(store, &pending, &id));
	fixture_codes(1, hashes);
	hashes[0][0] = 0xfe;
	assert_ok(store_recovery_put(store, user, 7, hashes));
	assert_ok(store_recovery_use(store, user, hashes[3], 1234, &used));
	assert_true(used);
}

static void
add_guesses(struct store *store, int64_t user)
{
	const struct throttle throttle = { .failures = 3, .paused_until = 9000 };
	struct throttle_window window = { .minute = 100, .count = { 1, 0, 65535 } };
	struct store_refusal refusal = { .source = "10.0.0.1",
		.action = "password",
		.who = "#1a2b3c4d",
		.result = "wrong",
		.count = 1 };
	unsigned char hash[STORE_HASH_SIZE];
	int64_t count = 0;

	for (int i = 0; i < 3; i++) {
		fixture_hash(250 - i * 100, hash);
		memcpy(refusal.key, hash, sizeof refusal.key);
		assert_ok(store_throttle_put(store, hash, "10.0.0.1", i > 0, 8000, &throttle));
		assert_ok(store_window_put(store, hash, i > 0, &window));
		assert_ok(store_refusal_add(store, &refusal, &count));
	}
	assert_ok(store_source_put(store, user, "10.0.0.9", 70));
	assert_ok(store_source_put(store, user, "10.0.0.10", 71));
}

static void
add_notices(struct store *store, int64_t to)
{
	struct store_notice notice = { .time = 50,
		.user = to,
		.role = ROLE_OPERATOR,
		.who = "alice",
		.source = "local",
		.action = "reset-2fa",
		.detail = "„lost“" };
	int64_t id = 0;

	assert_ok(store_notice_add(store, &notice, &id));
	assert_ok(store_notice_add(store, &notice, &id));
	assert_ok(store_notices_read(store, to, 1, id, id));
	notice.user = 0;
	assert_ok(store_notice_add(store, &notice, &id));
}

static void
add_others(struct store *store, int64_t asker)
{
	const struct store_key key = { .id = 4, .purpose = 1, .created = 8 };
	const struct store_waiting waiting = { .action = "user-role",
		.asker = asker,
		.name = "bjørn",
		.role = ROLE_SUPER_ADMINISTRATOR,
		.detail = "on duty" };
	const struct store_import import = { .who = "host:root", .phc = "nobody's" };
	const struct clock_trust trust = { .seen = 5, .trusted = 4 };
	const unsigned char console_key[STORE_KEY_ID_SIZE] = { 1, 0, 3 };
	int64_t id = 0;

	assert_ok(store_set_console_key(store, console_key));
	assert_ok(store_key_add(store, &key));
	assert_ok(store_setting_put(store, SETTING_CONSOLE_NAME, "Überall", "alice"));
	assert_ok(store_setting_put(store, SETTING_REQUIRE_2FA, "no", "alice"));
	assert_ok(store_waiting_add(store, &waiting));
	assert_ok(store_import_open(store, &import, &id));
	assert_ok(store_import_note(store, id, asker, 0));
	assert_ok(store_trust_put(store, &trust));
	assert_ok(store_set_backup_time(store, 12));
}

static int64_t
append(struct store *store, int64_t time)
{
	struct store_audit row = { .version = 2, .key = 4, .peer_uid = 4294967295U };
	struct store_head head;
	int64_t place = 0;

	assert_ok(store_head(store, &head));
	row.time = time;
	row.id = ++head.count;
	(void)snprintf(row.who, sizeof row.who, "%s", row.id % 2 == 0 ? "alice" : "bjørn");
	(void)snprintf(row.action, sizeof row.action, "sign-in");
	(void)snprintf(row.result, sizeof row.result, "ok");
	memset(row.mac, (int)row.id, sizeof row.mac);
	memcpy(head.last, row.mac, sizeof head.last);
	assert_ok(store_audit_append(store, &row, &head, &place));
	return place;
}

int64_t
full_trail(struct store *store, int64_t rows)
{
	int64_t place = 0;

	assert_ok(store_begin(store));
	for (int64_t i = 0; i < rows; i++)
		place = append(store, 7000 + i * 600);
	assert_ok(store_commit(store));
	return place;
}

void
full_fill(struct store *store)
{
	const struct store_checkpoint checkpoint = { .number = 1, .newest = 7000, .until = 7200 };
	int64_t people[FULL_PEOPLE];

	full_trail(store, FULL_TRAIL);
	assert_ok(store_begin(store));
	append(store, 3600); /* a clock that went back: hours in another order than rows */
	add_people(store, people);
	add_keys(store, people[BOB]);
	add_factors(store, people[BOB]);
	add_guesses(store, people[BOB]);
	add_notices(store, people[BOB]);
	add_others(store, people[ALICE]);
	assert_ok(store_sign_in_add(store, people[BOB], 7));
	assert_ok(store_sign_in_add(store, people[BOB], 10));
	assert_ok(store_audit_prune(store, &checkpoint));
	assert_ok(store_commit(store));
}
