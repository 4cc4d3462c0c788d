/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The table of what is asked: each door has its row, and what a row asks fits into its request. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "conv/row.h"

static void
each_door_has_its_row(void **state)
{
	/* What each door takes, as the keeper's table of requests says. */
	static const enum wire_op takes[DOOR_COUNT] = { [DOOR_NAME] = WIRE_PASSWORD,
		[DOOR_CODE] = WIRE_CODE,
		[DOOR_PASSWORD] = WIRE_NEW_PASSWORD,
		[DOOR_CONFIGURE] = WIRE_ACTIVATE,
		[DOOR_RECOVERY] = WIRE_CODES_SAVED,
		[DOOR_DOUBT] = WIRE_JUDGE,
		[DOOR_LOCKED] = WIRE_UNLOCK };

	(void)state;
	for (int door = 0; door < DOOR_COUNT; door++)
		for (int has = 0; has <= 1; has++) {
			enum row_id id = row_at((enum signin_door)door, has == 1);

			assert_int_equal(id == ROW_NONE, takes[door] == WIRE_NO_OP);
			if (id != ROW_NONE)
				assert_int_equal(row_of(id)->sends, takes[door]);
		}
	assert_int_equal(row_at(DOOR_LOCKED, true), ROW_UNLOCK);
	assert_int_equal(row_at(DOOR_LOCKED, false), ROW_UNLOCK_PASSWORD);
	assert_int_equal(row_at(DOOR_COUNT, false), ROW_NONE);
}

/* --- what is sent ------------------------------------------------------------------ */

static char *
place_of(struct wire_request *request, const struct row_field *field)
{
	if (field->place == ROW_PROOF)
		return (char *)wire_request_proof(request) + field->offset;
	return (char *)request + field->offset;
}

/* The longest text in the field's place is a message; one byte more is none. */
static void
fits(enum wire_op op, const struct row_field *field)
{
	struct wire_request request;
	char *place;

	wire_request_init(&request, op);
	if (field->place == ROW_PROOF)
		assert_non_null(wire_request_proof(&request));
	place = place_of(&request, field);
	assert_in_range(place - (char *)&request + (ptrdiff_t)field->size, 1,
	    (ptrdiff_t)wire_request_size(op));
	memset(place, '7', field->size - 1);
	assert_true(wire_request_valid(&request, wire_request_size(op)));
	place[field->size - 1] = '7';
	assert_false(wire_request_valid(&request, wire_request_size(op)));
}

static void
each_answer_fits_its_request(void **state)
{
	static const enum wire_op proven[] = { WIRE_ENROL, WIRE_DEACTIVATE, WIRE_RENEW_CODES,
		WIRE_SETTING_CHANGE };

	(void)state;
	for (int id = ROW_NONE + 1; id < ROW_COUNT; id++) {
		const struct row *row = row_of((enum row_id)id);

		assert_in_range(row_fields(row), 1, ROW_FIELDS);
		for (size_t i = 0; i < row_fields(row); i++) {
			const struct row_field *field = &row->field[i];

			if (field->place == ROW_NOWHERE)
				continue;
			if (row->sends != WIRE_NO_OP)
				fits(row->sends, field);
			for (size_t op = 0; row->sends == WIRE_NO_OP && op < 4; op++)
				fits(proven[op], field);
		}
	}
}

/* --- what is asked ------------------------------------------------------------------- */

/* A password is asked for by that name, and nothing else is; a code is seen, to be corrected. */
static void
hidden_is_hidden(void **state)
{
	(void)state;
	for (int id = ROW_NONE + 1; id < ROW_COUNT; id++)
		for (size_t i = 0; i < row_fields(row_of((enum row_id)id)); i++) {
			const struct row_field *field = &row_of((enum row_id)id)->field[i];

			assert_int_equal(take_hidden(field->take),
			    strstr(field->question, "assword") != NULL);
		}
}

static void
what_is_repeated_stands_before(void **state)
{
	(void)state;
	for (int id = ROW_NONE + 1; id < ROW_COUNT; id++)
		for (size_t i = 0; i < row_fields(row_of((enum row_id)id)); i++) {
			const struct row_field *field = &row_of((enum row_id)id)->field[i];
			bool sent = field->place != ROW_NOWHERE;

			assert_int_equal(sent,
			    field->take != TAKE_REPEAT && field->take != TAKE_YES &&
				field->take != TAKE_KEEP);
			if (field->take == TAKE_REPEAT)
				assert_int_equal(field[-1].take, TAKE_FRESH);
			assert_non_null(field->help);
		}
}

static void
a_letter_means_one_thing(void **state)
{
	(void)state;
	for (int id = ROW_NONE + 1; id < ROW_COUNT; id++) {
		const struct row *row = row_of((enum row_id)id);

		for (size_t i = 0; i < ROW_CHOICES; i++) {
			const struct row_choice *choice = &row->choice[i];

			if (choice->letter == '\0')
				continue;
			assert_in_range(choice->letter, 'c', 'z'); /* b goes back */
			assert_non_null(choice->help);
			assert_true(take_spares_letters(row->field[0].take));
			if (choice->does == ROW_GOES)
				assert_in_range(choice->to, ROW_NONE + 1, ROW_COUNT - 1);
			else
				assert_int_not_equal(row->opens, WIRE_NO_OP);
			for (size_t j = 0; j < i; j++)
				assert_int_not_equal(row->choice[j].letter, choice->letter);
		}
		if (row->back == ROW_BACK_TO_CODE)
			assert_int_equal(row_of(row->other)->field[0].take, TAKE_CODE);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_door_has_its_row),
		cmocka_unit_test(each_answer_fits_its_request),
		cmocka_unit_test(hidden_is_hidden),
		cmocka_unit_test(what_is_repeated_stands_before),
		cmocka_unit_test(a_letter_means_one_thing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
