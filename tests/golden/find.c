/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "find.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "catalogue.h"
#include "english.h"
#include "ui/stack/bar.h"
#include "core/words.h"
#include "ui/terminal/terminal.h"
#include "watch.h"

enum {
	LABEL_MOST = 16,  /* columns of a label in the key bar, but in the pseudo-language */
	ALL_LABELS = 60,  /* from so many columns on, each key that must stay has its label */
	ENTER_LABEL = 40, /* from so many on, Enter has */
	NUMBER_ROWS = 12, /* from so many rows on, a countdown has room */
	BUTTON_LINES = 4, /* lines that a button may wrap into */
	LINE = 4096
};

struct finder {
	const struct ui *ui;
	const struct find_where *where;
	const struct watch *watch;
	struct found *found;
	bool pseudo;
};

/* y: the row that it is about, or -1. */
__attribute__((format(printf, 3, 4))) static void
report(const struct finder *finder, int y, const char *format, ...)
{
	struct found *found = finder->found;
	char what[LINE], row[LINE] = "";
	va_list list;

	va_start(list, format);
	vsnprintf(what, sizeof what, format, list);
	va_end(list);
	if (y >= 0 && y < WATCH_ROWS)
		watch_row(y, 0, row, sizeof row);
	found->count++;
	if (found->used + 2 * LINE / 8 >= sizeof found->text)
		return;
	found->used += (size_t)snprintf(found->text + found->used, sizeof found->text - found->used,
	    "%s (%s) at %dx%d, line %d: %.200s\n    |%.400s|\n", finder->where->scene,
	    finder->where->language, finder->where->columns, finder->where->rows, y + 1, what, row);
	if (found->used >= sizeof found->text)
		found->used = sizeof found->text - 1;
}

/* --- words ------------------------------------------------------------------------------- */

static void
find_cut(const struct finder *finder)
{
	for (size_t i = 0; i < finder->watch->puts; i++) {
		const struct watch_put *put = &finder->watch->put[i];

		if (put->used < put->asked)
			report(finder, put->y, "\"%s\" is cut to %d columns", put->text, put->used);
		else if (put->over < WATCH_PUTS)
			report(finder, put->y, "\"%s\" came over \"%s\"",
			    finder->watch->put[put->over].text, put->text);
		else if (put->standing > 0 && put->standing < put->glyphs)
			report(finder, put->y, "\"%s\" is wiped out in part", put->text);
	}
}

/* What is painted in lines ends with a mark where it breaks off. */
static void
find_lost(const struct finder *finder)
{
	for (size_t i = 0; i < finder->watch->losses; i++) {
		const struct watch_lost *lost = &finder->watch->lost[i];

		if (lost->how == LOST_PART)
			report(finder, -1, "breaks off without a mark: \"%s\"", lost->text);
		else if (lost->how == LOST_WORD)
			report(finder, -1, "is cut within a word: \"%s\"", lost->text);
		else if (lost->how == LOST_CHOICE)
			report(finder, -1, "is hidden in a list: \"%s\"", lost->text);
		else if (finder->where->columns >= ALL_LABELS && !finder->pseudo)
			report(finder, -1, "is not shown: \"%s\"", lost->text);
	}
}

/* --- buttons ------------------------------------------------------------------------------ */

/* Brackets pair within a line, or within the few that a button wraps into. */
static void
find_brackets(const struct finder *finder)
{
	int open = -1;

	for (int y = 0; y < finder->where->rows; y++)
		for (int x = 0; x < finder->where->columns; x++) {
			const char *glyph = finder->watch->glyph[y][x];
			bool opens = strcmp(glyph, "[") == 0, closes = strcmp(glyph, "]") == 0;

			if ((opens && open >= 0) ||
			    (closes && open >= 0 && y - open >= BUTTON_LINES))
				report(finder, open, "[ without its ]");
			if (closes && open < 0)
				report(finder, y, "] without its [");
			open = opens ? y : closes ? -1 : open;
		}
	if (open >= 0)
		report(finder, open, "[ without its ]");
}

/* The form that takes the keys, or NULL. */
static const struct form *
form_of(const struct ui *ui)
{
	const struct ui_slot *top = &ui->stack[ui->depth - 1];

	if (top->screen->form != NULL)
		return top->screen->form(top->state);
	return top->screen->plan != NULL ? top->state : NULL;
}

