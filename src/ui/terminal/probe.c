/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/terminal/probe.h"

enum { COLUMN_NARROW = 2, COLUMN_WIDE = 3 };

/*
 * U+00EB: two bytes of no control in any coding, and not ambiguous in width. An erased line is what
 * curses believes is there.
 */
const char probe_coding[] = "\033[2;1H\xc3\xab\033[6n\r\033[K\033[H";

const char probe_width[] = "\033[2;1H\xe2\x96\x84\033[6n";

void
probe_start(struct probe *probe, int64_t now)
{
	*probe = (struct probe){ .coding = true, .asked = now };
}

static enum probe_next
coding_told(struct probe *probe, unsigned column)
{
	probe->coding = false;
	probe->utf8 = column == COLUMN_NARROW;
	probe->width = probe->utf8;
	if (!probe->utf8)
		probe->found = PROBE_NO_UTF8;
	else if (probe->found == PROBE_SILENT) /* it was late; so may the next be */
		probe->found = PROBE_NARROW;
	return probe->utf8 ? PROBE_ASK_WIDTH : PROBE_WAIT;
}

enum probe_next
probe_report(struct probe *probe, const struct sequence *report)
{
	unsigned column = sequence_number(report, 1, 1);

	if (report->kind != SEQUENCE_CSI || report->between != 0)
		return PROBE_WAIT;
	/* DA1 is answered last: what has not come by then does not come. */
	if (report->mark == '?' && report->final == 'c' && probe->coding &&
	    probe->found == PROBE_UNKNOWN)
		probe->found = PROBE_SILENT;
	if (report->mark != 0 || report->final != 'R' || report->count != 2 ||
	    sequence_number(report, 0, 1) != PROBE_ROW)
		return PROBE_WAIT;
	if (probe->coding)
		return coding_told(probe, column);
	if (probe->width) {
		probe->width = false;
		probe->found = column == COLUMN_WIDE ? PROBE_WIDE : PROBE_NARROW;
	}
	return PROBE_WAIT;
}

enum probe_found
probe_found(struct probe *probe, int64_t now)
{
	if (probe_left(probe, now) == 0)
		probe->found = probe->utf8 ? PROBE_NARROW : PROBE_SILENT;
	return probe->found;
}

int
probe_left(const struct probe *probe, int64_t now)
{
	int64_t left = probe->asked + PROBE_LIMIT_MS - now;

	if (probe->found != PROBE_UNKNOWN || (!probe->coding && !probe->width))
		return -1;
	return left > 0 ? (int)left : 0;
}
