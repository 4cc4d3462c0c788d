/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "keeper/guess.h"
#include "keeper/op/ops.h"

enum err
op_user_list(struct turn *turn)
{
	struct wire_user_page_reply *reply = &turn->reply->u.user_page;
	struct account accounts[WIRE_USERS_PAGE + 1];
	size_t count = WIRE_USERS_PAGE + 1;
	char fold[TEXT_FOLD_SIZE];
	enum err err;

	text_name_or_bytes(turn->request->u.user_page.after,
	    strlen(turn->request->u.user_page.after), fold);
	err = store_user_page(turn->keeper->store, fold, accounts, &count);
	if (err != ERR_OK)
		return err;
	reply->more = count > WIRE_USERS_PAGE;
	reply->count = (uint32_t)(reply->more ? WIRE_USERS_PAGE : count);
	for (size_t i = 0; err == ERR_OK && i < reply->count; i++)
		err = op_wire_user(turn, &accounts[i], &reply->user[i]);
	return err;
}

enum err
op_user_show(struct turn *turn)
{
	struct account account;
	char fold[TEXT_FOLD_SIZE];
	enum err err = ERR_NAME_UNKNOWN;

	if (text_name_or_bytes(turn->request->u.user_name.name,
		strlen(turn->request->u.user_name.name), fold))
		err = store_user_by_name(turn->keeper->store, fold, &account, NULL);
	if (err == ERR_STORE_NONE)
		err = ERR_NAME_UNKNOWN;
	return err == ERR_OK ? op_wire_user(turn, &account, &turn->reply->u.user.user) : err;
}

/* There is always at least one enabled Super Administrator. */
enum err
op_keeps_a_super(struct turn *turn, const struct account *account)
{
	struct store_counts counts;
	enum err err;

	if (account->role != ROLE_SUPER_ADMINISTRATOR || !account->enabled)
		return ERR_OK;
	err = store_counts(turn->keeper->store, turn->now, &counts);
	if (err == ERR_OK && counts.supers <= 1)
		err = ERR_LAST_SUPER;
	return err;
}

enum err
op_user_enable(struct turn *turn)
{
	const struct wire_user_enable_request *asked = &turn->request->u.user_enable;
	bool enable = asked->enabled != 0;
	struct account account;
	enum err err;

	op_row(turn, enable ? "user-enable" : "user-disable", asked->name, NULL);
	err = op_find_user(turn, asked->name,
	    enable ? PERMISSION_USER_ENABLE : PERMISSION_USER_DISABLE, &account);
	if (err != ERR_OK)
		return err;
	op_row(turn, turn->row.action, account.name, NULL);
	if (!enable)
		err = op_keeps_a_super(turn, &account);
	if (err == ERR_OK)
		err = store_user_enable(turn->keeper->store, account.id, enable);
	if (err == ERR_OK && !enable)
		err = request_end_others(turn, account.id, false);
	op_news(turn);
	return err;
}

/* The role is read afresh in each request, so that open sessions have the new one at once. */
enum err
op_user_role(struct turn *turn)
{
	const struct wire_user_role_request *asked = &turn->request->u.user_role;
	enum role role = (enum role)asked->role;
	struct account account;
	enum err err;

	op_row(turn, "user-role", asked->name, role_word(role));
	err = op_find_user(turn, asked->name, PERMISSION_USER_ROLE, &account);
	if (err != ERR_OK)
		return err;
	op_row(turn, "user-role", account.name, role_word(role));
	if (role != ROLE_SUPER_ADMINISTRATOR)
		err = op_keeps_a_super(turn, &account);
	if (err == ERR_OK)
		err = store_user_set_role(turn->keeper->store, account.id, role);
	op_news(turn);
	return err;
}

enum err
op_user_remove(struct turn *turn)
{
	const char *name = turn->request->u.user_remove.name;
	struct account account;
	enum err err;

	op_row(turn, "user-remove", name, NULL);
	err = op_find_user(turn, name, PERMISSION_USER_REMOVE, &account);
	if (err != ERR_OK)
		return err;
	op_row(turn, "user-remove", account.name, role_word(account.role));
	err = op_keeps_a_super(turn, &account);
	if (err == ERR_OK)
		err = store_user_remove(turn->keeper->store, account.id);
	if (err == ERR_OK)
		err = request_end_others(turn, account.id, false);
	op_news(turn);
	return err;
}

/* Clears every pause of a name, of passwords and codes. */
enum err
op_user_unlock(struct turn *turn)
{
	const struct throttle none = { 0 };
	unsigned char hash[STORE_HASH_SIZE];
	struct account account;
	enum err err;

	op_row(turn, "user-unlock", turn->request->u.user_unlock.name, NULL);
	err = op_find_user(turn, turn->request->u.user_unlock.name, PERMISSION_USER_UNLOCK,
	    &account);
	if (err != ERR_OK)
		return err;
	op_row(turn, "user-unlock", account.name, NULL);
	err = guess_name_hash(turn->keeper, account.name, hash);
	if (err == ERR_OK)
		err = store_throttle_clear_all(turn->keeper->store, hash);
	if (err == ERR_OK)
		err = store_user_set_code(turn->keeper->store, account.id, &none);
	return err;
}
