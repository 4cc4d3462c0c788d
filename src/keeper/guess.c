/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/guess.h"

#include <string.h>

#include "auth/recovery.h"
#include "core/throttle.h"

_Static_assert((int)RECOVERY_HASH_SIZE == (int)STORE_HASH_SIZE, "one size of hash");

enum err
guess_name_hash(struct keeper *keeper, const char *name, unsigned char ret_hash[STORE_HASH_SIZE])
{
	char fold[TEXT_FOLD_SIZE];

	text_name_or_bytes(name, strlen(name), fold);
	return recovery_name_hash(keeper->ring, fold, ret_hash);
}

/* A name past its hourly failures pauses for all sources but those where it lately signed in. */
static enum err
window_wait(struct turn *turn, int64_t *ret_wait)
{
	struct throttle_window window;
	bool trusted = false;
	enum err err = store_window(turn->keeper->store, turn->name_hash, &window);

	if (err != ERR_OK)
		return err;
	*ret_wait = throttle_window_wait(&window, turn->now);
	if (*ret_wait == 0 || turn->account.id == 0)
		return ERR_OK;
	err = store_source_since(turn->keeper->store, turn->account.id, turn->state->source,
	    turn->now - THROTTLE_TRUST, &trusted);
	if (err == ERR_OK && trusted)
		*ret_wait = 0;
	return err;
}

/* Written when the request is refused and all else it did is undone: see guess_shorten(). */
static void
shorten(struct turn *turn, enum shorter whose, const struct throttle *throttle)
{
	turn->shorter = whose;
	turn->shortened = *throttle;
}

enum err
guess_shorten(struct turn *turn)
{
	switch (turn->shorter) {
	case SHORTER_NONE:
		break;
	case SHORTER_PASSWORD:
		return store_throttle_put(turn->keeper->store, turn->name_hash, turn->state->source,
		    turn->account.id != 0, turn->now, &turn->shortened);
	case SHORTER_CODE:
		return store_user_set_code(turn->keeper->store, turn->account.id, &turn->shortened);
	}
	return ERR_OK;
}

enum err
guess_password_check(struct turn *turn, uint32_t *ret_room)
{
	struct throttle throttle;
	int64_t until, wait, by_name = 0;
	enum err err = store_throttle(turn->keeper->store, turn->name_hash, turn->state->source,
	    &throttle);

	if (err == ERR_OK)
		err = window_wait(turn, &by_name);
	if (err != ERR_OK)
		return err;
	until = throttle.paused_until;
	wait = throttle_wait(&throttle, turn->now);
	if (throttle.paused_until != until) /* a clock set back: shortened for good */
		shorten(turn, SHORTER_PASSWORD, &throttle);
	turn->reply->wait = wait > by_name ? wait : by_name;
	if (turn->reply->wait > 0)
		return ERR_PAUSED;
	*ret_room = throttle_room(&throttle);
	return ERR_OK;
}

enum err
guess_password_failed(struct turn *turn)
{
	struct store *store = turn->keeper->store;
	bool known = turn->account.id != 0;
	struct throttle throttle;
	struct throttle_window window;
	enum err err = store_throttle(store, turn->name_hash, turn->state->source, &throttle);

	if (err == ERR_OK)
		err = store_window(store, turn->name_hash, &window);
	if (err != ERR_OK)
		return err;
	turn->keeper->counted = true;
	throttle_fail(&throttle, turn->now);
	throttle_window_fail(&window, turn->now);
	err = store_throttle_put(store, turn->name_hash, turn->state->source, known, turn->now,
	    &throttle);
	if (err == ERR_OK)
		err = store_window_put(store, turn->name_hash, known, &window);
	if (err == ERR_OK && known)
		err = store_user_failed(store, turn->account.id);
	return err;
}

/*
 * A wrong password writes more than a right one, and a nearly full disk may have room for the one
 * alone: the right one would stand out from guesses that nobody counts. So what could not be
 * counted is counted with the next right one, which fails like them.
 */
enum err
guess_password_passed(struct turn *turn)
{
	enum err err = turn->keeper->uncounted ? guess_password_failed(turn) : ERR_OK;

	return err == ERR_OK
	    ? store_throttle_clear(turn->keeper->store, turn->name_hash, turn->state->source)
	    : err;
}

enum err
guess_code_check(struct turn *turn)
{
	struct throttle throttle = { .failures = turn->account.code_failures,
		.paused_until = turn->account.code_paused_until };

	if (throttle.failures >= THROTTLE_CODES_MAX)
		return ERR_CODE_LOCKED;
	turn->reply->wait = throttle_wait(&throttle, turn->now);
	if (throttle.paused_until != turn->account.code_paused_until)
		shorten(turn, SHORTER_CODE, &throttle);
	return turn->reply->wait > 0 ? ERR_PAUSED : ERR_OK;
}

enum err
guess_code_failed(struct turn *turn)
{
	struct throttle throttle = { .failures = turn->account.code_failures,
		.paused_until = turn->account.code_paused_until };
	enum err err;

	throttle_fail(&throttle, turn->now);
	err = store_user_set_code(turn->keeper->store, turn->account.id, &throttle);
	return err == ERR_OK ? store_user_failed(turn->keeper->store, turn->account.id) : err;
}

enum err
guess_code_passed(struct turn *turn)
{
	const struct throttle none = { 0 };

	if (turn->account.code_failures == 0 && turn->account.code_paused_until == 0)
		return ERR_OK;
	return store_user_set_code(turn->keeper->store, turn->account.id, &none);
}

enum err
guess_paused_until(struct keeper *keeper, const struct account *account, int64_t now,
    int64_t *ret_until)
{
	unsigned char hash[STORE_HASH_SIZE];
	int64_t longest = 0;
	enum err err = guess_name_hash(keeper, account->name, hash);

	if (err == ERR_OK)
		err = store_throttle_longest(keeper->store, hash, &longest);
	if (err != ERR_OK)
		return err;
	if (account->code_paused_until > longest)
		longest = account->code_paused_until;
	if (account->code_failures >= THROTTLE_CODES_MAX)
		longest = INT64_MAX;
	*ret_until = longest > now ? longest : 0;
	return ERR_OK;
}
