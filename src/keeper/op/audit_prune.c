/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The order to prune the trail, and how far that is. */
#include <stdio.h>
#include <time.h>

#include "keeper/op/ops.h"
#include "keeper/prune.h"
#include "keeper/trail.h"
#include "store/store_audit.h"

/*
 * The last row that will go, as far as times grow with numbers: the greatest whose time is before
 * the order. For a bar alone.
 */
static enum err
find_target(struct store *store, int64_t least, int64_t most, int64_t until, int64_t *ret_target)
{
	while (least < most) {
		int64_t middle = least + (most - least + 1) / 2;
		struct store_oldest row;
		size_t count = 1;
		enum err err = store_audit_oldest(store, middle - 1, &row, &count);

		if (err != ERR_OK)
			return err;
		if (count == 1 && row.time < until)
			least = middle;
		else
			most = middle - 1;
	}
	*ret_target = least;
	return ERR_OK;
}

enum err
op_audit_pruned(struct request *request)
{
	struct wire_audit_pruned_reply *reply = &request->reply->u.audit_pruned;
	struct store_checkpoint checkpoint;
	struct store_head head;
	enum err err = store_audit_checkpoint(request->keeper->store, &checkpoint);

	if (err == ERR_OK)
		err = store_head(request->keeper->store, &head);
	if (err != ERR_OK)
		return err;
	reply->number = checkpoint.number;
	reply->until = checkpoint.until;
	reply->working = request->keeper->prune.trail;
	return find_target(request->keeper->store, checkpoint.number, head.count, checkpoint.until,
	    &reply->target);
}

/* Who dates an order into the future means another year. */
enum err
op_audit_prune_check(struct request *request)
{
	int64_t until = request->message->u.audit_prune.until;
	char detail[TEXT_REASON_SIZE] = "";
	struct tm tm;

	if (gmtime_r(&until, &tm) != NULL)
		(void)strftime(detail, sizeof detail, "before %Y-%m-%dT%H:%M:%SZ", &tm);
	op_row(request, "", detail);
	return until > request->now ? ERR_DATE_FUTURE : ERR_OK;
}

enum err
op_audit_prune(struct request *request)
{
	enum err err = prune_order(request->keeper, request->message->u.audit_prune.until);

	if (err != ERR_OK)
		return err;
	prune_hurry(&request->keeper->prune);
	return op_audit_pruned(request);
}
