/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "talk.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct wire_proof proof;
static struct wire_settings_view_reply seen;

void
talk_see(const struct wire_settings_view_reply *view)
{
	seen = *view;
}

static void
put_word(const char *text)
{
	for (putchar(':'); *text != '\0'; text++)
		putchar(*text == ' ' ? '_' : *text);
}

void
talk_happened(const struct wire_notices_reply *page)
{
	for (uint32_t i = 0; i < page->count; i++) {
		const struct wire_notice *notice = &page->notice[i];

		(void)printf(" %lld", (long long)notice->id);
		put_word(notice->action);
		put_word(notice->who);
		put_word(notice->target);
		put_word(notice->detail);
		put_word(notice->unread ? "new" : "read");
	}
	if (page->more)
		(void)printf(" more");
}

const char *
talk_whole(char **word)
{
	if (word[1] != NULL)
		word[1][-1] = ' ';
	return word[0];
}

void
talk_proof(const char *typed)
{
	static const char digits[] = "0123456789";

	memset(&proof, 0, sizeof proof);
	if (strcmp(typed, "-") == 0)
		return;
	if (strlen(typed) == 6 && strspn(typed, digits) == 6)
		wire_put(proof.code, sizeof proof.code, typed);
	else if (strlen(typed) == 19 && typed[4] == '-')
		wire_put(proof.recovery, sizeof proof.recovery, typed);
	else
		wire_put(proof.password, sizeof proof.password, typed);
}

void
talk_prove(struct wire_request *request)
{
	const struct wire_proof *place = wire_request_proof(request);

	/* It is a member of what we were given. */
	if (place != NULL)
		memcpy((char *)request + ((const char *)place - (const char *)request), &proof,
		    sizeof proof);
}

static void
fill_person(char **word, struct wire_request *request)
{
	struct wire_user_add_request *person = &request->u.user_add;
	enum role role = ROLE_OPERATOR;

	if (word[2] != NULL && role_from_word(word[2], &role) != ERR_OK)
		client_die("There is no such role.");
	wire_put(person->name, sizeof person->name, word[1]);
	wire_put(person->password, sizeof person->password, "a password of somebody else");
	person->role = (uint8_t)role;
}

static void
fill_role(char **word, struct wire_request *request)
{
	enum role role;

	if (word[2] == NULL || role_from_word(word[2], &role) != ERR_OK)
		client_die("There is no such role.");
	wire_put(request->u.user_role.name, sizeof request->u.user_role.name, word[1]);
	request->u.user_role.role = (uint8_t)role;
}

static void
fill_enable(char **word, struct wire_request *request)
{
	wire_put(request->u.user_enable.name, sizeof request->u.user_enable.name, word[1]);
	request->u.user_enable.enabled = strcmp(word[0], "enable") == 0;
}

static void
fill_reset(char **word, struct wire_request *request)
{
	wire_put(request->u.user_reset.name, sizeof request->u.user_reset.name, word[1]);
	wire_put(request->u.user_reset.reason, sizeof request->u.user_reset.reason, "asked for");
}

static void
fill_unlock(char **word, struct wire_request *request)
{
	wire_put(request->u.user_unlock.name, sizeof request->u.user_unlock.name, word[1]);
}

static void
fill_end(char **word, struct wire_request *request)
{
	wire_put(request->u.user_end.name, sizeof request->u.user_end.name, word[1]);
}

static void
fill_remove(char **word, struct wire_request *request)
{
	wire_put(request->u.user_remove.name, sizeof request->u.user_remove.name, word[1]);
}

static void
fill_setting(char **word, struct wire_request *request)
{
	struct wire_setting_change_request *change = &request->u.setting_change;
	struct wire_edit *edit = &change->edit[0];
	enum setting_id id;

	if (word[2] == NULL || policy_find(word[1], &id) != ERR_OK)
		client_die("There is no such setting.");
	change->people = seen.people;
	change->with_2fa = seen.with_2fa;
	change->count = 1;
	edit->id = (uint32_t)id;
	wire_put(edit->value, sizeof edit->value, word[2]);
	wire_put(edit->seen, sizeof edit->seen, seen.value[id]);
}

