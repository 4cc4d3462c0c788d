/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv/ssh_key.h"

#include <stdio.h>
#include <string.h>

#include "conv/when.h"
#include "core/words.h"

enum { WHEN_SIZE = 64 };

static bool
is_mine(const struct ssh_whose *whose)
{
	return whose->user[0] == '\0';
}

void
ssh_name_put(const char *name, char *buf, size_t size)
{
	if (strcmp(name, SSH_KEY_NAME) == 0)
		(void)snprintf(buf, size, "%s", _("SSH key"));
	else
		(void)text_show(name, strlen(name), buf, size);
}

static const char *
status(const struct ssh_whose *whose, const struct wire_ssh_key *key)
{
	if (!key->names)
		return _("knocks only");
	return is_mine(whose) ? _("says who you are") : _("says who it is");
}

/* ssh_key_kind() is a message id. */
static void
put_kind(const char *type, char *buf, size_t size)
{
	(void)snprintf(buf, size, "%s", _(ssh_key_kind(type)));
}

void
ssh_facts_put(const struct ssh_whose *whose, const struct wire_ssh_key *key, int64_t now, char *buf,
    size_t size)
{
	char kind[WHEN_SIZE], added[WHEN_SIZE], used[WHEN_SIZE];

	put_kind(key->type, kind, sizeof kind);
	when_put(key->added, now, added, sizeof added);
	when_put(key->last_used, now, used, sizeof used);
	if (key->last_used == 0)
		(void)snprintf(buf, size, _("%s, %s, added %s, never used"), kind,
		    status(whose, key), added);
	else
		(void)snprintf(buf, size, _("%s, %s, added %s, last used %s"), kind,
		    status(whose, key), added, used);
}

const char *
ssh_does(const struct ssh_whose *whose, const struct wire_ssh_key *key)
{
	if (key->names && is_mine(whose))
		return _("It says who you are: your name is filled in, and over it nobody else "
			 "signs in.");
	if (key->names)
		return _("It says who it is: over it nobody but this person signs in.");
	if (key->doubted)
		return _("It only knocks until it is kept at the next sign-in.");
	if (key->known_since != 0)
		return _("It only knocks, since somebody else has the same key.");
	return is_mine(whose) ? _("It only knocks until you have fully signed in over it.")
			      : _("It only knocks until this person has fully signed in over it.");
}

const char *
ssh_purpose(const struct ssh_whose *whose)
{
	return is_mine(whose)
	    ? _("With one of these keys ssh reaches this console; it asks for your password and "
		"code all the same.")
	    : _("With one of these keys ssh reaches this console; it asks for password and code "
		"all the same.");
}

enum err
ssh_suggest(const char *typed, char ret_name[TEXT_LABEL_SIZE])
{
	struct ssh_key key;
	enum err err = ssh_key_read(typed, strlen(typed), &key);

	if (err == ERR_OK)
		wire_put(ret_name, TEXT_LABEL_SIZE, key.name[0] != '\0' ? key.name : _("SSH key"));
	return err;
}

/* --- questions ----------------------------------------------------------------------------- */

void
ssh_add_question(const struct ssh_whose *whose, const char *typed, char *buf, size_t size)
{
	char name[TEXT_LABEL_SIZE], user[TEXT_NAME_SIZE];

	ssh_name_put(typed, name, sizeof name);
	(void)text_show(whose->user, strlen(whose->user), user, sizeof user);
	if (is_mine(whose))
		(void)snprintf(buf, size,
		    _("Add %s? Whoever has its private half reaches this console's sign-in; your "
		      "password and code are asked for all the same."),
		    name);
	else
		(void)snprintf(buf, size,
		    _("Give %s to %s? Whoever has its private half reaches this console's "
		      "sign-in; password and code are asked for all the same."),
		    name, user);
}

void
ssh_remove_question(const struct ssh_whose *whose, const struct wire_ssh_key *key, char *buf,
    size_t size)
{
	char name[TEXT_LABEL_SIZE], user[TEXT_NAME_SIZE];

	ssh_name_put(key->name, name, sizeof name);
	(void)text_show(whose->user, strlen(whose->user), user, sizeof user);
	if (is_mine(whose))
		(void)snprintf(buf, size,
		    _("Remove %s? If it is your only SSH key, you may no longer reach this "
		      "console."),
		    name);
	else
		(void)snprintf(buf, size,
		    _("Take %s away from %s? If it is their only SSH key, they may no longer reach "
		      "this console."),
		    name, user);
}

/* --- requests ------------------------------------------------------------------------------ */

void
ssh_list_request(const struct ssh_whose *whose, struct wire_request *ret_request)
{
	wire_request_init(ret_request, is_mine(whose) ? WIRE_SSH_LIST : WIRE_USER_SSH_LIST);
	if (!is_mine(whose))
		wire_put(ret_request->u.user_name.name, sizeof ret_request->u.user_name.name,
		    whose->user);
}

void
ssh_add_request(const struct ssh_whose *whose, const char *key, const char *name,
    struct wire_request *ret_request)
{
	struct wire_ssh_add_request *add = &ret_request->u.ssh_add;

	wire_request_init(ret_request, is_mine(whose) ? WIRE_SSH_ADD : WIRE_USER_SSH_ADD);
	wire_put(add->user, sizeof add->user, whose->user);
	wire_put(add->key, sizeof add->key, key);
	wire_put(add->name, sizeof add->name, name);
}

void
ssh_remove_request(const struct ssh_whose *whose, const struct wire_ssh_key *key,
    struct wire_request *ret_request)
{
	struct wire_ssh_key_request *asked = &ret_request->u.ssh_key;

	wire_request_init(ret_request, is_mine(whose) ? WIRE_SSH_REMOVE : WIRE_USER_SSH_REMOVE);
	wire_put(asked->user, sizeof asked->user, whose->user);
	wire_put(asked->fingerprint, sizeof asked->fingerprint, key->fingerprint);
}

void
ssh_rename_request(const struct wire_ssh_key *key, const char *name,
    struct wire_request *ret_request)
{
	struct wire_ssh_rename_request *asked = &ret_request->u.ssh_rename;

	wire_request_init(ret_request, WIRE_SSH_RENAME);
	wire_put(asked->fingerprint, sizeof asked->fingerprint, key->fingerprint);
	wire_put(asked->name, sizeof asked->name, name);
}

void
ssh_added_put(const struct wire_ssh_add_reply *reply, char *buf, size_t size)
{
	char name[TEXT_LABEL_SIZE];

	ssh_name_put(reply->name, name, sizeof name);
	(void)snprintf(buf, size, _("%s was added: %s"), name, reply->fingerprint);
}

bool
ssh_is_list(const struct wire_reply *reply)
{
	return reply->op == WIRE_SSH_LIST || reply->op == WIRE_USER_SSH_LIST;
}
