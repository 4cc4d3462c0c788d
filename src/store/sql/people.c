/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Pages of people. An order is a row of parts (all of a role; all of a standing; the same last
 * sign-in, and then the earlier ones), each of which an index has sorted by fold. A page begins in
 * the part of its place, behind that, and goes on with the parts that follow until it is full.
 */
#include "store/sql/sql.h"
#include "store/store_user.h"

#include <stdio.h>
#include <string.h>

/* U+10FFFF, the greatest character, is in no name; and none in a fold is as small as 1: bounds that
 * no fold has. */
#define AFTER_ALL "\xf4\x8f\xbf\xbf"
#define JUST_BEHIND "\x01"

enum { BOUND_SIZE = TEXT_FOLD_SIZE + sizeof AFTER_ALL - 1 };

/* What a part is read by. */
enum by { BY_NAME, BY_PAUSED, BY_STANDING, BY_SAME_TIME, BY_TIME, BYS };

/* Forward and backward, of all and of those without two-factor authentication. */
static const struct {
	enum sql all[2], bare[2];
} statements[BYS] = {
	[BY_NAME] = { { SQL_PAGE_NAME, SQL_PAGE_NAME_BACK },
	    { SQL_BARE_NAME, SQL_BARE_NAME_BACK } },
	[BY_PAUSED] = { { SQL_PAGE_PAUSED, SQL_PAGE_PAUSED_BACK },
	    { SQL_BARE_PAUSED, SQL_BARE_PAUSED_BACK } },
	[BY_STANDING] = { { SQL_PAGE_STANDING, SQL_PAGE_STANDING_BACK },
	    { SQL_BARE_STANDING, SQL_BARE_STANDING_BACK } },
	[BY_SAME_TIME] = { { SQL_PAGE_SAME, SQL_PAGE_SAME_BACK },
	    { SQL_BARE_SAME, SQL_BARE_SAME_BACK } },
	[BY_TIME] = { { SQL_PAGE_EARLIER, SQL_PAGE_LATER }, { SQL_BARE_EARLIER, SQL_BARE_LATER } },
};

/* The parts of the order by last sign-in: one way, and the other. */
enum { LATER, SAME, EARLIER, TIMES };

/* Folds from low on, below high. */
struct bounds {
	char low[BOUND_SIZE], high[BOUND_SIZE];
};

struct page {
	struct store *store;
	const struct store_people *wanted;
	struct account *accounts;
	size_t count, most;
};

/* The bounds of what is looked for; where the page begins in this part, behind or before that. */
static void
bounds_of(const struct store_people *wanted, bool first, struct bounds *bounds)
{
	const char *fold = first && wanted->from != NULL ? wanted->from->fold : "";
	char edge[BOUND_SIZE];

	(void)snprintf(bounds->low, sizeof bounds->low, "%s", wanted->begins);
	(void)snprintf(bounds->high, sizeof bounds->high, "%s" AFTER_ALL, wanted->begins);
	if (!first || wanted->from == NULL)
		return;
	(void)snprintf(edge, sizeof edge, "%s%s", fold, wanted->backward ? "" : JUST_BEHIND);
	if (wanted->backward && strcmp(edge, bounds->high) < 0)
		memcpy(bounds->high, edge, sizeof edge);
	if (!wanted->backward && strcmp(edge, bounds->low) > 0)
		memcpy(bounds->low, edge, sizeof edge);
}

/* What there is room for. */
static enum err
add(struct page *page, enum by by, const struct value *values)
{
	const struct store_people *wanted = page->wanted;
	const enum sql *sql = wanted->without_2fa ? statements[by].bare : statements[by].all;
	size_t count = page->most - page->count;
	enum err err;

	if (count == 0)
		return ERR_OK;
	err = sql_rows(page->store, sql[wanted->backward ? 1 : 0], values, sql_account,
	    page->accounts + page->count, sizeof *page->accounts, &count);
	if (err == ERR_OK)
		page->count += count;
	return err;
}

