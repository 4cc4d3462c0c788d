/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The chart's picture: two rows of bars, what stands below each, and the sources beside them, or
 * below them where it is narrow. */
#include <stdio.h>
#include <string.h>

#include "conv/deed.h"
#include "conv/moment.h"
#include "ui/screen/audit_chart.h"
#include "ui/widget/bars.h"
#include "ui/widget/draw.h"

enum {
	PAD = 1, /* as in the list */
	GAP = 2,
	SIDE = 24,	  /* columns of the sources beside the bars, at least */
	SIDE_MOST = 52,	  /* of an IPv6 source and its number */
	PITCH_MOST = 6,	  /* columns from one bar to the next */
	LABEL = 2,	  /* columns below a bar */
	LABELS_APART = 6, /* where bars stand closer than their labels */
	ROWS_MOST = 8,	  /* of a bar */
	WORDS = 256,	  /* bytes */
	/* rows of an area with room for */
	LABELS_FROM = 4,
	TITLES_FROM = 7,
	STATE_FROM = 8,
	GAPS_FROM = 14,
	GAPS = 4 /* rows without anything, the last of them at the end */
};

/* What stands where. */
struct places {
	int x, y, width;
	int pitch, wide;     /* from one bar to the next, and of a bar */
	size_t first, shown; /* slots */
	int rows;	     /* of a bar */
	int labels;
	int listed; /* sources */
	bool beside, titles, state, gaps;
	bool utf8;
};

/* --- what has room where ------------------------------------------------------------------- */

static int
clamp(int value, int least, int most)
{
	return value < least ? least : value > most ? most : value;
}

static void
place_across(struct places *places, const struct audit_chart *screen, int height)
{
	int slots = clamp((int)screen->chart.asked.slots, 1, WIRE_CHART_SLOTS);
	int beside = (places->width - SIDE - GAP) / slots;

	places->beside = beside >= 2 && height >= GAPS_FROM;
	places->pitch = clamp(places->beside ? beside : places->width / slots, 1, PITCH_MOST);
	places->wide = places->pitch > 1 ? places->pitch - 1 : 1;
	places->shown = (size_t)clamp(places->width / places->pitch, 1, slots);
	if (screen->chosen >= places->shown)
		places->first = screen->chosen - places->shown + 1;
}

static void
place_down(struct places *places, const struct audit_chart *screen, int height)
{
	int left = height - 1;

	places->gaps = height >= GAPS_FROM;
	places->titles = height >= TITLES_FROM;
	places->state = height >= STATE_FROM;
	places->labels = height >= LABELS_FROM ? 1 : 0;
	if (places->gaps && !screen->hours && places->pitch > LABEL)
		places->labels = 2;
	left -= places->labels + (places->titles ? 2 : 0) + (places->state ? 1 : 0) +
	    (places->gaps ? GAPS : 0);
	if (places->beside) {
		places->listed = CHART_TOP;
	} else {
		places->listed = clamp(left - 3, 0, CHART_TOP);
		left -= places->listed > 0 ? places->listed + 1 : 0;
	}
	places->rows = clamp(left / 2, 0, ROWS_MOST);
}

static struct places
places_of(const struct ui *ui, const struct audit_chart *screen, const struct page *page)
{
	struct places places = { .x = page->rest.x + PAD,
		.y = page->rest.y,
		.width = clamp(page->room - 2 * PAD, 1, INT16_MAX),
		.utf8 = terminal_utf8(ui->terminal) };

	place_across(&places, screen, page->rest.height);
	place_down(&places, screen, page->rest.height);
	return places;
}

static int
slot_x(const struct places *places, size_t slot)
{
	return places->x + (int)(slot - places->first) * places->pitch;
}

static int
bars_width(const struct places *places)
{
	return (int)places->shown * places->pitch;
}

/* --- bars ------------------------------------------------------------------------------------ */

static int
put_line(const struct ui *ui, const struct places *places, int x, int width, enum style style,
    const char *text)
{
	char cell[WORDS];

	if (width < 1)
		return 0;
	draw_cut(text, (size_t)width, places->utf8, cell, sizeof cell);
	return terminal_put(ui->terminal, places->y, x, width, style, cell);
}

