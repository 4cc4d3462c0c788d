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

/* The request for that, all but its proof: it says what the question rested on. */
void
setting_request(const struct wire_settings_view_reply *view, enum setting_id id, const char *value,
    struct wire_request *ret_request);

/* Checks a value as typed as the keeper will; *ret_value is its normal form. */
MUST_CHECK enum err
setting_check(enum setting_id id, const char *typed, char ret_value[POLICY_VALUE_SIZE]);

/* Why setting_check() refused, translated: for ERR_SETTING_VALUE what the setting allows. */
void
setting_refusal(enum setting_id id, enum err err, char buf[POLICY_REFUSAL_SIZE]);

#endif
