/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which characters a kind of field takes, and as what. Pure; field.c's own. */
#ifndef UI_WIDGET_FIELD_TAKE_H
#define UI_WIDGET_FIELD_TAKE_H

#include "ui/widget/field.h"

/* What is dropped without a word. */
#define FIELD_TAKE_NOTHING UINT32_MAX

/* EVENT_TEXT -> the character to insert, or FIELD_TAKE_NOTHING. Errors: ERR_FIELD_CONTROL, _DIGITS,
 * ERR_RECOVERY_FORMAT. */
MUST_CHECK enum err
field_take(enum field_kind kind, const struct event *event, uint32_t *ret_point);

#endif
