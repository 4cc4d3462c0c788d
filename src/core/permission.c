/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/permission.h"

/* On whom a permission is used. */
enum scope {
	SCOPE_NOBODY, /* on no person: a list, the settings */
	SCOPE_SELF,   /* on oneself alone */
	SCOPE_SEEN,   /* on the people one manages, and on oneself */
	SCOPE_OTHERS  /* on the people one manages, never on oneself */
};

/* Who has a permission: one bit a role, and one for the host. */
enum {
	OPERATOR = 1 << ROLE_OPERATOR,
	ADMINISTRATOR = 1 << ROLE_ADMINISTRATOR,
	SUPER = 1 << ROLE_SUPER_ADMINISTRATOR,
	HOST = 1 << ROLE_COUNT
};

static const struct {
	unsigned who;
	enum scope scope;
} rows[PERMISSION_COUNT] = {
	[PERMISSION_OWN_ACCOUNT] = { OPERATOR | ADMINISTRATOR | SUPER, SCOPE_SELF },
	[PERMISSION_USER_LIST] = { ADMINISTRATOR | SUPER | HOST, SCOPE_NOBODY },
	[PERMISSION_USER_SHOW] = { ADMINISTRATOR | SUPER | HOST, SCOPE_SEEN },
	[PERMISSION_USER_ADD] = { ADMINISTRATOR | SUPER | HOST, SCOPE_OTHERS },
	[PERMISSION_USER_DISABLE] = { ADMINISTRATOR | SUPER | HOST, SCOPE_OTHERS },
	[PERMISSION_USER_ENABLE] = { ADMINISTRATOR | SUPER | HOST, SCOPE_OTHERS },
	[PERMISSION_USER_UNLOCK] = { ADMINISTRATOR | SUPER | HOST, SCOPE_OTHERS },
	[PERMISSION_USER_RESET] = { ADMINISTRATOR | SUPER | HOST, SCOPE_OTHERS },
	[PERMISSION_USER_PASSWORD] = { ADMINISTRATOR | SUPER | HOST, SCOPE_OTHERS },
	[PERMISSION_USER_END] = { ADMINISTRATOR | SUPER | HOST, SCOPE_OTHERS },
	[PERMISSION_USER_SSH_KEYS] = { ADMINISTRATOR | SUPER | HOST, SCOPE_OTHERS },
	[PERMISSION_USER_ROLE] = { SUPER | HOST, SCOPE_OTHERS },
	[PERMISSION_USER_REMOVE] = { SUPER | HOST, SCOPE_OTHERS },
	[PERMISSION_AUDIT_READ] = { ADMINISTRATOR | SUPER | HOST, SCOPE_NOBODY },
	[PERMISSION_SETTINGS_READ] = { SUPER | HOST, SCOPE_NOBODY },
	[PERMISSION_SETTINGS_WRITE] = { SUPER | HOST, SCOPE_NOBODY },
	[PERMISSION_COMMANDS] = { OPERATOR | ADMINISTRATOR | SUPER, SCOPE_NOBODY },
	[PERMISSION_RECORDING_PLAY] = { ADMINISTRATOR | SUPER, SCOPE_SEEN },
	[PERMISSION_SESSION_LIST] = { ADMINISTRATOR | SUPER | HOST, SCOPE_NOBODY },
	[PERMISSION_SESSION_SAY] = { ADMINISTRATOR | SUPER | HOST, SCOPE_SEEN },
};

bool
permission_allows(const struct actor *actor, enum permission permission)
{
	if ((unsigned)permission >= PERMISSION_COUNT)
		return false;
	if (actor->host)
		return (rows[permission].who & HOST) != 0;
	if ((unsigned)actor->role >= ROLE_COUNT)
		return false;
	return (rows[permission].who & 1u << actor->role) != 0;
}

/* Whether the actor is a person, and this one. A person's id is never 0. */
static bool
is_self(const struct actor *actor, int64_t user)
{
	return !actor->host && user != 0 && actor->user == user;
}

/* Whether people of that role are managed by the actor. */
static bool
manages(const struct actor *actor, enum role role)
{
	if ((unsigned)role >= ROLE_COUNT)
		return false;
	if (actor->host)
		return true;
	switch (actor->role) {
	case ROLE_SUPER_ADMINISTRATOR:
		return true;
	case ROLE_ADMINISTRATOR:
		return role == ROLE_OPERATOR;
	case ROLE_OPERATOR:
	case ROLE_COUNT:
		break;
	}
	return false;
}

bool
permission_allows_on(const struct actor *actor, enum permission permission, int64_t user,
    enum role role)
{
	if (!permission_allows(actor, permission))
		return false;
	switch (rows[permission].scope) {
	case SCOPE_NOBODY:
		return true;
	case SCOPE_SELF:
		return is_self(actor, user);
	case SCOPE_SEEN:
		return is_self(actor, user) || manages(actor, role);
	case SCOPE_OTHERS:
		return !is_self(actor, user) && manages(actor, role);
	}
	return false;
}

unsigned
permission_sees(const struct actor *actor)
{
	unsigned roles = 0;

	for (int role = 0; role < ROLE_COUNT; role++)
		if (permission_allows(actor, PERMISSION_USER_LIST) &&
		    manages(actor, (enum role)role))
			roles |= 1u << role;
	return roles;
}
