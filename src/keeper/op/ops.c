/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/op/ops.h"

#define AT(door) (1u << (door))

#define ANYWHERE ((AT(DOOR_CLOSED) - 1) | AT(DOOR_LOCKED))

static const struct request_op ops[WIRE_OP_COUNT] = {
	[WIRE_HELLO] = { ANYWHERE, true, REQUEST_NO_PERMISSION, op_hello, NULL },
	[WIRE_ALIVE] = { ANYWHERE, true, REQUEST_NO_PERMISSION, op_alive, NULL },
	[WIRE_FIRST_RUN] = { 0, true, REQUEST_NO_PERMISSION, op_first_run, op_first_run_finish },
	[WIRE_INIT] = { 0, true, REQUEST_NO_PERMISSION, op_first_run, op_first_run_finish },
	[WIRE_PASSWORD] = { AT(DOOR_NAME), false, REQUEST_NO_PERMISSION, op_password,
	    op_password_finish },
	[WIRE_CODE] = { AT(DOOR_CODE), false, REQUEST_NO_PERMISSION, op_code, NULL },
	[WIRE_RECOVERY] = { AT(DOOR_CODE), false, REQUEST_NO_PERMISSION, op_recovery, NULL },
	[WIRE_RESYNC] = { AT(DOOR_CODE), false, REQUEST_NO_PERMISSION, op_resync, NULL },
	[WIRE_NEW_PASSWORD] = { AT(DOOR_PASSWORD), false, REQUEST_NO_PERMISSION, op_new_password,
	    op_new_password_finish },
	[WIRE_ENROL] = { AT(DOOR_CONFIGURE) | AT(DOOR_HOME), false, PERMISSION_OWN_ACCOUNT,
	    op_enrol, NULL },
	[WIRE_ACTIVATE] = { AT(DOOR_CONFIGURE) | AT(DOOR_HOME), false, PERMISSION_OWN_ACCOUNT,
	    op_activate, NULL },
	[WIRE_CODES] = { AT(DOOR_RECOVERY), false, PERMISSION_OWN_ACCOUNT, op_codes, NULL },
	[WIRE_CODES_SAVED] = { AT(DOOR_RECOVERY), false, PERMISSION_OWN_ACCOUNT, op_codes_saved,
	    NULL },
	[WIRE_BACK] = { AT(DOOR_CODE) | AT(DOOR_PASSWORD) | AT(DOOR_CONFIGURE), false,
	    REQUEST_NO_PERMISSION, op_back, NULL },
	[WIRE_HOME] = { AT(DOOR_HOME), false, PERMISSION_OWN_ACCOUNT, op_home, NULL },
	[WIRE_USER_ADD] = { AT(DOOR_HOME), true, PERMISSION_USER_ADD, op_user_add,
	    op_user_add_finish },
	[WIRE_USER_LIST] = { AT(DOOR_HOME), true, PERMISSION_USER_LIST, op_user_list, NULL },
	[WIRE_USER_SHOW] = { AT(DOOR_HOME), true, PERMISSION_USER_LIST, op_user_show, NULL },
	[WIRE_USER_ENABLE] = { AT(DOOR_HOME), true, PERMISSION_USER_DISABLE, op_user_enable, NULL },
	[WIRE_USER_UNLOCK] = { AT(DOOR_HOME), true, PERMISSION_USER_UNLOCK, op_user_unlock, NULL },
	[WIRE_SETTING_LIST] = { AT(DOOR_HOME), true, PERMISSION_SETTINGS_READ, op_setting_list,
	    NULL },
	[WIRE_SETTING_SET] = { 0, true, PERMISSION_SETTINGS_WRITE, op_setting_set, NULL },
	[WIRE_ACCOUNT] = { AT(DOOR_HOME), false, PERMISSION_OWN_ACCOUNT, op_account, NULL },
	[WIRE_LOCK] = { AT(DOOR_HOME), false, REQUEST_NO_PERMISSION, op_lock, NULL },
	[WIRE_UNLOCK] = { AT(DOOR_LOCKED), false, REQUEST_NO_PERMISSION, op_unlock, op_unlock },
	[WIRE_DEACTIVATE] = { AT(DOOR_HOME), false, PERMISSION_OWN_ACCOUNT, op_deactivate, NULL },
	[WIRE_RENEW_CODES] = { AT(DOOR_HOME), false, PERMISSION_OWN_ACCOUNT, op_renew_codes, NULL },
	[WIRE_CHANGE_PASSWORD] = { AT(DOOR_HOME), false, PERMISSION_OWN_ACCOUNT, op_change_password,
	    op_change_password_finish },
	[WIRE_SETTINGS_VIEW] = { AT(DOOR_HOME), false, PERMISSION_SETTINGS_READ, op_settings_view,
	    NULL },
	[WIRE_SETTING_CHANGE] = { AT(DOOR_HOME), false, PERMISSION_SETTINGS_WRITE,
	    op_setting_change, op_setting_change },
	[WIRE_USER_PASSWORD] = { AT(DOOR_HOME), true, PERMISSION_USER_PASSWORD, op_user_password,
	    op_user_password_finish },
	[WIRE_USER_RESET] = { AT(DOOR_HOME), true, PERMISSION_USER_RESET, op_user_reset, NULL },
	[WIRE_USER_ROLE] = { AT(DOOR_HOME), true, PERMISSION_USER_ROLE, op_user_role, NULL },
	[WIRE_USER_REMOVE] = { AT(DOOR_HOME), true, PERMISSION_USER_REMOVE, op_user_remove, NULL },
	[WIRE_AUDIT_LIST] = { AT(DOOR_HOME), true, PERMISSION_AUDIT_READ, op_audit_list, NULL },
};

const struct request_op *
request_op(uint32_t op)
{
	return &ops[op < WIRE_OP_COUNT ? op : WIRE_NO_OP];
}
