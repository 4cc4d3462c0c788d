/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/notices.h"

#include <stdio.h>
#include <string.h>

#include "core/source.h"
#include "keeper/trail.h"
#include "store/store_notice.h"
#include "store/store_user.h"

/* Each node counts for itself: so its own name is a part of what it calls a session. FNV-1a. */
static int64_t
name_of(const char *node, int64_t number)
{
	uint64_t hash = 0xcbf29ce484222325u;

	if (*node == '\0')
		return number;
	for (; *node != '\0'; node++)
		hash = (hash ^ (unsigned char)*node) * 0x100000001b3u;
	return (int64_t)((hash & 0x3fffff) << 40 | ((uint64_t)number & 0xffffffffffu));
}

/*
 * Which session did it: the number that the trail's next row has, which is the row of the first
 * thing of this kind that the session does. So no other session ever has it, in this keeper's life
 * or another's.
 */
static enum err
name_session(struct request *request, int64_t *ret_session)
{
	struct session_state *state = request->state;
	struct store_head head;
	enum err err = ERR_OK;

	if (state->user == 0)
		return ERR_OK;
	if (state->deeds == 0) {
		err = store_head(request->keeper->store, &head);
		if (err == ERR_OK)
			state->deeds = name_of(request->keeper->node, head.count + 1);
	}
	if (err == ERR_OK)
		*ret_session = state->deeds;
	return err;
}

static enum err
add(struct request *request, struct store_notice *notice, enum audit_verb verb, const char *target,
    const char *detail)
{
	int64_t id;
	enum err err = name_session(request, &notice->session);

	if (err != ERR_OK)
		return err;
	notice->time = request->now;
	trail_asker(request, notice->who);
	wire_put(notice->source, sizeof notice->source, request->state->source);
	wire_put(notice->action, sizeof notice->action, audit_name(verb));
	wire_put(notice->target, sizeof notice->target, target);
	wire_put(notice->detail, sizeof notice->detail, detail == NULL ? "" : detail);
	if (notice->user != 0)
		request->outcome->news_for = notice->user;
	else
		request->outcome->news = true;
	return store_notice_add(request->keeper->store, notice, &id);
}

enum err
notice_person(struct request *request, int64_t user, enum audit_verb verb, const char *detail)
{
	struct store_notice notice = { .user = user, .about = user };

	return add(request, &notice, verb, "", detail);
}

enum err
notice_role(struct request *request, enum role role, enum audit_verb verb, const char *target,
    const char *detail)
{
	struct store_notice notice = { .role = role, .about = request->target.id };

	return add(request, &notice, verb, target, detail);
}

enum err
notice_self(struct request *request, enum audit_verb verb, const char *detail)
{
	if (!request->state->signin.signed_in && request->account.last_sign_in == 0)
		return ERR_OK;
	return notice_person(request, request->account.id, verb, detail);
}

enum err
notice_host(struct request *request, enum audit_verb verb, const char *target, const char *detail)
{
	if (!request->actor.host)
		return ERR_OK;
	return notice_role(request, ROLE_SUPER_ADMINISTRATOR, verb, target, detail);
}

enum err
notice_target(struct request *request, enum audit_verb verb, const char *detail)
{
	enum err err = notice_person(request, request->target.id, verb, detail);

	return err == ERR_OK ? notice_host(request, verb, request->target.name, detail) : err;
}

enum err
notice_row(struct store *store, const struct store_audit *row)
{
	struct store_notice notice = { .time = row->time, .role = ROLE_SUPER_ADMINISTRATOR };
	int64_t id;

	wire_put(notice.who, sizeof notice.who, row->who);
	wire_put(notice.source, sizeof notice.source, row->source);
	wire_put(notice.action, sizeof notice.action, row->action);
	wire_put(notice.target, sizeof notice.target, row->target);
	wire_put(notice.detail, sizeof notice.detail, row->detail);
	return store_notice_add(store, &notice, &id);
}

/* --- four eyes ------------------------------------------------------------------------- */

/* Nobody did it: time has passed. */
static enum err
add_expired(struct request *request, struct store_notice *notice,
    const struct store_waiting *waiting)
{
	int64_t id;

	notice->time = request->now;
	wire_put(notice->who, sizeof notice->who, waiting->asker_name);
	wire_put(notice->source, sizeof notice->source, SOURCE_LOCAL_TEXT);
	wire_put(notice->action, sizeof notice->action, audit_name(AUDIT_WAIT_EXPIRE));
	wire_put(notice->target, sizeof notice->target, waiting->name);
	wire_put(notice->detail, sizeof notice->detail, waiting->action);
	request->outcome->news = true;
	return store_notice_add(request->keeper->store, notice, &id);
}

/* What was asked for; and, where somebody else did something about it, by whom. */
static enum err
add_waiting(struct request *request, struct store_notice *notice, enum audit_verb verb,
    const struct store_waiting *waiting)
{
	char detail[sizeof waiting->action + TEXT_NAME_SIZE + 1];
	const char *asker = verb == AUDIT_WAIT ? "" : waiting->asker_name;

	notice->about = waiting->person;
	if (verb == AUDIT_WAIT_EXPIRE)
		return add_expired(request, notice, waiting);
	snprintf(detail, sizeof detail, "%s%s%s", waiting->action, asker[0] != '\0' ? " " : "",
	    asker);
	return add(request, notice, verb, waiting->name, detail);
}

/* Those of them who are told as Super Administrators are not told twice; an id that was only
 * reserved, for somebody who is to be added, is nobody's. */
static enum err
add_for(struct request *request, int64_t user, enum audit_verb verb,
    const struct store_waiting *waiting)
{
	struct store_notice notice = { .user = user };
	struct account account;
	enum err err = store_user_by_id(request->keeper->store, user, &account, NULL);

	if (err == ERR_STORE_NONE ||
	    (err == ERR_OK && user != waiting->person && account.role == ROLE_SUPER_ADMINISTRATOR))
		return ERR_OK;
	return err == ERR_OK ? add_waiting(request, &notice, verb, waiting) : err;
}

enum err
notice_waiting(struct request *request, enum audit_verb verb, const struct store_waiting *waiting)
{
	struct store_notice supers = { .role = ROLE_SUPER_ADMINISTRATOR };
	enum err err = add_waiting(request, &supers, verb, waiting);

	if (err == ERR_OK)
		err = add_for(request, waiting->asker, verb, waiting);
	if (err == ERR_OK && waiting->person != 0)
		err = add_for(request, waiting->person, verb, waiting);
	return err;
}
