/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Configuring: two slots, pending and active. The pending key becomes active only in the
 * transaction that accepts a code for it, which is spent by that; until then it harms nothing. A
 * key is shown on one line only, so that someone who knows only the password never sees a key that
 * somebody else may activate (DESIGN 2).
 */

#include <stdio.h>
#include <string.h>

#include "auth/key_uri.h"
#include "auth/totp.h"
#include "core/clock.h"
#include "keeper/code.h"
#include "keeper/devices.h"
#include "keeper/effects.h"
#include "keeper/guess.h"
#include "keeper/notices.h"
#include "keeper/op/ops.h"
#include "store/store_device.h"
#include "store/store_user.h"

enum { KEYS_MAX = 20 }; /* new ones that one line may ask for */

/* --- showing --------------------------------------------------------------- */

/* What it becomes is as wanted says. */
static enum err
make(struct request *request, const struct store_pending *wanted, struct store_pending *ret_pending,
    struct secret **ret_key)
{
	struct store_pending pending = *wanted;
	struct secret *key = NULL;
	enum err err = totp_key_new(&key);

	pending.user = request->account.id;
	pending.began = pending.seen = request->now;
	wire_put(pending.source, sizeof pending.source, request->state->source);
	if (err == ERR_OK)
		err = devices_seal_pending(request->keeper->ring, pending.user, key,
		    &pending.secret);
	if (err == ERR_OK)
		err = store_pending_put(request->keeper->store, &pending, &pending.id);
	if (err != ERR_OK) {
		secret_free(key);
		return err;
	}
	*ret_pending = pending;
	*ret_key = key;
	return ERR_OK;
}

/* The key that this very line was shown before. */
static enum err
show_again(struct request *request, const struct store_pending *pending, struct secret **ret_key)
{
	enum err err = store_pending_touch(request->keeper->store, pending->user, pending->id,
	    request->now);

	if (err == ERR_OK)
		err = devices_open_pending(request->keeper->ring, pending->user, &pending->secret,
		    ret_key);
	if (err == ERR_OK)
		request->row.verb = AUDIT_NONE;
	return err;
}

/* Another key takes its place, and a screen that shows the old one ends. */
static enum err
replace(struct request *request, const struct store_pending *wanted, struct store_pending *pending,
    struct secret **ret_key)
{
	const struct outcome_ends ends = { .user = request->account.id,
		.pending = pending->id,
		.why = ERR_KEY_ELSEWHERE };

	if (request->state->keys_shown >= KEYS_MAX)
		return ERR_STATE;
	if (pending->id != request->state->pending)
		outcome_end(request->outcome, &ends);
	request->reply->u.enrol.replaced = 1;
	return make(request, wanted, pending, ret_key);
}

/* A key is for one end: the one for a first authenticator never becomes another's. */
static bool
is_for(const struct store_pending *pending, const struct store_pending *wanted)
{
	return pending->purpose == wanted->purpose && pending->device == wanted->device &&
	    strcmp(pending->name, wanted->name) == 0;
}

/*
 * Whether it is a key of a line of theirs that has dropped, and this line is theirs for sure: root
 * vouches for an SSH key that names this person and no other (DESIGN 2). Else whoever knows the
 * password alone would see a key that somebody else may activate.
 */
static bool
dropped_here(const struct request *request, const struct store_pending *pending)
{
	if (request->state->fixed == 0 || request->state->fixed != request->account.id ||
	    !clock_open(CLOCK_PENDING_SEEN, pending->seen, request->now))
		return false;
	for (const struct session *s = request->keeper->sessions; s != NULL; s = s->next)
		if (s != request->session && s->state.pending == pending->id)
			return false; /* a screen shows it now */
	return true;
}

static enum err
find_or_make(struct request *request, const struct store_pending *wanted,
    struct store_pending *pending, struct secret **ret_key)
{
	enum err err = store_pending(request->keeper->store, request->account.id, pending);

	if (err == ERR_STORE_NONE)
		return make(request, wanted, pending, ret_key);
	if (err != ERR_OK)
		return err;
	if (is_for(pending, wanted) &&
	    (pending->id == request->state->pending || dropped_here(request, pending)))
		return show_again(request, pending, ret_key);
	return replace(request, wanted, pending, ret_key);
}

