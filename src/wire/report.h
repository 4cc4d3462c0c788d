/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What `provconsole-keeper --state DIR --backup` and `--restore` say on their standard output, a
 * line each: WORD ERR NUMBER OF TEXT. The passphrase comes on standard input, one line; the file is
 * descriptor REPORT_FILE_FD. Both sides of that format are here.
 */
#ifndef WIRE_REPORT_H
#define WIRE_REPORT_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "core/err.h"

enum report_kind {
	REPORT_PROGRESS, /* number of `of`: rows, or bytes */
	REPORT_MADE, /* number: Unix seconds at which the backup was made; text: by whom, where */
	REPORT_HEAD, /* text: the trail's last row as `audit verify --anchor` takes it */
	REPORT_END,  /* err: how it ended; the last line */
	REPORT_KINDS
};

enum { REPORT_TEXT_SIZE = 200, REPORT_LINE_SIZE = 320, REPORT_FILE_FD = 3 };

struct report {
	enum report_kind kind;
	enum err err;
	int64_t number, of;
	char text[REPORT_TEXT_SIZE]; /* without control characters; often empty */
};

/* Writes a line, flushed. What may not be shown in the text becomes '?'. False if it could not be
 * written. */
bool
report_write(FILE *out, const struct report *report);

/* Reads a line. False, and *ret_report untouched, for anything that report_write() does not write.
 */
bool
report_parse(const char *line, struct report *ret_report);

#endif
