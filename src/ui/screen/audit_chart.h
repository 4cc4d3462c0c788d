/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Sign-ins and refusals of the last 14 days, or of one day's hours, as bars, and where most
 * refusals came from. They are counted by the keeper in slices, from the newest row back: the
 * picture grows meanwhile, keys work, and who leaves ends it.
 */
#ifndef UI_SCREEN_AUDIT_CHART_H
#define UI_SCREEN_AUDIT_CHART_H

#include "conv/chart.h"
#include "ui/screen/audit.h"

struct audit_chart {
	struct audit *audit; /* the list below, which lives longer */
	struct chart chart;
	size_t chosen; /* slot */
	bool hours;    /* of one day; else days */
	bool refused;  /* it is not counted any further */
};

/* What the screen is opened with. */
struct audit_chart_of {
	struct audit *audit;
	bool hours;
	int64_t day; /* a time of it, where hours are asked for */
};

/* The screen's picture; as `draw` of screen.h. */
bool
audit_chart_draw(const struct ui *ui, const void *state, struct rect area);

#endif
