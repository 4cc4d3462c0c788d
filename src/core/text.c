/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What people type, as it is stored and compared. */
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
	/* A character of NFC can be typed as four (U+1F82), of at most 4 bytes each. */
	NAME_TYPED = 4 * 4 * TEXT_NAME_POINTS,
	PASSWORD_TYPED = 3 * 1024,
	NFC_GROWTH = 3 /* bytes of UTF-8 grow by NFC at most threefold (UAX 15) */
};

static const uint8_t *
bytes_of(const char *text)
{
	return (const uint8_t *)text;
}

static bool
valid(const char *text, size_t length)
{
	return length == 0 || u8_check(bytes_of(text), length) == NULL;
}

static bool
is_mark(ucs4_t point)
{
	return uc_is_general_category_withtable(point, UC_CATEGORY_MASK_M);
}

/* Letters and marks that draw nothing (U+034F, U+115F, U+FE00) would make two names look alike. */
static bool
in_name(ucs4_t point)
{
	if (point == '.' || point == '_' || point == '-' || point == '@')
		return true;
	return text_visible(point) &&
	    uc_is_general_category_withtable(point,
		UC_CATEGORY_MASK_L | UC_CATEGORY_MASK_M | UC_CATEGORY_MASK_Nd);
}

/* A mark at the start would be drawn on whatever stands before the name. */
static bool
name_characters(const uint8_t *text, size_t length)
{
	ucs4_t point;

	for (size_t at = 0; at < length;) {
		int step = u8_mbtouc(&point, text + at, length - at);

		if (!in_name(point) || (at == 0 && is_mark(point)))
			return false;
		at += (size_t)step;
	}
	return true;
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

/*
 * NFKC casefold, twice, for a compatibility character may become a capital that
 * the first round did not see (Unicode D146: U+210C is 'H', then 'h').
 */
static enum err
fold_name(const uint8_t *name, size_t name_length, uint8_t fold[TEXT_FOLD_SIZE - 1],
    size_t *ret_length)
{
	uint8_t once[TEXT_FOLD_SIZE - 1];
	size_t once_length = sizeof once, length = TEXT_FOLD_SIZE - 1;
	uint8_t *first = u8_casefold(name, name_length, NULL, UNINORM_NFKC, once, &once_length);
	uint8_t *second = NULL;
	enum err err = ERR_MEMORY;

	if (first == NULL)
		goto out;
	second = u8_casefold(first, once_length, NULL, UNINORM_NFKC, fold, &length);
	if (second == NULL)
		goto out;
	err = ERR_NAME_LONG;
	if (second != fold)
		goto out;
	*ret_length = length;
	err = ERR_OK;
out:
	if (second != fold)
		free(second);
	if (first != once)
		free(first);
	return err;
}

enum err
text_name(const char *typed, size_t length, char ret_name[TEXT_NAME_SIZE],
    char ret_fold[TEXT_FOLD_SIZE])
{
	uint8_t name[NFC_GROWTH * NAME_TYPED], fold[TEXT_FOLD_SIZE - 1];
	size_t name_length = sizeof name, fold_length;
	enum err err;

	if (length == 0)
		return ERR_NAME_EMPTY;
	if (length > NAME_TYPED)
		return ERR_NAME_LONG;
	if (!valid(typed, length))
		return ERR_FIELD_UTF8;
	err = compose(bytes_of(typed), length, name, &name_length);
	if (err != ERR_OK)
		return err == ERR_FIELD_LONG ? ERR_NAME_LONG : err;
	if (!name_characters(name, name_length))
		return ERR_NAME_CHARACTERS;
	if (u8_mbsnlen(name, name_length) > TEXT_NAME_POINTS)
		return ERR_NAME_LONG;
	err = fold_name(name, name_length, fold, &fold_length);
	if (err != ERR_OK)
		return err;
	/* A letter may fold to what no name has: U+037A to a blank and a mark. */
	if (!name_characters(fold, fold_length))
		return ERR_NAME_CHARACTERS;
	memcpy(ret_name, name, name_length);
	ret_name[name_length] = '\0';
	if (ret_fold != NULL) {
		memcpy(ret_fold, fold, fold_length);
		ret_fold[fold_length] = '\0';
	}
	return ERR_OK;
}

bool
text_name_or_bytes(const char *typed, size_t length, char ret_fold[TEXT_FOLD_SIZE])
{
	char name[TEXT_NAME_SIZE];

	if (text_name(typed, length, name, ret_fold) == ERR_OK)
		return true;
	if (length > TEXT_FOLD_SIZE - 1)
		length = TEXT_FOLD_SIZE - 1;
	/* A NUL would end the string, and count under the name before it. No name has the byte
	 * 0xff. */
	for (size_t i = 0; i < length; i++)
		ret_fold[i] = typed[i] == '\0' ? '\xff' : typed[i];
	ret_fold[length] = '\0';
	return false;
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
	if (!valid(typed, length))
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

/* Blank, or drawn as a blank: U+2800 is the empty Braille pattern. */
static bool
is_blank(ucs4_t point)
{
	return point == 0x2800 || uc_is_general_category_withtable(point, UC_CATEGORY_MASK_Zs);
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

enum err
text_label(const char *typed, size_t length, size_t points, size_t size, char *ret_label)
{
	size_t composed_length;
	uint8_t *composed;
	enum err err;

	if (length > 4 * size)
		return ERR_FIELD_LONG;
	if (!valid(typed, length))
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
