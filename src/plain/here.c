/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Who is here: some of them at a time; one is chosen to be ended or spoken to, or all are. */
#include "conv/here.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "core/text.h"
#include "core/words.h"
#include "plain/inside.h"
#include "plain/menu.h"

/* So many are told at once; behind them what else there is to choose. */
enum { SHOWN_MOST = 9 };

enum more { MORE_NEXT, MORE_SAY_ALL, MORE_AGAIN, MORES };

struct list {
	int64_t after; /* the session behind which the part begins; 0: from the first on */
	struct wire_here_page_reply page;
};

/* --- the keeper's answer ------------------------------------------------------------------- */

/* What was refused is told, and left. */
static enum err
take(struct plain *plain, struct list *list, int *ret_choice)
{
	struct wire_request request;
	struct wire_reply reply;
	enum err err;

	wire_request_init(&request, WIRE_HERE_LIST);
	request.u.here_page.after = list->after;
	err = conv_exchange(&plain->conv, &request, &reply);
	if (err == ERR_OK && reply.err != ERR_OK) {
		conv_tell_err(&plain->conv, (enum err)reply.err, reply.wait);
		*ret_choice = MENU_BACK;
	}
	if (err == ERR_OK && reply.err == ERR_OK)
		list->page = reply.u.here_page;
	return err;
}

/* --- saying, ending ----------------------------------------------------------------------------
 */

/* Until it has room. *ret_empty: Enter alone. */
static enum err
ask_words(struct plain *plain, const char *help, struct wire_request *request, bool *ret_empty)
{
	const struct conv_question question = { .prompt = _("Message"), .help = help };
	char typed[CONV_ANSWER_SIZE];
	enum err err, wrong = ERR_FAILED;

	do {
		err = conv_question(&plain->conv, &question, typed);
		*ret_empty = err == ERR_OK && typed[0] == '\0';
		if (err != ERR_OK || *ret_empty)
			break;
		wrong = here_take(request, typed);
		if (wrong != ERR_OK)
			conv_tell_err(&plain->conv, wrong, 0);
	} while (wrong != ERR_OK);
	secret_wipe(typed, sizeof typed); /* whatever was typed there by mistake */
	return err;
}

static void
tell_done(struct plain *plain, const struct wire_reply *reply)
{
	char text[HERE_LINE];

	if (reply->err != ERR_OK) {
		conv_tell_err(&plain->conv, (enum err)reply->err, reply->wait);
		return;
	}
	here_done(reply, text, sizeof text);
	conv_tell(&plain->conv, CONV_GOOD, text);
}

/* here: NULL for all. */
static enum err
say(struct plain *plain, const struct wire_here *here)
{
	struct wire_request request;
	struct wire_reply reply;
	char text[HERE_QUESTION];
	bool empty = false;
	enum err err;

	here_say_question(here, text, sizeof text);
	conv_tell(&plain->conv, CONV_TEXT, text);
	here_say_request(here, &request);
	err = ask_words(plain, _("What they read. Enter alone says nothing."), &request, &empty);
	if (err != ERR_OK || empty)
		return err;
	err = conv_exchange(&plain->conv, &request, &reply);
	if (err == ERR_OK)
		tell_done(plain, &reply);
	return err;
}

static enum err
end(struct plain *plain, const struct wire_here *here)
{
	struct wire_request request;
	struct conv_asked asked;
	char text[HERE_QUESTION];
	bool empty = false;
	enum err err;

	here_end_request(here, &request);
	err = ask_words(plain,
	    _("What they read as it ends. Enter alone ends it without a word; the next question "
	      "can still take it back."),
	    &request, &empty);
	if (err != ERR_OK)
		return err;
	here_question(here, false, text, sizeof text);
	err = plain_agree(plain, text, here->role == ROLE_OPERATOR, &request, &asked);
	if (err == ERR_OK && asked.done && asked.reply.err == ERR_OK)
		tell_done(plain, &asked.reply); /* a refusal was told */
	secret_wipe(&asked, sizeof asked);
	return err;
}

/* --- one of them --------------------------------------------------------------------------------
 */

