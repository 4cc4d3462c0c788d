/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The handlers, by the file they stand in. What each column of the table means: keeper/request.h.
 * ..._check: may it be done, and to whom; ..._prepare: what a worker hashes; op_...: the change.
 */
#ifndef KEEPER_OP_OPS_H
#define KEEPER_OP_OPS_H

#include "keeper/request.h"
#include "store/store_device.h"

/* hello.c: who is there, and what the console must know first. */
enum err
op_hello(struct request *request);
enum err
op_alive(struct request *request);

/* first_run.c: the first Super Administrator (also `init`). */
enum err
op_first_run_check(struct request *request);
enum err
op_first_run_prepare(struct request *request, struct hash_job *job);
enum err
op_first_run(struct request *request);

/* metrics.c: how the keeper is, in numbers. */
enum err
op_metrics(struct request *request);

/* password.c: the first door. */
enum err
op_password_check(struct request *request);
enum err
op_password_prepare(struct request *request, struct hash_job *job);
enum err
op_password(struct request *request);

/* new_password.c: a new password where one is due, and one's own with the old one. */
enum err
op_new_password_prepare(struct request *request, struct hash_job *job);
enum err
op_new_password(struct request *request);
enum err
op_change_password_prepare(struct request *request, struct hash_job *job);
enum err
op_change_password(struct request *request);
enum err
op_not_me_check(struct request *request);
enum err
op_not_me(struct request *request);

/* code.c: the second door. */
enum err
op_code_check(struct request *request);
enum err
op_code(struct request *request);
enum err
op_recovery(struct request *request);
enum err
op_resync(struct request *request);
enum err
op_back(struct request *request);

/* enrol.c: configuring: the pending key, and the code that makes it active. */
enum err
op_enrol_check(struct request *request);
enum err
op_enrol(struct request *request);
enum err
op_activate_check(struct request *request);
enum err
op_activate(struct request *request);
enum err
op_configure_later_check(struct request *request);
enum err
op_configure_later(struct request *request);

/* device.c: a person's authenticators, beside the first. */
enum err
op_device_add_check(struct request *request);
enum err
op_device_add(struct request *request);
enum err
op_device_replace_check(struct request *request);
enum err
op_device_replace(struct request *request);
enum err
op_device_rename(struct request *request);
enum err
op_device_remove_check(struct request *request);
enum err
op_device_remove(struct request *request);
enum err
op_device_list(struct request *request);
MUST_CHECK enum err
op_doubted(struct request *request);
MUST_CHECK enum err
op_judge_check(struct request *request);
MUST_CHECK enum err
op_judge(struct request *request);

/* ssh_key.c: people's SSH keys. */
enum err
op_ssh_list(struct request *request);
enum err
op_ssh_add_check(struct request *request);
enum err
op_ssh_add(struct request *request);
enum err
op_ssh_rename(struct request *request);
enum err
op_ssh_remove_check(struct request *request);
enum err
op_ssh_remove(struct request *request);
enum err
op_user_ssh_list(struct request *request);
enum err
op_user_ssh_add_check(struct request *request);
enum err
op_user_ssh_add(struct request *request);
enum err
op_user_ssh_remove_check(struct request *request);
enum err
op_user_ssh_remove(struct request *request);

/* Those of the asker that are in doubt, added behind the authenticators; as many as have room. */
MUST_CHECK enum err
op_wire_doubted_keys(struct request *request, struct wire_device devices[ACCOUNT_DEVICES_MAX],
    uint32_t *io_count);

/* op_judge_check() of an SSH key. */
MUST_CHECK enum err
op_judge_key_check(struct request *request);

/* keys.c: which keys knock, and whose name one says. */
enum err
op_keys_lookup(struct request *request);

/* At the hello: fixes the name where the line's SSH key says one, and tells it. */
MUST_CHECK enum err
op_name_of_key(struct request *request, char ret_name[TEXT_NAME_SIZE]);

