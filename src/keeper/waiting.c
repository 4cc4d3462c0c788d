/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/waiting.h"

#include <stdlib.h>
#include <string.h>

#include "core/clock.h"
#include "core/secret.h"
#include "keeper/notices.h"
#include "keeper/trail.h"
#include "store/store_user.h"

enum { EACH_MOST = 16, EXPIRE_MOST = 8 };

/* --- what waits ------------------------------------------------------------------- */

static bool
makes_super(const struct wire_request *message)
{
	switch (message->op) {
	case WIRE_USER_ADD:
		return message->u.user_add.role == ROLE_SUPER_ADMINISTRATOR;
	case WIRE_USER_ROLE:
		return message->u.user_role.role == ROLE_SUPER_ADMINISTRATOR;
	}
	return false;
}

static bool
switches_off(const struct wire_request *message)
{
	const struct wire_edit *edit = &message->u.setting_change.edit[0];

	return (edit->id == SETTING_REQUIRE_2FA || edit->id == SETTING_FOUR_EYES) &&
	    !policy_is_yes(edit->value);
}

bool
waiting_needed(const struct request *request)
{
	if (request->actor.host || !request->policy.four_eyes)
		return false;
	switch (request->op->waits) {
	case WAITS_NEVER:
		return false;
	case WAITS_OTHERS:
		return request->target.id != request->actor.user;
	case WAITS_SUPER:
		return makes_super(request->message);
	case WAITS_OFF:
		return switches_off(request->message);
	}
	return true;
}

/* --- to the store, and back -------------------------------------------------------- */

static void
keep_add(const struct request *request, struct store_waiting *waiting)
{
	const struct wire_user_add_request *asked = &request->message->u.user_add;

	waiting->role = (enum role)asked->role;
	waiting->invite = asked->invite != 0;
	if (!waiting->invite && request->job != NULL) {
		wire_put(waiting->phc, sizeof waiting->phc, request->job->made);
		waiting->person = request->job->fresh_account;
	}
}

static void
keep_setting(const struct request *request, struct store_waiting *waiting)
{
	const struct wire_edit *edit = &request->message->u.setting_change.edit[0];

	wire_put(waiting->name, sizeof waiting->name,
	    policy_setting((enum setting_id)edit->id)->key);
	wire_put(waiting->value, sizeof waiting->value, edit->value);
}

static struct store_waiting
kept(const struct request *request)
{
	struct store_waiting waiting = { .asker = request->account.id,
		.generation = request->account.generation,
		.person = request->target.id,
		.asked = request->now,
		.until = request->now + CLOCK_WAITING_LONGEST };

	wire_put(waiting.action, sizeof waiting.action, audit_name(request->op->verb));
	wire_put(waiting.name, sizeof waiting.name, request->target.name);
	switch (request->message->op) {
	case WIRE_USER_ADD:
	case WIRE_USER_PASSWORD:
		keep_add(request, &waiting);
		break;
	case WIRE_USER_ROLE:
		waiting.role = (enum role)request->message->u.user_role.role;
		break;
	case WIRE_USER_RESET:
		wire_put(waiting.detail, sizeof waiting.detail, request->row.detail);
		break;
	case WIRE_SETTING_CHANGE:
		keep_setting(request, &waiting);
		break;
	}
	return waiting;
}

enum wire_op
waiting_op(const char *action)
{
	for (uint32_t op = WIRE_NO_OP + 1; op < WIRE_OP_COUNT; op++)
		if (request_op(op)->waits != WAITS_NEVER &&
		    strcmp(audit_name(request_op(op)->verb), action) == 0)
			return (enum wire_op)op;
	return WIRE_NO_OP;
}

