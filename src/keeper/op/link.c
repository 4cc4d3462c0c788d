/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which person a UNIX account is: said by the host, never guessed from equal names. */
#include <string.h>

#include "keeper/op/ops.h"
#include "store/store_link.h"
#include "store/store_user.h"

/* Printable ASCII without what parts fields in passwd(5) and paths. */
static bool
is_unix_name(const char *name)
{
	size_t length = strlen(name);

	if (length == 0 || name[0] == '-')
		return false;
	for (size_t i = 0; i < length; i++)
		if (name[i] <= ' ' || name[i] > '~' || name[i] == ':' || name[i] == '/')
			return false;
	return true;
}

enum err
op_link_add_check(struct request *request)
{
	const struct wire_link *asked = &request->message->u.link.link;

	op_row(request, asked->name, asked->unix_name);
	if (!is_unix_name(asked->unix_name))
		return ERR_LINK_NAME;
	if (strcmp(asked->unix_name, "root") == 0)
		return ERR_LINK_ROOT;
	return op_find_target(request, asked->name, PERMISSION_USER_SHOW);
}

enum err
op_link_add(struct request *request)
{
	const struct wire_link *asked = &request->message->u.link.link;
	struct store *store = request->keeper->store;
	int64_t user = 0;
	enum err err = store_link_user(store, asked->unix_name, &user);

	if (err == ERR_OK)
		return user == request->target.id ? ERR_OK : ERR_LINK_TAKEN;
	return err == ERR_STORE_NONE ? store_link_add(store, asked->unix_name, request->target.id)
				     : err;
}

enum err
op_link_remove(struct request *request)
{
	const struct wire_link *asked = &request->message->u.link.link;
	struct store *store = request->keeper->store;
	struct account person = { .name = "" };
	int64_t user = 0;
	enum err err = store_link_user(store, asked->unix_name, &user);

	op_row(request, NULL, asked->unix_name);
	if (err == ERR_OK)
		err = store_user_by_id(store, user, &person, NULL);
	if (err == ERR_OK)
		err = store_link_remove(store, asked->unix_name);
	if (err == ERR_OK)
		op_row(request, person.name, asked->unix_name);
	return err == ERR_STORE_NONE ? ERR_LINK_NONE : err;
}

/* One more is asked for, to know whether there is one. */
enum err
op_link_list(struct request *request)
{
	struct wire_link_page_reply *reply = &request->reply->u.link_page;
	struct store_link links[WIRE_LINKS_PAGE + 1];
	size_t count = WIRE_LINKS_PAGE + 1;
	enum err err = store_links(request->keeper->store, request->message->u.link_page.after,
	    links, &count);

	if (err != ERR_OK)
		return err;
	reply->more = count > WIRE_LINKS_PAGE;
	reply->count = (uint32_t)(reply->more ? WIRE_LINKS_PAGE : count);
	for (size_t i = 0; i < reply->count; i++) {
		wire_put(reply->link[i].unix_name, TEXT_NAME_SIZE, links[i].unix_name);
		wire_put(reply->link[i].name, TEXT_NAME_SIZE, links[i].name);
	}
	return ERR_OK;
}
