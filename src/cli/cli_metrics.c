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

/* Where a number is known. */
enum where {
	KEEPER, /* always */
	STORE,	/* while the store is there */
	FILES,	/* where the store is files of this host */
	SHARED, /* where it is a database that several hosts share */
	SHARED_STORE
};

/* Those that are one number. */
#define AT(member) offsetof(struct wire_metrics_reply, member)
static const struct {
	const char *name;
	enum type type;
	size_t at;
	const char *help;
	enum where where;
} numbers[] = {
	{ "uptime_seconds", GAUGE, AT(uptime), "Seconds since the keeper started.", KEEPER },
	{ "sign_ins_total", COUNTER, AT(sign_ins), "Full sign-ins since the keeper started.",
	    KEEPER },
	{ "pam_codes_total", COUNTER, AT(pam),
	    "Codes accepted for UNIX accounts since the keeper started.", KEEPER },
	{ "alarms_total", COUNTER, AT(alarms),
	    "Sign-ins of which a person said that they were not theirs, since then.", KEEPER },
	{ "sessions", GAUGE, AT(sessions), "Sessions that are signed in.", KEEPER },
	{ "hash_queue_jobs", GAUGE, AT(hash_queue), "Passwords that wait for a worker.", KEEPER },
	{ "hash_queue_limit", GAUGE, AT(hash_limit), "How many may wait.", KEEPER },
	{ "people", GAUGE, AT(people), "People who have an account.", STORE },
	{ "people_with_2fa", GAUGE, AT(with_2fa), "Those with two-factor authentication.", STORE },
	{ "people_paused", GAUGE, AT(paused), "Those who are refused for wrong codes.", STORE },
	{ "audit_rows", GAUGE, AT(rows), "Rows of the audit trail.", STORE },
	{ "database_bytes", GAUGE, AT(database), "Size of the database.", FILES },
	{ "database_log_bytes", GAUGE, AT(log), "Size of the database's write-ahead log.", FILES },
	{ "last_backup_timestamp_seconds", GAUGE, AT(backup),
	    "When the last backup was made; 0: never.", STORE },
	{ "store_away_seconds", GAUGE, AT(away_seconds),
	    "Seconds since the database that several hosts share does not answer; 0: it does.",
	    SHARED },
	{ "store_clock_difference_seconds", GAUGE, AT(clock_difference),
	    "Between its clock and this host's; above 10 codes are refused.", SHARED_STORE },
	{ "nodes", GAUGE, AT(nodes), "Hosts that share the database.", SHARED_STORE },
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

static bool
is_known(enum where where, const struct wire_metrics_reply *reply)
{
	switch (where) {
	case KEEPER:
		return true;
	case STORE:
		return !reply->away;
	case FILES:
		return !reply->shared;
	case SHARED:
		return reply->shared;
	case SHARED_STORE:
		return reply->shared && !reply->away;
	}
	return false;
}

static void
put_numbers(const struct wire_metrics_reply *reply)
{
	for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
		int64_t value;

		if (!is_known(numbers[i].where, reply))
			continue;
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
	if (reply->shared) {
		put_head("store_reachable", GAUGE, "1 while the shared database answers.");
		(void)printf("provconsole_store_reachable %d\n", !reply->away);
	}
	put_refusals(reply);
	put_shares(reply, "lines", "Lines that are open, by what they have proved.", false);
	put_shares(reply, "lines_limit", "How many may be.", true);
	return ERR_OK;
}
