/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What happened: the notices of the one who asks, and what they have read of them; and their own
 * sign-ins. */
#include <string.h>

#include "keeper/op/ops.h"
#include "store/store_notice.h"
#include "store/store_sign_in.h"

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

/* --- what happened, sign-ins among it ------------------------------------------------------ */

/* As many of each as a page may need, and one more. */
enum { READ = WIRE_NOTICES_PAGE + 1 };

struct happened {
	struct store_notice notice[READ];
	struct store_sign_in sign_in[READ];
	size_t notices, sign_ins; /* how many there are, and */
	size_t notice_at, sign_in_at;
};

static void
put_sign_in(const struct request *request, const struct store_sign_in *sign_in,
    struct wire_notice *shown)
{
	shown->id = sign_in->row;
	shown->time = sign_in->time;
	wire_put(shown->who, sizeof shown->who, request->account.name);
	wire_put(shown->source, sizeof shown->source, sign_in->source);
	wire_put(shown->action, sizeof shown->action, audit_name(AUDIT_SIGN_IN));
	wire_put(shown->detail, sizeof shown->detail, sign_in->detail);
	shown->mine = shown->own = shown->sign_in = 1;
	shown->here = sign_in->row == request->state->sign_in;
}

/* Each kind is in the order in which it came; between the two the clock decides. */
static bool
notice_is_next(const struct happened *happened)
{
	if (happened->notice_at >= happened->notices)
		return false;
	return happened->sign_in_at >= happened->sign_ins ||
	    happened->notice[happened->notice_at].time >=
	    happened->sign_in[happened->sign_in_at].time;
}

static void
merge(const struct request *request, struct happened *happened, struct wire_notices_reply *page)
{
	size_t all = happened->notices + happened->sign_ins;

	page->more = all > WIRE_NOTICES_PAGE;
	page->count = (uint32_t)(page->more ? WIRE_NOTICES_PAGE : all);
	for (size_t i = 0; i < page->count; i++)
		if (notice_is_next(happened))
			put_notice(request, &happened->notice[happened->notice_at++],
			    &page->notice[i]);
		else
			put_sign_in(request, &happened->sign_in[happened->sign_in_at++],
			    &page->notice[i]);
}

enum err
op_notices(struct request *request)
{
	const struct wire_notices_request *asked = &request->message->u.notices;
	struct store *store = request->keeper->store;
	struct happened happened = { .notices = READ, .sign_ins = READ };
	int64_t user = request->account.id;
	enum err err = store_notices(store, user, asked->before != 0 ? asked->before : INT64_MAX,
	    request->state->deeds, happened.notice, &happened.notices);

	if (err == ERR_OK)
		err = store_sign_ins(store, user, asked->sign_in != 0 ? asked->sign_in : INT64_MAX,
		    happened.sign_in, &happened.sign_ins);
	if (err == ERR_OK)
		merge(request, &happened, &request->reply->u.notices);
	return err;
}

/* Only what was before somebody's eyes: their console says from which to which. */
enum err
op_notices_read(struct request *request)
{
	const struct wire_notices_read_request *asked = &request->message->u.notices_read;

	return store_notices_read(request->keeper->store, request->account.id,
	    request->state->deeds, asked->oldest, asked->newest);
}
