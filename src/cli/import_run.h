/* SPDX-License-Identifier: GPL-3.0-or-later */
/* An import that is under way: what its parts share. */
#ifndef CLI_IMPORT_RUN_H
#define CLI_IMPORT_RUN_H

#include "cli/command.h"
#include "cli/import.h"
#include "cli/import_file.h"
#include "cli/import_report.h"
#include "cli/import_seen.h"

struct import_run {
	struct cli *cli;
	enum import_format format;
	enum role role; /* of people whose role the file does not tell */
	struct import_file file;
	struct import_seen seen;
	struct wire_request request; /* the rows that are asked about next; it holds keys */
	struct import_item items[WIRE_IMPORT_ROWS];
	size_t count;	      /* of these */
	size_t rows, refused; /* so far, this time through */
	struct import_report report;
};

/* The next name in the file, from run->rows 0 and a rewound file on; *ret_end behind the last.
 * ERR_STALE: the file is another one now. */
MUST_CHECK enum err
import_next_name(struct import_run *run, char name[TEXT_NAME_SIZE], bool *ret_end);

/* Invites everybody in the file who can sign in by nothing yet, and writes NAME,INVITATION,UNTIL
 * a line on standard output. */
MUST_CHECK enum err
import_invite(struct import_run *run);

#endif
