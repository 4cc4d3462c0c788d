/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The sign-in machine: pure, a table of (state, event) -> (state, effects). A pair
 * that is not in the table closes the session. tests/unit/core/signin.c walks every pair
 * and every sequence to length 7 and asserts the theorem: signed in is reached only
 * through a good password, and then through a good code or recovery code wherever
 * 2FA is configured or mandatory.
 */
#ifndef CORE_SIGNIN_H
#define CORE_SIGNIN_H

#include <stdbool.h>
#include <stdint.h>

#include "core/err.h"

/* Which door the person stands at. Sent on the wire: append, never reorder. */
enum signin_door {
	DOOR_NAME,	/* name and password */
	DOOR_CODE,	/* 6-digit code, recovery code or resynchronisation */
	DOOR_PASSWORD,	/* a new password is due */
	DOOR_CONFIGURE, /* none, mandatory: configure 2FA */
	DOOR_RECOVERY,	/* recovery codes are shown and to be confirmed */
	DOOR_HOME,	/* signed in */
	DOOR_CLOSED,	/* over */
	DOOR_LOCKED,	/* signed in, and locked after a period of inactivity */
	DOOR_DOUBT,	/* before home: authenticators that may be a stranger's, each kept or not */
	DOOR_COUNT
};

enum signin_event {
	SIGNIN_PASSWORD_GOOD, /* name and password fit, enabled, not expired */
	SIGNIN_PASSWORD_BAD,  /* unknown, disabled, expired or wrong: all alike */
	SIGNIN_CODE_GOOD,     /* a fresh code, now spent (also two by resynchronisation) */
	SIGNIN_CODE_BAD,      /* wrong or replayed */
	SIGNIN_RECOVERY_GOOD, /* a recovery code, now used */
	SIGNIN_RECOVERY_BAD,
	SIGNIN_REFUSED,		 /* paused, locked or busy: nothing was evaluated */
	SIGNIN_NEW_PASSWORD,	 /* a new password was stored */
	SIGNIN_NEW_PASSWORD_BAD, /* it was refused by the rules */
	SIGNIN_CONFIGURED,	 /* the pending key became active by a good code, now spent */
	SIGNIN_CONFIGURE_BAD,	 /* wrong code for the pending key */
	SIGNIN_CODES_SAVED,	 /* the recovery codes were confirmed */
	SIGNIN_BACK,		 /* Esc: back to name and password */
	SIGNIN_END,		 /* sign out, hang-up, idle, disabled meanwhile */
	SIGNIN_RENEW,		 /* at home, after a fresh proof: new recovery codes */
	SIGNIN_LOCK,		 /* at home: idle */
	SIGNIN_NOT_NOW,		 /* configuring is left, where it is required no more */
	SIGNIN_JUDGED,		 /* an authenticator was kept or removed, or none is in doubt */
	SIGNIN_COUNT
};

/* Factors passed; identity is stored elsewhere (keeper.h, struct session_state). */
struct signin {
	enum signin_door door;
	bool password_passed;
	bool code_passed; /* by a code, a recovery code, or configuring */
	bool signed_in;	  /* home was reached: EFFECT_SIGNED_IN comes once */
};

/* What decides, read afresh in the request's transaction. */
struct signin_facts {
	bool enabled;
	bool has_2fa;
	bool mandatory; /* the policy */
	bool password_due;
	bool replace_due;   /* "it was not me" was said: 2FA is on by what a stranger may have */
	bool codes_unsaved; /* 2FA is on and its recovery codes were never confirmed */
	bool doubts;	    /* an authenticator was neither kept nor removed after that was said */
};

/* What the keeper must do in the same transaction. */
enum signin_effect {
	EFFECT_COUNT_PASSWORD = 1 << 0, /* one more password failure */
	EFFECT_CLEAR_PASSWORD = 1 << 1, /* of this name and source */
	EFFECT_COUNT_CODE = 1 << 2,
	EFFECT_CLEAR_CODE = 1 << 3,
	EFFECT_SIGNED_IN = 1 << 4, /* last sign-in, known source, audit */
	EFFECT_FORGET = 1 << 5	   /* who it was is forgotten */
};

/* A session that has passed no door. */
struct signin
signin_start(void);

/*
 * The next state and the effects (an OR of enum signin_effect) of an event.
 * facts are of the person the event is about, after the event's own change
 * (SIGNIN_CONFIGURED: has_2fa is true); NULL where there is none. With a
 * disabled person, or a pair that is not in the table, the door is DOOR_CLOSED.
 * A refused password ignores the facts: disabled and unknown must look alike.
 * A refusal never leads further; at home it changes nothing. 2FA that is gone
 * between two doors closes: it was reset meanwhile.
 */
struct signin
signin_next(struct signin now, enum signin_event event, const struct signin_facts *facts,
    unsigned *ret_effects);

/* Seconds that a door may stay idle: 120 or 900; 0 at home (the idle lock rules there). */
int64_t
signin_idle_limit(enum signin_door door);

#endif
