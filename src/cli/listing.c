/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/listing.h"

#include "core/words.h"

void
listing_open(struct listing *listing, bool as_json, const char *const *titles, size_t count)
{
	listing->as_json = as_json;
	if (as_json) {
		json_start(&listing->json, stdout);
		json_open(&listing->json, '[');
		return;
	}
	table_open(&listing->table, stdout, count);
	for (size_t i = 0; i < count; i++)
		table_put(&listing->table, _(titles[i]));
}

enum err
listing_close(struct listing *listing, enum err err)
{
	if (listing->as_json) {
		json_close(&listing->json, ']');
		return err;
	}
	if (err == ERR_OK)
		err = table_flush(&listing->table);
	table_close(&listing->table);
	return err;
}
