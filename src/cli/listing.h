/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A list on standard output, as a table or as an array of JSON. */
#ifndef CLI_LISTING_H
#define CLI_LISTING_H

#include <stdbool.h>

#include "cli/json.h"
#include "cli/table.h"
#include "core/err.h"

struct listing {
	bool as_json;
	struct table table; /* unless as_json */
	struct json json;
};

/* titles: message ids, TABLE_COLUMNS_MAX at most. The caller gives it to listing_close(). */
void
listing_open(struct listing *listing, bool as_json, const char *const *titles, size_t count);

/* err: how it went. What was listed before a failure stands in JSON alone. */
MUST_CHECK enum err
listing_close(struct listing *listing, enum err err);

#endif
