/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Notices in words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

#include "conv/notice.h"
#include "core/audit.h"

enum { NOON = 1795521600 };

/* own: who is "me" did it to themself; with a target it is about somebody else. */
static struct wire_notice
notice(const char *who, const char *action, const char *target, const char *detail)
{
	struct wire_notice notice = { .time = NOON - 3600 };

	wire_put(notice.who, sizeof notice.who, who);
	wire_put(notice.source, sizeof notice.source, "10.0.0.7");
	wire_put(notice.action, sizeof notice.action, action);
	wire_put(notice.target, sizeof notice.target, target);
	wire_put(notice.detail, sizeof notice.detail, detail);
	notice.mine = *target == '\0';
	notice.own = notice.mine && strcmp(who, "me") == 0;
	return notice;
}

static void
assert_says(const char *who, const char *action, const char *target, const char *detail,
    const char *wanted)
{
	const struct wire_notice shown = notice(who, action, target, detail);
	char buf[NOTICE_TEXT];

	notice_words(&shown, buf, sizeof buf);
	assert_string_equal(buf, wanted);
}

static void
a_person_reads_what_was_done_to_them(void **state)
{
	(void)state;
	assert_says("dana", "reset-2fa", "", "lost phone",
	    "Your two-factor authentication was reset by dana: lost phone");
	assert_says("host:root", "user-password", "", "invitation",
	    "You were given a new password by the host (root)");
	assert_says("dana", "user-role", "", "administrator",
	    "Your role was changed by dana: Administrator");
	assert_says("me", "activate", "", "Authenticator",
	    "An authenticator was added to your account");
	assert_says("me", "activate", "", "work phone",
	    "An authenticator was added to your account: work phone");
	assert_says("me", "change-password", "", "", "Your password was changed");
	assert_says("me", "ssh-key-add", "", "laptop SHA256:abc",
	    "An SSH key was added to your account: laptop SHA256:abc");
	assert_says("me", "ssh-key-remove", "", "laptop SHA256:abc",
	    "An SSH key of yours was removed: laptop SHA256:abc");
	assert_says("dana", "user-ssh-key-add", "", "laptop SHA256:abc",
	    "You were given an SSH key by dana: laptop SHA256:abc");
	assert_says("dana", "user-ssh-key-remove", "", "laptop SHA256:abc",
	    "An SSH key of yours was removed by dana: laptop SHA256:abc");
}

static void
an_administrator_reads_whom_it_was_done_to(void **state)
{
	(void)state;
	assert_says("dana", "reset-2fa", "bruno", "lost phone",
	    "bruno's two-factor authentication was reset by dana: lost phone");
	assert_says("", "reset-2fa", "bruno", "lost phone",
	    "bruno's two-factor authentication was reset by an administrator: lost phone");
	assert_says("host:", "setting", "require-2fa", "no",
	    "Two-factor authentication was made optional by the host");
	assert_says("host:root", "setting", "require-2fa", "yes",
	    "Two-factor authentication was made mandatory by the host (root)");
	assert_says("host:root", "setting", "idle-lock", "30m",
	    "Idle lock was changed by the host (root), to “30 minutes”");
	assert_says("host:root", "setting", "of-later", "7",
	    "of-later was changed by the host (root), to “7”");
	assert_says("dana", "user-ssh-key-add", "bruno", "laptop",
	    "bruno was given an SSH key by dana: laptop");
	/* A name that looks like a place for one is a name. */
	assert_says("{whom}", "user-remove", "{who}", "", "{who} was removed by {whom}");
}

