/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A checksum that tells texts apart, as long as nobody looks for two that have the same: FNV-1a of
 * 64 bits (draft-eastlake-fnv, 2 and 5). */
#ifndef CORE_SUM_H
#define CORE_SUM_H

#include <stdint.h>

uint64_t
sum_text(const char *text);

#endif
