/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv/take.h"

#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "core/words.h"
#include "core/secret.h"
#include "core/text.h"

enum { CODE_DIGITS = 6 };

bool
take_hidden(enum take take)
{
	return take == TAKE_PASSWORD || take == TAKE_FRESH || take == TAKE_REPEAT;
}

bool
take_spares_letters(enum take take)
{
	return take != TAKE_NAME && take != TAKE_TEXT;
}

/* --- codes --------------------------------------------------------------------- */

/* What is left of a code without what stands between its characters; they may be letters or not. */
static enum err
take_code(const char *typed, bool letters, enum err refusal, char *buf, size_t size)
{
	size_t length = strlen(typed), used = 0;
	uint32_t point = 0;

	for (size_t at = 0, step; at < length; at += step) {
		step = text_point(typed + at, length - at, &point);
		if (step == 0)
			return ERR_FIELD_UTF8;
		if (point == '\t' || text_blank(point) || text_unseen(point) || text_dash(point))
			continue;
		point = text_code_point(point);
		if (point >= 'a' && point <= 'z')
			point -= 'a' - 'A';
		bool fits = (point >= '0' && point <= '9') || (letters && text_letter(point));
		if (!fits || used + 1 >= size)
			return refusal;
		buf[used++] = (char)point;
	}
	buf[used] = '\0';
	return used > 0 ? ERR_OK : refusal;
}

static enum err
take_digits(const char *typed, char *buf, size_t size)
{
	char code[CODE_DIGITS + 2] = "";
	enum err err = take_code(typed, false, ERR_CODE_FORMAT, code, sizeof code);

	if (err == ERR_OK && (strlen(code) != CODE_DIGITS || size <= CODE_DIGITS))
		err = ERR_CODE_FORMAT;
	if (err == ERR_OK)
		memcpy(buf, code, CODE_DIGITS + 1);
	secret_wipe(code, sizeof code);
	return err;
}

static enum err
take_recovery(const char *typed, char *buf, size_t size)
{
	char code[64] = "";
	enum err err = take_code(typed, true, ERR_RECOVERY_FORMAT, code, sizeof code);

	if (err == ERR_OK && strlen(code) >= size)
		err = ERR_RECOVERY_FORMAT;
	if (err == ERR_OK)
		memcpy(buf, code, strlen(code) + 1);
	secret_wipe(code, sizeof code);
	return err;
}

/* --- the others ---------------------------------------------------------------- */

static enum err
take_text(const char *typed, enum err empty, char *buf, size_t size)
{
	size_t length = strlen(typed);
	uint32_t point = 0;

	for (size_t at = 0, step; at < length; at += step) {
		step = text_point(typed + at, length - at, &point);
		if (step == 0)
			return ERR_FIELD_UTF8;
		if (!text_visible(point))
			return ERR_FIELD_CONTROL;
	}
	if (length == 0)
		return empty;
	if (length >= size)
		return ERR_FIELD_LONG;
	memcpy(buf, typed, length + 1);
	return ERR_OK;
}

/* As it was typed: the keeper normalises it. */
static enum err
take_password(const char *typed, char *buf, size_t size)
{
	char normal[TEXT_PASSWORD_SIZE];
	size_t length = strlen(typed), unused;
	enum err err;

	if (length == 0)
		return ERR_FIELD_EMPTY;
	if (length >= size)
		return ERR_PASSWORD_LONG;
	err = text_password(typed, length, normal, &unused);
	secret_wipe(normal, sizeof normal);
	if (err == ERR_OK)
		memcpy(buf, typed, length + 1);
	return err;
}

static enum err
take_yes(const char *typed, char *buf, size_t size)
{
	if (size < 2 || (strcasecmp(typed, "yes") != 0 && strcasecmp(typed, _("yes")) != 0))
		return ERR_FIELD_EMPTY;
	memcpy(buf, "y", 2);
	return ERR_OK;
}

static enum err
take_keep(const char *typed, char *buf, size_t size)
{
	bool keep = strcasecmp(typed, "keep") == 0 || strcasecmp(typed, _("keep")) == 0;
	bool removes = strcasecmp(typed, "remove") == 0 || strcasecmp(typed, _("remove")) == 0;

	if (size < 2 || !(keep || removes))
		return ERR_FIELD_EMPTY;
	memcpy(buf, keep ? "k" : "r", 2);
	return ERR_OK;
}

