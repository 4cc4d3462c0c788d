/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Rows of the trail as sentences. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "conv/deed.h"
#include "core/audit.h"

enum { ALL = DEED_WHOM | DEED_DETAIL };

static char buf[DEED_SIZE];

static const char *
told(const char *action, const char *who, const char *target, const char *result,
    const char *detail)
{
	const struct deed deed = { action, who, target, result, detail };

	deed_put(&deed, buf, sizeof buf);
	return buf;
}

static void
what_was_done_is_a_sentence(void **state)
{
	(void)state;
	assert_string_equal(told("sign-in", "alice", "", "ok", ""), "alice signed in");
	assert_string_equal(told("reset-2fa", "dana", "bruno", "ok", "lost phone"),
	    "bruno's two-factor authentication was reset by dana: lost phone");
	assert_string_equal(told("user-add", "dana", "eve", "ok", "super-administrator"),
	    "eve was added by dana: Super Administrator");
	assert_string_equal(told("setting", "claire", "require-2fa", "ok", "yes -> no"),
	    "claire changed the setting require-2fa: yes -> no");
	assert_string_equal(told("user-unlock", "host:root", "bruno", "ok", ""),
	    "bruno was unlocked by host:root");
}

static void
a_refusal_says_so(void **state)
{
	(void)state;
	assert_string_equal(told("code", "alice", "", "wrong", ""), "alice's code was wrong");
	assert_string_equal(told("code", "alice", "", "replay", ""),
	    "alice's code was already used");
	assert_string_equal(told("reset-2fa", "bruno", "dana", "denied", "mine"),
	    "bruno was refused (not allowed): reset-2fa dana");
	assert_string_equal(told("user-list", "bruno", "", "denied", ""),
	    "bruno was refused (not allowed): user-list");
	assert_string_equal(told("sign-in", "bruno", "", "odd", ""),
	    "bruno was refused (odd): sign-in");
}

static void
a_sum_says_how_many_more(void **state)
{
	(void)state;
	assert_string_equal(told("password", "alice", "", "paused", "and 4812 more"),
	    "alice's password was not looked at: paused (and 4812 more)");
	assert_string_equal(told("password", "alice", "", "wrong", "and more"),
	    "alice's password was wrong (and more)");
}

/* Nothing to say behind the colon: there is none. */
static void
a_sentence_ends_with_what_it_says(void **state)
{
	(void)state;
	assert_string_equal(told("reset-2fa", "dana", "bruno", "ok", ""),
	    "bruno's two-factor authentication was reset by dana");
	assert_string_equal(told("", "", "", "", ""), " was refused ()");
}

/* Names and details are words, never marks, formats, or what a terminal obeys. */
static void
hostile_words_stay_words(void **state)
{
	(void)state;
	assert_string_equal(told("sign-in", "{whom}", "", "ok", ""), "{whom} signed in");
	assert_string_equal(told("reset-2fa", "%n%s", "{detail}", "ok", "{who}"),
	    "{detail}'s two-factor authentication was reset by %n%s: {who}");
	assert_null(strchr(told("setting", "a\x1b[31m", "b\n", "ok", "\x07"), '\x1b'));
	assert_null(strchr(buf, '\n'));
	assert_null(strchr(buf, '\x07'));
	assert_string_equal(told("a-verb-of-tomorrow", "alice", "bob", "ok", ""),
	    "alice a-verb-of-tomorrow: bob");
}

/* Each verb has a sentence, done and refused, and it names who. */
static void
every_verb_is_told(void **state)
{
	(void)state;
	for (int verb = AUDIT_NONE + 1; verb < AUDIT_VERB_COUNT; verb++) {
		const char *name = audit_name((enum audit_verb)verb);

		assert_non_null(strstr(told(name, "alice", "bob", "ok", "why"), "alice"));
		assert_null(strchr(buf, '{'));
		assert_null(strstr(buf, "refused"));
		assert_non_null(strstr(told(name, "alice", "", "denied", ""), "refused"));
		assert_non_null(strstr(buf, name));
	}
}

static const char *
brief(const char *action, const char *target, const char *detail, unsigned parts)
{
	struct wire_audit_row row = { 0 };

	wire_put(row.who, sizeof row.who, "dana");
	wire_put(row.action, sizeof row.action, action);
	wire_put(row.target, sizeof row.target, target);
	wire_put(row.detail, sizeof row.detail, detail);
	deed_brief(&row, parts, buf, sizeof buf);
	return buf;
}

static void
a_cell_is_a_word_or_two(void **state)
{
	(void)state;
	assert_string_equal(brief("sign-in", "", "", ALL), "sign in");
	assert_string_equal(brief("reset-2fa", "bruno", "lost phone", ALL),
	    "reset 2FA: bruno (lost phone)");
	assert_string_equal(brief("reset-2fa", "bruno", "lost phone", DEED_DETAIL),
	    "reset 2FA (lost phone)");
	assert_string_equal(brief("reset-2fa", "bruno", "lost phone", DEED_WHOM),
	    "reset 2FA: bruno");
	assert_string_equal(brief("reset-2fa", "bruno", "lost phone", DEED_VERB), "reset 2FA");
	assert_string_equal(brief("user-add", "eve", "super-administrator", DEED_DETAIL),
	    "add person (Super Administrator)");
	assert_string_equal(brief("password", "", "and 4812 more", ALL),
	    "password (and 4812 more)");
	assert_string_equal(brief("a-verb-of-tomorrow", "%s", "{who}", ALL),
	    "a-verb-of-tomorrow: %s ({who})");
	assert_null(strchr(brief("setting", "a\x1b[31m", "\x1b", ALL), '\x1b'));
}

static void
what_has_no_room_is_cut(void **state)
{
	const struct deed deed = { "sign-in", "alice", "", "ok", "" };
	const struct wire_audit_row row = { .action = "sign-in",
		.target = "alice",
		.detail = "because" };

	(void)state;
	for (size_t size = 1; size < 20; size++) {
		memset(buf, 'x', sizeof buf);
		deed_put(&deed, buf, size);
		assert_true(strlen(buf) < size);
		assert_int_equal(buf[size], 'x');
		deed_brief(&row, DEED_WHOM | DEED_DETAIL, buf, size);
		assert_true(strlen(buf) < size);
		assert_int_equal(buf[size], 'x');
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_done_is_a_sentence),
		cmocka_unit_test(a_refusal_says_so),
		cmocka_unit_test(a_sum_says_how_many_more),
		cmocka_unit_test(a_sentence_ends_with_what_it_says),
		cmocka_unit_test(hostile_words_stay_words),
		cmocka_unit_test(every_verb_is_told),
		cmocka_unit_test(a_cell_is_a_word_or_two),
		cmocka_unit_test(what_has_no_room_is_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
