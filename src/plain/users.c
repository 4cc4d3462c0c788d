/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Users, line by line: a few people at a time, found by the beginning of a name. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "conv/people.h"
#include "core/text.h"
#include "core/words.h"
#include "plain/inside.h"
#include "plain/menu.h"

/* So many people are told at once; behind them what else there is to choose. */
enum { PEOPLE_MOST = 9 };

enum more { MORE_NEXT, MORE_FILTER, MORE_ADD, MORES };

struct list {
	char begins[TEXT_NAME_SIZE];
	bool without_2fa;      /* those alone */
	struct wire_user from; /* behind whom the part begins; name "": from the first on */
	struct wire_user_page_reply page;
};

/* --- the keeper's answer ------------------------------------------------------------- */

/* What was refused is told, and left. */
static enum err
take(struct plain *plain, struct list *list, int *ret_choice)
{
	struct wire_request request;
	struct wire_reply reply;
	enum err err;

	wire_request_init(&request, WIRE_USER_LIST);
	if (list->from.name[0] != '\0')
		people_place(&list->from, &request.u.user_page);
	request.u.user_page.without_2fa = list->without_2fa;
	wire_put(request.u.user_page.begins, sizeof request.u.user_page.begins, list->begins);
	err = conv_exchange(&plain->conv, &request, &reply);
	if (err == ERR_OK && reply.err != ERR_OK) {
		conv_tell_err(&plain->conv, (enum err)reply.err, reply.wait);
		*ret_choice = MENU_BACK;
	}
	if (err != ERR_OK || reply.err != ERR_OK)
		return err;
	list->page = reply.u.user_page;
	plain->conv.next_code = list->page.next_code;
	return ERR_OK;
}

/* --- the menu --------------------------------------------------------------------------- */

static int
people_of(const struct list *list)
{
	return list->page.count < PEOPLE_MOST ? (int)list->page.count : PEOPLE_MOST;
}

static bool
goes_on(const struct list *list)
{
	return list->page.more || list->page.count > PEOPLE_MOST;
}

static void
tell_head(struct plain *plain, const struct list *list)
{
	char line[PEOPLE_LINE];

	conv_tell(&plain->conv, CONV_TITLE, _("Users"));
	people_counts(&list->page.counts, ", ", line, sizeof line);
	conv_tell(&plain->conv, CONV_TEXT, line);
	if (list->without_2fa)
		conv_tell(&plain->conv, CONV_TEXT,
		    _("Only those without two-factor authentication."));
	if (list->page.count == 0 && list->begins[0] != '\0')
		conv_tell(&plain->conv, CONV_TEXT, _("Nobody has a name that begins so."));
}

/* "Operator, 2FA on, here now, last sign-in today 09:12" */
static void
put_person(const struct wire_user *user, char *buf, size_t size)
{
	char state[PEOPLE_LINE], last[PEOPLE_LINE];
	int64_t now = (int64_t)time(NULL);

	people_state(user, now, state, sizeof state);
	people_last(user, now, last, sizeof last);
	(void)snprintf(buf, size,
	    user->has_2fa ? _("%s, with two-factor authentication, %s, last sign-in %s")
			  : _("%s, without two-factor authentication, %s, last sign-in %s"),
	    _(role_title((enum role)user->role)), strcmp(state, "-") == 0 ? _("enabled") : state,
	    last);
}

/* Returns how many rows there are; more: what each behind the people is. */
static int
menu_of(const struct list *list, char names[PEOPLE_MOST][TEXT_NAME_SIZE],
    struct menu_row rows[PEOPLE_MOST + MORES], enum more more[MORES])
{
	static const char *const labels[MORES] = {
		[MORE_NEXT] = N_("The next ones"),
		[MORE_FILTER] = N_("Filter"),
		[MORE_ADD] = N_("Add a person"),
	};
	int people = people_of(list), count = 0;

	for (int i = 0; i < people; i++) {
		const struct wire_user *user = &list->page.user[i];

		(void)text_show(user->name, strlen(user->name), names[i], TEXT_NAME_SIZE);
		rows[i].label = names[i];
		put_person(user, rows[i].text, MENU_TEXT);
	}
	for (int i = goes_on(list) ? MORE_NEXT : MORE_FILTER; i < MORES; i++) {
		more[count] = (enum more)i;
		rows[people + count].label = _(labels[i]);
		rows[people + count++].text[0] = '\0';
	}
	(void)text_show(list->begins, strlen(list->begins), rows[people + count - 2].text,
	    MENU_TEXT);
	return people + count;
}

/* --- what is chosen ------------------------------------------------------------------------ */

static enum err
filter(struct plain *plain, struct list *list)
{
	const struct conv_question question = { .prompt = _("Beginning of the name"),
		.help = _("Only people whose name begins so are told. Enter alone tells all.") };
	char typed[CONV_ANSWER_SIZE];
	enum err err = conv_question(&plain->conv, &question, typed);

	if (err == ERR_OK) {
		wire_put(list->begins, sizeof list->begins, typed);
		list->from.name[0] = '\0';
	}
	secret_wipe(typed, sizeof typed);
	return err;
}

static enum err
choose_more(struct plain *plain, struct list *list, enum more more)
{
	switch (more) {
	case MORE_NEXT:
		list->from = list->page.user[people_of(list) - 1];
		break;
	case MORE_FILTER:
		return filter(plain, list);
	case MORE_ADD:
		return person_add(plain);
	case MORES:
		break;
	}
	return ERR_OK;
}

static enum err
ask_once(struct plain *plain, struct list *list, int *ret_choice)
{
	struct menu_row rows[PEOPLE_MOST + MORES];
	char names[PEOPLE_MOST][TEXT_NAME_SIZE];
	enum more more[MORES];
	enum err err = take(plain, list, ret_choice);

	if (err != ERR_OK || *ret_choice == MENU_BACK)
		return err;
	tell_head(plain, list);
	err = menu_ask(plain, rows, menu_of(list, names, rows, more), N_("Goes back to the start."),
	    ret_choice);
	if (err != ERR_OK || *ret_choice == MENU_BACK)
		return err;
	if (*ret_choice < people_of(list))
		return person_ask(plain, list->page.user[*ret_choice].name);
	return choose_more(plain, list, more[*ret_choice - people_of(list)]);
}

static enum err
ask(struct plain *plain, struct list *list)
{
	int choice = 0;
	enum err err = ERR_OK;

	while (err == ERR_OK && choice != MENU_BACK)
		err = ask_once(plain, list, &choice);
	return err;
}

enum err
users_ask(struct plain *plain)
{
	struct list list = { .begins = "" };

	return ask(plain, &list);
}

enum err
users_without_ask(struct plain *plain)
{
	struct list list = { .without_2fa = true };

	return ask(plain, &list);
}
