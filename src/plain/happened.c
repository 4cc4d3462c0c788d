/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened: what one is told, newest first, a page at a time; what was told counts as read. */
#include <string.h>
#include <time.h>

#include "conv/notice.h"
#include "core/words.h"
#include "plain/inside.h"

static void
tell_page(struct plain *plain, const struct wire_notices_reply *page)
{
	char line[NOTICE_TEXT];

	for (size_t i = 0; i < page->count; i++) {
		notice_line(&page->notice[i], (int64_t)time(NULL), line, sizeof line);
		if (page->notice[i].unread)
			conv_tellf(&plain->conv, CONV_TEXT, _("New: %s"), line);
		else
			conv_tell(&plain->conv, CONV_TEXT, line);
	}
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

/* Tells a page and says that it was read; *io_before: where the next one begins, 0: there is none.
 */
static enum err
one_page(struct plain *plain, int64_t *io_before)
{
	struct wire_request request;
	struct wire_reply reply, read;
	struct wire_notices_reply *page = &reply.u.notices;
	enum err err;

	wire_request_init(&request, WIRE_HAPPENED);
	request.u.notices.before = *io_before;
	*io_before = 0;
	err = exchange(plain, &request, &reply);
	if (err != ERR_OK || reply.err != ERR_OK)
		return err;
	if (page->count == 0) {
		conv_tell(&plain->conv, CONV_TEXT,
		    _("Nothing has happened that you have to know of."));
		return ERR_OK;
	}
	tell_page(plain, page);
	if (page->more)
		*io_before = page->notice[page->count - 1].id;
	wire_request_init(&request, WIRE_HAPPENED_READ);
	request.u.notices_read.newest = page->notice[0].id;
	request.u.notices_read.oldest = page->notice[page->count - 1].id;
	return exchange(plain, &request, &read);
}

enum err
happened_ask(struct plain *plain)
{
	const struct conv_question question = { .prompt = _("Enter for older ones, b to go back"),
		.help = _("Enter alone tells older ones. b goes back.") };
	char answer[CONV_ANSWER_SIZE] = "";
	int64_t before = 0;
	enum err err;

	conv_tell(&plain->conv, CONV_TITLE, _("What happened"));
	err = one_page(plain, &before);
	while (err == ERR_OK && before != 0 && answer[0] == '\0') {
		err = conv_question(&plain->conv, &question, answer);
		if (err == ERR_OK && answer[0] == '\0')
			err = one_page(plain, &before);
	}
	secret_wipe(answer, sizeof answer); /* whatever was typed there by mistake */
	return err;
}
