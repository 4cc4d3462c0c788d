/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened: what one is told and one's own sign-ins, newest first, a page at a time; what was
 * told counts as read. A sign-in has a number, and who types it says that it was not theirs. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "conv/notice.h"
#include "core/secret.h"
#include "core/words.h"
#include "plain/inside.h"

/* A sign-in that one can disown: not the one of this very session. */
static bool
is_numbered(const struct wire_notice *notice)
{
	return notice->sign_in && !notice->here;
}

static void
tell_page(struct plain *plain, const struct wire_notices_reply *page)
{
	char line[NOTICE_TEXT];
	int number = 0;

	for (size_t i = 0; i < page->count; i++) {
		notice_line(&page->notice[i], (int64_t)time(NULL), line, sizeof line);
		if (page->notice[i].unread)
			conv_tellf(&plain->conv, CONV_TEXT, _("New: %s"), line);
		else if (is_numbered(&page->notice[i]))
			conv_tellf(&plain->conv, CONV_TEXT, "%d %s", ++number, line);
		else
			conv_tell(&plain->conv, CONV_TEXT, line);
	}
}

/* The sign-in of a number as typed; 0: there is none. */
static int64_t
sign_in_of(const struct wire_notices_reply *page, const char *typed)
{
	long wanted = strtol(typed, NULL, 10);

	for (size_t i = 0; i < page->count; i++)
		if (is_numbered(&page->notice[i]) && --wanted == 0)
			return page->notice[i].id;
	return 0;
}

/* A refusal is told, and *ret_reply has it. */
static enum err
exchange(struct plain *plain, struct wire_request *request, struct wire_reply *ret_reply)
{
	enum err err = conv_exchange(&plain->conv, request, ret_reply);

	if (err == ERR_OK && ret_reply->err != ERR_OK)
		conv_tell_err(&plain->conv, (enum err)ret_reply->err, ret_reply->wait);
	return err;
}

/* Tells a page and says that it was read; *io_from: where the next one begins. */
static enum err
one_page(struct plain *plain, struct wire_notices_request *io_from,
    struct wire_notices_reply *ret_page)
{
	struct wire_request request;
	struct wire_reply reply, read;
	enum err err;

	memset(ret_page, 0, sizeof *ret_page);
	wire_request_init(&request, WIRE_HAPPENED);
	request.u.notices = *io_from;
	err = exchange(plain, &request, &reply);
	if (err != ERR_OK || reply.err != ERR_OK)
		return err;
	*ret_page = reply.u.notices;
	if (ret_page->count == 0)
		conv_tell(&plain->conv, CONV_TEXT,
		    _("Nothing has happened that you have to know of."));
	tell_page(plain, ret_page);
	notice_next(io_from, ret_page->notice, ret_page->count, io_from);
	wire_request_init(&request, WIRE_HAPPENED_READ);
	if (notice_read(ret_page->notice, ret_page->count, &request.u.notices_read))
		err = exchange(plain, &request, &read);
	return err;
}

/* *ret_more: older ones are wanted; *ret_row: or this sign-in was not theirs. */
static enum err
ask_on(struct plain *plain, const struct wire_notices_reply *page, bool *ret_more, int64_t *ret_row)
{
	const struct conv_question question = {
		.prompt = page->more ? _("Enter for older ones, b to go back")
				     : _("Enter or b to go back"),
		.help = _("Enter alone tells older ones, where there are any. b goes back. The "
			  "number of a sign-in is for one that was not yours."),
	};
	char answer[CONV_ANSWER_SIZE] = "";
	enum err err = conv_question(&plain->conv, &question, answer);

	*ret_more = answer[0] == '\0' && page->more;
	*ret_row = sign_in_of(page, answer);
	secret_wipe(answer, sizeof answer); /* whatever was typed there by mistake */
	return err;
}

enum err
happened_ask(struct plain *plain)
{
	struct wire_notices_request from = { 0 };
	struct wire_notices_reply page;
	bool more = true;
	int64_t row = 0;
	enum err err = ERR_OK;

	conv_tell(&plain->conv, CONV_TITLE, _("What happened"));
	while (err == ERR_OK && more) {
		more = false;
		err = one_page(plain, &from, &page);
		if (err == ERR_OK && page.count > 0)
			err = ask_on(plain, &page, &more, &row);
	}
	return err == ERR_OK && row != 0 ? not_me_ask(plain, row) : err;
}
