/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the files of the screens of people share. Users holds a part of the list, some pages of it,
 * and asks for more as the chosen row comes near an end of that part.
 */
#ifndef UI_SCREEN_USERS_H
#define UI_SCREEN_USERS_H

#include "conv/people.h"
#include "ui/screen/confirm.h"
#include "ui/stack/parts.h"
#include "ui/widget/list.h"

enum { USERS_KEPT = 3 * WIRE_USERS_PAGE };

/* What was asked for last. */
enum users_asked { USERS_ANEW, USERS_MORE, USERS_BEFORE, USERS_END };

struct users {
	struct form form; /* the filter */
	bool typing;	  /* into the filter */
	bool have;
	enum users_asked asked;
	enum people_order order; /* wanted; */
	enum people_order shown; /* how it stands */
	bool without_2fa;	 /* those alone */
	struct wire_counts counts;
	struct list list;		   /* of the part: which row is chosen */
	struct wire_user user[USERS_KEPT]; /* the part; list.count of them */
	char chosen[TEXT_NAME_SIZE];	   /* whom to find again in what comes */
	size_t above;			   /* how many stand above the part; see counted */
	bool counted;			   /* `above` is known */
	bool first, last;		   /* the list begins, and ends, with the part */
};

/* --- users_list.c: the part ------------------------------------------------------- */

/* From the first one on; or around the chosen one, who stays chosen. */
void
users_ask_anew(struct ui *ui, struct users *users);

void
users_ask_around(struct ui *ui, struct users *users);

/* A page has come. */
void
users_take(struct ui *ui, struct users *users, const struct wire_user_page_reply *page);

/* Whether a key moved in the list; what it needs is asked for. */
bool
users_move(struct ui *ui, struct users *users, const struct event *event);

/* Rows of the list that are out of sight above `top` and below `end`; -1: some, or none. */
int64_t
users_hidden_above(const struct users *users, size_t top);

int64_t
users_hidden_below(const struct users *users, size_t end);

/* Rows for people in a place so high. */
size_t
users_height(struct rect area);

/* --- users_draw.c ------------------------------------------------------------------- */

bool
users_draw(const struct ui *ui, const struct users *users, struct rect area);

/* The facts of a person, one a line. */
void
users_facts(const struct ui *ui, struct page *page, const struct wire_user *user);

/* --- what opens what ------------------------------------------------------------------ */

/* An invitation that was made: what screen_invitation is given. */
struct invited {
	const char *name, *code;
	int64_t until;
	const char *done; /* translated; NULL: nothing more */
};

/* A person's page: what screen_role is given of it. */
struct person {
	struct list list;
	bool have;
	struct wire_user user;
	int64_t next_code;
	enum people_action action; /* the last that was asked for */
	enum role role;		   /* and to what role */
};

/* Asks for an action's proof, and for what must be typed. */
void
person_confirm(struct ui *ui, struct person *person);

/* "Users > bruno" */
void
users_title(const char *name, char *buf, size_t size);

/* Not what somebody asked to see any more: closes the screen, and says why. */
void
users_gone(struct ui *ui, const struct wire_reply *reply);

#endif
