/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>
#include <unistr.h>

#include "core/text.h"

#define TEN(x) x x x x x x x x x x
#define POINTS_60(x) TEN(x) TEN(x) TEN(x) TEN(x) TEN(x) TEN(x)
#define POINTS_64(x) POINTS_60(x) x x x x
#define POINTS_256(x) POINTS_64(x) POINTS_64(x) POINTS_64(x) POINTS_64(x)
/* A string with NULs in it, and its length. */
#define BYTES(literal) literal, sizeof (literal) - 1

/* --- names ---------------------------------------------------------------- */

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
	assert_name("stra\xc3\x9f" "e", "stra\xc3\x9f" "e", "strasse");
	assert_name("STRASSE", "STRASSE", "strasse");
	/* Final sigma, and the ligature fi. */
	assert_name("\xcf\x82", "\xcf\x82", "\xcf\x83");
	assert_name("\xef\xac\x81n", "\xef\xac\x81n", "fin");
	/* U+210C is a capital only after its compatibility mapping. */
	assert_name("\xe2\x84\x8c", "\xe2\x84\x8c", "h");
	/* No locale: Turkish does not change who is who. */
	assert_name("TITLE", "TITLE", "title");
	assert_name("\xd8\xb9\xd9\x84\xd9\x8a", "\xd8\xb9\xd9\x84\xd9\x8a", "\xd8\xb9\xd9\x84\xd9\x8a");
	assert_name("\xe4\xb8\xad\xe6\x96\x87", "\xe4\xb8\xad\xe6\x96\x87", "\xe4\xb8\xad\xe6\x96\x87");
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
	assert_name(POINTS_64("\xf0\xa0\x80\x80"), POINTS_64("\xf0\xa0\x80\x80"), POINTS_64("\xf0\xa0\x80\x80"));
	refuse_name(BYTES(POINTS_64("\xf0\xa0\x80\x80") "a"), ERR_NAME_LONG);
	/* Counted after NFC, both ways: U+1F82 is typed as four, U+0958 becomes two. */
	assert_int_equal(text_name(BYTES(POINTS_64("\xce\xb1\xcc\x93\xcc\x80\xcd\x85")), name, NULL), ERR_OK);
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
		" ", "a b", " a", "a ", "a\tb", "a/b", "a:b", "a\\b", "a'b", "a\"b", "a%b", "a&b", "a+b", "a,b",
		"a;b", "a\nb", "a\033b", "a\x7f" "b", "<a>", "$a", "#1a2b3c4d", "a!",
		"a\xc2\xa0" "b",		/* no-break space */
		"a\xe3\x80\x80" "b",		/* ideographic space */
		"a\xc2\x85" "b",		/* C1 control */
		"a\xe2\x80\x8b" "b",		/* zero-width space */
		"a\xe2\x80\x8d" "b",		/* zero-width joiner */
		"a\xef\xbb\xbf",		/* byte order mark */
		"a\xc2\xad" "b",		/* soft hyphen */
		"\xe2\x80\xae" "ecila",		/* right-to-left override */
		"a\xe2\x80\x8f",		/* right-to-left mark */
		"a\xe2\x81\xa6" "b",		/* isolate */
		"a\xef\xb8\x8f",		/* variation selector, a mark */
		"a\xf3\xa0\x84\x80",		/* variation selector supplement */
		"a\xcd\x8f" "b",		/* combining grapheme joiner, a mark */
		"a\xe1\x85\x9f",		/* Hangul filler, a letter */
		"a\xe3\x85\xa4",		/* the same, for old encodings */
		"a\xef\xbe\xa0",		/* and half-width */
		"a\xe1\x9e\xb4",		/* Khmer inherent vowel, a mark */
		"a\xee\x80\x80",		/* private */
		"a\xcd\xb8",			/* unassigned */
		"a\xef\xbf\xbd",		/* replacement character */
		"a\xe2\x85\xa7",		/* Roman numeral, Nl */
		"a\xc2\xb2",			/* superscript two, No */
		"a\xf0\x9f\x98\x80",		/* emoji */
		"\xcc\x81",			/* a mark alone would sit on what stands before it */
		"\xcc\x81" "a",
		"a\xcd\xba",			/* folds to a blank and a mark */
		"\xef\xb7\xba",			/* folds to a sentence with blanks */
	};

	(void)state;
	for (size_t i = 0; i < sizeof refused / sizeof refused[0]; i++)
		refuse_name(refused[i], strlen(refused[i]), ERR_NAME_CHARACTERS);
	refuse_name(BYTES("a\0b"), ERR_NAME_CHARACTERS);
	refuse_name(BYTES("\0"), ERR_NAME_CHARACTERS);
}

