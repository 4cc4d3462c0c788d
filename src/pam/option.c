/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pam/option.h"

#include <stddef.h>
#include <string.h>

#include "wire/wire.h"

/* The value of a word NAME=VALUE; NULL if it is another word. */
static const char *
option_value(const char *word, const char *name)
{
	size_t length = strlen(name);

	return strncmp(word, name, length) == 0 && word[length] == '=' ? word + length + 1 : NULL;
}

static bool
option_is_path(const char *path)
{
	size_t length = strlen(path);

	return path[0] == '/' && length > 1 && path[length - 1] != '/';
}

static bool
option_take(const char *word, struct option *option)
{
	const char *value;

	if (strcmp(word, "nullok") == 0) {
		option->nullok = true;
		return true;
	}
	if ((value = option_value(word, "service")) != NULL) {
		option->service = value;
		return *value != '\0' && strlen(value) < WIRE_SERVICE_SIZE;
	}
	if ((value = option_value(word, "socket")) != NULL) {
		option->socket = value;
		return option_is_path(value);
	}
	return false;
}

const char *
option_read(int argc, const char *const *argv, struct option *ret_option)
{
	*ret_option = (struct option){ .socket = OPTION_SOCKET };
	for (int i = 0; i < argc; i++)
		if (!option_take(argv[i], ret_option))
			return argv[i];
	return NULL;
}
