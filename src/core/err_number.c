/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <stddef.h>

#include "core/err.h"

static const struct {
	int number;
	enum err err;
} numbers[] = {
	{ ENOMEM, ERR_MEMORY },
	{ EMFILE, ERR_FILES },
	{ ENFILE, ERR_FILES },
	{ ENOSPC, ERR_STORE_FULL },
	{ EDQUOT, ERR_STORE_FULL },
	{ EROFS, ERR_STORE_READONLY },
	{ EIO, ERR_STORE_IO },
	{ ELOOP, ERR_STATE_SYMLINK },
	{ ENOENT, ERR_STATE_PATH },
	{ ENOTDIR, ERR_STATE_PATH },
	{ EACCES, ERR_STATE_PATH },
	{ ENAMETOOLONG, ERR_STATE_PATH },
};

enum err
err_from_errno(int number)
{
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
		if (numbers[i].number == number)
			return numbers[i].err;
	return ERR_SYSTEM;
}
