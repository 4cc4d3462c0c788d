/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth_ring.h"

#include <gcrypt.h>

#include "auth/recovery.h"

static void
new_codes_are_sixteen_characters(void **state)
{
	char codes[50][RECOVERY_TEXT_SIZE], clean[RECOVERY_TEXT_SIZE];

	(void)state;
	for (size_t i = 0; i < 50; i++) {
		recovery_new(codes[i]);
		assert_int_equal(strlen(codes[i]), 19);
		for (size_t at = 0; at < 19; at++)
			assert_non_null(
			    strchr(at % 5 == 4 ? "-" : "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567",
				codes[i][at]));
		assert_int_equal(recovery_clean(codes[i], clean), ERR_OK);
		assert_string_equal(clean, codes[i]);
		for (size_t k = 0; k < i; k++)
			assert_string_not_equal(codes[k], codes[i]);
	}
}

static void
cleans_what_people_type(void **state)
{
	static const char *const rows[][2] = { { "ABCD-EFGH-IJKL-MN23", "ABCD-EFGH-IJKL-MN23" },
		{ "abcd-efgh-ijkl-mn23", "ABCD-EFGH-IJKL-MN23" },
		{ "abcdefghijklmn23", "ABCD-EFGH-IJKL-MN23" },
		{ " a b c d e f g h i j k l m n 2 3 \n", "ABCD-EFGH-IJKL-MN23" },
		{ "--ABCDEFGH\tIJKL--MN23-\r\n", "ABCD-EFGH-IJKL-MN23" },
		{ "0O1I8B00-1188-2345", "OOII-BBOO-IIBB-2345" },
		{ "0123-4567-8ABC-DEFG", "OI23-4567-BABC-DEFG" },
		{ "zzzz zzzz zzzz zzzz", "ZZZZ-ZZZZ-ZZZZ-ZZZZ" },
		{ "ABCD\xe2\x80\x93"
		  "EFGH\xe2\x80\x91IJKL\xc2\xa0MN23",
		    "ABCD-EFGH-IJKL-MN23" }, /* from a document */
		{ "ABCD\xe2\x80\x94"
		  "EFGH\xe2\x88\x92IJKL\xe2\x80\xafMN23",
		    "ABCD-EFGH-IJKL-MN23" } };

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char text[RECOVERY_TEXT_SIZE] = "unmoved";

		assert_int_equal(recovery_clean(rows[i][0], text), ERR_OK);
		assert_string_equal(text, rows[i][1]);
	}
}

static void
refuses_what_is_no_code(void **state)
{
	static const char *const bad[] = { "", " ", "----", "ABCD-EFGH-IJKL-MN2",
		"ABCD-EFGH-IJKL-MN233", "ABCD-EFGH-IJKL-MN29",
		"ABCD-EFGH-IJKL-MN2=", "ABCD_EFGH_IJKL_MN23", "ABCD.EFGH.IJKL.MN23", "123456",
		"ABCD-EFGH-IJKL-MN2\xc3\xa9", "-\xd0\x90-BCD-EFGH-IJKL-MN2", /* a Cyrillic A */
		"\xe2\x80", "ABCD-EFGH-IJKL-MN23\x1b[A", "ABCD-EFGH-IJKL-MN23\xe2\x80" };

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		char text[RECOVERY_TEXT_SIZE] = "unmoved";

		assert_int_equal(recovery_clean(bad[i], text), ERR_RECOVERY_FORMAT);
		assert_string_equal(text, "unmoved");
	}
}

