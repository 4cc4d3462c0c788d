/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Lines of the host's log: their words, whatever a stranger chose, and that nothing is told that
 * was not committed, nor twice. */
#include "stage.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

#include "keeper/journal.h"
#include "keeper/trail.h"

static char last[JOURNAL_LINE_SIZE];
static unsigned lines;

/* The log: what it takes, and whether it reads. */
static bool full;

int
connect(int fd, __CONST_SOCKADDR_ARG address, socklen_t length)
{
	(void)fd;
	(void)address;
	(void)length;
	return 0;
}

ssize_t
send(int fd, const void *packet, size_t length, int flags)
{
	const char *text = packet;
	size_t head;

	(void)fd;
	assert_int_equal(flags, MSG_NOSIGNAL);
	if (full) {
		errno = EAGAIN;
		return -1;
	}
	/* "<85>Nov 27 14:00:00 journal: " */
	head = (size_t)(strstr(text, ": ") + 2 - text);
	memcpy(last, text + head, length - head);
	last[length - head] = '\0';
	lines++;
	return (ssize_t)length;
}

static const struct {
	struct store_audit row;
	const char *line;
} rows[] = {
	{ { .action = "password",
	      .result = "wrong",
	      .source = "203.0.113.9",
	      .who = "unknown name #1a2b3c4d",
	      .vouched = true },
	    "refused src=203.0.113.9 vouched=yes step=password reason=wrong name=#1a2b3c4d" },
	{ { .action = "code", .result = "locked", .source = "2001:db8::1", .who = "alice" },
	    "paused src=2001:db8::1 vouched=no step=code reason=locked name=\"alice\"" },
	{ { .action = "password",
	      .result = "paused",
	      .source = "2001:db8:1:2::/64",
	      .who = "several names",
	      .detail = "and 4812 more" },
	    "paused src=2001:db8:1:2::/64 vouched=no step=password reason=paused more=4812 "
	    "name=\"several names\"" },
	{ { .action = "hello", .result = "denied", .source = "uid:1000", .who = "host:bob" },
	    "refused src=uid:1000 vouched=no step=authority reason=denied name=\"host:bob\"" },
	{ { .action = "sign-in",
	      .result = "ok",
	      .source = "local",
	      .who = "alice",
	      .detail = "with my \"phone\"" },
	    "accepted src=local vouched=no step=home factor=authenticator name=\"alice\" "
	    "with=\"my \\\"phone\\\"\"" },
	{ { .action = "sign-in",
	      .result = "ok",
	      .source = "local",
	      .who = "alice",
	      .detail = "recovery code" },
	    "accepted src=local vouched=no step=home factor=recovery-code name=\"alice\"" },
	{ { .action = "sign-in", .result = "ok", .source = "local", .who = "alice" },
	    "accepted src=local vouched=no step=home factor=none name=\"alice\"" },
	{ { .action = "not-me", .result = "ok", .source = "192.0.2.1", .who = "alice" },
	    "alarm src=192.0.2.1 vouched=no name=\"alice\"" },
	{ { .action = "pam-code",
	      .result = "ok",
	      .source = "192.0.2.1",
	      .vouched = true,
	      .who = "alice",
	      .target = "al",
	      .detail = "sshd, with old, with case" },
	    "accepted src=192.0.2.1 vouched=yes step=pam factor=authenticator name=\"alice\" "
	    "unix=\"al\" with=\"old, with case\"" },
	{ { .action = "pam-code",
	      .result = "ok",
	      .source = "local",
	      .vouched = true,
	      .who = "alice",
	      .target = "al",
	      .detail = "sudo, recovery code" },
	    "accepted src=local vouched=yes step=pam factor=recovery-code name=\"alice\" "
	    "unix=\"al\"" },
	{ { .action = "pam-code",
	      .result = "wrong",
	      .source = "192.0.2.1",
	      .vouched = true,
	      .who = "alice",
	      .target = "al",
	      .detail = "sshd" },
	    "refused src=192.0.2.1 vouched=yes step=pam reason=wrong name=\"alice\" "
	    "unix=\"al\"" },
	{ { .action = "user-add", .result = "ok", .source = "local", .who = "host:root" }, "" },
	/* A person's device is called like a sum; a sum has no line of anybody's. */
	{ { .action = "activate",
	      .result = "wrong",
	      .source = "192.0.2.1",
	      .who = "bob",
	      .terminal = "/dev/pts/3",
	      .detail = "and 900 more" },
	    "refused src=192.0.2.1 vouched=no step=configure reason=wrong name=\"bob\"" },
	{ { .action = "activate",
	      .result = "wrong",
	      .source = "192.0.2.1",
	      .who = "bob",
	      .peer_uid = 1000,
	      .detail = "and 900 more" },
	    "refused src=192.0.2.1 vouched=no step=configure reason=wrong name=\"bob\"" },
	/* What stands first is an address, whatever came into the trail. */
	{ { .action = "password",
	      .result = "wrong",
	      .source = "192.0.2.1 vouched=yes",
	      .who = "a",
	      .vouched = true },
	    "refused src=unknown vouched=no step=password reason=wrong name=\"a\"" },
	{ { .action = "password", .result = "wrong", .source = "", .who = "a", .vouched = true },
	    "refused src=unknown vouched=no step=password reason=wrong name=\"a\"" },
	/* What a person is called stands last, and does not leave its quotation marks. */
	{ { .action = "password",
	      .result = "wrong",
	      .source = "192.0.2.1",
	      .who = "x\" from 10.0.0.1\nrefused src=10.0.0.1\\" },
	    "refused src=192.0.2.1 vouched=no step=password reason=wrong "
	    "name=\"x\\\" from 10.0.0.1\\u000arefused src=10.0.0.1\\\\\"" },
	{ { .action = "password",
	      .result = "wrong",
	      .source = "192.0.2.1",
	      .who = "unknown name #1a2b3c4d x=y" },
	    "refused src=192.0.2.1 vouched=no step=password reason=wrong "
	    "name=\"unknown name #1a2b3c4d x=y\"" },
	{ { .action = "password",
	      .result = "wrong",
	      .source = "192.0.2.1",
	      .who = "\xe2\x80\xa8"
		     "b\xc2\x85"
		     "\xc3\xa9" },
	    "refused src=192.0.2.1 vouched=no step=password reason=wrong "
	    "name=\"\\u2028b\\u0085\xc3\xa9\"" },
};

