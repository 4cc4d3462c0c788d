/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened: the notices of the one who asks, and what they have read of them. */
#include <string.h>

#include "keeper/op/ops.h"
#include "store/store_notice.h"

/* A notice has who did it as the trail names them, and a person's name stays theirs. */
static bool
is_own(const struct request *request, const struct store_notice *notice)
{
	return notice->session != 0 && notice->user == request->account.id &&
	    strcmp(notice->who, request->account.name) == 0;
}

static void
put_notice(const struct request *request, const struct store_notice *notice,
    struct wire_notice *shown)
{
	shown->id = notice->id;
	shown->time = notice->time;
	wire_put(shown->who, sizeof shown->who, notice->who);
	wire_put(shown->source, sizeof shown->source, notice->source);
	wire_put(shown->action, sizeof shown->action, notice->action);
	wire_put(shown->target, sizeof shown->target, notice->target);
	wire_put(shown->detail, sizeof shown->detail, notice->detail);
	shown->mine = notice->user == request->account.id;
	shown->own = is_own(request, notice);
	shown->unread = notice->unread;
}

enum err
op_notices_unread(struct request *request, struct wire_notice list[WIRE_NOTICES],
    uint32_t *ret_count)
{
	struct store *store = request->keeper->store;
	int64_t user = request->account.id, deeds = request->state->deeds, unread = 0;
	struct store_notice notices[WIRE_NOTICES];
	size_t count = WIRE_NOTICES;
	enum err err = store_notices_unread(store, user, deeds, notices, &count);

	if (err == ERR_OK && count > 0)
		err = store_notices_count(store, user, deeds, WIRE_NOTICES_COUNTED, &unread);
	if (err != ERR_OK)
		return err;
	for (size_t i = 0; i < count; i++)
		put_notice(request, &notices[i], &list[i]);
	*ret_count = (uint32_t)unread;
	return ERR_OK;
}

enum err
op_notices(struct request *request)
{
	const struct wire_notices_request *asked = &request->message->u.notices;
	struct wire_notices_reply *reply = &request->reply->u.notices;
	struct store_notice notices[WIRE_NOTICES_PAGE + 1];
	size_t count = WIRE_NOTICES_PAGE + 1;
	int64_t before = asked->before != 0 ? asked->before : INT64_MAX;
	enum err err = store_notices(request->keeper->store, request->account.id, before,
	    request->state->deeds, notices, &count);

	if (err != ERR_OK)
		return err;
	reply->more = count > WIRE_NOTICES_PAGE;
	reply->count = (uint32_t)(reply->more ? WIRE_NOTICES_PAGE : count);
	for (size_t i = 0; i < reply->count; i++)
		put_notice(request, &notices[i], &reply->notice[i]);
	return ERR_OK;
}

/* Only what was before somebody's eyes: their console says from which to which. */
enum err
op_notices_read(struct request *request)
{
	const struct wire_notices_read_request *asked = &request->message->u.notices_read;

	return store_notices_read(request->keeper->store, request->account.id,
	    request->state->deeds, asked->oldest, asked->newest);
}
