/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Where a state's store is, as root has written it (DESIGN 11): in the directory itself, or in a
 * PostgreSQL that several hosts share. keeper.conf stands in the directory; for the service's own
 * (/var/lib/provconsole) /etc/provconsole/keeper.conf will do as well. A line each:
 *   store postgresql:CONNINFO    as libpq reads it (PostgreSQL 15, 34.1.1), or as a URI
 *   node NAME                    what this host is called among the others
 * Blank lines and lines that begin with # say nothing.
 */
#ifndef KEEPER_WHERE_H
#define KEEPER_WHERE_H

#include <stdbool.h>
#include <stddef.h>

#include "core/err.h"
#include "core/text.h"
#include "store/inspect.h"
#include "store/store.h"

enum { WHERE_CONNINFO_SIZE = 2048, WHERE_NODE_POINTS = 32 };

struct where {
	struct store_at at;		    /* points into this */
	char conninfo[WHERE_CONNINFO_SIZE]; /* "": in the directory */
	char node[TEXT_NAME_SIZE];	    /* "": there is only one */
	int line;			    /* of what is wrong in the file; 0: none */
	bool open;			    /* others may read the file */
};

/* Reads the lines (length bytes). Pure. ERR_CONFIG, with where->line. */
MUST_CHECK enum err
where_read(const char *text, size_t length, struct where *ret_where);

/*
 * Of an open state directory. ERR_CONFIG: the file says what nobody understands, or may be written
 * by others. ERR_STORE_ELSEWHERE: it names PostgreSQL, which this program was built without.
 * *ret_where must stay where it is: ret_where->at points into it.
 */
MUST_CHECK enum err
where_of(int directory, struct where *ret_where);

/* store_inspect() of where it is. */
MUST_CHECK enum err
where_inspect(int directory, struct store **ret_store, struct store_schema *ret_schema);

/* Whether this program can reach PostgreSQL. */
bool
where_has_postgresql(void);

#endif
