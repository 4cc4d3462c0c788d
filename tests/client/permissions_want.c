/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "permissions_want.h"

/*
 * Where a request belongs: nowhere, to every line, to a door before home, home, the host alone. A
 * request that has no row here fails the test.
 */
enum place { NO_ROW, NOWHERE, ANYWHERE, DOORS, HOME, HOME_AND_HOST, HOST_ALONE };

/*
 * Whether somebody at home who may ask, and has typed no proof, is asked for one. Nobody here has a
 * second factor, and nothing waits: proof.sh asks who has one, four_eyes.sh where something does.
 */
enum { FREE, PROOF };

static const struct {
	enum place place;
	enum aim aim;
	int permission;
	int proof;
} ops[WIRE_OP_COUNT] = {
	[WIRE_HELLO] = { NOWHERE, NOBODY, -1, FREE }, /* once, and that was said */
	[WIRE_NEWS] = { NOWHERE, NOBODY, -1, FREE },
	[WIRE_ALIVE] = { ANYWHERE, NOBODY, -1, FREE },
	[WIRE_FIRST_RUN] = { HOST_ALONE, NOBODY, -1, FREE },
	[WIRE_INIT] = { HOST_ALONE, NOBODY, -1, FREE },
	[WIRE_IMPORT_CHECK] = { HOST_ALONE, NOBODY, PERMISSION_USER_ADD, FREE },
	[WIRE_IMPORT_BEGIN] = { HOST_ALONE, NOBODY, PERMISSION_USER_ADD, FREE },
	[WIRE_IMPORT_ADD] = { HOST_ALONE, NOBODY, PERMISSION_USER_ADD, FREE },
	[WIRE_IMPORT_END] = { HOST_ALONE, NOBODY, PERMISSION_USER_ADD, FREE },
	[WIRE_SETTING_SET] = { HOST_ALONE, NOBODY, PERMISSION_SETTINGS_WRITE, FREE },
	[WIRE_BACKUP_MADE] = { HOST_ALONE, NOBODY, -1, FREE },
	[WIRE_KEY_ROTATE] = { HOST_ALONE, NOBODY, -1, FREE },
	[WIRE_AUDIT_PRUNE] = { HOST_ALONE, NOBODY, -1, FREE },
	[WIRE_AUDIT_PRUNED] = { HOST_ALONE, NOBODY, -1, FREE },
	[WIRE_PASSWORD] = { DOORS, NOBODY, -1, FREE },
	[WIRE_CODE] = { DOORS, NOBODY, -1, FREE },
	[WIRE_RECOVERY] = { DOORS, NOBODY, -1, FREE },
	[WIRE_RESYNC] = { DOORS, NOBODY, -1, FREE },
	[WIRE_NEW_PASSWORD] = { DOORS, NOBODY, -1, FREE },
	[WIRE_CODES] = { DOORS, NOBODY, -1, FREE },
	[WIRE_CODES_SAVED] = { DOORS, NOBODY, -1, FREE },
	[WIRE_BACK] = { DOORS, NOBODY, -1, FREE },
	[WIRE_CONFIGURE_LATER] = { DOORS, NOBODY, -1, FREE },
	[WIRE_UNLOCK] = { DOORS, NOBODY, -1, FREE },
	[WIRE_ENROL] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT, PROOF },
	[WIRE_ACTIVATE] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT, FREE },
	[WIRE_HOME] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT, FREE },
	[WIRE_ACCOUNT] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT, FREE },
	[WIRE_DEACTIVATE] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT, FREE },
	[WIRE_RENEW_CODES] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT, FREE },
	[WIRE_NOT_ME] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT, PROOF },
	[WIRE_CHANGE_PASSWORD] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT, PROOF },
	[WIRE_ADMINISTER_END] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT, FREE },
	[WIRE_HAPPENED] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT, FREE },
	[WIRE_HAPPENED_READ] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT, FREE },
	[WIRE_PREFERENCES] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT, FREE },
	[WIRE_DEVICE_ADD] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT, FREE },
	[WIRE_DEVICE_REPLACE] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT, FREE },
	[WIRE_DEVICE_RENAME] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT, FREE },
	[WIRE_DEVICE_REMOVE] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT, FREE },
	[WIRE_DEVICE_LIST] = { HOME_AND_HOST, PERSON, PERMISSION_USER_RESET, FREE },
	[WIRE_WAITING_LIST] = { HOME, NOBODY, PERMISSION_USER_LIST, FREE },
	[WIRE_WAITING_CONFIRM] = { HOME, NOBODY, PERMISSION_SETTINGS_WRITE, FREE },
	[WIRE_WAITING_END] = { HOME, NOBODY, PERMISSION_USER_LIST, FREE },
	[WIRE_LOCK] = { HOME, NOBODY, PERMISSION_OWN_ACCOUNT, FREE },
	[WIRE_SETTINGS_VIEW] = { HOME, NOBODY, PERMISSION_SETTINGS_READ, FREE },
	[WIRE_SETTING_CHANGE] = { HOME, NOBODY, PERMISSION_SETTINGS_WRITE, PROOF },
	[WIRE_SETTING_LIST] = { HOME_AND_HOST, NOBODY, PERMISSION_SETTINGS_READ, FREE },
	[WIRE_AUDIT_LIST] = { HOME_AND_HOST, NOBODY, PERMISSION_AUDIT_READ, FREE },
	[WIRE_AUDIT_CHART] = { HOME_AND_HOST, NOBODY, PERMISSION_AUDIT_READ, FREE },
	[WIRE_USER_LIST] = { HOME_AND_HOST, NOBODY, PERMISSION_USER_LIST, FREE },
	[WIRE_USER_SHOW] = { HOME_AND_HOST, PERSON, PERMISSION_USER_SHOW, FREE },
	[WIRE_USER_ADD] = { HOME_AND_HOST, NEW_PERSON, PERMISSION_USER_ADD, PROOF },
	[WIRE_USER_ENABLE] = { HOME_AND_HOST, PERSON, PERMISSION_USER_DISABLE, PROOF },
	[WIRE_USER_UNLOCK] = { HOME_AND_HOST, PERSON, PERMISSION_USER_UNLOCK, PROOF },
	[WIRE_USER_PASSWORD] = { HOME_AND_HOST, PERSON, PERMISSION_USER_PASSWORD, PROOF },
	[WIRE_USER_RESET] = { HOME_AND_HOST, PERSON, PERMISSION_USER_RESET, PROOF },
	[WIRE_USER_END] = { HOME_AND_HOST, PERSON, PERMISSION_USER_END, PROOF },
	[WIRE_USER_ROLE] = { HOME_AND_HOST, PERSON, PERMISSION_USER_ROLE, PROOF },
	[WIRE_USER_REMOVE] = { HOME_AND_HOST, PERSON, PERMISSION_USER_REMOVE, PROOF },
};

enum aim
want_aim(enum wire_op op)
{
	return ops[op].aim;
}

bool
want_has_row(enum wire_op op)
{
	return ops[op].place != NO_ROW;
}

bool
want_is_home(enum wire_op op)
{
	return ops[op].place == HOME || ops[op].place == HOME_AND_HOST;
}

static bool
may(const struct actor *actor, enum wire_op op, bool self, enum role target)
{
	if (ops[op].permission < 0)
		return true;
	if (ops[op].aim == NOBODY)
		return permission_allows(actor, (enum permission)ops[op].permission);
	return permission_allows_on(actor, (enum permission)ops[op].permission,
	    self ? WANT_ME : WANT_OTHER, target);
}

enum want
want_of(const struct actor *actor, enum wire_op op, bool self, enum role target)
{
	if (ops[op].place == ANYWHERE)
		return ALLOWED;
	if (ops[op].place == NO_ROW || ops[op].place == NOWHERE || ops[op].place == DOORS)
		return CUT;
	if (ops[op].place == (actor->host ? HOME : HOST_ALONE))
		return CUT;
	if (!may(actor, op, self, target))
		return DENIED;
	return ops[op].proof == PROOF && !actor->host ? UNPROVED : ALLOWED;
}
