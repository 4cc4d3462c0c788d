/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A recording of three moments, looked at with a clock of one's own. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "recording/player.h"

enum { SECOND = 1000000 };

static char file[CAST_HEAD_MAX];
static size_t file_size;
static struct player *player;
static int64_t now;

static int
setup(void **state)
{
	const struct cast_head head = { .rows = 24,
		.columns = 80,
		.title = "t",
		.term = "xterm",
		.run = "r",
		.command = "c",
		.person = "p",
		.role = "operator",
		.source = "s" };
	static char event[CAST_EVENT_MAX];
	struct cast_writer writer = { .held_size = 0 };
	const struct {
		int64_t at;
		const char *text;
	} events[] = { { 0, "one " }, { 10 * SECOND, "two " }, { 40 * SECOND, "three " } };

	(void)state;
	file_size = cast_head(&head, file);
	for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
		size_t size = cast_shown(&writer, events[i].at, events[i].text,
		    strlen(events[i].text), event);

		memcpy(file + file_size, event, size);
		file_size += size;
	}
	player = malloc(sizeof *player);
	assert_non_null(player);
	now = 1000 * (int64_t)SECOND;
	player_begin(player, 24, 80, now);
	return 0;
}

static int
teardown(void **state)
{
	(void)state;
	free(player);
	return 0;
}

/* Until it waits: what it wrote, without the bar, in a string; ret_wait: for how long. */
static const char *
runs(int64_t *ret_wait)
{
	static char all[4096];
	static size_t at;
	size_t used = 0;
	int64_t wait = 0;

	for (int turns = 0; turns < 100 && wait == 0 && player->end != PLAYER_LEFT; turns++) {
		if (player->rewind) {
			player_rewound(player);
			at = 0;
		}
		if (!player->begun && player->line_size == 0 && !player->whole)
			at = 0;
		if (player_hungry(player))
			at += player_feed(player, file + at, file_size - at);
		wait = player_step(player, now);
		if (player_hungry(player))
			wait = 0;
		memcpy(all + used, player->out, player->out_size);
		used += player->out_size;
		if (player->out_size > 0)
			wait = 0;
		player->out_size = 0;
		if (player->end == PLAYER_AT_END)
			break;
	}
	all[used] = '\0';
	*ret_wait = wait;
	return all;
}

static void
each_comes_at_its_time(void **state)
{
	int64_t wait;

	(void)state;
	assert_string_equal(runs(&wait), "one ");
	assert_in_range(wait, 10 * SECOND, 10 * SECOND + 10);
	now += 9 * SECOND;
	assert_string_equal(runs(&wait), "");
	now += SECOND;
	assert_string_equal(runs(&wait), "two ");
	now += 30 * SECOND;
	assert_non_null(strstr(runs(&wait), "three "));
	assert_int_equal(player->end, PLAYER_AT_END);
}

static void
faster_is_sooner(void **state)
{
	int64_t wait;

	(void)state;
	(void)runs(&wait);
	player_key(player, PLAYER_FASTER, now);
	(void)runs(&wait);
	assert_in_range(wait, 5 * SECOND, 5 * SECOND + 10);
	player_key(player, PLAYER_SLOWER, now);
	player_key(player, PLAYER_SLOWER, now);
	(void)runs(&wait);
	assert_in_range(wait, 20 * SECOND, 20 * SECOND + 10);
}

static void
a_pause_lasts(void **state)
{
	int64_t wait;

	(void)state;
	(void)runs(&wait);
	player_key(player, PLAYER_PAUSE, now);
	assert_non_null(strstr(runs(&wait), "Paused"));
	assert_int_equal(wait, -1);
	now += 100 * (int64_t)SECOND;
	assert_string_equal(runs(&wait), "");
	player_key(player, PLAYER_PAUSE, now);
	assert_non_null(strstr(runs(&wait), "one ")); /* anew, without the bar */
	assert_in_range(wait, 9 * SECOND, 10 * SECOND + 10);
}

static void
forward_and_back(void **state)
{
	int64_t wait;

	(void)state;
	(void)runs(&wait);
	player_key(player, PLAYER_FORWARD, now);
	assert_string_equal(runs(&wait), "two ");
	player_key(player, PLAYER_BACK, now);
	assert_non_null(strstr(runs(&wait), "one "));
	assert_in_range(wait, 9 * SECOND, 10 * SECOND + 10);
	player_key(player, PLAYER_NEXT, now);
	assert_string_equal(runs(&wait), "two ");
}

static void
what_is_damaged_ends_it(void **state)
{
	int64_t wait;

	(void)state;
	memcpy(strstr(file, "two"), "\"wo", 3);
	(void)runs(&wait);
	assert_int_equal(player->end, PLAYER_DAMAGED);
}

static void
a_line_without_end_was_never_written(void **state)
{
	int64_t wait;

	(void)state;
	file_size -= 4;
	(void)runs(&wait);
	now += 100 * (int64_t)SECOND;
	assert_null(strstr(runs(&wait), "three"));
	assert_int_equal(player->end, PLAYER_AT_END);
}

static void
keys_of_any_terminal(void **state)
{
	static const struct {
		const char *bytes;
		enum player_key key;
	} keys[] = { { " ", PLAYER_PAUSE }, { "\033[C", PLAYER_FORWARD }, { "\033OD", PLAYER_BACK },
		{ "\033[1;5A", PLAYER_FASTER }, { "q", PLAYER_QUIT }, { "\003", PLAYER_QUIT },
		{ "\033[24;80R", PLAYER_NONE }, { "x", PLAYER_NONE } };

	(void)state;
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		struct player_keys held = { .size = 0 };
		enum player_key key = PLAYER_NONE;

		for (const char *byte = keys[i].bytes; *byte != '\0'; byte++)
			key = player_keys_take(&held, *byte);
		assert_int_equal(key, keys[i].key);
		assert_int_equal(player_keys_alone(&held), PLAYER_NONE);
	}
	{
		struct player_keys held = { .size = 0 };

		assert_int_equal(player_keys_take(&held, '\033'), PLAYER_NONE);
		assert_int_equal(player_keys_alone(&held), PLAYER_QUIT);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_comes_at_its_time, setup, teardown),
		cmocka_unit_test_setup_teardown(faster_is_sooner, setup, teardown),
		cmocka_unit_test_setup_teardown(a_pause_lasts, setup, teardown),
		cmocka_unit_test_setup_teardown(forward_and_back, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_damaged_ends_it, setup, teardown),
		cmocka_unit_test_setup_teardown(a_line_without_end_was_never_written, setup,
		    teardown),
		cmocka_unit_test(keys_of_any_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