static void
hashes_bind_key_user_and_code(void **state)
{
	struct keyring *ring = auth_ring(1);
	unsigned char one[RECOVERY_HASH_SIZE], two[RECOVERY_HASH_SIZE];
	struct keyring_row row;

	(void)state;
	assert_int_equal(keyring_make(ring, 9, KEY_RECOVERY, 0, &row), ERR_OK);
	assert_int_equal(recovery_hash(ring, KEY_RECOVERY, 1, "ABCD-EFGH-IJKL-MN23", one), ERR_OK);
	assert_int_equal(recovery_hash(ring, KEY_RECOVERY, 1, "ABCD-EFGH-IJKL-MN23", two), ERR_OK);
	assert_memory_equal(one, two, sizeof one);
	assert_int_equal(recovery_hash(ring, KEY_RECOVERY, 2, "ABCD-EFGH-IJKL-MN23", two), ERR_OK);
	assert_memory_not_equal(one, two, sizeof one);
	assert_int_equal(recovery_hash(ring, KEY_RECOVERY, 1, "ABCD-EFGH-IJKL-MN24", two), ERR_OK);
	assert_memory_not_equal(one, two, sizeof one);
	assert_int_equal(recovery_hash(ring, 9, 1, "ABCD-EFGH-IJKL-MN23", two), ERR_OK);
	assert_memory_not_equal(one, two, sizeof one);
	assert_int_equal(recovery_hash(ring, 77, 1, "ABCD-EFGH-IJKL-MN23", two), ERR_CRYPTO);
	assert_int_equal(recovery_hash(ring, KEY_AUDIT, 1, "ABCD-EFGH-IJKL-MN23", two), ERR_CRYPTO);
	keyring_free(ring);
}

/* Stored in rows: the encoding must not change from one version to the next. */
static void
hash_is_an_hmac(void **state)
{
	char message[] = "recovery code\0\0\0\0\0\0\0\1\2ABCD-EFGH-IJKL-MN23";
	struct keyring *ring = auth_ring(1);
	gcry_buffer_t buffers[2] = { { .data = keyring_get(ring, KEY_RECOVERY, KEY_RECOVERY)->bytes,
					 .len = KEY_SIZE },
		{ .data = message, .len = sizeof message - 1 } };
	unsigned char mac[32], hash[RECOVERY_HASH_SIZE];

	(void)state;
	assert_int_equal(gcry_md_hash_buffers(GCRY_MD_SHA256, GCRY_MD_FLAG_HMAC, mac, buffers, 2),
	    0);
	assert_int_equal(recovery_hash(ring, KEY_RECOVERY, 258, "ABCD-EFGH-IJKL-MN23", hash),
	    ERR_OK);
	assert_memory_equal(mac, hash, sizeof hash);
	keyring_free(ring);
}

static void
names_have_a_domain_of_their_own(void **state)
{
	struct keyring *ring = auth_ring(1), *other = auth_ring(1);
	unsigned char one[RECOVERY_HASH_SIZE], two[RECOVERY_HASH_SIZE];

	(void)state;
	assert_int_equal(recovery_name_hash(ring, "alice", one), ERR_OK);
	assert_int_equal(recovery_name_hash(ring, "alice", two), ERR_OK);
	assert_memory_equal(one, two, sizeof one);
	assert_int_equal(recovery_name_hash(ring, "alicf", two), ERR_OK);
	assert_memory_not_equal(one, two, sizeof one);
	assert_int_equal(recovery_name_hash(ring, "", two), ERR_OK);
	assert_memory_not_equal(one, two, sizeof one);
	/* Another ring has another key: nobody can hash a list of names to compare. */
	assert_int_equal(recovery_name_hash(other, "alice", two), ERR_OK);
	assert_memory_not_equal(one, two, sizeof one);
	keyring_free(ring);
	keyring_free(other);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_codes_are_sixteen_characters),
		cmocka_unit_test(cleans_what_people_type),
		cmocka_unit_test(refuses_what_is_no_code),
		cmocka_unit_test(hashes_bind_key_user_and_code),
		cmocka_unit_test(hash_is_an_hmac),
		cmocka_unit_test(names_have_a_domain_of_their_own),
	};

	return cmocka_run_group_tests(tests, auth_setup, NULL);
}
