/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One question, until it has an answer that is no `?`. */
#include <stdio.h>
#include <string.h>

#include "conv/conv.h"
#include "core/words.h"
#include "core/text.h"

enum { PROMPT_SIZE = 1024, ALIVE_SECONDS = 15 };

static void
put_prompt(const struct conv_question *question, char *buf, size_t size)
{
	char kept[POLICY_VALUE_SIZE] = "";

	if (question->kept != NULL)
		(void)text_show(question->kept, strlen(question->kept), kept, sizeof kept);
	if (kept[0] != '\0')
		(void)snprintf(buf, size, _("%s [%s]: "), question->prompt, kept);
	else
		(void)snprintf(buf, size, _("%s: "), question->prompt);
}

/* At home whoever types is there, also where nothing is sent for it. */
static enum err
keep_alive(struct conv *conv)
{
	struct wire_reply reply;

	if (conv->door != DOOR_HOME || conv_clock() - conv->last_asked < ALIVE_SECONDS)
		return ERR_OK;
	return conv_get(conv, WIRE_ALIVE, &reply);
}

/* Opens the lock and goes back to the question; ERR_LOCKED where that is not the place any more. */
static enum err
open_lock(struct conv *conv)
{
	struct conv_asked asked;
	enum err err = conv_lock(conv);

	while (err == ERR_LOCKED && conv->door == DOOR_LOCKED) {
		enum row_id id = conv->go != ROW_NONE ? conv->go
						      : row_at(DOOR_LOCKED, conv->has_2fa);

		conv->go = ROW_NONE;
		err = conv_row(conv, id, NULL, &asked);
		secret_wipe(&asked, sizeof asked);
		if (err == ERR_OK && conv->door == DOOR_LOCKED)
			err = ERR_LOCKED;
	}
	return err == ERR_OK && conv->door != DOOR_HOME ? ERR_LOCKED : err;
}

enum err
conv_question(struct conv *conv, const struct conv_question *question, char *buf)
{
	char prompt[PROMPT_SIZE];
	enum err err;

	put_prompt(question, prompt, sizeof prompt);
	for (;;) {
		err = conv->face.ask(conv->face.self, prompt, question->hidden, buf,
		    question->size != 0 ? question->size : CONV_ANSWER_SIZE);
		if (err == ERR_LOCKED && conv->inside)
			err = open_lock(conv);
		else if (err == ERR_FIELD_LONG)
			conv_tell_err(conv, err, 0);
		else if (err == ERR_OK && strcmp(buf, "?") == 0)
			conv_tell(conv, CONV_TEXT, question->help);
		else
			break;
		if (err != ERR_OK && err != ERR_FIELD_LONG)
			return err;
	}
	return err == ERR_OK ? keep_alive(conv) : err;
}
