/* SPDX-License-Identifier: GPL-3.0-or-later */
/* ~/.google_authenticator of libpam-google-authenticator, as its FILEFORMAT describes it. */
#include <string.h>

#include "cli/import.h"
#include "core/secret.h"

enum { SCRATCH_DIGITS = 8, SKEW_MOST = 20 /* ten minutes */, STEP = 30 };

/* What the options of a file have said. */
struct google {
	struct import_row *row;
	bool timed, skewed;
};

/* The next word of a line: its bytes, and their number; 0: there is none. */
static size_t
word(const char **io_at, const char *end, const char **ret_word)
{
	const char *at = *io_at, *start;

	while (at < end && (*at == ' ' || *at == '\t'))
		at++;
	start = at;
	while (at < end && *at != ' ' && *at != '\t')
		at++;
	*ret_word = start;
	*io_at = at;
	return (size_t)(at - start);
}

static bool
is_word(const char *text, size_t length, const char *wanted)
{
	return length == strlen(wanted) && memcmp(text, wanted, length) == 0;
}

/* A whole number of at most 18 digits. */
static bool
number(const char *text, size_t length, int64_t *ret_number)
{
	bool minus = length > 0 && *text == '-';
	int64_t value = 0;

	if (minus) {
		text++;
		length--;
	}
	if (length == 0 || length > 18)
		return false;
	for (size_t i = 0; i < length; i++) {
		if (text[i] < '0' || text[i] > '9')
			return false;
		value = value * 10 + (text[i] - '0');
	}
	*ret_number = minus ? -value : value;
	return true;
}

/* The greatest of the used steps; they are told in the authenticator's own time. */
static enum import_why
take_used(const char *at, const char *end, struct import_row *row)
{
	const char *text;
	size_t length;
	int64_t step;

	while ((length = word(&at, end, &text)) > 0) {
		if (!number(text, length, &step))
			return IMPORT_FIELDS;
		if (step > row->last_step)
			row->last_step = step;
	}
	return IMPORT_ROW;
}

/* The first one counts, as it does there. */
static enum import_why
take_skew(struct google *google, const char *at, const char *end)
{
	const char *text;
	size_t length = word(&at, end, &text);
	int64_t skew;

	if (!number(text, length, &skew))
		return IMPORT_FIELDS;
	if (google->skewed)
		return IMPORT_ROW;
	google->skewed = true;
	if (skew < -SKEW_MOST || skew > SKEW_MOST)
		return IMPORT_SKEW;
	google->row->offset = skew;
	if (skew != 0)
		google->row->notes |= IMPORT_NOTE_SKEW;
	return IMPORT_ROW;
}

static enum import_why
take_step_size(const char *at, const char *end)
{
	const char *text;
	size_t length = word(&at, end, &text);
	int64_t step;

	if (!number(text, length, &step))
		return IMPORT_FIELDS;
	return step == STEP ? IMPORT_ROW : IMPORT_PERIOD;
}

/* Behind the quotation mark. What else there is (WINDOW_SIZE, RATE_LIMIT, LAST0 ...) is that
 * tool's own. */
static enum import_why
take_option(struct google *google, const char *at, const char *end)
{
	const char *text;
	size_t length = word(&at, end, &text);

	if (is_word(text, length, "HOTP_COUNTER"))
		return IMPORT_COUNTER;
	if (is_word(text, length, "STEP_SIZE"))
		return take_step_size(at, end);
	if (is_word(text, length, "TIME_SKEW"))
		return take_skew(google, at, end);
	if (is_word(text, length, "DISALLOW_REUSE"))
		return take_used(at, end, google->row);
	if (is_word(text, length, "TOTP_AUTH"))
		google->timed = true;
	return length > 0 ? IMPORT_ROW : IMPORT_TYPE;
}

static enum import_why
take_line(struct google *google, const char *at, const char *end)
{
	const char *text;
	int64_t scratch;
	size_t length;

	if (end - at >= 2 && at[0] == '"' && at[1] == ' ')
		return take_option(google, at + 2, end);
	length = word(&at, end, &text);
	if (length == 0)
		return IMPORT_ROW;
	if (length != SCRATCH_DIGITS || *text == '-' || !number(text, length, &scratch) ||
	    word(&at, end, &text) != 0)
		return IMPORT_TYPE;
	google->row->notes |= IMPORT_NOTE_SCRATCH;
	return IMPORT_ROW;
}

static const char *
line_end(const char *at, const char *end)
{
	const char *found = memchr(at, '\n', (size_t)(end - at));

	return found != NULL ? found : end;
}

static enum import_why
take_lines(struct google *google, const char *text, size_t length, size_t *ret_line)
{
	const char *end = text + length, *at = text;
	enum import_why why = IMPORT_ROW;

	for (*ret_line = 1; why == IMPORT_ROW && at < end; (*ret_line)++) {
		const char *stop = line_end(at, end), *last = stop;

		if (stop == end)
			return IMPORT_CUT;
		if (last > at && last[-1] == '\r')
			last--;
		if (memchr(at, '\0', (size_t)(last - at)) != NULL)
			return IMPORT_BYTES;
		why = *ret_line == 1 ? import_base32(at, (size_t)(last - at), true, google->row)
				     : take_line(google, at, last);
		if (why != IMPORT_ROW)
			return why;
		at = stop + 1;
	}
	return why;
}

enum import_why
import_google(const char *text, size_t length, struct import_row *ret_row, size_t *ret_line)
{
	struct google google = { .row = ret_row };
	enum import_why why;

	memset(ret_row, 0, sizeof *ret_row);
	*ret_line = 1;
	if (length == 0)
		return IMPORT_CUT;
	why = length > IMPORT_FILE_SIZE ? IMPORT_LARGE
					: take_lines(&google, text, length, ret_line);
	if (why == IMPORT_ROW) {
		*ret_line = 1;
		why = google.timed ? IMPORT_ROW : IMPORT_NOT_TIMED;
	}
	if (why != IMPORT_ROW)
		secret_wipe(ret_row, sizeof *ret_row);
	return why;
}
