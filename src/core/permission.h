/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Which role has which permission: one table. The keeper asks it for every request; screens ask
 * it only to know what to offer.
 */
#ifndef CORE_PERMISSION_H
#define CORE_PERMISSION_H

#include <stdbool.h>

#include "core/account.h"

enum permission {
	PERMISSION_OWN_ACCOUNT, /* see and change one's own 2FA, password, codes */
	PERMISSION_USER_LIST,
	PERMISSION_USER_SHOW,
	PERMISSION_USER_ADD,
	PERMISSION_USER_DISABLE,
	PERMISSION_USER_ENABLE,
	PERMISSION_USER_UNLOCK,
	PERMISSION_USER_RESET,	  /* reset-2fa */
	PERMISSION_USER_PASSWORD, /* set another person's password */
	PERMISSION_USER_END,	  /* end another person's sessions */
	PERMISSION_USER_SSH_KEYS, /* see, give and take away */
	PERMISSION_USER_ROLE,
	PERMISSION_USER_REMOVE,
	PERMISSION_AUDIT_READ,
	PERMISSION_SETTINGS_READ,
	PERMISSION_SETTINGS_WRITE,
	PERMISSION_COMMANDS,	   /* see and run those of one's role */
	PERMISSION_RECORDING_PLAY, /* of people whom one manages, and one's own */
	PERMISSION_SESSION_LIST,   /* who is here */
	PERMISSION_SESSION_SAY,
	PERMISSION_COUNT
};

/* Who asks: a person with a role, or the host (root or the state's owner). */
struct actor {
	bool host;
	int64_t user;	/* 0 for the host */
	enum role role; /* of the person, read afresh in this transaction */
};

/* Whether the actor has the permission at all. */
bool
permission_allows(const struct actor *actor, enum permission permission);

/*
 * Whether the actor may use the permission on that user, who has that role: an administrator
 * manages operators only, and nobody manages themselves.
 */
bool
permission_allows_on(const struct actor *actor, enum permission permission, int64_t user,
    enum role role);

/* The roles of the people whom the actor sees in a list, 1 << role each. */
unsigned
permission_sees(const struct actor *actor);

#endif
