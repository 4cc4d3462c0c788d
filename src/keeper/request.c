/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/request.h"

#include <stdlib.h>
#include <string.h>

#include "keeper/audit.h"
#include "keeper/guess.h"

struct signin_facts
request_facts(const struct account *account, const struct policy *policy)
{
	return (struct signin_facts){
		.enabled = account->enabled,
		.has_2fa = account->devices > 0,
		.mandatory = policy_requires(policy, account->role),
		.password_due = account->password_due,
		.codes_unsaved = account->devices > 0 && !account->recovery_saved,
	};
}

enum err
request_end_others(struct turn *turn, int64_t user, bool configuring)
{
	struct keeper *keeper = turn->keeper;

	if (keeper->ended_count == KEEPER_ENDED_MAX)
		return ERR_BUSY;
	keeper->ended[keeper->ended_count++] = (struct ended){ .user = user,
		.but = turn->session,
		.configuring = configuring };
	return ERR_OK;
}

/* --- effects of the machine ------------------------------------------------ */

static enum err
effect_signed_in(struct turn *turn)
{
	struct session_state *state = turn->state;
	struct turn_row said = turn->row;
	enum err err;

	state->before_sign_in = turn->account.last_sign_in;
	state->before_failures = turn->account.failures_since;
	wire_put(state->before_source, sizeof state->before_source, turn->account.last_source);
	err = store_user_signed_in(turn->keeper->store, turn->account.id, turn->now, state->source);
	if (err == ERR_OK)
		err = store_source_put(turn->keeper->store, turn->account.id, state->source,
		    turn->now);
	if (err == ERR_OK)
		err = audit_turn(turn, ERR_OK); /* the step that opened the last door ... */
	turn->row = (struct turn_row){ 0 };
	wire_put(turn->row.action, sizeof turn->row.action,
	    "sign-in"); /* ... and what it amounts to */
	wire_put(turn->row.who, sizeof turn->row.who, said.who);
	return err;
}

static enum err
effect_forget(struct turn *turn)
{
	turn->state->user = 0;
	turn->state->pending = 0;
	turn->state->codes_shown = false;
	turn->state->used_recovery = false;
	return ERR_OK;
}

static const struct {
	unsigned effect;
	enum err (*run)(struct turn *turn);
} effects_table[] = {
	{ EFFECT_COUNT_PASSWORD, guess_password_failed },
	{ EFFECT_CLEAR_PASSWORD, guess_password_passed },
	{ EFFECT_COUNT_CODE, guess_code_failed },
	{ EFFECT_CLEAR_CODE, guess_code_passed },
	{ EFFECT_SIGNED_IN, effect_signed_in },
	{ EFFECT_FORGET, effect_forget },
};

static enum err
run_effects(struct turn *turn, unsigned effects)
{
	enum err err = ERR_OK;

	for (size_t i = 0; err == ERR_OK && i < sizeof effects_table / sizeof effects_table[0]; i++)
		if ((effects & effects_table[i].effect) != 0)
			err = effects_table[i].run(turn);
	return err;
}

/* The facts after the request's own change; at the first door only of whom a good password made
 * known. */
static enum err
advance(struct turn *turn)
{
	struct signin_facts facts;
	const struct signin_facts *known = NULL;
	unsigned effects = 0;
	enum err err;

	if (turn->event == TURN_NO_EVENT)
		return ERR_OK;
	if (turn->account.id != 0 &&
	    (turn->state->signin.door != DOOR_NAME || turn->event == SIGNIN_PASSWORD_GOOD)) {
		err = store_user_by_id(turn->keeper->store, turn->account.id, &turn->account, NULL);
		if (err != ERR_OK)
			return err;
		facts = request_facts(&turn->account, &turn->policy);
		known = &facts;
	}
	turn->state->signin = signin_next(turn->state->signin, (enum signin_event)turn->event,
	    known, &effects);
	if (turn->state->signin.door == DOOR_CLOSED) {
		turn->session->closing = true;
		turn->session->why = ERR_ENDED;
	}
	return run_effects(turn, effects);
}

/* --- who may ask ----------------------------------------------------------- */

static bool
in_place(const struct turn *turn, const struct request_op *op)
{
	const struct session_state *state = turn->state;

	if (turn->request->op == WIRE_HELLO)
		return !state->greeted;
	if (!state->greeted)
		return false;
	if (state->host)
		return op->host;
	if (state->signin.door == DOOR_LOCKED && (op->doors & (1u << DOOR_HOME)) != 0)
		return true; /* answered with ERR_LOCKED */
	return (op->doors & (1u << state->signin.door)) != 0;
}

/* Role, enabled and 2FA state are read afresh in each request's transaction. */
static enum err
read_asker(struct turn *turn)
{
	enum err err = store_policy(turn->keeper->store, &turn->policy);

	turn->actor.host = turn->state->host;
	turn->keeper->idle_lock = turn->policy.idle_lock;
	if (err != ERR_OK || turn->state->user == 0)
		return err;
	err = store_user_by_id(turn->keeper->store, turn->state->user, &turn->account, NULL);
	if (err == ERR_STORE_NONE || (err == ERR_OK && !turn->account.enabled))
		return ERR_ENDED;
	turn->actor.user = turn->account.id;
	turn->actor.role = turn->account.role;
	return err;
}

/* What is asked at home while the lock is closed: no nonsense, for the lock may have closed
 * meanwhile. */
