/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv/notice.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "conv/deed.h"
#include "conv/device.h"
#include "conv/setting.h"
#include "conv/waiting.h"
#include "conv/when.h"
#include "core/audit.h"
#include "core/source.h"
#include "core/words.h"

static const char host[] = "host:"; /* before the name of who acts for the host, in the trail */

/* What stands behind the sentence, and a colon. */
enum rest { REST_NONE, REST_TEXT, REST_ROLE, REST_DEVICE };

/*
 * How a verb is told. mine: to the person that somebody else ({who}) did it to; own: to the one who
 * did it themself. All else is told as a row of the trail is.
 */
static const struct sentence {
	const char *mine, *own;
	enum rest rest;
} sentences[AUDIT_VERB_COUNT] = {
	[AUDIT_ACTIVATE] = { .own = N_("An authenticator was added to your account"),
	    .rest = REST_DEVICE },
	[AUDIT_DEVICE_ADD] = { .own = N_("An authenticator was added to your account"),
	    .rest = REST_DEVICE },
	[AUDIT_DEVICE_REPLACE] = { .own = N_("An authenticator of yours was replaced"),
	    .rest = REST_DEVICE },
	[AUDIT_DEVICE_REMOVE] = { .own = N_("An authenticator of yours was removed"),
	    .rest = REST_DEVICE },
	[AUDIT_DEVICE_KEEP] = { .own = N_("You said that an authenticator is yours"),
	    .rest = REST_DEVICE },
	[AUDIT_SSH_ADD] = { .own = N_("An SSH key was added to your account"), .rest = REST_TEXT },
	[AUDIT_SSH_REMOVE] = { .own = N_("An SSH key of yours was removed"), .rest = REST_TEXT },
	[AUDIT_SSH_KEEP] = { .own = N_("You said that an SSH key is yours"), .rest = REST_TEXT },
	[AUDIT_DEACTIVATE] = { .own = N_("Your two-factor authentication was deactivated") },
	[AUDIT_RECOVERY_CODES] = { .own = N_("New recovery codes were made for you") },
	[AUDIT_RECOVERY_CODE] = { .own = N_("One of your recovery codes was used") },
	[AUDIT_NEW_PASSWORD] = { .own = N_("Your password was changed") },
	[AUDIT_CHANGE_PASSWORD] = { .own = N_("Your password was changed") },
	[AUDIT_NOT_ME] = { .own = N_("You said that a sign-in was not yours") },
	[AUDIT_USER_ENABLE] = { .mine = N_("Your account was enabled by {who}") },
	[AUDIT_USER_DISABLE] = { .mine = N_("Your account was disabled by {who}") },
	[AUDIT_USER_ROLE] = { .mine = N_("Your role was changed by {who}"), .rest = REST_ROLE },
	[AUDIT_USER_END] = { .mine = N_("Your sessions were ended by {who}") },
	[AUDIT_SESSION_END] = { .mine = N_("A session of yours was ended by {who}"),
	    .rest = REST_TEXT },
	[AUDIT_USER_UNLOCK] = { .mine = N_("You were unlocked by {who}") },
	[AUDIT_USER_PASSWORD] = { .mine = N_("You were given a new password by {who}") },
	[AUDIT_USER_SSH_ADD] = { .mine = N_("You were given an SSH key by {who}"),
	    .rest = REST_TEXT },
	[AUDIT_USER_SSH_REMOVE] = { .mine = N_("An SSH key of yours was removed by {who}"),
	    .rest = REST_TEXT },
	[AUDIT_RESET_2FA] = { .mine = N_("Your two-factor authentication was reset by {who}"),
	    .rest = REST_TEXT },
};

static bool
by_host(const char *who)
{
	return strncmp(who, host, sizeof host - 1) == 0;
}

/* Notices from before who did it was written down have no name. */
void
notice_who(const char *who, char *buf, size_t size)
{
	char name[TEXT_NAME_SIZE];
	bool of_host = by_host(who);

	who += of_host ? sizeof host - 1 : 0;
	(void)text_show(who, strlen(who), name, sizeof name);
	if (of_host && name[0] != '\0')
		(void)snprintf(buf, size, _("the host (%s)"), name);
	else if (of_host)
		(void)snprintf(buf, size, "%s", _("the host"));
	else
		(void)snprintf(buf, size, "%s", name[0] != '\0' ? name : _("an administrator"));
}

static void
put_setting(const struct wire_notice *notice, const char *who, char *buf, size_t size)
{
	char value[POLICY_VALUE_SIZE];
	enum setting_id id;

	(void)text_show(notice->detail, strlen(notice->detail), value, sizeof value);
	if (policy_find(notice->target, &id) != ERR_OK) {
		(void)snprintf(buf, size, _("%s was changed by %s, to “%s”"), notice->target, who,
		    value);
	} else if (id == SETTING_REQUIRE_2FA) {
		(void)snprintf(buf, size,
		    policy_is_yes(notice->detail)
			? _("Two-factor authentication was made mandatory by %s")
			: _("Two-factor authentication was made optional by %s"),
		    who);
	} else {
		setting_words(id, notice->detail, value, sizeof value);
		(void)snprintf(buf, size, _("%s was changed by %s, to “%s”"),
		    _(policy_setting(id)->label), who, value);
	}
}