/* Whomever it is told to: whom it is about, who asked, and who did something about it. */
static void
what_waits_for_a_second_one_is_told_as_it_goes_on(void **state)
{
	struct wire_notice mine = notice("dana", "four-eyes-ask", "", "reset-2fa");
	char buf[NOTICE_TEXT];

	(void)state;
	assert_says("dana", "four-eyes-ask", "bruno", "reset-2fa",
	    "Reset the two-factor authentication of bruno: asked by dana, waits for a second Super "
	    "Administrator");
	assert_says("erin", "four-eyes-confirm", "bruno", "user-role dana",
	    "Make bruno a Super Administrator: asked by dana, confirmed by erin");
	assert_says("erin", "four-eyes-refuse", "four-eyes", "setting dana",
	    "Switch four eyes off: asked by dana, refused by erin");
	assert_says("dana", "four-eyes-withdraw", "newcomer", "user-add dana",
	    "Add the Super Administrator newcomer: withdrawn by dana, who had asked for it");
	assert_says("dana", "four-eyes-expire", "bruno", "user-password",
	    "Give bruno a new password: asked by dana, but nobody confirmed it within 24 hours");
	/* A verb of later, none, or one that is too long. */
	assert_says("erin", "four-eyes-confirm", "bruno", "of-later dana",
	    "Something about bruno: asked by dana, confirmed by erin");
	assert_says("{what}", "four-eyes-confirm", "{who}",
	    "a-verb-that-is-longer-than-any-verb-of-the-trail {asker}",
	    "Something about {who}: asked by {asker}, confirmed by {what}");
	wire_put(mine.target, sizeof mine.target, "me");
	mine.mine = 1;
	notice_words(&mine, buf, sizeof buf);
	assert_string_equal(buf,
	    "Reset the two-factor authentication of me: asked by dana, waits for a second Super "
	    "Administrator");
}

static void
what_the_host_did_to_the_console_is_told(void **state)
{
	(void)state;
	assert_says("host:root", "import-file", "", "csv, 12",
	    "the host (root) took people over from a file: csv, 12");
	assert_says("host:root", "key-rotate", "", "",
	    "the host (root) replaced the keys that seal secrets");
	assert_says("host:root", "restore", "", "2026-11-01T03:00:00Z, root",
	    "the host (root) restored the console from a backup");
}

/* A keeper that is newer, or a verb without a sentence: it is told all the same. */
static void
what_has_no_sentence_is_told_as_in_the_trail(void **state)
{
	(void)state;
	assert_says("dana", "of-later", "bruno", "", "dana of-later: bruno");
	for (int verb = AUDIT_NONE + 1; verb < AUDIT_VERB_COUNT; verb++) {
		struct wire_notice shown = notice("dana", audit_name((enum audit_verb)verb),
		    verb % 2 == 0 ? "" : "bruno", "");
		char buf[NOTICE_TEXT];

		notice_words(&shown, buf, sizeof buf);
		assert_non_null(strstr(buf, "dana"));
		assert_null(strchr(buf, '{'));
	}
}

/* From where is told of what may have been somebody else. */
static void
when_and_from_where(void **state)
{
	struct wire_notice own = notice("me", "activate", "", ""),
			   other = notice("dana", "reset-2fa", "", "");
	char buf[NOTICE_TEXT];

	(void)state;
	notice_line(&own, NOON, buf, sizeof buf);
	assert_string_equal(buf,
	    "An authenticator was added to your account (today 11:00, from 10.0.0.7)");
	notice_line(&other, NOON, buf, sizeof buf);
	assert_string_equal(buf, "Your two-factor authentication was reset by dana (today 11:00)");
	wire_put(own.source, sizeof own.source, "local");
	notice_when(&own, NOON, buf, sizeof buf);
	assert_string_equal(buf, "today 11:00, local");
}

/* Whatever somebody is called, it fits and shows no control character. */
static void
long_names_fit(void **state)
{
	struct wire_notice shown = notice("x", "reset-2fa", "y", "z");
	char buf[NOTICE_TEXT];

	(void)state;
	memset(shown.who, 'w', sizeof shown.who - 1);
	memset(shown.target, 't', sizeof shown.target - 1);
	memset(shown.detail, 'd', sizeof shown.detail - 1);
	shown.detail[3] = '\033';
	notice_words(&shown, buf, sizeof buf);
	assert_non_null(strstr(buf, "ddd"));
	assert_null(strchr(buf, '\033'));
	assert_true(strlen(buf) > 900);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_person_reads_what_was_done_to_them),
		cmocka_unit_test(an_administrator_reads_whom_it_was_done_to),
		cmocka_unit_test(what_waits_for_a_second_one_is_told_as_it_goes_on),
		cmocka_unit_test(what_the_host_did_to_the_console_is_told),
		cmocka_unit_test(what_has_no_sentence_is_told_as_in_the_trail),
		cmocka_unit_test(when_and_from_where),
		cmocka_unit_test(long_names_fit),
	};

	(void)setenv("TZ", "UTC", 1);
	tzset();
	return cmocka_run_group_tests(tests, NULL, NULL);
}
