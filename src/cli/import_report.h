/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What an import tells of each line: a table, or JSON. No key, PIN or code is ever in it. */
#ifndef CLI_IMPORT_REPORT_H
#define CLI_IMPORT_REPORT_H

#include <stdbool.h>
#include <stdio.h>

#include "cli/import.h"
#include "cli/json.h"
#include "cli/table.h"
#include "core/err.h"

/* A line of the file, and what becomes of it. */
struct import_item {
	size_t line, other; /* other: the line that why names */
	char name[TEXT_NAME_SIZE];
	enum import_why why; /* IMPORT_ROW: then err says */
	enum err err;
	enum role role;
	bool key, again, here;
	int64_t offset;
	unsigned notes;
};

struct import_report {
	bool as_json;
	struct table table;
	struct json json;
};

void
import_report_open(struct import_report *report, FILE *out, bool as_json);

void
import_report_row(struct import_report *report, const struct import_item *item);

/* Writes what is whole. */
MUST_CHECK enum err
import_report_flush(struct import_report *report);

MUST_CHECK enum err
import_report_end(struct import_report *report);

void
import_report_close(struct import_report *report);

bool
import_is_refused(const struct import_item *item);

#endif
