/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/signin.h"

#include <stddef.h>

/* Where an event leads. MOVE_CLOSE, 0, for every pair that the table does not list. */
enum move {
	MOVE_CLOSE,
	MOVE_STAY,  /* nobody is known yet: the facts do not matter */
	MOVE_ON,    /* a door was passed: to the next one that the facts ask for */
	MOVE_HOLD,  /* refused: never further than here */
	MOVE_BACK,  /* to the start */
	MOVE_RENEW, /* to the recovery codes; only with 2FA */
	MOVE_LOCK
};

enum pass { PASS_NONE, PASS_PASSWORD, PASS_CODE };

struct rule {
	enum move move;
	enum pass pass;
	unsigned effects;
};

static const struct rule rules[DOOR_COUNT][SIGNIN_COUNT] = {
	[DOOR_NAME] = {
		[SIGNIN_PASSWORD_GOOD] = { MOVE_ON, PASS_PASSWORD, EFFECT_CLEAR_PASSWORD },
		[SIGNIN_PASSWORD_BAD] = { MOVE_STAY, PASS_NONE, EFFECT_COUNT_PASSWORD },
		[SIGNIN_REFUSED] = { MOVE_STAY, PASS_NONE, 0 },
	},
	[DOOR_CODE] = {
		[SIGNIN_CODE_GOOD] = { MOVE_ON, PASS_CODE, EFFECT_CLEAR_CODE },
		[SIGNIN_RECOVERY_GOOD] = { MOVE_ON, PASS_CODE, EFFECT_CLEAR_CODE },
		[SIGNIN_CODE_BAD] = { MOVE_HOLD, PASS_NONE, EFFECT_COUNT_CODE },
		[SIGNIN_RECOVERY_BAD] = { MOVE_HOLD, PASS_NONE, EFFECT_COUNT_CODE },
		[SIGNIN_REFUSED] = { MOVE_HOLD, PASS_NONE, 0 },
		[SIGNIN_BACK] = { MOVE_BACK, PASS_NONE, EFFECT_FORGET },
	},
	[DOOR_PASSWORD] = {
		[SIGNIN_NEW_PASSWORD] = { MOVE_ON, PASS_NONE, 0 },
		[SIGNIN_NEW_PASSWORD_BAD] = { MOVE_HOLD, PASS_NONE, 0 },
		[SIGNIN_REFUSED] = { MOVE_HOLD, PASS_NONE, 0 },
		[SIGNIN_BACK] = { MOVE_BACK, PASS_NONE, EFFECT_FORGET },
	},
	[DOOR_CONFIGURE] = {
		[SIGNIN_CONFIGURED] = { MOVE_ON, PASS_CODE, EFFECT_CLEAR_CODE },
		[SIGNIN_CONFIGURE_BAD] = { MOVE_HOLD, PASS_NONE, EFFECT_COUNT_CODE },
		[SIGNIN_REFUSED] = { MOVE_HOLD, PASS_NONE, 0 },
		[SIGNIN_BACK] = { MOVE_BACK, PASS_NONE, EFFECT_FORGET },
		/* Where it is required, the next door is this one. */
		[SIGNIN_NOT_NOW] = { MOVE_ON, PASS_NONE, 0 },
	},
	[DOOR_DOUBT] = {
		[SIGNIN_JUDGED] = { MOVE_ON, PASS_NONE, 0 },
		[SIGNIN_REFUSED] = { MOVE_HOLD, PASS_NONE, 0 },
		[SIGNIN_BACK] = { MOVE_BACK, PASS_NONE, EFFECT_FORGET },
	},
	[DOOR_RECOVERY] = {
		[SIGNIN_CODES_SAVED] = { MOVE_ON, PASS_NONE, 0 },
	},
	/*
	 * Configuring from My account: its codes are shown too, and then home again. The rest is
	 * re-authentication.
	 */
	[DOOR_HOME] = {
		[SIGNIN_CONFIGURED] = { MOVE_ON, PASS_CODE, EFFECT_CLEAR_CODE },
		[SIGNIN_CONFIGURE_BAD] = { MOVE_HOLD, PASS_NONE, EFFECT_COUNT_CODE },
		[SIGNIN_REFUSED] = { MOVE_HOLD, PASS_NONE, 0 },
		[SIGNIN_PASSWORD_GOOD] = { MOVE_HOLD, PASS_NONE, EFFECT_CLEAR_PASSWORD },
		[SIGNIN_PASSWORD_BAD] = { MOVE_HOLD, PASS_NONE, EFFECT_COUNT_PASSWORD },
		[SIGNIN_CODE_GOOD] = { MOVE_HOLD, PASS_NONE, EFFECT_CLEAR_CODE },
		[SIGNIN_CODE_BAD] = { MOVE_HOLD, PASS_NONE, EFFECT_COUNT_CODE },
		[SIGNIN_RECOVERY_GOOD] = { MOVE_HOLD, PASS_NONE, EFFECT_CLEAR_CODE },
		[SIGNIN_RECOVERY_BAD] = { MOVE_HOLD, PASS_NONE, EFFECT_COUNT_CODE },
		/* It was not me: with a new password, what else is due comes next. */
		[SIGNIN_NEW_PASSWORD] = { MOVE_ON, PASS_NONE, EFFECT_CLEAR_CODE },
		[SIGNIN_RENEW] = { MOVE_RENEW, PASS_NONE, EFFECT_CLEAR_CODE },
		[SIGNIN_LOCK] = { MOVE_LOCK, PASS_NONE, 0 },
	},
	/*
	 * Unlocking continues like a sign-in after its password or code: if 2FA became mandatory
	 * meanwhile, it is configured now.
	 */
	[DOOR_LOCKED] = {
		[SIGNIN_PASSWORD_GOOD] = { MOVE_ON, PASS_PASSWORD, EFFECT_CLEAR_PASSWORD },
		[SIGNIN_PASSWORD_BAD] = { MOVE_HOLD, PASS_NONE, EFFECT_COUNT_PASSWORD },
		[SIGNIN_CODE_GOOD] = { MOVE_ON, PASS_CODE, EFFECT_CLEAR_CODE },
		[SIGNIN_CODE_BAD] = { MOVE_HOLD, PASS_NONE, EFFECT_COUNT_CODE },
		[SIGNIN_RECOVERY_GOOD] = { MOVE_ON, PASS_CODE, EFFECT_CLEAR_CODE },
		[SIGNIN_RECOVERY_BAD] = { MOVE_HOLD, PASS_NONE, EFFECT_COUNT_CODE },
		[SIGNIN_REFUSED] = { MOVE_HOLD, PASS_NONE, 0 },
	},
};

