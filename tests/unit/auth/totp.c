/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth_ring.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "auth/totp.h"

static struct secret *
key_of(const char *text)
{
	struct secret *key = NULL;

	assert_int_equal(secret_from(text, strlen(text), &key), ERR_OK);
	return key;
}

static struct secret *
rfc_key(void)
{
	return key_of("12345678901234567890");
}

/* RFC 6238, appendix B, SHA-1. */
static void
rfc6238_appendix_b(void **state)
{
	static const struct {
		int64_t time;
		const char *code;
	} rows[] = { { 59, "94287082" }, { 1111111109, "07081804" }, { 1111111111, "14050471" },
		{ 1234567890, "89005924" }, { 2000000000, "69279037" },
		{ 20000000000, "65353130" } };
	struct secret *key = rfc_key();

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char code[9];

		assert_int_equal(totp_code(key, totp_step(rows[i].time), 8, code), ERR_OK);
		assert_string_equal(code, rows[i].code);
	}
	secret_free(key);
}

/* RFC 4226, appendix D. */
static void
rfc4226_appendix_d(void **state)
{
	static const char *const codes[] = { "755224", "287082", "359152", "969429", "338314",
		"254676", "287922", "162583", "399871", "520489" };
	struct secret *key = rfc_key();

	(void)state;
	for (int i = 0; i < 10; i++) {
		char code[9];

		assert_int_equal(totp_code(key, i, 6, code), ERR_OK);
		assert_string_equal(code, codes[i]);
	}
	secret_free(key);
}

/* RFC 4648, section 10, without the padding; and 20 bytes. */
static void
rfc4648_base32(void **state)
{
	static const struct {
		const char *plain, *text;
	} rows[] = { { "", "" }, { "f", "MY" }, { "fo", "MZXQ" }, { "foo", "MZXW6" },
		{ "foob", "MZXW6YQ" }, { "fooba", "MZXW6YTB" }, { "foobar", "MZXW6YTBOI" },
		{ "12345678901234567890", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ" },
		{ "\xff\xff\xff\xff\xff\xff", "7777777774" } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		size_t length = strlen(rows[i].plain);
		char text[TOTP_BASE32_SIZE];

		memset(text, '!', sizeof text);
		totp_base32((const unsigned char *)rows[i].plain, length, text);
		assert_string_equal(text, rows[i].text);
		/* Nothing behind the room that the contract names. */
		for (size_t at = (length * 8 + 4) / 5 + 1; at < sizeof text; at++)
			assert_int_equal(text[at], '!');
	}
}

static void
steps_round_down(void **state)
{
	static const struct {
		int64_t now, step, left;
	} rows[] = { { 0, 0, 30 }, { 1, 0, 29 }, { 29, 0, 1 }, { 30, 1, 30 }, { -1, -1, 1 },
		{ -29, -1, 29 }, { -30, -1, 30 }, { -31, -2, 1 }, { 2147483647, 71582788, 23 },
		{ 2147483648, 71582788, 22 }, { 4102444800, 136748160, 30 },
		{ INT64_MAX, INT64_MAX / 30, 23 }, { INT64_MIN, INT64_MIN / 30 - 1, 8 } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		assert_int_equal(totp_step(rows[i].now), rows[i].step);
		assert_int_equal(totp_left(rows[i].now), rows[i].left);
	}
}

static void
shape_of_a_code(void **state)
{
	static const char *const bad[] = {
		"", "1", "12345", "1234567", "12345 ", " 12345", "12345a", "+12345", "-12345",
		"12.456", "12345\n",
		"\xd9\xa1\xd9\xa2\xd9\xa3", /* three Arabic digits: six bytes */
		"\xef\xbc\x91\x31\x32\x33"  /* one fullwidth digit */
	};

	(void)state;
	assert_true(totp_code_shaped("000000"));
	assert_true(totp_code_shaped("999999"));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		assert_false(totp_code_shaped(bad[i]));
}

static bool
matches(const struct secret *key, int64_t step, int64_t offset, const char *code, int64_t *ret_step)
{
	bool matched = false;

	assert_int_equal(totp_match(key, step, offset, code, &matched, ret_step), ERR_OK);
	return matched;
}

/* A code of each step near now, typed at a second of the step: -1, 0 and 1 fit, all others do not.
 */
static void
check_window(const struct secret *key, int64_t now, int64_t offset)
{
	for (int64_t away = -25; away <= 25; away++) {
		int64_t made = totp_step(now) + offset + away, found = 4711;
		bool near = away >= -1 && away <= 1;
		char code[9];

		assert_int_equal(totp_code(key, made, 6, code), ERR_OK);
		assert_int_equal(matches(key, totp_step(now), offset, code, &found), near);
		assert_int_equal(found, near ? made : 4711);
	}
}

static void
window_is_three_steps(void **state)
{
	static const int64_t starts[] = { 0, 1700000010, 2147483640, 4102444800, 20000000010,
		-1700000010, -90 };
	static const int64_t seconds[] = { 0, 1, 29 };
	static const int64_t offsets[] = { 0, 1, -1, 20, -20 };
	struct secret *key = rfc_key();

	(void)state;
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		for (size_t k = 0; k < 3; k++)
			for (size_t o = 0; o < 5; o++)
				check_window(key, starts[i] + seconds[k], offsets[o]);
	secret_free(key);
}

/* A far offset in the store would be another window: refused, as are keys of no use. */
static void
refuses_what_is_out_of_bounds(void **state)
{
	struct secret *key = rfc_key(), *none = NULL, *longest = NULL;
	int64_t step = 4711;
	bool matched = false;
	char code[9] = "unmoved";

	(void)state;
	assert_int_equal(secret_new(1, &none), ERR_OK);
	assert_int_equal(secret_new(65, &longest), ERR_OK);
	longest->length = 65;
	assert_int_equal(totp_match(key, 1, 21, "755224", &matched, &step), ERR_STORE_CORRUPT);
	assert_int_equal(totp_match(key, 1, -21, "755224", &matched, &step), ERR_STORE_CORRUPT);
	assert_int_equal(totp_match(none, 1, 0, "755224", &matched, &step), ERR_CRYPTO);
	assert_int_equal(totp_code(longest, 1, 6, code), ERR_CRYPTO);
	assert_int_equal(totp_code(key, 1, 5, code), ERR_CRYPTO);
	assert_int_equal(totp_code(key, 1, 9, code), ERR_CRYPTO);
	assert_string_equal(code, "unmoved");
	assert_int_equal(step, 4711);
	longest->length = 64;
	assert_int_equal(totp_code(longest, 1, 6, code), ERR_OK);
	secret_free(key);
	secret_free(none);
	secret_free(longest);
}

static void
refuses_what_is_no_code(void **state)
{
	static const char *const bad[] = { "", "75522", "7552244", "755224 ", "75522x", "      ",
		"\xff\xff\xff\xff\xff\xff", "75523*", "75521>",
		"6?5224" }; /* what adds up to 755224, the code of step 0, if taken for digits */
	struct secret *key = rfc_key();

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		int64_t step = 4711;

		assert_false(matches(key, 0, 0, bad[i], &step));
		assert_int_equal(step, 4711);
	}
	secret_free(key);
}

