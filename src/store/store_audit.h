/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The audit trail (store.h says what holds for every question). */
#ifndef STORE_STORE_AUDIT_H
#define STORE_STORE_AUDIT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/account.h"
#include "core/policy.h"
#include "store/store.h"

/* --- the audit trail ------------------------------------------------------ */

struct store_audit {
	int64_t id; /* 1, 2, 3 ... without gaps; in lists of several nodes' rows its place */
	int64_t time;
	char who[TEXT_NAME_SIZE];
	char source[TEXT_LABEL_SIZE];
	char terminal[TEXT_LABEL_SIZE];
	char action[32];
	char target[TEXT_NAME_SIZE];
	char result[32];
	char detail[TEXT_REASON_SIZE];
	uint32_t peer_uid;
	int64_t key; /* audit key's id */
	unsigned char mac[STORE_MAC_SIZE];
	uint32_t version;	    /* of the encoding that the seal is over */
	char node[TEXT_LABEL_SIZE]; /* which host's keeper wrote it; "" where there is only one */
	bool vouched;		    /* root told the source, and not the console */
};

struct store_head {
	int64_t count; /* 0: no row yet */
	int64_t key;
	unsigned char last[STORE_MAC_SIZE]; /* MAC of row `count`; zero if none */
	unsigned char mac[STORE_MAC_SIZE];  /* over count and last */
};

MUST_CHECK enum err
store_head(struct store *store, struct store_head *ret_head);

/* Appends row->id == head.count + 1 and replaces the head by `head`. ERR_STORE_EXISTS otherwise.
 * *ret_place: by which it is found in lists; where there is one node, its number. Who does not ask
 * (NULL) may be told of ERR_STORE_EXISTS as a turn that fails. */
MUST_CHECK enum err
store_audit_append(struct store *store, const struct store_audit *row,
    const struct store_head *head, int64_t *ret_place);

/* The place of the row that was appended last, as far as it is known: of each turn that was
 * committed it is. */
int64_t
store_audit_placed(const struct store *store);

/* The places of the oldest and the newest row that are there; 1 and 0: there is none. */
MUST_CHECK enum err
store_audit_ends(struct store *store, int64_t *ret_first, int64_t *ret_last);

/* Up to *io_count rows with id > after, by id. */
MUST_CHECK enum err
store_audit_page(struct store *store, int64_t after, struct store_audit *rows, size_t *io_count);

/* By what rows are found, each in the order of their numbers: all, those of a person (who did it,
 * or whom it was done to), those of a verb that
 * is not daily (audit_is_daily()). */
enum store_audit_key { STORE_AUDIT_ALL, STORE_AUDIT_PERSON, STORE_AUDIT_VERB, STORE_AUDIT_KEYS };

struct store_audit_range {
	enum store_audit_key key;
	const char *text; /* the person's name or the verb, byte by byte; not looked at for all */
	int64_t first, last; /* the lowest and the highest row; none where first > last */
	bool newest_first;
};

/* Up to *io_count rows of a range. It reads no more than twice as many. ERR_FAILED: the verb is a
 * daily one. */
MUST_CHECK enum err
store_audit_find(struct store *store, const struct store_audit_range *range,
    struct store_audit *rows, size_t *io_count);

/*
 * The rows among which all of times since to until - 1 stand: *ret_first to *ret_last, with others
 * between them where the clock went back. ERR_STORE_NONE: there are none of that time. A time
 * before 1970 counts as 1970's first hour.
 */
MUST_CHECK enum err
store_audit_span(struct store *store, int64_t since, int64_t until, int64_t *ret_first,
    int64_t *ret_last);

/* What a reader of many rows does with each; a failure ends the reading. The row is its own only
 * until it returns. */
typedef enum err
store_audit_visit(void *context, const struct store_audit *row);

/* The same rows as store_audit_page(), one after the other in room for one: *io_count at most, and
 * as many there were. */
MUST_CHECK enum err
store_audit_walk(struct store *store, int64_t after, store_audit_visit *visit, void *context,
    size_t *io_count);

/* Those of the rows first to last that a chart counts, newest first: sign-ins, and all that was
 * refused. */
MUST_CHECK enum err
store_audit_charted(struct store *store, int64_t first, int64_t last, store_audit_visit *visit,
    void *context);

/* --- up to where the trail was pruned --------------------------------------- */

struct store_checkpoint {
	int64_t number; /* of the last row that went; 0: none has */
	int64_t newest; /* its time */
	int64_t pruned; /* when it went */
	int64_t until;	/* rows from before this time are to go: the order; 0: none was given */
	int64_t key;
	unsigned char last[STORE_MAC_SIZE]; /* the MAC of row `number`; zero if none */
	unsigned char mac[STORE_MAC_SIZE];  /* over all of these */
};

/* All zero before the first order. */
MUST_CHECK enum err
store_audit_checkpoint(struct store *store, struct store_checkpoint *ret_checkpoint);

/* What is asked of the oldest rows: number, time and MAC. */
struct store_oldest {
	int64_t id, time;
	unsigned char mac[STORE_MAC_SIZE];
};

/* Up to *io_count rows with id > after, by id. */
MUST_CHECK enum err
store_audit_oldest(struct store *store, int64_t after, struct store_oldest *rows, size_t *io_count);

/* Puts the checkpoint in place of the one before, and removes all rows up to checkpoint->number. */
MUST_CHECK enum err
store_audit_prune(struct store *store, const struct store_checkpoint *checkpoint);

#endif
