/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The handlers, by the file they stand in. Contracts: request.h. */
#ifndef KEEPER_OPS_H
#define KEEPER_OPS_H

#include "keeper/request.h"

/* op_hello.c: who is there, and what the console must know first. */
enum err
op_hello(struct turn *turn);
enum err
op_alive(struct turn *turn);

/* op_first_run.c: the first Super Administrator (also `init`). */
enum err
op_first_run(struct turn *turn);
enum err
op_first_run_finish(struct turn *turn);

/* op_password.c: the first door, and a new password where one is due. */
enum err
op_password(struct turn *turn);
enum err
op_password_finish(struct turn *turn);
enum err
op_new_password(struct turn *turn);
enum err
op_new_password_finish(struct turn *turn);

/* op_code.c: the second door. */
enum err
op_code(struct turn *turn);
enum err
op_recovery(struct turn *turn);
enum err
op_resync(struct turn *turn);
enum err
op_back(struct turn *turn);

/* op_enrol.c: configuring: the pending key, and the code that makes it active. */
enum err
op_enrol(struct turn *turn);
enum err
op_activate(struct turn *turn);

/* op_codes.c: the recovery codes, shown once. */
enum err
op_codes(struct turn *turn);
enum err
op_codes_saved(struct turn *turn);

/* op_home.c */
enum err
op_home(struct turn *turn);

/* op_user.c: other people; op_user_add.c: new ones. */
enum err
op_user_add(struct turn *turn);
enum err
op_user_add_finish(struct turn *turn);
enum err
op_user_list(struct turn *turn);
enum err
op_user_show(struct turn *turn);
enum err
op_user_enable(struct turn *turn);
enum err
op_user_unlock(struct turn *turn);

enum err
op_user_role(struct turn *turn);
enum err
op_user_remove(struct turn *turn);

/* op_user_secret.c: another person's password and 2FA. */
enum err
op_user_password(struct turn *turn);
enum err
op_user_password_finish(struct turn *turn);
enum err
op_user_reset(struct turn *turn);

/* op_setting.c */
enum err
op_setting_list(struct turn *turn);
enum err
op_setting_set(struct turn *turn);
enum err
op_settings_view(struct turn *turn);
enum err
op_setting_change(struct turn *turn);

/* op_account.c: one's own. Those that need a proof are their own `finish`. */
enum err
op_account(struct turn *turn);
enum err
op_deactivate(struct turn *turn);
enum err
op_renew_codes(struct turn *turn);
enum err
op_change_password(struct turn *turn);
enum err
op_change_password_finish(struct turn *turn);

/* op_lock.c: the idle lock. */
enum err
op_lock(struct turn *turn);
enum err
op_unlock(struct turn *turn);

/* op_audit.c */
enum err
op_audit_list(struct turn *turn);

/* --- what several of them use (op_common.c) -------------------------------- */

/* Sets the audit row's action, target and detail; NULL for none. */
void
op_row(struct turn *turn, const char *action, const char *target, const char *detail);

/* Puts an account into its wire form. */
MUST_CHECK enum err
op_wire_user(struct turn *turn, const struct account *account, struct wire_user *ret_user);

/* A new job for the turn's session, sent out by the commit: session->starts, and turn->deferred.
 * ERR_BUSY, ERR_MEMORY. */
MUST_CHECK enum err
op_start_hash(struct turn *turn, const char *fold, struct hash_job **ret_job);

/* Checks a password to be chosen and gives its normal form as a secret (DESIGN 3). */
MUST_CHECK enum err
op_chosen_password(const char *typed, const char *name, struct secret **ret_password);

/* The person that a request names, by any spelling: ERR_NAME_UNKNOWN; ERR_DENIED beyond the asker's
 * reach. */
MUST_CHECK enum err
op_find_user(struct turn *turn, const char *name, enum permission permission,
    struct account *ret_account);

/*
 * Tries a code on a person's authenticators: ERR_OK and spent; ERR_CODE_WRONG or ERR_CODE_USED with
 * reply->wait; ERR_CODE_FORMAT. It neither counts nor checks pauses.
 */
MUST_CHECK enum err
op_spend_code(struct turn *turn, int64_t user, const char *code);

/* Unix seconds of the first code of a person's authenticators that is not spent; 0: there is one
 * now, or no authenticator. */
MUST_CHECK enum err
op_next_code(struct turn *turn, int64_t user, int64_t *ret_next);

/* Uses up a recovery code of the turn's account: ERR_RECOVERY_WRONG, ERR_RECOVERY_FORMAT. It
 * neither counts nor checks pauses. */
MUST_CHECK enum err
op_use_recovery(struct turn *turn, const char *typed);

/* Whether an error is a verdict on a code, and so counts. */
bool
op_is_verdict(enum err err);

/*
 * Re-authentication: a fresh code or a recovery code; without 2FA the password, for which a hash
 * comes first (turn->deferred, then the same call again). Sets turn->event, so that failures count
 * like those of a sign-in. Call it last before the change.
 */
MUST_CHECK enum err
op_prove(struct turn *turn, const struct wire_proof *proof);

/* The same for a password that a worker has already compared: session->job. */
MUST_CHECK enum err
op_proved_by_password(struct turn *turn);

/* Starts comparing a password with the turn's account's, after the check for pauses; *ret_job can
 * be given more to do. */
MUST_CHECK enum err
op_start_compare(struct turn *turn, const char *typed, struct hash_job **ret_job);

/* The password that a USER_ADD or USER_PASSWORD gives: the one typed, checked, or a new invitation.
 */
MUST_CHECK enum err
op_first_password(struct turn *turn, const char *name, struct secret **ret_password);

/* There is always at least one enabled Super Administrator: ERR_LAST_SUPER if this account is the
 * last. */
MUST_CHECK enum err
op_keeps_a_super(struct turn *turn, const struct account *account);

/* After the commit everyone at home is told that something changed (WIRE_NEWS). */
void
op_news(struct turn *turn);

#endif
