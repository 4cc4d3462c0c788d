/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/words.h"

#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *
catalogues(char path[PATH_MAX])
{
	static const char name[] = "/translations";
	ssize_t length = readlink("/proc/self/exe", path, PATH_MAX - sizeof name);
	struct stat st;
	char *slash;

	if (length <= 0)
		return LOCALEDIR;
	path[length] = '\0';
	slash = strrchr(path, '/');
	if (slash == NULL)
		return LOCALEDIR;
	memcpy(slash, name, sizeof name);
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode) ? path : LOCALEDIR;
}

void
words_open(void)
{
	char path[PATH_MAX];

	(void)bindtextdomain(PACKAGE_TARNAME, catalogues(path));
	(void)bind_textdomain_codeset(PACKAGE_TARNAME, "UTF-8");
	(void)textdomain(PACKAGE_TARNAME);
}