/* What a decision about a setting would rest on now; nothing, and it is refused, on a failure. */
static void
see(const struct request *request, enum setting_id id, struct wire_setting_change_request *change)
{
	struct store_counts counts;
	char value[POLICY_VALUE_SIZE];

	if (store_counts(request->keeper->store, request->now, &counts) != ERR_OK)
		return;
	policy_get(&request->policy, id, value);
	change->people = (uint32_t)counts.people;
	change->with_2fa = (uint32_t)counts.with_2fa;
	wire_put(change->edit[0].seen, sizeof change->edit[0].seen, value);
}

/* One that waits stands alone. */
static void
fill_setting(const struct request *request, const struct store_waiting *waiting,
    struct wire_setting_change_request *change)
{
	enum setting_id id;

	if (policy_find(waiting->name, &id) != ERR_OK)
		return;
	change->count = 1;
	change->edit[0].id = id;
	wire_put(change->edit[0].value, sizeof change->edit[0].value, waiting->value);
	see(request, id, change);
}

/* The message again; of a setting with what is true now, for its asker saw a former state. */
static void
fill(const struct request *request, const struct store_waiting *waiting,
    struct wire_request *message)
{
	wire_request_init(message, waiting_op(waiting->action));
	switch (message->op) {
	case WIRE_USER_ADD:
	case WIRE_USER_PASSWORD:
		message->u.user_add.role = (uint8_t)waiting->role;
		message->u.user_add.invite = waiting->invite;
		wire_put(message->u.user_add.name, sizeof message->u.user_add.name, waiting->name);
		break;
	case WIRE_USER_ROLE:
		message->u.user_role.role = (uint8_t)waiting->role;
		wire_put(message->u.user_role.name, sizeof message->u.user_role.name,
		    waiting->name);
		break;
	case WIRE_USER_RESET:
		wire_put(message->u.user_reset.name, sizeof message->u.user_reset.name,
		    waiting->name);
		wire_put(message->u.user_reset.reason, sizeof message->u.user_reset.reason,
		    waiting->detail);
		break;
	case WIRE_SETTING_CHANGE:
		fill_setting(request, waiting, &message->u.setting_change);
		break;
	}
}

/* --- asking ------------------------------------------------------------------------- */

enum err
waiting_ask(struct request *request)
{
	struct store *store = request->keeper->store;
	struct store_waiting waiting = kept(request);
	int64_t mine = 0, seconds = 0;
	enum err err = store_seconds(store, request->account.id, request->target.id, &seconds);

	if (err == ERR_OK && seconds == 0)
		err = request->op->alone;
	if (err == ERR_OK)
		err = store_waiting_count(store, request->account.id, &mine);
	if (err == ERR_OK && mine >= EACH_MOST)
		err = ERR_WAITS_FULL;
	if (err == ERR_OK)
		err = store_waiting_add(store, &waiting);
	secret_wipe(waiting.phc, sizeof waiting.phc);
	if (err == ERR_OK)
		err = notice_waiting(request, AUDIT_WAIT, &waiting);
	if (err != ERR_OK)
		return err == ERR_STORE_EXISTS ? ERR_WAITS_ALREADY : err;
	/* The row tells what was asked for, and of whom. */
	wire_put(request->row.detail, sizeof request->row.detail, waiting.action);
	wire_put(request->row.target, sizeof request->row.target, waiting.name);
	request->row.verb = AUDIT_WAIT;
	request->waits = true;
	request->outcome->news = true;
	return ERR_OK;
}

/* --- what was asked for, done -------------------------------------------------------- */

enum err
waiting_find(struct request *request, int64_t id, struct store_waiting *ret_waiting)
{
	enum err err = store_waiting_one(request->keeper->store, id, ret_waiting);

	if (err != ERR_OK)
		return err == ERR_STORE_NONE ? ERR_WAITING_GONE : err;
	if (!ret_waiting->stands || !clock_open(CLOCK_WAITING, ret_waiting->until, request->now) ||
	    waiting_op(ret_waiting->action) == WIRE_NO_OP)
		return ERR_WAITING_GONE;
	return ERR_OK;
}