static enum err
fill(struct request *request, const struct store_pending *pending, const struct secret *key)
{
	struct wire_enrol_reply *reply = &request->reply->u.enrol;
	const char *account = request->account.name;
	char issuer[WIRE_ISSUER_SIZE];
	enum err err;

	op_issuer(request, issuer);
	totp_base32(key->bytes, key->length, reply->key);
	wire_put(reply->issuer, sizeof reply->issuer, issuer);
	wire_put(reply->account, sizeof reply->account, account);
	wire_put(reply->device, sizeof reply->device, pending->name);
	err = key_uri(issuer, account, reply->key, true, reply->uri, sizeof reply->uri);
	if (err == ERR_OK)
		err = key_uri(issuer, account, reply->key, false, reply->uri_short,
		    sizeof reply->uri_short);
	return err;
}

enum err
op_enrol_check(struct request *request)
{
	return request->account.devices > 0 && !request->account.alarmed ? ERR_CONFIGURED : ERR_OK;
}

static void
say_key(struct request *request, const struct store_pending *pending)
{
	const char *what = request->reply->u.enrol.replaced ? "another key" : "new key";
	char detail[TEXT_REASON_SIZE];

	snprintf(detail, sizeof detail, "%s: %s", what, pending->name);
	op_row(request, NULL, pending->purpose == STORE_FOR_FIRST ? what : detail);
}

enum err
op_show_key(struct request *request, const struct store_pending *wanted)
{
	struct session_state *state = request->state;
	struct store_pending pending;
	struct secret *key = NULL;
	enum err err = find_or_make(request, wanted, &pending, &key);

	if (err != ERR_OK)
		return err;
	err = fill(request, &pending, key);
	secret_free(key);
	if (err != ERR_OK)
		return err;
	if (state->pending != pending.id)
		state->keys_shown++;
	state->pending = pending.id;
	state->seen_pending = request->now;
	say_key(request, &pending);
	return ERR_OK;
}

enum err
op_enrol(struct request *request)
{
	static const struct store_pending first = { .purpose = STORE_FOR_FIRST,
		.name = ACCOUNT_DEVICE_NAME };
	struct store_pending anew = { .purpose = STORE_FOR_ALL };
	enum err err;

	if (request->account.devices == 0)
		return op_show_key(request, &first);
	err = op_name_anew(request, anew.name);
	return err == ERR_OK ? op_show_key(request, &anew) : err;
}

/* --- the code that makes it active ----------------------------------------- */

static enum err
find_pending(struct request *request, struct store_pending *pending)
{
	int64_t shown = request->state->pending;
	enum err err = store_pending(request->keeper->store, request->account.id, pending);

	if (err == ERR_STORE_NONE || (err == ERR_OK && (shown == 0 || pending->id != shown)))
		err = ERR_PENDING_GONE;
	return err;
}

static enum err
match(struct request *request, const struct store_pending *pending, struct store_device *device)
{
	const char *code = request->message->u.activate.code;
	struct secret *key = NULL;
	bool matched = false;
	enum err err = ERR_CODE_FORMAT;

	if (totp_code_shaped(code))
		err = code_floor(request);
	if (err == ERR_OK)
		err = devices_open_pending(request->keeper->ring, pending->user, &pending->secret,
		    &key);
	if (err == ERR_OK)
		err = totp_match(key, totp_step(request->now), 0, code, &matched,
		    &device->last_step);
	if (err == ERR_OK && !matched) {
		request->reply->wait = totp_left(request->now);
		err = ERR_CODE_WRONG;
	}
	if (err == ERR_OK)
		err = devices_seal(request->keeper->ring, pending->user, key, &device->secret);
	secret_free(key);
	return err;
}

/* What the person has may have changed since the key was shown. */
static enum err
still_fits(const struct request *request, const struct store_pending *pending)
{
	uint32_t devices = request->account.devices;

	switch (pending->purpose) {
	case STORE_FOR_FIRST:
		return devices > 0 ? ERR_CONFIGURED : ERR_OK;
	case STORE_FOR_ANOTHER:
		if (devices == 0)
			return ERR_NOT_CONFIGURED;
		return devices >= ACCOUNT_DEVICES_MAX ? ERR_DEVICES_FULL : ERR_OK;
	case STORE_FOR_ALL:
		return request->account.alarmed ? ERR_OK : ERR_CONFIGURED;
	case STORE_FOR_REPLACING:
		return devices == 0 ? ERR_NOT_CONFIGURED : ERR_OK;
	case STORE_PURPOSES:
		break;
	}
	return ERR_STATE;
}