static void
a_line_has_its_words_in_order_and_a_strangers_last(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		journal_line(&rows[i].row, last);
		assert_string_equal(last, rows[i].line);
	}
}

static void
the_longest_names_are_whole(void **state)
{
	struct store_audit row = { .action = "pam-code", .result = "ok", .source = "local" };

	(void)state;
	memset(row.who, 1, sizeof row.who - 1);
	memset(row.target, 3, sizeof row.target - 1);
	memcpy(row.detail, "sshd, with ", 11);
	memset(row.detail + 11, 2, TEXT_LABEL_SIZE - 1);
	journal_line(&row, last);
	assert_string_equal(last + strlen(last) - 7, "\\u0002\"");
	assert_in_range(strlen(last), 3 * 6 * 256, JOURNAL_LINE_SIZE - 1);
}

/* --- what was committed ------------------------------------------------------------- */

static void
append(struct stage *stage, const char *action, const char *result, const char *detail)
{
	struct store_audit row = { .time = STAGE_NOW, .source = "192.0.2.1", .who = "alice" };

	wire_put(row.action, sizeof row.action, action);
	wire_put(row.result, sizeof row.result, result);
	wire_put(row.detail, sizeof row.detail, detail);
	assert_int_equal(trail_append(&stage->keeper, &row), ERR_OK);
}

static void
each_row_is_told_once_after_its_commit_and_none_that_was_lost(void **state)
{
	struct stage *stage = *state;
	struct journal *journal = &stage->keeper.journal;

	append(stage, "password", "wrong", "");
	assert_int_equal(store_commit(stage->keeper.store), ERR_OK);
	assert_int_equal(journal_begin(&stage->keeper), ERR_OK);
	lines = 0;
	journal_tell(&stage->keeper);
	assert_int_equal(lines, 0); /* an earlier keeper's */

	assert_int_equal(store_begin(stage->keeper.store), ERR_OK);
	append(stage, "password", "wrong", "");
	store_rollback(stage->keeper.store);
	journal_tell(&stage->keeper);
	assert_int_equal(lines, 0);

	assert_int_equal(store_begin(stage->keeper.store), ERR_OK);
	append(stage, "sign-in", "ok", "recovery code");
	append(stage, "setting", "ok", "");
	append(stage, "code", "replay", "");
	append(stage, "code", "paused", "and 7 more");
	append(stage, "pam-code", "ok", "sshd, with phone");
	append(stage, "not-me", "ok", "");
	assert_int_equal(store_commit(stage->keeper.store), ERR_OK);
	journal_tell(&stage->keeper);
	assert_int_equal(lines, 5);
	assert_string_equal(last, "alarm src=192.0.2.1 vouched=no name=\"alice\"");
	journal_tell(&stage->keeper);
	assert_int_equal(lines, 5);
	assert_int_equal(journal->sign_ins, 1);
	assert_int_equal(journal->pam, 1);
	assert_int_equal(journal->alarms, 1);
	assert_int_equal(journal->refusals[INCIDENT_CODE][INCIDENT_REPLAY], 1);
	assert_int_equal(journal->refusals[INCIDENT_CODE][INCIDENT_PAUSE], 7);
	assert_int_equal(journal->refusals[INCIDENT_PASSWORD][INCIDENT_WRONG], 0);
	assert_int_equal(store_begin(stage->keeper.store), ERR_OK);
}

static void
more_rows_than_a_page_are_told_too(void **state)
{
	struct stage *stage = *state;

	for (int i = 0; i < 600; i++)
		append(stage, "password", "wrong", "");
	assert_int_equal(store_commit(stage->keeper.store), ERR_OK);
	lines = 0;
	journal_tell(&stage->keeper);
	assert_int_equal(lines, 600);
	assert_int_equal(stage->keeper.journal.refusals[INCIDENT_PASSWORD][INCIDENT_WRONG], 600);
	assert_int_equal(store_begin(stage->keeper.store), ERR_OK);
}

static void
a_log_that_does_not_read_holds_nobody_up_and_hears_how_much_it_missed(void **state)
{
	struct host_log log = { 0 };

	(void)state;
	lines = 0;
	full = true;
	for (int i = 0; i < 100; i++)
		host_log_tell(&log, "a line");
	assert_int_equal(lines, 0);
	full = false;
	host_log_tell(&log, "the next");
	assert_int_equal(lines, 2);
	assert_string_equal(last, "the next");
	assert_int_equal(log.lost, 0);
	host_log_close(&log);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_line_has_its_words_in_order_and_a_strangers_last),
		cmocka_unit_test(the_longest_names_are_whole),
		cmocka_unit_test(
		    a_log_that_does_not_read_holds_nobody_up_and_hears_how_much_it_missed),
		STAGE_TEST(each_row_is_told_once_after_its_commit_and_none_that_was_lost),
		STAGE_TEST(more_rows_than_a_page_are_told_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