/* Who asked, read afresh, and whether they may. */
static enum err
read_asker(struct request *sub, const struct store_waiting *waiting)
{
	enum err err = store_user_by_id(sub->keeper->store, waiting->asker, &sub->account, NULL);

	if (err != ERR_OK)
		return err == ERR_STORE_NONE ? ERR_WAITING_GONE : err;
	if (!sub->account.enabled || sub->account.generation != waiting->generation)
		return ERR_WAITING_GONE;
	sub->actor = (struct actor){ .user = sub->account.id, .role = sub->account.role };
	return permission_allows(&sub->actor, (enum permission)sub->op->permission) ? ERR_OK
										    : ERR_DENIED;
}

/* The name may have gone to somebody else meanwhile. */
static bool
same_person(const struct request *sub, const struct store_waiting *waiting)
{
	return sub->message->op == WIRE_USER_ADD || sub->target.id == waiting->person;
}

static enum err
step(struct request *sub, const struct waiting_run *run, struct hash_job *job)
{
	enum err err = read_asker(sub, run->waiting);

	if (err == ERR_OK)
		err = sub->op->check(sub);
	if (err == ERR_OK && !same_person(sub, run->waiting))
		err = ERR_STALE;
	if (err != ERR_OK)
		return err;
	switch (run->step) {
	case WAITING_CHECK:
		return ERR_OK;
	case WAITING_PREPARE:
		return sub->op->prepare == NULL ? ERR_OK : sub->op->prepare(sub, job);
	case WAITING_DO:
		return sub->op->handle(sub);
	}
	return ERR_STATE;
}

enum err
waiting_run(struct request *request, struct waiting_run *run, struct hash_job *job)
{
	struct wire_request *message = calloc(1, sizeof *message);
	struct wire_reply *reply = calloc(1, sizeof *reply);
	struct request *sub = calloc(1, sizeof *sub);
	enum err err = ERR_MEMORY;

	if (message == NULL || reply == NULL || sub == NULL)
		goto out;
	fill(request, run->waiting, message);
	*sub = *request;
	sub->op = request_op(message->op);
	sub->message = message;
	sub->reply = reply;
	sub->job = job;
	sub->target = (struct account){ 0 };
	sub->row = (struct request_row){ .verb = sub->op->verb };
	err = step(sub, run, job);
	run->row = sub->row;
	if (err == ERR_OK && (message->op == WIRE_USER_ADD || message->op == WIRE_USER_PASSWORD))
		run->answer = reply->u.user_add;
	/* Of a setting it would be the place of an edit that nobody here made. */
	if (sub->reply->wait > 0 && message->op != WIRE_SETTING_CHANGE)
		request->reply->wait = sub->reply->wait;
out:
	if (reply != NULL)
		secret_wipe(reply, sizeof *reply);
	free(reply);
	free(message);
	free(sub);
	return err;
}

/* --- in time --------------------------------------------------------------------------- */

static enum err
expire(struct request *request, const struct store_waiting *waiting)
{
	enum err err = store_waiting_remove(request->keeper->store, waiting->id);

	if (err == ERR_OK)
		err = trail_keeper(request->keeper, AUDIT_WAIT_EXPIRE, waiting->asker_name,
		    waiting->name, waiting->action, request->now);
	return err == ERR_OK ? notice_waiting(request, AUDIT_WAIT_EXPIRE, waiting) : err;
}

enum err
waiting_expire(struct request *request)
{
	struct store_waiting rows[EXPIRE_MOST];
	size_t count = EXPIRE_MOST;
	int64_t after = 0;
	enum err err = ERR_OK;

	while (err == ERR_OK && count == EXPIRE_MOST) {
		err = store_waiting_page(request->keeper->store, after, 0, rows, &count);
		for (size_t i = 0; err == ERR_OK && i < count; i++) {
			after = rows[i].id;
			if (!rows[i].stands ||
			    !clock_open(CLOCK_WAITING, rows[i].until, request->now))
				err = expire(request, &rows[i]);
		}
		secret_wipe(rows, sizeof rows);
	}
	return err;
}
