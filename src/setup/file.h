/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Files of the host, whole: read, written beside and renamed. */
#ifndef SETUP_FILE_H
#define SETUP_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "core/err.h"

enum { FILE_MAX = 1024 * 1024 };

/* A regular file's text, to be freed; NULL, with errno, if it cannot be read, is larger than
 * FILE_MAX or has a NUL in it. */
char *
file_read(const char *path);

/* Writes it beside, synced, and renames it into its place; root's, of that mode. false, with errno,
 * and then nothing is left beside. */
bool
file_put(const char *path, const char *text, mode_t mode);

/* The name beside: path.new. It is left there only by a run that was killed. */
bool
file_beside(const char *path, char *buf, size_t size);

/* Whether the line (without its end) is a whole line of the text. */
bool
file_has_line(const char *text, const char *line, size_t length);

/* Makes the names in the directory of path durable. */
void
file_sync_directory(const char *path);

#endif