struct mark {
	const char *mark, *value;
};

/* The mark that begins here, or NULL. */
static const struct mark *
mark_at(const char *text, const struct mark *marks, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strncmp(text, marks[i].mark, strlen(marks[i].mark)) == 0)
			return &marks[i];
	return NULL;
}

/* A sentence with names in their places, wherever a language has them. What a name is made of is
 * no mark. */
static void
fill(const char *sentence, const struct mark *marks, size_t count, char *buf, size_t size)
{
	size_t used = 0;

	while (*sentence != '\0' && used + 1 < size) {
		const struct mark *mark = mark_at(sentence, marks, count);

		if (mark == NULL) {
			buf[used++] = *sentence++;
			continue;
		}
		used += (size_t)snprintf(buf + used, size - used, "%s", mark->value);
		used = used < size ? used : size - 1;
		sentence += strlen(mark->mark);
	}
	buf[used] = '\0';
}

/* Told to the person concerned, or NULL. */
static const char *
own_sentence(const struct wire_notice *notice, const struct sentence *sentence)
{
	if (!notice->mine)
		return NULL;
	return notice->own && sentence->own != NULL ? sentence->own : sentence->mine;
}

/* What was asked for, by the verb that it has in the trail. */
static enum wire_op
asked_op(enum audit_verb verb)
{
	static const struct {
		enum audit_verb verb;
		enum wire_op op;
	} ops[] = {
		{ AUDIT_USER_ADD, WIRE_USER_ADD },
		{ AUDIT_USER_ROLE, WIRE_USER_ROLE },
		{ AUDIT_USER_PASSWORD, WIRE_USER_PASSWORD },
		{ AUDIT_RESET_2FA, WIRE_USER_RESET },
		{ AUDIT_SETTING, WIRE_SETTING_CHANGE },
	};

	for (size_t i = 0; i < sizeof ops / sizeof *ops; i++)
		if (ops[i].verb == verb)
			return ops[i].op;
	return WIRE_NO_OP;
}

/* What became of a request that waited for a second Super Administrator; NULL for all else. */
static const char *
waiting_sentence(enum audit_verb verb)
{
	static const struct {
		enum audit_verb verb;
		const char *text;
	} told[] = {
		{ AUDIT_WAIT,
		    N_("{what}: asked by {asker}, waits for a second Super Administrator") },
		{ AUDIT_WAIT_CONFIRM, N_("{what}: asked by {asker}, confirmed by {who}") },
		{ AUDIT_WAIT_REFUSE, N_("{what}: asked by {asker}, refused by {who}") },
		{ AUDIT_WAIT_WITHDRAW, N_("{what}: withdrawn by {who}, who had asked for it") },
		{ AUDIT_WAIT_EXPIRE,
		    N_("{what}: asked by {asker}, but nobody confirmed it within 24 hours") },
	};

	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		if (told[i].verb == verb)
			return told[i].text;
	return NULL;
}

/* The detail is the verb that waits and, where it is not who did this, a blank and who asked. */
static void
put_waiting(const struct wire_notice *notice, const char *sentence, const char *who, char *buf,
    size_t size)
{
	struct wire_waiting waiting = { 0 };
	char verb[AUDIT_NAME_SIZE], what[NOTICE_TEXT / 2], asker[TEXT_NAME_SIZE];
	const struct mark marks[] = { { "{what}", what }, { "{asker}", asker }, { "{who}", who } };
	size_t length = strcspn(notice->detail, " ");
	const char *rest = notice->detail + length;

	wire_put(verb, sizeof verb, "");
	if (length < sizeof verb)
		(void)snprintf(verb, sizeof verb, "%.*s", (int)length, notice->detail);
	waiting.what = asked_op(audit_find(verb));
	wire_put(waiting.name, sizeof waiting.name, notice->target);
	waiting_words(&waiting, what, sizeof what);
	if (*rest == ' ')
		(void)text_show(rest + 1, strlen(rest + 1), asker, sizeof asker);
	else
		(void)snprintf(asker, sizeof asker, "%s", who);
	fill(_(sentence), marks, sizeof marks / sizeof *marks, buf, size);
}

