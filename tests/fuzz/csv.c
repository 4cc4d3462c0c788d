/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A line of CSV, and the address in it. */
#include "import.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *line = import_copy(data, size);
	struct import_row row;

	import_must(import_csv(line, size, &row), &row);
	free(line);
	return 0;
}
