/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth_ring.h"

#include <stdbool.h>

#include <gcrypt.h>

static struct secret *
console_key(unsigned char fill, size_t length)
{
	struct secret *key = NULL;

	assert_int_equal(secret_new(KEY_SIZE + 1, &key), ERR_OK);
	memset(key->bytes, fill, KEY_SIZE);
	key->length = length;
	return key;
}

static struct keyring *
ring_under(unsigned char fill)
{
	struct secret *key = console_key(fill, KEY_SIZE);
	struct keyring *ring = NULL;

	assert_int_equal(keyring_new(key, &ring), ERR_OK);
	secret_free(key);
	return ring;
}

static void
rows_come_back_the_same(void **state)
{
	struct keyring *ring = ring_under(1), *again = ring_under(1);
	struct keyring_row rows[KEY_PURPOSE_END];

	(void)state;
	for (int purpose = KEY_SEAL; purpose < KEY_PURPOSE_END; purpose++) {
		enum key_purpose as = (enum key_purpose)purpose;
		const struct secret *made, *read;

		assert_int_equal(keyring_make(ring, 10 + purpose, as, 1234, &rows[purpose]),
		    ERR_OK);
		assert_int_equal(rows[purpose].id, 10 + purpose);
		assert_int_equal(rows[purpose].purpose, as);
		assert_int_equal(rows[purpose].created, 1234);
		assert_int_equal(keyring_add(again, &rows[purpose]), ERR_OK);
		made = keyring_get(ring, as, 10 + purpose);
		read = keyring_get(again, as, 10 + purpose);
		assert_non_null(made);
		assert_non_null(read);
		assert_int_equal(read->length, KEY_SIZE);
		assert_memory_equal(made->bytes, read->bytes, KEY_SIZE);
		/* The row does not hold the key as it is. */
		assert_memory_not_equal(rows[purpose].wrapped + 12, made->bytes, KEY_SIZE);
	}
	keyring_free(ring);
	keyring_free(again);
}

static void
wrong_console_key_opens_nothing(void **state)
{
	struct keyring *ring = ring_under(1), *other = ring_under(2);
	struct keyring_row row;
	int64_t id = 0;

	(void)state;
	assert_int_equal(keyring_make(ring, 1, KEY_SEAL, 0, &row), ERR_OK);
	assert_int_equal(keyring_add(other, &row), ERR_KEY_WRONG);
	assert_null(keyring_newest(other, KEY_SEAL, &id));
	keyring_free(ring);
	keyring_free(other);
}

static void
rows_are_bound_to_id_and_purpose(void **state)
{
	struct keyring *ring = ring_under(1), *again = ring_under(1);
	struct keyring_row row, moved;

	(void)state;
	assert_int_equal(keyring_make(ring, 1, KEY_SEAL, 0, &row), ERR_OK);
	moved = row;
	moved.id = 2;
	assert_int_equal(keyring_add(again, &moved), ERR_KEY_WRONG);
	moved = row;
	moved.purpose = KEY_AUDIT;
	assert_int_equal(keyring_add(again, &moved), ERR_KEY_WRONG);
	for (size_t bit = 0; bit < sizeof row.wrapped * 8; bit++) {
		moved = row;
		moved.wrapped[bit / 8] ^= (unsigned char)(1 << bit % 8);
		assert_int_equal(keyring_add(again, &moved), ERR_KEY_WRONG);
	}
	assert_int_equal(keyring_add(again, &row), ERR_OK);
	keyring_free(ring);
	keyring_free(again);
}

static void
finds_by_purpose_and_id(void **state)
{
	struct keyring *ring = ring_under(1);
	struct keyring_row row;
	int64_t id = 4711;

	(void)state;
	assert_null(keyring_newest(ring, KEY_PEPPER, &id));
	assert_int_equal(id, 4711);
	assert_int_equal(keyring_make(ring, 5, KEY_PEPPER, 0, &row), ERR_OK);
	assert_int_equal(keyring_make(ring, 3, KEY_PEPPER, 0, &row), ERR_OK);
	assert_int_equal(keyring_make(ring, 8, KEY_AUDIT, 0, &row), ERR_OK);
	assert_ptr_equal(keyring_newest(ring, KEY_PEPPER, &id), keyring_get(ring, KEY_PEPPER, 5));
	assert_int_equal(id, 5);
	assert_non_null(keyring_get(ring, KEY_PEPPER, 3));
	assert_null(keyring_get(ring, KEY_AUDIT, 3));
	assert_null(keyring_get(ring, KEY_PEPPER, 4));
	assert_memory_not_equal(keyring_get(ring, KEY_PEPPER, 3)->bytes,
	    keyring_get(ring, KEY_PEPPER, 5)->bytes, KEY_SIZE);
	keyring_free(ring);
}

