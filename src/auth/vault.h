/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A file sealed with a passphrase, as doc/backup.md has it: a header of VAULT_HEADER_SIZE bytes,
 * then chunks of VAULT_CHUNK_SIZE bytes of text, the last one shorter or as long. Each is sealed by
 * AES-256-GCM under a key of this file alone, with its number and whether it is the last as
 * associated data: so no chunk can be cut off, put elsewhere, repeated, or taken from another file.
 * What stands in the header is measured before anything is done for it. No input or output here.
 */
#ifndef AUTH_VAULT_H
#define AUTH_VAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"
#include "core/secret.h"

enum {
	VAULT_HEADER_SIZE = 80,
	VAULT_CHUNK_SIZE = 65536, /* of text; secret_new() gives no more */
	VAULT_EXTRA = 12 + 16,	  /* nonce and tag of a sealed chunk */
	VAULT_MEMORY_MAX = 262144 /* KiB that a header may ask for */
};

/* Argon2id's (RFC 9106): KiB, passes over them, lanes. */
struct vault_cost {
	uint32_t memory, passes, lanes;
};

/* What a new file gets: 64 MiB, 3 passes, 1 lane. */
struct vault_cost
vault_cost_default(void);

struct vault;

/*
 * A new file: its header is in ret_header, its keys in *ret_vault. passphrase: 1 to 1,024 bytes,
 * not kept. ERR_MEMORY, ERR_CRYPTO; ERR_BACKUP_FORMAT for a cost that a reader refuses. The caller
 * gives it to vault_free().
 */
MUST_CHECK enum err
vault_new(const struct secret *passphrase, const struct vault_cost *cost,
    unsigned char ret_header[VAULT_HEADER_SIZE], struct vault **ret_vault);

/*
 * What a header says, without a passphrase. ERR_BACKUP_FORMAT: it is none, or asks for more memory
 * or time than this program gives; ERR_BACKUP_NEWER: of a later format.
 */
MUST_CHECK enum err
vault_look(const unsigned char header[VAULT_HEADER_SIZE], struct vault_cost *ret_cost);

/* The keys of a file. ERR_PASSPHRASE: this passphrase and this header do not belong together, be it
 * that one or the other is wrong. Else as vault_look(). */
MUST_CHECK enum err
vault_open(const struct secret *passphrase, const unsigned char header[VAULT_HEADER_SIZE],
    struct vault **ret_vault);

void
vault_free(struct vault *vault);

/* Seals 1 to VAULT_CHUNK_SIZE bytes into length + VAULT_EXTRA. number: 0, 1, 2 ... */
MUST_CHECK enum err
vault_seal(struct vault *vault, uint64_t number, bool last, const unsigned char *text,
    size_t length, unsigned char *sealed);

/* Opens length + VAULT_EXTRA bytes into length; ERR_BACKUP_DAMAGED: they are not that chunk of this
 * file, and text is wiped. */
MUST_CHECK enum err
vault_unseal(struct vault *vault, uint64_t number, bool last, const unsigned char *sealed,
    size_t length, unsigned char *text);

#endif