/* A series: its name, how many, and its bars on a scale of their own. */
struct series {
	const char *title; /* message id */
	const int64_t *numbers;
	enum style style;
};

static void
draw_bar(const struct ui *ui, const struct places *places, const struct audit_chart *screen,
    const struct series *series, size_t slot)
{
	const struct chart *chart = &screen->chart;
	int64_t most = chart_most(series->numbers, chart->asked.slots);
	int height = bars_height(series->numbers[slot], most, places->rows);
	char cells[4 * PITCH_MOST];

	for (int row = 0; row < places->rows; row++) {
		bars_cells(height, row, places->wide, places->utf8, cells, sizeof cells);
		terminal_put(ui->terminal, places->y + places->rows - 1 - row, slot_x(places, slot),
		    places->wide, series->style, cells);
	}
	if (height == 0 && chart->done && places->rows > 0 && !chart_before(chart, slot))
		terminal_put(ui->terminal, places->y + places->rows - 1, slot_x(places, slot), 1,
		    STYLE_DIM, "·");
}

static void
draw_series(const struct ui *ui, struct places *places, const struct audit_chart *screen,
    const struct series *series)
{
	size_t slots = screen->chart.asked.slots;
	int width = bars_width(places), used;
	char says[WORDS];

	if (series->style == STYLE_ERROR && places->rows > 0)
		terminal_put(ui->terminal, places->y, places->x - GAP, 1, STYLE_ERROR, "!");
	if (places->titles) {
		(void)snprintf(says, sizeof says, _("%lld in all, at most %lld"),
		    (long long)chart_sum(series->numbers, slots),
		    (long long)chart_most(series->numbers, slots));
		used = put_line(ui, places, places->x, width, STYLE_BOLD, _(series->title));
		if (used + GAP + draw_columns(says) <= width)
			(void)put_line(ui, places, places->x + used + GAP, width - used - GAP,
			    STYLE_DIM, says);
		places->y++;
	}
	for (size_t i = 0; i < places->shown; i++)
		draw_bar(ui, places, screen, series, places->first + i);
	places->y += places->rows;
}

/* --- below the bars ----------------------------------------------------------------------------
 */

static void
draw_label(const struct ui *ui, const struct places *places, const struct audit_chart *screen,
    size_t slot)
{
	const struct chart *chart = &screen->chart;
	enum style style = slot == screen->chosen ? STYLE_FOCUS : STYLE_DIM;
	struct rect rect = { places->y, slot_x(places, slot), places->labels,
		places->wide > LABEL ? places->wide : LABEL };
	char number[16];

	if (slot == screen->chosen)
		terminal_fill(ui->terminal, rect, STYLE_FOCUS);
	(void)snprintf(number, sizeof number, "%02d", chart_number(chart, slot));
	terminal_put(ui->terminal, rect.y, rect.x, LABEL, style, number);
	if (places->labels > 1)
		terminal_put(ui->terminal, rect.y + 1, rect.x, LABEL, style,
		    chart_weekday(chart, slot));
}

/* Whether the labels of two slots have no room side by side. */
static bool
touches(const struct places *places, size_t a, size_t b)
{
	int apart = (int)(a > b ? a - b : b - a) * places->pitch;

	return apart <= LABEL;
}

/* The chosen one's always; it has the cursor. */
static void
draw_labels(const struct ui *ui, struct places *places, const struct audit_chart *screen)
{
	size_t step = places->pitch > LABEL ? 1 : (size_t)(LABELS_APART / places->pitch);

	if (places->labels == 0)
		return;
	for (size_t i = 0; i < places->shown; i += step)
		if (!touches(places, places->first + i, screen->chosen))
			draw_label(ui, places, screen, places->first + i);
	draw_label(ui, places, screen, screen->chosen);
	terminal_cursor(ui->terminal, places->y, slot_x(places, screen->chosen));
	places->y += places->labels;
}

