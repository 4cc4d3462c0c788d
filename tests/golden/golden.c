/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Golden screens: each scene is played without a terminal at each size in each language, and every
 * cell is compared with the text in expected/LANGUAGE/SCENE.COLUMNSxROWS.txt.
 * GOLDEN_LANGUAGE=LANGUAGE: in that one alone. To write them anew: GOLDEN_WRITE=DIRECTORY
 * tests/golden/golden, with the languages' folders in it; then look at each change.
 *
 * A file holds the rows without the blanks at their ends, and the cursor's place. The QR code's
 * light is drawn as a block and its dark as a blank, so that what a camera sees can be seen in the
 * file.
 */
#include "scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "ui/terminal/terminal_inside.h"

enum { PAGE = 65536 };

static const struct {
	int columns, rows;
} sizes[] = { { 80, 24 }, { 60, 20 }, { 132, 50 } };
static const char *const languages[] = { "en", "fr" };

enum {
	LANGUAGES = sizeof languages / sizeof *languages,
	PARTS_MAX = LANGUAGES * SCENES_MAX,
	NAME_SIZE = 96
};

static const struct scene *const tables[] = { scenes_signin, scenes_configure, scenes_home,
	scenes_account, scenes_switch, scenes_settings };

enum { TABLES = sizeof tables / sizeof *tables };

/* One scene in one language. */
struct part {
	const struct scene *scene;
	const char *language;
};

/* --- a screen as text --------------------------------------------------------------- */

/* A cell, and where it is one of the QR code, what is light in it. */
static const char *
cell_text(const struct terminal *terminal, int y, int x, char buf[64])
{
	terminal_cell(terminal, y, x, buf, 64);
	size_t length = strlen(buf);
	char mark = length > 0 ? buf[length - 1] : ' ';
	bool half = length > 2;

	if (length > 0)
		buf[length - 1] = '\0';
	if (mark == 'L' || mark == 'l')
		return half ? "▀" : "█";
	if (mark == 'D' || mark == 'o')
		return half ? "▄" : " ";
	if (mark == 'u' && buf[0] == ' ')
		return "_";
	return buf[0] == '\0' ? " " : buf;
}

static void
screen_text(const struct terminal *terminal, char page[PAGE])
{
	int rows, columns;
	size_t used = 0;

	terminal_size(terminal, &rows, &columns);
	for (int y = 0; y < rows; y++) {
		size_t end = used;
		for (int x = 0; x < columns; x++) {
			char buf[64];
			const char *text = cell_text(terminal, y, x, buf);
			size_t length = strlen(text);
			memcpy(page + used, text, length);
			used += length;
			if (strcmp(text, " ") != 0)
				end = used;
		}
		used = end;
		page[used++] = '\n';
	}
	snprintf(page + used, PAGE - used, "-- cursor %d,%d\n", terminal->cursor_y,
	    terminal->cursor_x);
}

/* --- the files ------------------------------------------------------------------------ */

static void
file_name(char *buf, size_t size, const char *directory, const struct part *part, int columns,
    int rows)
{
	snprintf(buf, size, "%s/%s/%s.%dx%d.txt", directory, part->language, part->scene->name,
	    columns, rows);
}

static void
write_file(const char *path, const char *page)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	assert_true(fputs(page, file) >= 0);
	assert_int_equal(fclose(file), 0);
}

static void
read_file(const char *path, char page[PAGE])
{
	FILE *file = fopen(path, "r");

	if (file == NULL)
		fail_msg("%s is missing; write it with GOLDEN_WRITE, then look at it", path);
	page[fread(page, 1, PAGE - 1, file)] = '\0';
	assert_int_equal(fclose(file), 0);
}