/* The old one goes once the new one is there: a turn that is lost between them is lost whole. What
 * began with the old one ends (DESIGN 8). */
static enum err
take_place(struct request *request, const struct store_pending *pending)
{
	enum err err = store_device_remove(request->keeper->store, pending->user, pending->device);

	if (err == ERR_STORE_NONE)
		return ERR_STALE;
	if (err != ERR_OK)
		return err;
	request->row.verb = AUDIT_DEVICE_REPLACE;
	request->state->used_recovery = false;
	request->state->replace_until = 0;
	return effects_end_sessions(request, pending->user);
}

/* After "it was not me": whatever was there by that sign-in, and what proved who said so, may be in
 * other hands. What came since is in doubt, and asked about one by one (op_judge()). */
static enum err
remove_all(struct request *request)
{
	struct wire_device devices[ACCOUNT_DEVICES_MAX];
	uint32_t count = 0;
	int64_t user = request->account.id;
	enum err err = op_wire_devices(request, user, devices, &count);

	for (uint32_t i = 0; err == ERR_OK && i < count; i++)
		if (!devices[i].doubted)
			err = store_device_remove(request->keeper->store, user, devices[i].id);
	if (err != ERR_OK)
		return err;
	request->row.verb = AUDIT_DEVICE_REPLACE;
	return effects_end_sessions(request, user);
}

/* The code is spent: the device begins with its step as the last one. */
static enum err
activate(struct request *request, const struct store_pending *pending, struct store_device *device)
{
	struct store *store = request->keeper->store;
	enum err err = store_pending_remove(store, device->user);

	wire_put(device->name, sizeof device->name, pending->name);
	device->created = device->last_used = request->now;
	if (err == ERR_OK && pending->purpose == STORE_FOR_ALL)
		err = remove_all(request);
	if (err == ERR_OK)
		err = store_device_add(store, device, &device->id);
	if (err == ERR_OK && request->account.enrol_until != 0)
		err = store_user_set_enrol_until(store, device->user, 0);
	if (err == ERR_OK && request->account.alarmed)
		err = store_user_set_alarmed(store, device->user, false);
	if (err != ERR_OK)
		return err;
	op_row(request, NULL, device->name);
	snprintf(request->state->with, sizeof request->state->with, "with %s", device->name);
	if (pending->purpose == STORE_FOR_ANOTHER)
		request->row.verb = AUDIT_DEVICE_ADD;
	return pending->purpose == STORE_FOR_REPLACING ? take_place(request, pending) : ERR_OK;
}

enum err
op_activate_check(struct request *request)
{
	bool home = request->state->signin.door == DOOR_HOME;
	enum err err;

	request->event = home ? REQUEST_NO_EVENT : SIGNIN_REFUSED;
	if (request->account.devices > 0 && !home && !request->account.alarmed)
		return ERR_CONFIGURED;
	err = guess_code_check(request);
	return err == ERR_OK && !home ? guess_source_check(request, 0) : err;
}

enum err
op_activate(struct request *request)
{
	struct store_pending pending;
	struct store_device device = { .user = request->account.id };
	enum err err = find_pending(request, &pending);

	if (err == ERR_OK)
		err = still_fits(request, &pending);
	if (err == ERR_OK)
		err = match(request, &pending, &device);
	if (err == ERR_CODE_WRONG)
		request->event = SIGNIN_CONFIGURE_BAD;
	if (err == ERR_OK)
		err = activate(request, &pending, &device);
	if (err == ERR_OK)
		err = notice_self(request, request->row.verb, device.name);
	secret_wipe(&pending, sizeof pending);
	if (err != ERR_OK)
		return err;
	request->state->pending = 0;
	request->event = SIGNIN_CONFIGURED;
	request->outcome->news = true;
	return ERR_OK;
}

/* --- leaving it ------------------------------------------------------------- */

/* Who stands before the key when it stops being required may go on without; the box, and the roles
 * of whom it is required, are read in this very transaction. */
enum err
op_configure_later_check(struct request *request)
{
	request->event = SIGNIN_REFUSED;
	return policy_requires(&request->policy, request->account.role) ? ERR_STALE : ERR_OK;
}

enum err
op_configure_later(struct request *request)
{
	enum err err = store_pending_remove(request->keeper->store, request->account.id);

	request->state->pending = 0;
	request->event = SIGNIN_NOT_NOW;
	return err;
}
