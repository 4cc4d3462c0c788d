/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The keeper's program, run to write a backup or to read one: what it says is wire/report.h. */
#ifndef CLIENT_ARCHIVE_H
#define CLIENT_ARCHIVE_H

#include "core/err.h"
#include "core/secret.h"
#include "wire/report.h"

struct archive_way {
	const char *keeper;    /* path of the program */
	const char *directory; /* of the state */
	const char *option;    /* "--backup" or "--restore" */
	int file;	       /* descriptor of the backup */
	const struct secret *passphrase;
	void (*hear)(void *context, const struct report *report); /* each line but the last */
	void *context;
};

/*
 * Runs it to its end, which may take minutes, and returns how that was. ERR_KEEPER_START: it could
 * not be run, did not come to its end, or spoke nonsense.
 */
MUST_CHECK enum err
archive_run(const struct archive_way *way);

#endif
