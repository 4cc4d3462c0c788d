/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names, passwords, labels, and what is shown of any bytes. */
#include "fuzz.h"

#include <string.h>

#include "core/text.h"

/* What was accepted once is accepted again, as it is. */
static void
fuzz_name(const char *typed, size_t size)
{
	char name[TEXT_NAME_SIZE], fold[TEXT_FOLD_SIZE], again[TEXT_NAME_SIZE],
	    fold_again[TEXT_FOLD_SIZE];
	bool possible = text_name_or_bytes(typed, size, fold);

	MUST(strlen(fold) < sizeof fold);
	MUST((text_name(typed, size, name, fold_again) == ERR_OK) == possible);
	if (!possible)
		return;
	MUST(strcmp(fold, fold_again) == 0 && text_points(name, strlen(name)) <= TEXT_NAME_POINTS);
	MUST(text_name(name, strlen(name), again, fold_again) == ERR_OK);
	MUST(strcmp(name, again) == 0 && strcmp(fold, fold_again) == 0);
}

static void
fuzz_password(const char *typed, size_t size)
{
	char password[TEXT_PASSWORD_SIZE], again[TEXT_PASSWORD_SIZE];
	size_t length = 0, length_again = 0;

	if (text_password(typed, size, password, &length) != ERR_OK)
		return;
	MUST(length < sizeof password && strlen(password) == length);
	MUST(text_password(password, length, again, &length_again) == ERR_OK);
	MUST(length == length_again && memcmp(password, again, length) == 0);
	if (text_password_good(password, length, "alice") == ERR_OK)
		MUST(text_points(password, length) >= TEXT_PASSWORD_MIN &&
		    text_points(password, length) <= TEXT_PASSWORD_MAX);
}

static void
fuzz_label(const char *typed, size_t size)
{
	char label[TEXT_LABEL_SIZE], again[TEXT_LABEL_SIZE], shown[TEXT_LABEL_SIZE];

	if (text_label(typed, size, 64, sizeof label, label) != ERR_OK)
		return;
	MUST(text_points(label, strlen(label)) <= 64);
	MUST(text_label(label, strlen(label), 64, sizeof again, again) == ERR_OK &&
	    strcmp(label, again) == 0);
	MUST(text_show(label, strlen(label), shown, sizeof shown) == strlen(label) &&
	    strcmp(label, shown) == 0);
}

/* Into rooms of any size: terminated, of visible characters alone, and shown as it is when it is
 * shown again. */
static void
fuzz_show(const char *bytes, size_t size)
{
	for (size_t room = 1; room <= 64; room += room < 8 ? 1 : 7) {
		char *shown = malloc(room), again[64];
		size_t length, columns;

		MUST(shown != NULL);
		length = text_show(bytes, size, shown, room);
		MUST(length < room && strlen(shown) == length);
		for (size_t i = 0; i < length; i++)
			MUST((unsigned char)shown[i] >= 0x20 && shown[i] != 0x7f);
		MUST(text_show(shown, length, again, sizeof again) == length &&
		    memcmp(shown, again, length) == 0);
		columns = text_columns(shown, length);
		MUST(text_fit(shown, length, columns) == length &&
		    text_columns(shown, text_fit(shown, length, columns / 2)) <= columns / 2);
		free(shown);
	}
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *bytes = fuzz_string(data, size);

	fuzz_name(bytes, size);
	fuzz_password(bytes, size);
	fuzz_label(bytes, size);
	fuzz_show(bytes, size);
	free(bytes);
	return 0;
}
