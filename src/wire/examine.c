/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/examine.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

static const char *const words[EXAMINE_COUNT] = {
	[EXAMINE_STATE] = "state",
	[EXAMINE_WRITING] = "writing",
	[EXAMINE_RESERVE] = "reserve",
	[EXAMINE_CONFIG] = "config",
	[EXAMINE_SERVER] = "server",
	[EXAMINE_LINE] = "line",
	[EXAMINE_PRIMARY] = "primary",
	[EXAMINE_RIGHTS] = "rights",
	[EXAMINE_CLOCKS] = "clocks",
	[EXAMINE_REPLICATION] = "replication",
	[EXAMINE_HISTORY] = "history",
	[EXAMINE_TABLES] = "tables",
	[EXAMINE_DATABASE] = "database",
	[EXAMINE_SCHEMA] = "schema",
	[EXAMINE_KEY] = "key",
	[EXAMINE_AUDIT] = "audit",
	[EXAMINE_TIME] = "time",
	[EXAMINE_AHEAD] = "ahead",
	[EXAMINE_MEMORY] = "memory",
	[EXAMINE_BACKUP] = "backup",
	[EXAMINE_END] = "end",
	[EXAMINE_PROGRESS] = "progress",
	[EXAMINE_PRUNED] = "pruned",
	[EXAMINE_NODES] = "nodes",
	[EXAMINE_ANCHOR] = "anchor",
	[EXAMINE_EXPORT] = "export",
	[EXAMINE_PEOPLE] = "people",
	[EXAMINE_SIZE] = "size",
};

/* --- a line ----------------------------------------------------------------------- */

void
examine_line(const struct examine_finding *finding, char line[EXAMINE_LINE_SIZE])
{
	char shown[EXAMINE_DETAIL_SIZE];

	(void)text_show(finding->detail, strnlen(finding->detail, sizeof finding->detail), shown,
	    sizeof shown);
	(void)snprintf(line, EXAMINE_LINE_SIZE, "%s %d %" PRId64 " %s\n", words[finding->check],
	    (int)finding->err, finding->number, shown);
}

/* A decimal number and the blank after it; NULL if there is none. */
static const char *
examine_number(const char *text, int64_t least, int64_t most, int64_t *ret_number)
{
	char *end;
	long long number;

	if (*text != '-' && (*text < '0' || *text > '9'))
		return NULL;
	errno = 0;
	number = strtoll(text, &end, 10);
	if (errno != 0 || end == text || *end != ' ' || number < least || number > most)
		return NULL;
	*ret_number = number;
	return end + 1;
}

static const char *
examine_word(const char *line, enum examine_check *ret_check)
{
	for (int check = 0; check < EXAMINE_COUNT; check++) {
		size_t length = strlen(words[check]);

		if (strncmp(line, words[check], length) != 0 || line[length] != ' ')
			continue;
		*ret_check = (enum examine_check)check;
		return line + length + 1;
	}
	return NULL;
}

bool
examine_parse(const char *line, struct examine_finding *ret_finding)
{
	struct examine_finding finding = { .err = ERR_OK };
	int64_t err = 0;
	size_t length;
	const char *at = examine_word(line, &finding.check);

	if (at != NULL)
		at = examine_number(at, 0, ERR_COUNT - 1, &err);
	if (at != NULL)
		at = examine_number(at, INT64_MIN, INT64_MAX, &finding.number);
	if (at == NULL)
		return false;
	length = strcspn(at, "\n");
	if (length >= sizeof finding.detail || (at[length] == '\n' && at[length + 1] != '\0'))
		return false;
	memcpy(finding.detail, at, length);
	finding.err = (enum err)err;
	*ret_finding = finding;
	return true;
}