/* --- parts ------------------------------------------------------------------------- */

static enum err
add_roles(struct page *page, unsigned roles, bool first)
{
	struct bounds bounds = { .low = "" };

	bounds_of(page->wanted, first, &bounds);
	return add(page, BY_NAME, VALUES(NUMBER(roles), TEXT(bounds.low), TEXT(bounds.high)));
}

static enum err
add_name(struct page *page, int part, bool first)
{
	(void)part;
	return add_roles(page, page->wanted->roles, first);
}

/* The highest role first. */
static enum err
add_role(struct page *page, int part, bool first)
{
	return add_roles(page, page->wanted->roles & 1u << (ROLE_COUNT - 1 - part), first);
}

static enum err
add_standing(struct page *page, int part, bool first)
{
	const struct store_people *wanted = page->wanted;
	struct bounds bounds = { .low = "" };

	bounds_of(wanted, first, &bounds);
	if (part == PEOPLE_PAUSED)
		return add(page, BY_PAUSED,
		    VALUES(NUMBER(wanted->roles), TEXT(bounds.low), TEXT(bounds.high),
			NUMBER(wanted->now)));
	return add(page, BY_STANDING,
	    VALUES(NUMBER(wanted->roles), TEXT(bounds.low), TEXT(bounds.high), NUMBER(part),
		NUMBER(wanted->now)));
}

/* Around a place: those of the same second, then all on that side of it. */
static enum err
add_sign_in(struct page *page, int part, bool first)
{
	const struct store_people *wanted = page->wanted;
	int64_t any = wanted->backward ? INT64_MIN : INT64_MAX;
	int64_t when = wanted->from != NULL ? wanted->from->last_sign_in : any;
	struct bounds bounds = { .low = "" };

	if (part != SAME)
		return add(page, BY_TIME, VALUES(NUMBER(wanted->roles), NUMBER(when)));
	bounds_of(wanted, first, &bounds);
	return add(page, BY_SAME_TIME,
	    VALUES(NUMBER(wanted->roles), TEXT(bounds.low), TEXT(bounds.high), NUMBER(when)));
}

/* --- orders ------------------------------------------------------------------------- */

/* The part that a page begins in. */
static int
first_part(const struct store_people *wanted, int parts)
{
	const struct store_place *from = wanted->from;
	int end = wanted->backward ? parts - 1 : 0;

	switch (wanted->order) {
	case PEOPLE_BY_ROLE:
		return from != NULL ? ROLE_COUNT - 1 - (int)from->role : end;
	case PEOPLE_BY_STANDING:
		return from != NULL ? (int)from->standing : end;
	case PEOPLE_BY_SIGN_IN:
		if (from != NULL)
			return SAME;
		return wanted->backward ? LATER : EARLIER;
	case PEOPLE_BY_NAME:
	case PEOPLE_ORDER_COUNT:
		break;
	}
	return 0;
}

static const struct {
	int parts;
	enum err (*add)(struct page *page, int part, bool first);
} orders[PEOPLE_ORDER_COUNT] = {
	[PEOPLE_BY_NAME] = { 1, add_name },
	[PEOPLE_BY_ROLE] = { ROLE_COUNT, add_role },
	[PEOPLE_BY_STANDING] = { PEOPLE_STANDING_COUNT, add_standing },
	[PEOPLE_BY_SIGN_IN] = { TIMES, add_sign_in },
};

enum err
store_user_page(struct store *store, const struct store_people *wanted, struct account *accounts,
    size_t *io_count)
{
	struct page page = { store, wanted, accounts, 0, *io_count };
	int parts = orders[wanted->order].parts, step = wanted->backward ? -1 : 1;
	int begin = first_part(wanted, parts);
	enum err err = ERR_OK;

	for (int part = begin; err == ERR_OK && part >= 0 && part < parts; part += step)
		err = orders[wanted->order].add(&page, part, part == begin);
	if (err == ERR_OK)
		*io_count = page.count;
	return err;
}
