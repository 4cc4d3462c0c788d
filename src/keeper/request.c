/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/request.h"

#include <stdlib.h>
#include <string.h>

#include "keeper/effects.h"
#include "keeper/guess.h"
#include "keeper/proof.h"
#include "keeper/session.h"
#include "keeper/trail.h"
#include "keeper/waiting.h"
#include "store/store_user.h"

/* --- who may ask ----------------------------------------------------------- */

static bool
in_place(const struct request *request)
{
	const struct session_state *state = request->state;
	const struct request_op *op = request->op;

	if (request->message->op == WIRE_HELLO)
		return !state->greeted;
	if (!state->greeted)
		return false;
	if (state->kind == WIRE_PAM || state->kind == WIRE_KEYS || state->kind == WIRE_RUNNER)
		return (op->kinds & 1u << state->kind) != 0;
	if (state->host)
		return op->host;
	if (state->signin.door == DOOR_LOCKED && (op->doors & (1u << DOOR_HOME)) != 0)
		return true; /* answered with ERR_LOCKED */
	return (op->doors & (1u << state->signin.door)) != 0;
}

/*
 * Role, enabled, 2FA state and generation are read afresh in each request's transaction. An old
 * generation ends the session here and now, whatever it has in flight (DESIGN 4).
 */
static enum err
read_asker(struct request *request)
{
	enum err err = store_policy(request->keeper->store, &request->policy);

	request->actor.host = request->state->host;
	if (err != ERR_OK || request->state->user == 0)
		return err;
	err = store_user_by_id(request->keeper->store, request->state->user, &request->account,
	    NULL);
	if (err == ERR_STORE_NONE)
		return ERR_ENDED;
	if (err != ERR_OK)
		return err;
	if (!request->account.enabled || request->account.generation != request->state->generation)
		return ERR_ENDED;
	request->actor.user = request->account.id;
	request->actor.role = request->account.role;
	return ERR_OK;
}

/* What is asked at home while the lock is closed. It is no nonsense: the session may just have
 * locked. */
static bool
locked_out(const struct request *request)
{
	return !request->state->host && request->state->signin.door == DOOR_LOCKED &&
	    (request->op->doors & (1u << DOOR_LOCKED)) == 0;
}

static enum err
may_ask(struct request *request)
{
	const struct request_op *op = request->op;
	enum err err = read_asker(request);

	if (err == ERR_ENDED) {
		request->outcome->closing = true;
		request->outcome->why = ERR_ENDED;
	}
	if (err != ERR_OK)
		return err;
	if (locked_out(request))
		return ERR_LOCKED;
	if (op->permission != REQUEST_NO_PERMISSION &&
	    !permission_allows(&request->actor, (enum permission)op->permission))
		return ERR_DENIED;
	return ERR_OK;
}

/* --- a hash first ---------------------------------------------------------- */

static bool
needs_hash(const struct request *request)
{
	if (request->op->hash == HASH_AS_CHECKED)
		return request->hash_first || proof_needs_hash(request);
	return request->op->hash != HASH_NEVER || proof_needs_hash(request);
}

static enum err
start_hash(struct request *request)
{
	enum share share = session_share(request->session);
	struct hash_job *job;
	enum err err = ERR_OK;

	if (!hash_room(request->keeper->pool, share, request->state->group))
		return ERR_BUSY;
	job = calloc(1, sizeof *job);
	if (job == NULL)
		return ERR_MEMORY;
	job->share = share;
	job->group = request->state->group;
	request->outcome->job = job; /* which owns it from here */
	if (request->op->prepare != NULL)
		err = request->op->prepare(request, job);
	if (err == ERR_OK)
		err = proof_prepare(request, job);
	if (err != ERR_OK)
		return err;
	memcpy(job->name_hash, request->name_hash, sizeof job->name_hash);
	request->outcome->kind = OUTCOME_HASH;
	return ERR_OK;
}

/* All that the table says, in one place and one order; then the handler. */
static enum err
call(struct request *request)
{
	const struct request_op *op = request->op;
	enum err err = may_ask(request);

	if (err == ERR_OK && op->check != NULL)
		err = op->check(request);
	if (err != ERR_OK || request->outcome->kind != OUTCOME_ANSWER)
		return err;
	if (request->job == NULL && needs_hash(request))
		return start_hash(request);
	if (request->job != NULL)
		err = request->job->err;
	if (err == ERR_OK)
		err = proof_check(request);
	if (err == ERR_OK)
		err = waiting_needed(request) ? waiting_ask(request) : op->handle(request);
	if (err == ERR_OK)
		proof_passed(request);
	return err;
}

/* --- the answer ------------------------------------------------------------ */

/* A proof that was good for a change which was then refused is undone with it, neither spent nor
 * counted; and nobody is told of a change that there was not. */
static void
refuse(struct request *request)
{
	struct outcome *outcome = request->outcome;

	outcome->news = false;
	outcome->news_for = 0;
	memset(outcome->ends, 0, sizeof outcome->ends);
	if (request->event == SIGNIN_CODE_GOOD || request->event == SIGNIN_RECOVERY_GOOD ||
	    request->event == SIGNIN_PASSWORD_GOOD || request->event == SIGNIN_RENEW)
		request->event = SIGNIN_REFUSED;
}

/* Refusals that cost the client nothing. */
static bool
is_held_back(enum err verdict)
{
	return verdict == ERR_PAUSED || verdict == ERR_CODE_LOCKED || verdict == ERR_NOT_HOST ||
	    verdict == ERR_KIND || verdict == ERR_STORE_FULL;
}

/* A refusal for a pause, or for a full disk, is delayed once: a client that asks at full speed
 * waits (DESIGN 3). */