static const char *const broken[] = {
	"\xff", "a\x80", "a\xc3", "\xe2\x82", "\xc0\xaf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf4\x90\x80\x80",
	"\xf8\x88\x80\x80\x80", "\xf0\x9f\x98",
};

static void
names_are_utf8(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
		refuse_name(broken[i], strlen(broken[i]), ERR_FIELD_UTF8);
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
	assert_string_equal(fold, " ");
	assert_false(text_name_or_bytes("My Password!", 12, fold));
	assert_string_equal(fold, "My Password!");
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

/* --- passwords ------------------------------------------------------------ */

static void
assert_password(const char *typed, size_t length, const char *normal)
{
	char password[TEXT_PASSWORD_SIZE];
	size_t got = 12345;

	assert_int_equal(text_password(typed, length, password, &got), ERR_OK);
	assert_int_equal(got, strlen(normal));
	assert_string_equal(password, normal);
}

static void
refuse_password(const char *typed, size_t length, enum err err)
{
	char password[TEXT_PASSWORD_SIZE] = "untouched";
	size_t got = 12345;

	assert_int_equal(text_password(typed, length, password, &got), err);
	assert_int_equal(got, 12345);
	assert_string_equal(password, "untouched");
}

static void
passwords_are_nfc_and_whole(void **state)
{
	(void)state;
	assert_password("", 0, "");
	assert_password(BYTES("short"), "short");
	assert_password(BYTES("  blanks stay  "), "  blanks stay  ");
	assert_password(BYTES("Capitals Stay \xef\xbc\xa1"), "Capitals Stay \xef\xbc\xa1");
	assert_password(BYTES("cafe\xcc\x81"), "caf\xc3\xa9");
	assert_password(BYTES("caf\xc3\xa9"), "caf\xc3\xa9");
	/* Marks in either order are one password; Hangul syllables compose. */
	assert_password(BYTES("a\xcc\xa3\xcc\x82"), "\xe1\xba\xad");
	assert_password(BYTES("a\xcc\x82\xcc\xa3"), "\xe1\xba\xad");
	assert_password(BYTES("\xe1\x84\x92\xe1\x85\xa1\xe1\x86\xab"), "\xed\x95\x9c");
	assert_password(BYTES("\xf0\x9f\x98\x80\xe2\x80\x8d"), "\xf0\x9f\x98\x80\xe2\x80\x8d");
}

static void
passwords_have_a_size(void **state)
{
	char three_bytes[3 * 256 + 3 + 1];

	(void)state;
	assert_password(BYTES(POINTS_256("a")), POINTS_256("a"));
	refuse_password(BYTES(POINTS_256("a") "a"), ERR_PASSWORD_LONG);
	assert_password(BYTES(POINTS_256("\xf0\x9f\x98\x80")), POINTS_256("\xf0\x9f\x98\x80"));
	refuse_password(BYTES(POINTS_256("\xf0\x9f\x98\x80") "a"), ERR_PASSWORD_LONG);
	/* Long as typed, not as stored. */
	assert_password(BYTES(POINTS_256("\xce\xb1\xcc\x93\xcc\x80\xcd\x85")), POINTS_256("\xe1\xbe\x82"));
	/* Short as typed, grown by NFC past 256 code points (U+0958) or past 1,024 bytes (U+1D160: 8 times 12). */
	refuse_password(BYTES(POINTS_64("\xe0\xa5\x98\xe0\xa5\x98") "\xe0\xa5\x98"), ERR_PASSWORD_LONG);
	refuse_password(BYTES(POINTS_256("\xf0\x9d\x85\xa0")), ERR_PASSWORD_LONG);
	refuse_password(BYTES(POINTS_256("aaaaaaaaaaaaaaa")), ERR_PASSWORD_LONG);
	for (size_t i = 0; i < sizeof three_bytes - 1; i += 3)
		memcpy(three_bytes + i, "\xe4\xb8\xad", 3);
	refuse_password(three_bytes, sizeof three_bytes - 1, ERR_PASSWORD_LONG);
	three_bytes[3 * 256] = '\0';
	assert_password(three_bytes, 3 * 256, three_bytes);
}

static void
passwords_have_no_controls_and_are_utf8(void **state)
{
	(void)state;
	refuse_password(BYTES("abc\0def"), ERR_PASSWORD_CONTROL);
	refuse_password(BYTES("abc\n"), ERR_PASSWORD_CONTROL);
	refuse_password(BYTES("\033[31m"), ERR_PASSWORD_CONTROL);
	refuse_password(BYTES("abc\x7f"), ERR_PASSWORD_CONTROL);
	refuse_password(BYTES("abc\xc2\x9b"), ERR_PASSWORD_CONTROL);
	for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
		refuse_password(broken[i], strlen(broken[i]), ERR_FIELD_UTF8);
}

static enum err
good(const char *password, const char *name)
{
	return text_password_good(password, strlen(password), name);
}

static void
good_passwords_are_long_enough(void **state)
{
	(void)state;
	assert_int_equal(good("", "alice"), ERR_PASSWORD_SHORT);
	assert_int_equal(good("k7 lamp tre", "alice"), ERR_PASSWORD_SHORT);
	assert_int_equal(good("k7 lamp tree", "alice"), ERR_OK);
	/* Code points count, not bytes. */
	assert_int_equal(good("\xc3\xa9t\xc3\xa9 \xc3\xa0 l\xc3\xa0-b\xc3\xa0", "alice"), ERR_PASSWORD_SHORT);
	assert_int_equal(good("\xc3\xa9t\xc3\xa9 \xc3\xa0 l\xc3\xa0-bas", "alice"), ERR_OK);
	assert_int_equal(good(POINTS_60("fgh xyz ") "", "alice"), ERR_PASSWORD_LONG);
	assert_int_equal(text_password_good("k7 lamp treeXXXX", 12, "alice"), ERR_OK);
	assert_int_equal(text_password_good("k7 lamp treeXXXX", 11, "alice"), ERR_PASSWORD_SHORT);
	/* No composition rules. */
	assert_int_equal(good("small letters and blanks", "alice"), ERR_OK);
	assert_int_equal(good("\xe4\xb8\xad\xe6\x96\x87\xe5\xaf\x86\xe7\xa0\x81\xe5\xbe\x88\xe9\x95\xbf\xe5\xbe\x88"
	    "\xe5\xae\x89\xe5\x85\xa8\xe5\x91\xa2\xe5\x90\x97\xe5\x90\xa7", "alice"), ERR_OK);
}

static void
the_user_name_is_no_password(void **state)
{
	(void)state;
	assert_int_equal(good("bartholomew@example", "bartholomew@example"), ERR_PASSWORD_IS_NAME);
	assert_int_equal(good("BARTHOLOMEW@example", "bartholomew@example"), ERR_PASSWORD_IS_NAME);
	assert_int_equal(good("\xef\xbc\xa2" "artholomew@example", "bartholomew@example"), ERR_PASSWORD_IS_NAME);
	assert_int_equal(good("ren\xc3\xa9-ren\xc3\xa9-REN\xc3\x89", "Ren\xc3\xa9-ren\xc3\xa9-ren\xc3\xa9"),
	    ERR_PASSWORD_IS_NAME);
	assert_int_equal(good("bartholomew@example!", "bartholomew@example"), ERR_OK);
	assert_int_equal(good("bartholomew@exampl", "bartholomew@example"), ERR_OK);
	assert_int_equal(good("bartholomew@example", ""), ERR_OK);
}

static void
the_commonest_are_refused(void **state)
{
	static const char *const common[] = {
		"123qweasdzxc", "1qaz2wsx3edc", "passwordpassword", "PasswordPassword", "PASSWORD1234",
		"\xef\xbd\x90\xef\xbd\x81ssword1234",	/* full-width */
		"administrator", "qwertyuiop12", "iloveyou123456", "motdepasse123",
		/* By rule: one character, a block, a count. */
		"aaaaaaaaaaaa", "            ", "AaAaAaAaAaAa", "1212121212121", "abcabcabcabcab", "xyz!xyz!xyz!",
		"123456789012", "012345678901", "987654321098", "abcdefghijkl", "ABCDEFGHIJKL", "lkjihgfedcba",
		"uvwxyzabcdef", "\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9",
	};
	static const char *const fine[] = {
		"123456789013x", "abcdefghijklz", "aaaaaaaaaaab", "abcabcabcabd", "12345x123456", "lamp tree k7 lamp",
		"passwordpassworx", "zzzzpasswordpassword",
	};

	(void)state;
	for (size_t i = 0; i < sizeof common / sizeof common[0]; i++)
		assert_int_equal(good(common[i], "alice"), ERR_PASSWORD_COMMON);
	for (size_t i = 0; i < sizeof fine / sizeof fine[0]; i++)
		assert_int_equal(good(fine[i], "alice"), ERR_OK);
}

static const char *const commonest[] = {
#include "core/common_passwords.inc"
};

static void
the_list_is_sorted_and_each_entry_is_found(void **state)
{
	size_t count = sizeof commonest / sizeof commonest[0];

	(void)state;
	/* OWASP ASVS 6.2.4: at least the 3000 commonest that the policy would allow. */
	assert_true(count > 3000);
	for (size_t i = 0; i < count; i++) {
		assert_true(strlen(commonest[i]) >= TEXT_PASSWORD_MIN);
		for (const char *c = commonest[i]; *c != '\0'; c++)
			assert_true(*c >= ' ' && *c <= '~' && !(*c >= 'A' && *c <= 'Z'));
		if (i > 0)
			assert_true(strcmp(commonest[i - 1], commonest[i]) < 0);
		assert_int_equal(good(commonest[i], "alice"), ERR_PASSWORD_COMMON);
	}
}

static void
compatibility_characters_that_grow_do_no_harm(void **state)
{
	char password[TEXT_PASSWORD_SIZE];
	size_t length;

	(void)state;
	/* U+FDFA becomes 18 code points: 256 of them are more than any buffer here. */
	assert_int_equal(text_password(BYTES(POINTS_256("\xef\xb7\xba")), password, &length), ERR_OK);
	assert_int_equal(text_password_good(password, length, "alice"), ERR_OK);
}

/* --- labels --------------------------------------------------------------- */

static void
labels(void **state)
{
	char label[TEXT_LABEL_SIZE];

	(void)state;
	assert_int_equal(text_label(BYTES("My phone, black"), 40, sizeof label, label), ERR_OK);
	assert_string_equal(label, "My phone, black");
	assert_int_equal(text_label(BYTES("Cafe\xcc\x81 \xf0\x9f\x93\xb1"), 6, sizeof label, label), ERR_OK);
	assert_string_equal(label, "Caf\xc3\xa9 \xf0\x9f\x93\xb1");
	assert_int_equal(text_label(BYTES("abcde"), 5, 6, label), ERR_OK);
	assert_int_equal(text_label(BYTES("abcde"), 5, 5, label), ERR_FIELD_LONG);
	assert_int_equal(text_label(BYTES("abcde"), 4, sizeof label, label), ERR_FIELD_LONG);
	assert_int_equal(text_label(BYTES(POINTS_256("aaaaaaaa")), 5000, sizeof label, label), ERR_FIELD_LONG);
	assert_string_equal(label, "abcde");
	assert_int_equal(text_label("", 0, 5, sizeof label, label), ERR_FIELD_EMPTY);
	assert_int_equal(text_label(BYTES("   "), 5, sizeof label, label), ERR_FIELD_EMPTY);
	assert_int_equal(text_label(BYTES("\xc2\xa0\xe3\x80\x80\xe2\xa0\x80"), 5, sizeof label, label), ERR_FIELD_EMPTY);
	for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++)
		assert_int_equal(text_label(broken[i], strlen(broken[i]), 40, sizeof label, label), ERR_FIELD_UTF8);
}

