/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for a second Super Administrator: listed, confirmed, refused, withdrawn. */
#include <stdio.h>
#include <string.h>

#include "core/secret.h"
#include "keeper/code.h"
#include "keeper/notices.h"
#include "keeper/op/ops.h"
#include "keeper/trail.h"
#include "keeper/waiting.h"

/* --- the list ------------------------------------------------------------------- */

/* Neither who asked nor whom it is about. */
static bool
is_second(const struct request *request, const struct store_waiting *waiting)
{
	return request->actor.role == ROLE_SUPER_ADMINISTRATOR &&
	    waiting->asker != request->account.id && waiting->person != request->account.id;
}

static void
put_row(const struct request *request, const struct store_waiting *waiting,
    struct wire_waiting *row)
{
	row->id = waiting->id;
	row->asked = waiting->asked;
	row->until = waiting->until;
	row->what = waiting_op(waiting->action);
	row->role = (uint8_t)waiting->role;
	row->invite = waiting->invite;
	row->mine = waiting->asker == request->account.id;
	row->second = is_second(request, waiting);
	wire_put(row->asker, sizeof row->asker, waiting->asker_name);
	wire_put(row->name, sizeof row->name, waiting->name);
	wire_put(row->detail, sizeof row->detail, waiting->detail);
	wire_put(row->value, sizeof row->value, waiting->value);
}

/* Super Administrators see all of it, others what they asked for themselves. */
static int64_t
whose(const struct request *request)
{
	return request->actor.role == ROLE_SUPER_ADMINISTRATOR ? 0 : request->account.id;
}

enum err
op_waiting_list(struct request *request)
{
	struct wire_waiting_page_reply *reply = &request->reply->u.waiting_page;
	struct store_waiting rows[WIRE_WAITING_PAGE + 1];
	size_t count = WIRE_WAITING_PAGE + 1;
	enum err err = waiting_expire(request);

	if (err == ERR_OK)
		err = code_next(request, request->account.id, &reply->next_code);
	if (err == ERR_OK)
		err = store_waiting_page(request->keeper->store,
		    request->message->u.waiting_page.after, whose(request), rows, &count);
	if (err != ERR_OK)
		return err;
	reply->more = count > WIRE_WAITING_PAGE;
	reply->count = (uint32_t)(reply->more ? WIRE_WAITING_PAGE : count);
	for (size_t i = 0; i < reply->count; i++)
		put_row(request, &rows[i], &reply->row[i]);
	secret_wipe(rows, sizeof rows);
	return ERR_OK;
}

enum err
op_waiting_number(struct request *request, uint32_t *ret_number)
{
	struct store_waiting rows[WIRE_WAITING_PAGE];
	size_t count = WIRE_WAITING_PAGE;
	enum err err = waiting_expire(request);

	*ret_number = 0;
	if (err == ERR_OK && permission_allows(&request->actor, PERMISSION_USER_LIST))
		err = store_waiting_page(request->keeper->store, 0, whose(request), rows, &count);
	else
		return err;
	secret_wipe(rows, sizeof rows);
	if (err == ERR_OK)
		*ret_number = (uint32_t)count;
	return err;
}

/* --- confirming ------------------------------------------------------------------- */

enum err
op_waiting_confirm_check(struct request *request)
{
	struct store_waiting waiting;
	struct waiting_run run = { .step = WAITING_CHECK, .waiting = &waiting };
	enum err err = waiting_find(request, request->message->u.waiting.id, &waiting);

	if (err != ERR_OK)
		return err;
	op_row(request, waiting.name, waiting.action);
	if (!is_second(request, &waiting))
		err = ERR_WAITING_OWN;
	else if (request->account.devices == 0)
		err = ERR_NOT_CONFIGURED;
	if (err == ERR_OK)
		err = waiting_run(request, &run, NULL);
	request->hash_first = waiting.invite;
	secret_wipe(&waiting, sizeof waiting);
	return err;
}

