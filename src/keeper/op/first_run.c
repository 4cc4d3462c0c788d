/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first Super Administrator: from the screen of a first run, or by `init`. */
#include <string.h>

#include "keeper/guess.h"
#include "keeper/op/ops.h"
#include "store/store_user.h"

_Static_assert(sizeof(struct wire_first_run_request) == sizeof(struct wire_init_request),
    "read alike");

/* The name in its normal form is in request->target then. */
enum err
op_first_run_check(struct request *request)
{
	const char *name = request->message->u.first_run.name;
	struct account *target = &request->target;
	struct store_counts counts;
	enum err err = store_counts(request->keeper->store, request->now, &counts);

	if (err == ERR_OK && counts.supers > 0)
		err = ERR_SET_UP;
	if (err == ERR_OK)
		err = text_name(name, strlen(name), target->name, NULL);
	target->role = ROLE_SUPER_ADMINISTRATOR;
	return err == ERR_OK ? text_name_scripts(target->name) : err;
}

enum err
op_first_run_prepare(struct request *request, struct hash_job *job)
{
	enum err err = op_chosen_password(request, request->message->u.first_run.password,
	    &request->target, &job->fresh);

	if (err == ERR_OK)
		err = store_user_reserve(request->keeper->store, &job->fresh_account);
	return err;
}

static enum err
add_super(struct request *request, struct account *account)
{
	const char *name = request->message->u.first_run.name;
	char fold[TEXT_FOLD_SIZE];
	enum err err = text_name(name, strlen(name), account->name, fold);

	account->id = request->job->fresh_account;
	account->role = ROLE_SUPER_ADMINISTRATOR;
	account->enabled = true;
	account->created = request->now;
	if (err == ERR_OK)
		err = store_user_add(request->keeper->store, account, fold, request->job->made,
		    &account->id);
	return err == ERR_STORE_EXISTS ? ERR_NAME_TAKEN : err;
}

/* After FIRST_RUN the line belongs to the person just made, who stands behind the first door; after
 * INIT it stays the host's. */
enum err
op_first_run(struct request *request)
{
	struct account account = { 0 };
	enum err err = add_super(request, &account);

	if (err == ERR_OK)
		err = guess_name_hash(request->keeper, account.name, request->name_hash);
	if (err != ERR_OK)
		return err;
	op_row(request, account.name, role_word(account.role));
	if (request->message->op == WIRE_INIT)
		return ERR_OK;
	request->account = account;
	request->state->host = false;
	request->state->user = account.id;
	request->state->generation = account.generation;
	request->event = SIGNIN_PASSWORD_GOOD;
	wire_put(request->reply->u.signin.name, sizeof request->reply->u.signin.name, account.name);
	return ERR_OK;
}
