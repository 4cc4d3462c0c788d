/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/terminal/probe.h"

enum { COLUMN_NARROW = 2, COLUMN_WIDE = 3 };

/*
 * U+00EB: two bytes of no control in any coding, and not ambiguous in width. An erased line is what
 * curses believes is there.
 */
const char probe_coding[] = "\n\xc3\xab\033[6n\r\033[K\033[H";

const char probe_width[] = "\033[2H\xe2\x96\x84\033[6n\r\033[K";

void
probe_start(struct probe *probe, int64_t now)
{
	*probe = (struct probe){ .coding = true, .asked = now };
}

void
probe_width_asked(struct probe *probe)
{
	probe->width_due = false;
	probe->width = true;
}

static void
told(struct probe *probe, unsigned column)
{
	if (probe->coding) {
		probe->width_due = column == COLUMN_NARROW;
		probe->found = probe->width_due ? PROBE_NARROW : PROBE_NO_UTF8;
		probe->coding = false;
	} else if (probe->width) {
		probe->found = column == COLUMN_WIDE ? PROBE_WIDE : PROBE_NARROW;
		probe->width = false;
	}
}

void
probe_report(struct probe *probe, const struct sequence *report)
{
	if (report->kind != SEQUENCE_CSI || report->between != 0)
		return;
	/* DA1 is answered last: what has not come by then does not come. */
	if (report->mark == '?' && report->final == 'c' && probe->coding)
		probe->found = PROBE_SILENT;
	if (report->mark == 0 && report->final == 'R' && report->count == 2 &&
	    sequence_number(report, 0, 1) == PROBE_ROW)
		told(probe, sequence_number(report, 1, 1));
}

enum probe_found
probe_found(struct probe *probe, int64_t now)
{
	if (probe_left(probe, now) == 0)
		probe->found = PROBE_SILENT;
	return probe->found;
}

int
probe_left(const struct probe *probe, int64_t now)
{
	int64_t left = probe->asked + PROBE_LIMIT_MS - now;

	if (probe->found != PROBE_UNKNOWN || !probe->coding)
		return -1;
	return left > 0 ? (int)left : 0;
}
