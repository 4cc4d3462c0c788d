/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which person a UNIX account is. */
#include "store/sql/sql.h"
#include "store/store_link.h"

static enum err
read_link(const struct columns *columns, void *row)
{
	struct store_link *link = row;
	enum err err = column_text(columns, 0, link->unix_name, sizeof link->unix_name);

	return err == ERR_OK ? column_text(columns, 1, link->name, sizeof link->name) : err;
}

enum err
store_link_add(struct store *store, const char *unix_name, int64_t user)
{
	return sql_change_one(store, SQL_LINK_ADD, VALUES(TEXT(unix_name), NUMBER(user)));
}

enum err
store_link_remove(struct store *store, const char *unix_name)
{
	return sql_change_one(store, SQL_LINK_REMOVE, VALUES(TEXT(unix_name)));
}

enum err
store_link_user(struct store *store, const char *unix_name, int64_t *ret_user)
{
	return sql_row(store, SQL_LINK_USER, VALUES(TEXT(unix_name)), sql_number, ret_user);
}

enum err
store_links(struct store *store, const char *after, struct store_link *links, size_t *io_count)
{
	return sql_rows(store, SQL_LINKS, VALUES(TEXT(after)), read_link, links, sizeof *links,
	    io_count);
}
