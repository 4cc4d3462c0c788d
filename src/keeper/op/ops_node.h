/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the table of requests (ops.c): hosts that share these people. */
#ifndef KEEPER_OP_OPS_NODE_H
#define KEEPER_OP_OPS_NODE_H

#include "keeper/op/ops.h"

enum err
op_node_list(struct request *request);

enum err
op_node_join(struct request *request);

enum err
op_node_remove(struct request *request);

/* clang-format off */
#define NODE_ROWS \
	[WIRE_NODE_LIST] = { \
		.host = true, .permission = REQUEST_NO_PERMISSION, .handle = op_node_list, \
	}, \
	[WIRE_NODE_JOIN] = { \
		.host = true, .permission = REQUEST_NO_PERMISSION, \
		.verb = AUDIT_NODE_JOIN, .locks = LOCKS_SETTINGS, .handle = op_node_join, \
	}, \
	[WIRE_NODE_REMOVE] = { \
		.host = true, .permission = REQUEST_NO_PERMISSION, \
		.verb = AUDIT_NODE_REMOVE, .locks = LOCKS_SETTINGS, .handle = op_node_remove, \
	}
/* clang-format on */

#endif
