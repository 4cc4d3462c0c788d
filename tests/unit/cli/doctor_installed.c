/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the doctor says of the installed host, and how PAM's files are read and changed. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "cli/doctor.h"
#include "setup/mark.h"
#include "setup/sshd.h"

#define ALL_BUT_FORCE \
	"permituserenvironment no\ndisableforwarding yes\nallowagentforwarding no\n" \
	"allowstreamlocalforwarding no\nallowtcpforwarding no\ngatewayports no\n" \
	"permitlisten none\npermitopen none\npermittunnel no\npermituserrc no\n" \
	"x11forwarding no\npermitemptypasswords no\n" \
	"authorizedkeysfile /etc/provconsole/authorized_keys\n" \
	"authorizedkeyscommand none\ntrustedusercakeys none\n"
#define FORCE "forcecommand exec " BINDIR "/provconsole --socket /run/provconsole/socket\n"

static struct doctor doctor;

static enum doctor_result
last(const char *check)
{
	assert_true(doctor.count > 0);
	assert_string_equal(doctor.finding[doctor.count - 1].check, check);
	return doctor.finding[doctor.count - 1].result;
}

static void
a_key_alone_is_told(void **state)
{
	(void)state;
	assert_false(sshd_asks_pam("usepam yes\nauthenticationmethods any\n"));
	assert_false(sshd_asks_pam("usepam no\nauthenticationmethods keyboard-interactive:pam\n"));
	assert_false(sshd_asks_pam("usepam yes\nauthenticationmethods "
				   "publickey,keyboard-interactive:pam publickey\n"));
	assert_true(sshd_asks_pam("usepam yes\nauthenticationmethods "
				  "publickey,keyboard-interactive:pam keyboard-interactive\n"));
	doctor_sshd_pam(&doctor, sshd_asks_pam("usepam yes\nauthenticationmethods any\n"));
	assert_int_equal(last("pam"), DOCTOR_NOTE);
}

static void
sshd_must_keep_every_line(void **state)
{
	char said[2048], wrong[SSHD_LINE_SIZE];

	(void)state;
	(void)snprintf(said, sizeof said, "%s", FORCE ALL_BUT_FORCE);
	assert_false(sshd_wrong(said, wrong));
	doctor_sshd(&doctor, 0, said);
	assert_int_equal(last("sshd"), DOCTOR_OK);
	(void)snprintf(said, sizeof said, "%s", ALL_BUT_FORCE);
	assert_true(sshd_wrong(said, wrong));
	assert_string_equal(wrong, "forcecommand");
	*strstr(said, "yes") = 'n';
	doctor_sshd(&doctor, 0, said);
	assert_int_equal(last("sshd"), DOCTOR_WRONG);
	doctor_sshd(&doctor, 255, said);
	assert_int_equal(last("sshd"), DOCTOR_WRONG);
	doctor_sshd(&doctor, -1, said);
	assert_int_equal(last("sshd"), DOCTOR_NOTE);
}

static void
each_line_of_sshd_matters(void **state)
{
	static const char all[] = FORCE ALL_BUT_FORCE;
	char said[2048], wrong[SSHD_LINE_SIZE];

	(void)state;
	for (const char *at = all; *at != '\0'; at = strchr(at, '\n') + 1) {
		size_t begin = (size_t)(at - all), end = begin + strcspn(at, "\n");

		memcpy(said, all, sizeof all);
		said[end - 1] = '!';
		assert_true(sshd_wrong(said, wrong));
		assert_memory_equal(wrong, at, strcspn(at, " "));
	}
}

static void
the_socket_is_for_one_group(void **state)
{
	struct stat st = { .st_mode = S_IFSOCK | 0660, .st_gid = 77 };

	(void)state;
	doctor_socket(&doctor, &st, 77);
	assert_int_equal(last("socket"), DOCTOR_OK);
	doctor_socket(&doctor, &st, 78);
	assert_int_equal(last("socket"), DOCTOR_WRONG);
	st.st_mode = S_IFSOCK | 0666;
	doctor_socket(&doctor, &st, 77);
	assert_int_equal(last("socket"), DOCTOR_WRONG);
	doctor_socket(&doctor, NULL, 77);
	assert_int_equal(last("socket"), DOCTOR_WRONG);
}