struct signin
signin_start(void)
{
	return (struct signin){ .door = DOOR_NAME };
}

static struct signin
closed(void)
{
	return (struct signin){ .door = DOOR_CLOSED };
}

/* The first door on the way home that is not passed (DESIGN 2). */
static enum signin_door
next_door(const struct signin *now, const struct signin_facts *facts)
{
	if (facts->has_2fa && !now->code_passed)
		return DOOR_CODE;
	if (facts->password_due)
		return DOOR_PASSWORD;
	if (facts->has_2fa ? facts->replace_due : facts->mandatory)
		return DOOR_CONFIGURE;
	if (facts->has_2fa && facts->codes_unsaved)
		return DOOR_RECOVERY;
	if (facts->doubts)
		return DOOR_DOUBT;
	return DOOR_HOME;
}

/* How far on the way home a door is: the numbers of the doors are in the order in which they came
 * to be. */
static int
place(enum signin_door door)
{
	return door == DOOR_DOUBT ? 2 * DOOR_RECOVERY + 1 : 2 * (int)door;
}

/*
 * Whether the facts still match the doors that were passed. If 2FA disappeared between two doors,
 * it was reset: the session must start over.
 */
static bool
fits(const struct signin *now, const struct signin_facts *facts)
{
	if (facts == NULL || !facts->enabled || !now->password_passed)
		return false;
	if (now->door == DOOR_CODE || now->code_passed)
		return facts->has_2fa;
	return true;
}

static struct signin
go_on(struct signin now, enum pass pass, const struct signin_facts *facts, unsigned *effects)
{
	switch (pass) {
	case PASS_PASSWORD:
		now.password_passed = true;
		now.code_passed = false; /* a code counts after the password only */
		break;
	case PASS_CODE:
		now.code_passed = true;
		break;
	case PASS_NONE:
		break;
	}
	if (!fits(&now, facts))
		return closed();
	now.door = next_door(&now, facts);
	if (now.door == DOOR_HOME && !now.signed_in) {
		now.signed_in = true;
		*effects |= EFFECT_SIGNED_IN;
	}
	return now;
}

/* At home a refusal changes nothing: a pause or a wrong code never ends an open session. */
static struct signin
hold(struct signin now, const struct signin_facts *facts)
{
	bool inside = now.door == DOOR_HOME || now.door == DOOR_LOCKED;
	enum signin_door door;

	if (inside && facts != NULL && facts->enabled && now.password_passed)
		return now;
	if (!fits(&now, facts))
		return closed();
	door = next_door(&now, facts);
	if (place(door) < place(now.door))
		now.door = door;
	return now;
}

static struct signin
renew(struct signin now, const struct signin_facts *facts)
{
	if (!fits(&now, facts) || !facts->has_2fa)
		return closed();
	now.code_passed = true; /* the proof was a code */
	now.door = DOOR_RECOVERY;
	return now;
}

static struct signin
lock(struct signin now, const struct signin_facts *facts)
{
	if (facts == NULL || !facts->enabled || !now.password_passed)
		return closed();
	now.door = DOOR_LOCKED;
	return now;
}

struct signin
signin_next(struct signin now, enum signin_event event, const struct signin_facts *facts,
    unsigned *ret_effects)
{
	const struct rule *rule;
	unsigned effects;

	*ret_effects = 0;
	if ((unsigned)now.door >= DOOR_COUNT || (unsigned)event >= SIGNIN_COUNT)
		return closed();
	rule = &rules[now.door][event];
	effects = rule->effects;
	switch (rule->move) {
	case MOVE_CLOSE:
		now = closed();
		break;
	case MOVE_STAY:
		break;
	case MOVE_ON:
		now = go_on(now, rule->pass, facts, &effects);
		break;
	case MOVE_HOLD:
		now = hold(now, facts);
		break;
	case MOVE_BACK:
		now = signin_start();
		break;
	case MOVE_RENEW:
		now = renew(now, facts);
		break;
	case MOVE_LOCK:
		now = lock(now, facts);
		break;
	}
	/* Closing grants nothing, but a failure still counts. */
	if (now.door == DOOR_CLOSED)
		effects &= EFFECT_COUNT_PASSWORD | EFFECT_COUNT_CODE;
	*ret_effects = effects;
	return now;
}

int64_t
signin_idle_limit(enum signin_door door)
{
	switch (door) {
	case DOOR_NAME:
	case DOOR_CODE:
		return 120;
	case DOOR_PASSWORD:
	case DOOR_CONFIGURE:
	case DOOR_RECOVERY:
	case DOOR_DOUBT:
		return 900;
	case DOOR_HOME:
	case DOOR_LOCKED:
	case DOOR_CLOSED:
	case DOOR_COUNT:
		break;
	}
	return 0;
}
