/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Known answers of the four algorithms in use. Internal to auth/. */
#ifndef AUTH_SELFTEST_H
#define AUTH_SELFTEST_H

#include "core/err.h"

/*
 * Takes well under a millisecond; libgcrypt's own tests take 20 ms at each start, most of it on
 * algorithms that nothing here uses. ERR_CRYPTO if an answer differs.
 */
MUST_CHECK enum err
selftest_run(void);

#endif
