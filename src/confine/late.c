/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "confine/late.h"

#include <dlfcn.h>
#include <libintl.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

#include "core/err.h"

/* /etc/localtime, or what TZ names: read by the first of these calls, then only looked at. */
static void
load_time_zone(void)
{
	struct tm parts;
	time_t now = time(NULL);
	char text[64];

	tzset();
	if (localtime_r(&now, &parts) != NULL)
		(void)strftime(text, sizeof text, "%H:%M %Z", &parts);
}

/* Of the multibyte characters of the locale; for a charset that is not built in, a gconv module. */
static void
load_conversions(void)
{
	wchar_t wide = 0;
	mbstate_t state;
	char bytes[64];

	memset(&state, 0, sizeof state);
	if (mbrtowc(&wide, "a", 1, &state) == 1)
		(void)!wcrtomb(bytes, wide, &state);
}

/* The catalogue is opened for the first message, and so is its conversion to UTF-8. */
void
late_load_console(void)
{
	(void)gettext(err_sentence(ERR_OK));
	load_time_zone();
	load_conversions();
}

/* A module as glibc names it: it will find it loaded. "files" is a part of the library itself. */
static void
load_module(const char *name)
{
	char file[64];
	int length = snprintf(file, sizeof file, "libnss_%s.so.2", name);

	if (*name == '[' || strcmp(name, "files") == 0 || strchr(name, '/') != NULL)
		return;
	if (length > 0 && (size_t)length < sizeof file)
		(void)dlopen(file, RTLD_NOW | RTLD_LOCAL);
}

/*
 * The modules that stand in nsswitch.conf(5) for users; nobody is asked about anybody, which could
 * take seconds where a directory server is away, and glibc's own way to them does not survive want
 * of memory.
 */
static void
load_user_modules(void)
{
	static const char key[] = "passwd:", blanks[] = " \t\n";
	FILE *file = fopen("/etc/nsswitch.conf", "re");
	char line[512], *rest;

	if (file == NULL)
		return;
	while (fgets(line, sizeof line, file) != NULL) {
		if (strncmp(line, key, sizeof key - 1) != 0)
			continue;
		for (char *word = strtok_r(line + sizeof key - 1, blanks, &rest);
		     word != NULL && *word != '#'; word = strtok_r(NULL, blanks, &rest))
			load_module(word);
	}
	(void)fclose(file);
}

void
late_load_keeper(void)
{
	load_time_zone();
	load_user_modules();
}
