/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv/edits.h"

#include <stdio.h>
#include <string.h>

#include "conv/notice.h"
#include "core/text.h"
#include "core/words.h"

enum { SHOWN_COLUMNS = 40 /* of a value in a sentence about several */ };

size_t
edits_count(const struct edits *edits)
{
	size_t count = 0;

	for (int id = 0; id < SETTING_COUNT; id++)
		count += edits->made[id];
	return count;
}

const char *
edits_value(const struct edits *edits, const struct wire_settings_view_reply *view,
    enum setting_id id)
{
	return edits->made[id] ? edits->value[id] : view->value[id];
}

const char *
edits_seen(const struct edits *edits, const struct wire_settings_view_reply *view,
    enum setting_id id)
{
	return edits->made[id] ? edits->seen[id] : view->value[id];
}

void
edits_put(struct edits *edits, const struct wire_settings_view_reply *view, enum setting_id id,
    const char *seen, const char *value)
{
	edits->made[id] = strcmp(value, view->value[id]) != 0 && strcmp(value, seen) != 0;
	wire_put(edits->seen[id], sizeof edits->seen[id], seen);
	wire_put(edits->value[id], sizeof edits->value[id], value);
}

/* --- the request --------------------------------------------------------------------- */

static void
send(struct edits *edits, enum setting_id id, struct wire_request *request)
{
	setting_request_add(&request->u.setting_change, id, edits->seen[id], edits->value[id]);
	edits->sent[edits->sent_count++] = id;
}

bool
edits_request(struct edits *edits, const struct wire_settings_view_reply *view,
    struct wire_request *ret_request)
{
	wire_request_init(ret_request, WIRE_SETTING_CHANGE);
	ret_request->u.setting_change.people = view->people;
	ret_request->u.setting_change.with_2fa = view->with_2fa;
	edits->sent_count = 0;
	for (int id = 0; id < SETTING_COUNT && edits->sent_count == 0; id++)
		if (edits->made[id] && policy_alone((enum setting_id)id))
			send(edits, (enum setting_id)id, ret_request);
	if (edits->sent_count > 0)
		return true;
	for (int id = 0; id < SETTING_COUNT; id++)
		if (edits->made[id])
			send(edits, (enum setting_id)id, ret_request);
	return edits->sent_count > 0;
}

void
edits_saved(struct edits *edits)
{
	for (size_t i = 0; i < edits->sent_count; i++)
		edits->made[edits->sent[i]] = false;
	edits->sent_count = 0;
}

void
edits_not_sent(struct edits *edits)
{
	edits->sent_count = 0;
}

/* --- in words -------------------------------------------------------------------------- */

/* A value that is text stands in quotes; one that is long is cut. */
static void
show(enum setting_id id, const char *value, char *buf, size_t size)
{
	char words[POLICY_VALUE_SIZE];
	size_t length, fits;

	setting_words(id, value, words, sizeof words);
	length = strlen(words);
	fits = text_fit(words, length, SHOWN_COLUMNS);
	if (fits < length)
		(void)snprintf(words + fits, sizeof words - fits, "%s", "…");
	if (policy_setting(id)->type == SETTING_TEXT)
		(void)snprintf(buf, size, _("“%s”"), words);
	else
		(void)snprintf(buf, size, "%s", words);
}

static void
add_change(const struct wire_edit *edit, char *buf, size_t size)
{
	char from[POLICY_VALUE_SIZE], to[POLICY_VALUE_SIZE];
	enum setting_id id = (enum setting_id)edit->id;
	size_t used = strlen(buf);

	show(id, edit->seen, from, sizeof from);
	show(id, edit->value, to, sizeof to);
	(void)snprintf(buf + used, size - used, "\n");
	used = strlen(buf);
	(void)snprintf(buf + used, size - used, _("%s: from %s to %s."),
	    _(policy_setting(id)->label), from, to);
}

void
edits_question(const struct wire_setting_change_request *change,
    const struct wire_settings_view_reply *view, char *buf, size_t size)
{
	bool named = false;

	if (change->count == 1) {
		setting_question(view, (enum setting_id)change->edit[0].id, change->edit[0].value,
		    buf, size);
		return;
	}
	(void)snprintf(buf, size, ngettext("Save %u change?", "Save %u changes?", change->count),
	    change->count);
	for (uint32_t i = 0; i < change->count; i++) {
		add_change(&change->edit[i], buf, size);
		named = named || change->edit[i].id == SETTING_CONSOLE_NAME;
	}
	if (named) {
		size_t used = strlen(buf);

		(void)snprintf(buf + used, size - used, "\n%s",
		    _("New QR codes carry the new name; existing entries in applications keep the "
		      "old one."));
	}
}

void
edits_question_brief(const struct wire_setting_change_request *change, char *buf, size_t size)
{
	(void)snprintf(buf, size,
	    ngettext("Save %u change? It is marked * in the list.",
		"Save %u changes? They are marked * in the list.", change->count),
	    change->count);
}

/* --- what was in the way ------------------------------------------------------------------ */

static void
overtaken(const struct edits *edits, const struct wire_settings_view_reply *view,
    enum setting_id id, char *buf, size_t size)
{
	char who[TEXT_NAME_SIZE + 32], now[POLICY_VALUE_SIZE];
	bool same = strcmp(edits->value[id], view->value[id]) == 0;

	notice_who(view->by[id], who, sizeof who);
	show(id, view->value[id], now, sizeof now);
	(void)snprintf(buf, size,
	    same ? _("%s: meanwhile changed by %s to %s, as you typed it.")
		 : _("%s: meanwhile changed by %s, now %s. What you typed is kept; save again to "
		     "replace it."),
	    _(policy_setting(id)->label), who, now);
}

void
edits_told(const struct wire_settings_view_reply *view, enum setting_id id, char *buf, size_t size)
{
	char who[TEXT_NAME_SIZE + 32], now[POLICY_VALUE_SIZE];

	notice_who(view->by[id], who, sizeof who);
	show(id, view->value[id], now, sizeof now);
	(void)snprintf(buf, size, _("%s: meanwhile changed by %s, now %s."),
	    _(policy_setting(id)->label), who, now);
}

bool
edits_overtaken(struct edits *edits, const struct wire_settings_view_reply *view, char *buf,
    size_t size)
{
	for (int i = 0; i < SETTING_COUNT; i++) {
		enum setting_id id = (enum setting_id)i;

		if (!edits->made[id] || strcmp(edits->seen[id], view->value[id]) == 0)
			continue;
		overtaken(edits, view, id, buf, size);
		edits_put(edits, view, id, view->value[id], edits->value[id]);
		return true;
	}
	return false;
}

bool
edits_refused(const struct edits *edits, enum err err, int64_t place, enum setting_id *ret_id,
    char *buf, size_t size)
{
	char why[POLICY_REFUSAL_SIZE];

	if (place < 1 || (uint64_t)place > edits->sent_count)
		return false;
	*ret_id = edits->sent[place - 1];
	setting_refusal(*ret_id, err, why);
	(void)snprintf(buf, size, _("%s: %s"), _(policy_setting(*ret_id)->label), why);
	return true;
}