/* Everything that is never shown raw; all of it valid UTF-8. */
static const char *const unseen[] = {
	"\t", "\n", "\r", "\033", "\x7f", "\xc2\x9b", "\xc2\x85",			/* controls */
	"\xc2\xad", "\xe2\x80\x8b", "\xe2\x80\x8c", "\xe2\x80\x8d", "\xe2\x81\xa0", "\xef\xbb\xbf",	/* zero-width */
	"\xe2\x80\x8e", "\xe2\x80\x8f", "\xd8\x9c", "\xe2\x80\xaa", "\xe2\x80\xab", "\xe2\x80\xac", "\xe2\x80\xad",
	"\xe2\x80\xae", "\xe2\x81\xa6", "\xe2\x81\xa7", "\xe2\x81\xa8", "\xe2\x81\xa9",	/* bidirectional */
	"\xe2\x80\xa8", "\xe2\x80\xa9",						/* line and paragraph */
	"\xcd\x8f", "\xef\xb8\x8f", "\xe3\x85\xa4", "\xf3\xa0\x84\x80", "\xf3\xa0\x80\x81",	/* ignorable, tags */
	"\xee\x80\x80", "\xf4\x8f\xbf\xbd", "\xcd\xb8", "\xef\xbf\xbe",		/* private, unassigned, no character */
};

