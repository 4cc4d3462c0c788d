/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>

#include "keeper/grace.h"
#include "keeper/ticket.h"

enum { CONSOLE = 990, OTHER = 991, LINE = 5 };

static int
set_up(void **state)
{
	*state = tickets_new();
	return *state == NULL;
}

static int
tear_down(void **state)
{
	tickets_free(*state);
	return 0;
}

/* A ticket of that number: its bytes are no other's. */
static void
bytes_of(uint32_t number, unsigned char bytes[TICKET_BYTES])
{
	memset(bytes, 0x5a, TICKET_BYTES);
	memcpy(bytes, &number, sizeof number);
}

static void
open_one(struct tickets *tickets, uint32_t number, const char *source, int64_t now)
{
	struct ticket_facts facts = { .uid = CONSOLE, .service = "sshd" };
	unsigned char bytes[TICKET_BYTES];

	(void)snprintf(facts.source, sizeof facts.source, "%s", source);
	bytes_of(number, bytes);
	ticket_open(tickets, bytes, &facts, now);
}

static enum err
use(struct tickets *tickets, uint32_t number, uid_t uid, uint64_t line, int64_t now)
{
	struct ticket_facts facts = { .uid = 0 };
	unsigned char bytes[TICKET_BYTES];
	enum err err;

	bytes_of(number, bytes);
	err = ticket_use(tickets, bytes, uid, line, now, &facts);
	assert_true((facts.uid == CONSOLE) == (err == ERR_OK));
	return err;
}

static void
it_is_one_line_s_at_a_time(void **state)
{
	open_one(*state, 1, "192.0.2.1", 100);
	assert_int_equal(use(*state, 1, OTHER, LINE, 100), ERR_TICKET_USER);
	assert_int_equal(use(*state, 1, CONSOLE, LINE, 100), ERR_OK);
	assert_int_equal(use(*state, 1, CONSOLE, LINE, 101), ERR_OK); /* its turn was lost */
	assert_int_equal(use(*state, 1, CONSOLE, LINE + 1, 101), ERR_TICKET_HELD);
	ticket_release(*state, LINE + 1); /* has none */
	assert_int_equal(use(*state, 1, CONSOLE, LINE + 1, 101), ERR_TICKET_HELD);
	ticket_release(*state, LINE);
	assert_int_equal(use(*state, 1, CONSOLE, LINE + 1, 101), ERR_OK);
}

static void
it_ends_with_its_session(void **state)
{
	unsigned char bytes[TICKET_BYTES];
	uint64_t line = 0;

	bytes_of(1, bytes);
	open_one(*state, 1, "192.0.2.1", 100);
	assert_int_equal(use(*state, 1, CONSOLE, LINE, 100), ERR_OK);
	assert_int_equal(ticket_close(*state, bytes, &line), ERR_OK);
	assert_int_equal(line, LINE);
	assert_int_equal(use(*state, 1, CONSOLE, LINE, 100), ERR_TICKET_UNKNOWN);
	assert_int_equal(ticket_close(*state, bytes, &line), ERR_TICKET_UNKNOWN);
	assert_int_equal(tickets_count(*state), 0);
}

static void
it_lives_for_twelve_hours(void **state)
{
	open_one(*state, 1, "192.0.2.1", 100);
	open_one(*state, 2, "192.0.2.1", 100);
	assert_int_equal(use(*state, 1, CONSOLE, LINE, 100 + TICKET_LIFE - 1), ERR_OK);
	assert_int_equal(use(*state, 2, CONSOLE, LINE, 100 + TICKET_LIFE), ERR_TICKET_UNKNOWN);
	assert_int_equal(tickets_count(*state), 1);
	/* One more sweeps out what is too old, in use or not. */
	open_one(*state, 3, "192.0.2.1", 100 + TICKET_LIFE);
	assert_int_equal(tickets_count(*state), 1);
}

static void
a_place_that_is_free_is_no_ticket(void **state)
{
	unsigned char none[TICKET_BYTES] = { 0 };
	struct ticket_facts facts;

	assert_int_equal(ticket_use(*state, none, 0, LINE, 0, &facts), ERR_TICKET_UNKNOWN);
}

/* Whoever asks for many displaces themselves, and first what they do not use. */
static void
a_source_displaces_itself(void **state)
{
	open_one(*state, 0, "192.0.2.1", 99);
	open_one(*state, 1, "198.51.100.2", 100);
	assert_int_equal(use(*state, 1, CONSOLE, LINE, 100), ERR_OK);
	for (uint32_t i = 2; i < 2000; i++)
		open_one(*state, i, "198.51.100.2", 100 + i);
	assert_int_equal(tickets_count(*state), 1 + TICKETS_OF_GROUP);
	assert_int_equal(use(*state, 0, CONSOLE, LINE + 1, 2200), ERR_OK);
	assert_int_equal(use(*state, 1, CONSOLE, LINE, 2200), ERR_OK);
	assert_int_equal(use(*state, 1999, CONSOLE, LINE + 2, 2200), ERR_OK);
	assert_int_equal(use(*state, 1500, CONSOLE, LINE + 3, 2200), ERR_TICKET_UNKNOWN);
}