/* Two steps of one window with the same code: it is spent as the later one, so that it cannot come
 * again. */
static void
equal_codes_give_the_greatest_step(void **state)
{
	struct secret *key = rfc_key();
	char codes[3][9];
	int64_t found = 0, step;

	(void)state;
	for (step = 2;; step++) {
		assert_true(step < 20000000);
		assert_int_equal(totp_code(key, step, 6, codes[step % 3]), ERR_OK);
		if (strcmp(codes[step % 3], codes[(step - 2) % 3]) == 0 && step > 4)
			break;
	}
	assert_true(matches(key, step - 1, 0, codes[step % 3], &found));
	assert_int_equal(found, step);
	secret_free(key);
}

static bool
resyncs(const struct secret *key, int64_t step, int64_t last, int64_t first, int64_t next,
    int64_t *ret_step)
{
	char codes[2][9];
	bool matched = false;

	assert_int_equal(totp_code(key, first, 6, codes[0]), ERR_OK);
	assert_int_equal(totp_code(key, next, 6, codes[1]), ERR_OK);
	assert_int_equal(totp_resync(key, step, last, codes[0], codes[1], &matched, ret_step),
	    ERR_OK);
	return matched;
}

static void
resync_takes_two_in_a_row(void **state)
{
	static const int64_t now[] = { 56666667, 0, -3000 };
	struct secret *key = rfc_key();

	(void)state;
	for (size_t i = 0; i < 3; i++)
		for (int64_t away = -30; away <= 30; away++) {
			int64_t first = now[i] + away, found = 4711;
			bool near = away >= -20 && away + 1 <= 20;

			assert_int_equal(resyncs(key, now[i], INT64_MIN, first, first + 1, &found),
			    near);
			assert_int_equal(found, near ? first + 1 : 4711);
			assert_false(resyncs(key, now[i], INT64_MIN, first + 1, first, &found));
			assert_false(resyncs(key, now[i], INT64_MIN, first, first, &found));
			assert_false(resyncs(key, now[i], INT64_MIN, first, first + 2, &found));
		}
	secret_free(key);
}

