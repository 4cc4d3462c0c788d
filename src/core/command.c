/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/command.h"

#include <string.h>

#include "core/text.h"

/* A stretch of the file; nothing is copied before it is known to be good. */
struct span {
	const char *at;
	size_t length;
};

/* What has been read of a file so far. */
struct reader {
	struct command command;
	size_t used; /* of command.text */
	unsigned seen;
};

/* Whether a word has a value. */
enum value { VALUE_NONE, VALUE_SOME, VALUE_MAYBE };

struct word {
	const char *word;
	enum value value;
	bool many;
	enum command_fault missing; /* what a file without it has; COMMAND_FINE: nothing */
	enum command_fault (*take)(struct reader *reader, struct span value);
};

/* Into an array that has room for it, with NUL. */
static void
span_copy(struct span span, char *array)
{
	memcpy(array, span.at, span.length);
	array[span.length] = '\0';
}

static enum command_fault
take_title(struct reader *reader, struct span value)
{
	if (value.length >= sizeof reader->command.title)
		return COMMAND_TITLE;
	span_copy(value, reader->command.title);
	return COMMAND_FINE;
}

static enum command_fault
take_role(struct reader *reader, struct span value)
{
	enum role role;
	char word[32]; /* longer than any role's */

	if (value.length >= sizeof word)
		return COMMAND_ROLE;
	span_copy(value, word);
	if (role_from_word(word, &role) != ERR_OK)
		return COMMAND_ROLE;
	reader->command.roles |= 1U << role;
	return COMMAND_FINE;
}

/*
 * useradd(8) of Debian takes nearly anything. Left out here is what no passwd(5) can hold, what a
 * path, an option or a number could be mistaken for, and what is not ASCII.
 */
static bool
user_valid(struct span user)
{
	bool digits = true;

	if (strchr("-+~", user.at[0]) != NULL)
		return false;
	for (size_t i = 0; i < user.length; i++) {
		if (user.at[i] <= ' ' || user.at[i] > '~' || strchr(":,/", user.at[i]) != NULL)
			return false;
		digits = digits && user.at[i] >= '0' && user.at[i] <= '9';
	}
	return !digits;
}

static enum command_fault
take_as(struct reader *reader, struct span value)
{
	if (value.length >= sizeof reader->command.as || !user_valid(value))
		return COMMAND_USER;
	span_copy(value, reader->command.as);
	return COMMAND_FINE;
}

static enum command_fault
take_confirm(struct reader *reader, struct span value)
{
	(void)value;
	reader->command.confirm = true;
	return COMMAND_FINE;
}

static enum command_fault
take_code(struct reader *reader, struct span value)
{
	(void)value;
	reader->command.code = true;
	return COMMAND_FINE;
}

static enum command_fault
take_record(struct reader *reader, struct span value)
{
	(void)value;
	reader->command.record = true;
	return COMMAND_FINE;
}

static enum command_fault
take_program(struct reader *reader, struct span value)
{
	if (value.at[0] != '/' || value.length >= sizeof reader->command.program)
		return COMMAND_RELATIVE;
	span_copy(value, reader->command.program);
	return COMMAND_FINE;
}

/* There is room: the file is no longer than the array, and the word goes for the NUL. */
static enum command_fault
take_argument(struct reader *reader, struct span value)
{
	struct command *command = &reader->command;

	if (command->count == COMMAND_ARGUMENTS_MAX)
		return COMMAND_LONG;
	span_copy(value, command->text + reader->used);
	command->argument[command->count++] = command->text + reader->used;
	reader->used += value.length + 1;
	return COMMAND_FINE;
}

/* clang-format off */
static const struct word words[] = {
	{ "title", VALUE_SOME, false, COMMAND_TITLE_NONE, take_title },
	{ "role", VALUE_SOME, true, COMMAND_ROLE_NONE, take_role },
	{ "as", VALUE_SOME, false, COMMAND_FINE, take_as },
	{ "confirm", VALUE_NONE, false, COMMAND_FINE, take_confirm },
	{ "code", VALUE_NONE, false, COMMAND_FINE, take_code },
	{ "record", VALUE_NONE, false, COMMAND_FINE, take_record },
	{ "program", VALUE_SOME, false, COMMAND_PROGRAM_NONE, take_program },
	{ "argument", VALUE_MAYBE, true, COMMAND_FINE, take_argument },
};
/* clang-format on */

