/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "untouched.h"

#include <dirent.h>
#include <errno.h>
#include <libintl.h>
#include <limits.h>
#include <locale.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

__attribute__((format(printf, 2, 3))) static void
add(char text[UNTOUCHED_TEXT], const char *format, ...)
{
	size_t used = strlen(text);
	va_list arguments;

	va_start(arguments, format);
	(void)vsnprintf(text + used, UNTOUCHED_TEXT - used, format, arguments);
	va_end(arguments);
}

/* Of a directory of /proc: each name, and where it leads. */
static void
add_names(char text[UNTOUCHED_TEXT], const char *path)
{
	struct dirent **names = NULL;
	char link[PATH_MAX], to[PATH_MAX];
	int count = scandir(path, &names, NULL, alphasort);

	for (int i = 0; i < count; i++) {
		ssize_t length;

		(void)snprintf(link, sizeof link, "%s/%s", path, names[i]->d_name);
		length = readlink(link, to, sizeof to - 1);
		to[length > 0 ? length : 0] = '\0';
		/* the one by which this is read */
		if (strstr(to, path + strlen("/proc/self")) == NULL)
			add(text, "%s %s\n", names[i]->d_name, to);
		free(names[i]);
	}
	free(names);
}

static void
add_status(char text[UNTOUCHED_TEXT])
{
	char line[256];
	FILE *status = fopen("/proc/self/status", "re");

	while (status != NULL && fgets(line, sizeof line, status) != NULL)
		if (strncmp(line, "Threads:", 8) == 0 || strncmp(line, "VmLck:", 6) == 0 ||
		    strncmp(line, "NoNewPrivs:", 11) == 0 || strncmp(line, "Seccomp:", 8) == 0 ||
		    strncmp(line, "Uid:", 4) == 0 || strncmp(line, "Umask:", 6) == 0)
			add(text, "%s", line);
	if (status != NULL)
		(void)fclose(status);
}

void
untouched_look(struct untouched *ret_untouched)
{
	char here[PATH_MAX] = "";
	const char *domain = textdomain(NULL), *ours = bindtextdomain("provconsole", NULL);

	memset(ret_untouched, 0, sizeof *ret_untouched);
	for (int i = 1; i < UNTOUCHED_SIGNALS; i++)
		(void)sigaction(i, NULL, &ret_untouched->actions[i]);
	(void)sigprocmask(SIG_SETMASK, NULL, &ret_untouched->mask);
	add(ret_untouched->locale, "%s %s %s", setlocale(LC_ALL, NULL),
	    domain != NULL ? domain : "", ours != NULL ? ours : "");
	add_names(ret_untouched->descriptors, "/proc/self/fd");
	for (char **entry = environ; *entry != NULL; entry++)
		add(ret_untouched->environment, "%s\n", *entry);
	add_status(ret_untouched->process);
	add(ret_untouched->process, "%s %d\n", getcwd(here, sizeof here),
	    prctl(PR_GET_DUMPABLE, 0, 0, 0, 0));
}

static int
differs(const char *what, int different)
{
	if (different)
		(void)printf("changed: %s\n", what);
	return different ? 1 : 0;
}

int
untouched_compare(const struct untouched *before)
{
	static struct untouched now;
	int changes = 0;

	untouched_look(&now);
	for (int i = 1; i < UNTOUCHED_SIGNALS; i++)
		changes += differs(strsignal(i),
		    now.actions[i].sa_handler != before->actions[i].sa_handler ||
			now.actions[i].sa_flags != before->actions[i].sa_flags);
	changes += differs("the mask of signals",
	    memcmp(&now.mask, &before->mask, sizeof now.mask) != 0);
	changes += differs("the locale", strcmp(now.locale, before->locale) != 0);
	changes += differs("the descriptors", strcmp(now.descriptors, before->descriptors) != 0);
	changes += differs("the environment", strcmp(now.environment, before->environment) != 0);
	changes += differs("the process", strcmp(now.process, before->process) != 0);
	return changes + differs("a child", waitpid(-1, NULL, WNOHANG) != -1 || errno != ECHILD);
}
