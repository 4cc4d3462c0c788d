/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdio.h>
#include <string.h>

#include "auth/password.h"
#include "core/clock.h"
#include "keeper/guess.h"
#include "keeper/op/ops.h"
#include "store/store_user.h"

void
op_row(struct request *request, const char *target, const char *detail)
{
	struct request_row *row = &request->row;

	wire_put(row->target, sizeof row->target, target == NULL ? "" : target);
	wire_put(row->detail, sizeof row->detail, detail == NULL ? "" : detail);
}

enum err
op_clean_label(const char *typed, size_t points, char ret_name[TEXT_LABEL_SIZE])
{
	size_t length = strlen(typed), end = 0;
	uint32_t point = 0;

	for (size_t at = 0, step; at < length; at += step) {
		step = text_point(typed + at, length - at, &point);
		if (step == 0)
			return ERR_FIELD_UTF8;
		if (!text_blank(point))
			end = at + step;
		else if (end == 0) {
			typed += step;
			length -= step;
			step = 0;
		}
	}
	return text_label(typed, end, points, TEXT_LABEL_SIZE, ret_name);
}

/* A colon would end the label's issuer, and no host has one. */
void
op_issuer(const struct request *request, char buf[WIRE_ISSUER_SIZE])
{
	const char *name = request->policy.console_name, *host = request->keeper->host;

	if (request->policy.issuer_host && host[0] != '\0' && strchr(host, ':') == NULL)
		snprintf(buf, WIRE_ISSUER_SIZE, "%s (%s)", name, host);
	else
		snprintf(buf, WIRE_ISSUER_SIZE, "%s", name);
}

enum err
op_wire_user(struct request *request, const struct account *account, struct wire_user *ret_user)
{
	struct wire_user user = { 0 };
	enum err err = guess_paused_until(request->keeper, account, request->now,
	    &user.paused_until);

	if (err != ERR_OK)
		return err;
	wire_put(user.name, sizeof user.name, account->name);
	wire_put(user.last_source, sizeof user.last_source, account->last_source);
	wire_put(user.language, sizeof user.language, account->language);
	user.codes_paused = guess_codes_paused_until(account, request->now);
	user.role = (uint8_t)account->role;
	user.has_2fa = account->devices > 0;
	user.enabled = account->enabled;
	user.plain = account->plain;
	user.password_due = account->password_due;
	user.devices = account->devices;
	user.recovery_left = account->recovery_left;
	user.failures_since = account->failures_since;
	user.last_sign_in = account->last_sign_in;
	user.created = account->created;
	user.password_expires = account->password_expires;
	user.enrol_until = account->enrol_until;
	*ret_user = user;
	return ERR_OK;
}

/* Longer than the floor that text_password_good() knows, where a setting says so. */
static enum err
long_enough(struct request *request, const struct secret *password, const struct account *whose)
{
	int64_t least = policy_password_least(&request->policy, whose->role, whose->devices > 0);

	if (least <= TEXT_PASSWORD_MIN ||
	    text_points((const char *)password->bytes, password->length) >= (size_t)least)
		return ERR_OK;
	request->reply->wait = least;
	return ERR_PASSWORD_LEAST;
}

enum err
op_chosen_password(struct request *request, const char *typed, const struct account *whose,
    struct secret **ret_password)
{
	struct secret *password = NULL;
	enum err err = secret_new(TEXT_PASSWORD_SIZE, &password);

	if (err == ERR_OK)
		err = text_password(typed, strlen(typed), (char *)password->bytes,
		    &password->length);
	if (err == ERR_OK)
		err = text_password_good((const char *)password->bytes, password->length,
		    whose->name);
	if (err == ERR_OK)
		err = long_enough(request, password, whose);
	if (err == ERR_OK)
		*ret_password = password;
	else
		secret_free(password);
	return err;
}

enum err
op_find_target(struct request *request, const char *name, enum permission permission)
{
	char fold[TEXT_FOLD_SIZE];
	struct account *target = &request->target;
	enum err err = ERR_NAME_UNKNOWN;

	op_row(request, name, request->row.detail);
	if (text_name_or_bytes(name, strlen(name), fold))
		err = store_user_by_name(request->keeper->store, fold, target, NULL);
	if (err == ERR_STORE_NONE)
		err = ERR_NAME_UNKNOWN;
	if (err != ERR_OK)
		return err;
	if (!permission_allows_on(&request->actor, permission, target->id, target->role))
		return ERR_DENIED;
	op_row(request, target->name, request->row.detail);
	request->reach = target->role;
	return ERR_OK;
}

enum err
op_first_password(struct request *request, const char *typed, bool invite,
    struct secret **ret_password)
{
	char invitation[20];
	enum err err;

	if (!invite)
		return op_chosen_password(request, typed, &request->target, ret_password);
	password_invitation(invitation);
	err = secret_from(invitation, strlen(invitation), ret_password);
	secret_wipe(invitation, sizeof invitation);
	return err;
}

enum err
op_keeps_a_super(struct request *request, const struct account *account)
{
	struct store_counts counts;
	enum err err;

	if (account->role != ROLE_SUPER_ADMINISTRATOR || !account->enabled)
		return ERR_OK;
	err = store_counts(request->keeper->store, request->now, &counts);
	if (err == ERR_OK && counts.supers <= 1)
		err = ERR_LAST_SUPER;
	return err;
}

bool
op_expired(const struct request *request)
{
	const struct account *account = &request->account;

	if (account->password_expires != 0 &&
	    !clock_open(CLOCK_INVITATION, account->password_expires, request->now))
		return true;
	return account->enrol_until != 0 && account->devices == 0 &&
	    policy_requires(&request->policy, account->role) &&
	    !clock_open(CLOCK_INVITATION, account->enrol_until, request->now);
}
