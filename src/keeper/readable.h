/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which rows of the trail whom a request comes from may read (core/audit.h), by who the names in
 * them are now. */
#ifndef KEEPER_READABLE_H
#define KEEPER_READABLE_H

#include "keeper/request.h"
#include "store/store_audit.h"

enum { READABLE_NAMES = 256 };

/* A name of the rows, and who that is to the reader. */
struct readable_name {
	char name[TEXT_NAME_SIZE];
	enum audit_person person;
};

/* What was found out in this turn; all zero at first. It is of no other turn. */
struct readable {
	struct readable_name known[READABLE_NAMES];
};

MUST_CHECK enum err
readable_row(struct request *request, struct readable *readable, const struct store_audit *row,
    bool *ret_may);

#endif