static bool
hold_back(struct request *request, enum err verdict)
{
	if (!is_held_back(verdict) || request->session->released)
		return false;
	request->outcome->kind = OUTCOME_HOLD;
	request->outcome->until = guess_hold_until(request->boot);
	request->outcome->after = request->session->state;
	request->outcome->closing = false; /* it is told first, and only then goes */
	return true;
}

/* The change alone stands in the savepoint; counts and the audit row come after it was kept or
 * undone. */
static enum err
change_and_record(struct request *request, enum err *ret_verdict)
{
	struct store *store = request->keeper->store;
	enum err err = store_mark(store), verdict;

	if (err != ERR_OK)
		return err;
	verdict = call(request);
	if (!store_in_turn(store))
		return fault_is(verdict) ? verdict : ERR_FAILED;
	err = verdict == ERR_OK ? store_keep(store) : store_undo(store);
	*ret_verdict = verdict;
	if (err != ERR_OK || request->outcome->kind != OUTCOME_ANSWER)
		return err;
	if (hold_back(request, verdict))
		return ERR_OK;
	if (verdict != ERR_OK)
		refuse(request);
	else if (request->op->quiet)
		request->row.verb = AUDIT_NONE;
	if (verdict == ERR_OK) {
		request->outcome->idle_lock = request->policy.idle_lock;
		request->outcome->session_limit = request->policy.session_limit;
	}
	err = guess_clamp(request);
	if (err == ERR_OK)
		err = effects_advance(request);
	return err == ERR_OK ? trail_request(request, verdict) : err;
}

static enum err
true_name(struct request *request, enum err verdict)
{
	struct keeper *keeper = request->keeper;

	verdict = fault_name(&keeper->fault, keeper->directory, verdict, request->boot);
	if (verdict != ERR_OK)
		fault_note(&keeper->fault, verdict, request->boot);
	return verdict;
}

static void
seal_reply(struct request *request, enum err verdict)
{
	struct wire_reply *reply = request->reply;
	int64_t left = request->state->administering - request->boot;

	if (verdict != ERR_OK)
		secret_wipe(&reply->u, sizeof reply->u);
	if (verdict == ERR_OK && request->waits)
		verdict = ERR_WAITS; /* and its member stays all zero */
	verdict = true_name(request, verdict);
	reply->err = (uint32_t)verdict;
	reply->door = (uint32_t)request->state->signin.door;
	reply->now = request->now;
	reply->administering = left > 0 ? request->now + left : 0;
	if (request->state->signin.signed_in && request->account.id == request->state->user)
		reply->role = (uint32_t)request->account.role + 1;
}

static enum err
answer(struct request *request)
{
	struct outcome *outcome = request->outcome;
	enum err verdict = ERR_FAILED, err = change_and_record(request, &verdict);

	if (err != ERR_OK)
		return err;
	if (outcome->kind != OUTCOME_HASH) {
		hash_job_free(outcome->job);
		outcome->job = NULL;
	}
	if (outcome->kind == OUTCOME_ANSWER)
		seal_reply(request, verdict);
	return ERR_OK;
}

static enum err
refuse_for_room(struct request *request)
{
	request->outcome->no_room = true;
	if (!hold_back(request, ERR_STORE_FULL))
		seal_reply(request, ERR_STORE_FULL);
	return ERR_OK;
}

/* Out of state: audit, disconnect. Before the first door there is no row: strangers cost nothing.
 */
static enum err
out_of_place(struct request *request)
{
	enum err err;

	request->outcome->kind = OUTCOME_CUT;
	request->outcome->closing = true;
	if (request->state->user == 0)
		return ERR_OK;
	err = store_user_by_id(request->keeper->store, request->state->user, &request->account,
	    NULL);
	if (err != ERR_OK)
		return err == ERR_STORE_NONE ? ERR_OK : err;
	if (request->row.verb == AUDIT_NONE)
		request->row.verb = AUDIT_MISPLACED;
	return trail_request(request, ERR_DENIED);
}

enum err
request_answer(struct keeper *keeper, struct session *session, int64_t now)
{
	struct request request = { .keeper = keeper,
		.session = session,
		.op = request_op(session->request->op),
		.message = session->request,
		.job = session->job,
		.now = now,
		.boot = session_clock(),
		.outcome = &session->outcome,
		.state = &session->outcome.after,
		.event = REQUEST_NO_EVENT };
	enum err err;

	session->outcome = (struct outcome){ .kind = OUTCOME_ANSWER, .after = session->state };
	request.row.verb = request.op->verb;
	if (request.op->handle == NULL || !in_place(&request))
		return out_of_place(&request);
	request.reply = calloc(1, sizeof *request.reply);
	if (request.reply == NULL)
		return ERR_MEMORY;
	wire_reply_init(request.reply, (enum wire_op)session->request->op);
	session->outcome.reply = request.reply;
	if (room_serves(&keeper->room, session, session->request->op))
		err = answer(&request);
	else
		err = refuse_for_room(&request);
	secret_wipe(&request, sizeof request);
	return err;
}

enum err
request_lock(struct keeper *keeper, struct session *session, int64_t now)
{
	/* A disabled person's session has been ended. */
	const struct signin_facts facts = { .enabled = true };
	struct outcome *outcome = &session->outcome;
	unsigned effects = 0;

	*outcome = (struct outcome){ .kind = OUTCOME_LOCK, .after = session->state };
	outcome->after.signin = signin_next(session->state.signin, SIGNIN_LOCK, &facts, &effects);
	outcome->after.administering = 0;
	outcome->after.replace_until = 0;
	return trail_session(keeper, session, AUDIT_LOCK, "ok", now);
}