static void
labels_have_nothing_unseen(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof unseen / sizeof unseen[0]; i++) {
		char typed[16] = "a", label[TEXT_LABEL_SIZE];

		strncat(typed, unseen[i], 8);
		assert_int_equal(text_label(typed, strlen(typed), 40, sizeof label, label), ERR_FIELD_CONTROL);
	}
	char label[TEXT_LABEL_SIZE];

	assert_int_equal(text_label(BYTES("a\0b"), 40, sizeof label, label), ERR_FIELD_CONTROL);
}

/* --- what may be shown ---------------------------------------------------- */

static void
assert_shown(const char *bytes, size_t length, const char *expected)
{
	char buf[200];

	assert_int_equal(text_show(bytes, length, buf, sizeof buf), strlen(expected));
	assert_string_equal(buf, expected);
}

static void
show_lets_nothing_act(void **state)
{
	(void)state;
	assert_shown(BYTES("plain ? text"), "plain ? text");
	assert_shown(BYTES("\xc3\xa9 \xe4\xb8\xad \xf0\x9f\x98\x80 e\xcc\x81"), "\xc3\xa9 \xe4\xb8\xad \xf0\x9f\x98\x80 e\xcc\x81");
	assert_shown(BYTES("\033[31mred\033[0m"), "?[31mred?[0m");
	assert_shown(BYTES("\033]52;c;aGk=\a"), "?]52;c;aGk=?");
	assert_shown(BYTES("\xc2\x9b" "31m"), "?31m");
	assert_shown(BYTES("a\0b\nc\rd\te"), "a?b?c?d?e");
	/* A bad byte is one mark, and nothing good after it is lost. */
	assert_shown(BYTES("\xff\x80z"), "??z");
	assert_shown(BYTES("\xc3z"), "?z");
	assert_shown(BYTES("\xe2\x82z"), "??z");
	assert_shown(BYTES("z\xf0\x9f\x98"), "z???");
	assert_shown(BYTES("\xc0\xaf"), "??");
	assert_shown(BYTES("\xed\xa0\x80"), "???");
	assert_shown("", 0, "");
	for (size_t i = 0; i < sizeof unseen / sizeof unseen[0]; i++)
		assert_shown(unseen[i], strlen(unseen[i]), "?");
}

