/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Hosts that share these people: who they are, another one, one less (DESIGN 11). */
#include <string.h>

#include "auth/auth.h"
#include "keeper/keys_join.h"
#include "keeper/op/ops_node.h"
#include "store/store_lock.h"
#include "store/store_node.h"

enum { INVITED = 3600 }; /* seconds */

static enum err
read_name(struct request *request, char ret_name[TEXT_NAME_SIZE])
{
	const char *typed = request->message->u.node.name;
	char fold[TEXT_FOLD_SIZE];

	op_row(request, typed, NULL);
	if (!store_is_shared(request->keeper->store))
		return ERR_NODE_ALONE;
	if (text_name(typed, strlen(typed), ret_name, fold) != ERR_OK ||
	    text_points(ret_name, strlen(ret_name)) > KEYS_NODE_POINTS)
		return ERR_NODE_NAME;
	op_row(request, ret_name, NULL);
	return ERR_OK;
}

/* One more is asked for, to know whether there is one. */
enum err
op_node_list(struct request *request)
{
	struct wire_node_page_reply *reply = &request->reply->u.node_page;
	struct store_node nodes[WIRE_NODES_PAGE + 1];
	size_t count = WIRE_NODES_PAGE + 1;
	enum err err = store_nodes(request->keeper->store, request->message->u.node_page.after,
	    nodes, &count);

	if (err != ERR_OK)
		return err;
	if (!store_is_shared(request->keeper->store))
		return ERR_NODE_ALONE;
	reply->more = count > WIRE_NODES_PAGE;
	reply->count = (uint32_t)(reply->more ? WIRE_NODES_PAGE : count);
	for (size_t i = 0; i < reply->count; i++) {
		struct wire_node *node = &reply->node[i];

		wire_put(node->name, sizeof node->name, nodes[i].name);
		node->removed = nodes[i].removed;
		node->until = nodes[i].until;
		node->seen = nodes[i].seen;
		node->rows = nodes[i].rows;
		node->here = strcmp(nodes[i].name, request->keeper->node) == 0;
	}
	return ERR_OK;
}

enum err
op_node_join(struct request *request)
{
	struct wire_node_join_reply *reply = &request->reply->u.node_join;
	struct store *store = request->keeper->store;
	struct store_node node = { .removed = true };
	char name[TEXT_NAME_SIZE];
	enum err err = read_name(request, name);

	if (err != ERR_OK)
		return err;
	err = store_node(store, name, &node);
	if (err != ERR_OK && err != ERR_STORE_NONE)
		return err;
	if (!node.removed && node.until == 0)
		return ERR_NODE_TAKEN;
	reply->until = request->now + INVITED;
	return keys_invite(store, request->keeper->ring, name, reply->until, reply->secret);
}

enum err
op_node_remove(struct request *request)
{
	char name[TEXT_NAME_SIZE];
	enum err err = read_name(request, name);

	if (err == ERR_OK && strcmp(name, request->keeper->node) == 0)
		err = ERR_NODE_OWN;
	if (err == ERR_OK)
		err = store_node_remove(request->keeper->store, name);
	if (err == ERR_OK)
		request->outcome->news = true;
	return err == ERR_STORE_NONE ? ERR_NODE_NONE : err;
}
