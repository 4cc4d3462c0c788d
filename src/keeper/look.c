/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/look.h"

#include <signal.h>
#include <unistd.h>

#include "auth/auth.h"
#include "keeper/keys.h"
#include "keeper/where.h"
#include "keeper/life.h"
#include "store/inspect.h"

void
look_tell(FILE *out, enum examine_check check, enum err err, int64_t number, const char *detail)
{
	struct examine_finding finding = { .check = check, .err = err, .number = number };
	char line[EXAMINE_LINE_SIZE];

	/* A name may be longer than a finding has room for. */
	(void)snprintf(finding.detail, sizeof finding.detail, "%.*s",
	    (int)sizeof finding.detail - 1, detail);
	examine_line(&finding, line);
	(void)fputs(line, out);
	(void)fflush(out);
}

enum err
look_end(FILE *out)
{
	look_tell(out, EXAMINE_END, ERR_OK, 0, "");
	return ferror(out) || fflush(out) != 0 ? ERR_FAILED : ERR_OK;
}

void
look_limit(struct look *look, int seconds)
{
	struct sigevent event = { .sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGKILL };
	const struct itimerspec limit = { .it_value = { .tv_sec = seconds } };

	if (!look->limited)
		look->limited = timer_create(CLOCK_MONOTONIC, &event, &look->limit) == 0;
	if (look->limited)
		(void)timer_settime(look->limit, 0, &limit, NULL);
}

/* Of the version that this program makes: another one is not read further. */
static enum err
open_store(struct look *look, enum examine_check *ret_check)
{
	struct store_schema schema = { 0 };
	enum err err;

	*ret_check = EXAMINE_DATABASE;
	err = where_inspect(look->directory, &look->store, &schema);
	if (err != ERR_OK)
		return err;
	*ret_check = EXAMINE_SCHEMA;
	return schema.version == schema.newest ? ERR_OK : ERR_STATE;
}

static enum err
open_all(struct look *look, const char *state, enum examine_check *ret_check)
{
	enum err err;

	*ret_check = EXAMINE_STATE;
	err = life_open_directory(state, &look->directory);
	if (err == ERR_OK)
		err = open_store(look, ret_check);
	if (err != ERR_OK)
		return err;
	*ret_check = EXAMINE_KEY;
	err = auth_start();
	return err == ERR_OK ? keys_inspect(look->directory, look->store, &look->ring) : err;
}

enum err
look_open(const char *state, FILE *out, struct look *ret_look)
{
	enum examine_check check = EXAMINE_STATE;
	enum err err;

	*ret_look = (struct look){ .out = out, .directory = -1 };
	look_limit(ret_look, LOOK_SECONDS);
	err = open_all(ret_look, state, &check);
	if (err != ERR_OK)
		look_tell(out, check, err, 0, "");
	return err;
}

void
look_close(struct look *look)
{
	look_limit(look, 0);
	keyring_free(look->ring);
	store_close(look->store);
	if (look->directory >= 0)
		close(look->directory);
}
