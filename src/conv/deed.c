/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv/deed.h"

#include <stdio.h>
#include <string.h>

#include "core/audit.h"
#include "core/text.h"
#include "core/words.h"

/* Marks stand for the row's own words: {who}, {whom}, {detail}. */
static const struct told {
	enum audit_verb verb;
	const char *result;
	const char *text;
} told[] = {
	{ AUDIT_PASSWORD, "ok", N_("{who} typed the right password") },
	{ AUDIT_PASSWORD, "wrong", N_("{who}'s password was wrong") },
	{ AUDIT_PASSWORD, "paused", N_("{who}'s password was not looked at: paused") },
	{ AUDIT_CODE, "ok", N_("{who}'s code was right") },
	{ AUDIT_CODE, "wrong", N_("{who}'s code was wrong") },
	{ AUDIT_CODE, "replay", N_("{who}'s code was already used") },
	{ AUDIT_CODE, "paused", N_("{who}'s code was not looked at: paused") },
	{ AUDIT_RECOVERY_CODE, "ok", N_("{who} used a recovery code") },
	{ AUDIT_RECOVERY_CODE, "wrong", N_("{who}'s recovery code was wrong") },
	{ AUDIT_ACTIVATE, "wrong", N_("{who}'s code for a new authenticator was wrong") },
	{ AUDIT_DEVICE_ADD, "ok", N_("{who} added an authenticator: {detail}") },
	{ AUDIT_DEVICE_REPLACE, "ok", N_("{who} replaced an authenticator: {detail}") },
	{ AUDIT_DEVICE_RENAME, "ok", N_("{who} renamed an authenticator: {detail}") },
	{ AUDIT_DEVICE_REMOVE, "ok", N_("{who} removed an authenticator: {detail}") },
	{ AUDIT_SSH_ADD, "ok", N_("{who} added an SSH key: {detail}") },
	{ AUDIT_SSH_RENAME, "ok", N_("{who} renamed an SSH key: {detail}") },
	{ AUDIT_SSH_REMOVE, "ok", N_("{who} removed an SSH key: {detail}") },
	{ AUDIT_UNLOCK, "wrong", N_("{who} could not unlock the session") },
	{ AUDIT_USER_ADD, "ok", N_("{whom} was added by {who}: {detail}") },
	{ AUDIT_USER_ENABLE, "ok", N_("{whom} was enabled by {who}") },
	{ AUDIT_USER_DISABLE, "ok", N_("{whom} was disabled by {who}") },
	{ AUDIT_USER_ROLE, "ok", N_("{whom}'s role was changed by {who}: {detail}") },
	{ AUDIT_USER_REMOVE, "ok", N_("{whom} was removed by {who}") },
	{ AUDIT_USER_UNLOCK, "ok", N_("{whom} was unlocked by {who}") },
	{ AUDIT_USER_PASSWORD, "ok", N_("{whom} was given a new password by {who}") },
	{ AUDIT_USER_SSH_ADD, "ok", N_("{whom} was given an SSH key by {who}: {detail}") },
	{ AUDIT_USER_SSH_REMOVE, "ok", N_("{who} took an SSH key away from {whom}: {detail}") },
	{ AUDIT_RESET_2FA, "ok",
	    N_("{whom}'s two-factor authentication was reset by {who}: {detail}") },
	{ AUDIT_IMPORT, "ok", N_("{whom} was taken over from another tool by {who}: {detail}") },
	{ AUDIT_IMPORT, "undone", N_("{whom} was taken back: {who}'s import was not finished") },
	{ AUDIT_IMPORT_FILE, "ok", N_("{who} took people over from a file: {detail}") },
	{ AUDIT_IMPORT_FILE, "undone", N_("{who}'s import was not finished, and was taken back") },
	{ AUDIT_SETTING, "ok", N_("{who} changed the setting {whom}: {detail}") },
	{ AUDIT_LINK, "ok", N_("{who} linked {whom} to the UNIX account {detail}") },
	{ AUDIT_UNLINK, "ok", N_("{who} removed {whom}'s link to the UNIX account {detail}") },
	{ AUDIT_PAM_CODE, "ok",
	    N_("{who}'s code for the UNIX account {whom} was right: {detail}") },
	{ AUDIT_PAM_CODE, "wrong",
	    N_("{who}'s code for the UNIX account {whom} was wrong: {detail}") },
	{ AUDIT_TICKET, "wrong", N_("a console whose ticket is none was refused") },
	{ AUDIT_TICKET, "denied",
	    N_("a console with the ticket of another UNIX user was refused") },
	{ AUDIT_TICKET, "replay", N_("a console with a ticket that is in use was refused") },
	{ AUDIT_NODE_JOIN, "ok", N_("{who} invited the host {whom} to share these people") },
	{ AUDIT_NODE_REMOVE, "ok", N_("{who} removed the host {whom} from these people") },
	{ AUDIT_NODE_HEAD, "ok", N_("{who} witnessed the head of the trail of {whom}: {detail}") },
	{ AUDIT_WAIT, "ok", N_("{who} asked for {detail} of {whom}, which waits for a second") },
	{ AUDIT_WAIT_CONFIRM, "ok", N_("{who} confirmed, of {whom}: {detail}") },
	{ AUDIT_WAIT_REFUSE, "ok", N_("{who} turned down, of {whom}: {detail}") },
	{ AUDIT_WAIT_WITHDRAW, "ok", N_("{who} withdrew, of {whom}: {detail}") },
	{ AUDIT_WAIT_EXPIRE, "ok",
	    N_("nobody confirmed in time what {who} asked for, of {whom}: {detail}") },
};

