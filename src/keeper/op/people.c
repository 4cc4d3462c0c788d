/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other people, as they are seen: a page of them, one of them, how many. */
#include <string.h>

#include "keeper/code.h"
#include "keeper/op/ops.h"
#include "store/store_user.h"

/* --- a page -------------------------------------------------------------------- */

/* Who of them is signed in now. */
static void
mark_here(const struct keeper *keeper, const struct account *accounts, size_t count,
    struct wire_user *users)
{
	const struct session *session;

	for (session = keeper->sessions; session != NULL; session = session->next)
		for (size_t i = 0; session->state.signin.signed_in && i < count; i++)
			if (accounts[i].id == session->state.user)
				users[i].here = 1;
}

/* What the beginning of a name is compared as; false: no name begins so. */
static bool
fold_of_beginning(const char *typed, char fold[TEXT_FOLD_SIZE])
{
	if (*typed != '\0')
		return text_name_or_bytes(typed, strlen(typed), fold);
	fold[0] = '\0';
	return true;
}

static enum err
read_page(struct request *request, const char *begins, struct account *accounts, size_t *io_count)
{
	const struct wire_user_page_request *asked = &request->message->u.user_page;
	char fold[TEXT_FOLD_SIZE];
	const struct store_place place = { .fold = fold,
		.last_sign_in = asked->sign_in,
		.role = (enum role)asked->role,
		.standing = (enum people_standing)asked->standing };
	const struct store_people wanted = {
		.order = (enum people_order)request->reply->u.user_page.order,
		.backward = asked->backward != 0,
		.without_2fa = asked->without_2fa != 0,
		.roles = permission_sees(&request->actor),
		.begins = begins,
		.from = asked->after[0] != '\0' ? &place : NULL,
		.now = request->now
	};

	text_name_or_bytes(asked->after, strlen(asked->after), fold);
	return store_user_page(request->keeper->store, &wanted, accounts, io_count);
}

/* One more is asked for, to know whether there is one. */
static enum err
fill_page(struct request *request, const char *begins)
{
	struct wire_user_page_reply *reply = &request->reply->u.user_page;
	struct account accounts[WIRE_USERS_PAGE + 1];
	size_t count = WIRE_USERS_PAGE + 1;
	enum err err = read_page(request, begins, accounts, &count);

	if (err != ERR_OK)
		return err;
	reply->more = count > WIRE_USERS_PAGE;
	reply->count = (uint32_t)(reply->more ? WIRE_USERS_PAGE : count);
	for (size_t i = 0; err == ERR_OK && i < reply->count; i++)
		err = op_wire_user(request, &accounts[i], &reply->user[i]);
	mark_here(request->keeper, accounts, reply->count, reply->user);
	return err;
}

enum err
op_user_list(struct request *request)
{
	const struct wire_user_page_request *asked = &request->message->u.user_page;
	struct wire_user_page_reply *reply = &request->reply->u.user_page;
	char begins[TEXT_FOLD_SIZE];
	enum err err = op_counts(request, &reply->counts);

	if (err == ERR_OK && !request->actor.host)
		err = code_next(request, request->account.id, &reply->next_code);
	reply->order = (uint8_t)people_order((enum people_order)asked->order,
	    asked->begins[0] != '\0');
	if (err != ERR_OK || !fold_of_beginning(asked->begins, begins))
		return err;
	return fill_page(request, begins);
}

/* --- one ---------------------------------------------------------------------------- */

enum err
op_user_show_check(struct request *request)
{
	return op_find_target(request, request->message->u.user_name.name, PERMISSION_USER_SHOW);
}

enum err
op_user_show(struct request *request)
{
	struct wire_user_reply *reply = &request->reply->u.user;
	enum err err = op_wire_user(request, &request->target, &reply->user);

	if (err == ERR_OK && !request->actor.host)
		err = code_next(request, request->account.id, &reply->next_code);
	mark_here(request->keeper, &request->target, 1, &reply->user);
	return err;
}

/* --- how many ------------------------------------------------------------------------- */

enum err
op_counts(struct request *request, struct wire_counts *ret_counts)
{
	const unsigned everybody = (1u << ROLE_COUNT) - 1;
	const unsigned seen = permission_sees(&request->actor);
	struct store_counts counts;
	struct wire_counts shown = { 0 };
	enum err err;

	if (seen == 0) {
		*ret_counts = shown;
		return ERR_OK;
	}
	err = store_counts(request->keeper->store, request->now, &counts);
	if (err != ERR_OK)
		return err;
	shown.people = (uint32_t)(seen == everybody ? counts.people : counts.operators.people);
	shown.with_2fa = (uint32_t)(seen == everybody ? counts.with_2fa
						      : counts.operators.with_2fa);
	shown.paused = (uint32_t)(seen == everybody ? counts.paused : counts.operators.paused);
	*ret_counts = shown;
	return ERR_OK;
}
