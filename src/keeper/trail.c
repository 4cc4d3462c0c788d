/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/trail.h"

#include <errno.h>
#include <inttypes.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "auth/chain.h"
#include "core/hex.h"
#include "core/source.h"
#include "store/store_audit.h"
#include "store/store_sign_in.h"
#include "store/store_user.h"

_Static_assert((int)CHAIN_MAC_SIZE == (int)STORE_MAC_SIZE, "one size of MAC");

static const struct {
	enum err err;
	const char *word;
} results[] = {
	{ ERR_OK, "ok" },
	{ ERR_CREDENTIALS, "wrong" },
	{ ERR_CODE_WRONG, "wrong" },
	{ ERR_RECOVERY_WRONG, "wrong" },
	{ ERR_RESYNC_WRONG, "wrong" },
	{ ERR_CODE_FORMAT, "refused" },
	{ ERR_RECOVERY_FORMAT, "refused" },
	{ ERR_CODE_USED, "replay" },
	{ ERR_PAUSED, "paused" },
	{ ERR_CODE_LOCKED, "locked" },
	{ ERR_BUSY, "busy" },
	{ ERR_DENIED, "denied" },
	{ ERR_NOT_HOST, "denied" },
	{ ERR_KIND, "denied" },
	{ ERR_TICKET_UNKNOWN, "wrong" },
	{ ERR_TICKET_USER, "denied" },
	{ ERR_TICKET_HELD, "replay" },
	{ ERR_TICKET_MISSING, "denied" },
	{ ERR_PAM_DISABLED, "denied" },
	{ ERR_PAM_EXPIRED, "denied" },
};

const char *
trail_result(enum err err)
{
	for (size_t i = 0; i < sizeof results / sizeof results[0]; i++)
		if (results[i].err == err)
			return results[i].word;
	return "refused";
}

/* Of an account of this host's own. ERR_STORE_NONE: there is none of that number. */
static enum err
read_passwd(uid_t uid, struct passwd *entry, char *buf, size_t size, struct passwd **ret_found)
{
	FILE *file = fopen("/etc/passwd", "re");
	struct passwd *found = NULL;
	enum err err = ERR_STORE_NONE;

	if (file == NULL)
		return err_from_errno(errno);
	while (err == ERR_STORE_NONE && fgetpwent_r(file, entry, buf, size, &found) == 0)
		if (entry->pw_uid == uid)
			err = ERR_OK;
	if (err != ERR_OK && ferror(file))
		err = ERR_SYSTEM;
	fclose(file);
	if (err == ERR_OK)
		*ret_found = found;
	return err;
}

/* Directory services are asked only about who is not in the host's own file: glibc's way to them
 * does not survive want of memory. */
void
trail_host_name(uid_t uid, char who[TEXT_NAME_SIZE])
{
	struct passwd entry, *found = NULL;
	char buf[4096], shown[TEXT_NAME_SIZE];
	enum err err = read_passwd(uid, &entry, buf, sizeof buf, &found);

	if (err == ERR_STORE_NONE && getpwuid_r(uid, &entry, buf, sizeof buf, &found) != 0)
		found = NULL;
	if (found != NULL) {
		text_show(found->pw_name, strlen(found->pw_name), shown, sizeof shown - 5);
		snprintf(who, TEXT_NAME_SIZE, "host:%.*s", TEXT_NAME_SIZE - 6, shown);
	} else {
		snprintf(who, TEXT_NAME_SIZE, "host:%lu", (unsigned long)uid);
	}
}

void
trail_unknown_name(const unsigned char hash[STORE_HASH_SIZE], char who[TEXT_NAME_SIZE])
{
	snprintf(who, TEXT_NAME_SIZE, "unknown name #%02x%02x%02x%02x", hash[0], hash[1], hash[2],
	    hash[3]);
}

static void
put(char *array, size_t size, const char *text)
{
	text_show(text, strlen(text), array, size);
}

/* ret_place: where lists have it, NULL: nobody asks yet. */
static enum err
append(struct keeper *keeper, struct store_audit *row, int64_t *ret_place)
{
	struct store_head head;
	unsigned char mac[CHAIN_MAC_SIZE];
	enum err err = store_head(keeper->store, &head);

	if (err != ERR_OK)
		return err;
	if (keyring_newest(keeper->ring, KEY_AUDIT, &row->key) == NULL)
		return ERR_CRYPTO;
	row->id = head.count + 1;
	/* A server that took over may lack rows that the host's log was told of: what stands in
	 * their place now is told, too. */
	if (keeper->journal.told >= row->id)
		keeper->journal.told = row->id - 1;
	put(row->node, sizeof row->node, keeper->node);
	row->version = TRAIL_VERSION;
	err = trail_seal(keeper->ring, row, head.last, mac);
	if (err != ERR_OK)
		return err;
	memcpy(row->mac, mac, sizeof row->mac);
	memcpy(head.last, mac, sizeof head.last);
	head.count = row->id;
	head.key = row->key;
	err = chain_head(keeper->ring, head.key, head.count, head.last, head.mac);
	if (err == ERR_OK)
		err = store_audit_append(keeper->store, row, &head, ret_place);
	if (err == ERR_OK)
		keeper->trail_newest = row->id;
	return err;
}

