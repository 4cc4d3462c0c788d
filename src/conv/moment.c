/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv/moment.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { TYPED = 32, DIGITS_MAX = 6, MINUTE = 60 };

static const struct {
	char letter;
	int64_t seconds;
} units[] = { { 's', 1 }, { 'm', 60 }, { 'h', 3600 }, { 'd', 86400 }, { 'w', 604800 } };

/* --- days ------------------------------------------------------------------------- */

/* The first second of a local day, also of one that begins at 01:00. */
static int64_t
day_start(struct tm day)
{
	day.tm_hour = day.tm_min = day.tm_sec = 0;
	day.tm_isdst = -1;
	return (int64_t)mktime(&day);
}

static struct moment
whole_day(struct tm day)
{
	struct tm next = day;

	next.tm_mday++;
	return (struct moment){ .first = day_start(day), .end = day_start(next) };
}

struct moment
moment_day(int64_t time)
{
	time_t value = (time_t)time;
	struct tm day;

	if (localtime_r(&value, &day) == NULL)
		return (struct moment){ .first = time, .end = time };
	return whole_day(day);
}

void
moment_date(int64_t time, char *buf, size_t size)
{
	time_t value = (time_t)time;
	struct tm local;

	if (localtime_r(&value, &local) == NULL || strftime(buf, size, "%Y-%m-%d", &local) == 0)
		(void)snprintf(buf, size, "%lld", (long long)time);
}

void
moment_put(int64_t time, char *buf, size_t size)
{
	time_t value = (time_t)time;
	struct tm local;

	if (localtime_r(&value, &local) == NULL ||
	    strftime(buf, size, "%Y-%m-%d %H:%M:%S", &local) == 0)
		(void)snprintf(buf, size, "%lld", (long long)time);
}

/* --- what is typed ----------------------------------------------------------------- */

/* Digits where the pattern has '9', else the pattern's own signs; 'T' is also a blank. */
static bool
looks_like(const char *typed, const char *pattern)
{
	for (; *pattern != '\0'; typed++, pattern++) {
		bool digit = *typed >= '0' && *typed <= '9';

		if (*pattern == '9' ? !digit
				    : *typed != *pattern && !(*pattern == 'T' && *typed == ' '))
			return false;
	}
	return *typed == '\0';
}

static int
number_at(const char *typed, int place, int digits)
{
	int number = 0;

	for (int i = place; i < place + digits; i++)
		number = number * 10 + (typed[i] - '0');
	return number;
}

/* A day that is in no calendar is moved to another one by mktime(). */
static bool
is_day(const struct tm *asked)
{
	struct tm noon = *asked;

	noon.tm_hour = 12;
	noon.tm_isdst = -1;
	return mktime(&noon) != (time_t)-1 && noon.tm_mday == asked->tm_mday &&
	    noon.tm_mon == asked->tm_mon && noon.tm_year == asked->tm_year;
}

/* A date, and how many digits of a time follow: 0, 4 or 6. */
static enum err
parse_date(const char *typed, int digits, struct moment *ret_moment)
{
	struct tm day = { .tm_year = number_at(typed, 0, 4) - 1900,
		.tm_mon = number_at(typed, 5, 2) - 1,
		.tm_mday = number_at(typed, 8, 2) };
	int64_t first;

	if (!is_day(&day))
		return ERR_TIME_FORMAT;
	if (digits == 0) {
		*ret_moment = whole_day(day);
		return ERR_OK;
	}
	day.tm_hour = number_at(typed, 11, 2);
	day.tm_min = number_at(typed, 14, 2);
	day.tm_sec = digits > 4 ? number_at(typed, 17, 2) : 0;
	day.tm_isdst = -1;
	if (day.tm_hour > 23 || day.tm_min > 59 || day.tm_sec > 59)
		return ERR_TIME_FORMAT;
	first = (int64_t)mktime(&day);
	*ret_moment = (struct moment){ .first = first, .end = first + (digits > 4 ? 1 : MINUTE) };
	return ERR_OK;
}

static enum err
parse_ago(const char *typed, int64_t now, struct moment *ret_moment)
{
	size_t digits = strspn(typed, "0123456789");

	if (digits == 0 || digits > DIGITS_MAX || typed[digits] == '\0' ||
	    typed[digits + 1] != '\0')
		return ERR_TIME_FORMAT;
	for (size_t i = 0; i < sizeof units / sizeof *units; i++)
		if (units[i].letter == typed[digits]) {
			int64_t at = now - number_at(typed, 0, (int)digits) * units[i].seconds;

			*ret_moment = (struct moment){ .first = at, .end = at + 1 };
			return ERR_OK;
		}
	return ERR_TIME_FORMAT;
}

static enum err
parse_word(const char *typed, int64_t now, struct moment *ret_moment)
{
	static const char *const words[] = { "today", "yesterday" };
	time_t value = (time_t)now;
	struct tm day;

	if (localtime_r(&value, &day) == NULL)
		return ERR_TIME_FORMAT;
	for (int i = 0; i < 2; i++)
		if (strcmp(typed, words[i]) == 0) {
			day.tm_mday -= i;
			*ret_moment = whole_day(day);
			return ERR_OK;
		}
	return parse_ago(typed, now, ret_moment);
}

enum err
moment_parse(const char *typed, int64_t now, struct moment *ret_moment)
{
	char text[TYPED] = "";
	size_t length;

	typed += strspn(typed, " \t");
	length = strlen(typed);
	while (length > 0 && (typed[length - 1] == ' ' || typed[length - 1] == '\t'))
		length--;
	if (length >= sizeof text)
		return ERR_TIME_FORMAT;
	memcpy(text, typed, length);
	text[length] = '\0';
	if (looks_like(text, "9999-99-99"))
		return parse_date(text, 0, ret_moment);
	if (looks_like(text, "9999-99-99T99:99"))
		return parse_date(text, 4, ret_moment);
	if (looks_like(text, "9999-99-99T99:99:99"))
		return parse_date(text, 6, ret_moment);
	return parse_word(text, now, ret_moment);
}
