/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth_ring.h"

#include <gcrypt.h>

#include "auth/chain.h"

enum { FIELDS = 5, ROWS = 6 };

static const unsigned char zero[CHAIN_MAC_SIZE];

static const struct chain_field row[FIELDS] = { { .number = 1 }, { .number = 1700000000 },
	{ .bytes = "alice", .length = 5 }, { .bytes = "", .length = 0 }, { .number = -1 } };

static void
mac_of(const struct keyring *ring, const unsigned char *previous, const struct chain_field *fields,
    size_t count, unsigned char mac[CHAIN_MAC_SIZE])
{
	assert_int_equal(chain_row(ring, KEY_AUDIT, previous, fields, count, mac), ERR_OK);
}

/* Stored in rows: the encoding must not change from one version to the next. */
static void
row_is_an_hmac(void **state)
{
	char message[] = "audit row\0................................"
			 "i\0\0\0\0\0\0\0\1"
			 "i\0\0\0\0\x65\x53\xf1\0"
			 "s\0\0\0\0\0\0\0\5alice"
			 "s\0\0\0\0\0\0\0\0"
			 "i\xff\xff\xff\xff\xff\xff\xff\xff";
	struct keyring *ring = *state;
	gcry_buffer_t buffers[2] = { { .data = keyring_get(ring, KEY_AUDIT, KEY_AUDIT)->bytes,
					 .len = KEY_SIZE },
		{ .data = message, .len = sizeof message - 1 } };
	unsigned char mac[CHAIN_MAC_SIZE], expected[CHAIN_MAC_SIZE];

	mac_of(ring, (const unsigned char *)message + 10, row, FIELDS, mac);
	assert_int_equal(gcry_md_hash_buffers(GCRY_MD_SHA256, GCRY_MD_FLAG_HMAC, expected, buffers,
			     2),
	    0);
	assert_memory_equal(mac, expected, sizeof mac);
}

/* No two of these rows have the same MAC, though their bytes, run together, are the same or nearly
 * so. */
static void
no_two_rows_are_alike(void **state)
{
	static const struct {
		struct chain_field fields[3];
		size_t count;
	} rows[] = { { { { .bytes = "ab", .length = 2 }, { .bytes = "c", .length = 1 } }, 2 },
		{ { { .bytes = "a", .length = 1 }, { .bytes = "bc", .length = 2 } }, 2 },
		{ { { .bytes = "abc", .length = 3 } }, 1 },
		{ { { .bytes = "abc", .length = 3 }, { .bytes = "", .length = 0 } }, 2 },
		{ { { .bytes = "", .length = 0 }, { .bytes = "abc", .length = 3 } }, 2 },
		{ { { .bytes = "c", .length = 1 }, { .bytes = "ab", .length = 2 } }, 2 },
		{ { { .number = 0 } }, 1 }, { { { .bytes = "", .length = 0 } }, 1 },
		{ { { .number = 0 }, { .number = 0 } }, 2 },
		{ { { .bytes = "\0\0\0\0\0\0\0\0", .length = 8 } }, 1 },
		{ { { .number = 1 }, { .number = 2 } }, 2 },
		{ { { .number = 2 }, { .number = 1 } }, 2 },
		{ { { .number = INT64_C(0x100000000) } }, 1 },
		{ { { .bytes = "1", .length = 1 } }, 1 }, { { { .number = 1 } }, 1 },
		{ { { .bytes = "a\0b", .length = 3 } }, 1 },
		{ { { .bytes = "a", .length = 1 } }, 1 },
		{ { { .bytes = "i\0\0\0\0\0\0\0\1", .length = 9 } }, 1 },
		{ { { .number = 0 } }, 0 } };
	enum { COUNT = sizeof rows / sizeof *rows };
	unsigned char macs[COUNT][CHAIN_MAC_SIZE];

	for (size_t i = 0; i < COUNT; i++) {
		mac_of(*state, zero, rows[i].fields, rows[i].count, macs[i]);
		for (size_t k = 0; k < i; k++)
			assert_memory_not_equal(macs[i], macs[k], CHAIN_MAC_SIZE);
	}
}

static void
every_change_changes_the_mac(void **state)
{
	struct keyring *ring = *state;
	unsigned char mac[CHAIN_MAC_SIZE], other[CHAIN_MAC_SIZE];

	mac_of(ring, zero, row, FIELDS, mac);
	for (size_t i = 0; i < FIELDS; i++) {
		struct chain_field edited[FIELDS];

		memcpy(edited, row, sizeof row);
		if (edited[i].bytes)
			edited[i] = (struct chain_field){ .bytes = "alicf", .length = 5 };
		else
			edited[i].number ^= 1;
		mac_of(ring, zero, edited, FIELDS, other);
		assert_memory_not_equal(mac, other, sizeof mac);
		/* The same fields, two of them exchanged. */
		memcpy(edited, row, sizeof row);
		edited[i] = row[(i + 1) % FIELDS];
		edited[(i + 1) % FIELDS] = row[i];
		mac_of(ring, zero, edited, FIELDS, other);
		assert_memory_not_equal(mac, other, sizeof mac);
		/* The same fields but the last ones. */
		mac_of(ring, zero, row, i, other);
		assert_memory_not_equal(mac, other, sizeof mac);
	}
	for (size_t bit = 0; bit < sizeof zero * 8; bit++) {
		unsigned char previous[CHAIN_MAC_SIZE] = { 0 };

		previous[bit / 8] = (unsigned char)(1 << bit % 8);
		mac_of(ring, previous, row, FIELDS, other);
		assert_memory_not_equal(mac, other, sizeof mac);
	}
}