static void
the_runner_waits_for_the_keeper_alone(void **state)
{
	struct stat st = { .st_mode = S_IFSOCK | 0600, .st_uid = 77 };

	(void)state;
	doctor_runner(&doctor, &st, 77, true);
	assert_int_equal(last("runner"), DOCTOR_OK);
	doctor_runner(&doctor, &st, 77, false);
	assert_int_equal(last("runner"), DOCTOR_WRONG);
	doctor_runner(&doctor, NULL, 77, true);
	assert_int_equal(last("runner"), DOCTOR_WRONG);
	doctor_runner(&doctor, &st, 78, true);
	assert_int_equal(last("runner"), DOCTOR_WRONG);
	st.st_mode = S_IFSOCK | 0660;
	doctor_runner(&doctor, &st, 77, true);
	assert_int_equal(last("runner"), DOCTOR_WRONG);
	st.st_mode = S_IFREG | 0600;
	doctor_runner(&doctor, &st, 77, true);
	assert_int_equal(last("runner"), DOCTOR_WRONG);
}

static void
the_account_has_the_console_for_its_shell(void **state)
{
	char console[] = BINDIR "/provconsole", sh[] = "/bin/sh";
	struct passwd entry = { .pw_uid = 110, .pw_shell = console };

	(void)state;
	doctor_account(&doctor, &entry);
	assert_int_equal(last("account"), DOCTOR_OK);
	entry.pw_shell = sh;
	doctor_account(&doctor, &entry);
	assert_int_equal(last("account"), DOCTOR_WRONG);
	doctor_account(&doctor, NULL);
	assert_int_equal(last("account"), DOCTOR_WRONG);
}

static void
pam_is_read_as_pam_reads_it(void **state)
{
	static const struct {
		const char *text;
		enum mark_look look;
	} rows[] = {
		{ "auth required pam_unix.so\n", MARK_NONE },
		{ "# auth required pam_provconsole.so\n", MARK_NONE },
		{ "@include common-auth\nauth required pam_provconsole.so\n", MARK_GOOD },
		{ "auth\trequisite\tpam_provconsole.so nullok\n", MARK_GOOD },
		{ "auth [success=ok default=die] pam_provconsole.so\n", MARK_GOOD },
		{ "auth [success=ok default=ignore] pam_provconsole.so\n", MARK_WEAK },
		{ "auth optional pam_provconsole.so\n", MARK_WEAK },
		{ "auth sufficient pam_provconsole.so\n", MARK_WEAK },
		{ "auth sufficient pam_rootok.so\nauth required pam_provconsole.so\n", MARK_EARLY },
		{ "session optional pam_provconsole.so\n", MARK_NONE },
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		assert_int_equal(mark_look(rows[i].text), rows[i].look);
}

static void
our_lines_come_and_go(void **state)
{
	static const char text[] = "# sshd\n@include common-auth\nauth optional pam_x.so\n"
				   "account required pam_nologin.so\n@include common-account\n"
				   "@include common-session";
	static const char *const types[] = { "auth", "account", NULL };
	char *made = mark_insert(text, types), *bare;

	(void)state;
	assert_non_null(strstr(made,
	    " uid = 0 # provconsole setup\nauth required pam_provconsole.so nullok # "));
	assert_non_null(
	    strstr(made, " uid = 0 # provconsole setup\naccount required pam_provconsole.so # "));
	assert_non_null(strstr(made, "pam_x.so\nauth [success=1 default=ignore] pam_succeed_if"));
	assert_null(strstr(made, "session optional"));
	assert_true(mark_has_module(made));
	bare = mark_strip(made);
	assert_string_equal(bare,
	    "# sshd\n@include common-auth\nauth optional pam_x.so\n"
	    "account required pam_nologin.so\n@include common-account\n"
	    "@include common-session\n");
	free(made);
	free(bare);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_runner_waits_for_the_keeper_alone),
		cmocka_unit_test(sshd_must_keep_every_line),
		cmocka_unit_test(a_key_alone_is_told),
		cmocka_unit_test(each_line_of_sshd_matters),
		cmocka_unit_test(the_socket_is_for_one_group),
		cmocka_unit_test(the_account_has_the_console_for_its_shell),
		cmocka_unit_test(pam_is_read_as_pam_reads_it),
		cmocka_unit_test(our_lines_come_and_go),
	};

	return cmocka_run_group_tests_name("doctor_installed", tests, NULL, NULL);
}
