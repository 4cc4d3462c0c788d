/* SPDX-License-Identifier: GPL-3.0-or-later */
/* From door to door. */
#include "conv/conv.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "client/sentence.h"
#include "core/words.h"

void
conv_open(struct conv *conv, const struct conv_face *face, int line,
    const struct wire_hello_reply *hello)
{
	memset(conv, 0, sizeof *conv);
	conv->face = *face;
	conv->line = line;
	conv->passed = -1;
	conv->door = DOOR_NAME;
	wire_put(conv->fixed, sizeof conv->fixed, hello->name);
	conv->idle_lock = hello->idle_lock;
	conv->password_least = TEXT_PASSWORD_MIN;
	conv->recovery_left = -1;
	language_open(&conv->language);
	conv->last_asked = conv_clock();
	wire_put(conv->console_name, sizeof conv->console_name, hello->console_name);
	wire_put(conv->applications, sizeof conv->applications, hello->applications);
	wire_put(conv->welcome, sizeof conv->welcome, hello->welcome);
}

void
conv_go_on(struct conv *conv, const struct handover *handover)
{
	conv->door = handover->door;
	conv->inside = handover->home_seen || handover->door == DOOR_HOME;
	conv->language = handover->language;
	wire_put(conv->user, sizeof conv->user, handover->user);
	conv->has_2fa = handover->has_2fa;
	conv->clock_loose = handover->clock_loose;
	conv->idle_lock = handover->idle_lock;
	conv->password_least = handover->password_least;
	conv->next_code = handover->next_code;
	conv->skew = handover->skew;
	conv->recovery_left = handover->recovery_left;
}

int64_t
conv_clock(void)
{
	struct timespec now = { 0, 0 };

	(void)clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec;
}

/* --- telling ------------------------------------------------------------------- */

void
conv_tell(struct conv *conv, enum conv_kind kind, const char *text)
{
	conv->face.tell(conv->face.self, kind, text);
}

void
conv_tellf(struct conv *conv, enum conv_kind kind, const char *format, ...)
{
	char text[CONV_TEXT_SIZE];
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(text, sizeof text, format, arguments);
	va_end(arguments);
	conv_tell(conv, kind, text);
	if (kind == CONV_SECRET)
		secret_wipe(text, sizeof text);
}

void
conv_tell_err(struct conv *conv, enum err err, int64_t wait)
{
	char text[CONV_TEXT_SIZE];

	sentence_fill(err, wait, (int64_t)time(NULL), text, sizeof text);
	conv_tell(conv, err == ERR_OK ? CONV_GOOD : CONV_WRONG, text);
}

/* --- the doors ------------------------------------------------------------------- */

enum err
conv_doors(struct conv *conv, bool first_run)
{
	enum err err = ERR_OK;

	if (first_run)
		conv->go = ROW_FIRST_RUN;
	while (err == ERR_OK && (conv->door != DOOR_HOME || conv->go != ROW_NONE)) {
		enum row_id id = conv->go != ROW_NONE ? conv->go
						      : row_at(conv->door, conv->has_2fa);
		struct conv_asked asked;

		conv->go = ROW_NONE;
		if (id == ROW_NONE)
			return ERR_ENDED;
		err = conv_row(conv, id, NULL, &asked);
		secret_wipe(&asked, sizeof asked);
		if (err == ERR_LOCKED) /* by the keeper: its row is next */
			err = ERR_OK;
	}
	return err;
}
