/* SPDX-License-Identifier: GPL-3.0-or-later */
/* oath-toolkit's users file: TYPE NAME PIN KEY [MOVING-FACTOR [LAST-CODE [TIME]]]. */
#include <string.h>

#include "cli/import.h"
#include "core/secret.h"

enum { FIELDS = 7, NEEDED = 4, CODE_DIGITS = 6 };

struct field {
	const char *text;
	size_t length;
};

/* How many there are; FIELDS + 1 where there are more. */
static size_t
split(const char *line, size_t length, struct field fields[FIELDS])
{
	const char *at = line, *end = line + length;
	size_t count = 0;

	for (;;) {
		const char *start;

		while (at < end && (*at == ' ' || *at == '\t'))
			at++;
		if (at == end || count > FIELDS)
			return count;
		start = at;
		while (at < end && *at != ' ' && *at != '\t')
			at++;
		if (count < FIELDS)
			fields[count] = (struct field){ start, (size_t)(at - start) };
		count++;
	}
}

static bool
begins(const struct field *field, const char *word)
{
	return field->length >= strlen(word) && memcmp(field->text, word, strlen(word)) == 0;
}

static bool
is(const struct field *field, const char *word)
{
	return field->length == strlen(word) && begins(field, word);
}

/* HOTP/T30 and HOTP/T30/6 are ours; the others of that tool have each a reason. */
static enum import_why
judge_type(const struct field *type)
{
	if (is(type, "HOTP/T30") || is(type, "HOTP/T30/6"))
		return IMPORT_ROW;
	if (begins(type, "HOTP/T30/"))
		return IMPORT_DIGITS;
	if (begins(type, "HOTP/T"))
		return IMPORT_PERIOD;
	if (is(type, "HOTP") || begins(type, "HOTP/"))
		return IMPORT_COUNTER;
	return IMPORT_TYPE;
}

/* "-": none; "+": a password that is kept elsewhere. Neither is a PIN. */
static void
note_pin(const struct field *pin, struct import_row *row)
{
	if (!is(pin, "-") && !is(pin, "+"))
		row->notes |= IMPORT_NOTE_PIN;
}

/* The code that was accepted last, where one stands there. */
static enum import_why
take_code(const struct field *code, struct import_row *row)
{
	if (is(code, "-"))
		return IMPORT_ROW;
	if (code->length != CODE_DIGITS)
		return IMPORT_DIGITS;
	for (size_t i = 0; i < code->length; i++)
		if (code->text[i] < '0' || code->text[i] > '9')
			return IMPORT_FIELDS;
	memcpy(row->code, code->text, code->length);
	return IMPORT_ROW;
}

static enum import_why
take(const struct field *fields, size_t count, struct import_row *row)
{
	enum import_why why = judge_type(&fields[0]);

	if (why == IMPORT_TYPE)
		return why;
	if (count < NEEDED || count > FIELDS)
		return IMPORT_FIELDS;
	if (fields[1].length >= sizeof row->name)
		return IMPORT_NAME;
	memcpy(row->name, fields[1].text, fields[1].length);
	if (why != IMPORT_ROW)
		return why;
	note_pin(&fields[2], row);
	why = import_hex(fields[3].text, fields[3].length, row);
	return why == IMPORT_ROW && count > 5 ? take_code(&fields[5], row) : why;
}

enum import_why
import_oath(const char *line, size_t length, struct import_row *ret_row)
{
	struct field fields[FIELDS];
	size_t count = split(line, length, fields);
	enum import_why why;

	memset(ret_row, 0, sizeof *ret_row);
	if (count == 0 || fields[0].text[0] == '#')
		return IMPORT_NOTHING;
	why = take(fields, count, ret_row);
	if (why != IMPORT_ROW)
		secret_wipe(ret_row->key, sizeof ret_row->key);
	return why;
}
