/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "watch.h"

#include <stdio.h>
#include <string.h>

#include "core/text.h"
#include "ui/terminal/terminal.h"
#include "ui/widget/draw.h"
#include "ui/widget/menu.h"
#include "ui/widget/page.h"
#include "ui/widget/title.h"

static struct watch watch;

const struct watch *
watch_seen(void)
{
	return &watch;
}

void
watch_row(int y, int x, char *buf, size_t size)
{
	size_t used = 0;

	buf[0] = '\0';
	for (; x < WATCH_COLUMNS && used + sizeof watch.glyph[y][x] < size; x++)
		used += (size_t)snprintf(buf + used, size - used, "%s",
		    watch.glyph[y][x][0] != '\0' ? watch.glyph[y][x] : " ");
	while (used > 0 && buf[used - 1] == ' ')
		buf[--used] = '\0';
}

/* --- cells ------------------------------------------------------------------------------ */

static bool
is_blank(const char *text)
{
	return text[strspn(text, " ")] == '\0';
}

/* The cell is another's now, or nobody's. glyph: "" wipes it. */
static void
take(int y, int x, size_t owner, enum style style, const char *glyph)
{
	if (y < 0 || y >= WATCH_ROWS || x < 0 || x >= WATCH_COLUMNS)
		return;
	size_t before = watch.owner[y][x];
	if (before < WATCH_PUTS && owner != before) {
		watch.put[before].standing--;
		if (owner < WATCH_PUTS && strcmp(watch.glyph[y][x], glyph) != 0)
			watch.put[before].over = owner;
	}
	watch.owner[y][x] = is_blank(glyph) ? WATCH_PUTS : owner;
	snprintf(watch.glyph[y][x], sizeof watch.glyph[y][x], "%s", glyph);
	watch.style[y][x] = style;
}

static void
wipe(int y, int x, int columns, enum style style)
{
	while (columns-- > 0)
		take(y, x++, WATCH_PUTS, style, "");
}

static size_t
character(const char *text)
{
	size_t length = 1;

	while (((unsigned char)text[length] & 0xc0) == 0x80)
		length++;
	return length;
}

/* The glyphs of a put, each in its cell; a mark stands in its letter's. */
static void
spread(size_t index)
{
	struct watch_put *put = &watch.put[index];
	int x = put->x;

	for (const char *at = put->text; *at != '\0' && x < put->x + put->used;) {
		size_t length = character(at);
		int columns = (int)text_columns(at, length);
		char glyph[16];

		snprintf(glyph, sizeof glyph, "%.*s", (int)length, at);
		if (columns > 0) {
			take(put->y, x, index, put->style, glyph);
			put->glyphs += !is_blank(glyph);
			put->standing += !is_blank(glyph);
		}
		x += columns;
		at += length;
	}
}

/* --- the calls that come through ----------------------------------------------------------- */

int
__real_terminal_put(struct terminal *terminal, int y, int x, int columns, enum style style,
    const char *text);
int
__wrap_terminal_put(struct terminal *terminal, int y, int x, int columns, enum style style,
    const char *text);

int
__wrap_terminal_put(struct terminal *terminal, int y, int x, int columns, enum style style,
    const char *text)
{
	int used = __real_terminal_put(terminal, y, x, columns, style, text);
	size_t length = strlen(text);

	if (is_blank(text)) {
		wipe(y, x, used, style);
		return used;
	}
	while (length > 0 && text[length - 1] == ' ')
		length--;
	if (columns < 1 || watch.puts == WATCH_PUTS || length >= WATCH_TEXT)
		return used;
	struct watch_put *put = &watch.put[watch.puts];
	*put = (struct watch_put){ .y = y,
		.x = x,
		.style = style,
		.asked = (int)text_columns(text, length),
		.used = used,
		.over = WATCH_PUTS };
	memcpy(put->text, text, length);
	spread(watch.puts++);
	return used;
}

void
__real_terminal_erase(struct terminal *terminal);
void
__wrap_terminal_erase(struct terminal *terminal);

