/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Grace (DESIGN 9): tools connect again and again, and a person who typed a code over SSH need not
 * type one for each. It stands for that person, source and SSH key alone; it is in memory, and a
 * keeper that starts anew knows none. Pure: no clock.
 */
#ifndef KEEPER_GRACE_H
#define KEEPER_GRACE_H

#include <stdbool.h>
#include <stdint.h>

#include "core/ssh_key.h"
#include "wire/wire.h"

enum { GRACES_MOST = 1024 }; /* past it the oldest goes */

struct grace {
	int64_t user;	    /* 0: nobody's */
	int64_t generation; /* of the account: a reset or a new password raises it */
	int64_t device;	    /* the newest authenticator that the person has: a new one ends it */
	int64_t began;	    /* seconds since boot */
	char source[WIRE_SOURCE_SIZE];
	char key[SSH_KEY_PRINT_SIZE]; /* fingerprint; never "": without a key there is no grace */
};

struct graces {
	struct grace grace[GRACES_MOST];
	size_t next;
};

/* From now on (grace->began). One that has no key is nobody's, and is not kept. */
void
grace_begin(struct graces *graces, const struct grace *grace);

/* Whether there is one like it that began less than length seconds before now. */
bool
grace_stands(const struct graces *graces, const struct grace *like, int64_t length, int64_t now);

#endif
