/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/account.h"

#include <stddef.h>
#include <string.h>

static const struct {
	const char *word;
	const char *title;
} roles[ROLE_COUNT] = {
	[ROLE_OPERATOR] = { "operator", N_("Operator") },
	[ROLE_ADMINISTRATOR] = { "administrator", N_("Administrator") },
	[ROLE_SUPER_ADMINISTRATOR] = { "super-administrator", N_("Super Administrator") },
};

const char *
role_word(enum role role)
{
	return (unsigned)role < ROLE_COUNT ? roles[role].word : "unknown";
}

const char *
role_title(enum role role)
{
	return (unsigned)role < ROLE_COUNT ? roles[role].title : N_("Unknown role");
}

enum err
role_from_word(const char *word, enum role *ret_role)
{
	for (unsigned i = 0; i < ROLE_COUNT; i++) {
		if (strcmp(roles[i].word, word) == 0) {
			*ret_role = (enum role)i;
			return ERR_OK;
		}
	}
	return ERR_ROLE_UNKNOWN;
}

/* How many of these letters text begins with, at most `most`. */
static size_t
letters(const char *text, char first, char last, size_t most)
{
	size_t count = 0;

	while (count < most && text[count] >= first && text[count] <= last)
		count++;
	return count;
}

enum err
account_language(const char *typed, char ret_tag[ACCOUNT_LANGUAGE_SIZE])
{
	size_t length = letters(typed, 'a', 'z', 3);
	const char *rest = typed + length;
	bool country = *rest == '_' || *rest == '-';

	if (country && (letters(rest + 1, 'A', 'Z', 2) != 2 || rest[3] != '\0'))
		return ERR_LANGUAGE;
	if ((!country && *rest != '\0') || length == 1 || (length == 0 && country))
		return ERR_LANGUAGE;
	memset(ret_tag, 0, ACCOUNT_LANGUAGE_SIZE);
	memcpy(ret_tag, typed, length);
	if (country) {
		ret_tag[length] = '_';
		memcpy(ret_tag + length + 1, rest + 1, 2);
	}
	return ERR_OK;
}