static void
show_cuts_between_characters(void **state)
{
	static const char text[] = "a\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80\033\xff!";
	static const char all[] = "a\xc3\xa9\xe4\xb8\xad\xf0\x9f\x98\x80?" "?!";
	char buf[32];

	(void)state;
	for (size_t size = 1; size <= sizeof all; size++) {
		size_t written;

		memset(buf, '#', sizeof buf);
		written = text_show(text, sizeof text - 1, buf, size);
		assert_true(written < size && size - 1 - written < 4);
		assert_int_equal(buf[written], '\0');
		assert_memory_equal(buf, all, written);
		assert_null(u8_check((const uint8_t *)buf, written));
		assert_int_equal(buf[size], '#');
	}
	assert_string_equal(buf, all);
	buf[0] = '#';
	assert_int_equal(text_show(text, sizeof text - 1, buf, 0), 0);
	assert_int_equal(buf[0], '#');
}

/* Any bytes at all: the output is valid, visible, and shown again stays the same. */
static void
show_stands_any_bytes(void **state)
{
	uint32_t seed = 2463534242u;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		char bytes[24], once[64], twice[64];
		size_t length;

		for (size_t i = 0; i < sizeof bytes; i++) {
			seed ^= seed << 13;
			seed ^= seed >> 17;
			seed ^= seed << 5;
			bytes[i] = (char)(seed >> 11);
		}
		length = text_show(bytes, sizeof bytes, once, sizeof once);
		assert_null(u8_check((const uint8_t *)once, length));
		for (size_t at = 0; at < length;) {
			ucs4_t point;

			at += (size_t)u8_mbtouc(&point, (const uint8_t *)once + at, length - at);
			assert_true(text_visible(point));
		}
		assert_int_equal(text_show(once, length, twice, sizeof twice), length);
		assert_memory_equal(once, twice, length);
	}
}

