/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What happened: what one is told of what was done to one's account, or to the console, and one's
 * own sign-ins, newest first. What was before one's eyes counts as read, and nothing else: as many
 * as have room stand there, and the keeper is told which these were.
 */
#include <string.h>

#include "conv/notice.h"
#include "ui/screen/screens.h"
#include "ui/stack/frame.h"
#include "ui/stack/parts.h"

enum { CHOOSE = PART_OWN, ON, NEWER, NOT_ME };

enum { DEPTH = 64 }; /* pages that one can go back; and to the first */

struct happened {
	bool have;
	struct wire_notices_reply page;
	struct wire_notices_request from[DEPTH]; /* where the pages so far began */
	size_t depth;				 /* of the page that is seen */
	size_t chosen;				 /* of what stands on it */
	bool upwards;				 /* its last one is chosen when it comes */
};

static const struct key_row key_rows[] = {
	{ CHOOSE, KEY_NONE_, 0, "↑↓", N_("Choose"), 45,
	    N_("Goes from one to the next, and on to older or newer ones.") },
	{ ON, KEY_ENTER_, 0, N_("Enter"), N_("Read on"), 50, N_("Goes on to older ones.") },
	{ ON, KEY_PAGE_DOWN, 0, N_("PgDn"), NULL, -1, N_("Goes on to older ones, too.") },
	{ NEWER, KEY_PAGE_UP, 0, N_("PgUp"), N_("Newer"), 40, N_("Goes back to newer ones.") },
	{ NOT_ME, KEY_NONE_, 'w', "w", N_("It was not me"), 55,
	    N_("For a sign-in that was not yours: the one that is chosen.") },
	{ PART_BACK, KEY_ESC, 0, N_("Esc"), N_("Back"), KEY_ROW_ALWAYS,
	    N_("Goes back to where you came from.") },
	{ .id = 0 },
};

/* --- what has room ------------------------------------------------------------- */

/* The cursor stands on what is chosen: readers follow it. */
static void
put_choice(struct page *page)
{
	enum { MARK = 2 };

	terminal_put(page->terminal, page->rest.y, page->rest.x - MARK, 1, STYLE_SIGN, "›");
	terminal_cursor(page->terminal, page->rest.y, page->rest.x - MARK);
}

/* One of them: a mark where it is new, its words, and when it was. */
static void
put_notice(const struct ui *ui, struct page *page, const struct wire_notice *notice, bool chosen)
{
	char line[NOTICE_TEXT];
	enum style style = notice->unread ? STYLE_BOLD : STYLE_PLAIN;

	if (notice->unread && page->terminal != NULL)
		terminal_put(page->terminal, page->rest.y, page->rest.x, 1, STYLE_BOLD, "·");
	if (chosen && page->terminal != NULL)
		put_choice(page);
	notice_line(notice, ui->clock(), line, sizeof line);
	page_line(page, style, 2, line);
	page_gap(page);
}

static struct page
measure(const struct ui *ui, struct rect area)
{
	struct page page = parts_page(ui, area);

	page.terminal = NULL;
	return page;
}

/* The rows that the next one takes, up to all there are. */
static int
rows_of(const struct ui *ui, struct page page, const struct wire_notice *notice)
{
	int top = page.rest.y;

	page.rest.height = INT16_MAX;
	put_notice(ui, &page, notice, false);
	return page.rest.y - top - (page.tight ? 0 : 1);
}

/* How many notices stand in an area: whole ones, above a row that says that there are more; but
 * always one. */
static size_t
fit(const struct ui *ui, const struct happened *screen, struct rect area)
{
	struct page page = measure(ui, area);
	size_t count = 0;

	while (count < screen->page.count) {
		bool last = count + 1 == screen->page.count && !screen->page.more;
		int below = last ? 0 : page.tight ? 1 : 2;

		if (rows_of(ui, page, &screen->page.notice[count]) + below > page.rest.height)
			break;
		put_notice(ui, &page, &screen->page.notice[count++], false);
	}
	return count > 0 || screen->page.count == 0 ? count : 1;
}

static size_t
seen(const struct ui *ui, const struct happened *screen)
{
	return fit(ui, screen, ui_area(ui, &screen_happened));
}

static bool
is_more(const struct ui *ui, const struct happened *screen)
{
	return screen->page.more || seen(ui, screen) < screen->page.count;
}

/* --- asking ---------------------------------------------------------------------- */

static void
ask(struct ui *ui, const struct happened *screen)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_HAPPENED);
	request.u.notices = screen->from[screen->depth];
	ui_ask(ui, &request, NULL);
}

/* Those that stand on the screen have been read, if any of them was not. */
static void
tell_read(struct ui *ui, const struct happened *screen)
{
	struct wire_request request;

	wire_request_init(&request, WIRE_HAPPENED_READ);
	if (notice_read(screen->page.notice, seen(ui, screen), &request.u.notices_read))
		ui_ask(ui, &request, NULL);
}

static enum err
enter(struct ui *ui, void *state, const void *argument)
{
	(void)argument;
	ask(ui, state);
	return ERR_OK;
}

static void
resume(struct ui *ui, void *state)
{
	ask(ui, state);
}

