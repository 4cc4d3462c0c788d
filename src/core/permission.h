/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Who may do what: one table of actions and roles. The keeper asks it for every
 * request; screens ask it only to know what to offer.
 */
#ifndef CORE_PERMISSION_H
#define CORE_PERMISSION_H

#include <stdbool.h>

#include "core/account.h"

enum action {
	ACTION_OWN_ACCOUNT, /* see and change one's own 2FA, password, codes */
	ACTION_USER_LIST,
	ACTION_USER_ADD,
	ACTION_USER_DISABLE,
	ACTION_USER_ENABLE,
	ACTION_USER_UNLOCK,
	ACTION_USER_RESET,    /* reset-2fa */
	ACTION_USER_PASSWORD, /* set another person's password */
	ACTION_USER_ROLE,
	ACTION_USER_REMOVE,
	ACTION_AUDIT_READ,
	ACTION_SETTINGS_READ,
	ACTION_SETTINGS_WRITE,
	ACTION_COUNT
};

/* Who asks: a person with a role, or the host (root or the state's owner). */
struct actor {
	bool host;
	int64_t user;	/* 0 for the host */
	enum role role; /* of the person, read afresh in this transaction */
};

/* Whether the actor may do the action at all. */
bool
permission_allows(const struct actor *actor, enum action action);

/*
 * Whether the actor may do the action to a person of that role: an administrator
 * manages operators only; nobody manages themselves by these actions.
 */
bool
permission_allows_on(const struct actor *actor, enum action action, int64_t user, enum role role);

#endif
