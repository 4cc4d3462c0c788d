/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "auth_ring.h"

#include <stdlib.h>

#include "auth/vault.h"

static const struct vault_cost cheap = { .memory = 8192, .passes = 1, .lanes = 1 };

struct sealed {
	unsigned char header[VAULT_HEADER_SIZE];
	struct vault *vault;
	unsigned char chunk[2][8 + VAULT_EXTRA]; /* number 0, and 1, which is the last */
};

static struct secret *
phrase(const char *text)
{
	struct secret *secret = NULL;

	assert_int_equal(secret_from(text, strlen(text), &secret), ERR_OK);
	return secret;
}

static void
seal(struct sealed *file)
{
	struct secret *passphrase = phrase("correct horse battery");

	assert_int_equal(vault_new(passphrase, &cheap, file->header, &file->vault), ERR_OK);
	for (unsigned i = 0; i < 2; i++)
		assert_int_equal(vault_seal(file->vault, i, i == 1,
				     (const unsigned char *)(i == 0 ? "01234567" : "89abcdef"), 8,
				     file->chunk[i]),
		    ERR_OK);
	secret_free(passphrase);
}

static enum err
open_with(const char *text, const unsigned char *header, struct vault **ret_vault)
{
	struct secret *passphrase = phrase(text);
	enum err err = vault_open(passphrase, header, ret_vault);

	secret_free(passphrase);
	return err;
}

static void
opens_with_its_passphrase_alone(void **state)
{
	struct sealed file;
	struct vault *vault = NULL;
	unsigned char text[8];

	(void)state;
	seal(&file);
	assert_int_equal(open_with("correct horse batterx", file.header, &vault), ERR_PASSPHRASE);
	assert_null(vault);
	assert_int_equal(open_with("correct horse battery", file.header, &vault), ERR_OK);
	assert_int_equal(vault_unseal(vault, 0, false, file.chunk[0], 8, text), ERR_OK);
	assert_memory_equal(text, "01234567", 8);
	assert_int_equal(vault_unseal(vault, 1, true, file.chunk[1], 8, text), ERR_OK);
	assert_memory_equal(text, "89abcdef", 8);
	vault_free(vault);
	vault_free(file.vault);
}

/* Each byte of a chunk, its number, its end, its length, and another file's key. */
static void
a_chunk_fits_its_place_alone(void **state)
{
	struct sealed file, other;
	unsigned char text[8], wrong[8 + VAULT_EXTRA];

	(void)state;
	seal(&file);
	seal(&other);
	for (size_t i = 0; i < sizeof wrong; i++) {
		memcpy(wrong, file.chunk[0], sizeof wrong);
		wrong[i] ^= 1;
		assert_int_equal(vault_unseal(file.vault, 0, false, wrong, 8, text),
		    ERR_BACKUP_DAMAGED);
	}
	assert_int_equal(vault_unseal(file.vault, 1, false, file.chunk[0], 8, text),
	    ERR_BACKUP_DAMAGED);
	assert_int_equal(vault_unseal(file.vault, 0, true, file.chunk[0], 8, text),
	    ERR_BACKUP_DAMAGED);
	assert_int_equal(vault_unseal(file.vault, 1, false, file.chunk[1], 8, text),
	    ERR_BACKUP_DAMAGED);
	assert_int_equal(vault_unseal(file.vault, 0, true, file.chunk[1], 8, text),
	    ERR_BACKUP_DAMAGED);
	for (size_t length = 0; length < 8; length++)
		assert_int_equal(vault_unseal(file.vault, 0, false, file.chunk[0], length, text),
		    ERR_BACKUP_DAMAGED);
	assert_int_equal(vault_unseal(file.vault, 0, false, other.chunk[0], 8, text),
	    ERR_BACKUP_DAMAGED);
	vault_free(file.vault);
	vault_free(other.vault);
}

/* Whatever byte of the header changes, it is refused, and never opens. */
static void
every_byte_of_the_header_counts(void **state)
{
	struct sealed file;

	(void)state;
	seal(&file);
	for (size_t i = 0; i < VAULT_HEADER_SIZE; i++) {
		unsigned char header[VAULT_HEADER_SIZE];
		struct vault *vault = NULL;
		enum err err;

		memcpy(header, file.header, sizeof header);
		header[i] ^= 1;
		err = open_with("correct horse battery", header, &vault);
		if (err != ERR_PASSPHRASE && err != ERR_BACKUP_FORMAT && err != ERR_BACKUP_NEWER)
			fail_msg("byte %zu: %d", i, (int)err);
	}
	vault_free(file.vault);
}

/* What would take memory or time for ever is refused before anything is done for it. */
static void
a_header_cannot_ask_for_much(void **state)
{
	static const struct {
		size_t at;
		uint32_t number;
		enum err err;
	} rows[] = {
		{ 8, 0, ERR_BACKUP_FORMAT },
		{ 8, 2, ERR_BACKUP_NEWER },
		{ 8, UINT32_MAX, ERR_BACKUP_NEWER },
		{ 12, 0, ERR_BACKUP_FORMAT },
		{ 12, 8191, ERR_BACKUP_FORMAT },
		{ 12, VAULT_MEMORY_MAX, ERR_OK },
		{ 12, VAULT_MEMORY_MAX + 1, ERR_BACKUP_FORMAT },
		{ 12, UINT32_MAX, ERR_BACKUP_FORMAT },
		{ 16, 0, ERR_BACKUP_FORMAT },
		{ 16, 16, ERR_OK },
		{ 16, 17, ERR_BACKUP_FORMAT },
		{ 20, 0, ERR_BACKUP_FORMAT },
		{ 20, 5, ERR_BACKUP_FORMAT },
		{ 40, 1, ERR_BACKUP_FORMAT },
	};
	struct vault_cost cost = { .memory = 8192, .passes = 17, .lanes = 1 };
	struct secret *passphrase = phrase("correct horse battery");
	struct vault *vault = NULL;
	struct sealed file;

	(void)state;
	seal(&file);
	for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
		unsigned char header[VAULT_HEADER_SIZE];
		struct vault_cost ignored;

		memcpy(header, file.header, sizeof header);
		for (int byte = 0; byte < 4; byte++)
			header[rows[i].at + (size_t)byte] = (unsigned char)(rows[i].number >>
			    (24 - 8 * byte));
		if (vault_look(header, &ignored) != rows[i].err)
			fail_msg("row %zu", i);
	}
	assert_int_equal(vault_new(passphrase, &cost, file.header, &vault), ERR_BACKUP_FORMAT);
	assert_null(vault);
	secret_free(passphrase);
	vault_free(file.vault);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(opens_with_its_passphrase_alone),
		cmocka_unit_test(a_chunk_fits_its_place_alone),
		cmocka_unit_test(every_byte_of_the_header_counts),
		cmocka_unit_test(a_header_cannot_ask_for_much),
	};

	return cmocka_run_group_tests(tests, auth_setup, NULL);
}
