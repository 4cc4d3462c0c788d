/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "pam/answer.h"

#include <stdbool.h>
#include <string.h>

#include "core/secret.h"

enum { ANSWER_CODE = 6, ANSWER_RECOVERY = 16 };

/* Not isalnum() and its like: the host program's locale is not ours. */
static bool
answer_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Of RFC 4648 Base32, or what is read as one of it (DESIGN 3). */
static bool
answer_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '8');
}

static bool
answer_blank(char c)
{
	return c == ' ' || c == '\t' || c == '-' || c == '\r' || c == '\n';
}

enum err
answer_read(const char *typed, char ret_answer[WIRE_RECOVERY_SIZE])
{
	char clean[WIRE_RECOVERY_SIZE] = "";
	size_t length = 0;
	bool digits = true, letters = true;
	enum err err = ERR_CODE_FORMAT;

	for (; *typed != '\0'; typed++) {
		if (answer_blank(*typed))
			continue;
		digits = digits && answer_digit(*typed);
		letters = letters && answer_letter(*typed);
		if (length == ANSWER_RECOVERY)
			goto out;
		clean[length++] = *typed;
	}
	if ((length == ANSWER_CODE && digits) || (length == ANSWER_RECOVERY && letters)) {
		memcpy(ret_answer, clean, sizeof clean);
		err = ERR_OK;
	}
out:
	secret_wipe(clean, sizeof clean);
	return err;
}