/* The MAC at the end of a chain of rows in an order. */
static void
walk(const struct keyring *ring, const int64_t *order, size_t count,
    unsigned char mac[CHAIN_MAC_SIZE])
{
	memset(mac, 0, CHAIN_MAC_SIZE);
	for (size_t i = 0; i < count; i++) {
		const struct chain_field field = { .number = order[i] };

		mac_of(ring, mac, &field, 1, mac);
	}
}

static void
order_and_number_of_rows_count(void **state)
{
	static const int64_t orders[][ROWS] = { { 1, 2, 3, 4, 5, 6 }, { 2, 1, 3, 4, 5, 6 },
		{ 1, 2, 3, 4, 6, 5 }, { 1, 2, 3, 3, 5, 6 }, { 1, 2, 4, 5, 6, 6 } };
	struct keyring *ring = *state;
	unsigned char whole[CHAIN_MAC_SIZE], other[CHAIN_MAC_SIZE];

	walk(ring, orders[0], ROWS, whole);
	for (size_t i = 1; i < sizeof orders / sizeof *orders; i++) {
		walk(ring, orders[i], ROWS, other);
		assert_memory_not_equal(whole, other, sizeof whole);
	}
	walk(ring, orders[0], ROWS - 1, other);
	assert_memory_not_equal(whole, other, sizeof whole);
	walk(ring, orders[0] + 1, ROWS - 1, other);
	assert_memory_not_equal(whole, other, sizeof whole);
	walk(ring, orders[0], ROWS, other);
	assert_memory_equal(whole, other, sizeof whole);
}

static void
head_is_an_hmac(void **state)
{
	char message[] = "audit head\0\0\0\0\0\0\0\1\2................................";
	struct keyring *ring = *state;
	gcry_buffer_t buffers[2] = { { .data = keyring_get(ring, KEY_AUDIT, KEY_AUDIT)->bytes,
					 .len = KEY_SIZE },
		{ .data = message, .len = sizeof message - 1 } };
	unsigned char mac[CHAIN_MAC_SIZE], expected[CHAIN_MAC_SIZE];

	assert_int_equal(chain_head(ring, KEY_AUDIT, 258, (const unsigned char *)message + 19, mac),
	    ERR_OK);
	assert_int_equal(gcry_md_hash_buffers(GCRY_MD_SHA256, GCRY_MD_FLAG_HMAC, expected, buffers,
			     2),
	    0);
	assert_memory_equal(mac, expected, sizeof mac);
}

static void
head_covers_count_and_last(void **state)
{
	struct keyring *ring = *state;
	unsigned char last[CHAIN_MAC_SIZE] = { 1 }, head[CHAIN_MAC_SIZE], other[CHAIN_MAC_SIZE];
	const struct chain_field as_row[] = { { .number = 7 },
		{ .bytes = last, .length = sizeof last } };

	assert_int_equal(chain_head(ring, KEY_AUDIT, 7, last, head), ERR_OK);
	assert_int_equal(chain_head(ring, KEY_AUDIT, 7, last, other), ERR_OK);
	assert_memory_equal(head, other, sizeof head);
	assert_int_equal(chain_head(ring, KEY_AUDIT, 8, last, other), ERR_OK);
	assert_memory_not_equal(head, other, sizeof head);
	assert_int_equal(chain_head(ring, KEY_AUDIT, 7, zero, other), ERR_OK);
	assert_memory_not_equal(head, other, sizeof head);
	/* Nothing that is a row is a head. */
	mac_of(ring, zero, as_row, 2, other);
	assert_memory_not_equal(head, other, sizeof head);
	mac_of(ring, last, as_row, 1, other);
	assert_memory_not_equal(head, other, sizeof head);
}

static void
needs_an_audit_key(void **state)
{
	struct keyring *ring = *state;
	unsigned char mac[CHAIN_MAC_SIZE] = { 4, 7, 1, 1 }, second[CHAIN_MAC_SIZE],
		      first[CHAIN_MAC_SIZE];
	static const unsigned char unmoved[CHAIN_MAC_SIZE] = { 4, 7, 1, 1 };
	struct keyring_row key;

	assert_int_equal(chain_row(ring, 99, zero, row, FIELDS, mac), ERR_CRYPTO);
	assert_int_equal(chain_row(ring, KEY_SEAL, zero, row, FIELDS, mac), ERR_CRYPTO);
	assert_int_equal(chain_head(ring, 99, 1, zero, mac), ERR_CRYPTO);
	assert_memory_equal(mac, unmoved, sizeof mac);
	/* Another audit key gives other MACs. */
	assert_int_equal(keyring_make(ring, 9, KEY_AUDIT, 0, &key), ERR_OK);
	mac_of(ring, zero, row, FIELDS, first);
	assert_int_equal(chain_row(ring, 9, zero, row, FIELDS, second), ERR_OK);
	assert_memory_not_equal(first, second, sizeof first);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(row_is_an_hmac),
		cmocka_unit_test(no_two_rows_are_alike),
		cmocka_unit_test(every_change_changes_the_mac),
		cmocka_unit_test(order_and_number_of_rows_count),
		cmocka_unit_test(head_is_an_hmac),
		cmocka_unit_test(head_covers_count_and_last),
		cmocka_unit_test(needs_an_audit_key),
	};

	return cmocka_run_group_tests(tests, auth_ring_setup, auth_ring_teardown);
}
