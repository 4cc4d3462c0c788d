/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Commands: which there are for somebody, and running one. What a command is, root's file says; the
 * runner reads that file itself, and believes the keeper only who asks (DESIGN 10). */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "keeper/code.h"
#include "keeper/commands.h"
#include "keeper/op/ops_run.h"
#include "keeper/runner.h"
#include "keeper/session.h"
#include "store/store_run.h"
#include "store/store_user.h"

enum { ROWS = 24, COLUMNS = 80 }; /* of a terminal that does not say */

/* --- the list ---------------------------------------------------------------------------- */

static enum err
fill(const struct request *request, const struct commands_facts *facts, struct wire_command *place)
{
	enum err err;

	*place = (struct wire_command){ .confirm = facts->confirm,
		.code = facts->code,
		.record = facts->record };
	wire_put(place->name, sizeof place->name, facts->name);
	wire_put(place->title, sizeof place->title, facts->title);
	err = store_command_last(request->keeper->store, request->account.id, facts->name,
	    &place->last_run);
	return err == ERR_STORE_NONE ? ERR_OK : err;
}

enum err
op_command_list(struct request *request)
{
	struct wire_command_page_reply *reply = &request->reply->u.command_page;
	struct commands_facts facts[WIRE_COMMANDS_PAGE + 1];
	size_t count = WIRE_COMMANDS_PAGE + 1;
	enum err err = commands_page(request->keeper, request->account.role,
	    request->message->u.command_page.after, facts, &count);

	for (size_t i = 0; err == ERR_OK && i < count && i < WIRE_COMMANDS_PAGE; i++)
		err = fill(request, &facts[i], &reply->command[reply->count++]);
	if (err != ERR_OK)
		return err;
	reply->more = count > WIRE_COMMANDS_PAGE;
	return code_next(request, request->account.id, &reply->next_code);
}

/* --- running one --------------------------------------------------------------------------- */

enum err
op_command_run_check(struct request *request)
{
	const struct wire_run_request *asked = &request->message->u.run;
	struct commands_facts facts;
	enum err err;

	op_row(request, NULL, asked->name);
	if (request->session->run != NULL)
		return ERR_RUN_ALREADY;
	err = runner_room(request->keeper, request->account.id);
	if (err != ERR_OK)
		return err;
	err = commands_find(request->keeper, asked->name, &facts);
	if (err == ERR_OK && (facts.roles & 1u << request->account.role) == 0)
		err = ERR_COMMAND_NONE;
	if (err == ERR_OK && facts.confirm && !asked->confirmed)
		err = ERR_COMMAND_CONFIRM;
	if (err != ERR_OK)
		return err;
	request->prove = facts.code;
	request->reply->u.run.record = facts.record;
	return ERR_OK;
}

static void
fill_order(const struct request *request, struct run_order *order)
{
	order->role = (uint32_t)request->account.role;
	wire_put(order->person, sizeof order->person, request->account.name);
	wire_put(order->source, sizeof order->source, request->state->source);
}

enum err
op_command_run(struct request *request)
{
	const struct wire_run_request *asked = &request->message->u.run;
	struct wire_run_reply *reply = &request->reply->u.run;
	char detail[COMMAND_NAME_SIZE + WIRE_RUN_SIZE + 16];
	struct runner_start *start = NULL;
	/* Again: others may have begun while a proof was looked at. */
	enum err err = runner_room(request->keeper, request->account.id);

	if (err == ERR_OK)
		err = runner_prepare(request->keeper, &start);
	if (err != ERR_OK)
		return err;
	request->outcome->start = start;
	fill_order(request, &start->order);
	start->order.kind = RUN_COMMAND;
	start->order.rows = (uint16_t)(asked->rows == 0 ? ROWS : asked->rows);
	start->order.columns = (uint16_t)(asked->columns == 0 ? COLUMNS : asked->columns);
	start->order.confirmed = asked->confirmed;
	start->order.proven = request->prove;
	wire_put(start->order.name, sizeof start->order.name, asked->name);
	wire_put(start->order.term, sizeof start->order.term, asked->term);
	wire_put(start->order.language, sizeof start->order.language, asked->language);
	wire_put(reply->id, sizeof reply->id, start->order.id);
	wire_put(reply->name, sizeof reply->name, asked->name);
	reply->lasts = session_lasts(request->keeper, request->session, request->boot);
	(void)snprintf(detail, sizeof detail, "%s, run %s", asked->name, start->order.id);
	op_row(request, NULL, detail);
	return store_command_ran(request->keeper->store, request->account.id, asked->name,
	    request->now);
}

/* Who it was only an SSH key tells here, and only one over which that person has signed in. The row
 * is a stranger's: of many a minute one is written. */
enum err
op_remote_refused(struct request *request)
{
	const struct wire_remote_request *asked = &request->message->u.remote;
	char name[TEXT_NAME_SIZE] = "";
	enum err err = op_name_of_key(request, name);

	if (err == ERR_OK && name[0] != '\0')
		err = store_user_by_id(request->keeper->store, request->state->fixed,
		    &request->account, NULL);
	if (err != ERR_OK && err != ERR_STORE_NONE)
		return err;
	op_row(request, NULL, asked->text);
	request->outcome->closing = true;
	return asked->no_terminal ? ERR_TERMINAL : ERR_COMMAND_NONE;
}

/* --- playing what was recorded ---------------------------------------------------------------- */

/* Somebody who is gone is nobody's operator: then only a Super Administrator looks. */
enum err
op_recording_play_check(struct request *request)
{
	const char *id = request->message->u.recording.id;
	int64_t user = 0;
	enum err err;

	op_row(request, NULL, id);
	if (request->session->run != NULL)
		return ERR_RUN_ALREADY;
	err = runner_room(request->keeper, request->account.id);
	if (err != ERR_OK)
		return err;
	err = store_recording_user(request->keeper->store, id, &user);
	if (err == ERR_STORE_NONE)
		return ERR_RECORDING_NONE;
	if (err == ERR_OK && user != 0)
		err = store_user_by_id(request->keeper->store, user, &request->target, NULL);
	if (err == ERR_STORE_NONE || (err == ERR_OK && user == 0))
		return request->actor.role == ROLE_SUPER_ADMINISTRATOR ? ERR_OK : ERR_DENIED;
	if (err != ERR_OK)
		return err;
	op_row(request, request->target.name, id);
	return permission_allows_on(&request->actor, PERMISSION_RECORDING_PLAY, user,
		   request->target.role)
	    ? ERR_OK
	    : ERR_DENIED;
}

enum err
op_recording_play(struct request *request)
{
	const char *id = request->message->u.recording.id;
	struct wire_run_reply *reply = &request->reply->u.run;
	struct runner_start *start = NULL;
	enum err err = runner_prepare(request->keeper, &start);

	if (err != ERR_OK)
		return err;
	request->outcome->start = start;
	fill_order(request, &start->order);
	start->order.kind = RUN_PLAY;
	start->order.rows = start->order.columns = 1;
	wire_put(start->order.name, sizeof start->order.name, id);
	wire_put(reply->id, sizeof reply->id, id);
	return ERR_OK;
}

enum err
op_recording_prune(struct request *request)
{
	const struct wire_recording_prune_request *asked = &request->message->u.recording_prune;
	char detail[64];

	(void)snprintf(detail, sizeof detail, "%u, before %lld", asked->count,
	    (long long)asked->before);
	op_row(request, NULL, detail);
	return store_recording_prune(request->keeper->store, asked->before);
}
