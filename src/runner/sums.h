/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 of beginnings of a file, for whoever looks whether a recording is what the trail says. */
#ifndef RUNNER_SUMS_H
#define RUNNER_SUMS_H

#include <stdio.h>

/* Reads numbers of bytes from `asked`, a line each, never less than the one before; writes for each
 * "BYTES HASH", HASH "-" where the file is shorter. Returns a status of exit. */
int
sums(int file, FILE *asked, FILE *answers);

#endif
