/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/code.h"

#include <stdio.h>

#include "auth/recovery.h"
#include "auth/totp.h"
#include "core/clock.h"
#include "keeper/devices.h"
#include "keeper/notices.h"
#include "store/store_device.h"
#include "store/store_dump.h"
#include "store/store_lock.h"

_Static_assert((int)CLOCK_STEP == (int)TOTP_PERIOD, "one length of a time step");

/* What became of a code on the authenticators of a person. */
struct attempt {
	bool matched, spent;
	bool used;    /* by one of them before */
	bool ahead;   /* it was spent when the clock was ahead */
	int64_t next; /* Unix seconds of the next code of the one it matched */
};

/* A greater step is spent by one conditional UPDATE, so that two at once cannot both pass (RFC
 * 6238 5.2). */
static enum err
try_device(struct request *request, const struct store_device *device, const char *code,
    struct attempt *attempt)
{
	struct secret *key = request->keeper->open;
	bool matched = false, spent = false;
	int64_t step = 0;
	enum err err = devices_open(request->keeper->ring, device->user, &device->secret, key);

	if (err == ERR_OK)
		err = totp_match(key, totp_step(request->now), device->offset, code, &matched,
		    &step);
	secret_clear(key);
	if (err != ERR_OK || !matched)
		return err;
	attempt->matched = true;
	attempt->next = clock_wait_until(device->last_step, device->offset);
	err = store_device_spend(request->keeper->store, device->id, step, device->offset,
	    request->now, &spent);
	if (err != ERR_OK)
		return err;
	attempt->spent = attempt->spent || spent;
	attempt->used = attempt->used || !spent;
	if (spent)
		code_accepted(request, device);
	else if (clock_step_ahead(device->last_step, device->offset, totp_step(request->now)))
		attempt->ahead = true;
	return ERR_OK;
}

void
code_accepted(struct request *request, const struct store_device *device)
{
	char *detail = request->row.detail;

	request->device = device->id;
	if (detail[0] == '\0')
		snprintf(detail, sizeof request->row.detail, "with %s", device->name);
	if (request->state->signin.door == DOOR_CODE)
		snprintf(request->state->with, sizeof request->state->with, "with %s",
		    device->name);
}

enum err
code_floor(struct request *request)
{
	int64_t floor = 0, now = totp_step(request->now);
	enum err err = store_floor(request->keeper->store, &floor);

	if (err != ERR_OK || now > floor)
		return err;
	request->reply->wait = clock_wait_until(floor, 0) - request->now;
	return clock_step_ahead(floor, 0, now) ? ERR_CLOCK_BACK : ERR_RESTORED;
}

enum err
code_spend(struct request *request, int64_t user, const char *code)
{
	struct store_device devices[ACCOUNT_DEVICES_MAX];
	struct attempt attempt = { 0 };
	size_t count = 0;
	enum err err;

	if (!totp_code_shaped(code))
		return ERR_CODE_FORMAT;
	if (store_clock_differs(request->keeper->store))
		return ERR_NODE_CLOCK;
	err = code_floor(request);
	if (err != ERR_OK)
		return err;
	err = store_devices(request->keeper->store, user, devices, &count);
	for (size_t i = 0; err == ERR_OK && i < count; i++)
		if (!devices[i].doubted)
			err = try_device(request, &devices[i], code, &attempt);
	secret_wipe(devices, sizeof devices);
	if (err != ERR_OK || (attempt.spent && !attempt.used))
		return err;
	request->reply->wait = totp_left(request->now);
	if (!attempt.matched)
		return ERR_CODE_WRONG;
	if (attempt.next > request->now)
		request->reply->wait = attempt.next - request->now;
	return attempt.ahead ? ERR_CLOCK_BACK : ERR_CODE_USED;
}

bool
code_is_verdict(enum err err)
{
	return err == ERR_CODE_WRONG || err == ERR_CODE_USED || err == ERR_RECOVERY_WRONG ||
	    err == ERR_RESYNC_WRONG;
}

enum err
code_use_recovery(struct request *request, const char *typed)
{
	char text[RECOVERY_TEXT_SIZE];
	unsigned char hash[RECOVERY_HASH_SIZE];
	int64_t key = 0;
	bool used = false;
	enum err err = recovery_clean(typed, text);

	if (err == ERR_OK)
		err = store_recovery_key(request->keeper->store, request->account.id, &key);
	if (err == ERR_STORE_NONE)
		err = ERR_RECOVERY_WRONG;
	if (err == ERR_OK)
		err = recovery_hash(request->keeper->ring, key, request->account.id, text, hash);
	secret_wipe(text, sizeof text);
	if (err == ERR_OK)
		err = store_recovery_use(request->keeper->store, request->account.id, hash,
		    request->now, &used);
	if (err == ERR_OK && !used)
		err = ERR_RECOVERY_WRONG;
	return err == ERR_OK ? notice_self(request, AUDIT_RECOVERY_CODE, NULL) : err;
}

enum err
code_next(struct request *request, int64_t user, int64_t *ret_next)
{
	struct store_device devices[ACCOUNT_DEVICES_MAX];
	size_t count = 0;
	int64_t first = INT64_MAX;
	enum err err = store_devices(request->keeper->store, user, devices, &count);

	for (size_t i = 0; err == ERR_OK && i < count; i++) {
		int64_t next = clock_wait_until(devices[i].last_step, devices[i].offset);

		if (devices[i].doubted)
			continue;
		/* Spent when the clock was ahead: nothing to count down, and trying it says so. */
		if (clock_step_ahead(devices[i].last_step, devices[i].offset,
			totp_step(request->now)))
			next = 0;
		first = next < first ? next : first;
	}
	secret_wipe(devices, sizeof devices);
	if (err == ERR_OK)
		*ret_next = first != INT64_MAX && first > request->now ? first : 0;
	return err;
}
