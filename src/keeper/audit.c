/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/audit.h"

#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>

#include "auth/chain.h"
#include "core/secret.h"

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
};

const char *
audit_result(enum err err)
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
audit_host_name(uid_t uid, char who[TEXT_NAME_SIZE])
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
audit_unknown_name(const unsigned char hash[STORE_HASH_SIZE], char who[TEXT_NAME_SIZE])
{
	snprintf(who, TEXT_NAME_SIZE, "unknown name #%02x%02x%02x%02x", hash[0], hash[1], hash[2],
	    hash[3]);
}

static struct chain_field
number(int64_t value)
{
	return (struct chain_field){ .bytes = NULL, .length = 0, .number = value };
}

static struct chain_field
string(const char *text)
{
	return (struct chain_field){ .bytes = text, .length = strlen(text), .number = 0 };
}

enum err
audit_seal(const struct keyring *ring, const struct store_audit *row,
    const unsigned char previous[STORE_MAC_SIZE], unsigned char ret_mac[STORE_MAC_SIZE])
{
	const struct chain_field fields[] = {
		number(row->id),
		number(row->time),
		string(row->who),
		string(row->source),
		string(row->terminal),
		string(row->action),
		string(row->target),
		string(row->result),
		string(row->detail),
		number(row->peer_uid),
		number(row->key),
	};

	return chain_row(ring, row->key, previous, fields, sizeof fields / sizeof fields[0],
	    ret_mac);
}

static enum err
append(struct keeper *keeper, struct store_audit *row)
{
	struct store_head head;
	unsigned char mac[CHAIN_MAC_SIZE];
	enum err err = store_head(keeper->store, &head);

	if (err != ERR_OK)
		return err;
	if (keyring_newest(keeper->ring, KEY_AUDIT, &row->key) == NULL)
		return ERR_CRYPTO;
	row->id = head.count + 1;
	err = audit_seal(keeper->ring, row, head.last, mac);
	if (err != ERR_OK)
		return err;
	memcpy(row->mac, mac, sizeof row->mac);
	memcpy(head.last, mac, sizeof head.last);
	head.count = row->id;
	head.key = row->key;
	err = chain_head(keeper->ring, head.key, head.count, head.last, head.mac);
	return err == ERR_OK ? store_audit_append(keeper->store, row, &head) : err;
}

/* Before the first row there is nothing to fit. */
enum err
audit_fits_head(const struct keyring *ring, const struct store_head *head)
{
	unsigned char mac[CHAIN_MAC_SIZE];
	enum err err;

	if (head->count == 0)
		return ERR_OK;
	err = chain_head(ring, head->key, head->count, head->last, mac);
	if (err != ERR_OK)
		return err == ERR_CRYPTO ? ERR_AUDIT_BROKEN : err;
	return secret_equal(mac, head->mac, sizeof mac) ? ERR_OK : ERR_AUDIT_BROKEN;
}

enum err
audit_check_head(struct keeper *keeper)
{
	struct store_head head;
	enum err err = store_head(keeper->store, &head);

	return err == ERR_OK ? audit_fits_head(keeper->ring, &head) : err;
}

static void
put(char *array, size_t size, const char *text)
{
	text_show(text, strlen(text), array, size);
}

static void
fill_place(struct store_audit *row, const struct session *session,
    const struct session_state *state, int64_t now)
{
	row->time = now;
	row->peer_uid = session->peer;
	put(row->source, sizeof row->source, state->source);
	put(row->terminal, sizeof row->terminal, state->terminal);
}

enum err
audit_turn(struct turn *turn, enum err err)
{
	struct store_audit row = { 0 };

	if (turn->row.action[0] == '\0')
		return ERR_OK;
	fill_place(&row, turn->session, turn->state, turn->now);
	if (turn->row.who[0] != '\0')
		put(row.who, sizeof row.who, turn->row.who);
	else if (turn->actor.host)
		audit_host_name(turn->session->peer, row.who);
	else if (turn->account.id != 0)
		put(row.who, sizeof row.who, turn->account.name);
	else
		audit_unknown_name(turn->name_hash, row.who);
	put(row.action, sizeof row.action, turn->row.action);
	put(row.target, sizeof row.target, turn->row.target);
	put(row.detail, sizeof row.detail, turn->row.detail);
	put(row.result, sizeof row.result, audit_result(err));
	return append(turn->keeper, &row);
}

enum err
audit_session(struct keeper *keeper, const struct session *session, const char *action,
    const char *result, int64_t now)
{
	struct store_audit row = { 0 };
	struct account account = { 0 };
	enum err err = store_user_by_id(keeper->store, session->state.user, &account, NULL);

	if (err != ERR_OK && err != ERR_STORE_NONE)
		return err;
	fill_place(&row, session, &session->state, now);
	put(row.who, sizeof row.who, account.name);
	put(row.action, sizeof row.action, action);
	put(row.result, sizeof row.result, result);
	return append(keeper, &row);
}
