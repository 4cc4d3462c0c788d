/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hosts whose keepers share a store (DESIGN 11; store.h says what holds for every question).
 * Only where store_is_shared(): else there are none. */
#ifndef STORE_STORE_NODE_H
#define STORE_STORE_NODE_H

#include "core/text.h"
#include "store/store.h"

struct store_node {
	char name[TEXT_NAME_SIZE];
	bool removed;
	int64_t until; /* Unix seconds at which its invitation is over; 0: it has joined */
	int64_t seen;  /* Unix seconds of its last sign of life; 0: never */
	int64_t rows;  /* of its chain */
};

/* Up to *io_count with a name behind that one, by name. */
MUST_CHECK enum err
store_nodes(struct store *store, const char *after, struct store_node *nodes, size_t *io_count);

/* ERR_STORE_NONE. */
MUST_CHECK enum err
store_node(struct store *store, const char *name, struct store_node *ret_node);

/* A node that may join until then, whose console.key is of that id; in place of one of its name
 * that was removed, or that never joined. */
MUST_CHECK enum err
store_node_invite(struct store *store, const char *name, const unsigned char id[STORE_KEY_ID_SIZE],
    int64_t until);

/* A key of the ring, wrapped for that node. */
MUST_CHECK enum err
store_node_key(struct store *store, const char *name, int64_t key,
    const unsigned char wrapped[STORE_WRAPPED_SIZE]);

/* Its keys go, and it is let in no more; its chain stays. ERR_STORE_NONE. */
MUST_CHECK enum err
store_node_remove(struct store *store, const char *name);

/* A sign of life of the node that asks. */
MUST_CHECK enum err
store_node_seen(struct store *store, int64_t now);

/* From now on the trail's questions are about that node's chain; "": about the asker's own. Of a
 * store of store_inspect(). */
MUST_CHECK enum err
store_node_look(struct store *store, const char *name);

#endif
