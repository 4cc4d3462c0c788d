/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Golden screens: each scene is played without a terminal at each size in each language, and what
 * is cut, hidden or left in English is found (find.h). Of some languages there are whole pictures
 * too: every cell is compared with the text in expected/LANGUAGE/SCENE.COLUMNSxROWS.txt.
 * GOLDEN_LANGUAGE=LANGUAGE: in that one alone. To write them anew: GOLDEN_WRITE=DIRECTORY
 * tests/golden/golden, with the languages' folders in it; then look at each change. GOLDEN_SHOW=
 * DIRECTORY writes every language at every size.
 *
 * A file holds the rows without the blanks at their ends, and the cursor's place. The QR code's
 * light is drawn as a block and its dark as a blank, so that what a camera sees can be seen in the
 * file.
 */
#include "find.h"
#include "catalogue.h"
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

#include "ui/stack/bar.h"
#include "ui/terminal/terminal_inside.h"

enum { PAGE = 65536, NAME_SIZE = 128, TESTS_A_PART = 3 };

/* picture: each cell is compared, in the languages that are pictured. */
static const struct size {
	int columns, rows;
	bool picture;
} sizes[] = {
	{ 80, 24, .picture = true },
	{ 80, 23, .picture = false },
	{ 60, 20, .picture = true },
	{ 40, 12, .picture = false },
	{ 20, 5, .picture = false },
	{ 132, 50, .picture = true },
};

/* Of these each picture is looked at; all others are checked without. */
static const char *const pictured[] = { "en", "fr" };

static const struct scene *const tables[] = { scenes_signin, scenes_configure, scenes_home,
	scenes_account, scenes_audit, scenes_chart, scenes_device, scenes_preferences,
	scenes_switch, scenes_settings, scenes_edits, scenes_waiting, scenes_happened, scenes_users,
	scenes_person, scenes_invited, scenes_ssh, scenes_commands, scenes_here };

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
play(struct stage *stage, const struct scene *scene, const struct size *size)
{
	stage_open(stage, size->columns, size->rows);
	scene->play(&stage->ui);
	ui_draw(&stage->ui, false);
}

static void
scene_is_as_expected(void **state)
{
	static char page[PAGE];
	const struct part *part = *state;
	struct stage stage;

	catalogue_speak(part->language);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		if (!sizes[i].picture)
			continue;
		play(&stage, part->scene, &sizes[i]);
		screen_text(stage.terminal, page);
		stage_close(&stage);
		compare(part, sizes[i].columns, sizes[i].rows, page);
	}
}

/* GOLDEN_SHOW=DIRECTORY: every size in it, for who wants to look. */
static void
show(const struct terminal *terminal, const struct part *part, const struct size *size)
{
	static char page[PAGE];
	const char *directory = getenv("GOLDEN_SHOW");
	char path[4096];

	if (directory == NULL)
		return;
	screen_text(terminal, page);
	file_name(path, sizeof path, directory, part, size->columns, size->rows);
	write_file(path, page);
}

/* Whether the key bar tells of the arrows, which dispatch nothing. */
static bool
names_arrows(const struct ui *ui)
{
	struct key_row rows[UI_ROWS_MAX];
	size_t count = ui_rows(ui, rows);

	for (size_t i = 0; i < count; i++)
		if (rows[i].key == KEY_NONE_ && rows[i].letter == '\0' && rows[i].rank >= 0)
			return true;
	return false;
}

/* Each arrow, since one may be at its end; no key does anything while an answer is awaited. */
static void
press_arrows(struct stage *stage, const struct find_where *where, struct found *found)
{
	static const enum key arrows[] = { KEY_DOWN_, KEY_UP_ };
	static char before[PAGE], after[PAGE];
	bool moved = false;

	if (!names_arrows(&stage->ui) || stage->ui.awaited != WIRE_NO_OP)
		return;
	screen_text(stage->terminal, before);
	for (size_t i = 0; i < sizeof arrows / sizeof *arrows && !moved; i++) {
		press(&stage->ui, arrows[i]);
		ui_draw(&stage->ui, false);
		screen_text(stage->terminal, after);
		moved = strcmp(before, after) != 0;
	}
	if (!moved)
		find_idle_arrows(&stage->ui, where, found);
}

static void
scene_has_room(void **state)
{
	static struct found found;
	const struct part *part = *state;
	struct stage stage;

	found.used = found.count = 0;
	catalogue_speak(part->language);
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		play(&stage, part->scene, &sizes[i]);
		const char *own = stage.ui.language.spoken; /* of the person, once there is one */
		const struct find_where where = { part->scene->name,
			*own != '\0' ? own : part->language, sizes[i].columns, sizes[i].rows };

		show(stage.terminal, part, &sizes[i]);
		find(&stage.ui, &where, &found);
		press_arrows(&stage, &where, &found);
		stage_close(&stage);
	}
	if (found.count > 0) {
		(void)fputs(found.text, stderr); /* longer than what cmocka prints */
		fail_msg("%zu places; see above", found.count);
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

	catalogue_speak(part->language);
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

static bool
is_pictured(const char *language)
{
	for (size_t i = 0; i < sizeof pictured / sizeof *pictured; i++)
		if (strcmp(pictured[i], language) == 0)
			return true;
	return false;
}

/* All tests, each with a name of its own. */
struct plan {
	struct CMUnitTest *tests;
	char (*names)[NAME_SIZE];
	struct part *parts;
	size_t tests_count, parts_count;
};

static void
add_test(struct plan *plan, const char *what, CMUnitTestFunction test)
{
	struct part *part = &plan->parts[plan->parts_count];
	char *name = plan->names[plan->tests_count];

	snprintf(name, NAME_SIZE, "%s (%s)%s", part->scene->name, part->language, what);
	plan->tests[plan->tests_count++] = (struct CMUnitTest){ name, test, NULL, NULL, part };
}

static void
add_scene(struct plan *plan, const struct scene *scene, const char *language)
{
	plan->parts[plan->parts_count] = (struct part){ scene, language };
	if (is_pictured(language))
		add_test(plan, "", scene_is_as_expected);
	add_test(plan, " has room", scene_has_room);
	add_test(plan, " at any size", scene_survives_any_size);
	plan->parts_count++;
}

static size_t
scenes(void)
{
	size_t count = 0;

	for (size_t table = 0; table < TABLES; table++)
		for (const struct scene *scene = tables[table]; scene->name != NULL; scene++)
			count++;
	return count;
}

int
main(void)
{
	static struct languages languages;
	struct plan plan = { .tests = NULL };

	stage_environment();
	if (!catalogue_list(getenv("GOLDEN_LANGUAGE"), &languages))
		return EXIT_FAILURE;
	size_t parts = languages.count * scenes();
	plan.tests = calloc(TESTS_A_PART * parts, sizeof *plan.tests);
	plan.names = calloc(TESTS_A_PART * parts, sizeof *plan.names);
	plan.parts = calloc(parts, sizeof *plan.parts);
	if (plan.tests == NULL || plan.names == NULL || plan.parts == NULL)
		return EXIT_FAILURE;
	for (size_t language = 0; language < languages.count; language++)
		for (size_t table = 0; table < TABLES; table++)
			for (const struct scene *scene = tables[table]; scene->name != NULL;
			     scene++)
				add_scene(&plan, scene, languages.name[language]);
	int failed = _cmocka_run_group_tests("golden", plan.tests, plan.tests_count, NULL, NULL);
	free(plan.tests);
	free(plan.names);
	free(plan.parts);
	return failed;
}
