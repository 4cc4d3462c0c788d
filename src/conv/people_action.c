/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is done to another person: one row each. */
#include <stdio.h>
#include <string.h>

#include "conv/people.h"
#include "core/permission.h"
#include "core/text.h"
#include "core/words.h"

enum { ME = 1, OTHER = 2 };

static bool
always(const struct wire_user *user)
{
	(void)user;
	return true;
}

static bool
is_here(const struct wire_user *user)
{
	return user->here;
}

static bool
is_enabled(const struct wire_user *user)
{
	return user->enabled;
}

static bool
is_disabled(const struct wire_user *user)
{
	return !user->enabled;
}

static const struct {
	enum permission permission;
	bool (*offered)(const struct wire_user *user);
	const char *label, *text, *verb;
	enum people_typed typed;
	const char *question, *done; /* with one %s: the name; of PEOPLE_ROLE with two more */
} actions[PEOPLE_ACTIONS] = {
	[PEOPLE_UNLOCK] = { PERMISSION_USER_UNLOCK, always, N_("Unlock"),
	    N_("after wrong passwords or codes"), N_("Unlock"), PEOPLE_TYPE_NOTHING,
	    N_("Unlock %s? All pauses after wrong passwords and codes end."),
	    N_("%s was unlocked.") },
	[PEOPLE_RESET] = { PERMISSION_USER_RESET, always, N_("Reset two-factor authentication"),
	    N_("for a lost phone"), N_("Reset"), PEOPLE_TYPE_REASON,
	    N_("Reset the two-factor authentication of %s? Authenticators and recovery codes stop "
	       "working, open sessions end, and it is configured anew at the next sign-in. Make "
	       "sure that it is really they who ask."),
	    N_("The two-factor authentication of %s was reset. It is configured anew at the next "
	       "sign-in.") },
	[PEOPLE_INVITE] = { PERMISSION_USER_PASSWORD, always, N_("New invitation"),
	    N_("for a forgotten password"), N_("Make an invitation"), PEOPLE_TYPE_NOTHING,
	    N_("Make a new invitation for %s? The present password stops working, and open "
	       "sessions end."),
	    N_("%s has a new invitation. Open sessions have ended.") },
	[PEOPLE_ROLE] = { PERMISSION_USER_ROLE, always, N_("Change role"), "", N_("Change role"),
	    PEOPLE_TYPE_NOTHING,
	    N_("Change the role of %s from %s to %s? It holds at once, for open sessions too."),
	    N_("%s has another role now: %s.") },
	[PEOPLE_END] = { PERMISSION_USER_END, is_here, N_("End sessions"),
	    N_("signs them out everywhere"), N_("End sessions"), PEOPLE_TYPE_NOTHING,
	    N_("End all sessions of %s? They may sign in again."),
	    N_("All sessions of %s have ended.") },
	[PEOPLE_DISABLE] = { PERMISSION_USER_DISABLE, is_enabled, N_("Disable"),
	    N_("nobody can sign in by this name"), N_("Disable"), PEOPLE_TYPE_NOTHING,
	    N_("Disable %s? Nobody can sign in by this name until it is enabled again, and open "
	       "sessions end."),
	    N_("%s was disabled. Open sessions have ended.") },
	[PEOPLE_ENABLE] = { PERMISSION_USER_ENABLE, is_disabled, N_("Enable"),
	    N_("lets them sign in again"), N_("Enable"), PEOPLE_TYPE_NOTHING,
	    N_("Enable %s? They sign in with the password and the authenticator that they had."),
	    N_("%s was enabled.") },
	[PEOPLE_REMOVE] = { PERMISSION_USER_REMOVE, always, N_("Remove"),
	    N_("for good; the audit log stays"), N_("Remove"), PEOPLE_TYPE_NAME,
	    N_("Remove %s for good? Password, authenticators and recovery codes are gone, and open "
	       "sessions end. Type the user name to confirm it."),
	    N_("%s was removed. Open sessions have ended.") },
};

size_t
people_actions(enum role asker, const struct wire_user *user,
    enum people_action list[PEOPLE_ACTIONS])
{
	const struct actor actor = { .role = asker, .user = ME };
	size_t count = 0;

	for (int i = 0; i < PEOPLE_ACTIONS; i++)
		if (actions[i].offered(user) &&
		    permission_allows_on(&actor, actions[i].permission, OTHER,
			(enum role)user->role))
			list[count++] = (enum people_action)i;
	return count;
}

const char *
people_action_label(enum people_action action)
{
	return actions[action].label;
}

const char *
people_action_text(enum people_action action)
{
	return actions[action].text;
}

const char *
people_action_verb(enum people_action action)
{
	return actions[action].verb;
}

enum people_typed
people_action_typed(enum people_action action)
{
	return actions[action].typed;
}