enum { WORD_COUNT = sizeof words / sizeof *words };

/* Whoever looks at the file sees all of it: each character is valid, and is to be seen. */
static bool
line_visible(struct span line)
{
	uint32_t point;

	for (size_t at = 0, step; at < line.length; at += step) {
		step = text_point(line.at + at, line.length - at, &point);
		if (step == 0 || !text_visible(point))
			return false;
	}
	return true;
}

static bool
blank(struct span span)
{
	for (size_t i = 0; i < span.length; i++)
		if (span.at[i] != ' ')
			return false;
	return true;
}

/* Its number in the table, or WORD_COUNT. */
static unsigned
word_find(struct span word)
{
	unsigned i = 0;

	while (i < WORD_COUNT &&
	    (strlen(words[i].word) != word.length ||
		memcmp(words[i].word, word.at, word.length) != 0))
		i++;
	return i;
}

static enum command_fault
take_line(struct reader *reader, struct span line)
{
	const char *end = memchr(line.at, ' ', line.length);
	struct span word = { line.at, end == NULL ? line.length : (size_t)(end - line.at) };
	size_t before = word.length + (end != NULL);
	struct span value = { line.at + before, line.length - before };
	unsigned i = word_find(word);

	if (i == WORD_COUNT)
		return COMMAND_WORD;
	if ((reader->seen & 1U << i) != 0 && !words[i].many)
		return COMMAND_TWICE;
	if ((words[i].value == VALUE_SOME && blank(value)) ||
	    (words[i].value == VALUE_NONE && !blank(value)))
		return COMMAND_VALUE_NONE;
	reader->seen |= 1U << i;
	return words[i].take(reader, value);
}

/* All lines, up to the first that is at fault. */
static enum command_fault
take_lines(struct reader *reader, struct span rest, size_t *ret_line)
{
	enum command_fault fault;

	for (*ret_line = 1; rest.length > 0; ++*ret_line) {
		const char *end = memchr(rest.at, '\n', rest.length);
		struct span line = { rest.at, end == NULL ? rest.length : (size_t)(end - rest.at) };
		size_t whole = line.length + (end != NULL);

		rest = (struct span){ rest.at + whole, rest.length - whole };
		if (!line_visible(line))
			return COMMAND_BYTE;
		if (line.length == 0 || line.at[0] == '#')
			continue;
		fault = take_line(reader, line);
		if (fault != COMMAND_FINE)
			return fault;
	}
	*ret_line = 0;
	for (unsigned i = 0; i < WORD_COUNT; i++)
		if ((reader->seen & 1U << i) == 0 && words[i].missing != COMMAND_FINE)
			return words[i].missing;
	return COMMAND_FINE;
}

enum command_fault
command_parse(const char *name, const char *bytes, size_t size, struct command *ret_command,
    size_t *ret_line)
{
	struct reader reader = { .used = 0 };
	enum command_fault fault;

	*ret_line = 0;
	if (size >= COMMAND_TEXT_SIZE)
		return COMMAND_LONG;
	fault = take_lines(&reader, (struct span){ bytes, size }, ret_line);
	if (fault != COMMAND_FINE)
		return fault;
	*ret_command = reader.command;
	memcpy(ret_command->name, name, strnlen(name, sizeof ret_command->name - 1));
	/* The arguments pointed into the copy that was read into. */
	for (size_t i = 0; i < ret_command->count; i++)
		ret_command->argument[i] = ret_command->text +
		    (reader.command.argument[i] - reader.command.text);
	return COMMAND_FINE;
}

bool
command_allows(const struct command *command, enum role role)
{
	return (unsigned)role < ROLE_COUNT && (command->roles & 1U << role) != 0;
}
