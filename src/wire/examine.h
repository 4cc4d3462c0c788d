/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What `provconsole-keeper --state DIR --doctor` (or --verify, --export) says on its standard
 * output, a line a finding:
 * CHECK ERR NUMBER DETAIL. It has the store and the keys, which the console has not; the console
 * has the words. Both sides of that format are here.
 */
#ifndef WIRE_EXAMINE_H
#define WIRE_EXAMINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "core/err.h"

enum examine_check {
	EXAMINE_STATE,	 /* the directory was opened, as the user that owns it */
	EXAMINE_WRITING, /* a file without a name was written there, and synced */
	EXAMINE_RESERVE, /* number: KiB held for a full disk; ERR_STATE: not whole; ERR_STORE_FULL:
			    none */
	/*
	 * keeper.conf, where it says that the people are in PostgreSQL; detail: this host's node.
	 * ERR_CONFIG: number: its line. ERR_DENIED: it holds a password that others may read.
	 */
	EXAMINE_CONFIG,
	/* of PostgreSQL alone (store/store_server.h) */
	EXAMINE_SERVER,	     /* number: its version, detail: where; else why it does not answer;
				ERR_CRYPTO: for its certificate */
	EXAMINE_LINE,	     /* number: enum examine_line_kind; detail: its protocol */
	EXAMINE_PRIMARY,     /* ERR_STORE_READONLY: a standby; number: seconds behind, or -1;
				ERR_STATE: it is set to take no changes */
	EXAMINE_RIGHTS,	     /* detail: the role; ERR_DENIED: what it lacks; ERR_STATE: superuser */
	EXAMINE_CLOCKS,	     /* number: seconds by which its clock is ahead; ERR_NODE_CLOCK */
	EXAMINE_REPLICATION, /* number: bytes that no standby has; detail: how many standbys */
	EXAMINE_HISTORY,     /* number: timeline; ERR_STATE: another server took over since */
	EXAMINE_TABLES,	     /* every value was read; detail: bytes, or what PostgreSQL said */
	EXAMINE_DATABASE,    /* every page was read; detail: what SQLite found first */
	EXAMINE_SCHEMA,	     /* number: its version */
	EXAMINE_KEY,	     /* console.key opens the ring */
	EXAMINE_AUDIT, /* number: rows that fit; the one after it does not, on ERR_AUDIT_BROKEN */
	EXAMINE_TIME,  /* number: seconds by which the newest row is ahead of the clock */
	EXAMINE_AHEAD, /* ERR_STATE: number: stored times that lie in the future; detail: whose */
	/*
	 * Memory for keys can be locked; number: KiB that a keeper at rest has locked. ERR_MEMORY:
	 * the limit is too low; number: blocks that were refused, detail: of how many. ERR_DENIED:
	 * the system refuses whatever the limit.
	 */
	EXAMINE_MEMORY,
	EXAMINE_BACKUP, /* number: Unix seconds of the last backup; 0: never */
	EXAMINE_END,	/* nothing is left to say */
	/* of --verify and --export, as often as it pleases: number: rows read, detail: of how many
	 */
	EXAMINE_PROGRESS,
	EXAMINE_PRUNED, /* number: the row up to which the trail was pruned; 0: it was not */
	EXAMINE_NODES,	/* other nodes' chains: how many hold; or the last row that does, and whose
			 */
	EXAMINE_ANCHOR, /* err: what the anchor says; detail: the last row that fits, as one */
	EXAMINE_EXPORT, /* number: rows that were written; detail: the last row in the file */
	/* of --doctor, and no verdict */
	EXAMINE_PEOPLE, /* number: people; detail: rows of the trail */
	EXAMINE_SIZE,	/* number: KiB of the database; detail: KiB of its log */
	EXAMINE_COUNT
};

/* Who can read what goes over the line to a server: as of store/store_server.h. */
enum examine_line_kind {
	EXAMINE_LINE_HERE,
	EXAMINE_LINE_PROVED,
	EXAMINE_LINE_ENCRYPTED,
	EXAMINE_LINE_OPEN
};

enum {
	EXAMINE_DETAIL_SIZE = 200,
	EXAMINE_LINE_SIZE = 256,
	EXAMINE_MEMORY_KIB = 96 /* what a keeper with one sign-in locks: see keeper/doctor.c */
};

struct examine_finding {
	enum examine_check check;
	enum err err;
	int64_t number;
	char detail[EXAMINE_DETAIL_SIZE]; /* without control characters; often empty */
};

/* The finding as a line, with its newline and NUL. What may not be shown in the detail becomes '?'.
 */
void
examine_line(const struct examine_finding *finding, char line[EXAMINE_LINE_SIZE]);

/* Reads a line, with or without its newline. False, and *ret_finding untouched, for anything that
 * examine_line() does not write. */
bool
examine_parse(const char *line, struct examine_finding *ret_finding);

#endif
