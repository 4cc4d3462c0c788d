/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The PHC string of a password (P-H-C/phc-string-format), in the one form that is written here.
 * Internal to auth/. */
#ifndef AUTH_PHC_H
#define AUTH_PHC_H

#include <stdbool.h>
#include <stdint.h>

#include "auth/password.h"
#include "core/err.h"

enum { PHC_SALT_SIZE = 16, PHC_HASH_SIZE = 32 };

struct phc {
	struct password_cost cost;
	int64_t key; /* id of the pepper */
	bool bound;  /* the account's id is its associated data */
	unsigned char salt[PHC_SALT_SIZE];
	unsigned char hash[PHC_HASH_SIZE];
};

/* Whether a cost is within what libgcrypt handles rightly and a machine can give. */
bool
phc_cost_good(const struct password_cost *cost);

/* Reads exactly what phc_write() writes: same order, canonical numbers and Base64.
 * ERR_STORE_CORRUPT. */
MUST_CHECK enum err
phc_read(const char *text, struct phc *ret_phc);

void
phc_write(const struct phc *phc, char text[PASSWORD_PHC_SIZE]);

#endif
