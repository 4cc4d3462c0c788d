/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A file of another tool, read by lines, in memory that does not grow with it. */
#ifndef CLI_IMPORT_FILE_H
#define CLI_IMPORT_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "cli/import.h"

struct import_file {
	int fd;
	size_t line; /* number of the line that was read last; 1 is the first */
	bool shared; /* group or others may read it */
	size_t at, have;
	char bytes[IMPORT_FILE_SIZE + 1];
};

/*
 * Opens a regular file; a last component that is a symbolic link is refused, for whoever owns a
 * directory could lead root to somebody else's key by one. ERR_SYSTEM with *ret_sentence, a message
 * id, for what it is not. The caller gives it to import_file_close(), also after a failure.
 */
MUST_CHECK enum err
import_file_open(struct import_file *file, const char *path, const char **ret_sentence);

/* From the beginning again. */
MUST_CHECK enum err
import_file_rewind(struct import_file *file);

/*
 * The next line, without its end (LF or CR LF) and, before the first, without a byte order mark:
 * IMPORT_ROW, or IMPORT_END behind the last. IMPORT_LONG, IMPORT_BYTES, IMPORT_CUT: nothing behind
 * it is to be read. Lines are UTF-8 without control characters but tabs.
 */
enum import_why
import_file_line(struct import_file *file, char line[IMPORT_LINE_SIZE], size_t *ret_length);

/* The file as a whole, borrowed until the next call: *ret_length is more than IMPORT_FILE_SIZE for
 * one that is too large. ERR_SYSTEM. */
MUST_CHECK enum err
import_file_whole(struct import_file *file, const char **ret_text, size_t *ret_length);

/* Closes, and wipes what was read. */
void
import_file_close(struct import_file *file);

#endif
