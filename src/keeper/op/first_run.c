/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "keeper/guess.h"
#include "keeper/op/ops.h"

_Static_assert(sizeof(struct wire_first_run_request) == sizeof(struct wire_init_request),
    "read alike");

static enum err
not_set_up(struct turn *turn)
{
	struct store_counts counts;
	enum err err = store_counts(turn->keeper->store, turn->now, &counts);

	if (err == ERR_OK && counts.supers > 0)
		err = ERR_SET_UP;
	return err;
}

enum err
op_first_run(struct turn *turn)
{
	const struct wire_first_run_request *asked = &turn->request->u.first_run;
	char name[TEXT_NAME_SIZE], fold[TEXT_FOLD_SIZE];
	struct secret *password = NULL;
	struct hash_job *job = NULL;
	enum err err;

	op_row(turn, "init", NULL, NULL);
	err = not_set_up(turn);
	if (err == ERR_OK)
		err = text_name(asked->name, strlen(asked->name), name, fold);
	if (err == ERR_OK)
		err = text_name_scripts(name);
	if (err == ERR_OK)
		err = op_chosen_password(asked->password, name, &password);
	if (err == ERR_OK)
		err = op_start_hash(turn, fold, &job);
	if (err != ERR_OK) {
		secret_free(password);
		return err;
	}
	job->fresh = password;
	return ERR_OK;
}

static enum err
add_super(struct turn *turn, const struct hash_job *job, struct account *ret_account)
{
	struct account account = { .role = ROLE_SUPER_ADMINISTRATOR,
		.enabled = true,
		.created = turn->now };
	enum err err = text_name(turn->request->u.first_run.name,
	    strlen(turn->request->u.first_run.name), account.name, NULL);

	if (err == ERR_OK)
		err = store_user_add(turn->keeper->store, &account, job->fold, job->made,
		    &account.id);
	if (err == ERR_STORE_EXISTS)
		err = ERR_NAME_TAKEN;
	if (err == ERR_OK)
		*ret_account = account;
	return err;
}

/* After FIRST_RUN the line belongs to the person just made, who stands behind the first door; after
 * INIT it stays the host's. */
enum err
op_first_run_finish(struct turn *turn)
{
	const struct hash_job *job = turn->session->job;
	struct account account;
	enum err err = job->err;

	op_row(turn, "init", NULL, NULL);
	if (err == ERR_OK)
		err = not_set_up(turn);
	if (err == ERR_OK)
		err = add_super(turn, job, &account);
	if (err == ERR_OK)
		err = guess_name_hash(turn->keeper, account.name, turn->name_hash);
	if (err != ERR_OK)
		return err;
	op_row(turn, "init", account.name, role_word(account.role));
	if (turn->request->op == WIRE_INIT)
		return ERR_OK;
	turn->account = account;
	turn->state->host = false;
	turn->state->user = account.id;
	turn->event = SIGNIN_PASSWORD_GOOD;
	wire_put(turn->reply->u.signin.name, sizeof turn->reply->u.signin.name, account.name);
	return ERR_OK;
}