void
__wrap_terminal_erase(struct terminal *terminal)
{
	__real_terminal_erase(terminal);
	watch.puts = watch.losses = 0;
	watch.countdown[0] = '\0';
	watch.cursor = false;
	memset(watch.glyph, 0, sizeof watch.glyph);
	memset(watch.style, 0, sizeof watch.style);
	for (int y = 0; y < WATCH_ROWS; y++)
		for (int x = 0; x < WATCH_COLUMNS; x++)
			watch.owner[y][x] = WATCH_PUTS;
}

void
__real_terminal_fill(struct terminal *terminal, struct rect rect, enum style style);
void
__wrap_terminal_fill(struct terminal *terminal, struct rect rect, enum style style);

void
__wrap_terminal_fill(struct terminal *terminal, struct rect rect, enum style style)
{
	__real_terminal_fill(terminal, rect, style);
	for (int y = rect.y; y < rect.y + rect.height; y++)
		wipe(y, rect.x, rect.width, style);
}

void
__real_terminal_box(struct terminal *terminal, struct rect rect);
void
__wrap_terminal_box(struct terminal *terminal, struct rect rect);

void
__wrap_terminal_box(struct terminal *terminal, struct rect rect)
{
	__real_terminal_box(terminal, rect);
	for (int y = rect.y; y < rect.y + rect.height; y++)
		wipe(y, rect.x, rect.width, STYLE_PLAIN);
}

void
__real_terminal_qr_cell(struct terminal *terminal, int y, int x, enum style style, bool half);
void
__wrap_terminal_qr_cell(struct terminal *terminal, int y, int x, enum style style, bool half);

/* The whole code is one put: nothing may come over it, or it over anything. */
void
__wrap_terminal_qr_cell(struct terminal *terminal, int y, int x, enum style style, bool half)
{
	static const char name[] = "the QR code";
	size_t last = watch.puts > 0 ? watch.puts - 1 : 0;

	__real_terminal_qr_cell(terminal, y, x, style, half);
	if (watch.puts == WATCH_PUTS)
		return;
	if (watch.puts == 0 || strcmp(watch.put[last].text, name) != 0) {
		last = watch.puts++;
		watch.put[last] =
		    (struct watch_put){ .y = y, .x = x, .style = style, .over = WATCH_PUTS };
		memcpy(watch.put[last].text, name, sizeof name);
	}
	take(y, x, last, style, "#");
	watch.put[last].glyphs++;
	watch.put[last].standing++;
}

void
__real_terminal_cursor(struct terminal *terminal, int y, int x);
void
__wrap_terminal_cursor(struct terminal *terminal, int y, int x);

void
__wrap_terminal_cursor(struct terminal *terminal, int y, int x)
{
	__real_terminal_cursor(terminal, y, x);
	watch.cursor = true;
	watch.cursor_y = y;
	watch.cursor_x = x;
}

/* --- texts of several lines ------------------------------------------------------------------ */

static void
lose(const char *text, enum watch_how how)
{
	if (is_blank(text) || watch.losses == sizeof watch.lost / sizeof watch.lost[0])
		return;
	struct watch_lost *lost = &watch.lost[watch.losses++];
	snprintf(lost->text, sizeof lost->text, "%s", text);
	lost->how = how;
}

static bool
ends_with(const char *text, const char *end)
{
	size_t length = strlen(text);

	return length >= strlen(end) && strcmp(text + length - strlen(end), end) == 0;
}

int
__real_paint_text(struct terminal *terminal, struct rect rect, enum style style, const char *text);
int
__wrap_paint_text(struct terminal *terminal, struct rect rect, enum style style, const char *text);

int
__wrap_paint_text(struct terminal *terminal, struct rect rect, enum style style, const char *text)
{
	size_t before = watch.puts;
	int next = __real_paint_text(terminal, rect, style, text);

	if (rect.height < 1 || rect.width < 1)
		lose(text, LOST_WHOLE);
	else if (draw_wrap(text, (size_t)rect.width, NULL, 0) > (size_t)rect.height &&
	    !(watch.puts > before && ends_with(watch.put[watch.puts - 1].text, "…")))
		lose(text, LOST_PART);
	return next;
}

/* --- texts that are cut ------------------------------------------------------------------------
 */

/* Bytes before the mark, if it has one. */
static size_t
before_mark(const char *shown)
{
	const char *mark = strstr(shown, "…");

	return mark != NULL ? (size_t)(mark - shown) : strlen(shown);
}

