/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/doctor.h"

#include <string.h>
#include <time.h>
#include <unistd.h>

#include "auth/auth.h"
#include "core/secret.h"
#include "keeper/audit.h"
#include "keeper/keys.h"
#include "keeper/life.h"
#include "store/inspect.h"
#include "wire/examine.h"

struct doctor {
	FILE *out;
	int directory;
	struct store *store;
	struct keyring *ring;
};

static void
tell(struct doctor *doctor, enum examine_check check, enum err err, int64_t number,
    const char *detail)
{
	struct examine_finding finding = { .check = check, .err = err, .number = number };
	char line[EXAMINE_LINE_SIZE];

	(void)snprintf(finding.detail, sizeof finding.detail, "%s", detail);
	examine_line(&finding, line);
	(void)fputs(line, doctor->out);
	(void)fflush(doctor->out);
}

static void
look_at_audit(struct doctor *doctor)
{
	struct audit_verdict verdict;
	int64_t now = (int64_t)time(NULL);
	enum err err = audit_verify(doctor->store, doctor->ring, &verdict);

	tell(doctor, EXAMINE_AUDIT, err, verdict.rows, "");
	tell(doctor, EXAMINE_TIME, ERR_OK, verdict.newest > now ? verdict.newest - now : 0, "");
}

static void
look_at_key(struct doctor *doctor)
{
	enum err err = auth_start();

	if (err == ERR_OK)
		err = keys_inspect(doctor->directory, doctor->store, &doctor->ring);
	tell(doctor, EXAMINE_KEY, err, 0, "");
	if (err == ERR_OK)
		look_at_audit(doctor);
}

/* A database of another version is not read further; an older one is brought up to date by the next
 * keeper. */
static void
look_at_schema(struct doctor *doctor, const struct store_schema *schema, enum err err)
{
	char newest[16];

	(void)snprintf(newest, sizeof newest, "%d", schema->newest);
	if (err == ERR_OK && schema->version != schema->newest)
		err = ERR_STATE;
	tell(doctor, EXAMINE_SCHEMA, err, schema->version, newest);
	if (err == ERR_OK)
		look_at_key(doctor);
}

static void
look_at_database(struct doctor *doctor)
{
	struct store_schema schema = { 0 };
	char found[EXAMINE_DETAIL_SIZE] = "";
	enum err err = store_inspect(doctor->directory, &doctor->store, &schema);

	if (err == ERR_STORE_NEWER) {
		look_at_schema(doctor, &schema, err);
		return;
	}
	if (err == ERR_OK)
		err = store_integrity(doctor->store, found, sizeof found);
	tell(doctor, EXAMINE_DATABASE, err, 0, found);
	if (doctor->store != NULL)
		look_at_schema(doctor, &schema, ERR_OK);
}

static void
look_at_memory(struct doctor *doctor)
{
	struct secret *secret = NULL;
	enum err err = secret_new(KEY_SIZE, &secret);

	if (err == ERR_OK && !secret->locked)
		err = ERR_MEMORY;
	secret_free(secret);
	tell(doctor, EXAMINE_MEMORY, err, 0, "");
}

enum err
doctor_run(const char *state, FILE *out)
{
	struct doctor doctor = { .out = out, .directory = -1 };
	enum err err = life_open_directory(state, &doctor.directory);

	tell(&doctor, EXAMINE_STATE, err, 0, "");
	if (err == ERR_OK)
		look_at_database(&doctor);
	look_at_memory(&doctor);
	tell(&doctor, EXAMINE_END, ERR_OK, 0, "");
	keyring_free(doctor.ring);
	store_close(doctor.store);
	if (doctor.directory >= 0)
		close(doctor.directory);
	return ferror(out) || fflush(out) != 0 ? ERR_FAILED : ERR_OK;
}
