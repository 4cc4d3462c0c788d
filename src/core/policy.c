/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/policy.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/text.h"

enum { ENTRY_POINTS = 40 }; /* code points in one entry of a list */

static const struct setting settings[SETTING_COUNT] = {
	[SETTING_REQUIRE_2FA] = { "require-2fa", SETTING_BOOL, 0, 1, "yes",
	    N_("Require two-factor authentication for all users"),
	    N_("Whoever has none is asked to configure it at the next sign-in.") },
	[SETTING_CONSOLE_NAME] = { "console-name", SETTING_TEXT, 1, POLICY_NAME_POINTS,
	    "ProVconnect", N_("Console name"),
	    N_("This console's name on its screens and in authenticator applications.") },
	[SETTING_APPLICATIONS] = { "applications", SETTING_LIST, 1, 8,
	    "Authy, Google Authenticator, Microsoft Authenticator, LastPass Authenticator",
	    N_("Suggested applications"),
	    N_("The authenticator applications that are suggested when configuring, separated by "
	       "commas.") },
	[SETTING_IDLE_LOCK] = { "idle-lock", SETTING_SECONDS, 60, 12 * 3600, "15m", N_("Idle lock"),
	    N_("A console without a key for this long is locked, from 1m to 12h.") },
	[SETTING_INVITATION] = { "invitation", SETTING_SECONDS, 3600, 30 * 86400, "72h",
	    N_("Invitation lifetime"),
	    N_("An invitation, or a reset, that is not used for this long expires, from 1h to "
	       "30d.") },
};

/* Where each value lives in struct policy. */
static const struct {
	size_t offset;
	size_t size;
} places[SETTING_COUNT] = {
#define PLACE(member) \
	{ \
		offsetof(struct policy, member), sizeof((struct policy *)0)->member \
	}
	[SETTING_REQUIRE_2FA] = PLACE(require_2fa),
	[SETTING_CONSOLE_NAME] = PLACE(console_name),
	[SETTING_APPLICATIONS] = PLACE(applications),
	[SETTING_IDLE_LOCK] = PLACE(idle_lock),
	[SETTING_INVITATION] = PLACE(invitation),
#undef PLACE
};

static const struct {
	const char *word;
	bool value;
} words[] = {
	{ "yes", true },
	{ "on", true },
	{ "true", true },
	{ "1", true },
	{ "no", false },
	{ "off", false },
	{ "false", false },
	{ "0", false },
};

static const struct {
	char unit;
	int64_t seconds;
} units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 } };

/* A piece of what was typed. */
struct piece {
	const char *bytes;
	size_t length;
};

const struct setting *
policy_setting(enum setting_id id)
{
	return &settings[id];
}

enum err
policy_find(const char *key, enum setting_id *ret_id)
{
	for (unsigned i = 0; i < SETTING_COUNT; i++) {
		if (strcmp(settings[i].key, key) == 0) {
			*ret_id = (enum setting_id)i;
			return ERR_OK;
		}
	}
	return ERR_SETTING_UNKNOWN;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct piece
trim(struct piece piece)
{
	while (piece.length > 0 && is_blank(piece.bytes[0])) {
		piece.bytes++;
		piece.length--;
	}
	while (piece.length > 0 && is_blank(piece.bytes[piece.length - 1]))
		piece.length--;
	return piece;
}

static bool
parse_bool(struct piece piece, bool *ret_value)
{
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strlen(words[i].word) == piece.length &&
		    strncasecmp(words[i].word, piece.bytes, piece.length) == 0) {
			*ret_value = words[i].value;
			return true;
		}
	}
	return false;
}

/* Digits, nine at most so that nothing overflows, and perhaps a unit. */
static bool
parse_seconds(struct piece piece, int64_t *ret_seconds)
{
	int64_t unit = 1, value = 0;
	size_t i;

	for (i = 0; i < sizeof units / sizeof units[0]; i++) {
		if (piece.length > 1 && (piece.bytes[piece.length - 1] | 0x20) == units[i].unit) {
			unit = units[i].seconds;
			piece.length--;
			break;
		}
	}
	if (piece.length == 0 || piece.length > 9)
		return false;
	for (i = 0; i < piece.length; i++) {
		if (piece.bytes[i] < '0' || piece.bytes[i] > '9')
			return false;
		value = value * 10 + (piece.bytes[i] - '0');
	}
	*ret_seconds = value * unit;
	return true;
}

