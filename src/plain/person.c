/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One person, line by line: how they are, what may be done; and new ones. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "conv/people.h"
#include "core/text.h"
#include "core/words.h"
#include "plain/inside.h"
#include "plain/menu.h"

struct person {
	struct wire_user user;
	enum people_action action;
	enum role role; /* of PEOPLE_ROLE */
};

/* --- asking ----------------------------------------------------------------------------- */

/* While administering stands open no code is asked for: a yes does. */
enum err
plain_yes(struct plain *plain, const char *text, bool *ret_yes)
{
	const struct conv_question question = { .prompt = _("Type yes to do it"),
		.help = _("Yes does it; all else changes nothing.") };
	char typed[CONV_ANSWER_SIZE];
	enum err err;

	conv_tell(&plain->conv, CONV_TEXT, text);
	err = conv_question(&plain->conv, &question, typed);
	*ret_yes = err == ERR_OK && (strcmp(typed, "yes") == 0 || strcmp(typed, _("yes")) == 0);
	secret_wipe(typed, sizeof typed);
	return err;
}

/* The request with a yes; *ret_closed: the five minutes were over, and it was not done. */
static enum err
send_agreed(struct plain *plain, const char *text, const struct wire_request *request,
    struct conv_asked *ret_asked, bool *ret_closed)
{
	struct wire_request sent = *request;
	enum err err = plain_yes(plain, text, &ret_asked->done);

	*ret_closed = false;
	if (err != ERR_OK || !ret_asked->done)
		return err;
	err = conv_exchange(&plain->conv, &sent, &ret_asked->reply);
	if (err != ERR_OK)
		return err;
	*ret_closed = ret_asked->reply.err == ERR_PROOF_NEEDED;
	if (ret_asked->reply.err != ERR_OK && !*ret_closed)
		conv_tell_err(&plain->conv, (enum err)ret_asked->reply.err, ret_asked->reply.wait);
	return ERR_OK;
}

enum err
plain_agree(struct plain *plain, const char *text, bool low, struct wire_request *request,
    struct conv_asked *ret_asked)
{
	bool closed = true;
	enum err err = ERR_OK;

	*ret_asked = (struct conv_asked){ .done = false };
	if (low && conv_administering(&plain->conv))
		err = send_agreed(plain, text, request, ret_asked, &closed);
	if (err == ERR_OK && closed)
		return conv_prove(&plain->conv, text, request, ret_asked);
	secret_wipe(request, sizeof *request);
	return err;
}

/* --- an invitation -------------------------------------------------------------------------- */

/* It is told once; a screen reader reads it again on request. */
static void
tell_invitation(struct plain *plain, const char *name, const struct wire_user_add_reply *reply)
{
	static const struct letter_way nowhere;
	const struct letter_way *way = plain->way != NULL ? plain->way : &nowhere;
	struct letter_line *line = calloc(1, sizeof *line);
	struct letter letter;

	letter_fill(&letter, name, plain->conv.console_name, plain->conv.applications);
	letter.until = reply->expires;
	if (line == NULL) {
		conv_tell(&plain->conv, CONV_SECRET, reply->invitation);
		return;
	}
	conv_tell(&plain->conv, CONV_TITLE, _("To forward:"));
	for (size_t i = 0; letter_line(&letter, way, i, line); i++)
		conv_tell(&plain->conv, line->kind == LETTER_INVITATION ? CONV_SECRET : CONV_TEXT,
		    line->kind == LETTER_INVITATION ? reply->invitation : line->text);
	free(line);
}

/* --- the actions --------------------------------------------------------------------------------
 */

/* Reason or name; an empty answer gives up. */
static enum err
ask_typed(struct plain *plain, const struct person *person, struct wire_request *request,
    bool *ret_given_up)
{
	bool reason = people_action_typed(person->action) == PEOPLE_TYPE_REASON;
	const struct conv_question question = { .prompt = reason ? _("Reason") : _("User name"),
		.help = reason ? _("Why, for the audit log. Enter alone changes nothing.")
			       : _("The name of this person, to confirm it. Enter alone changes "
				   "nothing.") };
	char typed[CONV_ANSWER_SIZE];
	enum err err, wrong = ERR_FAILED;

	do {
		err = conv_question(&plain->conv, &question, typed);
		*ret_given_up = err == ERR_OK && typed[0] == '\0';
		if (err != ERR_OK || *ret_given_up)
			break;
		wrong = people_take(person->action, typed, request);
		if (wrong != ERR_OK)
			conv_tell_err(&plain->conv, wrong, 0);
	} while (wrong != ERR_OK);
	secret_wipe(typed, sizeof typed);
	return err;
}

