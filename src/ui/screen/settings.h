/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the settings screens share: the last values from the keeper, and the dialog that changes
 * one. The state belongs to screen_settings; the screens that edit one setting stand above it and
 * borrow it.
 */
#ifndef UI_SCREEN_SETTINGS_H
#define UI_SCREEN_SETTINGS_H

#include "ui/widget/list.h"
#include "ui/stack/parts.h"

struct settings {
	struct list list; /* over the order of settings_draw.c */
	bool have;
	struct wire_settings_view_reply view;
};

/* What a screen that edits one setting is opened with. */
struct settings_edit {
	struct settings *settings; /* of the screen below */
	enum setting_id id;
};

/* The setting that the choice stands on: the screen shows them in groups, not in the table's order.
 */
enum setting_id
settings_chosen(const struct settings *settings);

/* screen_settings' picture. */
bool
settings_draw(const struct ui *ui, const void *state, struct rect area);

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

/* A screen's save: closes the screen on top and opens the dialog over the list, or says what is
 * wrong with the value and keeps the screen open. A value that is as before is not asked about. */
void
settings_save(struct ui *ui, const struct settings *settings, enum setting_id id,
    const char *typed);

/* A screen's resume: another administrator may have changed a value, and the dialog shows it. */
void
settings_resume(struct ui *ui, void *state);

#endif