/* Both codes are above the last step that was spent. */
static void
resync_refuses_spent_steps(void **state)
{
	struct secret *key = rfc_key();
	int64_t found = 0;
	bool matched = true;

	(void)state;
	assert_true(resyncs(key, 1000, 994, 995, 996, &found));
	assert_int_equal(found, 996);
	assert_false(resyncs(key, 1000, 995, 995, 996, &found));
	assert_false(resyncs(key, 1000, 996, 995, 996, &found));
	assert_false(resyncs(key, 1000, 2000, 995, 996, &found));
	assert_int_equal(totp_resync(key, 1000, 0, "", "", &matched, &found), ERR_OK);
	assert_false(matched);
	secret_free(key);
}

static void
new_keys_differ(void **state)
{
	static const unsigned char zero[TOTP_KEY_SIZE];
	struct secret *one = NULL, *two = NULL;

	(void)state;
	assert_int_equal(totp_key_new(&one), ERR_OK);
	assert_int_equal(totp_key_new(&two), ERR_OK);
	assert_int_equal(one->length, TOTP_KEY_SIZE);
	assert_memory_not_equal(one->bytes, two->bytes, TOTP_KEY_SIZE);
	assert_memory_not_equal(one->bytes, zero, TOTP_KEY_SIZE);
	secret_free(one);
	secret_free(two);
}

enum { PEER_KEYS = 200, PEER_STEPS = 5 };

struct peer_case {
	unsigned char key[TOTP_KEY_SIZE];
	int64_t time;
};

/* One shell script with a line a key: oathtool makes the codes of that time and the steps after it.
 */
static void
peer_script(const struct peer_case *cases, char *path)
{
	int fd = mkstemp(path);
	FILE *script = fd < 0 ? NULL : fdopen(fd, "w");

	assert_non_null(script);
	for (size_t i = 0; i < PEER_KEYS; i++) {
		fprintf(script, "oathtool --totp=SHA1 --window=%d ", PEER_STEPS - 1);
		for (size_t k = 0; k < TOTP_KEY_SIZE; k++)
			fprintf(script, "%02x", cases[i].key[k]);
		fprintf(script, " --now '@%" PRId64 "' || exit 1\n", cases[i].time);
	}
	assert_int_equal(fclose(script), 0);
}

static void
check_peer_case(const struct peer_case *peer_case, FILE *peer)
{
	struct secret *key = NULL;

	assert_int_equal(secret_from(peer_case->key, TOTP_KEY_SIZE, &key), ERR_OK);
	for (int i = 0; i < PEER_STEPS; i++) {
		char code[9], line[64];

		assert_int_equal(totp_code(key, totp_step(peer_case->time) + i, 6, code), ERR_OK);
		if (!fgets(line, sizeof line, peer))
			fail_msg("oathtool gave no code: is it installed?");
		line[strcspn(line, "\n")] = '\0';
		assert_string_equal(line, code);
	}
	secret_free(key);
}

/* A thousand codes of random keys and times. */
static void
codes_equal_oathtool(void **state)
{
	struct peer_case cases[PEER_KEYS];
	char path[] = "/tmp/provconsole-totp-XXXXXX", command[64];
	FILE *peer;

	(void)state;
	auth_nonce(cases, sizeof cases);
	for (size_t i = 0; i < PEER_KEYS; i++)
		cases[i].time &= INT64_C(0x1ffffffff); /* to the year 2242 */
	peer_script(cases, path);
	snprintf(command, sizeof command, "LC_ALL=C sh %s", path);
	peer = popen(command, "r");
	assert_non_null(peer);
	for (size_t i = 0; i < PEER_KEYS; i++)
		check_peer_case(&cases[i], peer);
	assert_int_equal(pclose(peer), 0);
	unlink(path);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rfc6238_appendix_b),
		cmocka_unit_test(rfc4226_appendix_d),
		cmocka_unit_test(rfc4648_base32),
		cmocka_unit_test(steps_round_down),
		cmocka_unit_test(shape_of_a_code),
		cmocka_unit_test(window_is_three_steps),
		cmocka_unit_test(refuses_what_is_out_of_bounds),
		cmocka_unit_test(refuses_what_is_no_code),
		cmocka_unit_test(equal_codes_give_the_greatest_step),
		cmocka_unit_test(resync_takes_two_in_a_row),
		cmocka_unit_test(resync_refuses_spent_steps),
		cmocka_unit_test(new_keys_differ),
		cmocka_unit_test(codes_equal_oathtool),
	};

	return cmocka_run_group_tests(tests, auth_setup, NULL);
}
