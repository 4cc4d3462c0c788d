/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the settings screens share: the last values from the keeper, and the dialog that changes
 * one. The state belongs to screen_settings; the screens that edit one setting stand above it and
 * borrow it.
 */
#ifndef UI_SETTINGS_H
#define UI_SETTINGS_H

#include "ui/list.h"
#include "ui/parts.h"

struct settings {
	struct list list; /* over enum setting_id */
	bool have;
	struct wire_settings_view_reply view;
};

/* The settings of the screen below; NULL if none is. */
struct settings *
settings_below(const struct ui *ui);

/* A value as people read it, translated: "15 minutes", "yes". Always terminates. */
void
settings_words(enum setting_id id, const char *value, char *buf, size_t size);

/* Opens the dialog that changes a setting: question and verb by its kind. */
void
settings_confirm(struct ui *ui, const struct settings *settings, enum setting_id id,
    const char *value);

/* Takes the keeper's answer; this console's own name, applications and idle lock follow at once. */
void
settings_take(struct ui *ui, struct settings *settings,
    const struct wire_settings_view_reply *view);

/* The same for a screen that edits one setting: refreshes the snapshot of all values, keeps the
 * edit. */
void
settings_told(struct ui *ui, struct settings *settings, const struct wire_reply *reply);

/* Validates a value as the keeper will, before the dialog asks for a code; *ret_value is its normal
 * form. */
MUST_CHECK enum err
settings_check(enum setting_id id, const char *typed, char ret_value[POLICY_VALUE_SIZE]);

/* Says why settings_check() refused: for ERR_SETTING_VALUE, what the setting allows. */
void
settings_say_wrong(struct ui *ui, enum setting_id id, enum err err);

#endif
