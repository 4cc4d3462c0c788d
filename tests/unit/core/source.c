/* SPDX-License-Identifier: GPL-3.0-or-later */
/* However an address is written, it is one source; whatever is none is local. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "core/source.h"

static struct source
parse(const char *text)
{
	struct source source;

	memset(&source, 0xa5, sizeof source);
	source_parse(text, &source);
	return source;
}

static void
assert_shown(const char *text, const char *shown, const char *key)
{
	const struct source source = parse(text);
	char buf[SOURCE_TEXT_SIZE];

	source_show(&source, buf);
	assert_string_equal(buf, shown);
	source_key(&source, buf);
	assert_string_equal(buf, key);
}

static void
an_address_has_one_normal_form(void **state)
{
	static const char *const ipv4[] = { "192.0.2.1", "::ffff:192.0.2.1", "::FFFF:192.0.2.1",
		"::ffff:c000:201", "::ffff:C000:0201", "0:0:0:0:0:ffff:192.0.2.1",
		"0000:0000:0000:0000:0000:ffff:c000:0201", "0::ffff:192.0.2.1" };
	static const char *const ipv6[] = { "2001:db8:1:2::a", "2001:DB8:1:2::A",
		"2001:0db8:0001:0002:0000:0000:0000:000a", "2001:db8:1:2:0:0:0:a",
		"2001:db8:1:2:0::a", "2001:db8:1:2::0.0.0.10", "2001:db8:1:2::0:a" };

	(void)state;
	for (size_t i = 0; i < sizeof ipv4 / sizeof ipv4[0]; i++)
		assert_shown(ipv4[i], "192.0.2.1", "192.0.2.1");
	for (size_t i = 0; i < sizeof ipv6 / sizeof ipv6[0]; i++)
		assert_shown(ipv6[i], "2001:db8:1:2::a", "2001:db8:1:2::/64");
	assert_shown("0.0.0.0", "0.0.0.0", "0.0.0.0");
	assert_shown("255.255.255.255", "255.255.255.255", "255.255.255.255");
	assert_shown("::1", "::1", "::/64");
	assert_shown("::", "::", "::/64");
	/* The longest there are. */
	assert_shown("fdab:fdab:fdab:fdab:fdab:fdab:fdab:fdab",
	    "fdab:fdab:fdab:fdab:fdab:fdab:fdab:fdab", "fdab:fdab:fdab:fdab::/64");
	assert_shown("fdab:fdab:fdab:fdab:fdab:fdab:255.255.255.255",
	    "fdab:fdab:fdab:fdab:fdab:fdab:ffff:ffff", "fdab:fdab:fdab:fdab::/64");
	/* Only a mapped address is IPv4: these are others. */
	assert_shown("::192.0.2.1", "::192.0.2.1", "::/64");
	assert_shown("64:ff9b::192.0.2.1", "64:ff9b::c000:201", "64:ff9b::/64");
	assert_shown("::ffff:0:192.0.2.1", "::ffff:0:c000:201", "::/64");
}

static void
what_is_no_address_is_local(void **state)
{
	static const char *const texts[] = { NULL, "", "local", "Local", "unknown", "UNKNOWN",
		"localhost", "uid:0", "uid:1000", "192.0.2", "192.0.2.1.", "192.0.2.256",
		"192.0.2.01", "192.0.02.1", "0300.0.2.1", "0xc0.0.2.1", "3221225985", "192.0.513",
		"192.0.2.1:22", "192.0.2.1/32", " 192.0.2.1", "192.0.2.1 ", "192.0.2.1\n",
		"192.0.2.-1", "+192.0.2.1", "[2001:db8::1]", "[2001:db8::1]:22", "2001:db8::1/64",
		"fe80::1%eth0", "fe80::1%1", "fe80::1%", " 2001:db8::1", "2001:db8::1 ",
		"2001:db8:::1", "2001::db8::1", "2001:db8:1", "1:2:3:4:5:6:7:8:9",
		"1:2:3:4:5:6:7::8:9", "02001:db8::1", "2001:0db80::1", "g::1", ":1", ":",
		"1:", "::ffff:192.0.2.01", "::ffff:192.0.2", "::ffff:192.0.2.1%eth0",
		"192.0.2.1%eth0", "::ffff:192.0.2.1:22", "2001:db8::1\xc2\xa0", "\xd9\xa1.0.0.1" };

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
		assert_shown(texts[i], "local", "local");
}

