/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Configuring: two slots, pending and active. The pending key becomes active only in the
 * transaction that accepts a code for it, which is spent by that; until then it harms nothing. A
 * key is shown on one line only, so that someone who knows only the password never sees a key that
 * somebody else may activate (DESIGN 2).
 */

#include "auth/key_uri.h"
#include "auth/totp.h"
#include "keeper/devices.h"
#include "keeper/guess.h"
#include "keeper/op/ops.h"
#include "store/store_device.h"
#include "store/store_user.h"

enum { KEYS_MAX = 20 }; /* new ones that one line may ask for */

/* --- showing --------------------------------------------------------------- */

static enum err
make(struct request *request, struct store_pending *ret_pending, struct secret **ret_key)
{
	struct store_pending pending = { .user = request->account.id,
		.began = request->now,
		.seen = request->now };
	struct secret *key = NULL;
	enum err err = totp_key_new(&key);

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
replace(struct request *request, struct store_pending *pending, struct secret **ret_key)
{
	const struct outcome_ends ends = { .user = request->account.id,
		.pending = pending->id,
		.why = ERR_KEY_ELSEWHERE };

	if (request->state->keys_shown >= KEYS_MAX)
		return ERR_STATE;
	if (pending->id != request->state->pending)
		outcome_end(request->outcome, &ends);
	request->reply->u.enrol.replaced = 1;
	return make(request, pending, ret_key);
}

static enum err
find_or_make(struct request *request, struct store_pending *pending, struct secret **ret_key)
{
	enum err err = store_pending(request->keeper->store, request->account.id, pending);

	if (err == ERR_STORE_NONE)
		return make(request, pending, ret_key);
	if (err != ERR_OK)
		return err;
	if (pending->id == request->state->pending)
		return show_again(request, pending, ret_key);
	return replace(request, pending, ret_key);
}

static enum err
fill(struct request *request, const struct secret *key)
{
	struct wire_enrol_reply *reply = &request->reply->u.enrol;
	const char *account = request->account.name;
	char issuer[WIRE_ISSUER_SIZE];
	enum err err;

	op_issuer(request, issuer);
	totp_base32(key->bytes, key->length, reply->key);
	wire_put(reply->issuer, sizeof reply->issuer, issuer);
	wire_put(reply->account, sizeof reply->account, account);
	err = key_uri(issuer, account, reply->key, true, reply->uri, sizeof reply->uri);
	if (err == ERR_OK)
		err = key_uri(issuer, account, reply->key, false, reply->uri_short,
		    sizeof reply->uri_short);
	return err;
}

enum err
op_enrol_check(struct request *request)
{
	return request->account.devices > 0 ? ERR_CONFIGURED : ERR_OK;
}

enum err
op_enrol(struct request *request)
{
	struct session_state *state = request->state;
	struct store_pending pending;
	struct secret *key = NULL;
	enum err err = find_or_make(request, &pending, &key);

	if (err != ERR_OK)
		return err;
	err = fill(request, key);
	secret_free(key);
	if (err != ERR_OK)
		return err;
	if (state->pending != pending.id)
		state->keys_shown++;
	state->pending = pending.id;
	state->seen_pending = request->now;
	op_row(request, NULL, request->reply->u.enrol.replaced ? "another key" : "new key");
	return ERR_OK;
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

/* The code is spent: the device begins with its step as the last one. */
static enum err
activate(struct request *request, struct store_device *device)
{
	struct store *store = request->keeper->store;
	enum err err = store_pending_remove(store, device->user);

	wire_put(device->name, sizeof device->name, ACCOUNT_DEVICE_NAME);
	device->created = request->now;
	if (err == ERR_OK)
		err = store_device_add(store, device, &device->id);
	if (err == ERR_OK && request->account.enrol_until != 0)
		err = store_user_set_enrol_until(store, device->user, 0);
	return err;
}

enum err
op_activate_check(struct request *request)
{
	bool home = request->state->signin.door == DOOR_HOME;
	enum err err;

	request->event = home ? REQUEST_NO_EVENT : SIGNIN_REFUSED;
	if (request->account.devices > 0)
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
		err = match(request, &pending, &device);
	if (err == ERR_CODE_WRONG)
		request->event = SIGNIN_CONFIGURE_BAD;
	if (err == ERR_OK)
		err = activate(request, &device);
	secret_wipe(&pending, sizeof pending);
	if (err != ERR_OK)
		return err;
	request->state->pending = 0;
	request->event = SIGNIN_CONFIGURED;
	request->outcome->news = true;
	return ERR_OK;
}