static bool
locked_out(const struct turn *turn, const struct request_op *op)
{
	return !turn->state->host && turn->state->signin.door == DOOR_LOCKED &&
	    (op->doors & (1u << DOOR_LOCKED)) == 0;
}

/* USER_LIST is "user-list" in the trail. */
static void
name_denied(struct turn *turn)
{
	char *action = turn->row.action;

	wire_put(action, sizeof turn->row.action, wire_op_name(turn->request->op));
	for (; *action != '\0'; action++) {
		if (*action >= 'A' && *action <= 'Z')
			*action = (char)(*action - 'A' + 'a');
		else if (*action == '_')
			*action = '-';
	}
}

static enum err
call(struct turn *turn, const struct request_op *op)
{
	enum err err = read_asker(turn);

	if (err == ERR_OK && locked_out(turn, op))
		return ERR_LOCKED;

	if (err == ERR_ENDED) {
		turn->session->closing = true;
		turn->session->why = ERR_ENDED;
	}
	if (err != ERR_OK)
		return err;
	if (op->permission != REQUEST_NO_PERMISSION &&
	    !permission_allows(&turn->actor, (enum permission)op->permission)) {
		name_denied(turn);
		return ERR_DENIED;
	}
	return turn->session->hashed ? op->finish(turn) : op->handle(turn);
}

/* --- the answer ------------------------------------------------------------ */

/* A proof that was good for a change which was then refused is undone with it: neither spent nor
 * counted. */
static void
forget_proof(struct turn *turn)
{
	if (turn->event == SIGNIN_CODE_GOOD || turn->event == SIGNIN_RECOVERY_GOOD ||
	    turn->event == SIGNIN_PASSWORD_GOOD || turn->event == SIGNIN_RENEW)
		turn->event = SIGNIN_REFUSED;
}

/* The change alone stands in the savepoint; counts and the audit row come after it was kept or
 * undone. */
static enum err
change_and_record(struct turn *turn, const struct request_op *op, enum err *ret_verdict)
{
	struct store *store = turn->keeper->store;
	enum err err = store_mark(store), verdict;

	if (err != ERR_OK)
		return err;
	verdict = call(turn, op);
	if (!store_in_turn(store))
		return ERR_FAILED;
	err = verdict == ERR_OK ? store_keep(store) : store_undo(store);
	*ret_verdict = verdict;
	if (err != ERR_OK || turn->deferred || turn->cut)
		return err;
	if (verdict != ERR_OK)
		forget_proof(turn);
	err = guess_shorten(turn);
	if (err == ERR_OK)
		err = advance(turn);
	return err == ERR_OK ? audit_turn(turn, verdict) : err;
}

static void
seal_reply(struct turn *turn, enum err verdict)
{
	struct wire_reply *reply = turn->reply;

	if (verdict != ERR_OK)
		secret_wipe(&reply->u, sizeof reply->u);
	reply->err = (uint32_t)verdict;
	reply->door = (uint32_t)turn->state->signin.door;
	reply->now = turn->now;
}

static enum err
answer(struct turn *turn, const struct request_op *op)
{
	struct session *session = turn->session;
	enum err verdict = ERR_FAILED, err = change_and_record(turn, op, &verdict);

	if (err != ERR_OK)
		return err;
	if (turn->cut)
		session->closing = true;
	if (turn->cut || turn->deferred) {
		secret_wipe(session->reply, sizeof *session->reply);
		free(session->reply);
		session->reply = NULL;
		return ERR_OK;
	}
	seal_reply(turn, verdict);
	return ERR_OK;
}

/* No console asks for what is not at the door where it stands: whoever passed one leaves a row, and
 * the line is cut. */
static enum err
out_of_place(struct turn *turn)
{
	enum err err;

	turn->session->closing = true;
	if (turn->state->user == 0)
		return ERR_OK;
	err = store_user_by_id(turn->keeper->store, turn->state->user, &turn->account, NULL);
	if (err != ERR_OK)
		return err == ERR_STORE_NONE ? ERR_OK : err;
	wire_put(turn->row.action, sizeof turn->row.action, wire_op_name(turn->request->op));
	return audit_turn(turn, ERR_DENIED);
}

enum err
request_answer(struct keeper *keeper, struct session *session, int64_t now)
{
	const struct request_op *op = request_op(session->request->op);
	struct turn turn = { .keeper = keeper,
		.session = session,
		.request = session->request,
		.now = now,
		.state = &session->after,
		.event = TURN_NO_EVENT };
	enum err err;

	session->after = session->state;
	if (op->handle == NULL || !in_place(&turn, op))
		return out_of_place(&turn);
	session->reply = calloc(1, sizeof *session->reply);
	if (session->reply == NULL)
		return ERR_MEMORY;
	wire_reply_init(session->reply, (enum wire_op)session->request->op);
	turn.reply = session->reply;
	err = answer(&turn, op);
	secret_wipe(&turn, sizeof turn);
	return err;
}

enum err
request_lock(struct keeper *keeper, struct session *session, int64_t now)
{
	const struct signin_facts facts = {
		.enabled = true
	}; /* a disabled person's session has been ended */
	unsigned effects = 0;

	session->after = session->state;
	session->after.signin = signin_next(session->state.signin, SIGNIN_LOCK, &facts, &effects);
	return audit_session(keeper, session, "lock", "ok", now);
}
