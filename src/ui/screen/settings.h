/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the settings screens share: the last values from the keeper, what was changed here and is
 * not saved, and how that is saved. The state belongs to screen_settings; the screens that edit one
 * setting stand above it and borrow it.
 */
#ifndef UI_SCREEN_SETTINGS_H
#define UI_SCREEN_SETTINGS_H

#include "conv/edits.h"
#include "ui/widget/list.h"
#include "ui/stack/parts.h"

struct settings {
	struct list list; /* over the rows of settings_draw.c */
	bool have;
	bool saving; /* the dialog of a save is open, or its answer is awaited */
	bool asking; /* the same of one that is changed at once: */
	enum setting_id asked;
	char seen[POLICY_VALUE_SIZE]; /* what was stored then */
	bool leaving;		      /* and the screen closes when all is saved */
	struct wire_settings_view_reply view;
	struct edits edits;
};

/* What a screen that edits one setting is opened with. */
struct settings_edit {
	struct settings *settings; /* of the screen below */
	enum setting_id id;
};

/* --- settings_draw.c ------------------------------------------------------------------ */

/* A row of the list: a setting, or a role of SETTING_REQUIRE_2FA_ROLES. */
struct settings_row {
	enum setting_id id;
	enum role role;
};

/* How many rows there are. */
size_t
settings_rows(void);

/* The one that the choice stands on. */
struct settings_row
settings_chosen_row(const struct settings *settings);

/* Its setting. */
enum setting_id
settings_chosen(const struct settings *settings);

/* The choice goes to a setting. */
void
settings_choose(struct settings *settings, enum setting_id id);

/* Whether a row of that setting is a box that is ticked. */
bool
settings_is_box(enum setting_id id);

/* screen_settings' picture. */
bool
settings_draw(const struct ui *ui, const void *state, struct rect area);

/* --- settings.c ------------------------------------------------------------------------ */

/* Opens the dialog that changes a setting at once: question and verb by its kind. */
void
settings_confirm(struct ui *ui, struct settings *settings, enum setting_id id, const char *value);

/* Takes the keeper's answer; this console's own name, applications and idle lock follow at once. */
void
settings_take(struct ui *ui, struct settings *settings,
    const struct wire_settings_view_reply *view);

/* The same for a screen that edits one setting: refreshes the snapshot of all values, keeps the
 * edit. */
void
settings_told(struct ui *ui, struct settings *settings, const struct wire_reply *reply);

/* An editor's end: closes the screen on top and keeps the value, which is not saved yet; or says
 * what is wrong with it and keeps the screen open. seen: the stored value when it was opened. */
void
settings_keep(struct ui *ui, struct settings *settings, enum setting_id id, const char *seen,
    const char *typed);

/* What was kept goes out: opens the dialog, or says why it cannot. */
void
settings_save(struct ui *ui, struct settings *settings);

/* Says so where something that was edited has been changed by somebody else. */
bool
settings_overtaken(struct ui *ui, struct settings *settings);

/* The same, once, after an answer that may be the reason why a dialog is gone. */
void
settings_looked(struct ui *ui, struct settings *settings);

/* The answer to a change. */
void
settings_changed(struct ui *ui, struct settings *settings, const struct wire_reply *reply);

/* A screen's resume: another administrator may have changed a value, and the dialog shows it. */
void
settings_resume(struct ui *ui, void *state);

#endif
