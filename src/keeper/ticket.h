/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Tickets (DESIGN 9): what root vouches for. The PAM module gets one for a session that it opens,
 * and sshd hands it to the console in its environment; the line whose hello has it is from that
 * source, and by that SSH key, whatever the console claims. They live in memory alone: a keeper
 * that starts anew knows none. Pure: no clock, no sockets.
 */
#ifndef KEEPER_TICKET_H
#define KEEPER_TICKET_H

#include <stdint.h>
#include <sys/types.h>

#include "core/err.h"
#include "wire/wire.h"

enum {
	TICKETS_MOST = 4096,
	TICKETS_OF_GROUP = 256,	 /* of one network and SSH key: its oldest goes for one more */
	TICKET_LIFE = 12 * 3600, /* seconds: a PAM session that lasts longer has none any more */
	TICKET_BYTES = 32
};

/* What a ticket says. */
struct ticket_facts {
	char source[WIRE_SOURCE_SIZE]; /* as root told it */
	char key[SSH_KEY_PRINT_SIZE];  /* the SSH key's fingerprint; "": none is known */
	char service[WIRE_SERVICE_SIZE];
	uid_t uid; /* the one UNIX user who may use it */
};

struct tickets;

/* Empty; NULL without memory. */
struct tickets *
tickets_new(void);

/* NULL is ignored. */
void
tickets_free(struct tickets *tickets);

/*
 * A new one, of those bytes, which the caller has from auth_key(); now: seconds since boot. Where
 * its network and key (source_group_with()) have as many as they may, their longest unused one
 * goes; where there is no room at all, that of the network and key that have the most.
 */
void
ticket_open(struct tickets *tickets, const unsigned char bytes[TICKET_BYTES],
    const struct ticket_facts *facts, int64_t now);

/*
 * Uses one, on that line, as that UNIX user. Again on the same line, or on another when it is free:
 * one SSH connection may carry one session after the other. ERR_TICKET_UNKNOWN: there never was
 * one, or its session has ended, or it is too old; ERR_TICKET_USER; ERR_TICKET_HELD: another line
 * has it now.
 */
MUST_CHECK enum err
ticket_use(struct tickets *tickets, const unsigned char bytes[TICKET_BYTES], uid_t uid,
    uint64_t line, int64_t now, struct ticket_facts *ret_facts);

/* The line has ended; one that has no ticket is ignored. */
void
ticket_release(struct tickets *tickets, uint64_t line);

/* Its PAM session has ended. *ret_line: the line that has it; 0: none. ERR_TICKET_UNKNOWN. */
MUST_CHECK enum err
ticket_close(struct tickets *tickets, const unsigned char bytes[TICKET_BYTES], uint64_t *ret_line);

/* How many there are. */
size_t
tickets_count(const struct tickets *tickets);

/* 64 hexadecimal digits, as they stand in the environment and in messages; false for anything
 * else. */
bool
ticket_read(const char *text, unsigned char ret_bytes[TICKET_BYTES]);

void
ticket_write(const unsigned char bytes[TICKET_BYTES], char ret_text[WIRE_TICKET_SIZE]);

#endif
