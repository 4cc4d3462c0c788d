/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All screens there are, one file each, and those that the stack opens by itself. */
#ifndef UI_SCREEN_SCREENS_H
#define UI_SCREEN_SCREENS_H

#include "ui/stack/ui.h"

extern const struct screen screen_first_run, screen_signin, screen_code, screen_recovery,
    screen_resync, screen_new_password, screen_configure, screen_key, screen_codes, screen_home,
    screen_account, screen_help, screen_confirm, screen_lock, screen_change_password,
    screen_settings, screen_setting, screen_entries, screen_language, screen_plain, screen_device,
    screen_device_name, screen_not_me, screen_audit, screen_audit_row, screen_audit_verbs,
    screen_audit_chart, screen_waiting, screen_happened, screen_users, screen_person, screen_role,
    screen_add_person, screen_invitation, screen_unsaved, screen_doubt, screen_ssh_keys,
    screen_ssh_key, screen_ssh_add, screen_ssh_name, screen_commands, screen_remote, screen_here;

extern const struct ui_screens screens;

/* Behind the doors is one command instead of home: ui->remote. */
extern const struct ui_screens screens_remote;

#endif
