/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/import_file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/secret.h"
#include "core/text.h"
#include "core/words.h"

enum err
import_file_open(struct import_file *file, const char *path, const char **ret_sentence)
{
	struct stat status;

	memset(file, 0, sizeof *file);
	/* a pipe without a writer would wait for one */
	file->fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	if (file->fd < 0 && errno == ELOOP) {
		*ret_sentence = N_("The file is a symbolic link. Name the file itself.");
		return ERR_SYSTEM;
	}
	if (file->fd < 0) {
		*ret_sentence = N_("There is no such file, or it may not be read.");
		return ERR_SYSTEM;
	}
	if (fstat(file->fd, &status) != 0 || !S_ISREG(status.st_mode)) {
		*ret_sentence = N_("That is no regular file.");
		return ERR_SYSTEM;
	}
	file->shared = (status.st_mode & (S_IRGRP | S_IROTH)) != 0;
	return ERR_OK;
}

enum err
import_file_rewind(struct import_file *file)
{
	file->line = file->at = file->have = 0;
	return lseek(file->fd, 0, SEEK_SET) == 0 ? ERR_OK : ERR_SYSTEM;
}

/* More bytes behind those that are not taken yet; false at the end, or where it cannot be read. */
static bool
fill(struct import_file *file)
{
	ssize_t got;

	memmove(file->bytes, file->bytes + file->at, file->have - file->at);
	file->have -= file->at;
	file->at = 0;
	do
		got = read(file->fd, file->bytes + file->have, sizeof file->bytes - file->have);
	while (got < 0 && errno == EINTR);
	if (got > 0)
		file->have += (size_t)got;
	return got > 0;
}

static bool
is_text(const char *line, size_t length)
{
	size_t i = 0;

	while (i < length) {
		unsigned char c = (unsigned char)line[i];
		uint32_t point = 0;
		size_t step = c < 0x80 ? 1 : text_point(line + i, length - i, &point);

		if (step == 0 || (c < ' ' && c != '\t') || c == 0x7f)
			return false;
		i += step;
	}
	return true;
}

static void
skip_mark(struct import_file *file)
{
	static const char mark[] = "\xef\xbb\xbf";

	if (file->line == 0 && file->have - file->at >= sizeof mark - 1 &&
	    memcmp(file->bytes + file->at, mark, sizeof mark - 1) == 0)
		file->at += sizeof mark - 1;
}

/* Where the line ends that begins at the next byte; NULL: at the end of the file. */
static const char *
find_end(struct import_file *file)
{
	const char *end;

	for (;;) {
		skip_mark(file);
		end = memchr(file->bytes + file->at, '\n', file->have - file->at);
		if (end != NULL || file->have - file->at > IMPORT_LINE_SIZE + 1 || !fill(file))
			return end;
	}
}

enum import_why
import_file_line(struct import_file *file, char line[IMPORT_LINE_SIZE], size_t *ret_length)
{
	const char *end = find_end(file), *start = file->bytes + file->at;
	size_t length = end != NULL ? (size_t)(end - start) : file->have - file->at;

	if (end == NULL && length == 0)
		return IMPORT_END;
	file->line++;
	if (length > 0 && end != NULL && start[length - 1] == '\r')
		length--;
	if (length > IMPORT_LINE_SIZE)
		return IMPORT_LONG;
	if (!is_text(start, length))
		return IMPORT_BYTES;
	if (end == NULL)
		return IMPORT_CUT;
	memcpy(line, start, length);
	*ret_length = length;
	file->at = (size_t)(end - file->bytes) + 1;
	return IMPORT_ROW;
}

enum err
import_file_whole(struct import_file *file, const char **ret_text, size_t *ret_length)
{
	enum err err = import_file_rewind(file);

	while (err == ERR_OK && file->have < sizeof file->bytes && fill(file))
		continue;
	*ret_text = file->bytes;
	*ret_length = file->have;
	return err;
}

void
import_file_close(struct import_file *file)
{
	if (file->fd >= 0)
		close(file->fd);
	secret_wipe(file, sizeof *file);
	file->fd = -1;
}
