/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/language.h"

#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/err.h" /* N_ */

/* Translators: the name of your language, in your language, as it stands in a list of languages. */
static const char own_name[] = N_("English");

static const char english[] = "en";

void
language_guard(void)
{
	const char *own = getenv("LANGUAGE");

	if (own != NULL && strchr(own, '/') != NULL)
		(void)unsetenv("LANGUAGE");
}

void
language_open(struct language *language)
{
	const char *own = getenv("LANGUAGE"), *locale = setlocale(LC_MESSAGES, NULL);

	memset(language, 0, sizeof *language);
	language->named = own != NULL;
	(void)snprintf(language->own, sizeof language->own, "%s", own != NULL ? own : "");
	language->untranslated = locale == NULL || strcmp(locale, "C") == 0;
}

/* Calling textdomain() is how gettext() learns that LANGUAGE has changed. */
static void
turn(const struct language *language, const char *tag)
{
	bool chosen = *tag != '\0';

	if (chosen || language->named)
		(void)setenv("LANGUAGE", chosen ? tag : language->own, 1);
	else
		(void)unsetenv("LANGUAGE");
	if (language->untranslated)
		(void)setlocale(LC_MESSAGES, chosen ? "C.UTF-8" : "C");
	(void)textdomain(textdomain(NULL));
}

/* Whether the language that was just turned to is one. */
static bool
is_installed(const char *tag)
{
	return strcmp(tag, english) == 0 || strcmp(gettext(own_name), own_name) != 0;
}

void
language_speak(struct language *language, const char *tag)
{
	if (strcmp(tag, language->spoken) == 0)
		return;
	turn(language, tag);
	if (*tag != '\0' && !is_installed(tag)) {
		tag = "";
		turn(language, tag);
	}
	(void)snprintf(language->spoken, sizeof language->spoken, "%s", tag);
}

/* Takes the next word of a list with blanks; false at its end. */
static bool
next_tag(const char **io_list, char tag[ACCOUNT_LANGUAGE_SIZE])
{
	const char *word = *io_list + strspn(*io_list, " ");
	size_t length = strcspn(word, " ");

	*io_list = word + length;
	if (length == 0 || length >= ACCOUNT_LANGUAGE_SIZE)
		return false;
	memcpy(tag, word, length);
	tag[length] = '\0';
	return true;
}

size_t
language_list(struct language *language, struct language_name names[LANGUAGE_MOST])
{
	const char *rest = LINGUAS;
	char tag[ACCOUNT_LANGUAGE_SIZE] = "en";
	size_t count = 0;

	do {
		turn(language, tag);
		if (!is_installed(tag))
			continue;
		memcpy(names[count].tag, tag, sizeof tag);
		names[count++].name = gettext(own_name);
	} while (count < LANGUAGE_MOST && next_tag(&rest, tag));
	turn(language, language->spoken);
	return count;
}

void
language_load(void)
{
	struct language language;
	struct language_name names[LANGUAGE_MOST];

	language_open(&language);
	(void)language_list(&language, names);
}
