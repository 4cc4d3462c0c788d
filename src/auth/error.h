/* SPDX-License-Identifier: GPL-3.0-or-later */
/* libgcrypt's errors as ours. Internal to auth/. */
#ifndef AUTH_ERROR_H
#define AUTH_ERROR_H

#include <gcrypt.h>

#include "core/err.h"

/* Only out of memory is told apart; callers treat all other failures alike. */
static inline enum err
error_from_gcrypt(gcry_error_t error)
{
	if (error == 0)
		return ERR_OK;
	return gcry_err_code(error) == GPG_ERR_ENOMEM ? ERR_MEMORY : ERR_CRYPTO;
}

#endif