/* What Enter does is what stands on the focused button, be it as long as it is. */
static bool
is_button(const struct form *form, const char *label)
{
	for (size_t i = 0; form != NULL && i < form->plan->buttons; i++)
		if (strcmp(form->plan->button[i], label) == 0)
			return true;
	return false;
}

/* --- the key bar --------------------------------------------------------------------------- */

enum seen { SEEN_NOT, SEEN_KEY, SEEN_LABEL };

/* Whether the start of a label stands there, and a mark that it goes on. */
static bool
is_cut(const char *at, const char *label)
{
	const char *mark = strstr(at, "…");

	return mark != NULL && mark > at && strncmp(at, label, (size_t)(mark - at)) == 0;
}

/* Whether a key stands in a row as a word of its own, and its label behind it. */
static enum seen
seen_in(const char *row, const char *key, const char *label)
{
	enum seen seen = SEEN_NOT;

	for (const char *at = strstr(row, key); at != NULL; at = strstr(at + 1, key)) {
		const char *end = at + strlen(key);

		if ((at > row && at[-1] != ' ') || (*end != ' ' && *end != '\0'))
			continue;
		seen = SEEN_KEY;
		end += strspn(end, " ");
		if (strncmp(end, label, strlen(label)) == 0 || is_cut(end, label))
			return SEEN_LABEL;
	}
	return seen;
}

/* Beside a QR code the keys stand one a line, so every line is looked at. */
static enum seen
seen_on(const struct finder *finder, const struct key_row *row)
{
	enum seen best = SEEN_NOT;
	char line[LINE];

	for (int y = finder->where->rows - 1; y >= 0 && best != SEEN_LABEL; y--) {
		watch_row(y, 0, line, sizeof line);
		enum seen seen = seen_in(line, _(row->key_label), _(row->label));
		best = seen > best ? seen : best;
	}
	return best;
}

static void
find_key(const struct finder *finder, const struct key_row *row)
{
	bool must = row->key == KEY_ENTER_ || row->key == KEY_ESC || row->key == KEY_HELP_;
	bool labelled = finder->where->columns >= ALL_LABELS ||
	    (finder->where->columns >= ENTER_LABEL && row->key == KEY_ENTER_);
	enum seen seen = seen_on(finder, row);

	if (text_columns(_(row->label), strlen(_(row->label))) > LABEL_MOST && !finder->pseudo &&
	    !is_button(form_of(finder->ui), row->label))
		report(finder, -1, "\"%s\" is too long for a key bar", _(row->label));
	if (!must)
		return;
	if (seen == SEEN_NOT)
		report(finder, finder->where->rows - 1, "the key bar has no \"%s\"",
		    _(row->key_label));
	else if (seen == SEEN_KEY && labelled)
		report(finder, finder->where->rows - 1, "the key bar has \"%s\" without \"%s\"",
		    _(row->key_label), _(row->label));
}

static void
find_bar(const struct finder *finder)
{
	struct key_row rows[UI_ROWS_MAX];
	size_t count = ui_rows(finder->ui, rows);

	for (size_t i = 0; i < count; i++)
		if (rows[i].rank >= 0 && rows[i].label != NULL && rows[i].key_label != NULL)
			find_key(finder, &rows[i]);
}

/* --- numbers and the cursor ------------------------------------------------------------------ */

/* The number of a text stands somewhere, with no digit beside it. */
static bool
number_stands(const struct finder *finder, const char *text)
{
	static const char digits[] = "0123456789";
	char number[16], line[LINE];
	const char *start = text + strcspn(text, digits);

	snprintf(number, sizeof number, "%.*s", (int)strspn(start, digits), start);
	for (int y = 0; number[0] != '\0' && y < finder->where->rows; y++) {
		watch_row(y, 0, line, sizeof line);
		for (const char *at = strstr(line, number); at != NULL; at = strstr(at + 1, number))
			if ((at == line || !isdigit((unsigned char)at[-1])) &&
			    !isdigit((unsigned char)at[strlen(number)]))
				return true;
	}
	return number[0] == '\0';
}

/* Where there is no room for all of a form, what stands beside the code is out of sight while some
 * other text is typed. */
static bool
takes_code(const struct form *form)
{
	if (form != NULL && form->focus < form->plan->fields &&
	    form->plan->field[form->focus].kind == FIELD_TEXT)
		return false;
	for (size_t i = 0; form != NULL && i < form->plan->fields; i++)
		if (form->plan->field[i].kind == FIELD_CODE)
			return true;
	return false;
}

