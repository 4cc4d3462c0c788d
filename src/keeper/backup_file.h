/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * A backup as a run of bytes: sealed chunk by chunk on the way out, opened chunk by chunk on the
 * way in (auth/vault.h). One chunk of text is in memory at a time, in locked memory. Part of
 * backup.h.
 */
#ifndef KEEPER_BACKUP_FILE_H
#define KEEPER_BACKUP_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "auth/vault.h"
#include "core/err.h"
#include "core/secret.h"

struct backup_file {
	int fd; /* borrowed */
	struct vault *vault;
	struct secret *text;   /* of the chunk at hand */
	size_t at;	       /* bytes of it that were read */
	unsigned char *sealed; /* room for one, and a byte of the next */
	size_t ahead;	       /* bytes of the next one that are in it */
	uint64_t number;       /* of the next chunk */
	bool last;	       /* the chunk at hand is */
	int64_t bytes;	       /* of the file, so far */
};

/* A new file behind fd. It is given to backup_file_close() also after a failure. */
MUST_CHECK enum err
backup_file_make(struct backup_file *file, int fd, const struct secret *passphrase);

/* One to be read. ERR_BACKUP_FORMAT, ERR_BACKUP_NEWER, ERR_PASSPHRASE. */
MUST_CHECK enum err
backup_file_open(struct backup_file *file, int fd, const struct secret *passphrase);

MUST_CHECK enum err
backup_file_put(struct backup_file *file, const void *bytes, size_t length);

/* Seals what is left as the last chunk. At least one byte must have been put. */
MUST_CHECK enum err
backup_file_end(struct backup_file *file);

/* Exactly so many bytes, each from a chunk that was found whole. ERR_BACKUP_DAMAGED, also where the
 * file has fewer. */
MUST_CHECK enum err
backup_file_get(struct backup_file *file, void *bytes, size_t length);

/* Whether all was read, to the end of the last chunk. */
bool
backup_file_is_over(const struct backup_file *file);

void
backup_file_close(struct backup_file *file);

#endif