static void
refuses_bad_rows_and_a_full_ring(void **state)
{
	struct keyring *ring = ring_under(1);
	struct keyring_row row = { .id = 4711 };

	(void)state;
	assert_int_equal(keyring_make(ring, 0, KEY_SEAL, 0, &row), ERR_STORE_CORRUPT);
	assert_int_equal(keyring_make(ring, -1, KEY_SEAL, 0, &row), ERR_STORE_CORRUPT);
	assert_int_equal(keyring_make(ring, 1, KEY_PURPOSE_END, 0, &row), ERR_STORE_CORRUPT);
	assert_int_equal(row.id, 4711);
	for (int id = 1; id <= KEYRING_MAX; id++)
		assert_int_equal(keyring_make(ring, id, KEY_AUDIT, 0, &row), ERR_OK);
	assert_int_equal(keyring_add(ring, &row), ERR_STORE_EXISTS);
	assert_int_equal(keyring_make(ring, KEYRING_MAX + 1, KEY_SEAL, 0, &row), ERR_STATE);
	assert_int_equal(row.id, KEYRING_MAX);
	keyring_free(ring);
}

/* A key that is prepared is a row alone; once its row is added it is the newest. */
static void
a_prepared_key_is_nobodys_yet(void **state)
{
	struct keyring *ring = ring_under(1);
	struct keyring_row row = { 0 };
	int64_t id = 0;

	(void)state;
	assert_int_equal(keyring_make(ring, 1, KEY_SEAL, 0, &row), ERR_OK);
	assert_int_equal(keyring_prepare(ring, 1, KEY_SEAL, 0, &row), ERR_STORE_EXISTS);
	assert_int_equal(keyring_prepare(ring, 2, KEY_SEAL, 99, &row), ERR_OK);
	assert_int_equal(row.created, 99);
	assert_non_null(keyring_newest(ring, KEY_SEAL, &id));
	assert_int_equal(id, 1);
	assert_int_equal(keyring_add(ring, &row), ERR_OK);
	assert_non_null(keyring_newest(ring, KEY_SEAL, &id));
	assert_int_equal(id, 2);
	keyring_free(ring);
}

/* Wrapped anew, a row opens under the other console.key alone, and holds the same key. */
static void
rows_are_wrapped_anew(void **state)
{
	struct keyring *ring = ring_under(1), *other = ring_under(2);
	struct secret *second = console_key(2, KEY_SIZE), *bad = console_key(2, KEY_SIZE - 1);
	struct keyring_row row, anew;
	unsigned char mine[KEY_ID_SIZE], wanted[KEY_ID_SIZE];

	(void)state;
	assert_int_equal(keyring_make(ring, 1, KEY_PEPPER, 5, &row), ERR_OK);
	anew = row;
	assert_int_equal(keyring_rewrap(ring, bad, &anew), ERR_KEY_WRONG);
	assert_int_equal(keyring_follow(ring, bad), ERR_KEY_WRONG);
	assert_memory_equal(&anew, &row, sizeof row);
	assert_int_equal(keyring_rewrap(ring, second, &anew), ERR_OK);
	assert_int_equal(keyring_add(other, &row), ERR_KEY_WRONG);
	assert_int_equal(keyring_add(other, &anew), ERR_OK);
	assert_memory_equal(keyring_get(other, KEY_PEPPER, 1)->bytes,
	    keyring_get(ring, KEY_PEPPER, 1)->bytes, KEY_SIZE);
	anew.id = 7;
	assert_int_equal(keyring_rewrap(ring, second, &anew), ERR_STORE_NONE);
	anew.id = 1;
	anew.purpose = KEY_SEAL;
	assert_int_equal(keyring_rewrap(ring, second, &anew), ERR_STORE_NONE);
	assert_int_equal(keyring_follow(ring, second), ERR_OK);
	keyring_console(ring, mine);
	assert_int_equal(keyring_console_id(second, wanted), ERR_OK);
	assert_memory_equal(mine, wanted, sizeof mine);
	assert_int_equal(keyring_make(ring, 3, KEY_AUDIT, 5, &row), ERR_OK);
	assert_int_equal(keyring_add(other, &row), ERR_OK);
	secret_free(second);
	secret_free(bad);
	keyring_free(ring);
	keyring_free(other);
}

