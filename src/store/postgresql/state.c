/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/postgresql/state.h"

#include <stddef.h>
#include <string.h>

/* A whole state stands before its class. */
static const struct {
	const char *state;
	enum err err;
} meanings[] = {
	{ "23505", ERR_STORE_EXISTS },	 /* unique_violation */
	{ "23503", ERR_STORE_NONE },	 /* foreign_key_violation */
	{ "25006", ERR_STORE_READONLY }, /* read_only_sql_transaction: a standby */
	{ "53100", ERR_STORE_FULL },	 /* disk_full */
	{ "53200", ERR_STORE_AWAY },	 /* out_of_memory: the server's */
	{ "58030", ERR_STORE_IO },	 /* io_error */
	{ "42501", ERR_STORE_READONLY }, /* insufficient_privilege */
	{ "08", ERR_STORE_AWAY },	 /* the connection */
	{ "25", ERR_STORE_AWAY },	 /* the transaction was ended from outside */
	{ "40", ERR_STORE_AWAY },	 /* deadlock, or not serialisable */
	{ "53", ERR_STORE_AWAY },	 /* too many connections */
	{ "55", ERR_STORE_AWAY },	 /* a lock was not had in time */
	{ "57", ERR_STORE_AWAY },	 /* cancelled, or it shuts down or starts up */
	{ "XX", ERR_STORE_CORRUPT },	 /* its own data are damaged */
};

enum err
state_err(const char *sqlstate)
{
	if (sqlstate == NULL)
		return ERR_STORE_AWAY;
	for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
		if (strncmp(meanings[i].state, sqlstate, strlen(meanings[i].state)) == 0)
			return meanings[i].err;
	return ERR_FAILED;
}
