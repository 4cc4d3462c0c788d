/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/postgresql/dialect.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static const char indexed_by[] = "INDEXED BY ";
static const char sequence[] = "(SELECT seq FROM sqlite_sequence WHERE name = '";
static const char *const reserved[] = { "user", "row" };

struct text {
	char *at, *end;
	bool full;
};

static void
put(struct text *text, const char *bytes, size_t length)
{
	if ((size_t)(text->end - text->at) <= length) {
		text->full = true;
		return;
	}
	memcpy(text->at, bytes, length);
	text->at += length;
	*text->at = '\0';
}

static bool
is_word(char c)
{
	return isalnum((unsigned char)c) != 0 || c == '_';
}

static size_t
word_length(const char *sql)
{
	size_t length = 0;

	while (is_word(sql[length]))
		length++;
	return length;
}

/* Up to and with the quote that ends it. */
static size_t
string_length(const char *sql)
{
	const char *end = strchr(sql + 1, '\'');

	return end == NULL ? strlen(sql) : (size_t)(end - sql) + 1;
}

static size_t
put_word(struct text *text, const char *sql)
{
	size_t length = word_length(sql);

	for (size_t i = 0; i < sizeof reserved / sizeof *reserved; i++)
		if (strlen(reserved[i]) == length && memcmp(reserved[i], sql, length) == 0) {
			put(text, "\"", 1);
			put(text, sql, length);
			put(text, "\"", 1);
			return length;
		}
	put(text, sql, length);
	return length;
}

/* The last number that a sequence gave; 0 before the first. */
static size_t
put_sequence(struct text *text, const char *sql)
{
	const char *name = sql + sizeof sequence - 1;
	size_t length = word_length(name);
	static const char ask[] = "(SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM ";

	put(text, ask, sizeof ask - 1);
	put(text, name, length);
	put(text, "_id_seq)", 8);
	return sizeof sequence - 1 + length + 2;
}

/* What stands at the beginning of sql; how much of it was taken. */
static size_t
put_next(struct text *text, const char *sql)
{
	size_t skip = sizeof indexed_by - 1;

	if (strncmp(sql, sequence, sizeof sequence - 1) == 0)
		return put_sequence(text, sql);
	if (strncmp(sql, indexed_by, skip) == 0) {
		skip += word_length(sql + skip);
		return skip + (sql[skip] == ' ' ? 1 : 0);
	}
	if (*sql == '\'') {
		put(text, sql, string_length(sql));
		return string_length(sql);
	}
	if (is_word(*sql))
		return put_word(text, sql);
	if (*sql == '+' && isalpha((unsigned char)sql[1]) != 0)
		return 1;
	put(text, *sql == '?' ? "$" : sql, 1);
	return 1;
}

bool
dialect(const char *sql, char *buf, size_t size)
{
	struct text text = { .at = buf, .end = buf + size, .full = size == 0 };

	while (*sql != '\0' && !text.full)
		sql += put_next(&text, sql);
	return !text.full;
}

bool
dialect_is_limited(const char *sql)
{
	size_t length = strlen(sql);

	while (
	    length > 0 && (isdigit((unsigned char)sql[length - 1]) != 0 || sql[length - 1] == '?'))
		length--;
	return length >= 6 && strncmp(sql + length - 6, "LIMIT ", 6) == 0;
}