enum err
trail_append(struct keeper *keeper, struct store_audit *row)
{
	return append(keeper, row, NULL);
}

void
trail_log_head(struct keeper *keeper, const char *when)
{
	struct store_head head;
	char mac[2 * STORE_MAC_SIZE + 1], line[160];
	enum err err = store_head(keeper->store, &head);

	if (err != ERR_OK) {
		syslog(LOG_AUTHPRIV | LOG_ERR, "audit-head when=%s error=%d", when, (int)err);
		return;
	}
	hex_write(head.last, STORE_MAC_SIZE, mac);
	(void)snprintf(line, sizeof line, "audit-head when=%s anchor=%" PRId64 ":%s", when,
	    head.count, mac);
	host_log_tell(&keeper->journal.log, line);
}

enum err
trail_check_head(struct keeper *keeper)
{
	struct store_head head;
	struct store_checkpoint checkpoint;
	enum err err = store_head(keeper->store, &head);

	if (err == ERR_OK)
		err = trail_fits_head(keeper->ring, &head);
	if (err == ERR_OK)
		err = store_audit_checkpoint(keeper->store, &checkpoint);
	return err == ERR_OK ? trail_fits_checkpoint(keeper->ring, &checkpoint) : err;
}

static void
fill_place(struct store_audit *row, const struct session *session,
    const struct session_state *state, int64_t now)
{
	row->time = now;
	row->peer_uid = session->peer;
	put(row->source, sizeof row->source, state->source);
	row->vouched = state->vouched;
	put(row->terminal, sizeof row->terminal, state->terminal);
}

void
trail_asker(const struct request *request, char who[TEXT_NAME_SIZE])
{
	if (request->actor.host)
		trail_host_name(request->session->peer, who);
	else if (request->account.id != 0)
		put(who, TEXT_NAME_SIZE, request->account.name);
	else
		trail_unknown_name(request->name_hash, who);
}

/* Of the one who asks, by account: names change hands. */
static enum err
note_sign_in(struct request *request, int64_t row)
{
	request->state->sign_in = row;
	return store_sign_in_add(request->keeper->store, request->account.id, row);
}

enum err
trail_request(struct request *request, enum err verdict)
{
	const struct request_row *said = &request->row;
	struct store_audit row = { 0 };
	bool write = false, sign_in = said->verb == AUDIT_SIGN_IN;
	int64_t place = 0;
	enum err err;

	if (said->verb == AUDIT_NONE)
		return ERR_OK;
	fill_place(&row, request->session, request->state, request->now);
	trail_asker(request, row.who);
	err = budget_row(request, verdict, row.who, &write);
	if (err != ERR_OK || !write)
		return err;
	put(row.action, sizeof row.action, audit_name(said->verb));
	put(row.target, sizeof row.target, said->target);
	put(row.detail, sizeof row.detail, said->detail);
	put(row.result, sizeof row.result, trail_result(verdict));
	err = append(request->keeper, &row, sign_in ? &place : NULL);
	if (err == ERR_OK && sign_in)
		err = note_sign_in(request, place);
	return err;
}

enum err
trail_session(struct keeper *keeper, const struct session *session, enum audit_verb verb,
    const char *result, int64_t now)
{
	struct store_audit row = { 0 };
	struct account account = { 0 };
	enum err err = store_user_by_id(keeper->store, session->state.user, &account, NULL);

	if (err != ERR_OK && err != ERR_STORE_NONE)
		return err;
	fill_place(&row, session, &session->state, now);
	put(row.who, sizeof row.who, account.name);
	put(row.action, sizeof row.action, audit_name(verb));
	put(row.result, sizeof row.result, result);
	return trail_append(keeper, &row);
}

enum err
trail_keeper(struct keeper *keeper, enum audit_verb verb, const char *who, const char *target,
    const char *detail, int64_t now)
{
	struct store_audit row = { .time = now, .peer_uid = getuid() };

	put(row.who, sizeof row.who, who);
	put(row.source, sizeof row.source, SOURCE_LOCAL_TEXT);
	put(row.action, sizeof row.action, audit_name(verb));
	put(row.target, sizeof row.target, target);
	put(row.detail, sizeof row.detail, detail);
	put(row.result, sizeof row.result, trail_result(ERR_OK));
	return trail_append(keeper, &row);
}

enum err
trail_other(struct keeper *keeper, const struct trail_other *other, int64_t now)
{
	struct store_audit row = { .time = now, .peer_uid = getuid() };

	put(row.who, sizeof row.who, other->who);
	put(row.source, sizeof row.source, other->source);
	put(row.action, sizeof row.action, audit_name(other->verb));
	put(row.detail, sizeof row.detail, other->detail);
	put(row.result, sizeof row.result, other->result);
	return trail_append(keeper, &row);
}
