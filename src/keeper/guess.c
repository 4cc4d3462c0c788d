/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/guess.h"

#include <string.h>

#include "auth/recovery.h"
#include "core/throttle.h"
#include "store/store_guess.h"
#include "store/store_lock.h"
#include "store/store_user.h"

_Static_assert((int)RECOVERY_HASH_SIZE == (int)STORE_HASH_SIZE, "one size of hash");

enum err
guess_name_hash(struct keeper *keeper, const char *name, unsigned char ret_hash[STORE_HASH_SIZE])
{
	char fold[TEXT_FOLD_SIZE];

	text_name_or_bytes(name, strlen(name), fold);
	return recovery_name_hash(keeper->ring, fold, ret_hash);
}

/* A name past its hourly failures pauses for all sources but those where anybody lately signed in:
 * known and unknown names get the same answer from any source. */
static enum err
window_wait(struct request *request, int64_t *ret_wait)
{
	struct throttle_window window;
	bool trusted = false;
	enum err err = store_window(request->keeper->store, request->name_hash, &window);

	if (err != ERR_OK)
		return err;
	*ret_wait = throttle_window_wait(&window, request->now);
	if (*ret_wait == 0)
		return ERR_OK;
	err = store_source_trusted(request->keeper->store, request->state->source_key,
	    request->now - THROTTLE_TRUST, request->now, &trusted);
	if (err == ERR_OK && trusted)
		*ret_wait = 0;
	return err;
}

/* Failures in a row before a pause, as the setting says now. */
static uint32_t
after(const struct request *request)
{
	return (uint32_t)request->policy.pause_after;
}

/* Written when the request is refused and all else it did is undone: see guess_clamp(). */
static void
clamp(struct request *request, enum shortened whose, const struct throttle *throttle)
{
	request->shortened = whose;
	request->clamped_throttle = *throttle;
}

enum err
guess_clamp(struct request *request)
{
	switch (request->shortened) {
	case SHORTENED_NONE:
		break;
	case SHORTENED_PASSWORD:
		return store_throttle_put(request->keeper->store, request->name_hash,
		    request->state->source_key, request->account.id != 0, request->now,
		    &request->clamped_throttle);
	case SHORTENED_CODE:
		return store_user_set_code(request->keeper->store, request->account.id,
		    &request->clamped_throttle);
	}
	return ERR_OK;
}

enum err
guess_password_check(struct request *request, uint32_t *ret_room)
{
	struct throttle throttle;
	int64_t until, wait, by_name = 0;
	enum err err = store_throttle(request->keeper->store, request->name_hash,
	    request->state->source_key, &throttle);

	if (err == ERR_OK)
		err = window_wait(request, &by_name);
	if (err != ERR_OK)
		return err;
	until = throttle.paused_until;
	wait = throttle_wait(&throttle, after(request), request->now);
	if (throttle.paused_until != until) /* a clock set back: shortened for good */
		clamp(request, SHORTENED_PASSWORD, &throttle);
	request->reply->wait = wait > by_name ? wait : by_name;
	if (request->reply->wait > 0)
		return ERR_PAUSED;
	*ret_room = throttle_room(&throttle, after(request));
	return ERR_OK;
}

/* How many attempts are at workers each keeper knows of its own alone: what others counted
 * meanwhile may be a pause. Whatever the password was, it is not told then. */
enum err
guess_password_again(struct request *request)
{
	uint32_t room = 0;

	if (!store_is_shared(request->keeper->store))
		return ERR_OK;
	return guess_password_check(request, &room);
}

enum err
guess_password_failed(struct request *request)
{
	struct store *store = request->keeper->store;
	bool known = request->account.id != 0;
	struct throttle throttle;
	struct throttle_window window;
	enum err err = store_throttle(store, request->name_hash, request->state->source_key,
	    &throttle);

	if (err == ERR_OK)
		err = store_window(store, request->name_hash, &window);
	if (err != ERR_OK)
		return err;
	request->outcome->counted = true;
	throttle_fail(&throttle, after(request), request->now);
	throttle_window_fail(&window, request->now);
	err = store_throttle_put(store, request->name_hash, request->state->source_key, known,
	    request->now, &throttle);
	if (err == ERR_OK)
		err = store_window_put(store, request->name_hash, known, &window);
	if (err == ERR_OK && known)
		err = store_user_failed(store, request->account.id);
	return err == ERR_OK ? guess_source_failed(request) : err;
}

/*
 * A wrong password writes more than a right one, and a nearly full disk may have room for the one
 * alone: the right one would stand out from guesses that nobody counts. So what could not be
 * counted is counted with the next right one, which fails like them.
 */
enum err
guess_password_passed(struct request *request)
{
	enum err err = request->keeper->uncounted ? guess_password_failed(request) : ERR_OK;

	return err == ERR_OK ? store_throttle_clear(request->keeper->store, request->name_hash,
				   request->state->source_key)
			     : err;
}

enum err
guess_code_check(struct request *request)
{
	struct throttle throttle = { .failures = request->account.code_failures,
		.paused_until = request->account.code_paused_until };

	if (throttle.failures >= THROTTLE_CODES_MAX)
		return ERR_CODE_LOCKED;
	request->reply->wait = throttle_wait(&throttle, after(request), request->now);
	if (throttle.paused_until != request->account.code_paused_until)
		clamp(request, SHORTENED_CODE, &throttle);
	return request->reply->wait > 0 ? ERR_PAUSED : ERR_OK;
}

enum err
guess_code_failed(struct request *request)
{
	struct throttle throttle = { .failures = request->account.code_failures,
		.paused_until = request->account.code_paused_until };
	enum err err;

	throttle_fail(&throttle, after(request), request->now);
	err = store_user_code_failed(request->keeper->store, request->account.id, &throttle);
	return err == ERR_OK ? guess_source_failed(request) : err;
}

enum err
guess_code_passed(struct request *request)
{
	const struct throttle none = { 0 };

	if (request->account.code_failures == 0 && request->account.code_paused_until == 0)
		return ERR_OK;
	return store_user_set_code(request->keeper->store, request->account.id, &none);
}

int64_t
guess_codes_paused_until(const struct account *account, int64_t now)
{
	if (account->code_failures >= THROTTLE_CODES_MAX)
		return INT64_MAX;
	return account->code_paused_until > now ? account->code_paused_until : 0;
}

enum err
guess_paused_until(struct keeper *keeper, const struct account *account, int64_t now,
    int64_t *ret_until)
{
	unsigned char hash[STORE_HASH_SIZE];
	int64_t longest = 0, codes = guess_codes_paused_until(account, now);
	enum err err = guess_name_hash(keeper, account->name, hash);

	if (err == ERR_OK)
		err = store_throttle_longest(keeper->store, hash, &longest);
	if (err != ERR_OK)
		return err;
	if (codes > longest)
		longest = codes;
	*ret_until = longest > now ? longest : 0;
	return ERR_OK;
}