/* How far counting is; else since when there are rows, if that is not since always. */
static void
put_state(const struct audit_chart *screen, char *buf, size_t size)
{
	const struct chart *chart = &screen->chart;
	char date[32];

	buf[0] = '\0';
	if (!chart->done && !screen->refused) {
		(void)snprintf(buf, size, _("Counting: %d %%. Esc leaves."), chart_progress(chart));
	} else if (chart->done && chart->begins == 0) {
		(void)snprintf(buf, size, "%s", _("The log has no row."));
	} else if (chart->done && chart->begins > chart->asked.border[0]) {
		moment_date(chart->begins, date, sizeof date);
		(void)snprintf(buf, size, _("The log begins on %s."), date);
	}
}

/* --- the sources
 * ---------------------------------------------------------------------------------- */

static void
draw_source(const struct ui *ui, const struct places *places, const struct chart *chart,
    const struct wire_chart_source *source, int x, int width)
{
	char number[32], name[WIRE_SOURCE_SIZE * 4];
	int columns;

	(void)snprintf(number, sizeof number, "%lld%s", (long long)source->refusals,
	    chart->missed > 0 ? "+" : "");
	columns = draw_columns(number);
	deed_source(source->source, name, sizeof name);
	(void)put_line(ui, places, x, width - columns - 1, STYLE_PLAIN, name);
	(void)put_line(ui, places, x + width - columns, columns, STYLE_PLAIN, number);
}

static void
draw_sources(const struct ui *ui, struct places places, const struct audit_chart *screen, int x,
    int width)
{
	const struct wire_chart_source *top[CHART_TOP];
	size_t count = chart_top(&screen->chart, top);

	width = width < SIDE_MOST ? width : SIDE_MOST;
	if (places.listed == 0)
		return;
	(void)put_line(ui, &places, x, width, STYLE_BOLD, _("Most refusals from"));
	places.y++;
	for (size_t i = 0; i < count && (int)i < places.listed; i++, places.y++)
		draw_source(ui, &places, &screen->chart, top[i], x, width);
	if (count == 0 && screen->chart.done)
		(void)put_line(ui, &places, x, width, STYLE_DIM, _("nowhere"));
}

/* --- all of it -------------------------------------------------------------------------------- */

/* The chosen slot in words; or, where nothing else says it, that it is still being counted. */
static void
draw_says(const struct ui *ui, struct places *places, const struct audit_chart *screen)
{
	char says[WORDS];

	put_state(screen, says, sizeof says);
	if (places->state || screen->chart.done || says[0] == '\0')
		chart_slot_says(&screen->chart, screen->chosen, ui->clock(), says, sizeof says);
	(void)put_line(ui, places, places->x, places->width, STYLE_PLAIN, says);
	if (places->labels == 0)
		terminal_cursor(ui->terminal, places->y, places->x);
	places->y += places->gaps ? 2 : 1;
}

bool
audit_chart_draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct audit_chart *screen = state;
	const struct series sign_ins = { N_("Sign-ins"), screen->chart.sign_ins, STYLE_PLAIN };
	const struct series refusals = { N_("Refusals"), screen->chart.refusals, STYLE_ERROR };
	struct page page = parts_page(ui, area);
	struct places places = places_of(ui, screen, &page);
	int beside = places.x + bars_width(&places) + GAP;
	char says[WORDS];

	if (area.height < 1)
		return false;
	draw_says(ui, &places, screen);
	if (places.beside)
		draw_sources(ui, places, screen, beside, places.x + places.width - beside);
	draw_series(ui, &places, screen, &sign_ins);
	places.y += places.gaps ? 1 : 0;
	draw_series(ui, &places, screen, &refusals);
	draw_labels(ui, &places, screen);
	places.y += places.gaps ? 1 : 0;
	if (places.state) {
		put_state(screen, says, sizeof says);
		(void)put_line(ui, &places, places.x, places.width, STYLE_DIM, says);
		places.y++;
	}
	if (!places.beside)
		draw_sources(ui, places, screen, places.x, places.width);
	return false;
}
