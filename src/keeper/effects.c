/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/effects.h"

#include "keeper/guess.h"
#include "keeper/trail.h"
#include "store/store_guess.h"
#include "store/store_ssh_key.h"
#include "store/store_user.h"

struct signin_facts
effects_facts(const struct account *account, const struct policy *policy)
{
	return (struct signin_facts){
		.enabled = account->enabled,
		.has_2fa = account->devices > 0,
		.mandatory = policy_requires(policy, account->role),
		.password_due = account->password_due,
		.replace_due = account->devices > 0 && account->alarmed,
		.codes_unsaved = account->devices > 0 && !account->recovery_saved,
		.doubts = account->doubted > 0 || account->keys_doubted > 0,
	};
}

/* What the ended sessions read; of what has no row that the account was changed. */
static const struct {
	enum audit_verb verb;
	enum err why;
} causes[] = {
	{ AUDIT_USER_DISABLE, ERR_ENDED_DISABLED },
	{ AUDIT_USER_REMOVE, ERR_ENDED_REMOVED },
	{ AUDIT_USER_PASSWORD, ERR_ENDED_PASSWORD },
	{ AUDIT_NEW_PASSWORD, ERR_ENDED_CHANGED },
	{ AUDIT_CHANGE_PASSWORD, ERR_ENDED_CHANGED },
	{ AUDIT_NOT_ME, ERR_ENDED_CHANGED },
	{ AUDIT_RESET_2FA, ERR_ENDED_RESET },
	{ AUDIT_DEACTIVATE, ERR_ENDED_FACTORS },
	{ AUDIT_DEVICE_REPLACE, ERR_ENDED_FACTORS },
	{ AUDIT_DEVICE_REMOVE, ERR_ENDED_FACTORS },
	{ AUDIT_USER_END, ERR_ENDED_BY },
};

static enum err
cause_of(enum audit_verb verb)
{
	for (size_t i = 0; i < sizeof causes / sizeof causes[0]; i++)
		if (causes[i].verb == verb)
			return causes[i].why;
	return ERR_ENDED;
}

enum err
effects_end_sessions(struct request *request, int64_t user)
{
	struct outcome_ends ends = { .user = user, .why = cause_of(request->row.verb) };
	enum err err = store_user_raise(request->keeper->store, user, &ends.generation);

	if (err != ERR_OK)
		return err;
	if (user == request->state->user)
		request->state->generation = ends.generation;
	outcome_end(request->outcome, &ends);
	return ERR_OK;
}

/* The step that opened the last door has its row; then comes what it amounts to. */
static enum err
signed_in(struct request *request)
{
	struct session_state *state = request->state;
	struct store *store = request->keeper->store;
	unsigned char hash[SSH_KEY_HASH_SIZE];
	int64_t user = request->account.id;
	enum err err = store_user_signed_in(store, user, request->now, state->source);

	state->before_sign_in = request->account.last_sign_in;
	state->before_failures = request->account.failures_since;
	wire_put(state->before_source, sizeof state->before_source, request->account.last_source);
	if (err == ERR_OK)
		err = store_source_put(store, user, state->source_key, request->now);
	if (err == ERR_OK && ssh_print_read(state->ssh_key, hash) == ERR_OK)
		err = store_ssh_key_used(store, user, hash, request->now);
	/* The invitation, or the reset, was used: where two factors are required later, that
	 * person configures then, instead of being shut out for having come in time. */
	if (err == ERR_OK && request->account.enrol_until != 0)
		err = store_user_set_enrol_until(store, user, 0);
	if (err == ERR_OK)
		err = trail_request(request, ERR_OK);
	request->row = (struct request_row){ .verb = AUDIT_SIGN_IN };
	wire_put(request->row.detail, sizeof request->row.detail, state->with);
	return err;
}

static enum err
forget(struct request *request)
{
	struct session_state *state = request->state;

	state->user = 0;
	state->generation = 0;
	state->codes_shown = false;
	state->deeds = 0;
	state->sign_in = 0;
	state->with[0] = '\0';
	state->used_recovery = false;
	state->replace_until = 0;
	return ERR_OK;
}

static const struct {
	unsigned effect;
	enum err (*run)(struct request *request);
} effects_table[] = {
	{ EFFECT_COUNT_PASSWORD, guess_password_failed },
	{ EFFECT_CLEAR_PASSWORD, guess_password_passed },
	{ EFFECT_COUNT_CODE, guess_code_failed },
	{ EFFECT_CLEAR_CODE, guess_code_passed },
	{ EFFECT_SIGNED_IN, signed_in },
	{ EFFECT_FORGET, forget },
};

static enum err
run(struct request *request, unsigned effects)
{
	enum err err = ERR_OK;

	for (size_t i = 0; err == ERR_OK && i < sizeof effects_table / sizeof effects_table[0]; i++)
		if ((effects & effects_table[i].effect) != 0)
			err = effects_table[i].run(request);
	return err;
}

/* A UNIX account has a second door alone, and whoever asks for it stands at none of ours. */
static unsigned
pam_effects(int event)
{
	if (event == SIGNIN_CODE_GOOD || event == SIGNIN_RECOVERY_GOOD)
		return EFFECT_CLEAR_CODE;
	return event == SIGNIN_CODE_BAD || event == SIGNIN_RECOVERY_BAD ? EFFECT_COUNT_CODE : 0;
}

enum err
effects_advance(struct request *request)
{
	struct session_state *state = request->state;
	const struct signin_facts *known = NULL;
	struct signin_facts facts;
	unsigned effects = 0;
	enum err err;

	if (request->event == REQUEST_NO_EVENT)
		return ERR_OK;
	if (state->kind == WIRE_PAM)
		return run(request, pam_effects(request->event));
	/* No facts until the password is verified. */
	if (request->account.id != 0 &&
	    (state->signin.door != DOOR_NAME || request->event == SIGNIN_PASSWORD_GOOD)) {
		err = store_user_by_id(request->keeper->store, request->account.id,
		    &request->account, NULL);
		if (err != ERR_OK)
			return err;
		facts = effects_facts(&request->account, &request->policy);
		known = &facts;
	}
	state->signin = signin_next(state->signin, (enum signin_event)request->event, known,
	    &effects);
	if (state->signin.door == DOOR_CLOSED) {
		request->outcome->closing = true;
		request->outcome->why = ERR_ENDED;
	}
	return run(request, effects);
}
