/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recovery codes as typed, the shape of a code, and Base32 of any bytes. */
#include "fuzz.h"

#include <string.h>

#include "auth/recovery.h"
#include "auth/totp.h"

static void
fuzz_base32(const uint8_t *data, size_t size)
{
	size_t length = (size * 8 + 4) / 5;
	char *text = malloc(length + 1);

	MUST(text != NULL);
	totp_base32(data, size, text);
	MUST(strlen(text) == length && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == length);
	free(text);
}

static void
fuzz_code(const char *typed)
{
	char code[RECOVERY_TEXT_SIZE], again[RECOVERY_TEXT_SIZE];

	if (totp_code_shaped(typed))
		MUST(strlen(typed) == 6 && strspn(typed, "0123456789") == 6);
	if (recovery_clean(typed, code) != ERR_OK)
		return;
	MUST(strlen(code) == RECOVERY_TEXT_SIZE - 1 &&
	    strspn(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567-") == strlen(code));
	MUST(recovery_clean(code, again) == ERR_OK && strcmp(code, again) == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *typed = fuzz_string(data, size);

	fuzz_code(typed);
	fuzz_base32(data, size);
	free(typed);
	return 0;
}
