/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the host program knows of who comes in: an address is one, or is local; a key is whole, or
 * is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "pam/facts.h"

static void
assert_source(const char *rhost, const char *connection, const char *want)
{
	char source[WIRE_SOURCE_SIZE];

	memset(source, 0xa5, sizeof source);
	facts_source(rhost, connection, source);
	assert_string_equal(source, want);
	for (size_t i = strlen(source); i < sizeof source; i++)
		assert_int_equal(source[i], 0);
}

static void
a_source_is_an_address_or_local(void **state)
{
	(void)state;
	assert_source("192.0.2.1", NULL, "192.0.2.1");
	assert_source("::ffff:192.0.2.1", NULL, "192.0.2.1");
	assert_source("2001:db8::1", NULL, "2001:db8::1");
	assert_source("", NULL, "local");
	assert_source(NULL, NULL, "local");
	assert_source(NULL, "", "local");
	assert_source("bastion", NULL, "local");
}

/* PAM_RHOST is sshd's own; SSH_CONNECTION could have been set anew by another module. */
static void
an_address_comes_before_the_environment(void **state)
{
	(void)state;
	assert_source("192.0.2.1", "198.51.100.7 1 127.0.0.1 22", "192.0.2.1");
	assert_source("host.example", "198.51.100.7 1 127.0.0.1 22", "198.51.100.7");
	assert_source("host.example", "2001:db8::1 1 ::1 22", "2001:db8::1");
	assert_source("host.example", "198.51.100.7", "198.51.100.7");
	assert_source("host.example", " 198.51.100.7", "local");
	assert_source("host.example", "198.51.100.7x 1", "local");
	assert_source("host.example",
	    "0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000:0000 1", "local");
}

static void
assert_key(const char *auth_info, const char *want)
{
	char key[SSH_KEY_TEXT_SIZE];

	memset(key, 0xa5, sizeof key);
	facts_key(auth_info, key);
	assert_string_equal(key, want);
	for (size_t i = strlen(key); i < sizeof key; i++)
		assert_int_equal(key[i], 0);
}

static void
a_key_is_the_first_that_was_accepted(void **state)
{
	(void)state;
	assert_key("publickey ssh-ed25519 AAAA", "ssh-ed25519 AAAA");
	assert_key("publickey ssh-ed25519 AAAA\n", "ssh-ed25519 AAAA");
	assert_key("keyboard-interactive/pam\npublickey ssh-rsa BBBB\npublickey ssh-rsa CCCC\n",
	    "ssh-rsa BBBB");
	assert_key("publickey sk-ssh-ed25519@openssh.com AAAA signature count = 7\n",
	    "sk-ssh-ed25519@openssh.com AAAA");
}

static void
what_is_no_key_is_none(void **state)
{
	(void)state;
	assert_key(NULL, "");
	assert_key("", "");
	assert_key("\n\n", "");
	assert_key("password", "");
	assert_key("publickey", "");
	assert_key("publickey ", "");
	assert_key("publickey ssh-rsa", "");
	assert_key("publickey ssh-rsa\nAAAA", "");
	assert_key("publickey\npublickey ssh-rsa AAAA", "ssh-rsa AAAA");
	assert_key("hostbased publickey ssh-rsa AAAA", "");
}

/* A key that was cut would be another one. */
static void
a_key_that_does_not_fit_is_none(void **state)
{
	static char text[SSH_KEY_TEXT_SIZE + 64], want[SSH_KEY_TEXT_SIZE];
	int blob = (int)SSH_KEY_TEXT_SIZE - 1 - (int)strlen("ssh-rsa ");

	(void)state;
	(void)snprintf(want, sizeof want, "ssh-rsa %0*d", blob, 0);
	(void)snprintf(text, sizeof text, "publickey %s\n", want);
	assert_key(text, want);
	(void)snprintf(text, sizeof text, "publickey ssh-rsa %0*d\n", blob + 1, 0);
	assert_key(text, "");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_source_is_an_address_or_local),
		cmocka_unit_test(an_address_comes_before_the_environment),
		cmocka_unit_test(a_key_is_the_first_that_was_accepted),
		cmocka_unit_test(what_is_no_key_is_none),
		cmocka_unit_test(a_key_that_does_not_fit_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
