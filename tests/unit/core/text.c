/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "text_samples.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "core/text.h"

static void
assert_name(const char *typed, const char *stored, const char *folded)
{
	char name[TEXT_NAME_SIZE], fold[TEXT_FOLD_SIZE];

	assert_int_equal(text_name(typed, strlen(typed), name, fold), ERR_OK);
	assert_string_equal(name, stored);
	assert_string_equal(fold, folded);
	/* What is stored, and what is compared, are names themselves and stay as they are. */
	assert_int_equal(text_name(stored, strlen(stored), name, fold), ERR_OK);
	assert_string_equal(name, stored);
	assert_string_equal(fold, folded);
	if (text_points(folded, strlen(folded)) <= TEXT_NAME_POINTS) {
		assert_int_equal(text_name(folded, strlen(folded), name, fold), ERR_OK);
		assert_string_equal(fold, folded);
	}
}

static void
refuse_name(const char *typed, size_t length, enum err err)
{
	char name[TEXT_NAME_SIZE] = "untouched", fold[TEXT_FOLD_SIZE] = "too";

	assert_int_equal(text_name(typed, length, name, fold), err);
	assert_string_equal(name, "untouched");
	assert_string_equal(fold, "too");
}

static void
names_are_nfc_and_fold(void **state)
{
	char name[TEXT_NAME_SIZE];

	(void)state;
	assert_name("alice", "alice", "alice");
	assert_name("Alice", "Alice", "alice");
	assert_name("a.b_c-d@example.org", "a.b_c-d@example.org", "a.b_c-d@example.org");
	assert_name("7", "7", "7");
	/* e and a combining acute are one name with the composed letter. */
	assert_name("Rene\xcc\x81", "Ren\xc3\xa9", "ren\xc3\xa9");
	assert_name("Ren\xc3\xa9", "Ren\xc3\xa9", "ren\xc3\xa9");
	/* Full-width. */
	assert_name("\xef\xbc\xa1lice", "\xef\xbc\xa1lice", "alice");
	assert_name("stra\xc3\x9f"
		    "e",
	    "stra\xc3\x9f"
	    "e",
	    "strasse");
	assert_name("STRASSE", "STRASSE", "strasse");
	/* Final sigma, and the ligature fi. */
	assert_name("\xcf\x82", "\xcf\x82", "\xcf\x83");
	assert_name("\xef\xac\x81n", "\xef\xac\x81n", "fin");
	/* U+210C is a capital only after its compatibility mapping. */
	assert_name("\xe2\x84\x8c", "\xe2\x84\x8c", "h");
	/* No locale: Turkish does not change who is who. */
	assert_name("TITLE", "TITLE", "title");
	assert_name("\xd8\xb9\xd9\x84\xd9\x8a", "\xd8\xb9\xd9\x84\xd9\x8a",
	    "\xd8\xb9\xd9\x84\xd9\x8a");
	assert_name("\xe4\xb8\xad\xe6\x96\x87", "\xe4\xb8\xad\xe6\x96\x87",
	    "\xe4\xb8\xad\xe6\x96\x87");
	/* Devanagari needs its marks, and has its own digits. */
	assert_name("\xe0\xa4\x95\xe0\xa4\xbf\xe0\xa5\xa7", "\xe0\xa4\x95\xe0\xa4\xbf\xe0\xa5\xa7",
	    "\xe0\xa4\x95\xe0\xa4\xbf\xe0\xa5\xa7");
	assert_int_equal(text_name("bob", 3, name, NULL), ERR_OK);
	assert_string_equal(name, "bob");
	/* No NUL is needed. */
	assert_int_equal(text_name("bobby", 3, name, NULL), ERR_OK);
	assert_string_equal(name, "bob");
}

