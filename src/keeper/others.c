/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/others.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "core/hex.h"
#include "keeper/away.h"
#include "keeper/locks.h"
#include "keeper/session.h"
#include "keeper/tell.h"
#include "keeper/trail.h"
#include "store/store_audit.h"
#include "store/store_lock.h"
#include "store/store_node.h"
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
	if (!store_is_shared(keeper->store))
		return -1;
	if (!somebody_is_here(keeper))
		return keeper->life_at <= now ? 0 : (int)(keeper->life_at - now);
	return keeper->others_at <= now ? 0 : (int)(keeper->others_at - now);
}

/* --- signs of life --------------------------------------------------------------------------- */

/* In a turn of its own. */
static void
tell_life(struct keeper *keeper, int64_t now)
{
	enum err err;

	if (now < keeper->life_at)
		return;
	keeper->life_at = now + OTHERS_LIFE_MS;
	err = store_begin(keeper->store);
	if (err == ERR_OK)
		err = store_node_seen(keeper->store, (int64_t)time(NULL));
	if (err == ERR_OK)
		err = store_commit(keeper->store);
	if (err != ERR_OK)
		store_rollback(keeper->store);
	if (err == ERR_STORE_AWAY)
		keeper->life_at = now + AWAY_TRY_MS;
}

static enum err
witness_one(struct keeper *keeper, const char *who, const char *node, int64_t now)
{
	struct store_head head = { 0 };
	char detail[TEXT_REASON_SIZE], mac[2 * STORE_MAC_SIZE + 1];
	enum err err = store_node_look(keeper->store, node);

	if (err == ERR_OK)
		err = store_head(keeper->store, &head);
	if (err == ERR_OK)
		err = store_node_look(keeper->store, keeper->node);
	if (err != ERR_OK || head.count == 0)
		return err;
	hex_write(head.last, sizeof head.last, mac);
	(void)snprintf(detail, sizeof detail, "%" PRId64 ":%s", head.count, mac);
	return trail_keeper(keeper, AUDIT_NODE_HEAD, who, node, detail, now);
}

static enum err
witness_all(struct keeper *keeper, int64_t now)
{
	struct store_node nodes[OTHERS_MOST];
	char who[TEXT_NAME_SIZE];
	size_t count = OTHERS_MOST;
	enum err err = store_nodes(keeper->store, "", nodes, &count);

	trail_host_name(getuid(), who);
	for (size_t i = 0; err == ERR_OK && i < count; i++)
		if (strcmp(nodes[i].name, keeper->node) != 0)
			err = witness_one(keeper, who, nodes[i].name, now);
	return err;
}

void
others_witness(struct keeper *keeper, int64_t now)
{
	enum err err;

	if (!store_is_shared(keeper->store) || store_begin(keeper->store) != ERR_OK)
		return;
	err = locks_take(keeper, NULL, 0, 0);
	if (err == ERR_OK)
		err = witness_all(keeper, now);
	if (err == ERR_OK)
		err = store_commit(keeper->store);
	if (err != ERR_OK)
		store_rollback(keeper->store);
}

/* The first look only learns where it begins: whoever signs in reads what is there. */
void
others_follow(struct keeper *keeper, int64_t now)
{
	int64_t changes = 0;

	if (store_is_shared(keeper->store))
		tell_life(keeper, now);
	if (!somebody_is_here(keeper) || others_next(keeper, now) != 0)
		return;
	keeper->others_at = now + OTHERS_MS;
	if (store_changes(keeper->store, &changes) != ERR_OK || changes == keeper->changes)
		return;
	keeper->changes = changes;
	end_sessions(keeper);
	tell_news(keeper, 0);
}