/* All that trail_result() and keeper/imports.c write. */
static const struct {
	const char *result, *says;
} results[] = {
	{ "ok", N_("done") },
	{ "wrong", N_("wrong") },
	{ "refused", N_("refused") },
	{ "replay", N_("already used") },
	{ "paused", N_("paused") },
	{ "locked", N_("locked") },
	{ "busy", N_("busy") },
	{ "denied", N_("not allowed") },
	{ "undone", N_("taken back") },
};

const char *
deed_result(const char *result)
{
	for (size_t i = 0; i < sizeof results / sizeof *results; i++)
		if (strcmp(results[i].result, result) == 0)
			return _(results[i].says);
	return result;
}

/* --- its words ------------------------------------------------------------------- */

/* What the marks stand for, fit to be shown. */
struct words {
	char who[TEXT_NAME_SIZE], whom[TEXT_NAME_SIZE], detail[TEXT_REASON_SIZE];
	char says[TEXT_REASON_SIZE];
	const char *result;
};

static void
show(const char *text, char *buf, size_t size)
{
	(void)text_show(text, strlen(text), buf, size);
}

/* A role and a sum stand in rows as words of the program. */
static void
show_detail(const char *detail, char *buf, size_t size)
{
	enum role role;
	int64_t more = audit_more(detail);

	if (role_from_word(detail, &role) == ERR_OK)
		(void)snprintf(buf, size, "%s", _(role_title(role)));
	else if (more > 0)
		(void)snprintf(buf, size,
		    ngettext("and %lld more", "and %lld more", (unsigned)more), (long long)more);
	else
		show(detail, buf, size);
}

/* What a mark stands for: *ret_length its bytes. NULL: there is none here. */
static const char *
mark_at(const char *text, const struct words *words, size_t *ret_length)
{
	const struct {
		const char *mark, *value;
	} marks[] = {
		{ "{who}", words->who },
		{ "{whom}", words->whom },
		{ "{detail}", words->detail },
		{ "{says}", words->says },
		{ "{result}", words->result },
	};

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		*ret_length = strlen(marks[i].mark);
		if (strncmp(text, marks[i].mark, *ret_length) == 0)
			return marks[i].value;
	}
	return NULL;
}

/* A translation with other marks is text. What stands behind the last mark but has nothing to say
 * ("...: ") goes with it. */
