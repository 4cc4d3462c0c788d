/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/policy_value.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "core/policy_text.h"

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

/* The largest first. */
static const struct {
	char unit;
	int64_t seconds;
} units[] = { { 'd', 86400 }, { 'h', 3600 }, { 'm', 60 }, { 's', 1 } };

enum { UNITS = sizeof units / sizeof units[0], UNIT_DAY = 0, UNIT_HOUR = 1 };

/* --- yes or no ------------------------------------------------------------------------ */

static enum err
parse_bool(const struct setting *setting, struct piece piece, void *place)
{
	(void)setting;
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (strlen(words[i].word) == piece.length &&
		    strncasecmp(words[i].word, piece.bytes, piece.length) == 0) {
			memcpy(place, &words[i].value, sizeof words[i].value);
			return ERR_OK;
		}
	}
	return ERR_SETTING_VALUE;
}

static void
print_bool(const void *place, char value[POLICY_VALUE_SIZE])
{
	bool yes;

	memcpy(&yes, place, sizeof yes);
	(void)snprintf(value, POLICY_VALUE_SIZE, "%s", policy_yes_or_no(yes));
}

bool
policy_is_yes(const char *value)
{
	bool yes = false;

	return parse_bool(NULL, policy_trim(value, strlen(value)), &yes) == ERR_OK && yes;
}

const char *
policy_yes_or_no(bool yes)
{
	return yes ? "yes" : "no";
}

/* --- durations ------------------------------------------------------------------------- */

/* Digits, nine at most so that nothing overflows, and perhaps a unit. */
static bool
read_seconds(struct piece piece, int64_t *ret_seconds)
{
	int64_t unit = 1, value = 0;

	for (size_t i = 0; i < UNITS; i++) {
		if (piece.length > 1 && (piece.bytes[piece.length - 1] | 0x20) == units[i].unit) {
			unit = units[i].seconds;
			piece.length--;
			break;
		}
	}
	if (piece.length == 0 || piece.length > 9)
		return false;
	for (size_t i = 0; i < piece.length; i++) {
		if (piece.bytes[i] < '0' || piece.bytes[i] > '9')
			return false;
		value = value * 10 + (piece.bytes[i] - '0');
	}
	*ret_seconds = value * unit;
	return true;
}

bool
policy_seconds(const char *value, int64_t *ret_seconds)
{
	return read_seconds(policy_trim(value, strlen(value)), ret_seconds);
}

/* In the largest unit, `largest` or below, in which the number is whole. */
static void
write_seconds(int64_t seconds, size_t largest, char *buf, size_t size)
{
	size_t i = largest;

	while (i + 1 < UNITS && seconds % units[i].seconds != 0)
		i++;
	(void)snprintf(buf, size, "%" PRId64 "%c", seconds / units[i].seconds, units[i].unit);
}

static enum err
parse_seconds(const struct setting *setting, struct piece piece, void *place)
{
	int64_t seconds;

	if (!read_seconds(piece, &seconds) || seconds < setting->min || seconds > setting->max)
		return ERR_SETTING_VALUE;
	memcpy(place, &seconds, sizeof seconds);
	return ERR_OK;
}

/* Days are written as hours: "72h". */
static void
print_seconds(const void *place, char value[POLICY_VALUE_SIZE])
{
	int64_t seconds;

	memcpy(&seconds, place, sizeof seconds);
	write_seconds(seconds, UNIT_HOUR, value, POLICY_VALUE_SIZE);
}

/* 0 is for ever, or none. */
static enum err
parse_keep(const struct setting *setting, struct piece piece, void *place)
{
	int64_t seconds;

	if (!read_seconds(piece, &seconds))
		return ERR_SETTING_VALUE;
	if (seconds != 0 && (seconds < setting->min || seconds > setting->max))
		return ERR_SETTING_VALUE;
	memcpy(place, &seconds, sizeof seconds);
	return ERR_OK;
}

static void
print_keep(const void *place, char value[POLICY_VALUE_SIZE])
{
	int64_t seconds;

	memcpy(&seconds, place, sizeof seconds);
	if (seconds == 0)
		(void)snprintf(value, POLICY_VALUE_SIZE, "0");
	else
		write_seconds(seconds, UNIT_DAY, value, POLICY_VALUE_SIZE);
}