static void
a_user_is_a_source_of_its_own(void **state)
{
	struct source source = source_of_uid(1000);
	char buf[SOURCE_TEXT_SIZE];

	(void)state;
	source_show(&source, buf);
	assert_string_equal(buf, "uid:1000");
	source_key(&source, buf);
	assert_string_equal(buf, "uid:1000");
	source = source_of_uid(UINT32_MAX);
	source_key(&source, buf);
	assert_string_equal(buf, "uid:4294967295");
	/* No peer can name itself so. */
	source = parse("uid:1000");
	assert_int_equal(source.kind, SOURCE_LOCAL);
}

static void
what_was_never_set_is_local(void **state)
{
	const struct source source = { 0 };
	char buf[SOURCE_TEXT_SIZE];

	(void)state;
	source_key(&source, buf);
	assert_string_equal(buf, "local");
}

static uint64_t
group(const char *text)
{
	const struct source source = parse(text);

	return source_group(&source);
}

static void
shares_are_summed_by_neighbourhood(void **state)
{
	(void)state;
	assert_true(group("192.0.2.1") == group("192.0.2.254"));
	assert_true(group("192.0.2.1") == group("::ffff:192.0.2.7"));
	assert_true(group("192.0.2.1") != group("192.0.3.1"));
	assert_true(group("2001:db8:1:2::1") == group("2001:db8:1:ffff:ffff::"));
	assert_true(group("2001:db8:1::1") != group("2001:db8:2::1"));
}

static void
no_two_groups_have_one_number(void **state)
{
	const struct source nobody = source_of_uid(0), high = source_of_uid(UINT32_MAX);
	const uint64_t groups[] = { group("local"), group("0.0.0.0"), group("::"),
		source_group(&nobody), source_group(&high), group("255.255.255.0"),
		group("0.255.255.0"), group("0:ffff:ffff::"), group("ffff:ffff:ffff::"),
		group("0:0:ff::"), group("1.0.0.0"), group("0:1::"), group("0:100::"),
		group("100::") };

	(void)state;
	for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++)
		for (size_t j = 0; j < i; j++)
			assert_true(groups[i] != groups[j]);
}

/* What is shown of an address is that address again, and every neighbour in its /64 has its key. */
static void
any_address_comes_back(void **state)
{
	uint64_t seed = 88172645463325252U; /* xorshift64: the same every time */

	(void)state;
	for (int i = 0; i < 20000; i++) {
		struct source source = { .kind = i % 2 == 0 ? SOURCE_IPV4 : SOURCE_IPV6 }, again;
		char shown[SOURCE_TEXT_SIZE], key[SOURCE_TEXT_SIZE], other[SOURCE_TEXT_SIZE];

		for (int b = 0; b < (i % 2 == 0 ? 4 : 16); b++) {
			seed ^= seed << 13, seed ^= seed >> 7, seed ^= seed << 17;
			/* Many zeros, where the short forms are. */
			source.bytes[b] = seed >> 60 < 6 ? 0 : (unsigned char)(seed >> 32);
		}
		source_show(&source, shown);
		again = parse(shown);
		assert_memory_equal(&again, &source, sizeof source);
		source_key(&source, key);
		source.bytes[15] = i % 2 == 0 ? 0 : (unsigned char)~source.bytes[15];
		source_key(&source, other);
		assert_string_equal(key, other);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_address_has_one_normal_form),
		cmocka_unit_test(what_is_no_address_is_local),
		cmocka_unit_test(a_user_is_a_source_of_its_own),
		cmocka_unit_test(what_was_never_set_is_local),
		cmocka_unit_test(shares_are_summed_by_neighbourhood),
		cmocka_unit_test(no_two_groups_have_one_number),
		cmocka_unit_test(any_address_comes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