static void
names_have_one_to_64_code_points(void **state)
{
	char name[TEXT_NAME_SIZE], fold[TEXT_FOLD_SIZE];

	(void)state;
	refuse_name("", 0, ERR_NAME_EMPTY);
	assert_name(POINTS_64("a"), POINTS_64("a"), POINTS_64("a"));
	refuse_name(BYTES(POINTS_64("a") "a"), ERR_NAME_LONG);
	/* Four bytes each, as many as fit TEXT_NAME_SIZE. */
	assert_name(POINTS_64("\xf0\xa0\x80\x80"), POINTS_64("\xf0\xa0\x80\x80"),
	    POINTS_64("\xf0\xa0\x80\x80"));
	refuse_name(BYTES(POINTS_64("\xf0\xa0\x80\x80") "a"), ERR_NAME_LONG);
	/* Counted after NFC, both ways: U+1F82 is typed as four, U+0958 becomes two. */
	assert_int_equal(text_name(BYTES(POINTS_64("\xce\xb1\xcc\x93\xcc\x80\xcd\x85")), name,
			     NULL),
	    ERR_OK);
	assert_string_equal(name, POINTS_64("\xe1\xbe\x82"));
	refuse_name(BYTES(POINTS_60("\xe0\xa5\x98")), ERR_NAME_LONG);
	/* The fold may be longer than a name. */
	assert_int_equal(text_name(BYTES(POINTS_64("\xc3\x9f")), name, fold), ERR_OK);
	assert_string_equal(fold, POINTS_64("ss"));
	refuse_name(BYTES(POINTS_256("aaaaaaaaaaaaaaa")), ERR_NAME_LONG);
}

static void
names_have_few_characters(void **state)
{
	static const char *const refused[] = {
		"a b", "a  b", "a\tb", "a/b", "a:b", "a\\b", "a'b", "a\"b", "a%b", "a&b", "a+b",
		"a,b", "a;b", "a\nb", "a\033b",
		"a\x7f"
		"b",
		"<a>", "$a", "#1a2b3c4d", "a!",
		"a\xc2\xa0"
		"b", /* no-break space */
		"a\xe3\x80\x80"
		"b", /* ideographic space */
		"a\xc2\x85"
		"b", /* C1 control */
		"a\xe2\x80\x8b"
		"b", /* zero-width space */
		"a\xe2\x80\x8d"
		"b", /* zero-width joiner */
		"a\xef\xbb\xbf"
		"b", /* byte order mark */
		"a\xc2\xad"
		"b", /* soft hyphen */
		"\xe2\x80\xae"
		"ecila",	 /* right-to-left override */
		"a\xe2\x80\x8f", /* right-to-left mark */
		"a\xe2\x81\xa6"
		"b",		     /* isolate */
		"a\xef\xb8\x8f",     /* variation selector, a mark */
		"a\xf3\xa0\x84\x80", /* variation selector supplement */
		"a\xcd\x8f"
		"b",		     /* combining grapheme joiner, a mark */
		"a\xe1\x85\x9f",     /* Hangul filler, a letter */
		"a\xe3\x85\xa4",     /* the same, for old encodings */
		"a\xef\xbe\xa0",     /* and half-width */
		"a\xe1\x9e\xb4",     /* Khmer inherent vowel, a mark */
		"a\xee\x80\x80",     /* private */
		"a\xcd\xb8",	     /* unassigned */
		"a\xef\xbf\xbd",     /* replacement character */
		"a\xe2\x85\xa7",     /* Roman numeral, Nl */
		"a\xc2\xb2",	     /* superscript two, No */
		"a\xf0\x9f\x98\x80", /* emoji */
		"\xcc\x81",	     /* a mark alone would sit on what stands before it */
		"\xcc\x81"
		"a",
		"a\xcd\xba",	/* folds to a blank and a mark */
		"\xef\xb7\xba", /* folds to a sentence with blanks */
	};

	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
		refuse_name(refused[i], strlen(refused[i]), ERR_NAME_CHARACTERS);
	refuse_name(BYTES("a\0b"), ERR_NAME_CHARACTERS);
	refuse_name(BYTES("\0"), ERR_NAME_CHARACTERS);
}

static void
names_are_utf8(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
		refuse_name(broken[i], strlen(broken[i]), ERR_FIELD_UTF8);
}

