/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A row of the trail as a line of an exported file (JSON Lines), written and read back. Pure. */
#ifndef KEEPER_EXPORT_LINE_H
#define KEEPER_EXPORT_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/text.h"
#include "store/store_audit.h"

enum {
	/* names, numbers and the seal; and all text of a row, escaped */
	EXPORT_LINE_SIZE = 512 + TEXT_JSON_MOST(sizeof(struct store_audit))
};

/* Writes the line with its newline, without NUL; returns its bytes. */
size_t
export_line(const struct store_audit *row, char line[EXPORT_LINE_SIZE]);

/*
 * Number and seal of a line (length bytes, with its newline). False, and the results untouched, for
 * what export_line() does not begin and end like.
 */
bool
export_line_read(const char *line, size_t length, int64_t *ret_id,
    unsigned char ret_mac[STORE_MAC_SIZE]);

/* Whether so many bytes may be the beginning of a first line, that was not written to its end. */
bool
export_line_torn(const char *bytes, size_t length);

#endif
