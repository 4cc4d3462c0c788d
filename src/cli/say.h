/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the command line says on standard error: one sentence, and nothing raw from outside. */
#ifndef CLI_SAY_H
#define CLI_SAY_H

#include <libintl.h>
#include <stdint.h>

#include "core/words.h"

struct versions;

enum { SAY_DONE = 0, SAY_FAILED = 1, SAY_USAGE = 2 }; /* exit statuses, DESIGN 6 */

/* The error's sentence, translated, with its seconds. */
void
say_error(enum err err, int64_t wait);

/* Why hello_connect() found no keeper to speak to. */
void
say_no_keeper(enum err err, int64_t wait, const struct versions *versions);

/* A message id, translated; a whole sentence. */
void
say_sentence(const char *sentence);

/* A whole sentence that is translated already, and fit to be shown. */
void
say_text(const char *text);

/*
 * Wrong usage: "sentence: word. See: provconsole WHERE --help". word may be NULL; where is the
 * command's words, "" for the program. Returns SAY_USAGE.
 */
int
say_usage(const char *sentence, const char *word, const char *where);

/* Flushes standard output; says so and returns ERR_FAILED if not everything could be written.
 * Returns err if that is one. */
enum err
say_flush(enum err err);

#endif
