/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/screen/home.h"

#include "conv/news.h"
#include "conv/notice.h"

enum { LINE = 2048 };

static void
draw_last(const struct ui *ui, struct page *page, const struct wire_home_reply *home)
{
	const struct wire_user *user = &home->user;
	char line[LINE], since[128];

	news_last(user, ui->clock(), line, sizeof line);
	news_failures(user, since, sizeof since);
	page_line(page, STYLE_PLAIN, 0, line);
	if (user->failures_since > 0)
		page_marked(page, STYLE_ERROR, since);
	else if (since[0] != '\0')
		page_line(page, STYLE_DIM, 0, since);
	page_gap(page);
}

static void
draw_mark(struct page *page, enum style style, const char *line)
{
	if (line[0] != '\0')
		page_marked(page, style, line);
}

/* As many as leave room for the items and for how many more there are, newest first. */
static void
draw_notices(const struct ui *ui, struct page *page, const struct wire_home_reply *home, int items)
{
	char line[LINE];
	size_t i = 0;

	while (i < home->notices && i < WIRE_NOTICES && page->rest.height > items + 2) {
		notice_line(&home->notice[i++], ui->clock(), line, sizeof line);
		page_marked(page, STYLE_GOOD, line);
	}
	news_more(home, i, line, sizeof line);
	if (line[0] != '\0' && page->rest.height > items)
		page_line(page, STYLE_PLAIN, 2, line);
}

void
home_draw_news(const struct ui *ui, struct page *page, const struct wire_home_reply *home,
    int items)
{
	char line[LINE];
	int top;

	draw_last(ui, page, home);
	top = page->rest.y;
	news_recovery(&home->user, ui->facts.recovery_left, line, sizeof line);
	draw_mark(page, STYLE_ERROR, line);
	news_skew(ui->facts.skew, line, sizeof line);
	draw_mark(page, STYLE_ERROR, line);
	news_mandatory(home, line, sizeof line);
	draw_mark(page, STYLE_ERROR, line);
	draw_notices(ui, page, home, items);
	if (page->rest.y > top)
		page_gap(page);
}
