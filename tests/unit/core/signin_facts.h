/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The facts of a sign-in, each as a bit: a number below 128 is one set of them. */
#ifndef TESTS_UNIT_CORE_SIGNIN_FACTS_H
#define TESTS_UNIT_CORE_SIGNIN_FACTS_H

#include "core/signin.h"

static inline struct signin_facts
facts_of(unsigned bits)
{
	return (struct signin_facts){
		.enabled = bits & 1,
		.has_2fa = bits & 2,
		.mandatory = bits & 4,
		.password_due = bits & 8,
		.codes_unsaved = bits & 16,
		.replace_due = bits & 32,
		.doubts = bits & 64,
	};
}

/* On the way home. */
static inline unsigned
place_of(enum signin_door door)
{
	static const enum signin_door way[DOOR_COUNT] = { DOOR_NAME, DOOR_CODE, DOOR_PASSWORD,
		DOOR_CONFIGURE, DOOR_RECOVERY, DOOR_DOUBT, DOOR_HOME, DOOR_CLOSED, DOOR_LOCKED };
	unsigned place;

	for (place = 0; way[place] != door; place++)
		;
	return place;
}

#endif
