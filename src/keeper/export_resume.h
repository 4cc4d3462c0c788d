/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Where an exported file ends. */
#ifndef KEEPER_EXPORT_RESUME_H
#define KEEPER_EXPORT_RESUME_H

#include <stdint.h>
#include <sys/types.h>

#include "core/err.h"
#include "store/store_audit.h"

struct export_end {
	int64_t id; /* of the last whole row; 0: the file has none */
	unsigned char mac[STORE_MAC_SIZE];
	off_t whole; /* bytes of whole lines */
	off_t size;  /* bytes of all of it */
};

/* Of a regular file that can be read. ERR_EXPORT_OTHER: it ends with something else. */
MUST_CHECK enum err
export_resume(int file, struct export_end *ret_end);

#endif
