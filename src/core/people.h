/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The orders in which people are listed, and how a person stands. Pure. */
#ifndef CORE_PEOPLE_H
#define CORE_PEOPLE_H

#include <stdbool.h>

/* The numbers are sent: append, never reorder. Within each order people stand by name. */
enum people_order {
	PEOPLE_BY_NAME,
	PEOPLE_BY_ROLE,	    /* the highest first */
	PEOPLE_BY_STANDING, /* as enum people_standing has it */
	PEOPLE_BY_SIGN_IN,  /* the latest first */
	PEOPLE_ORDER_COUNT
};

/* What needs somebody's attention first. The numbers are sent. */
enum people_standing {
	PEOPLE_PAUSED, /* enabled, and refused for wrong codes: for a while, or until unlocked */
	PEOPLE_DISABLED,
	PEOPLE_DUE, /* enabled, and has to choose a password: invited, or given a new one */
	PEOPLE_FINE,
	PEOPLE_STANDING_COUNT
};

enum people_standing
people_standing(bool enabled, bool paused, bool due);

/*
 * The order in which a list really stands: no index has the beginnings of names by last sign-in,
 * and a hundred thousand people are not read for one page.
 */
enum people_order
people_order(enum people_order wanted, bool filtered);

#endif