/* One leaves one's own by signing out. */
static enum err
one(struct plain *plain, const struct wire_here *here)
{
	enum { END, SAY, ROWS };
	static const struct {
		const char *label, *text;
	} words[ROWS] = {
		[END] = { N_("End session"),
		    N_("Ends the session, and the command that runs in it; asks first.") },
		[SAY] = { N_("Say"),
		    N_("Says something to this person: it stands on their terminal, and behind "
		       "the end of a command that runs there.") },
	};
	struct menu_row rows[ROWS];
	int choice = MENU_BACK;
	enum err err;

	if (here->own) {
		conv_tell_err(&plain->conv, ERR_HERE_OWN, 0);
		return ERR_OK;
	}
	for (int i = 0; i < ROWS; i++) {
		rows[i].label = _(words[i].label);
		(void)snprintf(rows[i].text, MENU_TEXT, "%s", _(words[i].text));
	}
	err = menu_ask(plain, rows, ROWS, N_("Goes back to the list."), &choice);
	if (err != ERR_OK || choice == MENU_BACK)
		return err;
	return choice == END ? end(plain, here) : say(plain, here);
}

/* --- the list ------------------------------------------------------------------------------------
 */

static int
shown_of(const struct list *list)
{
	return list->page.count < SHOWN_MOST ? (int)list->page.count : SHOWN_MOST;
}

static bool
goes_on(const struct list *list)
{
	return list->page.more || list->page.count > SHOWN_MOST;
}

/* Somebody beside oneself. */
static bool
others(const struct list *list)
{
	return list->after != 0 || list->page.count > 1;
}

/* Returns how many rows there are; more: what each behind the people is. */
static int
menu_of(const struct list *list, char names[SHOWN_MOST][TEXT_NAME_SIZE],
    struct menu_row rows[SHOWN_MOST + MORES], enum more more[MORES])
{
	const struct {
		const char *label;
		bool offered;
	} behind[MORES] = {
		[MORE_NEXT] = { N_("The next ones"), goes_on(list) },
		[MORE_SAY_ALL] = { N_("Say to all"), others(list) },
		[MORE_AGAIN] = { N_("Look again"), true },
	};
	int shown = shown_of(list), count = 0;

	for (int i = 0; i < shown; i++) {
		const struct wire_here *here = &list->page.here[i];

		(void)text_show(here->name, strlen(here->name), names[i], TEXT_NAME_SIZE);
		rows[i].label = names[i];
		here_spoken(here, (int64_t)time(NULL), rows[i].text, MENU_TEXT);
	}
	for (int i = 0; i < MORES; i++) {
		if (!behind[i].offered)
			continue;
		more[count] = (enum more)i;
		rows[shown + count++] = (struct menu_row){ .label = _(behind[i].label) };
	}
	return shown + count;
}

static enum err
choose_more(struct plain *plain, struct list *list, enum more more)
{
	switch (more) {
	case MORE_NEXT:
		list->after = list->page.here[shown_of(list) - 1].number;
		break;
	case MORE_SAY_ALL:
		return say(plain, NULL);
	case MORE_AGAIN:
		list->after = 0;
		break;
	case MORES:
		break;
	}
	return ERR_OK;
}

static enum err
ask_once(struct plain *plain, struct list *list, int *ret_choice)
{
	struct menu_row rows[SHOWN_MOST + MORES];
	char names[SHOWN_MOST][TEXT_NAME_SIZE];
	enum more more[MORES] = { MORE_AGAIN };
	enum err err = take(plain, list, ret_choice);

	if (err != ERR_OK || *ret_choice == MENU_BACK)
		return err;
	conv_tell(&plain->conv, CONV_TITLE, _("Who is here"));
	err = menu_ask(plain, rows, menu_of(list, names, rows, more), N_("Goes back to the start."),
	    ret_choice);
	if (err != ERR_OK || *ret_choice == MENU_BACK)
		return err;
	if (*ret_choice < shown_of(list))
		return one(plain, &list->page.here[*ret_choice]);
	return choose_more(plain, list, more[*ret_choice - shown_of(list)]);
}

enum err
here_ask(struct plain *plain)
{
	struct list list = { .after = 0 };
	int choice = 0;
	enum err err = ERR_OK;

	while (err == ERR_OK && choice != MENU_BACK)
		err = ask_once(plain, &list, &choice);
	return err;
}
