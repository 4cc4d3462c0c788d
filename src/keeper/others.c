/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/others.h"

#include "keeper/session.h"
#include "keeper/tell.h"
#include "store/store_lock.h"
#include "store/store_user.h"

/* Anybody who has passed the first door. */
static bool
somebody_is_here(const struct keeper *keeper)
{
	for (const struct session *s = keeper->sessions; s != NULL; s = s->next)
		if (s->state.user != 0)
			return true;
	return false;
}

/* Why a session is over by what the store says now; ERR_OK: it is not. */
static enum err
verdict(struct keeper *keeper, const struct session *session)
{
	struct account account;
	enum err err = store_user_by_id(keeper->store, session->state.user, &account, NULL);

	if (err != ERR_OK && err != ERR_STORE_NONE)
		return ERR_OK; /* not known: its next request tells */
	if (err == ERR_STORE_NONE || !account.enabled ||
	    account.generation > session->state.generation)
		return ERR_ENDED;
	return ERR_OK;
}

static void
end_sessions(struct keeper *keeper)
{
	for (struct session *s = keeper->sessions; s != NULL; s = s->next) {
		enum err why = s->state.user == 0 || s->life == LIFE_ENDING ? ERR_OK
									    : verdict(keeper, s);

		if (why != ERR_OK)
			session_end(keeper, s, why);
	}
}

int
others_next(const struct keeper *keeper, int64_t now)
{
	if (!store_is_shared(keeper->store) || !somebody_is_here(keeper))
		return -1;
	return keeper->others_at <= now ? 0 : (int)(keeper->others_at - now);
}

/* The first look only learns where it begins: whoever signs in reads what is there. */
void
others_follow(struct keeper *keeper, int64_t now)
{
	int64_t changes = 0;

	if (others_next(keeper, now) != 0)
		return;
	keeper->others_at = now + OTHERS_MS;
	if (store_changes(keeper->store, &changes) != ERR_OK || changes == keeper->changes)
		return;
	keeper->changes = changes;
	end_sessions(keeper);
	tell_news(keeper, 0);
}
