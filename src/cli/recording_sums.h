/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 of beginnings of a recording: by provconsole-runner --sums, since the console has no
 * cryptography of its own. */
#ifndef CLI_RECORDING_SUMS_H
#define CLI_RECORDING_SUMS_H

#include "cli/recording_known.h"

/*
 * Compares a file with what the trail knows of it. *ret_good: how many of the points, from the
 * first on, the file agrees with. libexec: the directory of the runner's program, of which
 * ERR_RUNNER_AWAY says that it is not there or did not answer. file: the caller's.
 */
MUST_CHECK enum err
recording_compare(const char *libexec, int file, const struct known_point *points, size_t count,
    size_t *ret_good);

#endif
