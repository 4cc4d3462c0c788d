/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/account.h"

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
