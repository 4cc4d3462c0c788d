/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The language of who signs in, on a host that has no locale but C.UTF-8. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <libintl.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "client/language.h"

static char catalogues[4096]; /* of the build tree */

/* A terminal whose locale and LANGUAGE are these; NULL: it has none. */
static void
terminal_says(struct language *language, const char *locale, const char *own)
{
	assert_non_null(setlocale(LC_ALL, locale));
	if (own != NULL)
		setenv("LANGUAGE", own, 1);
	else
		unsetenv("LANGUAGE");
	bindtextdomain(PACKAGE_TARNAME, catalogues);
	bind_textdomain_codeset(PACKAGE_TARNAME, "UTF-8");
	textdomain(PACKAGE_TARNAME);
	language_open(language);
}

static void
assert_speaks(const char *word)
{
	assert_string_equal(gettext("Password"), word);
}

/*
 * Behind the walls there may be nothing to open any more: here there is no descriptor left to open
 * it with. It is the first test, for what one has opened is there for all that follow.
 */
static void
what_was_loaded_needs_no_file(void **state)
{
	struct rlimit before;
	struct language language;

	(void)state;
	terminal_says(&language, "C", NULL);
	language_load();
	assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &(struct rlimit){ 0, before.rlim_max }), 0);
	assert_speaks("Password");
	language_speak(&language, "fr");
	assert_speaks("Mot de passe");
	assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
}

/* gettext() would load PATH/LC_MESSAGES/provconsole.mo, whoever wrote it. */
static void
no_path_is_a_language(void **state)
{
	(void)state;
	setenv("LANGUAGE", "fr:../../../../tmp", 1);
	language_guard();
	assert_null(getenv("LANGUAGE"));
	setenv("LANGUAGE", "pt_BR:fr", 1);
	language_guard();
	assert_string_equal(getenv("LANGUAGE"), "pt_BR:fr");
}

static void
a_person_is_spoken_to_in_their_language(void **state)
{
	struct language language;

	(void)state;
	terminal_says(&language, "C.UTF-8", NULL);
	assert_speaks("Password");
	language_speak(&language, "fr");
	assert_speaks("Mot de passe");
	assert_string_equal(language.spoken, "fr");
	language_speak(&language, "en");
	assert_speaks("Password");
	language_speak(&language, "");
	assert_speaks("Password");
	assert_null(getenv("LANGUAGE"));
}

/* What sshd starts, where it takes no LANG. */
static void
the_locale_c_speaks_it_too(void **state)
{
	struct language language;

	(void)state;
	terminal_says(&language, "C", "fr");
	assert_speaks("Password");
	language_speak(&language, "fr");
	assert_speaks("Mot de passe");
	assert_string_equal(setlocale(LC_CTYPE, NULL), "C");
	language_speak(&language, "");
	assert_speaks("Password");
	assert_string_equal(setlocale(LC_MESSAGES, NULL), "C");
	assert_string_equal(getenv("LANGUAGE"), "fr");
}

static void
the_next_person_gets_the_terminals_again(void **state)
{
	struct language language;

	(void)state;
	terminal_says(&language, "C.UTF-8", "xx:fr");
	assert_speaks("Mot de passe");
	language_speak(&language, "en");
	assert_speaks("Password");
	language_speak(&language, "");
	assert_speaks("Mot de passe");
	assert_string_equal(getenv("LANGUAGE"), "xx:fr");
}

/* It was chosen at a console that had it. */
static void
what_is_not_installed_is_as_the_terminal_says(void **state)
{
	struct language language;

	(void)state;
	terminal_says(&language, "C.UTF-8", "fr");
	language_speak(&language, "xx");
	assert_speaks("Mot de passe");
	assert_string_equal(language.spoken, "");
	terminal_says(&language, "C", NULL);
	language_speak(&language, "xx");
	assert_speaks("Password");
	assert_string_equal(setlocale(LC_MESSAGES, NULL), "C");
	language_speak(&language, "fr_CA"); /* one of a country that has none of its own */
	assert_speaks("Mot de passe");
}

static void
the_list_names_each_in_its_own_words(void **state)
{
	struct language_name names[LANGUAGE_MOST];
	struct language language;
	size_t count, french = 0;

	(void)state;
	terminal_says(&language, "C", NULL);
	language_speak(&language, "fr");
	count = language_list(&language, names);
	assert_in_range(count, 2, LANGUAGE_MOST);
	assert_string_equal(names[0].tag, "en");
	assert_string_equal(names[0].name, "English");
	for (size_t i = 0; i < count; i++)
		if (strcmp(names[i].tag, "fr") == 0)
			french = i;
	assert_string_equal(names[french].name, "Français");
	assert_speaks("Mot de passe"); /* as before */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_loaded_needs_no_file),
		cmocka_unit_test(no_path_is_a_language),
		cmocka_unit_test(a_person_is_spoken_to_in_their_language),
		cmocka_unit_test(the_locale_c_speaks_it_too),
		cmocka_unit_test(the_next_person_gets_the_terminals_again),
		cmocka_unit_test(what_is_not_installed_is_as_the_terminal_says),
		cmocka_unit_test(the_list_names_each_in_its_own_words),
	};
	const char *top = getenv("top_builddir");

	snprintf(catalogues, sizeof catalogues, "%s/translations", top != NULL ? top : ".");
	return cmocka_run_group_tests(tests, NULL, NULL);
}
