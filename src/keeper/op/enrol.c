/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Configuring: two slots, pending and active. The pending key becomes active only in the
 * transaction that accepts a code for it, which is spent by that; until then it harms nothing
 * (DESIGN 2).
 */
#include <string.h>

#include "auth/key_uri.h"
#include "auth/totp.h"
#include "keeper/devices.h"
#include "keeper/guess.h"
#include "keeper/op/ops.h"

/* Whether some session has this key on its screen now. */
static bool
on_a_screen(const struct turn *turn, int64_t pending)
{
	for (const struct session *s = turn->keeper->sessions; s != NULL; s = s->next)
		if (s->fd >= 0 && !s->closing && s->state.pending == pending)
			return true;
	return false;
}

static bool
alive(const struct turn *turn, const struct store_pending *pending)
{
	return on_a_screen(turn, pending->id) || turn->now - pending->seen <= KEEPER_PENDING_LIFE;
}

/* --- showing --------------------------------------------------------------- */

static enum err
make(struct turn *turn, struct store_pending *ret_pending, struct secret **ret_key)
{
	struct store_pending pending = { .user = turn->account.id,
		.began = turn->now,
		.seen = turn->now };
	struct secret *key = NULL;
	enum err err = totp_key_new(&key);

	wire_put(pending.source, sizeof pending.source, turn->state->source);
	if (err == ERR_OK)
		err = devices_seal_pending(turn->keeper->ring, pending.user, key, &pending.secret);
	if (err == ERR_OK)
		err = store_pending_put(turn->keeper->store, &pending, &pending.id);
	if (err != ERR_OK) {
		secret_free(key);
		return err;
	}
	*ret_pending = pending;
	*ret_key = key;
	return ERR_OK;
}

static enum err
resume(struct turn *turn, const struct store_pending *pending, struct secret **ret_key)
{
	enum err err = store_pending_touch(turn->keeper->store, pending->user, pending->id,
	    turn->now);

	if (err == ERR_OK)
		err = devices_open_pending(turn->keeper->ring, pending->user, &pending->secret,
		    ret_key);
	return err;
}

/* The pending key is shown again only to the source that began it; elsewhere a new one is made, and
 * the first screen ends. */
static enum err
find_or_make(struct turn *turn, struct store_pending *pending, struct secret **ret_key)
{
	enum err err = store_pending(turn->keeper->store, turn->account.id, pending);
	bool same;

	if (err == ERR_STORE_NONE)
		return make(turn, pending, ret_key);
	if (err != ERR_OK)
		return err;
	same = strcmp(pending->source, turn->state->source) == 0;
	if (same && !turn->request->u.enrol.fresh && alive(turn, pending)) {
		turn->reply->u.enrol.resumed = pending->id != turn->state->pending;
		return resume(turn, pending, ret_key);
	}
	if (!same) {
		err = request_end_others(turn, turn->account.id, true);
		if (err != ERR_OK)
			return err;
	}
	return make(turn, pending, ret_key);
}

static enum err
fill(struct turn *turn, const struct store_pending *pending, const struct secret *key)
{
	struct wire_enrol_reply *reply = &turn->reply->u.enrol;
	const char *issuer = turn->policy.console_name, *account = turn->account.name;
	enum err err;

	totp_base32(key->bytes, key->length, reply->key);
	wire_put(reply->issuer, sizeof reply->issuer, issuer);
	wire_put(reply->account, sizeof reply->account, account);
	reply->began = pending->began;
	reply->expires = turn->now + KEEPER_PENDING_LIFE;
	err = key_uri(issuer, account, reply->key, true, reply->uri, sizeof reply->uri);
	if (err == ERR_OK)
		err = key_uri(issuer, account, reply->key, false, reply->uri_short,
		    sizeof reply->uri_short);
	return err;
}

enum err
op_enrol(struct turn *turn)
{
	struct store_pending pending;
	struct secret *key = NULL;
	enum err err;

	op_row(turn, "enrol", NULL, NULL);
	if (turn->account.devices > 0)
		return ERR_CONFIGURED;
	err = find_or_make(turn, &pending, &key);
	if (err != ERR_OK)
		return err;
	err = fill(turn, &pending, key);
	secret_free(key);
	if (err != ERR_OK)
		return err;
	turn->state->pending = pending.id;
	turn->session->seen_pending = turn->now;
	op_row(turn, "enrol", NULL, turn->reply->u.enrol.resumed ? "resumed" : "new key");
	return ERR_OK;
}

/* --- the code that makes it active ----------------------------------------- */

static enum err
find_pending(struct turn *turn, struct store_pending *pending)
{
	enum err err = store_pending(turn->keeper->store, turn->account.id, pending);

	if (err == ERR_STORE_NONE ||
	    (err == ERR_OK && (turn->state->pending == 0 || pending->id != turn->state->pending)))
		err = ERR_PENDING_GONE;
	return err;
}

static enum err
match(struct turn *turn, const struct store_pending *pending, struct store_device *device)
{
	const char *code = turn->request->u.activate.code;
	struct secret *key = NULL;
	bool matched = false;
	enum err err = ERR_CODE_FORMAT;

	if (totp_code_shaped(code))
		err = devices_open_pending(turn->keeper->ring, pending->user, &pending->secret,
		    &key);
	if (err == ERR_OK)
		err = totp_match(key, totp_step(turn->now), 0, code, &matched, &device->last_step);
	if (err == ERR_OK && !matched) {
		turn->reply->wait = totp_left(turn->now);
		err = ERR_CODE_WRONG;
	}
	if (err == ERR_OK)
		err = devices_seal(turn->keeper->ring, pending->user, key, &device->secret);
	secret_free(key);
	return err;
}

/* The code is spent: the device begins with its step as the last one. */
static enum err
activate(struct turn *turn, struct store_device *device)
{
	struct store *store = turn->keeper->store;
	enum err err = store_pending_remove(store, device->user);

	wire_put(device->name, sizeof device->name, "Authenticator");
	device->created = turn->now;
	if (err == ERR_OK)
		err = store_device_add(store, device, &device->id);
	if (err == ERR_OK && turn->account.enrol_until != 0)
		err = store_user_set_enrol_until(store, device->user, 0);
	if (err == ERR_OK)
		err = request_end_others(turn, device->user, true);
	return err;
}

enum err
op_activate(struct turn *turn)
{
	struct store_pending pending;
	struct store_device device = { .user = turn->account.id };
	enum err err;

	op_row(turn, "activate", NULL, NULL);
	turn->event = turn->state->signin.door == DOOR_HOME ? TURN_NO_EVENT : SIGNIN_REFUSED;
	if (turn->account.devices > 0)
		return ERR_CONFIGURED;
	err = guess_code_check(turn);
	if (err == ERR_OK)
		err = find_pending(turn, &pending);
	if (err == ERR_OK)
		err = match(turn, &pending, &device);
	if (err == ERR_CODE_WRONG)
		turn->event = SIGNIN_CONFIGURE_BAD;
	if (err == ERR_OK)
		err = activate(turn, &device);
	secret_wipe(&pending, sizeof pending);
	if (err != ERR_OK)
		return err;
	turn->state->pending = 0;
	turn->event = SIGNIN_CONFIGURED;
	op_news(turn);
	return ERR_OK;
}