/* codes.c: the recovery codes, shown once. */
enum err
op_codes(struct request *request);
enum err
op_codes_saved(struct request *request);

/* home.c */
enum err
op_home(struct request *request);

/* happened.c: what people are told */
enum err
op_notices(struct request *request);
enum err
op_notices_read(struct request *request);

/* people.c: other people, as they are seen. */
enum err
op_user_list(struct request *request);
enum err
op_user_show_check(struct request *request);
enum err
op_user_show(struct request *request);

/* common.c: whether the time is over in which the request's account may be used at all: that of its
 * invitation, or of configuring after a reset. One that lies further ahead than any can was made by
 * a clock that was ahead: nothing opens that was closed. */
bool
op_expired(const struct request *request);

/* link.c: which person a UNIX account is; pam.c: what the PAM module asks of them. */
MUST_CHECK enum err
op_link_add_check(struct request *request);
MUST_CHECK enum err
op_link_add(struct request *request);
MUST_CHECK enum err
op_link_remove(struct request *request);
MUST_CHECK enum err
op_link_list(struct request *request);
MUST_CHECK enum err
op_pam_ask(struct request *request);
MUST_CHECK enum err
op_pam_account(struct request *request);
MUST_CHECK enum err
op_pam_answer_check(struct request *request);
MUST_CHECK enum err
op_pam_answer(struct request *request);
MUST_CHECK enum err
op_ticket_open(struct request *request);
MUST_CHECK enum err
op_ticket_close(struct request *request);

/* The numbers of the people whom the asker sees in a list; all 0 for who sees none. */
MUST_CHECK enum err
op_counts(struct request *request, struct wire_counts *ret_counts);

/* user.c: what is done to them; user_add.c: new ones. */
enum err
op_user_end_check(struct request *request);
enum err
op_user_end(struct request *request);
enum err
op_user_add_check(struct request *request);
enum err
op_user_add_prepare(struct request *request, struct hash_job *job);
enum err
op_user_add(struct request *request);
enum err
op_user_enable_check(struct request *request);
enum err
op_user_enable(struct request *request);
enum err
op_user_unlock_check(struct request *request);
enum err
op_user_unlock(struct request *request);
enum err
op_user_role_check(struct request *request);
enum err
op_user_role(struct request *request);
enum err
op_user_remove_check(struct request *request);
enum err
op_user_remove(struct request *request);

/* user_secret.c: another person's password and 2FA. */
enum err
op_user_password_check(struct request *request);
enum err
op_user_password_prepare(struct request *request, struct hash_job *job);
enum err
op_user_password(struct request *request);
enum err
op_user_reset_check(struct request *request);
enum err
op_user_reset(struct request *request);

/* import.c: people from another tool's file. */
enum err
op_import_check(struct request *request);
enum err
op_import_begin_prepare(struct request *request, struct hash_job *job);
enum err
op_import_begin(struct request *request);
enum err
op_import_add(struct request *request);
enum err
op_import_end(struct request *request);

/* setting.c */
enum err
op_setting_list(struct request *request);
enum err
op_setting_set(struct request *request);
enum err
op_settings_view(struct request *request);
enum err
op_setting_change_check(struct request *request);
enum err
op_setting_change(struct request *request);

/* waiting.c: what waits for a second Super Administrator. */
enum err
op_waiting_list(struct request *request);
enum err
op_waiting_confirm_check(struct request *request);
enum err
op_waiting_confirm_prepare(struct request *request, struct hash_job *job);
enum err
op_waiting_confirm(struct request *request);
enum err
op_waiting_end_check(struct request *request);
enum err
op_waiting_end(struct request *request);

/* How many wait that this person can see, a page at most; what was over is removed. */
MUST_CHECK enum err
op_waiting_number(struct request *request, uint32_t *ret_number);