static void
compare(const struct part *part, int columns, int rows, const char *page)
{
	static char expected[PAGE];
	char path[4096], directory[4000];
	const char *write_to = getenv("GOLDEN_WRITE"), *top = getenv("top_srcdir");

	if (write_to != NULL) {
		file_name(path, sizeof path, write_to, part, columns, rows);
		write_file(path, page);
		return;
	}
	snprintf(directory, sizeof directory, "%s/tests/golden/expected", top != NULL ? top : ".");
	file_name(path, sizeof path, directory, part, columns, rows);
	read_file(path, expected);
	if (strcmp(expected, page) != 0)
		fail_msg("%s differs; it is now:\n%s", path, page);
}

/* --- the tests -------------------------------------------------------------------------- */

static void
play(const struct scene *scene, int columns, int rows, char page[PAGE])
{
	struct stage stage;

	stage_open(&stage, columns, rows);
	scene->play(&stage.ui);
	ui_draw(&stage.ui, false);
	screen_text(stage.terminal, page);
	stage_close(&stage);
}

static void
scene_is_as_expected(void **state)
{
	static char page[PAGE];
	const struct part *part = *state;

	stage_language(part->language);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		play(part->scene, sizes[i].columns, sizes[i].rows, page);
		compare(part, sizes[i].columns, sizes[i].rows, page);
	}
}

/* Down to one cell and up again, a screen neither crashes nor is it changed for good. */
static void
scene_survives_any_size(void **state)
{
	static const struct {
		int columns, rows;
	} tiny[] = {
		{ 1, 1 },
		{ 2, 1 },
		{ 80, 1 },
		{ 80, 2 },
		{ 80, 3 },
		{ 1, 24 },
		{ 5, 24 },
		{ 20, 5 },
		{ 20, 6 },
		{ 39, 19 },
		{ 40, 12 },
		{ 59, 20 },
		{ 79, 23 },
		{ 300, 100 },
	};
	static char before[PAGE], after[PAGE];
	const struct part *part = *state;
	struct stage stage;

	stage_language(part->language);
	stage_open(&stage, 80, 24);
	part->scene->play(&stage.ui);
	ui_draw(&stage.ui, false);
	screen_text(stage.terminal, before);
	for (size_t i = 0; i < sizeof tiny / sizeof *tiny; i++)
		stage_resize(&stage, tiny[i].columns, tiny[i].rows);
	stage_resize(&stage, 80, 24);
	screen_text(stage.terminal, after);
	stage_close(&stage);
	assert_string_equal(before, after);
}

/* Two tests of one scene in one language. */
static void
add(struct CMUnitTest tests[2], char names[2][NAME_SIZE], struct part *part)
{
	snprintf(names[0], NAME_SIZE, "%s (%s)", part->scene->name, part->language);
	snprintf(names[1], NAME_SIZE, "%s (%s) at any size", part->scene->name, part->language);
	tests[0] = (struct CMUnitTest){ names[0], scene_is_as_expected, NULL, NULL, part };
	tests[1] = (struct CMUnitTest){ names[1], scene_survives_any_size, NULL, NULL, part };
}

int
main(void)
{
	static struct CMUnitTest tests[2 * PARTS_MAX];
	static char names[2 * PARTS_MAX][NAME_SIZE];
	static struct part parts[PARTS_MAX];
	const char *only = getenv("GOLDEN_LANGUAGE");
	size_t count = 0;

	stage_environment();
	for (size_t language = 0; language < LANGUAGES; language++)
		for (size_t table = 0;
		     table < TABLES && (only == NULL || strcmp(only, languages[language]) == 0);
		     table++)
			for (const struct scene *scene = tables[table];
			     scene->name != NULL && count < PARTS_MAX; scene++) {
				parts[count] = (struct part){ scene, languages[language] };
				add(&tests[2 * count], &names[2 * count], &parts[count]);
				count++;
			}
	if (count == PARTS_MAX) {
		(void)fprintf(stderr, "There are too many scenes for SCENES_MAX.\n");
		return EXIT_FAILURE;
	}
	return _cmocka_run_group_tests("golden", tests, 2 * count, NULL, NULL);
}
