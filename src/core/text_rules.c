/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which passwords may be chosen (NIST SP 800-63B 5.1.1.2). */
#include "core/text.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>
#include <unistr.h>

#include "core/secret.h"

enum {
	PLAIN_MAX = 1024, /* code points of a folded text; a longer one is not common */
	GROWTH = 64,	  /* code points that one may become: U+FDFA becomes 18 */
	BLOCK_MAX = 4,	  /* code points of a block that is only repeated */
	COMMON_SIZE = 41  /* the longest of the commonest, and NUL */
};

/*
 * Sorted as strcmp() sorts, ASCII in lower case, made from data/common-passwords.txt. Rows of one
 * width and no pointers: 7,700 of these would be written anew at each start of a program that can
 * be loaded anywhere, into memory of its own.
 */
static const char commonest[][COMMON_SIZE] = {
#include "core/common_passwords.inc"
};

/* A text without differences that people do not see: capitals, forms of one letter. */
struct plain {
	ucs4_t point[PLAIN_MAX];
	size_t count;
};

/* Casefold and NFKD in place. False if it grew past GROWTH, which no character does. */
static bool
fold(ucs4_t points[GROWTH], size_t *count)
{
	ucs4_t folded[GROWTH];
	size_t length = GROWTH;
	ucs4_t *result = u32_casefold(points, *count, NULL, UNINORM_NFKD, folded, &length);
	bool fits = result == folded;

	if (fits) {
		memcpy(points, folded, length * sizeof folded[0]);
		*count = length;
	} else {
		free(result);
	}
	secret_wipe(folded, sizeof folded);
	return fits;
}

/*
 * One code point, folded twice (Unicode D146): each of its own, so that the
 * library's heap never sees a run of a password.
 */
static bool
add_folded(struct plain *plain, ucs4_t point)
{
	ucs4_t points[GROWTH] = { point };
	size_t count = 1;
	bool added = false;

	if (fold(points, &count) && fold(points, &count) && count <= PLAIN_MAX - plain->count) {
		memcpy(plain->point + plain->count, points, count * sizeof points[0]);
		plain->count += count;
		added = true;
	}
	secret_wipe(points, sizeof points);
	return added;
}

/* False if it gets too long or is no UTF-8. The caller wipes. */
static bool
make_plain(const char *text, size_t length, struct plain *plain)
{
	ucs4_t point;

	plain->count = 0;
	for (size_t at = 0; at < length;) {
		int step = u8_mbtoucr(&point, (const uint8_t *)text + at, length - at);

		if (step <= 0 || !add_folded(plain, point))
			return false;
		at += (size_t)step;
	}
	return true;
}

static bool
same(const struct plain *a, const struct plain *b)
{
	return a->count == b->count &&
	    memcmp(a->point, b->point, a->count * sizeof a->point[0]) == 0;
}

/* Whether the text is a short block, repeated: aaaaaaaaaaaa, abcabcabcabc. */
static bool
repeats(const struct plain *plain)
{
	for (size_t block = 1; block <= BLOCK_MAX && 2 * block <= plain->count; block++) {
		size_t i = block;

		while (i < plain->count && plain->point[i] == plain->point[i - block])
			i++;
		if (i == plain->count)
			return true;
	}
	return false;
}

/* Whether b follows a in the alphabet or among the digits, after the last the first. */
static bool
follows(ucs4_t a, ucs4_t b)
{
	if ((a == '9' && b == '0') || (a == 'z' && b == 'a'))
		return true;
	return b == a + 1;
}

/* 123456789012, abcdefghijkl, and backwards. */
static bool
counts(const struct plain *plain)
{
	size_t up = 1, down = 1;

	while (up < plain->count && follows(plain->point[up - 1], plain->point[up]))
		up++;
	while (down < plain->count && follows(plain->point[down], plain->point[down - 1]))
		down++;
	return up == plain->count || down == plain->count;
}

static int
compare(const void *key, const void *row)
{
	return strncmp(key, row, COMMON_SIZE);
}

static bool
listed(const struct plain *plain)
{
	char word[TEXT_PASSWORD_MAX + 1];
	bool found = false;
	size_t i;

	for (i = 0; i < plain->count && i < TEXT_PASSWORD_MAX && plain->point[i] < 0x80; i++)
		word[i] = (char)plain->point[i];
	if (i == plain->count) {
		word[i] = '\0';
		found = bsearch(word, commonest, sizeof commonest / sizeof commonest[0],
			    sizeof commonest[0], compare) != NULL;
	}
	secret_wipe(word, sizeof word);
	return found;
}

enum err
text_password_good(const char *password, size_t length, const char *name)
{
	size_t points = text_points(password, length);
	struct plain plain, other;
	enum err err = ERR_OK;

	if (points < TEXT_PASSWORD_MIN)
		return ERR_PASSWORD_SHORT;
	if (points > TEXT_PASSWORD_MAX || length > TEXT_PASSWORD_SIZE - 1)
		return ERR_PASSWORD_LONG;
	if (make_plain(password, length, &plain)) {
		if (make_plain(name, strlen(name), &other) && same(&plain, &other))
			err = ERR_PASSWORD_IS_NAME;
		else if (repeats(&plain) || counts(&plain) || listed(&plain))
			err = ERR_PASSWORD_COMMON;
	}
	secret_wipe(&plain, sizeof plain);
	secret_wipe(&other, sizeof other);
	return err;
}
