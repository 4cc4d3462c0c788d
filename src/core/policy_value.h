/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values of settings by their type: from what was typed into struct policy, and back. Internal to
 * core/policy. */
#ifndef CORE_POLICY_VALUE_H
#define CORE_POLICY_VALUE_H

#include "core/policy.h"

/*
 * Checks a value as typed and writes it to `place`, the setting's member of a struct policy.
 * ERR_SETTING_VALUE or a text error leaves it as it was.
 */
MUST_CHECK enum err
policy_value_parse(const struct setting *setting, const char *value, void *place);

/* The member as text, as policy_value_parse() takes it; always terminated. */
void
policy_value_print(const struct setting *setting, const void *place, char value[POLICY_VALUE_SIZE]);

#endif