/* --- numbers --------------------------------------------------------------------------- */

/* Digits alone: a unit is no part of a number. */
static enum err
parse_number(const struct setting *setting, struct piece piece, void *place)
{
	bool digit = piece.length > 0 && piece.bytes[piece.length - 1] >= '0' &&
	    piece.bytes[piece.length - 1] <= '9';

	return digit ? parse_seconds(setting, piece, place) : ERR_SETTING_VALUE;
}

static void
print_number(const void *place, char value[POLICY_VALUE_SIZE])
{
	int64_t number;

	memcpy(&number, place, sizeof number);
	(void)snprintf(value, POLICY_VALUE_SIZE, "%" PRId64, number);
}

/* --- any type ---------------------------------------------------------------------------- */

/*
 * All that depends on a type. `parse` checks what was typed and writes the member that `place`
 * points at, or leaves it as it is.
 */
static const struct {
	enum err (*parse)(const struct setting *setting, struct piece piece, void *place);
	void (*print)(const void *place, char value[POLICY_VALUE_SIZE]);
	const char *refusal, *writing;
} types[] = {
	[SETTING_BOOL] = { parse_bool, print_bool, N_("Not a valid value: give yes or no."), NULL },
	[SETTING_TEXT] = { policy_text_parse, policy_text_print,
	    N_("Not a valid text: give %s to %s characters."), NULL },
	[SETTING_LIST] = { policy_list_parse, policy_text_print,
	    N_("Not a valid list: give %s to %s entries, separated by commas."),
	    N_("Separate the entries by commas.") },
	[SETTING_SECONDS] = { parse_seconds, print_seconds,
	    N_("Not a valid duration: give %s to %s."), NULL },
	[SETTING_NUMBER] = { parse_number, print_number, N_("Not a valid number: give %s to %s."),
	    NULL },
	[SETTING_KEEP] = { parse_keep, print_keep,
	    N_("Not a valid duration: give %s to %s, or 0 for ever."), N_("Write 0 for ever.") },
	[SETTING_SPAN] = { parse_keep, print_keep,
	    N_("Not a valid duration: give %s to %s, or 0 for none."), N_("Write 0 for none.") },
	[SETTING_ROLES] = { policy_roles_parse, policy_roles_print,
	    N_("Not a valid list: give operator, administrator or super-administrator, separated "
	       "by commas, or none."),
	    N_("Separate the roles by commas, or write none.") },
};

enum err
policy_value_parse(const struct setting *setting, const char *value, void *place)
{
	return types[setting->type].parse(setting, policy_trim(value, strlen(value)), place);
}

void
policy_value_print(const struct setting *setting, const void *place, char value[POLICY_VALUE_SIZE])
{
	types[setting->type].print(place, value);
}

const char *
policy_refusal(enum setting_id id)
{
	return types[policy_setting(id)->type].refusal;
}

const char *
policy_writing(enum setting_id id)
{
	const struct setting *setting = policy_setting(id);

	if (setting->type == SETTING_TEXT && setting->min == 0)
		return N_("Write none for no text.");
	return types[setting->type].writing;
}

void
policy_refusal_fill(const char *sentence, enum setting_id id, char buf[POLICY_REFUSAL_SIZE])
{
	const struct setting *setting = policy_setting(id);
	const int64_t limits[] = { setting->min, setting->max };
	size_t used = 0;

	buf[0] = '\0';
	for (size_t i = 0; i < 2; i++) {
		const char *mark = strstr(sentence, "%s");
		char limit[24];

		if (mark == NULL)
			break;
		if (setting->type == SETTING_SECONDS || setting->type == SETTING_KEEP ||
		    setting->type == SETTING_SPAN)
			write_seconds(limits[i], UNIT_DAY, limit, sizeof limit);
		else
			(void)snprintf(limit, sizeof limit, "%" PRId64, limits[i]);
		(void)snprintf(buf + used, POLICY_REFUSAL_SIZE - used, "%.*s%s",
		    (int)(mark - sentence), sentence, limit);
		used = strlen(buf);
		sentence = mark + 2;
	}
	(void)snprintf(buf + used, POLICY_REFUSAL_SIZE - used, "%s", sentence);
}