enum err
op_waiting_confirm_prepare(struct request *request, struct hash_job *job)
{
	struct store_waiting waiting;
	struct waiting_run run = { .step = WAITING_PREPARE, .waiting = &waiting };
	enum err err = waiting_find(request, request->message->u.waiting.id, &waiting);

	return err == ERR_OK ? waiting_run(request, &run, job) : err;
}

/* The change has a row of its own, which names who asked; then comes that it was confirmed. */
static enum err
record(struct request *request, const struct store_waiting *waiting, const struct waiting_run *run)
{
	const struct request_row confirmed = request->row;
	char detail[TEXT_REASON_SIZE + TEXT_NAME_SIZE + 16];
	enum err err;

	snprintf(detail, sizeof detail, "%s%sasked by %s", run->row.detail,
	    run->row.detail[0] != '\0' ? "; " : "", waiting->asker_name);
	request->row.verb = run->row.verb;
	op_row(request, run->row.target, detail);
	err = trail_request(request, ERR_OK);
	request->row = confirmed;
	snprintf(detail, sizeof detail, "%s asked by %s", waiting->action, waiting->asker_name);
	op_row(request, waiting->name, detail);
	return err;
}

/* Of a typed password the hash was made when it was asked for. */
static enum err
run_it(struct request *request, const struct store_waiting *waiting, struct waiting_run *run)
{
	struct hash_job made = { .fresh_account = waiting->person };
	struct hash_job back = { 0 };
	enum err err;

	wire_put(made.made, sizeof made.made, waiting->phc);
	if (request->job != NULL)
		back = *request->job;
	err = waiting_run(request, run, request->job != NULL ? &back : &made);
	secret_wipe(&made, sizeof made);
	secret_wipe(&back, sizeof back);
	return err;
}

/* Two at once: whoever removes the row does it. */
enum err
op_waiting_confirm(struct request *request)
{
	struct store_waiting waiting;
	struct waiting_run run = { .step = WAITING_DO, .waiting = &waiting };
	enum err err = waiting_find(request, request->message->u.waiting.id, &waiting);

	if (err == ERR_OK)
		err = store_waiting_remove(request->keeper->store, waiting.id);
	if (err == ERR_OK)
		err = run_it(request, &waiting, &run);
	if (err == ERR_OK)
		err = record(request, &waiting, &run);
	if (err == ERR_OK)
		err = notice_waiting(request, AUDIT_WAIT_CONFIRM, &waiting);
	if (err == ERR_OK)
		request->reply->u.user_add = run.answer;
	request->outcome->news = true;
	secret_wipe(&run.answer, sizeof run.answer);
	secret_wipe(&waiting, sizeof waiting);
	return err;
}

/* --- ending it ----------------------------------------------------------------------- */

/* Its asker withdraws it; a second Super Administrator refuses it. */
enum err
op_waiting_end_check(struct request *request)
{
	struct store_waiting waiting;
	enum err err = waiting_find(request, request->message->u.waiting.id, &waiting);
	bool mine = err == ERR_OK && waiting.asker == request->account.id;

	if (err != ERR_OK)
		return err;
	request->row.verb = mine ? AUDIT_WAIT_WITHDRAW : AUDIT_WAIT_REFUSE;
	op_row(request, waiting.name, waiting.action);
	if (!mine && request->actor.role != ROLE_SUPER_ADMINISTRATOR)
		err = ERR_DENIED;
	else if (!mine && !is_second(request, &waiting))
		err = ERR_WAITING_OWN;
	secret_wipe(&waiting, sizeof waiting);
	return err;
}

enum err
op_waiting_end(struct request *request)
{
	struct store_waiting waiting;
	enum err err = waiting_find(request, request->message->u.waiting.id, &waiting);

	if (err == ERR_OK)
		err = store_waiting_remove(request->keeper->store, waiting.id);
	if (err == ERR_OK)
		err = notice_waiting(request, request->row.verb, &waiting);
	request->outcome->news = true;
	secret_wipe(&waiting, sizeof waiting);
	return err;
}