/* Workers hold what they borrowed of the others: only seal keys go. */
static void
drops_seal_keys_alone(void **state)
{
	struct keyring *ring = auth_ring(1);
	const struct secret *pepper = keyring_get(ring, KEY_PEPPER, KEY_PEPPER);
	int64_t ids[KEYRING_MAX];
	struct keyring_row row;

	(void)state;
	assert_int_equal(keyring_ids(ring, ids), 4);
	for (int purpose = KEY_SEAL; purpose < KEY_PURPOSE_END; purpose++)
		keyring_drop(ring, purpose);
	keyring_drop(ring, 4711);
	assert_int_equal(keyring_ids(ring, ids), 3);
	for (size_t i = 0; i < 3; i++)
		assert_int_not_equal(ids[i], KEY_SEAL);
	assert_null(keyring_get(ring, KEY_SEAL, KEY_SEAL));
	assert_null(keyring_aead(ring, KEY_SEAL));
	assert_ptr_equal(keyring_get(ring, KEY_PEPPER, KEY_PEPPER), pepper);
	for (int id = 10; id < 10 + 3 * KEYRING_MAX; id++) {
		assert_int_equal(keyring_make(ring, id, KEY_SEAL, 0, &row), ERR_OK);
		keyring_drop(ring, id - 1);
	}
	keyring_free(ring);
}

static void
refuses_console_keys_of_another_size(void **state)
{
	static const size_t bad[] = { 0, KEY_SIZE - 1, KEY_SIZE + 1 };

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		struct secret *key = console_key(1, bad[i]);
		struct keyring *ring = NULL;
		unsigned char id[KEY_ID_SIZE];

		assert_int_equal(keyring_new(key, &ring), ERR_KEY_WRONG);
		assert_int_equal(keyring_console_id(key, id), ERR_KEY_WRONG);
		assert_null(ring);
		secret_free(key);
	}
}

/* The id is stored: it must not change from one version to the next. */
static void
console_id_is_an_hmac(void **state)
{
	static const char text[] = "console.key id";
	struct secret *one = console_key(1, KEY_SIZE), *two = console_key(2, KEY_SIZE);
	unsigned char id[KEY_ID_SIZE], other[KEY_ID_SIZE], mac[32];
	gcry_buffer_t buffers[2] = { { .data = one->bytes, .len = KEY_SIZE },
		{ .data = NULL, .len = sizeof text } };
	char copy[sizeof text];

	(void)state;
	memcpy(copy, text, sizeof text);
	buffers[1].data = copy;
	assert_int_equal(keyring_console_id(one, id), ERR_OK);
	assert_int_equal(keyring_console_id(two, other), ERR_OK);
	assert_memory_not_equal(id, other, KEY_ID_SIZE);
	assert_int_equal(gcry_md_hash_buffers(GCRY_MD_SHA256, GCRY_MD_FLAG_HMAC, mac, buffers, 2),
	    0);
	assert_memory_equal(id, mac, KEY_ID_SIZE);
	secret_free(one);
	secret_free(two);
}

static int
start(void **state)
{
	(void)state;
	return auth_start() == ERR_OK && auth_start() == ERR_OK ? 0 : -1;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_come_back_the_same),
		cmocka_unit_test(wrong_console_key_opens_nothing),
		cmocka_unit_test(rows_are_bound_to_id_and_purpose),
		cmocka_unit_test(finds_by_purpose_and_id),
		cmocka_unit_test(refuses_bad_rows_and_a_full_ring),
		cmocka_unit_test(a_prepared_key_is_nobodys_yet),
		cmocka_unit_test(rows_are_wrapped_anew),
		cmocka_unit_test(drops_seal_keys_alone),
		cmocka_unit_test(refuses_console_keys_of_another_size),
		cmocka_unit_test(console_id_is_an_hmac),
	};

	return cmocka_run_group_tests(tests, start, NULL);
}
