/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What setup did, so that it can be taken back: a line each, "KIND<TAB>WHAT[<TAB>MORE]", on disk
 * before it is done. So a line may tell of something that was never done, and taking back what is
 * not there is no error.
 */
#ifndef SETUP_MANIFEST_H
#define SETUP_MANIFEST_H

#include "setup/setup.h"

enum { MANIFEST_LINE_SIZE = 1024 };

enum manifest_kind {
	MANIFEST_DIRECTORY, /* made: removed if it is empty */
	MANIFEST_FILE, /* made, with the checksum MORE: removed, or put aside if it was changed */
	MANIFEST_KEPT, /* the same, but kept if it was changed */
	MANIFEST_REPLACED, /* what stood there is in WHAT.before-provconsole */
	MANIFEST_LINES,	   /* lines with our mark were put into it */
	MANIFEST_USER,	   /* made */
	MANIFEST_SHELL,	   /* of the user WHAT; it was MORE */
	MANIFEST_UNIT,	   /* enabled and started */
	MANIFEST_KINDS
};

/* Opens it to write, and makes its directory. ERR_FAILED with why. */
MUST_CHECK enum err
manifest_open(struct setup *setup);

/* One line more, on disk when this returns. more may be NULL. */
MUST_CHECK enum err
manifest_add(struct setup *setup, enum manifest_kind kind, const char *what, const char *more);

/* A line of MANIFEST_FILE or MANIFEST_KEPT, and then the file itself, root's and for all to read.
 */
MUST_CHECK enum err
manifest_put_file(struct setup *setup, enum manifest_kind kind, const char *path, const char *text);

/* Takes back the lines from the byte `from` on, the last first, and cuts them off; the first that
 * cannot be stays, with those before it, and why says why. */
MUST_CHECK enum err
manifest_take_back(struct setup *setup, long from);

/* A sentence for each line, the last first. */
void
manifest_tell(FILE *manifest, void (*tell)(const char *line));

/* The file, for reading; NULL if there is none. */
FILE *
manifest_read(void);

#endif