/* No name can hold a blank, so one that was typed or pasted along with it is not part of it. */
static void
blanks_around_a_name_are_dropped(void **state)
{
	static const char *const typed[] = {
		"alice", " alice", "alice ", "   alice\t ", "alice\r\n",
		"\xc2\xa0"
		"alice\xc2\xa0", /* no-break space */
		"\xe2\x80\xaf"
		"alice", /* narrow no-break space */
		"\xe3\x80\x80"
		"alice\xe2\x80\x83", /* ideographic and em space */
		"alice\xe2\x80\x8b", /* zero-width space */
		"\xef\xbb\xbf"
		"alice",	     /* byte order mark */
		"alice\xe2\x81\xa0", /* word joiner */
		"\xe2\xa0\x80"
		"alice", /* empty Braille pattern */
	};
	char name[TEXT_NAME_SIZE], fold[TEXT_FOLD_SIZE];
	char longest[2 * TEXT_NAME_POINTS + 1];

	(void)state;
	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
		assert_int_equal(text_name(typed[i], strlen(typed[i]), name, fold), ERR_OK);
		assert_string_equal(name, "alice");
		assert_string_equal(fold, "alice");
	}
	/* They do not count among the 64. */
	memset(longest, ' ', sizeof longest);
	memset(longest + TEXT_NAME_POINTS / 2, 'a', TEXT_NAME_POINTS);
	assert_int_equal(text_name(longest, sizeof longest, name, fold), ERR_OK);
	assert_int_equal(strlen(name), TEXT_NAME_POINTS);
	refuse_name(BYTES("al ice"), ERR_NAME_CHARACTERS);
	refuse_name(BYTES("   "), ERR_NAME_EMPTY);
	refuse_name(BYTES("\xc2\xa0\xe2\x80\x8b"), ERR_NAME_EMPTY);
	refuse_name(BYTES(" \xff"), ERR_FIELD_UTF8);
}

static void
letters_of_a_new_name_are_of_one_script(void **state)
{
	static const char *const good[] = {
		"alice", "J\xc3\xbcrgen-2.b_c@d", "42", "._-@",
		"\xd0\xb0\xd0\xbd\xd0\xbd\xd0\xb0",		    /* Cyrillic */
		"\xd0\xb8\xcc\x86\xd0\xb2\xd0\xb0\xd0\xbd-7",	    /* and a mark, a digit */
		"\xce\xb1\xce\xb2\xce\xb3",			    /* Greek */
		"\xe5\xb1\xb1\xe7\x94\xb0",			    /* Han */
		"\xe5\xb1\xb1\xe3\x81\xae\xe3\x82\xab\xe3\x83\xbc", /* Han, both kana */
		"\xea\xb9\x80\xe9\x87\x91",			    /* Hangul and Han */
		"\xd8\xb9\xd9\x84\xd9\x8a",			    /* Arabic */
	};
	static const char *const mixed[] = {
		"\xd0\xb0lice",		    /* Cyrillic a, Latin */
		"alic\xd0\xb5",		    /* Cyrillic e at the end */
		"\xce\xbf\x6b",		    /* Greek o, Latin */
		"\xd0\xb0\xce\xbf",	    /* Cyrillic, Greek */
		"bob\xe5\xb1\xb1",	    /* Latin, Han */
		"\xe5\xb1\xb1-bob",	    /* Han, Latin */
		"\xe3\x81\xae\xea\xb9\x80", /* Hiragana, Hangul */
		"\xd5\xb8oo",		    /* Armenian, Latin */
	};
	char name[TEXT_NAME_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++) {
		assert_int_equal(text_name(good[i], strlen(good[i]), name, NULL), ERR_OK);
		assert_int_equal(text_name_scripts(name), ERR_OK);
	}
	for (size_t i = 0; i < sizeof mixed / sizeof mixed[0]; i++) {
		/* Names that exist go on to be names: only a new one is asked about. */
		assert_int_equal(text_name(mixed[i], strlen(mixed[i]), name, NULL), ERR_OK);
		assert_int_equal(text_name_scripts(name), ERR_NAME_SCRIPTS);
	}
}

