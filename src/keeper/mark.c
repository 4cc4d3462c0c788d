/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/mark.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

static const char mark_name[] = "console.set-up", database[] = "console.db";

/* What is no plain file is the store's to refuse. */
static bool
holds_database(int directory)
{
	struct stat st;

	if (fstatat(directory, database, &st, AT_SYMLINK_NOFOLLOW) != 0)
		return errno != ENOENT;
	return !S_ISREG(st.st_mode) || st.st_size > 0;
}

enum err
mark_check(int directory, bool here, bool *ret_marked)
{
	struct stat st;
	bool marked = fstatat(directory, mark_name, &st, AT_SYMLINK_NOFOLLOW) == 0;

	if (!marked && errno != ENOENT)
		return err_from_errno(errno);
	if (marked && here && !holds_database(directory))
		return ERR_STORE_MISSING;
	*ret_marked = marked;
	return ERR_OK;
}

enum err
mark_make(int directory)
{
	int fd = openat(directory, mark_name, O_WRONLY | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0400);
	enum err err = ERR_OK;

	if (fd < 0)
		return err_from_errno(errno);
	if (fsync(fd) != 0 || fsync(directory) != 0)
		err = err_from_errno(errno);
	close(fd);
	return err;
}