/* By any spelling that signs in. */
static enum err
same_name(const char *name, const char *typed)
{
	char left[TEXT_FOLD_SIZE], right[TEXT_FOLD_SIZE];

	text_name_or_bytes(name, strlen(name), left);
	text_name_or_bytes(typed, strlen(typed), right);
	return strcmp(left, right) == 0 ? ERR_OK : ERR_NAME_DIFFERS;
}

enum err
people_take(enum people_action action, const char *typed, struct wire_request *request)
{
	struct wire_user_reset_request *reset = &request->u.user_reset;

	switch (actions[action].typed) {
	case PEOPLE_TYPE_NOTHING:
		break;
	case PEOPLE_TYPE_REASON:
		wire_put(reset->reason, sizeof reset->reason, typed);
		return typed[strspn(typed, " ")] == '\0' ? ERR_REASON_MISSING : ERR_OK;
	case PEOPLE_TYPE_NAME:
		return same_name(request->u.user_remove.name, typed);
	}
	return ERR_OK;
}

enum { VALUES = 3 };

/* Puts the values where the sentence has its %s, in their order. */
static void
fill(const char *sentence, const char *const values[VALUES], char *buf, size_t size)
{
	size_t used = 0;
	const char *at;

	for (int i = 0; i < VALUES && used < size; i++) {
		at = strstr(sentence, "%s");
		if (at == NULL)
			break;
		used += (size_t)snprintf(buf + used, size - used, "%.*s%s", (int)(at - sentence),
		    sentence, values[i]);
		sentence = at + 2;
	}
	if (used < size)
		(void)snprintf(buf + used, size - used, "%s", sentence);
}

void
people_question(enum people_action action, const struct wire_user *user, enum role role, char *buf,
    size_t size)
{
	char name[TEXT_NAME_SIZE];
	const char *const values[VALUES] = { name, _(role_title((enum role)user->role)),
		_(role_title(role)) };

	(void)text_show(user->name, strlen(user->name), name, sizeof name);
	fill(_(actions[action].question), values, buf, size);
}

void
people_done(enum people_action action, const struct wire_user *user, enum role role, char *buf,
    size_t size)
{
	char name[TEXT_NAME_SIZE];
	const char *const values[VALUES] = { name, _(role_title(role)), "" };

	(void)text_show(user->name, strlen(user->name), name, sizeof name);
	fill(_(actions[action].done), values, buf, size);
}

/* --- requests ------------------------------------------------------------------------- */

static void
fill_role(struct wire_request *request, const char *name, enum role role)
{
	wire_put(request->u.user_role.name, sizeof request->u.user_role.name, name);
	request->u.user_role.role = (uint8_t)role;
}

static void
fill_enable(struct wire_request *request, const char *name, bool enabled)
{
	wire_put(request->u.user_enable.name, sizeof request->u.user_enable.name, name);
	request->u.user_enable.enabled = enabled;
}

static void
fill_invite(struct wire_request *request, const char *name)
{
	wire_put(request->u.user_add.name, sizeof request->u.user_add.name, name);
	request->u.user_add.invite = 1;
}

void
people_request(enum people_action action, const struct wire_user *user, enum role role,
    struct wire_request *ret_request)
{
	static const enum wire_op ops[PEOPLE_ACTIONS] = {
		[PEOPLE_UNLOCK] = WIRE_USER_UNLOCK,
		[PEOPLE_RESET] = WIRE_USER_RESET,
		[PEOPLE_INVITE] = WIRE_USER_PASSWORD,
		[PEOPLE_ROLE] = WIRE_USER_ROLE,
		[PEOPLE_END] = WIRE_USER_END,
		[PEOPLE_DISABLE] = WIRE_USER_ENABLE,
		[PEOPLE_ENABLE] = WIRE_USER_ENABLE,
		[PEOPLE_REMOVE] = WIRE_USER_REMOVE,
	};
	struct wire_request *request = ret_request;
	const char *name = user->name;

	wire_request_init(request, ops[action]);
	switch (action) {
	case PEOPLE_UNLOCK:
		wire_put(request->u.user_unlock.name, sizeof request->u.user_unlock.name, name);
		break;
	case PEOPLE_RESET:
		wire_put(request->u.user_reset.name, sizeof request->u.user_reset.name, name);
		break;
	case PEOPLE_INVITE:
		fill_invite(request, name);
		break;
	case PEOPLE_ROLE:
		fill_role(request, name, role);
		break;
	case PEOPLE_END:
		wire_put(request->u.user_end.name, sizeof request->u.user_end.name, name);
		break;
	case PEOPLE_DISABLE:
	case PEOPLE_ENABLE:
		fill_enable(request, name, action == PEOPLE_ENABLE);
		break;
	case PEOPLE_REMOVE:
		wire_put(request->u.user_remove.name, sizeof request->u.user_remove.name, name);
		break;
	case PEOPLE_ACTIONS:
		break;
	}
}
