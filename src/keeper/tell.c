/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/tell.h"

#include "keeper/session.h"
#include "store/store_audit.h"
#include "store/store_user.h"
#include "wire/line.h"

/* Who stands before the key may leave it, where it is required no more. */
static bool
may_leave(struct keeper *keeper, const struct session *session, const struct policy *policy)
{
	struct account account;
	enum err err = store_user_by_id(keeper->store, session->state.user, &account, NULL);

	return err == ERR_OK && account.devices == 0 && !policy_requires(policy, account.role);
}

/* At the door of configuring too: it may be required no more, or again. */
static bool
hears_news(const struct session *session, int64_t user)
{
	const struct session_state *state = &session->state;

	if (session->fd < 0 || session->life == LIFE_ENDING || state->host ||
	    (user != 0 && state->user != user))
		return false;
	return state->signin.door == DOOR_HOME || state->signin.door == DOOR_CONFIGURE;
}

void
tell_news(struct keeper *keeper, int64_t user)
{
	struct wire_reply news;
	struct policy policy;
	struct account account;
	uint32_t role = 0;

	wire_reply_init(&news, WIRE_NEWS);
	news.u.news.idle_lock = keeper->idle_lock;
	if (user != 0 && store_user_by_id(keeper->store, user, &account, NULL) == ERR_OK)
		role = (uint32_t)account.role + 1;
	if (store_policy(keeper->store, &policy) != ERR_OK)
		policy_default(&policy); /* nobody may leave */
	for (struct session *s = keeper->sessions; s != NULL; s = s->next) {
		if (!hears_news(s, user))
			continue;
		news.door = (uint32_t)s->state.signin.door;
		news.role = s->state.signin.door == DOOR_HOME ? role : 0;
		news.u.news.lasts = session_lasts(keeper, s, session_clock());
		news.u.news.optional = s->state.signin.door == DOOR_CONFIGURE &&
		    may_leave(keeper, s, &policy);
		if (line_send_reply(s->fd, &news) != ERR_OK)
			session_end(keeper, s, ERR_OK);
	}
}

void
tell_readers(struct keeper *keeper)
{
	int64_t newest = store_audit_placed(keeper->store);
	struct wire_reply news;

	wire_reply_init(&news, WIRE_NEWS);
	news.door = DOOR_HOME;
	news.u.news.trail = true;
	for (struct session *s = keeper->sessions; s != NULL; s = s->next) {
		if (s->state.trail_seen == 0 || s->state.trail_seen >= newest)
			continue;
		s->state.trail_seen = 0;
		if (s->fd < 0 || s->life == LIFE_ENDING || s->state.host ||
		    s->state.signin.door != DOOR_HOME)
			continue;
		if (line_send_reply(s->fd, &news) != ERR_OK)
			session_end(keeper, s, ERR_OK);
	}
}

void
tell_said(struct keeper *keeper, const struct outcome_say *say)
{
	struct wire_reply reply;
	size_t at = 0;

	if (say == NULL)
		return;
	wire_reply_init(&reply, WIRE_SAID);
	reply.u.said = say->said;
	for (struct session *s = keeper->sessions; s != NULL; s = s->next) {
		while (at < say->count && say->number[at] > s->number)
			at++;
		if (at == say->count || say->number[at] != s->number || s->fd < 0 ||
		    s->life == LIFE_ENDING)
			continue;
		reply.door = (uint32_t)s->state.signin.door;
		if (line_send_reply(s->fd, &reply) != ERR_OK)
			session_end(keeper, s, ERR_OK);
	}
}
