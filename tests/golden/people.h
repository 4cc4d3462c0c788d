/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The people of the scenes about people. */
#ifndef TESTS_GOLDEN_PEOPLE_H
#define TESTS_GOLDEN_PEOPLE_H

#include "client/letter.h"
#include "scene.h"

/* An operator with two authenticators; one who is invited; an administrator whose codes are paused;
 * a Super Administrator who is here. */
struct wire_user
alice(void);

struct wire_user
bruno(void);

struct wire_user
chloe(void);

struct wire_user
dana(void);

/* The keeper's page of the four, of so many. */
struct wire_reply
people_page(uint32_t people, bool more);

/* On the list of the four, as a Super Administrator. */
void
users(struct ui *ui);

/* On alice's page. */
void
person(struct ui *ui);

#endif
