/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/versions.h"

#include <libintl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "core/words.h"

enum { NAME_SIZE = 64 };

void
versions_begin(bool embedded, struct versions *ret_versions)
{
	*ret_versions = (struct versions){ .embedded = embedded };
	greeting_ours(&ret_versions->console);
}

/* proc(5) marks such a path. */
bool
versions_replaced(void)
{
	static const char mark[] = " (deleted)";
	char path[PATH_MAX];
	ssize_t length = readlink("/proc/self/exe", path, sizeof path);
	size_t tail = sizeof mark - 1;

	return length > (ssize_t)tail && memcmp(path + (size_t)length - tail, mark, tail) == 0;
}

bool
versions_keeper_is_older(const struct versions *versions)
{
	return greeting_compare(&versions->keeper, &versions->console) < 0;
}

/* Two programs that were given one version are told apart by what they speak. */
static void
versions_name(const struct greeting *one, const struct greeting *other, char name[NAME_SIZE])
{
	if (*one->program != '\0' && *other->program != '\0' &&
	    strcmp(one->program, other->program) != 0)
		(void)snprintf(name, NAME_SIZE, "%s", one->program);
	else
		(void)snprintf(name, NAME_SIZE, _("protocol %lu"), (unsigned long)one->version);
}

static void
sentence_silent(const struct versions *versions, char *buf, size_t size)
{
	const char *ours = versions->console.program;

	if (!versions->embedded)
		(void)snprintf(buf, size,
		    _("The keeper closes every connection without an answer: it may be older than "
		      "this console (%s). Restart its service, or see the system's log."),
		    ours);
	else if (!versions->left)
		(void)snprintf(buf, size,
		    _("The running keeper closes every connection without an answer: it may be "
		      "older than this console (%s). Sign out of the other sessions of this "
		      "console or, if it is a service, restart it. Then try again."),
		    ours);
	else
		(void)snprintf(buf, size,
		    _("The keeper's program closes every connection without an answer: it may be "
		      "older than this console (%s). Install one version of both."),
		    ours);
}

static void
sentence_keeper(const struct versions *versions, const char *keeper, const char *console, char *buf,
    size_t size)
{
	if (!versions->embedded)
		(void)snprintf(buf, size,
		    _("The keeper (%s) is older than this console (%s). Restart its service: "
		      "systemctl restart provconsole-keeper"),
		    keeper, console);
	else if (!versions->left)
		(void)snprintf(buf, size,
		    _("The running keeper (%s) is older than this console (%s). Sign out of the "
		      "other sessions of this console or, if it is a service, restart it. Then try "
		      "again."),
		    keeper, console);
	else
		(void)snprintf(buf, size,
		    _("The keeper's program (%s) is older than this console (%s). Install one "
		      "version of both."),
		    keeper, console);
}

static void
sentence_console(const struct versions *versions, const char *keeper, const char *console,
    char *buf, size_t size)
{
	if (versions->replaced)
		(void)snprintf(buf, size, "%s", _("The console was upgraded. Sign in again."));
	else
		(void)snprintf(buf, size,
		    _("This console (%s) is older than the keeper (%s). Install one version of "
		      "both."),
		    console, keeper);
}

void
versions_sentence(const struct versions *versions, char *buf, size_t size)
{
	char keeper[NAME_SIZE], console[NAME_SIZE];

	versions_name(&versions->keeper, &versions->console, keeper);
	versions_name(&versions->console, &versions->keeper, console);
	if (versions->keeper.version == 0)
		sentence_silent(versions, buf, size);
	else if (versions_keeper_is_older(versions))
		sentence_keeper(versions, keeper, console, buf, size);
	else
		sentence_console(versions, keeper, console, buf, size);
}
