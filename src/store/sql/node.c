/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hosts that share a store. */
#include "store/store_node.h"

#include <string.h>

#include "store/sql/sql.h"
#include "store/store_lock.h"

static enum err
read_node(const struct columns *columns, void *row)
{
	struct store_node *node = row;
	enum err err = column_text(columns, 0, node->name, sizeof node->name);

	node->removed = column_number(columns, 1) != 0;
	node->until = column_number(columns, 2);
	node->seen = column_number(columns, 3);
	node->rows = column_number(columns, 4);
	return err;
}

enum err
store_nodes(struct store *store, const char *after, struct store_node *nodes, size_t *io_count)
{
	if (store_is_shared(store))
		return sql_rows(store, SQL_NODES, VALUES(TEXT(after)), read_node, nodes,
		    sizeof *nodes, io_count);
	*io_count = 0;
	return ERR_OK;
}

enum err
store_node(struct store *store, const char *name, struct store_node *ret_node)
{
	return store_is_shared(store)
	    ? sql_row(store, SQL_NODE, VALUES(TEXT(name)), read_node, ret_node)
	    : ERR_STORE_NONE;
}

enum err
store_node_invite(struct store *store, const char *name, const unsigned char id[STORE_KEY_ID_SIZE],
    int64_t until)
{
	enum err err = sql_change(store, SQL_NODE_KEYS_DROP, VALUES(TEXT(name)), NULL);

	return sql_whole(store,
	    err == ERR_OK ? sql_change_one(store, SQL_NODE_INVITE,
				VALUES(TEXT(name), BYTES(id, STORE_KEY_ID_SIZE), NUMBER(until)))
			  : err);
}

enum err
store_node_key(struct store *store, const char *name, int64_t key,
    const unsigned char wrapped[STORE_WRAPPED_SIZE])
{
	return sql_whole(store,
	    sql_change_one(store, SQL_NODE_KEY,
		VALUES(TEXT(name), NUMBER(key), BYTES(wrapped, STORE_WRAPPED_SIZE))));
}

enum err
store_node_remove(struct store *store, const char *name)
{
	enum err err = sql_change_one(store, SQL_NODE_REMOVE, VALUES(TEXT(name)));

	return err == ERR_OK
	    ? sql_whole(store, sql_change(store, SQL_NODE_KEYS_DROP, VALUES(TEXT(name)), NULL))
	    : err;
}

enum err
store_node_seen(struct store *store, int64_t now)
{
	return sql_change_one(store, SQL_NODE_SEEN, VALUES(NUMBER(now)));
}

static enum err
read_nothing(const struct columns *columns, void *row)
{
	(void)columns;
	(void)row;
	return ERR_OK;
}

enum err
store_node_look(struct store *store, const char *name)
{
	char nothing;

	return sql_row(store, SQL_NODE_LOOK, VALUES(TEXT(name)), read_nothing, &nothing);
}
