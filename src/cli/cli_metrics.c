/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * metrics: the keeper's numbers in the text format of Prometheus, version 0.0.4
 * (https://prometheus.io/docs/instrumenting/exposition_formats/): HELP and TYPE before each, base
 * units, _total behind what only grows. For programs, so in English. No name of a person is in it.
 */
#include <inttypes.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "cli/command.h"
#include "core/incident.h"

enum type { GAUGE, COUNTER };

static const char *const types[] = { [GAUGE] = "gauge", [COUNTER] = "counter" };

/* Those that are one number. */
#define AT(member) offsetof(struct wire_metrics_reply, member)
static const struct {
	const char *name;
	enum type type;
	size_t at;
	const char *help;
} numbers[] = {
	{ "uptime_seconds", GAUGE, AT(uptime), "Seconds since the keeper started." },
	{ "sign_ins_total", COUNTER, AT(sign_ins), "Full sign-ins since the keeper started." },
	{ "pam_codes_total", COUNTER, AT(pam),
	    "Codes accepted for UNIX accounts since the keeper started." },
	{ "alarms_total", COUNTER, AT(alarms),
	    "Sign-ins of which a person said that they were not theirs, since then." },
	{ "sessions", GAUGE, AT(sessions), "Sessions that are signed in." },
	{ "hash_queue_jobs", GAUGE, AT(hash_queue), "Passwords that wait for a worker." },
	{ "hash_queue_limit", GAUGE, AT(hash_limit), "How many may wait." },
	{ "people", GAUGE, AT(people), "People who have an account." },
	{ "people_with_2fa", GAUGE, AT(with_2fa), "Those with two-factor authentication." },
	{ "people_paused", GAUGE, AT(paused), "Those who are refused for wrong codes." },
	{ "audit_rows", GAUGE, AT(rows), "Rows of the audit trail." },
	{ "database_bytes", GAUGE, AT(database), "Size of the database." },
	{ "database_log_bytes", GAUGE, AT(log), "Size of the database's write-ahead log." },
	{ "last_backup_timestamp_seconds", GAUGE, AT(backup),
	    "When the last backup was made; 0: never." },
};

/* A family's head: every sample of it follows. */
static void
put_head(const char *name, enum type type, const char *help)
{
	(void)printf("# HELP provconsole_%s %s\n# TYPE provconsole_%s %s\n", name, help, name,
	    types[type]);
}

static void
put_label(const char *key, const char *value)
{
	(void)printf("%s=\"", key);
	for (; *value != '\0'; value++)
		if (*value == '\n')
			(void)fputs("\\n", stdout);
		else
			(void)printf("%s%c", *value == '"' || *value == '\\' ? "\\" : "", *value);
	(void)fputs("\"", stdout);
}

static void
put_numbers(const struct wire_metrics_reply *reply)
{
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		int64_t value;

		memcpy(&value, (const char *)reply + numbers[i].at, sizeof value);
		put_head(numbers[i].name, numbers[i].type, numbers[i].help);
		(void)printf("provconsole_%s %" PRId64 "\n", numbers[i].name, value);
	}
}

/* The zeros too: what appears with its first refusal has no rate before. */
static void
put_refusals(const struct wire_metrics_reply *reply)
{
	put_head("refusals_total", COUNTER,
	    "Attempts that were refused or paused since the keeper started.");
	for (int step = 0; step < INCIDENT_STEPS; step++)
		for (int reason = 0; reason < INCIDENT_REASONS; reason++) {
			(void)fputs("provconsole_refusals_total{", stdout);
			put_label("step", incident_step((enum incident_step)step));
			(void)fputs(",", stdout);
			put_label("reason", incident_reason((enum incident_reason)reason));
			(void)printf("} %" PRId64 "\n",
			    reply->refusals[step * INCIDENT_REASONS + reason]);
		}
}

static void
put_shares(const struct wire_metrics_reply *reply, const char *name, const char *help, bool limit)
{
	put_head(name, GAUGE, help);
	for (uint32_t i = 0; i < reply->shares; i++) {
		(void)printf("provconsole_%s{", name);
		put_label("share", reply->share[i].name);
		(void)printf("} %" PRId64 "\n",
		    limit ? reply->share[i].limit : reply->share[i].lines);
	}
}

static void
put_build(const struct wire_metrics_reply *reply)
{
	put_head("build_info", GAUGE, "The keeper's version, and the wire's.");
	(void)fputs("provconsole_build_info{", stdout);
	put_label("version", reply->version);
	(void)printf(",wire=\"%d\"} 1\n", (int)WIRE_VERSION);
}

enum err
metrics_run(struct cli *cli)
{
	const struct wire_metrics_reply *reply = &cli->reply.u.metrics;
	struct wire_request request;
	enum err err;

	wire_request_init(&request, WIRE_METRICS);
	err = command_ask(cli, &request);
	if (err != ERR_OK)
		return err;
	put_build(reply);
	put_numbers(reply);
	put_head("store_faulty", GAUGE, "1 while the database or its disk fails.");
	(void)printf("provconsole_store_faulty %d\n", reply->faulty);
	put_refusals(reply);
	put_shares(reply, "lines", "Lines that are open, by what they have proved.", false);
	put_shares(reply, "lines_limit", "How many may be.", true);
	return ERR_OK;
}