static void
fill(const char *text, const struct words *words, char *buf, size_t size)
{
	size_t used = 0, length;

	while (*text != '\0' && used + 1 < size) {
		const char *value = *text == '{' ? mark_at(text, words, &length) : NULL;

		if (value == NULL) {
			buf[used++] = *text++;
			continue;
		}
		used += (size_t)snprintf(buf + used, size - used, "%s", value);
		used = used < size ? used : size - 1;
		text += length;
	}
	buf[used] = '\0';
}

/* Nothing is said behind a colon: then there is none. */
static void
trim(char *buf)
{
	static const char *const ends[] = { " ", ":", "\xc2\xa0" };
	size_t length = strlen(buf);

	for (size_t i = 0; i < sizeof ends / sizeof *ends;) {
		size_t end = strlen(ends[i]);

		if (length >= end && memcmp(buf + length - end, ends[i], end) == 0) {
			length -= end;
			i = 0;
		} else {
			i++;
		}
	}
	buf[length] = '\0';
}

/* --- the sentence ------------------------------------------------------------------ */

static const char *
own_sentence(enum audit_verb verb, const char *result)
{
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (told[i].verb == verb && strcmp(told[i].result, result) == 0)
			return _(told[i].text);
	return NULL;
}

/* Of a verb that has none for this result. */
static const char *
common_sentence(const struct deed *deed, struct words *words)
{
	bool well = strcmp(deed->result, "ok") == 0;
	enum audit_verb verb = audit_find(deed->action);
	bool whom = words->whom[0] != '\0';

	if (well && verb != AUDIT_NONE)
		(void)snprintf(words->says, sizeof words->says, "%s", _(audit_says(verb)));
	else
		show(deed->action, words->says, sizeof words->says);
	if (!well)
		return whom ? _("{who} was refused ({result}): {says} {whom}")
			    : _("{who} was refused ({result}): {says}");
	return whom ? _("{who} {says}: {whom}") : _("{who} {says}");
}

/* Of refusals that are summed up: how many more there were. */
static void
add_sum(const struct deed *deed, const struct words *words, char *buf, size_t size)
{
	size_t used = strlen(buf);

	if (strcmp(deed->result, "ok") != 0 && strncmp(deed->detail, "and ", 4) == 0)
		(void)snprintf(buf + used, size - used, " (%s)", words->detail);
}

void
deed_put(const struct deed *deed, char *buf, size_t size)
{
	struct words words = { .result = deed_result(deed->result) };
	const char *text = own_sentence(audit_find(deed->action), deed->result);

	if (size == 0)
		return;
	show(deed->who, words.who, sizeof words.who);
	show(deed->target, words.whom, sizeof words.whom);
	show_detail(deed->detail, words.detail, sizeof words.detail);
	if (text == NULL)
		text = common_sentence(deed, &words);
	fill(text, &words, buf, size);
	trim(buf);
	add_sum(deed, &words, buf, size);
}

void
deed_of_row(const struct wire_audit_row *row, char *buf, size_t size)
{
	const struct deed deed = { .action = row->action,
		.who = row->who,
		.target = row->target,
		.result = row->result,
		.detail = row->detail };

	deed_put(&deed, buf, size);
}

void
deed_brief(const struct wire_audit_row *row, unsigned parts, char *buf, size_t size)
{
	enum audit_verb verb = audit_find(row->action);
	char what[TEXT_LABEL_SIZE], target[TEXT_NAME_SIZE] = "", detail[TEXT_REASON_SIZE];
	size_t used;

	show(row->action, what, sizeof what);
	if (verb != AUDIT_NONE)
		(void)snprintf(what, sizeof what, "%s", _(audit_brief(verb)));
	if ((parts & DEED_WHOM) != 0)
		show(row->target, target, sizeof target);
	show_detail(row->detail, detail, sizeof detail);
	if (target[0] != '\0')
		(void)snprintf(buf, size, _("%s: %s"), what, target);
	else
		(void)snprintf(buf, size, "%s", what);
	used = strlen(buf);
	if ((parts & DEED_DETAIL) != 0 && detail[0] != '\0')
		(void)snprintf(buf + used, size - used, " (%s)", detail);
}