/* account.c: one's own. */
enum err
op_account(struct request *request);
enum err
op_deactivate_check(struct request *request);
enum err
op_deactivate(struct request *request);
enum err
op_renew_codes_check(struct request *request);
enum err
op_renew_codes(struct request *request);
enum err
op_preferences(struct request *request);

/* lock.c: the idle lock, and the end of administering. */
enum err
op_lock(struct request *request);
enum err
op_unlock(struct request *request);
enum err
op_administer_end(struct request *request);

/* audit.c */
enum err
op_audit_list(struct request *request);
enum err
op_audit_chart(struct request *request);

/* Shows a key that becomes an authenticator as `wanted` says (purpose, device, name) with its first
 * code; the same once more where this line was shown it already (enrol.c). */
MUST_CHECK enum err
op_show_key(struct request *request, const struct store_pending *wanted);

/* A change of one's own that needs no proof, and leaves a row: a session has 20 a minute.
 * ERR_PAUSED, with reply->wait (account.c). */
MUST_CHECK enum err
op_allow_change(struct request *request);

/* Until when the asker may replace an authenticator without a proof, Unix seconds; 0: not. */
int64_t
op_replace_until(const struct request *request);

/* The name of the one that takes the place of all that are not in doubt. */
MUST_CHECK enum err
op_name_anew(struct request *request, char ret_name[TEXT_LABEL_SIZE]);

/* A person's authenticators in their wire form. */
MUST_CHECK enum err
op_wire_devices(struct request *request, int64_t user,
    struct wire_device ret_devices[ACCOUNT_DEVICES_MAX], uint32_t *ret_count);

/* key.c: the host's care for the keys. */
enum err
op_key_rotate(struct request *request);
enum err
op_backup_made(struct request *request);

/* audit_prune.c: the order to remove old rows, and how far that is. */
enum err
op_audit_prune_check(struct request *request);
enum err
op_audit_prune(struct request *request);
enum err
op_audit_pruned(struct request *request);

/* The newest that the asker has not read, and how many there are (happened.c). */
MUST_CHECK enum err
op_notices_unread(struct request *request, struct wire_notice list[WIRE_NOTICES],
    uint32_t *ret_count);

/* --- what several of them use (common.c) ------------------------------------ */

/* Sets the audit row's target and detail; NULL for none. */
void
op_row(struct request *request, const char *target, const char *detail);

/* A name for something of one's own, without the blanks around it, which would make two names of
 * one. Errors as text_label(). */
MUST_CHECK enum err
op_clean_label(const char *typed, size_t points, char ret_name[TEXT_LABEL_SIZE]);

/* The issuer of a new key: the console's name, and the host's where the setting says so, so that
 * two hosts do not overwrite each other's entry. */
void
op_issuer(const struct request *request, char buf[WIRE_ISSUER_SIZE]);

/* Puts an account into its wire form. */
MUST_CHECK enum err
op_wire_user(struct request *request, const struct account *account, struct wire_user *ret_user);

/*
 * Checks a password to be chosen by or for an account, of which name, role and devices are looked
 * at, and gives its normal form as a secret (DESIGN 3). ERR_PASSWORD_LEAST: the reply's `wait` says
 * how long one must be.
 */
MUST_CHECK enum err
op_chosen_password(struct request *request, const char *typed, const struct account *whose,
    struct secret **ret_password);

/*
 * Finds the person that a request names, by any spelling, for a permission: request->target,
 * request->reach, and the row's target. ERR_NAME_UNKNOWN; ERR_DENIED beyond the asker's reach.
 */
MUST_CHECK enum err
op_find_target(struct request *request, const char *name, enum permission permission);

/* The password that a request gives its target: the one typed, checked, or a new invitation. */
MUST_CHECK enum err
op_first_password(struct request *request, const char *typed, bool invite,
    struct secret **ret_password);

/* There is always at least one enabled Super Administrator: ERR_LAST_SUPER if this account is the
 * last. */
MUST_CHECK enum err
op_keeps_a_super(struct request *request, const struct account *account);

#endif
