/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What waits for a second Super Administrator: confirmed, refused, or withdrawn by who asked. */
#include <stdio.h>
#include <time.h>

#include "conv/waiting.h"
#include "core/secret.h"
#include "core/words.h"
#include "plain/inside.h"
#include "plain/menu.h"

static enum err
prove(struct plain *plain, const struct wire_waiting *waiting, bool confirm)
{
	char text[CONV_TEXT_SIZE];
	struct wire_request request;
	struct conv_asked asked;
	enum err err;

	waiting_question(waiting, confirm, (int64_t)time(NULL), text, sizeof text);
	waiting_request(waiting, confirm, &request);
	err = conv_prove(&plain->conv, text, &request, &asked);
	if (err == ERR_OK && asked.done && asked.reply.err == ERR_OK) {
		waiting_done(waiting, &asked.reply, text, sizeof text);
		conv_tell(&plain->conv, CONV_GOOD, text);
	}
	secret_wipe(&asked, sizeof asked);
	secret_wipe(text, sizeof text);
	return err;
}

/* What may be done with one: by its asker, or by a second Super Administrator. */
static enum err
one(struct plain *plain, const struct wire_waiting *waiting)
{
	struct menu_row rows[2] = { { .label = "" } };
	int count = 0, choice = 0;
	bool second = waiting->second;
	enum err err;

	if (second)
		rows[count++].label = _(waiting_verb(waiting, true));
	if (second || waiting->mine)
		rows[count++].label = _(waiting_verb(waiting, false));
	if (count == 0) {
		conv_tell_err(&plain->conv, ERR_WAITING_OWN, 0);
		return ERR_OK;
	}
	err = menu_ask(plain, rows, count, N_("Goes back and changes nothing."), &choice);
	if (err != ERR_OK || choice == MENU_BACK)
		return err;
	return prove(plain, waiting, second && choice == 0);
}

/* One page; behind it, where there are more, the next. */
static enum err
once(struct plain *plain, int64_t *io_after, int *ret_choice)
{
	struct menu_row rows[WIRE_WAITING_PAGE + 1] = { { .label = NULL } };
	char words[WIRE_WAITING_PAGE][MENU_TEXT];
	struct wire_request request;
	struct wire_reply reply;
	const struct wire_waiting_page_reply *page = &reply.u.waiting_page;
	int count;
	enum err err;

	wire_request_init(&request, WIRE_WAITING_LIST);
	request.u.waiting_page.after = *io_after;
	err = conv_exchange(&plain->conv, &request, &reply);
	if (err == ERR_OK && reply.err != ERR_OK)
		conv_tell_err(&plain->conv, (enum err)reply.err, reply.wait);
	if (err != ERR_OK || reply.err != ERR_OK || page->count == 0) {
		if (err == ERR_OK && reply.err == ERR_OK)
			conv_tell(&plain->conv, CONV_TEXT,
			    _("Nothing waits for a second Super Administrator."));
		*ret_choice = MENU_BACK;
		return err;
	}
	plain->conv.next_code = page->next_code;
	conv_tell(&plain->conv, CONV_TITLE, _("Waiting for a second Super Administrator"));
	count = (int)page->count;
	for (int i = 0; i < count; i++) {
		waiting_words(&page->row[i], words[i], sizeof words[i]);
		rows[i].label = words[i];
		waiting_asked(&page->row[i], (int64_t)time(NULL), rows[i].text, MENU_TEXT);
	}
	if (page->more)
		rows[count].label = _("Next page");
	err = menu_ask(plain, rows, count + (page->more ? 1 : 0), N_("Goes back to the start."),
	    ret_choice);
	if (err != ERR_OK || *ret_choice == MENU_BACK)
		return err;
	*io_after = *ret_choice == count ? page->row[count - 1].id : 0;
	return *ret_choice == count ? ERR_OK : one(plain, &page->row[*ret_choice]);
}

enum err
waiting_ask(struct plain *plain)
{
	int64_t after = 0;
	int choice = 0;
	enum err err = ERR_OK;

	while (err == ERR_OK && choice != MENU_BACK)
		err = once(plain, &after, &choice);
	return err;
}
