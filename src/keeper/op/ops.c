/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The one table of requests: who may ask what, at which doors, with what proof, at what price. A
 * column that is not named is 0: no door, not the host, no proof, no hash, no row, nothing locked.
 */
#include "keeper/op/ops.h"
#include "keeper/op/ops_node.h"
#include "keeper/op/ops_pam.h"
#include "keeper/op/ops_run.h"

#define AT(door) (1u << DOOR_##door)
#define ANYWHERE ((AT(CLOSED) - 1) | AT(LOCKED) | AT(DOUBT))

/* clang-format off */
static const struct request_op ops[WIRE_OP_COUNT] = {
	/* --- anybody's --- */
	[WIRE_HELLO] = {
		.doors = ANYWHERE, .host = true, .permission = ANYBODY,
		.verb = AUDIT_HELLO, .quiet = true, .cost = COST_ROW, .handle = op_hello,
	},
	[WIRE_ALIVE] = {
		.doors = ANYWHERE, .host = true, .permission = ANYBODY, .handle = op_alive,
	},

	/* --- sshd's --- */
	[WIRE_KEYS_LOOKUP] = {
		.kinds = 1u << WIRE_KEYS, .permission = ANYBODY, .handle = op_keys_lookup,
	},

	/* --- the host's alone --- */
	[WIRE_FIRST_RUN] = {
		.host = true, .permission = ANYBODY, .hash = HASH_ALWAYS,
		.verb = AUDIT_INIT, .locks = LOCKS_SUPERS,
		.check = op_first_run_check, .prepare = op_first_run_prepare,
		.handle = op_first_run,
	},
	[WIRE_INIT] = {
		.host = true, .permission = ANYBODY, .hash = HASH_ALWAYS,
		.verb = AUDIT_INIT, .locks = LOCKS_SUPERS,
		.check = op_first_run_check, .prepare = op_first_run_prepare,
		.handle = op_first_run,
	},
	[WIRE_IMPORT_CHECK] = {
		.host = true, .permission = PERMISSION_USER_ADD,
		.verb = AUDIT_IMPORT_FILE, .quiet = true, .handle = op_import_check,
	},
	[WIRE_IMPORT_BEGIN] = {
		.host = true, .permission = PERMISSION_USER_ADD, .hash = HASH_ALWAYS,
		.verb = AUDIT_IMPORT_FILE, .quiet = true,
		.prepare = op_import_begin_prepare, .handle = op_import_begin,
	},
	[WIRE_IMPORT_ADD] = {
		.host = true, .permission = PERMISSION_USER_ADD,
		.verb = AUDIT_IMPORT_FILE, .quiet = true, .locks = LOCKS_TARGET,
		.handle = op_import_add,
	},
	[WIRE_IMPORT_END] = {
		.host = true, .permission = PERMISSION_USER_ADD,
		.verb = AUDIT_IMPORT_FILE, .handle = op_import_end,
	},
	[WIRE_SETTING_SET] = {
		.host = true, .permission = PERMISSION_SETTINGS_WRITE,
		.verb = AUDIT_SETTING, .locks = LOCKS_SETTINGS, .handle = op_setting_set,
	},
	[WIRE_BACKUP_MADE] = {
		.host = true, .permission = ANYBODY,
		.verb = AUDIT_BACKUP, .handle = op_backup_made,
	},
	[WIRE_KEY_ROTATE] = {
		.host = true, .permission = ANYBODY,
		.verb = AUDIT_KEY_ROTATE, .locks = LOCKS_SETTINGS, .handle = op_key_rotate,
	},

	[WIRE_AUDIT_PRUNE] = {
		.host = true, .permission = ANYBODY,
		.verb = AUDIT_PRUNE, .check = op_audit_prune_check, .handle = op_audit_prune,
	},
	[WIRE_AUDIT_PRUNED] = {
		.host = true, .permission = ANYBODY,
		.verb = AUDIT_PRUNE, .quiet = true, .handle = op_audit_pruned,
	},
	[WIRE_METRICS] = { .host = true, .permission = ANYBODY, .handle = op_metrics },

	/* --- the doors --- */
	[WIRE_PASSWORD] = {
		.doors = AT(NAME), .permission = ANYBODY, .hash = HASH_ALWAYS,
		.verb = AUDIT_PASSWORD, .cost = COST_HASH, .locks = LOCKS_TARGET | LOCKS_COUNTS,
		.check = op_password_check, .prepare = op_password_prepare, .handle = op_password,
	},
	[WIRE_CODE] = {
		.doors = AT(CODE), .permission = ANYBODY,
		.verb = AUDIT_CODE, .cost = COST_ROW, .locks = LOCKS_ASKER | LOCKS_COUNTS,
		.check = op_code_check, .handle = op_code,
	},
	[WIRE_RECOVERY] = {
		.doors = AT(CODE), .permission = ANYBODY,
		.verb = AUDIT_RECOVERY_CODE, .cost = COST_ROW, .locks = LOCKS_ASKER | LOCKS_COUNTS,
		.check = op_code_check, .handle = op_recovery,
	},
	[WIRE_RESYNC] = {
		.doors = AT(CODE), .permission = ANYBODY,
		.verb = AUDIT_RESYNCHRONISE, .cost = COST_ROW, .locks = LOCKS_ASKER | LOCKS_COUNTS,
		.check = op_code_check, .handle = op_resync,
	},
	[WIRE_NEW_PASSWORD] = {
		.doors = AT(PASSWORD), .permission = ANYBODY, .hash = HASH_ALWAYS,
		.verb = AUDIT_NEW_PASSWORD, .cost = COST_HASH, .locks = LOCKS_ASKER,
		.prepare = op_new_password_prepare, .handle = op_new_password,
	},
	[WIRE_ENROL] = {
		.doors = AT(CONFIGURE) | AT(HOME), .permission = PERMISSION_OWN_ACCOUNT,
		.proof = PROOF_AT_HOME,
		.verb = AUDIT_ENROL, .cost = COST_ROW, .locks = LOCKS_ASKER,
		.check = op_enrol_check, .handle = op_enrol,
	},
	/* Its code is for the key that a proven ENROL of this very line has shown. */
	[WIRE_ACTIVATE] = {
		.doors = AT(CONFIGURE) | AT(HOME), .permission = PERMISSION_OWN_ACCOUNT,
		.verb = AUDIT_ACTIVATE, .cost = COST_ROW, .locks = LOCKS_ASKER | LOCKS_COUNTS,
		.check = op_activate_check, .handle = op_activate,
	},
	[WIRE_CONFIGURE_LATER] = {
		.doors = AT(CONFIGURE), .permission = PERMISSION_OWN_ACCOUNT,
		.verb = AUDIT_CONFIGURE_LATER, .cost = COST_ROW,
		.locks = LOCKS_SETTINGS | LOCKS_ASKER,
		.check = op_configure_later_check, .handle = op_configure_later,
	},
	[WIRE_CODES] = {
		.doors = AT(RECOVERY), .permission = PERMISSION_OWN_ACCOUNT,
		.verb = AUDIT_RECOVERY_CODES, .cost = COST_ROW, .locks = LOCKS_ASKER,
		.handle = op_codes,
	},
	[WIRE_CODES_SAVED] = {
		.doors = AT(RECOVERY), .permission = PERMISSION_OWN_ACCOUNT,
		.verb = AUDIT_RECOVERY_CODES_SAVED, .cost = COST_ROW, .locks = LOCKS_ASKER,
		.handle = op_codes_saved,
	},
	[WIRE_DOUBTED] = {
		.doors = AT(DOUBT), .permission = PERMISSION_OWN_ACCOUNT,
		.locks = LOCKS_ASKER, .handle = op_doubted,
	},
	[WIRE_JUDGE] = {
		.doors = AT(DOUBT), .permission = PERMISSION_OWN_ACCOUNT,
		.verb = AUDIT_DEVICE_REMOVE, .cost = COST_ROW, .locks = LOCKS_ASKER,
		.check = op_judge_check, .handle = op_judge,
	},
	[WIRE_BACK] = {
		.doors = AT(CODE) | AT(PASSWORD) | AT(CONFIGURE) | AT(DOUBT), .permission = ANYBODY,
		.handle = op_back,
	},

	/* --- at home: one's own --- */
	[WIRE_HOME] = {
		.doors = AT(HOME), .permission = PERMISSION_OWN_ACCOUNT,
		.locks = LOCKS_ASKER, .handle = op_home,
	},
	[WIRE_ACCOUNT] = {
		.doors = AT(HOME), .permission = PERMISSION_OWN_ACCOUNT, .handle = op_account,
	},
	[WIRE_HAPPENED] = {
		.doors = AT(HOME), .permission = PERMISSION_OWN_ACCOUNT,
		.locks = LOCKS_ASKER, .handle = op_notices,
	},
	[WIRE_HAPPENED_READ] = {
		.doors = AT(HOME), .permission = PERMISSION_OWN_ACCOUNT,
		.locks = LOCKS_ASKER, .handle = op_notices_read,
	},
	[WIRE_LOCK] = {
		.doors = AT(HOME), .permission = ANYBODY, .verb = AUDIT_LOCK, .handle = op_lock,
	},
	[WIRE_UNLOCK] = {
		.doors = AT(LOCKED), .permission = ANYBODY,
		.proof = PROOF_FRESH,
		.verb = AUDIT_UNLOCK, .locks = LOCKS_ASKER | LOCKS_COUNTS, .handle = op_unlock,
	},
	[WIRE_ADMINISTER_END] = {
		.doors = AT(HOME), .permission = ANYBODY,
		.verb = AUDIT_ADMINISTER, .handle = op_administer_end,
	},
	/* --- at home: one's authenticators --- */
	[WIRE_DEVICE_ADD] = {
		.doors = AT(HOME), .permission = PERMISSION_OWN_ACCOUNT,
		.proof = PROOF_FRESH,
		.verb = AUDIT_ENROL, .locks = LOCKS_ASKER | LOCKS_COUNTS,
		.check = op_device_add_check, .handle = op_device_add,
	},
	[WIRE_DEVICE_REPLACE] = {
		.doors = AT(HOME), .permission = PERMISSION_OWN_ACCOUNT,
		.proof = PROOF_REPLACE,
		.verb = AUDIT_ENROL, .locks = LOCKS_ASKER | LOCKS_COUNTS,
		.check = op_device_replace_check, .handle = op_device_replace,
	},
	/* It gives no authority, and so needs no proof. */
	[WIRE_DEVICE_RENAME] = {
		.doors = AT(HOME), .permission = PERMISSION_OWN_ACCOUNT,
		.verb = AUDIT_DEVICE_RENAME, .locks = LOCKS_ASKER, .handle = op_device_rename,
	},
	[WIRE_DEVICE_REMOVE] = {
		.doors = AT(HOME), .permission = PERMISSION_OWN_ACCOUNT,
		.proof = PROOF_FRESH,
		.verb = AUDIT_DEVICE_REMOVE, .locks = LOCKS_ASKER | LOCKS_COUNTS,
		.check = op_device_remove_check, .handle = op_device_remove,
	},
	/* --- at home: one's SSH keys --- */
	[WIRE_SSH_LIST] = {
		.doors = AT(HOME), .permission = PERMISSION_OWN_ACCOUNT, .handle = op_ssh_list,
	},
	[WIRE_SSH_ADD] = {
		.doors = AT(HOME), .permission = PERMISSION_OWN_ACCOUNT,
		.proof = PROOF_FRESH,
		.verb = AUDIT_SSH_ADD, .locks = LOCKS_ASKER | LOCKS_COUNTS,
		.check = op_ssh_add_check, .handle = op_ssh_add,
	},
	/* It gives no authority, and so needs no proof. */
	[WIRE_SSH_RENAME] = {
		.doors = AT(HOME), .permission = PERMISSION_OWN_ACCOUNT,
		.verb = AUDIT_SSH_RENAME, .locks = LOCKS_ASKER, .handle = op_ssh_rename,
	},
	[WIRE_SSH_REMOVE] = {
		.doors = AT(HOME), .permission = PERMISSION_OWN_ACCOUNT,
		.proof = PROOF_FRESH,
		.verb = AUDIT_SSH_REMOVE, .locks = LOCKS_ASKER | LOCKS_COUNTS,
		.check = op_ssh_remove_check, .handle = op_ssh_remove,
	},
	[WIRE_DEACTIVATE] = {
		.doors = AT(HOME), .permission = PERMISSION_OWN_ACCOUNT,
		.proof = PROOF_FRESH,
		.verb = AUDIT_DEACTIVATE, .locks = LOCKS_ASKER | LOCKS_COUNTS,
		.check = op_deactivate_check, .handle = op_deactivate,
	},
	[WIRE_RENEW_CODES] = {
		.doors = AT(HOME), .permission = PERMISSION_OWN_ACCOUNT,
		.proof = PROOF_FRESH,
		.verb = AUDIT_RENEW_CODES, .locks = LOCKS_ASKER | LOCKS_COUNTS,
		.check = op_renew_codes_check, .handle = op_renew_codes,
	},
	[WIRE_CHANGE_PASSWORD] = {
		.doors = AT(HOME), .permission = PERMISSION_OWN_ACCOUNT, .hash = HASH_OLD_PASSWORD,
		.proof = PROOF_FRESH,
		.verb = AUDIT_CHANGE_PASSWORD, .locks = LOCKS_ASKER | LOCKS_COUNTS,
		.prepare = op_change_password_prepare, .handle = op_change_password,
	},
	[WIRE_NOT_ME] = {
		.doors = AT(HOME), .permission = PERMISSION_OWN_ACCOUNT, .hash = HASH_OLD_PASSWORD,
		.proof = PROOF_FRESH,
		.verb = AUDIT_NOT_ME, .locks = LOCKS_ASKER | LOCKS_COUNTS,
		.check = op_not_me_check, .prepare = op_change_password_prepare,
		.handle = op_not_me,
	},
	/* It gives no authority, and so needs no proof. */
	[WIRE_PREFERENCES] = {
		.doors = AT(HOME), .permission = PERMISSION_OWN_ACCOUNT,
		.verb = AUDIT_PREFERENCES, .locks = LOCKS_ASKER, .handle = op_preferences,
	},

	/* --- at home: other people --- */
	[WIRE_USER_LIST] = {
		.doors = AT(HOME), .host = true, .permission = PERMISSION_USER_LIST,
		.verb = AUDIT_USER_LIST, .quiet = true, .handle = op_user_list,
	},
	[WIRE_USER_SHOW] = {
		.doors = AT(HOME), .host = true, .permission = PERMISSION_USER_SHOW,
		.verb = AUDIT_USER_SHOW, .quiet = true,
		.check = op_user_show_check, .handle = op_user_show,
	},
	[WIRE_DEVICE_LIST] = {
		.doors = AT(HOME), .host = true, .permission = PERMISSION_USER_RESET,
		.verb = AUDIT_DEVICE_LIST, .quiet = true, .handle = op_device_list,
	},
	[WIRE_USER_SSH_LIST] = {
		.doors = AT(HOME), .host = true, .permission = PERMISSION_USER_SSH_KEYS,
		.verb = AUDIT_SSH_LIST, .quiet = true, .handle = op_user_ssh_list,
	},
	[WIRE_USER_SSH_ADD] = {
		.doors = AT(HOME), .host = true, .permission = PERMISSION_USER_SSH_KEYS,
		.proof = PROOF_ADMINISTER,
		.verb = AUDIT_USER_SSH_ADD, .locks = LOCKS_ASKER | LOCKS_TARGET | LOCKS_COUNTS,
		.check = op_user_ssh_add_check, .handle = op_user_ssh_add,
	},
	[WIRE_USER_SSH_REMOVE] = {
		.doors = AT(HOME), .host = true, .permission = PERMISSION_USER_SSH_KEYS,
		.proof = PROOF_ADMINISTER,
		.verb = AUDIT_USER_SSH_REMOVE, .locks = LOCKS_ASKER | LOCKS_TARGET | LOCKS_COUNTS,
		.check = op_user_ssh_remove_check, .handle = op_user_ssh_remove,
	},
	PAM_ROWS,
	NODE_ROWS,
	RUN_ROWS,
	[WIRE_USER_ADD] = {
		.doors = AT(HOME), .host = true, .permission = PERMISSION_USER_ADD,
		.proof = PROOF_ADMINISTER, .hash = HASH_ALWAYS,
		.waits = WAITS_SUPER, .alone = ERR_ALONE_ADD,
		.verb = AUDIT_USER_ADD, .locks = LOCKS_ASKER | LOCKS_COUNTS,
		.check = op_user_add_check, .prepare = op_user_add_prepare, .handle = op_user_add,
	},
	[WIRE_USER_PASSWORD] = {
		.doors = AT(HOME), .host = true, .permission = PERMISSION_USER_PASSWORD,
		.proof = PROOF_ADMINISTER, .hash = HASH_ALWAYS,
		.waits = WAITS_OTHERS, .alone = ERR_ALONE_PASSWORD,
		.verb = AUDIT_USER_PASSWORD, .locks = LOCKS_ASKER | LOCKS_TARGET | LOCKS_COUNTS,
		.check = op_user_password_check, .prepare = op_user_password_prepare,
		.handle = op_user_password,
	},
	[WIRE_USER_ENABLE] = {
		.doors = AT(HOME), .host = true, .permission = PERMISSION_USER_DISABLE,
		.proof = PROOF_ADMINISTER,
		.verb = AUDIT_USER_ENABLE,
		.locks = LOCKS_SUPERS | LOCKS_ASKER | LOCKS_TARGET | LOCKS_COUNTS,
		.check = op_user_enable_check, .handle = op_user_enable,
	},
	[WIRE_USER_UNLOCK] = {
		.doors = AT(HOME), .host = true, .permission = PERMISSION_USER_UNLOCK,
		.proof = PROOF_ADMINISTER,
		.verb = AUDIT_USER_UNLOCK, .locks = LOCKS_ASKER | LOCKS_TARGET | LOCKS_COUNTS,
		.check = op_user_unlock_check, .handle = op_user_unlock,
	},
	[WIRE_USER_RESET] = {
		.doors = AT(HOME), .host = true, .permission = PERMISSION_USER_RESET,
		.proof = PROOF_ADMINISTER,
		.waits = WAITS_OTHERS, .alone = ERR_ALONE_RESET,
		.verb = AUDIT_RESET_2FA, .locks = LOCKS_ASKER | LOCKS_TARGET | LOCKS_COUNTS,
		.check = op_user_reset_check, .handle = op_user_reset,
	},
	[WIRE_USER_END] = {
		.doors = AT(HOME), .host = true, .permission = PERMISSION_USER_END,
		.proof = PROOF_ADMINISTER,
		.verb = AUDIT_USER_END, .locks = LOCKS_ASKER | LOCKS_TARGET | LOCKS_COUNTS,
		.check = op_user_end_check, .handle = op_user_end,
	},
	[WIRE_USER_ROLE] = {
		.doors = AT(HOME), .host = true, .permission = PERMISSION_USER_ROLE,
		.proof = PROOF_ADMINISTER,
		.waits = WAITS_SUPER, .alone = ERR_ALONE_ROLE,
		.verb = AUDIT_USER_ROLE,
		.locks = LOCKS_SUPERS | LOCKS_ASKER | LOCKS_TARGET | LOCKS_COUNTS,
		.check = op_user_role_check, .handle = op_user_role,
	},
	[WIRE_USER_REMOVE] = {
		.doors = AT(HOME), .host = true, .permission = PERMISSION_USER_REMOVE,
		.proof = PROOF_ADMINISTER,
		.verb = AUDIT_USER_REMOVE,
		.locks = LOCKS_SUPERS | LOCKS_ASKER | LOCKS_TARGET | LOCKS_COUNTS,
		.check = op_user_remove_check, .handle = op_user_remove,
	},

	/* --- at home: for everyone --- */
	[WIRE_AUDIT_LIST] = {
		.doors = AT(HOME), .host = true, .permission = PERMISSION_AUDIT_READ,
		.verb = AUDIT_LIST, .quiet = true, .handle = op_audit_list,
	},
	[WIRE_AUDIT_CHART] = {
		.doors = AT(HOME), .host = true, .permission = PERMISSION_AUDIT_READ,
		.verb = AUDIT_LIST, .quiet = true, .handle = op_audit_chart,
	},
	[WIRE_SETTING_LIST] = {
		.doors = AT(HOME), .host = true, .permission = PERMISSION_SETTINGS_READ,
		.verb = AUDIT_SETTINGS_VIEW, .quiet = true, .handle = op_setting_list,
	},
	[WIRE_SETTINGS_VIEW] = {
		.doors = AT(HOME), .permission = PERMISSION_SETTINGS_READ,
		.verb = AUDIT_SETTINGS_VIEW, .quiet = true, .handle = op_settings_view,
	},
	[WIRE_SETTING_CHANGE] = {
		.doors = AT(HOME), .permission = PERMISSION_SETTINGS_WRITE,
		.proof = PROOF_FRESH,
		.waits = WAITS_OFF, .alone = ERR_ALONE_SETTING,
		.verb = AUDIT_SETTING, .locks = LOCKS_SETTINGS | LOCKS_ASKER | LOCKS_COUNTS,
		.check = op_setting_change_check, .handle = op_setting_change,
	},

	/* --- at home: what waits for a second Super Administrator --- */
	[WIRE_WAITING_LIST] = {
		.doors = AT(HOME), .permission = PERMISSION_USER_LIST,
		.verb = AUDIT_LIST, .quiet = true, .handle = op_waiting_list,
	},
	[WIRE_WAITING_CONFIRM] = {
		.doors = AT(HOME), .permission = PERMISSION_SETTINGS_WRITE,
		.proof = PROOF_FRESH, .hash = HASH_AS_CHECKED,
		.verb = AUDIT_WAIT_CONFIRM,
		.locks = LOCKS_SETTINGS | LOCKS_SUPERS | LOCKS_ASKER | LOCKS_TARGET | LOCKS_COUNTS,
		.check = op_waiting_confirm_check, .prepare = op_waiting_confirm_prepare,
		.handle = op_waiting_confirm,
	},
	[WIRE_WAITING_END] = {
		.doors = AT(HOME), .permission = PERMISSION_USER_LIST,
		.proof = PROOF_FRESH,
		.verb = AUDIT_WAIT_REFUSE, .locks = LOCKS_ASKER | LOCKS_COUNTS,
		.check = op_waiting_end_check, .handle = op_waiting_end,
	},
};
/* clang-format on */

const struct request_op *
request_op(uint32_t op)
{
	return &ops[op < WIRE_OP_COUNT ? op : WIRE_NO_OP];
}
