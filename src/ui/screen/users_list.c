/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The part of the list that is here: what is asked for, what comes, what goes. */
#include <string.h>

#include "ui/screen/users.h"
#include "ui/stack/frame.h"

enum { HEAD_ROWS = 4, HEAD_FROM = 10, HEAD_TIGHT = 1 };

size_t
users_height(struct rect area)
{
	int rows = area.height - (area.height >= HEAD_FROM ? HEAD_ROWS : HEAD_TIGHT);

	return rows > 1 ? (size_t)rows : 1;
}

static size_t
height_now(const struct ui *ui)
{
	return users_height(ui_area(ui, ui->stack[ui->depth - 1].screen));
}

static const char *
filter_of(const struct users *users)
{
	return field_text(&users->form.field[0]);
}

/* --- asking ------------------------------------------------------------------------- */

/* from: the row before the page, or behind it; NULL: an end of the list. */
static void
ask(struct ui *ui, struct users *users, enum users_asked asked, const struct wire_user *from)
{
	struct wire_request request;
	struct wire_user_page_request *page = &request.u.user_page;

	wire_request_init(&request, WIRE_USER_LIST);
	if (from != NULL)
		people_place(from, page);
	page->order = (uint8_t)users->order;
	page->without_2fa = users->without_2fa;
	page->backward = asked == USERS_BEFORE || asked == USERS_END;
	wire_put(page->begins, sizeof page->begins, filter_of(users));
	users->asked = asked;
	ui_ask(ui, &request, NULL);
}

void
users_ask_anew(struct ui *ui, struct users *users)
{
	users->chosen[0] = '\0';
	users->above = 0;
	users->counted = users->first = true;
	ask(ui, users, USERS_ANEW, NULL);
}

/* From half a screen before the chosen one on. */
void
users_ask_around(struct ui *ui, struct users *users)
{
	size_t back = height_now(ui) / 2, start = users->list.chosen;

	start = start > back ? start - back : 0;
	if (users->list.count == 0 || (start == 0 && users->first)) {
		users->above = 0;
		users->counted = users->first = true;
		if (users->list.count > 0)
			wire_put(users->chosen, sizeof users->chosen,
			    users->user[users->list.chosen].name);
		ask(ui, users, USERS_ANEW, NULL);
		return;
	}
	wire_put(users->chosen, sizeof users->chosen, users->user[users->list.chosen].name);
	start = start > 0 ? start : 1;
	users->above += start;
	users->first = false;
	ask(ui, users, USERS_ANEW, &users->user[start - 1]);
}

/* What is near the chosen row, and not here yet. */
static void
ask_near(struct ui *ui, struct users *users)
{
	size_t height = height_now(ui), count = users->list.count;

	if (count == 0 || ui->waiting)
		return;
	if (!users->last && users->list.chosen + height >= count)
		ask(ui, users, USERS_MORE, &users->user[count - 1]);
	else if (!users->first && users->list.chosen < height)
		ask(ui, users, USERS_BEFORE, &users->user[0]);
}

/* --- what comes ------------------------------------------------------------------------ */

/* Lets rows at the beginning go. */
static void
drop_first(struct users *users, size_t count)
{
	memmove(users->user, users->user + count,
	    (users->list.count - count) * sizeof users->user[0]);
	users->list.count -= count;
	users->list.chosen -= count < users->list.chosen ? count : users->list.chosen;
	users->list.top -= count < users->list.top ? count : users->list.top;
	users->above += count;
	users->first = users->first && count == 0;
}

static void
take_more(struct users *users, const struct wire_user_page_reply *page)
{
	size_t room = USERS_KEPT - users->list.count;

	if (page->count > room)
		drop_first(users, page->count - room);
	memcpy(users->user + users->list.count, page->user, page->count * sizeof users->user[0]);
	users->list.count += page->count;
	users->last = !page->more;
}

/* They come the nearest first. */
static void
take_before(struct users *users, const struct wire_user_page_reply *page)
{
	size_t count = page->count, kept = users->list.count;

	if (kept > USERS_KEPT - count) {
		kept = USERS_KEPT - count;
		users->last = false;
	}
	memmove(users->user + count, users->user, kept * sizeof users->user[0]);
	for (size_t i = 0; i < count; i++)
		users->user[count - 1 - i] = page->user[i];
	users->list.count = kept + count;
	users->list.chosen += count;
	users->list.top += count;
	users->first = !page->more;
	users->above -= count < users->above ? count : users->above;
	if (users->first) {
		users->above = 0;
		users->counted = true;
	}
}

/* How many the whole list has, where that is known. */
static bool
whole(const struct users *users, size_t *ret_count)
{
	*ret_count = users->without_2fa ? users->counts.people - users->counts.with_2fa
					: users->counts.people;
	return filter_of(users)[0] == '\0';
}

static void
take_end(struct users *users, const struct wire_user_page_reply *page)
{
	size_t count = 0;

	users->list = (struct list){ .count = 0 };
	users->first = false;
	take_before(users, page);
	users->last = true;
	users->list.chosen = users->list.count > 0 ? users->list.count - 1 : 0;
	users->counted = users->first || (whole(users, &count) && count >= users->list.count);
	users->above = users->first ? 0 : users->counted ? count - users->list.count : 0;
}

/* Who was chosen is again, wherever they stand now. */
static void
find_chosen(struct users *users)
{
	for (size_t i = 0; users->chosen[0] != '\0' && i < users->list.count; i++)
		if (strcmp(users->user[i].name, users->chosen) == 0)
			users->list.chosen = i;
	users->chosen[0] = '\0';
}

static void
take_anew(struct users *users, const struct wire_user_page_reply *page)
{
	size_t chosen = users->chosen[0] != '\0' ? users->list.chosen : 0;

	memcpy(users->user, page->user, page->count * sizeof users->user[0]);
	users->list.count = page->count;
	users->list.chosen = users->first && chosen < page->count ? chosen : 0;
	users->last = !page->more;
	find_chosen(users);
}

void
users_take(struct ui *ui, struct users *users, const struct wire_user_page_reply *page)
{
	users->have = true;
	users->counts = page->counts;
	users->shown = (enum people_order)page->order;
	switch (users->asked) {
	case USERS_ANEW:
		take_anew(users, page);
		break;
	case USERS_MORE:
		take_more(users, page);
		break;
	case USERS_BEFORE:
		take_before(users, page);
		break;
	case USERS_END:
		take_end(users, page);
		break;
	}
	list_fit(&users->list, height_now(ui));
	ask_near(ui, users);
}

/* --- moving ------------------------------------------------------------------------------- */

bool
users_move(struct ui *ui, struct users *users, const struct event *event)
{
	bool key = event->type == EVENT_KEY && !ui->waiting;

	if (key && event->key == KEY_HOME_ && !users->first) {
		users_ask_anew(ui, users);
		return true;
	}
	if (key && event->key == KEY_END_ && !users->last) {
		ask(ui, users, USERS_END, NULL);
		return true;
	}
	if (!list_handle(&users->list, event, height_now(ui)))
		return false;
	ask_near(ui, users);
	return true;
}

/* --- how many more ------------------------------------------------------------------------- */

int64_t
users_hidden_above(const struct users *users, size_t top)
{
	return users->counted ? (int64_t)(users->above + top) : -1;
}

int64_t
users_hidden_below(const struct users *users, size_t end)
{
	size_t all = 0, before = users->above + end;

	if (users->last)
		return (int64_t)(users->list.count - end);
	if (users->counted && whole(users, &all) && all > before)
		return (int64_t)(all - before);
	return -1;
}
