/* SPDX-License-Identifier: GPL-3.0-or-later */
/* NAME,ROLE[,URI]: RFC 4180, a record a line. */
#include <string.h>
#include <strings.h>

#include "cli/import.h"
#include "core/secret.h"

enum { FIELDS = 3 };

struct csv {
	char text[IMPORT_LINE_SIZE + FIELDS]; /* the fields, each with a NUL */
	char *field[FIELDS];
	size_t count;
};

/* One field from *io_at on, without its quotation marks; *io_at is the comma or end behind it. */
static enum import_why
take_field(const char **io_at, const char *end, char **io_put)
{
	const char *at = *io_at;
	char *put = *io_put;
	bool quoted = at < end && *at == '"';

	if (quoted)
		at++;
	for (; at < end && (quoted || *at != ','); at++) {
		if (*at == '"' && !quoted)
			return IMPORT_QUOTE;
		if (*at == '"') {
			if (at + 1 == end || at[1] != '"')
				break;
			at++;
		}
		*put++ = *at;
	}
	if (quoted) {
		if (at == end)
			return IMPORT_QUOTE;
		at++;
		if (at < end && *at != ',')
			return IMPORT_QUOTE;
	}
	*put++ = '\0';
	*io_at = at;
	*io_put = put;
	return IMPORT_ROW;
}

/* Without the blanks around it. */
static char *
trim(char *field)
{
	char *end = field + strlen(field);

	while (end > field && (end[-1] == ' ' || end[-1] == '\t'))
		*--end = '\0';
	while (*field == ' ' || *field == '\t')
		field++;
	return field;
}

static enum import_why
split(const char *line, size_t length, struct csv *csv)
{
	const char *at = line, *end = line + length;
	char *put = csv->text;

	for (;;) {
		enum import_why why;

		if (csv->count == FIELDS)
			return IMPORT_FIELDS;
		csv->field[csv->count] = put;
		why = take_field(&at, end, &put);
		if (why != IMPORT_ROW)
			return why;
		csv->field[csv->count] = trim(csv->field[csv->count]);
		csv->count++;
		if (at == end)
			return IMPORT_ROW;
		at++;
	}
}

/* The name is told only once the role shows that the columns are the right ones. */
static enum import_why
take(const struct csv *csv, struct import_row *row)
{
	if (csv->count == 1 && *csv->field[0] == '\0')
		return IMPORT_NOTHING;
	if (csv->count < 2)
		return IMPORT_FIELDS;
	if (strcasecmp(csv->field[0], "name") == 0 && strcasecmp(csv->field[1], "role") == 0)
		return IMPORT_NOTHING;
	if (role_from_word(csv->field[1], &row->role) != ERR_OK)
		return IMPORT_ROLE;
	if (strlen(csv->field[0]) >= sizeof row->name)
		return IMPORT_NAME;
	memcpy(row->name, csv->field[0], strlen(csv->field[0]) + 1);
	if (csv->count < FIELDS || *csv->field[2] == '\0' || strcmp(csv->field[2], "-") == 0)
		return IMPORT_ROW;
	return import_uri(csv->field[2], strlen(csv->field[2]), row);
}

enum import_why
import_csv(const char *line, size_t length, struct import_row *ret_row)
{
	struct csv csv = { .count = 0 };
	enum import_why why = length > IMPORT_LINE_SIZE ? IMPORT_LONG : split(line, length, &csv);

	memset(ret_row, 0, sizeof *ret_row);
	if (why == IMPORT_ROW)
		why = take(&csv, ret_row);
	secret_wipe(&csv, sizeof csv);
	if (why != IMPORT_ROW)
		secret_wipe(ret_row->key, sizeof ret_row->key);
	return why;
}