/* *ret_role: the one that was chosen; false: none. */
static enum err
ask_role(struct plain *plain, enum role *ret_role, bool *ret_chosen)
{
	enum role list[ROLE_COUNT];
	struct menu_row rows[ROLE_COUNT];
	int count = (int)people_roles((enum role)plain->home.user.role, list), choice = 0;
	enum err err = ERR_OK;

	for (int i = 0; i < count; i++) {
		rows[i].label = _(role_title(list[i]));
		(void)snprintf(rows[i].text, MENU_TEXT, "%s", _(people_role_text(list[i])));
	}
	if (count > 1)
		err = menu_ask(plain, rows, count, N_("Goes back and changes nothing."), &choice);
	*ret_chosen = err == ERR_OK && choice != MENU_BACK && count > 0;
	if (*ret_chosen)
		*ret_role = list[choice];
	return err;
}

static enum err
prepare(struct plain *plain, struct person *person, struct wire_request *request, bool *ret_go)
{
	bool given_up = false;
	enum err err = ERR_OK;

	*ret_go = true;
	if (person->action == PEOPLE_ROLE)
		err = ask_role(plain, &person->role, ret_go);
	if (err != ERR_OK || !*ret_go)
		return err;
	people_request(person->action, &person->user, person->role, request);
	if (people_action_typed(person->action) == PEOPLE_TYPE_NOTHING)
		return ERR_OK;
	err = ask_typed(plain, person, request, &given_up);
	*ret_go = !given_up;
	return err;
}

/* *ret_gone: there is nobody any more. */
static enum err
act(struct plain *plain, struct person *person, bool *ret_gone)
{
	bool low = person->user.role == ROLE_OPERATOR, go = false;
	char text[CONV_TEXT_SIZE];
	struct wire_request request;
	struct conv_asked asked;
	enum err err = prepare(plain, person, &request, &go);

	if (err != ERR_OK || !go)
		return err;
	people_question(person->action, &person->user, person->role, text, sizeof text);
	low = low && (person->action != PEOPLE_ROLE || person->role == ROLE_OPERATOR);
	err = plain_agree(plain, text, low, &request, &asked);
	if (err == ERR_OK && asked.done && asked.reply.err == ERR_OK) {
		people_done(person->action, &person->user, person->role, text, sizeof text);
		conv_tell(&plain->conv, CONV_GOOD, text);
		if (person->action == PEOPLE_INVITE)
			tell_invitation(plain, person->user.name, &asked.reply.u.user_add);
		*ret_gone = person->action == PEOPLE_REMOVE;
	}
	secret_wipe(&asked, sizeof asked);
	return err;
}

/* --- the page
 * --------------------------------------------------------------------------------------- */

static void
tell_person(struct plain *plain, const struct wire_user *user)
{
	char label[PEOPLE_LINE], text[PEOPLE_LINE], name[TEXT_NAME_SIZE];
	int64_t now = (int64_t)time(NULL);

	(void)text_show(user->name, strlen(user->name), name, sizeof name);
	conv_tell(&plain->conv, CONV_TITLE, name);
	for (size_t i = 0; people_fact(user, now, i, label, text, sizeof text); i++)
		conv_tellf(&plain->conv, CONV_TEXT, "%s: %s", label, text);
}

static enum err
look(struct plain *plain, struct person *person, bool *ret_gone)
{
	struct wire_request request;
	struct wire_reply reply;
	enum err err;

	wire_request_init(&request, WIRE_USER_SHOW);
	wire_put(request.u.user_name.name, sizeof request.u.user_name.name, person->user.name);
	err = conv_exchange(&plain->conv, &request, &reply);
	*ret_gone = err == ERR_OK && reply.err != ERR_OK;
	if (*ret_gone)
		conv_tell_err(&plain->conv, (enum err)reply.err, reply.wait);
	if (err != ERR_OK || *ret_gone)
		return err;
	person->user = reply.u.user.user;
	plain->conv.next_code = reply.u.user.next_code;
	return ERR_OK;
}

