/* SPDX-License-Identifier: GPL-3.0-or-later */
/* User names: as typed, as stored, as compared; and which may be added. */
#include "core/text.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>

enum {
	/* A character of NFC can be typed as four (U+1F82), of at most 4 bytes each. */
	NAME_TYPED = 4 * 4 * TEXT_NAME_POINTS,
	NFC_GROWTH = 3 /* bytes of UTF-8 grow by NFC at most threefold (UAX 15) */
};

/* Bytes of what was typed. */
struct span {
	const uint8_t *bytes;
	size_t length;
};

/*
 * What a paste brings along around a name: white space (Unicode's property: also the no-break
 * space, tabs and line ends), and what is drawn as nothing (U+200B, U+2060, U+FEFF) or as a blank
 * (U+2800).
 */
static bool
is_blank(ucs4_t point)
{
	return uc_is_property_white_space(point) || point == 0x200b || point == 0x2060 ||
	    point == 0xfeff || point == 0x2800;
}

/* Without the blanks around it. What is not UTF-8 is not a blank. */
static struct span
trim(const char *typed, size_t length)
{
	struct span span = { (const uint8_t *)typed, length };
	ucs4_t point;

	while (span.length > 0) {
		int step = u8_mbtoucr(&point, span.bytes, span.length);

		if (step <= 0 || !is_blank(point))
			break;
		span.bytes += step;
		span.length -= (size_t)step;
	}
	while (span.length > 0) {
		const uint8_t *last = u8_prev(&point, span.bytes + span.length, span.bytes);

		if (last == NULL || !is_blank(point))
			break;
		span.length = (size_t)(last - span.bytes);
	}
	return span;
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

/* NFC in place of *io_length bytes of room. Names are no secret: the heap need not be wiped. */
static enum err
compose_name(struct span typed, uint8_t *name, size_t *io_length)
{
	uint8_t *result = u8_normalize(UNINORM_NFC, typed.bytes, typed.length, name, io_length);

	if (result == NULL)
		return errno == ENOMEM ? ERR_MEMORY : ERR_FIELD_UTF8;
	if (result == name)
		return ERR_OK;
	free(result);
	return ERR_NAME_LONG;
}

enum err
text_name(const char *typed, size_t length, char ret_name[TEXT_NAME_SIZE],
    char ret_fold[TEXT_FOLD_SIZE])
{
	uint8_t name[NFC_GROWTH * NAME_TYPED], fold[TEXT_FOLD_SIZE - 1];
	size_t name_length = sizeof name, fold_length = 0;
	struct span span = trim(typed, length);
	enum err err;

	if (span.length == 0)
		return ERR_NAME_EMPTY;
	if (span.length > NAME_TYPED)
		return ERR_NAME_LONG;
	if (u8_check(span.bytes, span.length) != NULL)
		return ERR_FIELD_UTF8;
	err = compose_name(span, name, &name_length);
	if (err != ERR_OK)
		return err;
	if (!name_characters(name, name_length))
		return ERR_NAME_CHARACTERS;
	if (u8_mbsnlen(name, name_length) > TEXT_NAME_POINTS || name_length >= TEXT_NAME_SIZE)
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
	struct span span = trim(typed, length);

	if (text_name(typed, length, name, ret_fold) == ERR_OK)
		return true;
	length = span.length < TEXT_FOLD_SIZE ? span.length : TEXT_FOLD_SIZE - 1;
	/* A NUL would end the string, and count under the name before it. No name has the byte
	 * 0xff. */
	for (size_t i = 0; i < length; i++)
		ret_fold[i] = span.bytes[i] == 0 ? '\xff' : (char)span.bytes[i];
	ret_fold[length] = '\0';
	return false;
}

/* --- scripts --------------------------------------------------------------------------- */

/* Scripts that are written together. */
enum { HAN = 1 << 0, KANA = 1 << 1, HANGUL = 1 << 2, OTHER = 1 << 3 };

static const struct {
	const char *name; /* as the Unicode Character Database has it; NULL ends the list */
	unsigned bit;	  /* 0: goes with every script */
} families[] = {
	{ "Common", 0 },
	{ "Inherited", 0 },
	{ "Han", HAN },
	{ "Hiragana", KANA },
	{ "Katakana", KANA },
	{ "Hangul", HANGUL },
	{ NULL, OTHER },
};

static unsigned
family_of(const uc_script_t *script)
{
	size_t i = 0;

	while (families[i].name != NULL && strcmp(families[i].name, script->name) != 0)
		i++;
	return families[i].bit;
}

enum err
text_name_scripts(const char *name)
{
	const uint8_t *at = (const uint8_t *)name;
	const uc_script_t *other = NULL;
	unsigned seen = 0;
	ucs4_t point;

	while ((at = u8_next(&point, at)) != NULL) {
		const uc_script_t *script = uc_script(point);
		unsigned family = script != NULL ? family_of(script) : 0;

		if (family == OTHER && other != NULL && script != other)
			return ERR_NAME_SCRIPTS;
		if (family == OTHER)
			other = script;
		seen |= family;
	}
	if ((seen & OTHER) != 0 && seen != OTHER)
		return ERR_NAME_SCRIPTS;
	return (seen & KANA) != 0 && (seen & HANGUL) != 0 ? ERR_NAME_SCRIPTS : ERR_OK;
}