static void
fill_invite(char **word, struct wire_request *request)
{
	wire_put(request->u.user_add.name, sizeof request->u.user_add.name, word[1]);
	request->u.user_add.invite = 1;
}

static void
fill_waiting(char **word, struct wire_request *request)
{
	request->u.waiting.id = strtoll(word[1], NULL, 10);
}

/* "happened BEFORE ROW", "read OLDEST NEWEST": ids */
static void
fill_happened(char **word, struct wire_request *request)
{
	request->u.notices.before = strtoll(word[1], NULL, 10);
	request->u.notices.sign_in = word[2] != NULL ? strtoll(word[2], NULL, 10) : 0;
}

static void
fill_read(char **word, struct wire_request *request)
{
	request->u.notices_read.oldest = strtoll(word[1], NULL, 10);
	request->u.notices_read.newest = word[2] != NULL ? strtoll(word[2], NULL, 10) : 0;
}

static void
fill_change(char **word, struct wire_request *request)
{
	struct wire_change_password_request *change = &request->u.change_password;

	wire_put(change->old, sizeof change->old, talk_whole(word + 1));
	wire_put(change->fresh, sizeof change->fresh, "a password of my own choice");
}

/* Of that sign-in, to another password. */
static void
fill_not_me(char **word, struct wire_request *request)
{
	if (word[2] == NULL)
		client_die("By which password?");
	fill_change(word + 1, request);
	request->u.change_password.sign_in = strtoll(word[1], NULL, 10);
}

static void
fill_judge(char **word, struct wire_request *request)
{
	request->u.judge.id = strtoll(word[1], NULL, 10);
	request->u.judge.keep = word[2] != NULL && strcmp(word[2], "keep") == 0;
}

static void
fill_another(char **word, struct wire_request *request)
{
	wire_put(request->u.device_add.name, sizeof request->u.device_add.name, word[1]);
}

static void
fill_device(char **word, struct wire_request *request)
{
	request->u.device.id = strtoll(word[1], NULL, 10);
}

static const struct {
	const char *verb;
	enum wire_op op;
	void (*fill)(char **word, struct wire_request *request);
} verbs[] = {
	{ "add", WIRE_USER_ADD, fill_person },
	{ "give", WIRE_USER_PASSWORD, fill_person },
	{ "role", WIRE_USER_ROLE, fill_role },
	{ "enable", WIRE_USER_ENABLE, fill_enable },
	{ "disable", WIRE_USER_ENABLE, fill_enable },
	{ "reset", WIRE_USER_RESET, fill_reset },
	{ "unlock", WIRE_USER_UNLOCK, fill_unlock },
	{ "expel", WIRE_USER_END, fill_end },
	{ "remove", WIRE_USER_REMOVE, fill_remove },
	{ "setting", WIRE_SETTING_CHANGE, fill_setting },
	{ "change", WIRE_CHANGE_PASSWORD, fill_change },
	{ "disown", WIRE_NOT_ME, fill_change },
	{ "not-me", WIRE_NOT_ME, fill_not_me },
	{ "judge", WIRE_JUDGE, fill_judge },
	{ "another", WIRE_DEVICE_ADD, fill_another },
	{ "exchange", WIRE_DEVICE_REPLACE, fill_device },
	{ "drop", WIRE_DEVICE_REMOVE, fill_device },
	{ "happened", WIRE_HAPPENED, fill_happened },
	{ "read", WIRE_HAPPENED_READ, fill_read },
	{ "invite", WIRE_USER_PASSWORD, fill_invite },
	{ "confirm", WIRE_WAITING_CONFIRM, fill_waiting },
	{ "end", WIRE_WAITING_END, fill_waiting },
};

bool
talk_home(char **word, struct wire_request *request)
{
	for (size_t i = 0; i < sizeof verbs / sizeof verbs[0]; i++) {
		if (strcmp(verbs[i].verb, word[0]) != 0)
			continue;
		if (word[1] == NULL)
			client_die("Of whom?");
		wire_request_init(request, verbs[i].op);
		verbs[i].fill(word, request);
		talk_prove(request);
		return true;
	}
	return false;
}
