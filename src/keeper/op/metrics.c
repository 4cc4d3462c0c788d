/* SPDX-License-Identifier: GPL-3.0-or-later */
/* How the keeper is, in numbers, for the host's monitoring: no name of anybody is among them. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "keeper/away.h"
#include "keeper/op/ops.h"
#include "store/store_audit.h"
#include "store/store_dump.h"
#include "store/store_lock.h"
#include "store/store_node.h"
#include "store/store_user.h"

_Static_assert((int)SHARE_COUNT <= (int)WIRE_SHARES, "each share has a place");

/* 0 where it is not there. */
static int64_t
size_of(const struct keeper *keeper, const char *name)
{
	struct stat st;

	return fstatat(keeper->directory, name, &st, AT_SYMLINK_NOFOLLOW) == 0 ? st.st_size : 0;
}

static int64_t
signed_in(const struct keeper *keeper)
{
	int64_t count = 0;

	for (const struct session *s = keeper->sessions; s != NULL; s = s->next)
		count += s->state.signin.signed_in && s->life != LIFE_ENDING;
	return count;
}

/* What the keeper has in its memory. */
static void
fill_keeper(const struct request *request, struct wire_metrics_reply *reply)
{
	const struct keeper *keeper = request->keeper;
	const struct journal *journal = &keeper->journal;

	_Static_assert(sizeof reply->refusals == sizeof journal->refusals, "each reason");
	memcpy(reply->refusals, journal->refusals, sizeof reply->refusals);
	reply->sign_ins = journal->sign_ins;
	reply->pam = journal->pam;
	reply->alarms = journal->alarms;
	reply->sessions = signed_in(keeper);
	reply->hash_queue = (int64_t)hash_waiting(keeper->pool);
	reply->hash_limit = HASH_QUEUE_MAX;
	reply->uptime = request->boot - keeper->began;
	reply->faulty = keeper->fault.wrong;
	reply->shared = store_is_shared(keeper->store);
	reply->away = keeper->away;
	reply->away_seconds = keeper->away ? request->boot - keeper->away_since : 0;
	reply->clock_difference = llabs(store_now(keeper->store, 0));
	wire_put(reply->version, sizeof reply->version, PACKAGE_VERSION);
	for (int share = 0; share < SHARE_COUNT; share++) {
		struct wire_metrics_share *place = &reply->share[reply->shares++];

		place->lines = (int64_t)admission_count(keeper->admission, (enum share)share);
		place->limit = (int64_t)admission_limit((enum share)share);
		wire_put(place->name, sizeof place->name, admission_name((enum share)share));
	}
}

/* Of those that have joined and were not removed. */
static enum err
count_nodes(struct store *store, int64_t *ret_count)
{
	struct store_node nodes[WIRE_NODES_PAGE] = { 0 };
	size_t count = WIRE_NODES_PAGE;
	int64_t members = 0;
	enum err err = ERR_OK;

	for (const char *after = ""; err == ERR_OK && count == WIRE_NODES_PAGE;
	     after = nodes[WIRE_NODES_PAGE - 1].name) {
		err = store_nodes(store, after, nodes, &count);
		for (size_t i = 0; err == ERR_OK && i < count; i++)
			members += !nodes[i].removed && nodes[i].until == 0;
	}
	*ret_count = members;
	return err;
}

static enum err
fill_store(const struct request *request, struct wire_metrics_reply *reply)
{
	struct store *store = request->keeper->store;
	struct store_checkpoint checkpoint;
	struct store_counts counts;
	struct store_head head;
	enum err err = store_counts(store, request->now, &counts);

	if (err == ERR_OK)
		err = store_head(store, &head);
	if (err == ERR_OK)
		err = store_audit_checkpoint(store, &checkpoint);
	if (err == ERR_OK)
		err = store_backup_time(store, &reply->backup);
	if (err != ERR_OK)
		return err;
	reply->people = counts.people;
	reply->with_2fa = counts.with_2fa;
	reply->paused = counts.paused;
	reply->rows = head.count - checkpoint.number;
	if (reply->shared)
		return count_nodes(store, &reply->nodes);
	reply->database = size_of(request->keeper, "console.db");
	reply->log = size_of(request->keeper, "console.db-wal");
	return ERR_OK;
}

enum err
op_metrics(struct request *request)
{
	struct wire_metrics_reply *reply = &request->reply->u.metrics;

	fill_keeper(request, reply);
	return fill_store(request, reply);
}

/* What stands in the store is not known, and stays 0. Whoever asked when it had just gone away is
 * told that it is. */
enum err
op_metrics_away(struct request *request)
{
	struct wire_metrics_reply *reply = &request->reply->u.metrics;

	if (!request->state->greeted || !request->state->host)
		return ERR_STORE_AWAY;
	fill_keeper(request, reply);
	reply->away = true;
	return ERR_OK;
}
