/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Values that are text: one, a list, a set of roles. Internal to core/policy. */
#ifndef CORE_POLICY_TEXT_H
#define CORE_POLICY_TEXT_H

#include "core/policy.h"

/* A part of what was typed. */
struct piece {
	const char *bytes;
	size_t length;
};

/* Without the blanks around it. */
struct piece
policy_trim(const char *bytes, size_t length);

/* As policy_value_parse(), of one type each; the piece ends where the value does, but for blanks.
 */
MUST_CHECK enum err
policy_text_parse(const struct setting *setting, struct piece piece, void *place);

MUST_CHECK enum err
policy_list_parse(const struct setting *setting, struct piece piece, void *place);

MUST_CHECK enum err
policy_roles_parse(const struct setting *setting, struct piece piece, void *place);

/* The member as text; always terminated. */
void
policy_text_print(const void *place, char value[POLICY_VALUE_SIZE]);

void
policy_roles_print(const void *place, char value[POLICY_VALUE_SIZE]);

#endif