static void
whatever_is_typed_counts_under_something(void **state)
{
	char fold[TEXT_FOLD_SIZE], name[TEXT_NAME_SIZE];
	static char long_name[5000];

	(void)state;
	assert_true(text_name_or_bytes("Alice", 5, fold));
	assert_string_equal(fold, "alice");
	assert_false(text_name_or_bytes("", 0, fold));
	assert_string_equal(fold, "");
	assert_false(text_name_or_bytes(" ", 1, fold));
	assert_string_equal(fold, "");
	assert_true(text_name_or_bytes(BYTES(" Alice\xc2\xa0"), fold));
	assert_string_equal(fold, "alice");
	assert_false(text_name_or_bytes(BYTES("\tMy Password!\n"), fold));
	assert_string_equal(fold, "My Password!");
	assert_false(text_name_or_bytes("My Password!", 12, fold));
	assert_string_equal(fold, "My Password!");
	assert_false(text_name_or_bytes(BYTES(" \xff "), fold));
	assert_string_equal(fold, "\xff");
	assert_false(text_name_or_bytes("\xff\xfe", 2, fold));
	assert_string_equal(fold, "\xff\xfe");
	/* A NUL never lets the rest count under another's name. */
	assert_false(text_name_or_bytes(BYTES("alice\0x"), fold));
	assert_string_not_equal(fold, "alice");
	assert_int_not_equal(text_name(fold, strlen(fold), name, NULL), ERR_OK);
	memset(long_name, 'a', sizeof long_name);
	assert_false(text_name_or_bytes(long_name, sizeof long_name, fold));
	assert_int_equal(strlen(fold), TEXT_FOLD_SIZE - 1);
	assert_false(text_name_or_bytes(long_name, 65, fold));
	assert_int_equal(strlen(fold), 65);
}

static void
labels(void **state)
{
	char label[TEXT_LABEL_SIZE];

	(void)state;
	assert_int_equal(text_label(BYTES("My phone, black"), 40, sizeof label, label), ERR_OK);
	assert_string_equal(label, "My phone, black");
	assert_int_equal(text_label(BYTES("Cafe\xcc\x81 \xf0\x9f\x93\xb1"), 6, sizeof label, label),
	    ERR_OK);
	assert_string_equal(label, "Caf\xc3\xa9 \xf0\x9f\x93\xb1");
	assert_int_equal(text_label(BYTES("abcde"), 5, 6, label), ERR_OK);
	assert_int_equal(text_label(BYTES("abcde"), 5, 5, label), ERR_FIELD_LONG);
	assert_int_equal(text_label(BYTES("abcde"), 4, sizeof label, label), ERR_FIELD_LONG);
	assert_int_equal(text_label(BYTES(POINTS_256("aaaaaaaa")), 5000, sizeof label, label),
	    ERR_FIELD_LONG);
	assert_string_equal(label, "abcde");
	assert_int_equal(text_label("", 0, 5, sizeof label, label), ERR_FIELD_EMPTY);
	assert_int_equal(text_label(BYTES("   "), 5, sizeof label, label), ERR_FIELD_EMPTY);
	assert_int_equal(text_label(BYTES("\xc2\xa0\xe3\x80\x80\xe2\xa0\x80"), 5, sizeof label,
			     label),
	    ERR_FIELD_EMPTY);
	for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
		assert_int_equal(text_label(broken[i], strlen(broken[i]), 40, sizeof label, label),
		    ERR_FIELD_UTF8);
}

static void
labels_have_nothing_unseen(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof unseen / sizeof unseen[0]; i++) {
		char typed[16] = "a", label[TEXT_LABEL_SIZE];

		strncat(typed, unseen[i], 8);
		assert_int_equal(text_label(typed, strlen(typed), 40, sizeof label, label),
		    ERR_FIELD_CONTROL);
	}
	char label[TEXT_LABEL_SIZE];

	assert_int_equal(text_label(BYTES("a\0b"), 40, sizeof label, label), ERR_FIELD_CONTROL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_nfc_and_fold),
		cmocka_unit_test(names_have_one_to_64_code_points),
		cmocka_unit_test(names_have_few_characters),
		cmocka_unit_test(names_are_utf8),
		cmocka_unit_test(blanks_around_a_name_are_dropped),
		cmocka_unit_test(letters_of_a_new_name_are_of_one_script),
		cmocka_unit_test(whatever_is_typed_counts_under_something),
		cmocka_unit_test(labels),
		cmocka_unit_test(labels_have_nothing_unseen),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
