/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "auth/key_uri.h"

#define KEY "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"

enum { URI_SIZE = 1024 };

struct row {
	const char *issuer, *account;
};

static const struct row rows[] = { { "ProVconnect", "alice" }, { "Pro V connect", "alice smith" },
	{ "Caf\xc3\xa9 Z\xc3\xbcrich", "ren\xc3\xa9" }, { "ACME Paris", "a:b:c" },
	{ "R&D", "bob@example.org" }, { "100%", "50%25" }, { "a+b=c", "x+y" },
	{ "what?", "is#this/then" }, { "\"quoted\" <tag>", "back\\slash|pipe" }, { ";", ":" },
	{ "\xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e", "\xd8\xb9\xd9\x84\xd9\x8a" },
	{ "\xf0\x9f\x94\x91 key", "e\xcc\x81" }, { "-._~", "A-Z.a_z~09" },
	{ " @&% ", " \xc3\xa9:@&% " } };

enum { ROWS = sizeof rows / sizeof *rows };

static void
exact_text(void **state)
{
	char uri[URI_SIZE];

	(void)state;
	assert_int_equal(key_uri("Pro V", "al:ice@x", KEY, true, uri, sizeof uri), ERR_OK);
	assert_string_equal(uri,
	    "otpauth://totp/Pro%20V:al%3Aice%40x?secret=" KEY "&issuer=Pro%20V");
	assert_int_equal(key_uri("Pro V", "al:ice@x", KEY, false, uri, sizeof uri), ERR_OK);
	assert_string_equal(uri, "otpauth://totp/al%3Aice%40x?secret=" KEY "&issuer=Pro%20V");
	assert_int_equal(key_uri("\xc3\xa9", "\xff", KEY, true, uri, sizeof uri), ERR_OK);
	assert_string_equal(uri, "otpauth://totp/%C3%A9:%FF?secret=" KEY "&issuer=%C3%A9");
}

/* Applications split the label at its first colon, so an issuer loses its own. */
static void
an_issuer_has_no_colon(void **state)
{
	char uri[URI_SIZE];

	(void)state;
	assert_int_equal(key_uri("srv1: night:", "alice", KEY, true, uri, sizeof uri), ERR_OK);
	assert_string_equal(uri,
	    "otpauth://totp/srv1%20night:alice?secret=" KEY "&issuer=srv1%20night");
}

/* Only unreserved characters stand as they are (RFC 3986 2.3), and all of them do. */
static void
every_byte(void **state)
{
	static const char unreserved[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

	(void)state;
	for (int byte = 1; byte < 256; byte++) {
		const char account[2] = { (char)byte, '\0' };
		char uri[URI_SIZE], expected[URI_SIZE];

		assert_int_equal(key_uri("I", account, KEY, true, uri, sizeof uri), ERR_OK);
		snprintf(expected, sizeof expected,
		    strchr(unreserved, byte) ? "otpauth://totp/I:%c?secret=" KEY "&issuer=I"
					     : "otpauth://totp/I:%%%02X?secret=" KEY "&issuer=I",
		    byte);
		assert_string_equal(uri, expected);
	}
}

/* Fits exactly, or leaves nothing behind. */
static void
size_is_kept(void **state)
{
	char whole[URI_SIZE], uri[URI_SIZE];
	size_t length;

	(void)state;
	assert_int_equal(key_uri("ProVconnect", "ren\xc3\xa9", KEY, true, whole, sizeof whole),
	    ERR_OK);
	length = strlen(whole);
	for (size_t size = 0; size <= length + 2; size++) {
		memset(uri, '!', sizeof uri);
		assert_int_equal(key_uri("ProVconnect", "ren\xc3\xa9", KEY, true, uri, size),
		    size > length ? ERR_OK : ERR_FIELD_LONG);
		if (size > length)
			assert_string_equal(uri, whole);
		for (size_t at = 0; size <= length && at < size; at++)
			assert_int_equal(uri[at], '\0');
		for (size_t at = size; at < sizeof uri; at++)
			assert_int_equal(uri[at], '!');
	}
}

static void
print_hex(char *line, size_t size, const char *text)
{
	size_t at = strlen(line);

	for (; *text; text++, at += 2)
		snprintf(line + at, size - at, "%02x", (unsigned char)*text);
}

/* The line that key_uri.py answers when it reads back what was put in. */
static void
expected_line(const struct row *row, bool prefix, char *line, size_t size)
{
	line[0] = '\0';
	print_hex(line, size, prefix ? row->issuer : "");
	snprintf(line + strlen(line), size - strlen(line), prefix ? " " : "- ");
	print_hex(line, size, row->account);
	snprintf(line + strlen(line), size - strlen(line), " " KEY " ");
	print_hex(line, size, row->issuer);
	snprintf(line + strlen(line), size - strlen(line), "\n");
}

static void
write_uris(char *path)
{
	int fd = mkstemp(path);
	FILE *file = fd < 0 ? NULL : fdopen(fd, "w");

	assert_non_null(file);
	for (size_t i = 0; i < 2 * ROWS; i++) {
		char uri[URI_SIZE];

		assert_int_equal(key_uri(rows[i / 2].issuer, rows[i / 2].account, KEY, i % 2 == 0,
				     uri, sizeof uri),
		    ERR_OK);
		fprintf(file, "%s\n", uri);
	}
	assert_int_equal(fclose(file), 0);
}

static void
another_parser_reads_the_same(void **state)
{
	const char *source = getenv("top_srcdir");
	char path[] = "/tmp/provconsole-key-uri-XXXXXX", command[1024], line[1024], expected[1024];
	FILE *reader;

	(void)state;
	write_uris(path);
	snprintf(command, sizeof command, "python3 '%s/tests/unit/auth/key_uri.py' < %s",
	    source ? source : ".", path);
	reader = popen(command, "r");
	assert_non_null(reader);
	for (size_t i = 0; i < 2 * ROWS; i++) {
		expected_line(&rows[i / 2], i % 2 == 0, expected, sizeof expected);
		if (!fgets(line, sizeof line, reader))
			fail_msg("key_uri.py reads no key URI %zu", i);
		assert_string_equal(line, expected);
	}
	assert_null(fgets(line, sizeof line, reader));
	assert_int_equal(pclose(reader), 0);
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exact_text),
		cmocka_unit_test(an_issuer_has_no_colon),
		cmocka_unit_test(every_byte),
		cmocka_unit_test(size_is_kept),
		cmocka_unit_test(another_parser_reads_the_same),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