/* By what, as the row tells it: "with NAME", "recovery code", or nothing. */
static void
put_sign_in(const struct wire_notice *notice, char *buf, size_t size)
{
	static const char with[] = "with ";
	char name[TEXT_LABEL_SIZE], label[TEXT_LABEL_SIZE];
	const struct mark mark = { "{what}", name };
	size_t used;

	if (strcmp(notice->detail, "recovery code") == 0) {
		(void)snprintf(buf, size, "%s", _("You signed in with a recovery code"));
	} else if (strncmp(notice->detail, with, sizeof with - 1) == 0) {
		wire_put(label, sizeof label, notice->detail + sizeof with - 1);
		device_name_put(label, name, sizeof name);
		fill(_("You signed in with {what}"), &mark, 1, buf, size);
	} else {
		(void)snprintf(buf, size, "%s", _("You signed in"));
	}
	used = strlen(buf);
	if (notice->here && used < size)
		(void)snprintf(buf + used, size - used, ", %s", _("this session"));
}

/* "": nothing stands behind the sentence. */
static void
put_rest(const struct wire_notice *notice, enum rest rest, char *buf, size_t size)
{
	enum role role;

	(void)text_show(notice->detail, strlen(notice->detail), buf, size);
	switch (rest) {
	case REST_NONE:
		buf[0] = '\0';
		break;
	case REST_ROLE:
		if (role_from_word(notice->detail, &role) == ERR_OK)
			(void)snprintf(buf, size, "%s", _(role_title(role)));
		break;
	case REST_DEVICE:
		if (strcmp(notice->detail, ACCOUNT_DEVICE_NAME) == 0)
			buf[0] = '\0';
		break;
	case REST_TEXT:
		break;
	}
}

static void
put_mine(const struct wire_notice *notice, const struct sentence *sentence, const char *who,
    char *buf, size_t size)
{
	const struct mark mark = { "{who}", who };
	char done[NOTICE_TEXT / 2], rest[TEXT_REASON_SIZE];

	fill(_(own_sentence(notice, sentence)), &mark, 1, done, sizeof done);
	put_rest(notice, sentence->rest, rest, sizeof rest);
	if (rest[0] != '\0')
		(void)snprintf(buf, size, _("%s: %s"), done, rest);
	else
		(void)snprintf(buf, size, "%s", done);
}

void
notice_words(const struct wire_notice *notice, char *buf, size_t size)
{
	enum audit_verb verb = audit_find(notice->action);
	const struct sentence *sentence = &sentences[verb];
	char who[TEXT_NAME_SIZE];
	const struct deed deed = { .action = notice->action,
		.who = who,
		.target = notice->target,
		.result = "ok",
		.detail = notice->detail };

	notice_who(notice->who, who, sizeof who);
	if (notice->sign_in)
		put_sign_in(notice, buf, size);
	else if (waiting_sentence(verb) != NULL)
		put_waiting(notice, waiting_sentence(verb), who, buf, size);
	else if (verb == AUDIT_SETTING)
		put_setting(notice, who, buf, size);
	else if (own_sentence(notice, sentence) != NULL)
		put_mine(notice, sentence, who, buf, size);
	else
		deed_put(&deed, buf, size);
}

void
notice_when(const struct wire_notice *notice, int64_t now, char *buf, size_t size)
{
	char when[64], source[WIRE_SOURCE_SIZE];

	when_put(notice->time, now, when, sizeof when);
	(void)text_show(notice->source, strlen(notice->source), source, sizeof source);
	if (!notice->mine || !notice->own)
		(void)snprintf(buf, size, "%s", when);
	else if (strcmp(source, SOURCE_LOCAL_TEXT) == 0)
		(void)snprintf(buf, size, _("%s, local"), when);
	else
		(void)snprintf(buf, size, _("%s, from %s"), when, source);
}

void
notice_line(const struct wire_notice *notice, int64_t now, char *buf, size_t size)
{
	char words[NOTICE_TEXT], when[WIRE_SOURCE_SIZE + 96];

	notice_words(notice, words, sizeof words);
	notice_when(notice, now, when, sizeof when);
	(void)snprintf(buf, size, "%s (%s)", words, when);
}

/* Each kind goes on behind its last one. */
void
notice_next(const struct wire_notices_request *from, const struct wire_notice *notices,
    size_t count, struct wire_notices_request *ret_next)
{
	struct wire_notices_request next = *from;

	for (size_t i = 0; i < count; i++)
		if (notices[i].sign_in)
			next.sign_in = notices[i].id;
		else
			next.before = notices[i].id;
	*ret_next = next;
}

bool
notice_read(const struct wire_notice *notices, size_t count,
    struct wire_notices_read_request *ret_read)
{
	struct wire_notices_read_request read = { 0 };
	bool news = false;

	for (size_t i = 0; i < count; i++) {
		if (notices[i].sign_in)
			continue;
		news = news || notices[i].unread;
		read.oldest = notices[i].id;
		if (read.newest == 0)
			read.newest = notices[i].id;
	}
	if (news)
		*ret_read = read;
	return news;
}
