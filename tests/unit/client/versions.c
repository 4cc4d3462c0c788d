/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person reads where console and keeper are of two versions. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "client/versions.h"

static char buf[512];

static const char *
sentence(struct versions versions)
{
	versions_sentence(&versions, buf, sizeof buf);
	return buf;
}

static void
the_keeper_is_older(void **state)
{
	struct versions versions = { .console = { 4, "0.10.0" }, .keeper = { 3, "0.9.2" } };

	(void)state;
	assert_true(versions_keeper_is_older(&versions));
	assert_string_equal(sentence(versions),
	    "The keeper (0.9.2) is older than this console (0.10.0). "
	    "Restart its service: systemctl restart provconsole-keeper");
	versions.embedded = true;
	assert_string_equal(sentence(versions),
	    "The running keeper (0.9.2) is older than this console (0.10.0). "
	    "Sign out of the other sessions of this console or, if it is a service, "
	    "restart it. Then try again.");
	versions.left = true;
	assert_string_equal(sentence(versions),
	    "The keeper's program (0.9.2) is older than this console (0.10.0). "
	    "Install one version of both.");
	/* whatever has become of the console's file */
	versions.replaced = true;
	assert_non_null(strstr(sentence(versions), "The keeper's program (0.9.2)"));
}

static void
the_console_is_older(void **state)
{
	struct versions versions = { .console = { 3, "0.9.2" }, .keeper = { 4, "0.10.0" } };

	(void)state;
	for (int embedded = 0; embedded < 2; embedded++) {
		versions.embedded = embedded;
		versions.replaced = false;
		assert_false(versions_keeper_is_older(&versions));
		assert_string_equal(sentence(versions),
		    "This console (0.9.2) is older than the keeper (0.10.0). "
		    "Install one version of both.");
		versions.replaced = true;
		assert_string_equal(sentence(versions), "The console was upgraded. Sign in again.");
	}
}

/* Two builds on the way to a version have its name both. */
static void
what_has_one_name_is_told_apart_by_what_it_speaks(void **state)
{
	struct versions versions = { .console = { 4, "0.9.2" }, .keeper = { 3, "0.9.2" } };

	(void)state;
	assert_non_null(strstr(sentence(versions),
	    "The keeper (protocol 3) is older than this console (protocol 4)."));
	/* from before greetings */
	versions.keeper = (struct greeting){ 2, "" };
	assert_non_null(strstr(sentence(versions),
	    "The keeper (protocol 2) is older than this console (protocol 4)."));
}

static void
a_keeper_without_a_word_may_be_older(void **state)
{
	struct versions versions = { .console = { 3, "0.10.0" } };

	(void)state;
	assert_true(versions_keeper_is_older(&versions));
	assert_string_equal(sentence(versions),
	    "The keeper closes every connection without an answer: it may be older than this "
	    "console "
	    "(0.10.0). Restart its service, or see the system's log.");
	versions.embedded = true;
	assert_string_equal(sentence(versions),
	    "The running keeper closes every connection without an answer: it may be older than "
	    "this "
	    "console (0.10.0). Sign out of the other sessions of this console or, if it is a "
	    "service, "
	    "restart it. Then try again.");
	versions.left = true;
	assert_string_equal(sentence(versions),
	    "The keeper's program closes every connection without an answer: it may be older than "
	    "this "
	    "console (0.10.0). Install one version of both.");
}

static void
it_begins_with_what_this_program_is(void **state)
{
	struct versions versions;

	(void)state;
	memset(&versions, 0xa5, sizeof versions);
	versions_begin(true, &versions);
	assert_int_equal(versions.console.version, WIRE_VERSION);
	assert_string_equal(versions.console.program, PACKAGE_VERSION);
	assert_int_equal(versions.keeper.version, 0);
	assert_true(versions.embedded);
	assert_false(versions.left);
	assert_false(versions.replaced);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_keeper_is_older),
		cmocka_unit_test(the_console_is_older),
		cmocka_unit_test(what_has_one_name_is_told_apart_by_what_it_speaks),
		cmocka_unit_test(a_keeper_without_a_word_may_be_older),
		cmocka_unit_test(it_begins_with_what_this_program_is),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
