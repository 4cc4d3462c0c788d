/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What one visit to Settings has changed and not saved yet, for the screens and for plain text: all
 * of it goes out as one request with one proof, but for what policy_alone() names, which goes out
 * before, each by itself (DESIGN 3). Pure.
 */
#ifndef CONV_EDITS_H
#define CONV_EDITS_H

#include <stdbool.h>
#include <stddef.h>

#include "conv/setting.h"

enum { EDITS_TEXT = 4096 };

/* All zero: nothing was changed. */
struct edits {
	bool made[SETTING_COUNT];
	char seen[SETTING_COUNT][POLICY_VALUE_SIZE];  /* the stored value, to its editor */
	char value[SETTING_COUNT][POLICY_VALUE_SIZE]; /* in its normal form */
	enum setting_id sent[SETTING_COUNT];	      /* those of the last request, in its order */
	size_t sent_count;
};

/* How many there are. */
size_t
edits_count(const struct edits *edits);

/* What an editor begins with: what was typed before, else what is stored. */
const char *
edits_value(const struct edits *edits, const struct wire_settings_view_reply *view,
    enum setting_id id);

/* And what it was seen instead of: to be given back to edits_put(). */
const char *
edits_seen(const struct edits *edits, const struct wire_settings_view_reply *view,
    enum setting_id id);

/* Keeps a value in its normal form; the one that is stored takes the edit back. */
void
edits_put(struct edits *edits, const struct wire_settings_view_reply *view, enum setting_id id,
    const char *seen, const char *value);

/*
 * The next request, all but its proof; to be asked for again after edits_saved(), until it is none
 * (false): what stands alone comes first.
 */
bool
edits_request(struct edits *edits, const struct wire_settings_view_reply *view,
    struct wire_request *ret_request);

/* The question before it, translated: each value before and after. Always terminates. */
void
edits_question(const struct wire_setting_change_request *change,
    const struct wire_settings_view_reply *view, char *buf, size_t size);

/* The same without the values, for where they have no room. */
void
edits_question_brief(const struct wire_setting_change_request *change, char *buf, size_t size);

/* The last request was done. */
void
edits_saved(struct edits *edits);

/* Another request than edits_request() made goes out. */
void
edits_not_sent(struct edits *edits);

/*
 * Whether something that was edited has been changed by somebody else since: says what, by whom,
 * and what it is now (translated, one of them at a time). It counts as seen from then on, so that
 * saving again puts the edit in its place. What is now as it was typed is no edit any more.
 */
bool
edits_overtaken(struct edits *edits, const struct wire_settings_view_reply *view, char *buf,
    size_t size);

/* The same of a setting of which nothing was kept: what somebody else made of it. */
void
edits_told(const struct wire_settings_view_reply *view, enum setting_id id, char *buf, size_t size);

/* Why the last request was refused, with the name of the setting that it is about. place: from 1,
 * as the keeper says; *ret_id is that setting. False: it is about none of them. */
bool
edits_refused(const struct edits *edits, enum err err, int64_t place, enum setting_id *ret_id,
    char *buf, size_t size);

#endif
