/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/ticket.h"

#include <stdlib.h>
#include <string.h>

#include "core/hex.h"
#include "core/secret.h"
#include "core/source.h"

struct ticket {
	unsigned char bytes[TICKET_BYTES];
	struct ticket_facts facts;
	uint64_t group; /* whose it is when there are too many: source_group_with() */
	int64_t opened; /* seconds since boot */
	uint64_t line;	/* that has it; 0: none */
	bool taken;	/* there is a ticket here */
};

struct tickets {
	size_t count;
	struct ticket ticket[TICKETS_MOST];
};

struct tickets *
tickets_new(void)
{
	return calloc(1, sizeof(struct tickets));
}

static void
drop(struct tickets *tickets, struct ticket *ticket)
{
	secret_wipe(ticket, sizeof *ticket);
	tickets->count--;
}

void
tickets_free(struct tickets *tickets)
{
	if (tickets == NULL)
		return;
	secret_wipe(tickets, sizeof *tickets);
	free(tickets);
}

size_t
tickets_count(const struct tickets *tickets)
{
	return tickets->count;
}

static bool
is_old(const struct ticket *ticket, int64_t now)
{
	return now - ticket->opened >= TICKET_LIFE;
}

/* A host has a whole network of IPv6 at its disposal: each address of it is no source of its own.
 */
static uint64_t
group_of(const struct ticket_facts *facts)
{
	struct source source;

	source_parse(facts->source, &source);
	return source_group_with(&source, facts->key);
}

/* One that nobody has goes before one that is in use, and then the older one. */
static bool
goes_before(const struct ticket *a, const struct ticket *b)
{
	if (b == NULL || (a->line == 0) != (b->line == 0))
		return b == NULL || a->line == 0;
	return a->opened < b->opened;
}

/* Tickets of one group stand together, the one that goes first before the others. */
static int
compare(const void *a, const void *b)
{
	const struct ticket *one = *(struct ticket *const *)a, *other = *(struct ticket *const *)b;

	if (one->group != other->group)
		return one->group < other->group ? -1 : 1;
	return goes_before(one, other) ? -1 : goes_before(other, one);
}

/* All places are taken: the one to give up, of the group that has the most. */
static struct ticket *
find_one_too_many(struct tickets *tickets)
{
	struct ticket *all[TICKETS_MOST], *found;
	size_t most = 0;

	for (size_t i = 0; i < TICKETS_MOST; i++)
		all[i] = &tickets->ticket[i];
	qsort(all, TICKETS_MOST, sizeof all[0], compare);
	found = all[0];
	for (size_t begin = 0, end = 0; begin < TICKETS_MOST; begin = end) {
		while (end < TICKETS_MOST && all[end]->group == all[begin]->group)
			end++;
		if (end - begin < most || (end - begin == most && goes_before(found, all[begin])))
			continue;
		most = end - begin;
		found = all[begin];
	}
	return found;
}

/* A place that is free, or becomes so. What is too old goes on the way. */
static struct ticket *
find_place(struct tickets *tickets, uint64_t group, int64_t now)
{
	struct ticket *place = NULL, *own = NULL;
	size_t count = 0;

	for (size_t i = 0; i < TICKETS_MOST; i++) {
		struct ticket *ticket = &tickets->ticket[i];

		if (ticket->taken && is_old(ticket, now))
			drop(tickets, ticket);
		if (!ticket->taken) {
			place = place != NULL ? place : ticket;
		} else if (ticket->group == group) {
			count++;
			own = goes_before(ticket, own) ? ticket : own;
		}
	}
	if (count >= TICKETS_OF_GROUP)
		place = own;
	else if (place == NULL)
		place = find_one_too_many(tickets);
	if (place->taken)
		drop(tickets, place);
	return place;
}

void
ticket_open(struct tickets *tickets, const unsigned char bytes[TICKET_BYTES],
    const struct ticket_facts *facts, int64_t now)
{
	uint64_t group = group_of(facts);
	struct ticket *place = find_place(tickets, group, now);

	*place = (struct ticket){ .facts = *facts, .group = group, .opened = now, .taken = true };
	memcpy(place->bytes, bytes, TICKET_BYTES);
	tickets->count++;
}

/* All are looked at, and each in the same time, so that no time tells how near a guess came. */
static struct ticket *
find(struct tickets *tickets, const unsigned char bytes[TICKET_BYTES])
{
	struct ticket *found = NULL;

	for (size_t i = 0; i < TICKETS_MOST; i++) {
		struct ticket *ticket = &tickets->ticket[i];

		if (secret_equal(ticket->bytes, bytes, TICKET_BYTES) && ticket->taken)
			found = ticket;
	}
	return found;
}

enum err
ticket_use(struct tickets *tickets, const unsigned char bytes[TICKET_BYTES], uid_t uid,
    uint64_t line, int64_t now, struct ticket_facts *ret_facts)
{
	struct ticket *ticket = find(tickets, bytes);

	if (ticket != NULL && is_old(ticket, now)) {
		drop(tickets, ticket);
		ticket = NULL;
	}
	if (ticket == NULL)
		return ERR_TICKET_UNKNOWN;
	if (ticket->facts.uid != uid)
		return ERR_TICKET_USER;
	if (ticket->line != 0 && ticket->line != line)
		return ERR_TICKET_HELD;
	ticket->line = line;
	*ret_facts = ticket->facts;
	return ERR_OK;
}

void
ticket_release(struct tickets *tickets, uint64_t line)
{
	for (size_t i = 0; i < TICKETS_MOST; i++)
		if (tickets->ticket[i].taken && tickets->ticket[i].line == line)
			tickets->ticket[i].line = 0;
}

enum err
ticket_close(struct tickets *tickets, const unsigned char bytes[TICKET_BYTES], uint64_t *ret_line)
{
	struct ticket *ticket = find(tickets, bytes);

	if (ticket == NULL)
		return ERR_TICKET_UNKNOWN;
	*ret_line = ticket->line;
	drop(tickets, ticket);
	return ERR_OK;
}

/* --- as text ------------------------------------------------------------------------ */

bool
ticket_read(const char *text, unsigned char ret_bytes[TICKET_BYTES])
{
	return strlen(text) == 2 * (size_t)TICKET_BYTES && hex_read(text, TICKET_BYTES, ret_bytes);
}

void
ticket_write(const unsigned char bytes[TICKET_BYTES], char ret_text[WIRE_TICKET_SIZE])
{
	hex_write(bytes, TICKET_BYTES, ret_text);
}
