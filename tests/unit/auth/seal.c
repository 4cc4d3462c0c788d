/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth_ring.h"

#include <gcrypt.h>

#include "auth/seal.h"

enum { TEXT_SIZE = 20, USERS = 20, PLACES = 3 };

static const struct seal_place device = { "device", "secret", 7 };

static struct secret *
text_of(size_t length)
{
	struct secret *text = NULL;

	assert_int_equal(secret_new(length + 1, &text), ERR_OK);
	memset(text->bytes, 'k', length);
	text->length = length;
	return text;
}

static enum err
try_open(const struct keyring *ring, const struct seal_place *place, const struct sealed *sealed)
{
	struct secret *text = text_of(SEAL_TEXT_MAX);
	enum err err = seal_open(ring, place, sealed, text);

	if (err != ERR_OK) {
		assert_int_equal(text->length, 0);
		for (size_t i = 0; i < text->capacity; i++)
			assert_int_equal(text->bytes[i], 0);
	}
	secret_free(text);
	return err;
}

static void
opens_what_it_closed(void **state)
{
	struct keyring *ring = *state;

	for (size_t length = 1; length <= SEAL_TEXT_MAX; length++) {
		struct secret *text = text_of(length), *back = text_of(SEAL_TEXT_MAX);
		struct sealed sealed;

		assert_int_equal(seal_close(ring, &device, text, &sealed), ERR_OK);
		assert_int_equal(sealed.length, 12 + length + 16);
		assert_int_equal(sealed.key, 1);
		assert_int_equal(seal_open(ring, &device, &sealed, back), ERR_OK);
		assert_int_equal(back->length, length);
		assert_memory_equal(back->bytes, text->bytes, length);
		secret_free(text);
		secret_free(back);
	}
}

/* Stored in rows: neither the form nor what it is bound to may change from one version to the next.
 */
static void
seal_is_gcm_of_place_and_key(void **state)
{
	static const char data[] = "device\0secret\0\0\0\0\0\0\0\0\7\0\0\0\0\0\0\0\1";
	struct keyring *ring = *state;
	struct secret *text = text_of(TEXT_SIZE);
	unsigned char open[TEXT_SIZE];
	gcry_cipher_hd_t cipher = NULL;
	struct sealed sealed;

	assert_int_equal(seal_close(ring, &device, text, &sealed), ERR_OK);
	assert_int_equal(gcry_cipher_open(&cipher, GCRY_CIPHER_AES256, GCRY_CIPHER_MODE_GCM, 0), 0);
	assert_int_equal(gcry_cipher_setkey(cipher, keyring_get(ring, KEY_SEAL, 1)->bytes,
			     KEY_SIZE),
	    0);
	assert_int_equal(gcry_cipher_setiv(cipher, sealed.bytes, 12), 0);
	assert_int_equal(gcry_cipher_authenticate(cipher, data, sizeof data - 1), 0);
	assert_int_equal(gcry_cipher_decrypt(cipher, open, sizeof open, sealed.bytes + 12,
			     sizeof open),
	    0);
	assert_int_equal(gcry_cipher_checktag(cipher, sealed.bytes + 12 + TEXT_SIZE, 16), 0);
	assert_memory_equal(open, text->bytes, TEXT_SIZE);
	gcry_cipher_close(cipher);
	secret_free(text);
}

static void
refuses_sizes_out_of_bounds(void **state)
{
	struct keyring *ring = *state;
	struct secret *text = text_of(SEAL_TEXT_MAX + 1);
	struct sealed sealed = { .key = 4711 };

	assert_int_equal(seal_close(ring, &device, text, &sealed), ERR_CRYPTO);
	text->length = 0;
	assert_int_equal(seal_close(ring, &device, text, &sealed), ERR_CRYPTO);
	assert_int_equal(sealed.key, 4711);
	text->length = 1;
	assert_int_equal(seal_close(ring, &device, text, &sealed), ERR_OK);
	for (size_t length = 0; length <= SEAL_SIZE_MAX + 2; length++) {
		sealed.length = length;
		assert_int_equal(try_open(ring, &device, &sealed),
		    length == 12 + 1 + 16 ? ERR_OK : ERR_CRYPTO);
	}
	sealed.length = SIZE_MAX;
	assert_int_equal(try_open(ring, &device, &sealed), ERR_CRYPTO);
	secret_free(text);
}

static void
refuses_every_flipped_bit(void **state)
{
	struct keyring *ring = *state;
	struct secret *text = text_of(TEXT_SIZE);
	struct sealed sealed;

	assert_int_equal(seal_close(ring, &device, text, &sealed), ERR_OK);
	for (size_t bit = 0; bit < sealed.length * 8; bit++) {
		struct sealed flipped = sealed;

		flipped.bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
		assert_int_equal(try_open(ring, &device, &flipped), ERR_CRYPTO);
	}
	for (unsigned bit = 0; bit < 64; bit++) {
		struct seal_place place = device;
		struct sealed flipped = sealed;

		place.user = (int64_t)((uint64_t)place.user ^ UINT64_C(1) << bit);
		assert_int_equal(try_open(ring, &place, &sealed), ERR_CRYPTO);
		flipped.key = (int64_t)((uint64_t)flipped.key ^ UINT64_C(1) << bit);
		assert_int_equal(try_open(ring, &device, &flipped), ERR_CRYPTO);
	}
	assert_int_equal(try_open(ring, &device, &sealed), ERR_OK);
	secret_free(text);
}

