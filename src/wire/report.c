/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wire/report.h"

#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"

static const char *const words[REPORT_KINDS] = {
	[REPORT_PROGRESS] = "progress",
	[REPORT_MADE] = "made",
	[REPORT_HEAD] = "head",
	[REPORT_END] = "end",
};

bool
report_write(FILE *out, const struct report *report)
{
	char shown[REPORT_TEXT_SIZE];

	(void)text_show(report->text, strnlen(report->text, sizeof report->text), shown,
	    sizeof shown);
	return fprintf(out, "%s %d %" PRId64 " %" PRId64 " %s\n", words[report->kind],
		   (int)report->err, report->number, report->of, shown) > 0 &&
	    fflush(out) == 0;
}

/* A decimal number and the blank behind it; NULL if there is none. */
static const char *
number(const char *text, int64_t least, int64_t most, int64_t *ret_number)
{
	char *end;
	long long value;

	if (*text != '-' && (*text < '0' || *text > '9'))
		return NULL;
	errno = 0;
	value = strtoll(text, &end, 10);
	if (errno != 0 || end == text || *end != ' ' || value < least || value > most)
		return NULL;
	*ret_number = value;
	return end + 1;
}

static const char *
word(const char *line, enum report_kind *ret_kind)
{
	for (int kind = 0; kind < REPORT_KINDS; kind++) {
		size_t length = strlen(words[kind]);

		if (strncmp(line, words[kind], length) != 0 || line[length] != ' ')
			continue;
		*ret_kind = (enum report_kind)kind;
		return line + length + 1;
	}
	return NULL;
}

bool
report_parse(const char *line, struct report *ret_report)
{
	struct report report = { 0 };
	int64_t err = 0;
	size_t length;
	const char *at = word(line, &report.kind);

	if (at != NULL)
		at = number(at, 0, ERR_COUNT - 1, &err);
	if (at != NULL)
		at = number(at, INT64_MIN, INT64_MAX, &report.number);
	if (at != NULL)
		at = number(at, INT64_MIN, INT64_MAX, &report.of);
	if (at == NULL)
		return false;
	length = strcspn(at, "\n");
	if (length >= sizeof report.text || (at[length] == '\n' && at[length + 1] != '\0'))
		return false;
	memcpy(report.text, at, length);
	report.err = (enum err)err;
	*ret_report = report;
	return true;
}
