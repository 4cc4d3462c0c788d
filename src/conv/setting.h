/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A setting in words: its value, the question before it is changed, and why a value is refused.
 * Pure. */
#ifndef CONV_SETTING_H
#define CONV_SETTING_H

#include <stdbool.h>
#include <stddef.h>

#include "core/policy.h"
#include "wire/wire.h"

/* A value as people read it, translated and fit to be shown: "15 minutes", "yes". Always
 * terminates. */
void
setting_words(enum setting_id id, const char *value, char *buf, size_t size);

/* The question before a setting becomes `value`, translated: what will happen, in numbers. Always
 * terminates. */
void
setting_question(const struct wire_settings_view_reply *view, enum setting_id id, const char *value,
    char *buf, size_t size);

/* The same of "require-2fa-roles" alone. */
void
setting_roles_question(const struct wire_settings_view_reply *view, const char *value, char *buf,
    size_t size);

/* What is true of the box as it stands: for whom two-factor authentication is still required. */
void
setting_standing(const struct wire_settings_view_reply *view, char *buf, size_t size);

/* Message id: that it is required of a role, whatever the box says. */
const char *
setting_role_label(enum role role);

/* The value of `require-2fa-roles` with a role put in, or out if it was in. value: of the size of
 * one. */
void
setting_role_toggle(const char *before, enum role role, char *value);

/* Whether a role is in such a value. */
bool
setting_role_in(const char *value, enum role role);

/* Whether what a change rests on is still so. */
bool
setting_unchanged(const struct wire_setting_change_request *change,
    const struct wire_settings_view_reply *view);

/* The request for one alone, all but its proof: it says what the question rested on. */
void
setting_request(const struct wire_settings_view_reply *view, enum setting_id id, const char *value,
    struct wire_request *ret_request);

/* One more for it. seen: the value that its editor saw. */
void
setting_request_add(struct wire_setting_change_request *change, enum setting_id id,
    const char *seen, const char *value);

/* Checks a value as typed as the keeper will; *ret_value is its normal form. */
MUST_CHECK enum err
setting_check(enum setting_id id, const char *typed, char ret_value[POLICY_VALUE_SIZE]);

/* Why setting_check() refused, translated: for ERR_SETTING_VALUE what the setting allows. */
void
setting_refusal(enum setting_id id, enum err err, char buf[POLICY_REFUSAL_SIZE]);

#endif
