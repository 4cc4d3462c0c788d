/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Passwords and labels as people type them, as they are stored and compared. */
#include "core/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>
#include <unistr.h>
#include <unictype.h>

#include "core/secret.h"

enum {
	PASSWORD_TYPED = 3 * 1024,
	NFC_GROWTH = 3 /* bytes of UTF-8 grow by NFC at most threefold (UAX 15) */
};

static const uint8_t *
bytes_of(const char *text)
{
	return (const uint8_t *)text;
}

bool
text_is_utf8(const char *text, size_t length)
{
	return length == 0 || u8_check(bytes_of(text), length) == NULL;
}

/*
 * NFC into buf, of *length bytes; *length becomes the result's. ERR_FIELD_LONG if it does not fit.
 * Nothing of it stays on the heap while it fits.
 */
static enum err
compose(const uint8_t *text, size_t typed, uint8_t *buf, size_t *length)
{
	uint8_t *result = u8_normalize(UNINORM_NFC, text, typed, buf, length);

	if (result == NULL)
		return errno == ENOMEM ? ERR_MEMORY : ERR_FIELD_UTF8;
	if (result == buf)
		return ERR_OK;
	secret_wipe(result, *length);
	free(result);
	return ERR_FIELD_LONG;
}

static bool
has_control(const char *text, size_t length)
{
	ucs4_t point;

	for (size_t at = 0; at < length;) {
		at += (size_t)u8_mbtouc(&point, bytes_of(text) + at, length - at);
		if (uc_is_general_category_withtable(point, UC_CATEGORY_MASK_Cc))
			return true;
	}
	return false;
}

enum err
text_password(const char *typed, size_t length, char ret_password[TEXT_PASSWORD_SIZE],
    size_t *ret_length)
{
	uint8_t composed[NFC_GROWTH * PASSWORD_TYPED];
	size_t size = sizeof composed;
	enum err err;

	if (length > PASSWORD_TYPED)
		return ERR_PASSWORD_LONG;
	if (!text_is_utf8(typed, length))
		return ERR_FIELD_UTF8;
	if (has_control(typed, length))
		return ERR_PASSWORD_CONTROL;
	err = compose(bytes_of(typed), length, composed, &size);
	if (err != ERR_OK)
		goto out;
	err = ERR_PASSWORD_LONG;
	if (size > TEXT_PASSWORD_SIZE - 1 || u8_mbsnlen(composed, size) > TEXT_PASSWORD_MAX)
		goto out;
	memcpy(ret_password, composed, size);
	ret_password[size] = '\0';
	*ret_length = size;
	err = ERR_OK;
out:
	secret_wipe(composed, sizeof composed);
	return err == ERR_FIELD_LONG ? ERR_PASSWORD_LONG : err;
}

/* Blank, or drawn as one: U+2800 is the empty Braille pattern. */
static bool
is_blank(ucs4_t point)
{
	return point == 0x2800 || text_blank(point);
}

static enum err
label_characters(const char *text, size_t length)
{
	enum err err = ERR_FIELD_EMPTY;
	ucs4_t point;

	for (size_t at = 0; at < length;) {
		at += (size_t)u8_mbtouc(&point, bytes_of(text) + at, length - at);
		if (!text_visible(point))
			return ERR_FIELD_CONTROL;
		if (!is_blank(point))
			err = ERR_OK;
	}
	return err;
}

bool
text_label_same(const char *one, const char *other)
{
	int order = 0;

	if (u8_casecmp(bytes_of(one), strlen(one), bytes_of(other), strlen(other), NULL,
		UNINORM_NFKC, &order) != 0)
		return true;
	return order == 0;
}

static bool
fold(const char *text, char ret_fold[TEXT_FOLD_SIZE])
{
	size_t length = TEXT_FOLD_SIZE - 1;
	uint8_t *room = (uint8_t *)ret_fold;
	uint8_t *folded = u8_casefold(bytes_of(text), strlen(text), NULL, UNINORM_NFKC, room,
	    &length);

	if (folded != room) {
		free(folded);
		return false;
	}
	ret_fold[length] = '\0';
	return true;
}

bool
text_holds(const char *text, const char *part)
{
	char folded[TEXT_FOLD_SIZE], wanted[TEXT_FOLD_SIZE];

	if (!fold(text, folded) || !fold(part, wanted))
		return strstr(text, part) != NULL;
	return strstr(folded, wanted) != NULL;
}

enum err
text_label(const char *typed, size_t length, size_t points, size_t size, char *ret_label)
{
	size_t composed_length;
	uint8_t *composed;
	enum err err;

	if (length > 4 * size)
		return ERR_FIELD_LONG;
	if (!text_is_utf8(typed, length))
		return ERR_FIELD_UTF8;
	err = label_characters(typed, length);
	if (err != ERR_OK)
		return err;
	composed = u8_normalize(UNINORM_NFC, bytes_of(typed), length, NULL, &composed_length);
	if (composed == NULL)
		return ERR_MEMORY;
	err = ERR_FIELD_LONG;
	if (composed_length >= size || u8_mbsnlen(composed, composed_length) > points)
		goto out;
	memcpy(ret_label, composed, composed_length);
	ret_label[composed_length] = '\0';
	err = ERR_OK;
out:
	free(composed);
	return err;
}
