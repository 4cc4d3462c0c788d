/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "permissions_want.h"

/* Where a request belongs: to a door before home, home, the host alone, or nowhere. */
enum place { NOWHERE, DOORS, HOME, HOME_AND_HOST, HOST_ALONE };

static const struct {
	enum place place;
	enum aim aim;
	int permission;
} ops[WIRE_OP_COUNT] = {
	[WIRE_FIRST_RUN] = { HOST_ALONE, NOBODY, -1 },
	[WIRE_INIT] = { HOST_ALONE, NOBODY, -1 },
	[WIRE_SETTING_SET] = { HOST_ALONE, NOBODY, PERMISSION_SETTINGS_WRITE },
	[WIRE_PASSWORD] = { DOORS, NOBODY, -1 },
	[WIRE_CODE] = { DOORS, NOBODY, -1 },
	[WIRE_RECOVERY] = { DOORS, NOBODY, -1 },
	[WIRE_RESYNC] = { DOORS, NOBODY, -1 },
	[WIRE_NEW_PASSWORD] = { DOORS, NOBODY, -1 },
	[WIRE_CODES] = { DOORS, NOBODY, -1 },
	[WIRE_CODES_SAVED] = { DOORS, NOBODY, -1 },
	[WIRE_BACK] = { DOORS, NOBODY, -1 },
	[WIRE_UNLOCK] = { DOORS, NOBODY, -1 },
	[WIRE_ENROL] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT },
	[WIRE_ACTIVATE] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT },
	[WIRE_HOME] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT },
	[WIRE_ACCOUNT] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT },
	[WIRE_DEACTIVATE] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT },
	[WIRE_RENEW_CODES] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT },
	[WIRE_CHANGE_PASSWORD] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT },
	[WIRE_ADMINISTER_END] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT },
	[WIRE_PREFERENCES] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT },
	[WIRE_LOCK] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT },
	[WIRE_SETTINGS_VIEW] = { HOME, NOBODY, PERMISSION_SETTINGS_READ },
	[WIRE_SETTING_CHANGE] = { HOME, NOBODY, PERMISSION_SETTINGS_WRITE },
	[WIRE_SETTING_LIST] = { HOME_AND_HOST, NOBODY, PERMISSION_SETTINGS_READ },
	[WIRE_AUDIT_LIST] = { HOME_AND_HOST, NOBODY, PERMISSION_AUDIT_READ },
	[WIRE_USER_LIST] = { HOME_AND_HOST, NOBODY, PERMISSION_USER_LIST },
	[WIRE_USER_SHOW] = { HOME_AND_HOST, PERSON, PERMISSION_USER_SHOW },
	[WIRE_USER_ADD] = { HOME_AND_HOST, NEW_PERSON, PERMISSION_USER_ADD },
	[WIRE_USER_ENABLE] = { HOME_AND_HOST, PERSON, PERMISSION_USER_DISABLE },
	[WIRE_USER_UNLOCK] = { HOME_AND_HOST, PERSON, PERMISSION_USER_UNLOCK },
	[WIRE_USER_PASSWORD] = { HOME_AND_HOST, PERSON, PERMISSION_USER_PASSWORD },
	[WIRE_USER_RESET] = { HOME_AND_HOST, PERSON, PERMISSION_USER_RESET },
	[WIRE_USER_END] = { HOME_AND_HOST, PERSON, PERMISSION_USER_END },
	[WIRE_USER_ROLE] = { HOME_AND_HOST, PERSON, PERMISSION_USER_ROLE },
	[WIRE_USER_REMOVE] = { HOME_AND_HOST, PERSON, PERMISSION_USER_REMOVE },
};

enum aim
want_aim(enum wire_op op)
{
	return ops[op].aim;
}

bool
want_is_home(enum wire_op op)
{
	return ops[op].place == HOME || ops[op].place == HOME_AND_HOST;
}

enum want
want_of(const struct actor *actor, enum wire_op op, bool self, enum role target)
{
	if (op == WIRE_ALIVE)
		return ALLOWED;
	if (ops[op].place == NOWHERE || ops[op].place == DOORS)
		return CUT;
	if (ops[op].place == (actor->host ? HOME : HOST_ALONE))
		return CUT;
	if (ops[op].permission < 0)
		return ALLOWED;
	if (ops[op].aim == NOBODY)
		return permission_allows(actor, (enum permission)ops[op].permission) ? ALLOWED
										     : DENIED;
	return permission_allows_on(actor, (enum permission)ops[op].permission,
		   self ? WANT_ME : WANT_OTHER, target)
	    ? ALLOWED
	    : DENIED;
}