static void
visible_code_points(void **state)
{
	static const uint32_t yes[] = { ' ', '~', 0xa0, 0xe9, 0x301, 0x5d0, 0x627, 0x3000, 0x4e2d, 0xac00, 0x2584, 0x1f600 };
	static const uint32_t no[] = { 0, 0x1b, 0x1f, 0x7f, 0x80, 0x9f, 0xad, 0x34f, 0x61c, 0x115f, 0x180e, 0x200b, 0x200f,
		0x2028, 0x2029, 0x202e, 0x2060, 0x2066, 0x3164, 0xd800, 0xdfff, 0xe000, 0xfe0f, 0xfeff, 0xfff9, 0xffff,
		0xe0001, 0xe0100, 0x10fffd, 0x10ffff, 0x110000, 0xffffffff };

	(void)state;
	for (size_t i = 0; i < sizeof yes / sizeof yes[0]; i++)
		assert_true(text_visible(yes[i]));
	for (size_t i = 0; i < sizeof no / sizeof no[0]; i++)
		assert_false(text_visible(no[i]));
}

/* --- room ----------------------------------------------------------------- */

static void
columns_and_points(void **state)
{
	static const struct {
		const char *text;
		size_t columns, points;
	} rows[] = {
		{ "", 0, 0 },
		{ "abc", 3, 3 },
		{ "\xc3\xa9t\xc3\xa9", 3, 3 },
		{ "e\xcc\x81", 1, 2 },			/* a mark takes no room */
		{ "a\xcc\x81\xcc\xa3" "b", 2, 4 },
		{ "\xe4\xb8\xad\xe6\x96\x87", 4, 2 },	/* wide */
		{ "\xef\xbc\xa1", 2, 1 },		/* full-width */
		{ "\xef\xbd\xb1", 1, 1 },		/* half-width */
		{ "\xed\x95\x9c", 2, 1 },
		{ "\xf0\x9f\x98\x80", 2, 1 },
		{ "\xd7\xa9\xd6\xb8\xd7\x9c", 2, 3 },	/* Hebrew with a point */
		{ "\xe2\x96\x84\xe2\x80\xa6\xc2\xb7", 3, 3 },	/* ambiguous ones are narrow */
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		size_t length = strlen(rows[i].text);

		assert_int_equal(text_columns(rows[i].text, length), rows[i].columns);
		assert_int_equal(text_points(rows[i].text, length), rows[i].points);
	}
	/* Not valid, yet no crash: a byte is a column. */
	assert_int_equal(text_columns("\xff\xc3", 2), 2);
	assert_int_equal(text_points("\xff\xc3", 2), 2);
	assert_int_equal(text_columns("\n", 1), 1);
}

static void
the_longest_start_that_fits(void **state)
{
	/* a, wide, e with a mark, b: columns 1, 3, 4, 5; bytes 1, 4, 7, 8. */
	static const char text[] = "a\xe4\xb8\xad" "e\xcc\x81" "b";
	static const size_t fits[] = { 0, 1, 1, 4, 7, 8, 8 };

	(void)state;
	for (size_t columns = 0; columns < sizeof fits / sizeof fits[0]; columns++)
		assert_int_equal(text_fit(text, sizeof text - 1, columns), fits[columns]);
	assert_int_equal(text_fit("", 0, 10), 0);
	assert_int_equal(text_fit(text, sizeof text - 1, SIZE_MAX), sizeof text - 1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_nfc_and_fold),
		cmocka_unit_test(names_have_one_to_64_code_points),
		cmocka_unit_test(names_have_few_characters),
		cmocka_unit_test(names_are_utf8),
		cmocka_unit_test(whatever_is_typed_counts_under_something),
		cmocka_unit_test(passwords_are_nfc_and_whole),
		cmocka_unit_test(passwords_have_a_size),
		cmocka_unit_test(passwords_have_no_controls_and_are_utf8),
		cmocka_unit_test(good_passwords_are_long_enough),
		cmocka_unit_test(the_user_name_is_no_password),
		cmocka_unit_test(the_commonest_are_refused),
		cmocka_unit_test(the_list_is_sorted_and_each_entry_is_found),
		cmocka_unit_test(compatibility_characters_that_grow_do_no_harm),
		cmocka_unit_test(labels),
		cmocka_unit_test(labels_have_nothing_unseen),
		cmocka_unit_test(show_lets_nothing_act),
		cmocka_unit_test(show_cuts_between_characters),
		cmocka_unit_test(show_stands_any_bytes),
		cmocka_unit_test(visible_code_points),
		cmocka_unit_test(columns_and_points),
		cmocka_unit_test(the_longest_start_that_fits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
