/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "core/command.h"

static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
			      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_";

bool
command_name_valid(const char *name)
{
	size_t length = strlen(name);

	if (length == 0 || length >= COMMAND_NAME_SIZE || strchr(letters, name[0]) == NULL)
		return false;
	for (size_t i = 1; i < length; i++)
		if (strchr(letters, name[i]) == NULL && name[i] != '.' && name[i] != '-')
			return false;
	return true;
}