static void
find_countdown(const struct finder *finder)
{
	if (finder->where->rows >= NUMBER_ROWS && finder->watch->countdown[0] != '\0' &&
	    takes_code(form_of(finder->ui)) && !number_stands(finder, finder->watch->countdown))
		report(finder, -1, "the number is missing of \"%s\"", finder->watch->countdown);
	if (finder->where->rows >= NUMBER_ROWS && finder->ui->said != ERR_OK &&
	    !number_stands(finder, finder->ui->message))
		report(finder, -1, "the number is missing of \"%s\"", finder->ui->message);
}

/* The first row in which something has the focus, from y on; or -1. */
static int
focus_from(const struct finder *finder, int y)
{
	for (; y < finder->where->rows; y++)
		for (int x = 0; x < finder->where->columns; x++) {
			enum style style = finder->watch->style[y][x];

			if (style == STYLE_FOCUS || style == STYLE_FIELD_FOCUS)
				return y;
		}
	return -1;
}

/* What is left of a field's area tells that it has the focus, but of a full one nothing is. */
static bool
is_at_field(const struct finder *finder, int y, int x)
{
	return finder->watch->style[y][x] == STYLE_FIELD ||
	    (x > 0 && finder->watch->style[y][x - 1] == STYLE_FIELD);
}

/* Where nothing has the focus (a list of codes, the help) the cursor may stand anywhere. */
static void
find_cursor(const struct finder *finder)
{
	int y = finder->watch->cursor_y;

	if (finder->watch->cursor &&
	    (y < 0 || y >= finder->where->rows ||
		finder->watch->cursor_x >= finder->where->columns))
		report(finder, -1, "the cursor is beside the screen");
	else if (focus_from(finder, 0) < 0)
		return;
	else if (!finder->watch->cursor)
		report(finder, focus_from(finder, 0), "no cursor");
	else if (focus_from(finder, y) != y && !is_at_field(finder, y, finder->watch->cursor_x))
		report(finder, y, "the cursor stands where nothing has the focus");
}

/* The mark of a cell as the terminal has it, which under a dialog is not what was asked. */
static char
cell_mark(const struct finder *finder, int y, int x)
{
	char buf[64];

	terminal_cell(finder->ui->terminal, y, x, buf, sizeof buf);
	return buf[strlen(buf) - 1];
}

static bool
has_bar(const struct finder *finder, int y)
{
	for (int x = 0; x < finder->where->columns; x++)
		if (cell_mark(finder, y, x) == 'f')
			return true;
	return false;
}

/* What has the focus is in the cursor's row, and in those that it goes on in. */
static void
find_focus(const struct finder *finder)
{
	int y = finder->watch->cursor_y;

	while (y < finder->where->rows && has_bar(finder, y))
		y++;
	for (int other = 0; other < finder->where->rows; other++)
		if ((other < finder->watch->cursor_y || other >= y) && has_bar(finder, other))
			report(finder, other, "looks focused, and the cursor is elsewhere");
}

/* --- what was not translated ------------------------------------------------------------------ */

static void
find_english(const struct finder *finder)
{
	char line[LINE];

	/* Its labels are the words of the command line. */
	if (strcmp(finder->where->scene, "audit-verbs") == 0)
		return;
	for (int y = 0; finder->pseudo && y < finder->where->rows; y++) {
		size_t length;

		watch_row(y, 0, line, sizeof line);
		for (const char *at = english_word(line, &length); at != NULL;
		     at = english_word(at + length, &length))
			report(finder, y, "\"%.*s\" is not translated", (int)length, at);
	}
}

void
find_idle_arrows(const struct ui *ui, const struct find_where *where, struct found *found)
{
	const struct finder finder = { ui, where, watch_seen(), found, false };

	report(&finder, where->rows - 1, "the key bar has arrows that do nothing");
}

void
find(const struct ui *ui, const struct find_where *where, struct found *found)
{
	const struct finder finder = { ui, where, watch_seen(), found,
		strcmp(where->language, LANGUAGE_PSEUDO) == 0 };

	find_cut(&finder);
	find_lost(&finder);
	find_brackets(&finder);
	find_bar(&finder);
	find_countdown(&finder);
	find_cursor(&finder);
	find_focus(&finder);
	find_english(&finder);
}
