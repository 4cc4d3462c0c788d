/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The hosts that a connection string names (PostgreSQL 15, 34.1.1.3). Pure. */
#ifndef STORE_POSTGRESQL_HOSTS_H
#define STORE_POSTGRESQL_HOSTS_H

enum { HOST_SIZE = 1024 };

/* One of the hosts that the string names; a part is "" where it says nothing. */
struct host {
	char host[HOST_SIZE], address[HOST_SIZE], port[HOST_SIZE];
};

/* How many hosts the string names; and the one of that number, from 0, where a number beyond begins
 * anew. A string that is none counts for one, and libpq says what is wrong. */
int
hosts_get(const char *conninfo, int index, struct host *ret_host);

#endif