/* A room that is too small holds nothing, not even a part; one that held something holds only what
 * was opened. */
static void
opens_only_where_there_is_room(void **state)
{
	struct keyring *ring = *state;
	struct secret *text = text_of(TEXT_SIZE), *small = text_of(TEXT_SIZE - 2),
		      *room = text_of(SEAL_TEXT_MAX);
	struct sealed sealed;

	memset(text->bytes, 't', TEXT_SIZE);
	assert_int_equal(seal_close(ring, &device, text, &sealed), ERR_OK);
	assert_int_equal(seal_open(ring, &device, &sealed, small), ERR_CRYPTO);
	assert_int_equal(small->length, 0);
	assert_int_equal(small->bytes[0], 0);
	assert_int_equal(seal_open(ring, &device, &sealed, room), ERR_OK);
	assert_int_equal(room->length, TEXT_SIZE);
	assert_memory_equal(room->bytes, text->bytes, TEXT_SIZE);
	assert_int_equal(room->bytes[TEXT_SIZE], 0);
	secret_free(text);
	secret_free(small);
	secret_free(room);
}

/* Whatever is moved to another person's or another column's place does not open. */
static void
refuses_every_other_place(void **state)
{
	static const char *const columns[PLACES][2] = { { "device", "secret" },
		{ "device", "pending" }, { "pending", "secret" } };
	struct keyring *ring = *state;
	struct seal_place places[USERS * PLACES];
	struct sealed sealed[USERS * PLACES];
	struct secret *text = text_of(TEXT_SIZE);

	for (size_t i = 0; i < USERS * PLACES; i++) {
		places[i] = (struct seal_place){ columns[i % PLACES][0], columns[i % PLACES][1],
			(int64_t)(i / PLACES) + 1 };
		assert_int_equal(seal_close(ring, &places[i], text, &sealed[i]), ERR_OK);
	}
	for (size_t i = 0; i < USERS * PLACES; i++)
		for (size_t k = 0; k < USERS * PLACES; k++)
			assert_int_equal(try_open(ring, &places[i], &sealed[k]),
			    i == k ? ERR_OK : ERR_CRYPTO);
	secret_free(text);
}

/* Where a table's name ends and the column's begins is part of what is bound. */
static void
words_do_not_run_together(void **state)
{
	static const struct seal_place one = { "ab", "c", 1 }, two = { "a", "bc", 1 };
	static const struct seal_place huge = { "a name of more than thirty-two letters", "c", 1 };
	struct keyring *ring = *state;
	struct secret *text = text_of(TEXT_SIZE);
	struct sealed sealed;

	assert_int_equal(seal_close(ring, &huge, text, &sealed), ERR_CRYPTO);
	assert_int_equal(seal_close(ring, &one, text, &sealed), ERR_OK);
	assert_int_equal(try_open(ring, &two, &sealed), ERR_CRYPTO);
	assert_int_equal(try_open(ring, &one, &sealed), ERR_OK);
	secret_free(text);
}

/* A second seal key takes over; the first one's seals stay good, but not under the other's id. */
static void
newest_key_seals(void **state)
{
	struct keyring *ring = *state;
	struct secret *text = text_of(TEXT_SIZE);
	struct keyring_row row;
	struct sealed old, new;

	assert_int_equal(seal_close(ring, &device, text, &old), ERR_OK);
	assert_int_equal(keyring_make(ring, 9, KEY_SEAL, 2000, &row), ERR_OK);
	assert_int_equal(seal_close(ring, &device, text, &new), ERR_OK);
	assert_int_equal(old.key, 1);
	assert_int_equal(new.key, 9);
	assert_int_equal(try_open(ring, &device, &old), ERR_OK);
	assert_int_equal(try_open(ring, &device, &new), ERR_OK);
	old.key = 9;
	assert_int_equal(try_open(ring, &device, &old), ERR_CRYPTO);
	new.key = 2; /* a key of the ring, but the pepper */
	assert_int_equal(try_open(ring, &device, &new), ERR_CRYPTO);
	secret_free(text);
}

static void
nonces_do_not_repeat(void **state)
{
	enum { SEALS = 2000 };
	static struct sealed sealed[SEALS];
	struct keyring *ring = *state;
	struct secret *text = text_of(TEXT_SIZE);

	for (size_t i = 0; i < SEALS; i++) {
		assert_int_equal(seal_close(ring, &device, text, &sealed[i]), ERR_OK);
		for (size_t k = 0; k < i; k++)
			assert_true(memcmp(sealed[i].bytes, sealed[k].bytes, 12) != 0);
	}
	secret_free(text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		ON_RING(opens_what_it_closed),
		ON_RING(seal_is_gcm_of_place_and_key),
		ON_RING(refuses_sizes_out_of_bounds),
		ON_RING(opens_only_where_there_is_room),
		ON_RING(refuses_every_flipped_bit),
		ON_RING(refuses_every_other_place),
		ON_RING(words_do_not_run_together),
		ON_RING(newest_key_seals),
		ON_RING(nonces_do_not_repeat),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
