/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/postgresql/hosts.h"

#include <stdio.h>
#include <string.h>

#include <libpq-fe.h>

static int
parts(const char *list)
{
	int count = 1;

	for (; list != NULL && (list = strchr(list, ',')) != NULL; list++)
		count++;
	return count;
}

/* Of a list with commas. A single one counts for all (libpq's ports do). */
static void
take_part(const char *list, int index, char part[HOST_SIZE])
{
	if (list != NULL && parts(list) == 1)
		index = 0;
	for (; list != NULL && index > 0; index--) {
		list = strchr(list, ',');
		list = list == NULL ? NULL : list + 1;
	}
	(void)snprintf(part, HOST_SIZE, "%.*s", list == NULL ? 0 : (int)strcspn(list, ","),
	    list == NULL ? "" : list);
}

static const char *
value_of(const PQconninfoOption *options, const char *keyword)
{
	for (; options != NULL && options->keyword != NULL; options++)
		if (strcmp(options->keyword, keyword) == 0)
			return options->val;
	return NULL;
}

int
hosts_get(const char *conninfo, int index, struct host *ret_host)
{
	PQconninfoOption *options = PQconninfoParse(conninfo, NULL);
	const char *host = value_of(options, "host"), *address = value_of(options, "hostaddr");
	int count = parts(address != NULL && *address != '\0' ? address : host);

	take_part(host, index % count, ret_host->host);
	take_part(address, index % count, ret_host->address);
	take_part(value_of(options, "port"), index % count, ret_host->port);
	PQconninfoFree(options);
	return count;
}