static enum err
ask_once(struct plain *plain, struct person *person, bool *ret_gone)
{
	enum people_action list[PEOPLE_ACTIONS];
	struct menu_row rows[PEOPLE_ACTIONS + 1];
	size_t count = 0;
	int choice = 0;
	enum err err = look(plain, person, ret_gone);

	if (err != ERR_OK || *ret_gone)
		return err;
	tell_person(plain, &person->user);
	if (strcmp(person->user.name, plain->home.user.name) != 0)
		count = people_actions((enum role)plain->home.user.role, &person->user, list);
	else
		conv_tell(&plain->conv, CONV_TEXT,
		    _("This is you: what you may change stands in My account."));
	for (size_t i = 0; i < count; i++) {
		const char *text = people_action_text(list[i]);

		rows[i].label = _(people_action_label(list[i]));
		(void)snprintf(rows[i].text, MENU_TEXT, "%s", *text != '\0' ? _(text) : "");
	}
	*ret_gone = count == 0;
	rows[count] = (struct menu_row){ .label = _("SSH keys") };
	if (count > 0)
		err = menu_ask(plain, rows, (int)count + 1, N_("Goes back to the list."), &choice);
	if (err != ERR_OK || count == 0)
		return err;
	*ret_gone = choice == MENU_BACK;
	if (choice == MENU_BACK)
		return ERR_OK;
	if ((size_t)choice == count)
		return ssh_keys_ask(plain, person->user.name, (enum role)person->user.role);
	person->action = list[choice];
	return act(plain, person, ret_gone);
}

enum err
person_ask(struct plain *plain, const char *name)
{
	struct person person = { .role = ROLE_OPERATOR };
	bool gone = false;
	enum err err = ERR_OK;

	wire_put(person.user.name, sizeof person.user.name, name);
	while (err == ERR_OK && !gone)
		err = ask_once(plain, &person, &gone);
	return err;
}

/* --- a new one
 * ---------------------------------------------------------------------------------------- */

/* Until it is a name, or Enter alone gives up. */
static enum err
ask_name(struct plain *plain, char name[TEXT_NAME_SIZE])
{
	const struct conv_question question = { .prompt = _("User name"),
		.help = _("Letters, digits, dots, dashes and @. Enter alone changes nothing.") };
	char typed[CONV_ANSWER_SIZE];
	enum err err, wrong = ERR_FAILED;

	name[0] = '\0';
	do {
		err = conv_question(&plain->conv, &question, typed);
		if (err != ERR_OK || typed[0] == '\0')
			break;
		wrong = text_name(typed, strlen(typed), name, NULL);
		if (wrong == ERR_OK)
			wrong = text_name_scripts(name);
		if (wrong != ERR_OK)
			conv_tell_err(&plain->conv, wrong, 0);
	} while (wrong != ERR_OK);
	secret_wipe(typed, sizeof typed);
	return err;
}

enum err
person_add(struct plain *plain)
{
	char name[TEXT_NAME_SIZE], text[CONV_TEXT_SIZE];
	struct wire_request request;
	struct wire_user_add_request *add = &request.u.user_add;
	struct conv_asked asked;
	enum role role = ROLE_OPERATOR;
	bool chosen = false;
	enum err err;

	conv_tell(&plain->conv, CONV_TITLE, _("Add a person"));
	err = ask_name(plain, name);
	if (err == ERR_OK && name[0] != '\0')
		err = ask_role(plain, &role, &chosen);
	if (err != ERR_OK || !chosen)
		return err;
	wire_request_init(&request, WIRE_USER_ADD);
	wire_put(add->name, sizeof add->name, name);
	add->role = (uint8_t)role;
	add->invite = 1;
	people_add_question(name, role, text, sizeof text);
	err = plain_agree(plain, text, role == ROLE_OPERATOR, &request, &asked);
	if (err == ERR_OK && asked.done && asked.reply.err == ERR_OK)
		tell_invitation(plain, name, &asked.reply.u.user_add);
	secret_wipe(&asked, sizeof asked);
	return err;
}
