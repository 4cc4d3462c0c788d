/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "step.h"
#include "bench.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "auth/auth.h"
#include "auth/chain.h"
#include "auth/totp.h"
#include "keeper/trail.h"
#include "keeper/devices.h"
#include "keeper/keys.h"
#include "store/store_audit.h"
#include "store/store_device.h"
#include "store/store_guess.h"
#include "store/store_user.h"

static const char source[] = "192.0.2.7";

void
step_open(struct step *step, const char *path)
{
	int directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct store_counts counts;

	*step = (struct step){ .started = (int64_t)time(NULL) };
	bench_ok(auth_start(), "auth_start");
	bench_ok(keys_open(directory, &step->store, &step->ring), "keys_open");
	bench_ok(secret_new(DEVICES_KEY_MAX, &step->key), "secret");
	bench_ok(store_counts(step->store, 0, &counts), "store_counts");
	step->people = counts.people;
	close(directory);
}

void
step_close(struct step *step)
{
	store_close(step->store);
	keyring_free(step->ring);
	secret_free(step->key);
}

/* Far from the one before, so that nobody's pages are at hand. */
static int64_t
next_person(struct step *step)
{
	return step->number++ * 7919 % step->people + 1;
}

/* As keeper/trail.c appends. */
static void
append(struct step *step, const struct account *account, const char *action, const char *result)
{
	struct store_audit row = { .time = step->started, .version = TRAIL_VERSION };
	struct store_head head;

	bench_ok(store_head(step->store, &head), "store_head");
	if (keyring_newest(step->ring, KEY_AUDIT, &row.key) == NULL)
		bench_die("There is no audit key.");
	row.id = head.count + 1;
	(void)snprintf(row.who, sizeof row.who, "%s", account->name);
	(void)snprintf(row.source, sizeof row.source, "%s", source);
	(void)snprintf(row.terminal, sizeof row.terminal, "/dev/pts/7");
	(void)snprintf(row.action, sizeof row.action, "%s", action);
	(void)snprintf(row.result, sizeof row.result, "%s", result);
	bench_ok(trail_seal(step->ring, &row, head.last, row.mac), "trail_seal");
	memcpy(head.last, row.mac, sizeof head.last);
	head.count = row.id;
	head.key = row.key;
	bench_ok(chain_head(step->ring, head.key, head.count, head.last, head.mac), "chain_head");
	bench_ok(store_audit_append(step->store, &row, &head, &(int64_t){ 0 }),
	    "store_audit_append");
}

/* What each request begins with: the policy, and the asker. */
static void
begin(struct step *step, int64_t user, struct account *account)
{
	static struct policy policy;
	enum err err;

	do
		err = store_begin(step->store);
	while (err == ERR_STORE_BUSY); /* another process has it, and the time to wait is over */
	bench_ok(err, "store_begin");
	bench_ok(store_mark(step->store), "store_mark");
	bench_ok(store_policy(step->store, &policy), "store_policy");
	bench_ok(store_user_by_id(step->store, user, account, NULL), "store_user_by_id");
}

static void
spend(struct step *step, int64_t user)
{
	struct store_device devices[ACCOUNT_DEVICES_MAX];
	int64_t now = totp_step(step->started) + step->number, matched_step = 0;
	bool matched = false, spent = false;
	size_t count = 0;
	char code[9];

	bench_ok(store_devices(step->store, user, devices, &count), "store_devices");
	bench_ok(devices_open(step->ring, user, &devices[0].secret, step->key), "devices_open");
	bench_ok(totp_code(step->key, now, TOTP_DIGITS, code), "totp_code");
	bench_ok(totp_match(step->key, now, 0, code, &matched, &matched_step), "totp_match");
	secret_clear(step->key);
	bench_ok(store_device_spend(step->store, devices[0].id, matched_step, 0, 0, &spent),
	    "store_device_spend");
	if (!matched || !spent)
		bench_die("A code was not accepted.");
}

void
step_code(struct step *step)
{
	int64_t user = next_person(step);
	struct account account;

	begin(step, user, &account);
	spend(step, user);
	bench_ok(store_keep(step->store), "store_keep");
	bench_ok(store_user_by_id(step->store, user, &account, NULL), "store_user_by_id");
	bench_ok(store_user_signed_in(step->store, user, step->started, source),
	    "store_user_signed_in");
	bench_ok(store_source_put(step->store, user, source, step->started), "store_source_put");
	append(step, &account, "code", "ok");
	append(step, &account, "sign-in", "ok");
	bench_ok(store_commit(step->store), "store_commit");
}

void
step_refused(struct step *step)
{
	struct account account;

	begin(step, next_person(step), &account);
	bench_ok(store_undo(step->store), "store_undo");
	append(step, &account, "code", "paused");
	bench_ok(store_commit(step->store), "store_commit");
}
