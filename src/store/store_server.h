/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What an engine that is a server of its own tells of itself (DESIGN 11), for whoever looks after
 * it: `provconsole doctor`. Texts are the server's or libpq's words, cut where they are longer.
 */
#ifndef STORE_STORE_SERVER_H
#define STORE_STORE_SERVER_H

#include "store/store.h"

enum { STORE_SAID_SIZE = 160 };

/* Who can read what goes over the line. */
enum store_line {
	STORE_LINE_HERE,      /* a local socket, or this host's own address */
	STORE_LINE_PROVED,    /* encrypted, and the certificate must name the server */
	STORE_LINE_ENCRYPTED, /* but whoever stands between may be the server */
	STORE_LINE_OPEN	      /* anybody between */
};

struct store_server {
	enum err err; /* ERR_OK: it answers; else all below but the password is 0 */
	char trouble[STORE_SAID_SIZE]; /* why not, in its words */
	bool password;		       /* the connection string itself holds one */
	int version;		       /* 150013 is 15.13 */
	char role[64], host[STORE_SAID_SIZE];
	bool superuser;
	char missing[STORE_SAID_SIZE]; /* what the role lacks; "": nothing */
	enum store_line line;
	char protocol[16]; /* of an encrypted line: TLSv1.3 */
	int64_t ahead;	   /* seconds, of its clock */
	bool standby;	   /* it follows another server, and takes no changes */
	bool read_only;	   /* nor does it by its settings, or those of the role */
	bool synchronous;  /* a commit waits for a standby */
	int64_t standbys;  /* that follow it now */
	int64_t lag;	   /* bytes that the last of them has not written yet; -1: not to be seen */
	int64_t behind;	   /* of a standby: seconds since the last change that it has; -1: none */
	int64_t timeline;
	bool taken_over; /* its history is not the one that the people's tables were written in */
};

/* Asks on a connection of its own, which is nobody's node. ERR_STORE_NONE: this engine is no
 * server. Else ERR_OK, also where the server does not answer: ret_server->err. */
MUST_CHECK enum err
store_examine(const struct store_at *at, struct store_server *ret_server);

/* Whether the server does not answer at present, and why in its words; false, and ret_said is
 * untouched, of an engine that is no server. */
bool
store_is_away(struct store *store, char ret_said[STORE_SAID_SIZE]);

#endif