/* What was new when this page was opened keeps its mark while it is looked at. */
static void
take(struct happened *screen, const struct wire_notices_reply *reply)
{
	struct wire_notices_reply before = screen->page;

	screen->page = *reply;
	screen->have = true;
	for (size_t i = 0; i < screen->page.count; i++)
		for (size_t k = 0; k < before.count; k++)
			if (before.notice[k].id == screen->page.notice[i].id &&
			    !screen->page.notice[i].sign_in)
				screen->page.notice[i].unread |= before.notice[k].unread;
}

/* Of more pages than it knows it forgets the second: the first is always found again. */
static void
read_on(struct ui *ui, struct happened *screen)
{
	struct wire_notices_request next;

	notice_next(&screen->from[screen->depth], screen->page.notice, seen(ui, screen), &next);
	if (screen->depth + 1 == DEPTH) {
		memmove(&screen->from[1], &screen->from[2], (DEPTH - 2) * sizeof *screen->from);
		screen->depth--;
	}
	screen->from[++screen->depth] = next;
	screen->chosen = 0;
	ask(ui, screen);
}

static void
go_back(struct ui *ui, struct happened *screen, bool upwards)
{
	screen->depth--;
	screen->chosen = 0;
	screen->upwards = upwards;
	ask(ui, screen);
}

/* --- what is chosen ------------------------------------------------------------------ */

static const struct wire_notice *
chosen(const struct happened *screen)
{
	return &screen->page.notice[screen->chosen];
}

/* On a page that is larger or smaller now. */
static void
fit_choice(const struct ui *ui, struct happened *screen)
{
	size_t count = seen(ui, screen);

	if (count > 0 && (screen->upwards || screen->chosen >= count))
		screen->chosen = count - 1;
	screen->upwards = false;
}

/* Past an end it goes on there. */
static bool
choose(struct ui *ui, struct happened *screen, enum key key)
{
	if (key == KEY_DOWN_ && screen->chosen + 1 < seen(ui, screen))
		screen->chosen++;
	else if (key == KEY_DOWN_ && is_more(ui, screen))
		read_on(ui, screen);
	else if (key == KEY_UP_ && screen->chosen > 0)
		screen->chosen--;
	else if (key == KEY_UP_ && screen->depth > 0)
		go_back(ui, screen, true);
	return key == KEY_DOWN_ || key == KEY_UP_;
}

/* --- events ------------------------------------------------------------------------ */

static bool
handle(struct ui *ui, void *state, const struct event *event)
{
	struct happened *screen = state;

	if (event->type == EVENT_RESIZE && screen->have) {
		fit_choice(ui, screen);
		tell_read(ui, screen);
	}
	if (event->type == EVENT_KEY && screen->have)
		return choose(ui, screen, event->key);
	if (event->type != EVENT_REPLY)
		return false;
	if (event->reply->err != ERR_OK) {
		ui_say_err(ui, (enum err)event->reply->err, event->reply->wait);
	} else if (event->reply->op == WIRE_HAPPENED) {
		take(screen, &event->reply->u.notices);
		fit_choice(ui, screen);
		tell_read(ui, screen);
	}
	return true;
}

static void
act(struct ui *ui, void *state, int id)
{
	struct happened *screen = state;

	if (id == ON)
		read_on(ui, screen);
	if (id == PART_BACK)
		ui_pop(ui);
	if (id == NEWER && screen->depth > 0)
		go_back(ui, screen, false);
	if (id == NOT_ME)
		ui_push(ui, &screen_not_me, chosen(screen));
}

static bool
offers(const struct ui *ui, const void *state, int id)
{
	const struct happened *screen = state;

	if (id == ON)
		return screen->have && is_more(ui, screen);
	if (id == CHOOSE)
		return screen->have && seen(ui, screen) > 1;
	if (id == NOT_ME)
		return screen->have && screen->page.count > 0 && chosen(screen)->sign_in &&
		    !chosen(screen)->here;
	return id != NEWER || screen->depth > 0;
}

/* --- drawing ------------------------------------------------------------------------ */

static bool
draw(const struct ui *ui, const void *state, struct rect area)
{
	const struct happened *screen = state;
	struct page page = parts_page(ui, area);
	size_t count;

	if (!screen->have)
		return false;
	terminal_cursor(ui->terminal, page.rest.y, page.rest.x);
	if (screen->page.count == 0)
		page_text(&page, STYLE_PLAIN, _("Nothing has happened that you have to know of."));
	count = fit(ui, screen, area);
	for (size_t i = 0; i < count; i++)
		put_notice(ui, &page, &screen->page.notice[i], i == screen->chosen);
	if (screen->page.more || count < screen->page.count)
		page_line(&page, STYLE_DIM, 2, _("▾ older ones"));
	page_note(&page);
	return page.noted;
}

const struct screen screen_happened = {
	.name = "happened",
	.about = N_("What was done to your account, by you or by somebody else, your own sign-ins, "
		    "and, for administrators, what was done to other people and to this console. "
		    "What you have not read yet has a mark, and is told at the start until you "
		    "have seen it here. For a sign-in that was not yours, choose it and press w."),
	.title = N_("What happened"),
	.state_size = sizeof(struct happened),
	.key_rows = key_rows,
	.enter = enter,
	.handle = handle,
	.act = act,
	.draw = draw,
	.resume = resume,
	.offers = offers,
};
