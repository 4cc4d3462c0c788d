/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The database that several hosts share, and the line to it: what looking at it finds. */
#include "keeper/doctor_server.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "store/store_lock.h"
#include "store/store_server.h"

static void
tell(struct look *look, enum examine_check check, enum err err, int64_t number, const char *detail)
{
	look_tell(look->out, check, err, number, detail);
}

static const enum examine_line_kind kinds[] = {
	[STORE_LINE_HERE] = EXAMINE_LINE_HERE,
	[STORE_LINE_PROVED] = EXAMINE_LINE_PROVED,
	[STORE_LINE_ENCRYPTED] = EXAMINE_LINE_ENCRYPTED,
	[STORE_LINE_OPEN] = EXAMINE_LINE_OPEN,
};

static void
tell_rights(struct look *look, const struct store_server *server)
{
	if (server->missing[0] != '\0')
		tell(look, EXAMINE_RIGHTS, ERR_DENIED, 0, server->missing);
	else
		tell(look, EXAMINE_RIGHTS, server->superuser ? ERR_STATE : ERR_OK, 0, server->role);
}

/* A commit that waits for nobody may be on no other disk when this one is lost. */
static void
tell_replication(struct look *look, const struct store_server *server)
{
	char standbys[24];
	enum err err = ERR_OK;

	(void)snprintf(standbys, sizeof standbys, "%" PRId64, server->standbys);
	if (!server->synchronous)
		err = server->standbys == 0 ? ERR_STORE_NONE : ERR_STATE;
	else if (server->standbys == 0)
		err = ERR_STORE_BUSY;
	tell(look, EXAMINE_REPLICATION, err, server->lag, standbys);
}

static enum err
why_no_changes(const struct store_server *server)
{
	if (server->standby)
		return ERR_STORE_READONLY;
	return server->read_only ? ERR_STATE : ERR_OK;
}

/* OpenSSL's words (X509_R_CERTIFICATE_VERIFY_FAILED), which libpq passes on: nothing else is known
 * of the certificate then. */
static enum err
why_no_answer(const struct store_server *server)
{
	if (server->err == ERR_STORE_AWAY &&
	    strstr(server->trouble, "certificate verify failed") != NULL)
		return ERR_CRYPTO;
	return server->err;
}

static void
tell_server(struct look *look, const struct store_server *server)
{
	tell(look, EXAMINE_SERVER, why_no_answer(server), server->version,
	    server->err == ERR_OK ? server->host : server->trouble);
	if (server->err != ERR_OK)
		return;
	tell(look, EXAMINE_LINE, ERR_OK, kinds[server->line], server->protocol);
	tell(look, EXAMINE_PRIMARY, why_no_changes(server), server->behind, "");
	tell_rights(look, server);
	tell(look, EXAMINE_CLOCKS,
	    llabs(server->ahead) > STORE_CLOCK_MOST ? ERR_NODE_CLOCK : ERR_OK, server->ahead, "");
	if (!server->standby)
		tell_replication(look, server);
	tell(look, EXAMINE_HISTORY, server->taken_over ? ERR_STATE : ERR_OK, server->timeline, "");
}

bool
doctor_look_at_server(struct look *look, const struct where *where)
{
	struct store_server server = { .err = ERR_OK };
	enum err err = store_examine(&where->at, &server);

	if (err != ERR_OK)
		return true; /* it is no server */
	tell(look, EXAMINE_CONFIG, server.password && where->open ? ERR_DENIED : ERR_OK, 0,
	    where->node);
	tell_server(look, &server);
	return server.err == ERR_OK;
}
