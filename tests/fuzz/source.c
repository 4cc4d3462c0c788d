/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A source as a console tells it: it is an address whose normal form is itself, or it is local. */
#include "fuzz.h"

#include <string.h>

#include "core/source.h"

static void
same(const struct source *a, const struct source *b)
{
	char one[SOURCE_TEXT_SIZE], other[SOURCE_TEXT_SIZE];

	source_show(a, one);
	source_show(b, other);
	MUST(a->kind == b->kind && strcmp(one, other) == 0);
	source_key(a, one);
	source_key(b, other);
	MUST(strcmp(one, other) == 0 && source_group(a) == source_group(b));
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const unsigned char mapped[12] = { [10] = 0xff, [11] = 0xff };
	char *typed = fuzz_string(data, size), shown[SOURCE_TEXT_SIZE];
	struct source source, again;

	source_parse(typed, &source);
	source_show(&source, shown);
	source_parse(shown, &again);
	same(&source, &again);
	MUST(source.kind != SOURCE_UID && source.uid == 0);
	MUST(source.kind != SOURCE_IPV6 || memcmp(source.bytes, mapped, sizeof mapped) != 0);
	MUST(source.kind == SOURCE_LOCAL ||
	    strspn(typed, "0123456789abcdefABCDEF.:") == strlen(typed));
	free(typed);
	return 0;
}
