/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The sentence of an error as a person reads it: translated, with its seconds or its date. */
#ifndef CLIENT_SENTENCE_H
#define CLIENT_SENTENCE_H

#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

/*
 * wait: what came with the error (reply.wait), seconds, 0 for none. now: Unix seconds; a date is
 * now + wait in local time, "3 March 09:12", with the year where it is another. Always terminates;
 * cuts on a UTF-8 boundary.
 */
void
sentence_fill(enum err err, int64_t wait, int64_t now, char *buf, size_t size);

#endif
