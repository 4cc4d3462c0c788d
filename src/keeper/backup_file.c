/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/backup_file.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SEALED_SIZE = VAULT_CHUNK_SIZE + VAULT_EXTRA };

static enum err
write_all(struct backup_file *file, const unsigned char *bytes, size_t length)
{
	file->bytes += (int64_t)length;
	while (length > 0) {
		ssize_t n = write(file->fd, bytes, length);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return err_from_errno(errno);
		bytes += n;
		length -= (size_t)n;
	}
	return ERR_OK;
}

/* As many as there are, up to length. */
static enum err
read_all(struct backup_file *file, unsigned char *bytes, size_t length, size_t *ret_got)
{
	size_t got = 0;

	while (got < length) {
		ssize_t n = read(file->fd, bytes + got, length - got);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return err_from_errno(errno);
		if (n == 0)
			break;
		got += (size_t)n;
	}
	file->bytes += (int64_t)got;
	*ret_got = got;
	return ERR_OK;
}

static enum err
prepare(struct backup_file *file, int fd)
{
	*file = (struct backup_file){ .fd = fd };
	file->sealed = malloc(SEALED_SIZE + 1);
	return file->sealed == NULL ? ERR_MEMORY : secret_new(VAULT_CHUNK_SIZE, &file->text);
}

enum err
backup_file_make(struct backup_file *file, int fd, const struct secret *passphrase)
{
	const struct vault_cost cost = vault_cost_default();
	unsigned char header[VAULT_HEADER_SIZE];
	enum err err = prepare(file, fd);

	if (err == ERR_OK)
		err = vault_new(passphrase, &cost, header, &file->vault);
	return err == ERR_OK ? write_all(file, header, sizeof header) : err;
}

enum err
backup_file_open(struct backup_file *file, int fd, const struct secret *passphrase)
{
	unsigned char header[VAULT_HEADER_SIZE];
	size_t got = 0;
	enum err err = prepare(file, fd);

	if (err == ERR_OK)
		err = read_all(file, header, sizeof header, &got);
	if (err == ERR_OK && got < sizeof header)
		err = ERR_BACKUP_FORMAT;
	return err == ERR_OK ? vault_open(passphrase, header, &file->vault) : err;
}

void
backup_file_close(struct backup_file *file)
{
	vault_free(file->vault);
	secret_free(file->text);
	free(file->sealed);
	*file = (struct backup_file){ .fd = -1 };
}

/* --- out ------------------------------------------------------------------------------ */

static enum err
write_chunk(struct backup_file *file, bool last)
{
	size_t length = file->text->length;
	enum err err = vault_seal(file->vault, file->number, last, file->text->bytes, length,
	    file->sealed);

	secret_clear(file->text);
	file->number++;
	return err == ERR_OK ? write_all(file, file->sealed, length + VAULT_EXTRA) : err;
}

/* A full chunk is not written before there is more: it may be the last. */
enum err
backup_file_put(struct backup_file *file, const void *bytes, size_t length)
{
	const unsigned char *from = bytes;
	enum err err = ERR_OK;

	while (err == ERR_OK && length > 0) {
		size_t room = VAULT_CHUNK_SIZE - file->text->length;
		size_t part = length < room ? length : room;

		if (part == 0) {
			err = write_chunk(file, false);
			continue;
		}
		memcpy(file->text->bytes + file->text->length, from, part);
		file->text->length += part;
		from += part;
		length -= part;
	}
	return err;
}

enum err
backup_file_end(struct backup_file *file)
{
	return write_chunk(file, true);
}

/* --- in ------------------------------------------------------------------------------- */

/* One byte more is read than a chunk has: whether it is the last stands in its seal, and only the
 * file's end tells which to ask for. */
static enum err
read_chunk(struct backup_file *file)
{
	size_t got = 0, length;
	enum err err;

	if (file->last)
		return ERR_BACKUP_DAMAGED;
	err = read_all(file, file->sealed + file->ahead, SEALED_SIZE + 1 - file->ahead, &got);
	if (err != ERR_OK)
		return err;
	got += file->ahead;
	file->last = got <= SEALED_SIZE;
	length = file->last ? got : SEALED_SIZE;
	if (length <= VAULT_EXTRA)
		return ERR_BACKUP_DAMAGED;
	secret_clear(file->text);
	err = vault_unseal(file->vault, file->number++, file->last, file->sealed,
	    length - VAULT_EXTRA, file->text->bytes);
	if (err != ERR_OK)
		return err;
	file->text->length = length - VAULT_EXTRA;
	file->at = 0;
	file->ahead = got - length;
	file->sealed[0] = file->sealed[SEALED_SIZE];
	return ERR_OK;
}

enum err
backup_file_get(struct backup_file *file, void *bytes, size_t length)
{
	unsigned char *to = bytes;
	enum err err = ERR_OK;

	while (err == ERR_OK && length > 0) {
		size_t left = file->text->length - file->at;
		size_t part = length < left ? length : left;

		if (part == 0) {
			err = read_chunk(file);
			continue;
		}
		memcpy(to, file->text->bytes + file->at, part);
		file->at += part;
		to += part;
		length -= part;
	}
	return err;
}

bool
backup_file_is_over(const struct backup_file *file)
{
	return file->last && file->at == file->text->length;
}