enum err
take_answer(enum take take, const char *typed, char *buf, size_t size)
{
	switch (take) {
	case TAKE_NAME:
		return take_text(typed, ERR_NAME_EMPTY, buf, size);
	case TAKE_TEXT:
		return take_text(typed, ERR_FIELD_EMPTY, buf, size);
	case TAKE_PASSWORD:
	case TAKE_FRESH:
	case TAKE_REPEAT:
		return take_password(typed, buf, size);
	case TAKE_CODE:
		return take_digits(typed, buf, size);
	case TAKE_RECOVERY:
		return take_recovery(typed, buf, size);
	case TAKE_YES:
		return take_yes(typed, buf, size);
	case TAKE_KEEP:
		return take_keep(typed, buf, size);
	case TAKE_COUNT:
		break;
	}
	return ERR_STATE;
}

/* --- what was refused ---------------------------------------------------------- */

#define ABOUT(take) (1u << (take))

enum {
	ABOUT_CODES = ABOUT(TAKE_CODE) | ABOUT(TAKE_RECOVERY),
	ABOUT_CHOSEN = ABOUT(TAKE_FRESH) | ABOUT(TAKE_REPEAT),
	ABOUT_PROOFS = ABOUT_CODES | ABOUT(TAKE_PASSWORD)
};

static const struct {
	enum err err;
	unsigned about;
} refusals[] = {
	{ ERR_CREDENTIALS, ABOUT(TAKE_NAME) | ABOUT(TAKE_PASSWORD) },
	{ ERR_PAUSED, ABOUT(TAKE_NAME) | ABOUT_PROOFS },
	{ ERR_BUSY, ABOUT(TAKE_NAME) | ABOUT_PROOFS | ABOUT_CHOSEN },
	{ ERR_CODE_WRONG, ABOUT(TAKE_CODE) },
	{ ERR_CODE_USED, ABOUT(TAKE_CODE) },
	{ ERR_CODE_LOCKED, ABOUT_CODES },
	{ ERR_CODE_FORMAT, ABOUT(TAKE_CODE) },
	{ ERR_CLOCK_BACK, ABOUT(TAKE_CODE) },
	{ ERR_PROOF_NEEDED, ABOUT(TAKE_CODE) },
	{ ERR_RESYNC_WRONG, ABOUT(TAKE_CODE) },
	{ ERR_RECOVERY_WRONG, ABOUT(TAKE_RECOVERY) },
	{ ERR_RECOVERY_FORMAT, ABOUT(TAKE_RECOVERY) },
	{ ERR_PASSWORD_WRONG, ABOUT(TAKE_PASSWORD) },
	{ ERR_PASSWORD_SHORT, ABOUT_CHOSEN },
	{ ERR_PASSWORD_LEAST, ABOUT_CHOSEN },
	{ ERR_PASSWORD_LONG, ABOUT_CHOSEN },
	{ ERR_PASSWORD_CONTROL, ABOUT_CHOSEN },
	{ ERR_PASSWORD_COMMON, ABOUT_CHOSEN },
	{ ERR_PASSWORD_IS_NAME, ABOUT_CHOSEN },
	{ ERR_PASSWORD_SAME, ABOUT_CHOSEN },
	{ ERR_NAME_EMPTY, ABOUT(TAKE_NAME) },
	{ ERR_NAME_LONG, ABOUT(TAKE_NAME) },
	{ ERR_NAME_CHARACTERS, ABOUT(TAKE_NAME) },
	{ ERR_NAME_SCRIPTS, ABOUT(TAKE_NAME) },
	{ ERR_NAME_TAKEN, ABOUT(TAKE_NAME) },
};

bool
take_is_about(enum take take, enum err err)
{
	for (size_t i = 0; i < sizeof refusals / sizeof refusals[0]; i++)
		if (refusals[i].err == err)
			return (refusals[i].about & ABOUT(take)) != 0;
	return false;
}