/* Appends one entry to list, of POLICY_VALUE_SIZE bytes. */
static enum err
add_entry(char *list, struct piece entry)
{
	char label[TEXT_LABEL_SIZE];
	size_t used = strlen(list);
	int added;
	enum err err;

	err = text_label(entry.bytes, entry.length, ENTRY_POINTS, sizeof label, label);
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

static enum err
parse_list(const struct setting *setting, struct piece rest, char ret_list[POLICY_VALUE_SIZE])
{
	char list[POLICY_VALUE_SIZE] = "";
	int64_t entries = 0;
	bool more = true;

	while (more) {
		const char *comma = rest.length > 0 ? memchr(rest.bytes, ',', rest.length) : NULL;
		struct piece entry = rest;
		enum err err;

		more = comma != NULL;
		if (more) {
			entry.length = (size_t)(comma - rest.bytes);
			rest.bytes = comma + 1;
			rest.length -= entry.length + 1;
		}
		if (++entries > setting->max)
			return ERR_SETTING_VALUE;
		err = add_entry(list, trim(entry));
		if (err != ERR_OK)
			return err;
	}
	if (entries < setting->min)
		return ERR_SETTING_VALUE;
	memcpy(ret_list, list, sizeof list);
	return ERR_OK;
}

void
policy_default(struct policy *policy)
{
	memset(policy, 0, sizeof *policy);
	for (unsigned i = 0; i < SETTING_COUNT; i++) {
		unsigned char *place = (unsigned char *)policy + places[i].offset;
		struct piece value = { settings[i].value, strlen(settings[i].value) };
		int64_t seconds = 0;
		bool yes = true;

		switch (settings[i].type) {
		case SETTING_BOOL:
			(void)parse_bool(value, &yes);
			memcpy(place, &yes, sizeof yes);
			break;
		case SETTING_SECONDS:
			(void)parse_seconds(value, &seconds);
			memcpy(place, &seconds, sizeof seconds);
			break;
		case SETTING_TEXT:
		case SETTING_LIST:
			memcpy(place, value.bytes, value.length);
			break;
		}
	}
}

enum err
policy_set(struct policy *policy, enum setting_id id, const char *value)
{
	const struct setting *setting = &settings[id];
	unsigned char *place = (unsigned char *)policy + places[id].offset;
	struct piece piece = trim((struct piece){ value, strlen(value) });
	char text[POLICY_VALUE_SIZE];
	int64_t seconds;
	bool yes;
	enum err err = ERR_SETTING_VALUE;

	switch (setting->type) {
	case SETTING_BOOL:
		if (!parse_bool(piece, &yes))
			return ERR_SETTING_VALUE;
		memcpy(place, &yes, sizeof yes);
		return ERR_OK;
	case SETTING_SECONDS:
		if (!parse_seconds(piece, &seconds) || seconds < setting->min ||
		    seconds > setting->max)
			return ERR_SETTING_VALUE;
		memcpy(place, &seconds, sizeof seconds);
		return ERR_OK;
	case SETTING_TEXT:
		err = text_label(piece.bytes, piece.length, (size_t)setting->max, places[id].size,
		    text);
		break;
	case SETTING_LIST:
		err = parse_list(setting, piece, text);
		break;
	}
	if (err == ERR_OK)
		memcpy(place, text, strlen(text) + 1);
	return err;
}

/* In the largest unit that loses nothing; days are written as hours. */
static void
write_seconds(int64_t seconds, char value[POLICY_VALUE_SIZE])
{
	int64_t shown = seconds;
	char unit = 's';

	if (seconds % 3600 == 0) {
		shown = seconds / 3600;
		unit = 'h';
	} else if (seconds % 60 == 0) {
		shown = seconds / 60;
		unit = 'm';
	}
	snprintf(value, POLICY_VALUE_SIZE, "%" PRId64 "%c", shown, unit);
}

void
policy_get(const struct policy *policy, enum setting_id id, char value[POLICY_VALUE_SIZE])
{
	const unsigned char *place = (const unsigned char *)policy + places[id].offset;
	int64_t seconds;
	bool yes;

	switch (settings[id].type) {
	case SETTING_BOOL:
		memcpy(&yes, place, sizeof yes);
		snprintf(value, POLICY_VALUE_SIZE, "%s", yes ? "yes" : "no");
		break;
	case SETTING_SECONDS:
		memcpy(&seconds, place, sizeof seconds);
		write_seconds(seconds, value);
		break;
	case SETTING_TEXT:
	case SETTING_LIST:
		snprintf(value, POLICY_VALUE_SIZE, "%.*s", (int)places[id].size - 1,
		    (const char *)place);
		break;
	}
}