/* What is shown of a text ends within a word. One that alone is too long is cut wherever it is:
 * then nothing stands before it. */
static bool
is_within_word(const char *text, const char *shown)
{
	size_t length = before_mark(shown);

	if (length == 0 || strncmp(text, shown, length) != 0)
		return false;
	return text[length] != '\0' && text[length] != ' ' && memchr(shown, ' ', length) != NULL;
}

void
__real_draw_cut(const char *text, size_t columns, int utf8, char *buf, size_t size);
void
__wrap_draw_cut(const char *text, size_t columns, int utf8, char *buf, size_t size);

void
__wrap_draw_cut(const char *text, size_t columns, int utf8, char *buf, size_t size)
{
	__real_draw_cut(text, columns, utf8, buf, size);
	if (is_within_word(text, buf))
		lose(text, LOST_WORD);
}

/* What is shown is the text's beginning, or a mark and its end, either of whole words. */
static bool
is_of_words(const char *text, const char *shown)
{
	static const char mark[] = "…";

	if (strncmp(shown, mark, sizeof mark - 1) == 0)
		return shown[sizeof mark - 1] == ' ' && ends_with(text, shown + sizeof mark - 1);
	if (strncmp(text, shown, before_mark(shown)) == 0)
		return !is_within_word(text, shown);
	return strstr(text, " > ") != NULL; /* the last of the places, by draw_cut() */
}

void
__real_title_paint(struct terminal *terminal, struct rect area, const char *left,
    const char *right);
void
__wrap_title_paint(struct terminal *terminal, struct rect area, const char *left,
    const char *right);

void
__wrap_title_paint(struct terminal *terminal, struct rect area, const char *left, const char *right)
{
	size_t first = watch.puts;

	__real_title_paint(terminal, area, left, right);
	if (first == watch.puts)
		lose(left, LOST_WHOLE);
	for (size_t i = first; i < watch.puts; i++)
		if (!is_of_words(i == first ? left : right, watch.put[i].text))
			lose(i == first ? left : right, LOST_WORD);
}

void
__real_page_line(struct page *page, enum style style, int indent, const char *text);
void
__wrap_page_line(struct page *page, enum style style, int indent, const char *text);

void
__wrap_page_line(struct page *page, enum style style, int indent, const char *text)
{
	if (page->rest.height < 1)
		lose(text, LOST_WHOLE);
	__real_page_line(page, style, indent, text);
}

void
__real_page_text(struct page *page, enum style style, const char *text);
void
__wrap_page_text(struct page *page, enum style style, const char *text);

void
__wrap_page_text(struct page *page, enum style style, const char *text)
{
	if (page->rest.height < 1)
		lose(text, LOST_WHOLE);
	__real_page_text(page, style, text);
}

void
__real_menu_draw(struct page *page, const struct menu_row *rows, size_t count, size_t chosen);
void
__wrap_menu_draw(struct page *page, const struct menu_row *rows, size_t count, size_t chosen);

/* Whether a put from `first` on starts as the text does; it may be cut. */
static bool
put_since(size_t first, const char *text)
{
	enum { START = 6 };
	size_t word = strcspn(text, " ") < START ? strcspn(text, " ") : START;

	for (size_t i = first; i < watch.puts; i++)
		if (strncmp(watch.put[i].text, text, word) == 0)
			return true;
	return false;
}

void
__wrap_menu_draw(struct page *page, const struct menu_row *rows, size_t count, size_t chosen)
{
	size_t first = watch.puts;

	__real_menu_draw(page, rows, count, chosen);
	bool marked = put_since(first, "▴") || put_since(first, "▾");
	for (size_t i = 0; i < count; i++)
		if (rows[i].field == NULL && (i == chosen || !marked) &&
		    !put_since(first, rows[i].label))
			lose(rows[i].label, LOST_CHOICE);
}

const char *
__real_draw_code_time(int64_t now, int64_t next_code, char *buf, size_t size);
const char *
__wrap_draw_code_time(int64_t now, int64_t next_code, char *buf, size_t size);

const char *
__wrap_draw_code_time(int64_t now, int64_t next_code, char *buf, size_t size)
{
	const char *text = __real_draw_code_time(now, next_code, buf, size);

	snprintf(watch.countdown, sizeof watch.countdown, "%s", text);
	return text;
}