/* A host has all of a network of IPv6 for itself: its addresses are one source. */
static void
a_network_is_one_source(void **state)
{
	char source[WIRE_SOURCE_SIZE];

	open_one(*state, 0, "2001:db8:2::1", 99);
	for (uint32_t i = 1; i < 2000; i++) {
		(void)snprintf(source, sizeof source, "2001:db8:1:%x::%x", i % 7, i);
		open_one(*state, i, source, 100);
	}
	assert_int_equal(tickets_count(*state), 1 + TICKETS_OF_GROUP);
	assert_int_equal(use(*state, 0, CONSOLE, LINE, 100), ERR_OK);
}

/* Who comes last comes in: the most of all give one up, and one that is not in use. */
static void
all_of_them_are_taken(void **state)
{
	enum { GROUPS = TICKETS_MOST / TICKETS_OF_GROUP };
	char source[32];

	for (uint32_t i = 0; i < TICKETS_MOST - 1; i++) {
		(void)snprintf(source, sizeof source, "10.0.%u.1", i % GROUPS);
		open_one(*state, i, source, 100 + i);
	}
	open_one(*state, 7000, "192.0.2.1", 1); /* of all the oldest, and alone */
	assert_int_equal(tickets_count(*state), TICKETS_MOST);
	assert_int_equal(use(*state, 0, CONSOLE, LINE, 5000), ERR_OK);
	for (uint32_t i = 8000; i < 8400; i++) {
		(void)snprintf(source, sizeof source, "10.%u.0.1", i);
		open_one(*state, i, source, 5000);
		assert_int_equal(use(*state, i, CONSOLE, i, 5000), ERR_OK);
	}
	assert_int_equal(tickets_count(*state), TICKETS_MOST);
	assert_int_equal(use(*state, 7000, CONSOLE, LINE + 1, 5000), ERR_OK);
	assert_int_equal(use(*state, 0, CONSOLE, LINE, 5000), ERR_OK);
	assert_int_equal(use(*state, 1, CONSOLE, LINE + 2, 5000), ERR_TICKET_UNKNOWN);
	assert_int_equal(use(*state, TICKETS_MOST - 2, CONSOLE, LINE + 3, 5000), ERR_OK);
}

static void
as_text_it_is_64_digits(void **state)
{
	unsigned char bytes[TICKET_BYTES], back[TICKET_BYTES];
	char text[WIRE_TICKET_SIZE] = "";

	(void)state;
	for (size_t i = 0; i < TICKET_BYTES; i++)
		bytes[i] = (unsigned char)(i * 17);
	ticket_write(bytes, text);
	assert_int_equal(strlen(text), 64);
	assert_true(ticket_read(text, back));
	assert_memory_equal(bytes, back, sizeof bytes);
	text[5] = 'g';
	assert_false(ticket_read(text, back));
	text[5] = 'A';
	assert_false(ticket_read(text, back));
	text[5] = '\0';
	assert_false(ticket_read(text, back));
	assert_false(ticket_read("", back));
}

/* --- grace ---------------------------------------------------------------------------- */

static const struct grace one = { .user = 7,
	.generation = 3,
	.device = 2,
	.began = 1000,
	.source = "192.0.2.1",
	.key = "SHA256:one" };

static void
grace_is_for_one_person_key_and_source(void **state)
{
	static struct graces graces;
	struct grace other = one;

	(void)state;
	grace_begin(&graces, &one);
	assert_true(grace_stands(&graces, &one, 60, 1059));
	assert_false(grace_stands(&graces, &one, 60, 1060));
	assert_false(grace_stands(&graces, &one, 60, 999));
	assert_false(grace_stands(&graces, &one, 0, 1000));
	other.user = 8;
	assert_false(grace_stands(&graces, &other, 60, 1000));
	other = one;
	other.key[7] = 'x';
	assert_false(grace_stands(&graces, &other, 60, 1000));
	other = one;
	other.source[0] = '2';
	assert_false(grace_stands(&graces, &other, 60, 1000));
	other = one;
	other.generation = 4;
	assert_false(grace_stands(&graces, &other, 60, 1000));
	other = one;
	other.device = 5;
	assert_false(grace_stands(&graces, &other, 60, 1000));
}

static void
without_a_key_there_is_no_grace(void **state)
{
	static struct graces graces;
	struct grace bare = one;

	(void)state;
	bare.key[0] = '\0';
	grace_begin(&graces, &bare);
	assert_false(grace_stands(&graces, &bare, 60, 1000));
	assert_false(grace_stands(&graces, &(struct grace){ .user = 0 }, 60, 0));
}

static void
another_code_begins_it_anew(void **state)
{
	static struct graces graces;
	struct grace later = one;

	(void)state;
	grace_begin(&graces, &one);
	later.began = 1050;
	grace_begin(&graces, &later);
	assert_true(grace_stands(&graces, &one, 60, 1100));
	assert_int_equal(graces.next, 1);
}

#define TICKET_TEST(function) cmocka_unit_test_setup_teardown(function, set_up, tear_down)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TICKET_TEST(it_is_one_line_s_at_a_time),
		TICKET_TEST(it_ends_with_its_session),
		TICKET_TEST(it_lives_for_twelve_hours),
		TICKET_TEST(a_place_that_is_free_is_no_ticket),
		TICKET_TEST(a_source_displaces_itself),
		TICKET_TEST(a_network_is_one_source),
		TICKET_TEST(all_of_them_are_taken),
		cmocka_unit_test(as_text_it_is_64_digits),
		cmocka_unit_test(grace_is_for_one_person_key_and_source),
		cmocka_unit_test(without_a_key_there_is_no_grace),
		cmocka_unit_test(another_code_begins_it_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
