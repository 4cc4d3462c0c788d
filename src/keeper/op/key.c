/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The host's care for the keys. */
#include "keeper/keys_rotate.h"
#include "keeper/notices.h"
#include "keeper/op/ops.h"
#include "store/store_dump.h"
#include "store/store_node.h"

/* New keys are wrapped for this node alone. */
static enum err
check_alone(struct store *store)
{
	struct store_node nodes[WIRE_NODES_PAGE];
	size_t count = WIRE_NODES_PAGE, members = 0;
	enum err err = store_nodes(store, "", nodes, &count);

	for (size_t i = 0; err == ERR_OK && i < count; i++)
		members += !nodes[i].removed;
	return err == ERR_OK && members > 1 ? ERR_NODE_KEYS : err;
}

/*
 * One step. The trail gets a row where a rotation begins and one where its keys have gone, not one
 * a slice. What memory holds follows after the commit, also where an earlier commit's keys are
 * still to be followed.
 */
enum err
op_key_rotate(struct request *request)
{
	const struct wire_key_rotate_request *asked = &request->message->u.key_rotate;
	struct wire_key_rotate_reply *reply = &request->reply->u.key_rotate;
	struct keeper *keeper = request->keeper;
	struct keys_step step = { 0 };
	enum err err = check_alone(keeper->store);

	if (err == ERR_OK)
		err = keys_rotate(keeper->directory, keeper->store, keeper->ring, asked->begin != 0,
		    asked->count != 0, request->now, &step);
	request->outcome->follow_keys = step.follow;
	if (step.follow && !step.began && !step.renewed && fault_is(keeper->keys_behind) &&
	    keeper->keys_behind != ERR_STORE_BUSY)
		return keeper->keys_behind;
	if (err != ERR_OK)
		return err;
	if (step.began)
		op_row(request, NULL, "begun");
	else if (step.renewed)
		op_row(request, NULL, "done");
	else
		request->row.verb = AUDIT_NONE;
	reply->left = step.left;
	reply->done = step.done;
	reply->began = step.began;
	reply->renewed = step.renewed;
	reply->finished = step.finished;
	return step.renewed ? notice_host(request, AUDIT_KEY_ROTATE, "", NULL) : ERR_OK;
}

/* The file is whole by then; what was written is read by another process (backup.h). */
enum err
op_backup_made(struct request *request)
{
	return store_set_backup_time(request->keeper->store, request->now);
}
