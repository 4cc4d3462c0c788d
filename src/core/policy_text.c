/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/policy_text.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/text.h"

/* No text, no role. */
static const char none[] = "none";

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

struct piece
policy_trim(const char *bytes, size_t length)
{
	while (length > 0 && is_blank(bytes[0])) {
		bytes++;
		length--;
	}
	while (length > 0 && is_blank(bytes[length - 1]))
		length--;
	return (struct piece){ bytes, length };
}

/* --- text and lists --------------------------------------------------------------------- */

static bool
is_none(struct piece piece)
{
	return piece.length == 0 ||
	    (piece.length == sizeof none - 1 &&
		strncasecmp(piece.bytes, none, sizeof none - 1) == 0);
}

/* A text that may be empty is taken away by nothing, or by the word for it. */
enum err
policy_text_parse(const struct setting *setting, struct piece piece, void *place)
{
	char text[POLICY_VALUE_SIZE];
	enum err err;

	if (setting->min == 0 && is_none(piece)) {
		memcpy(place, "", 1);
		return ERR_OK;
	}
	err = text_label(piece.bytes, piece.length, (size_t)setting->max, setting->size, text);
	if (err == ERR_OK)
		memcpy(place, text, strlen(text) + 1);
	return err;
}

void
policy_text_print(const void *place, char value[POLICY_VALUE_SIZE])
{
	(void)snprintf(value, POLICY_VALUE_SIZE, "%s", (const char *)place);
}

const char *
policy_entry(const char **io_rest, size_t *ret_length)
{
	const char *from = *io_rest;
	struct piece entry;
	size_t length;

	if (from == NULL)
		return NULL;
	length = strcspn(from, ",");
	*io_rest = from[length] == ',' ? from + length + 1 : NULL;
	entry = policy_trim(from, length);
	*ret_length = entry.length;
	return entry.bytes;
}

/* Appends one entry to list, of POLICY_VALUE_SIZE bytes. */
static enum err
add_entry(char *list, const char *bytes, size_t length)
{
	char label[TEXT_LABEL_SIZE];
	size_t used = strlen(list);
	int added;
	enum err err = text_label(bytes, length, POLICY_ENTRY_POINTS, sizeof label, label);

	if (err == ERR_FIELD_EMPTY)
		return ERR_SETTING_VALUE;
	if (err != ERR_OK)
		return err;
	added = snprintf(list + used, POLICY_VALUE_SIZE - used, "%s%s", used > 0 ? ", " : "",
	    label);
	if (added < 0 || (size_t)added >= POLICY_VALUE_SIZE - used)
		return ERR_FIELD_LONG;
	return ERR_OK;
}

/* The piece ends where the value does, but for blanks. */
enum err
policy_list_parse(const struct setting *setting, struct piece piece, void *place)
{
	char list[POLICY_VALUE_SIZE] = "";
	const char *rest = piece.bytes, *entry;
	int64_t entries = 0;
	size_t length;

	while ((entry = policy_entry(&rest, &length)) != NULL) {
		enum err err;

		if (++entries > setting->max)
			return ERR_SETTING_VALUE;
		err = add_entry(list, entry, length);
		if (err != ERR_OK)
			return err;
	}
	if (entries < setting->min)
		return ERR_SETTING_VALUE;
	memcpy(place, list, sizeof list);
	return ERR_OK;
}

/* --- roles ------------------------------------------------------------------------------- */

/* The bit of a role; 0: the word names none. */
static unsigned
role_bit(const char *bytes, size_t length)
{
	for (int role = 0; role < ROLE_COUNT; role++) {
		const char *word = role_word((enum role)role);

		if (strlen(word) == length && strncasecmp(word, bytes, length) == 0)
			return 1u << role;
	}
	return 0;
}

enum err
policy_roles_parse(const struct setting *setting, struct piece piece, void *place)
{
	const char *rest = piece.bytes, *entry;
	unsigned roles = 0, bit;
	size_t length;

	(void)setting;
	while (!is_none(piece) && (entry = policy_entry(&rest, &length)) != NULL) {
		bit = role_bit(entry, length);
		if (bit == 0)
			return ERR_SETTING_VALUE;
		roles |= bit;
	}
	*(unsigned *)place = roles;
	return ERR_OK;
}

void
policy_roles_print(const void *place, char value[POLICY_VALUE_SIZE])
{
	unsigned roles;
	size_t used = 0;

	memcpy(&roles, place, sizeof roles);
	value[0] = '\0';
	for (int role = 0; role < ROLE_COUNT; role++) {
		if ((roles & (1u << role)) == 0)
			continue;
		(void)snprintf(value + used, POLICY_VALUE_SIZE - used, "%s%s", used > 0 ? ", " : "",
		    role_word((enum role)role));
		used = strlen(value);
	}
}
