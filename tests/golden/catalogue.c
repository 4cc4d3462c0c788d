/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "catalogue.h"

#include <libintl.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void
add(struct languages *languages, const char *name, const char *only)
{
	if (languages->count < LANGUAGES_MAX && (only == NULL || strcmp(only, name) == 0))
		snprintf(languages->name[languages->count++], LANGUAGE_SIZE, "%s", name);
}

/* One language a line or more, comments behind '#', as gettext reads it. */
static bool
add_linguas(struct languages *languages, const char *only)
{
	const char *top = getenv("top_srcdir");
	char path[4096], line[1024];

	snprintf(path, sizeof path, "%s/po/LINGUAS", top != NULL ? top : ".");
	FILE *file = fopen(path, "r");
	if (file == NULL)
		return false;
	while (fgets(line, sizeof line, file) != NULL) {
		char *rest = NULL;

		line[strcspn(line, "#")] = '\0';
		for (char *word = strtok_r(line, " \t\n", &rest); word != NULL;
		     word = strtok_r(NULL, " \t\n", &rest))
			add(languages, word, only);
	}
	return fclose(file) == 0;
}

bool
catalogue_list(const char *only, struct languages *ret_languages)
{
	struct languages languages = { .count = 0 };

	add(&languages, "en", only);
	if (!add_linguas(&languages, only))
		return false;
	add(&languages, LANGUAGE_PSEUDO, only);
	*ret_languages = languages;
	return languages.count > 0;
}

/* The C library looks at LANGUAGE in any locale but C itself; setlocale() makes it look anew. A
 * catalogue's header says whose it is. */
void
catalogue_speak(const char *name)
{
	char line[64];

	setenv("LANGUAGE", name, 1);
	assert_non_null(setlocale(LC_ALL, ""));
	snprintf(line, sizeof line, "Language: %s\n", name);
	if (strcmp(name, "en") == 0)
		assert_string_equal(gettext("Password"), "Password");
	else if (strstr(gettext(""), line) == NULL)
		fail_msg("%s: its catalogue is not in translations/, or has no line \"%s\"", name,
		    "Language: ...");
}
