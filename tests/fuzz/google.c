/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A whole file of libpam-google-authenticator. */
#include "import.h"

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = import_copy(data, size);
	struct import_row row;
	size_t line = 0;
	enum import_why why = import_google(text, size, &row, &line);

	import_must(why, &row);
	MUST(why != IMPORT_ROW || row.key_length > 0);
	MUST(line >= 1 && line <= size + 1);
	free(text);
	return 0;
}
