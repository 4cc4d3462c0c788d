/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A source's own rate: one address that tries one password on every name is slowed, too. */
#include "keeper/guess.h"
#include "store/store_guess.h"

#include <stdio.h>
#include <string.h>

enum { HOLD_SECONDS = 2 }; /* refusals are released at each second second of the boot clock */

/* What a source's rate is kept under: with the SSH key that root vouches for, where there is one.
 */
static void
source_words(const struct session_state *state, char ret_words[KEEPER_SLOW_KEY])
{
	snprintf(ret_words, KEEPER_SLOW_KEY, "%s%s%s", state->source_key,
	    state->ssh_key[0] != '\0' ? " " : "", state->ssh_key);
}

/* A source's failures stand among those of names; no name has a blank in it. */
static enum err
source_hash(struct keeper *keeper, const struct session_state *state,
    unsigned char ret_hash[STORE_HASH_SIZE])
{
	char words[KEEPER_SLOW_KEY], text[sizeof words + 8];

	source_words(state, words);
	snprintf(text, sizeof text, "source %s", words);
	return guess_name_hash(keeper, text, ret_hash);
}

void
guess_source_expect(struct keeper *keeper, const struct session_state *state)
{
	unsigned char hash[STORE_HASH_SIZE];
	struct throttle_window window;
	enum err err = source_hash(keeper, state, hash);

	if (err == ERR_OK)
		err = store_window(keeper->store, hash, &window);
	(void)err; /* it is asked again where it counts */
}

enum err
guess_source_failed(struct request *request)
{
	unsigned char hash[STORE_HASH_SIZE];
	struct throttle_window window;
	enum err err = source_hash(request->keeper, request->state, hash);

	if (err == ERR_OK)
		err = store_window(request->keeper->store, hash, &window);
	if (err != ERR_OK)
		return err;
	throttle_window_fail(&window, request->now);
	return store_window_put(request->keeper->store, hash, false, &window);
}

/* The source's place among the slow ones; a new one takes the oldest place. */
static struct slow_source *
slow_place(struct keeper *keeper, const char *key)
{
	struct slow_source *place;

	for (size_t i = 0; i < KEEPER_SLOW_MAX; i++)
		if (strcmp(keeper->slow[i].key, key) == 0)
			return &keeper->slow[i];
	place = &keeper->slow[keeper->slow_next++ % KEEPER_SLOW_MAX];
	wire_put(place->key, sizeof place->key, key);
	place->last = INT64_MIN;
	return place;
}

/* Attempts in flight count against the limit: whether the source would be slow if all of them
 * failed. The key of the wait is all zero: any verdict of this source ends it. */
static bool
park(struct request *request, struct throttle_window window, uint32_t in_flight)
{
	for (uint32_t i = 0; i < in_flight && i < THROTTLE_SOURCE_MAX; i++)
		throttle_window_fail(&window, request->now);
	if (!throttle_source_slow(&window, request->now))
		return false;
	memset(request->outcome->name_hash, 0, sizeof request->outcome->name_hash);
	request->outcome->kind = OUTCOME_PARK;
	return true;
}

enum err
guess_source_check(struct request *request, uint32_t in_flight)
{
	unsigned char hash[STORE_HASH_SIZE];
	char words[KEEPER_SLOW_KEY];
	struct throttle_window window;
	struct slow_source *place;
	enum err err = source_hash(request->keeper, request->state, hash);

	if (err == ERR_OK)
		err = store_window(request->keeper->store, hash, &window);
	if (err != ERR_OK)
		return err;
	if (!throttle_source_slow(&window, request->now)) {
		(void)park(request, window, in_flight);
		return ERR_OK;
	}
	source_words(request->state, words);
	place = slow_place(request->keeper, words);
	request->reply->wait = throttle_source_wait(&place->last, request->boot);
	if (request->reply->wait > 0) {
		request->slow = true;
		return ERR_PAUSED;
	}
	place->last = request->boot;
	return ERR_OK;
}

int64_t
guess_hold_until(int64_t boot)
{
	return (boot / HOLD_SECONDS + 1) * HOLD_SECONDS;
}
