/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The trail, read: what is asked for becomes a range of rows, which keeper/reader.c goes through.
 */
#include <string.h>

#include "keeper/chart.h"
#include "keeper/op/ops.h"
#include "keeper/reader.h"
#include "store/store_audit.h"
#include "store/store_user.h"

/* A name as it stands in rows: that of the account, whatever the spelling, or what was typed: it
 * may be somebody who was removed, the host, or an unknown name. */
static enum err
person_of(struct request *request, const char *typed, char ret_name[TEXT_NAME_SIZE])
{
	struct account account;
	char fold[TEXT_FOLD_SIZE];
	enum err err;

	if (text_name(typed, strlen(typed), ret_name, fold) != ERR_OK) {
		wire_put(ret_name, TEXT_NAME_SIZE, typed);
		return ERR_OK;
	}
	err = store_user_by_name(request->keeper->store, fold, &account, NULL);
	if (err == ERR_OK)
		wire_put(ret_name, TEXT_NAME_SIZE, account.name);
	return err == ERR_STORE_NONE ? ERR_OK : err;
}

/* The rows from where the last page ended, within the times. ERR_STORE_NONE: there are none. */
static enum err
range_of(struct request *request, struct store_audit_range *ret_range)
{
	const struct wire_audit_page_request *asked = &request->message->u.audit_page;
	struct store_audit_range range = { .text = "", .first = 1, .last = INT64_MAX };
	enum err err = ERR_OK;

	range.newest_first = !asked->oldest_first;
	if (asked->since != 0 || asked->until != 0)
		err = store_audit_span(request->keeper->store, asked->since,
		    asked->until != 0 ? asked->until : INT64_MAX, &range.first, &range.last);
	if (err != ERR_OK)
		return err;
	if (asked->from > 0 && range.newest_first && asked->from <= range.last)
		range.last = asked->from - 1;
	if (asked->from > 0 && !range.newest_first && asked->from >= range.first) {
		if (asked->from == INT64_MAX)
			return ERR_STORE_NONE;
		range.first = asked->from + 1;
	}
	*ret_range = range;
	return range.first <= range.last ? ERR_OK : ERR_STORE_NONE;
}

static enum err
read_page(struct request *request, struct wire_audit_page_reply *reply)
{
	const struct wire_audit_page_request *asked = &request->message->u.audit_page;
	struct store_audit_range range;
	char person[TEXT_NAME_SIZE] = "";
	enum err err = person_of(request, asked->person, person);

	if (err == ERR_OK)
		err = range_of(request, &range);
	if (err != ERR_OK)
		return err == ERR_STORE_NONE ? ERR_OK : err;
	if (person[0] != '\0') {
		range.key = STORE_AUDIT_PERSON;
		range.text = person;
	} else if (asked->action[0] != '\0' && !audit_is_daily(audit_find(asked->action))) {
		range.key = STORE_AUDIT_VERB;
		range.text = asked->action;
	}
	return reader_page(request, &range, reply);
}

enum err
op_audit_list(struct request *request)
{
	struct wire_audit_page_reply *reply = &request->reply->u.audit_page;
	int64_t first, last = 0;
	enum err err = store_audit_ends(request->keeper->store, &first, &last);

	if (err != ERR_OK)
		return err;
	reply->newest = last;
	request->state->trail_seen = last;
	return read_page(request, reply);
}

/* The rows in which its times stand, that are there. ERR_STORE_NONE: there are none. */
static enum err
chart_range(struct request *request, int64_t *ret_first, int64_t *ret_last, int64_t *ret_begins)
{
	const struct wire_audit_chart_request *asked = &request->message->u.audit_chart;
	struct store *store = request->keeper->store;
	struct store_audit oldest;
	size_t count = 1;
	int64_t first = 0, last = 0;
	struct store_audit_range all = { .key = STORE_AUDIT_ALL };
	enum err err = store_audit_ends(store, &all.first, &all.last);

	if (err == ERR_OK)
		err = store_audit_find(store, &all, &oldest, &count);
	if (err == ERR_OK && count == 0)
		err = ERR_STORE_NONE;
	if (err != ERR_OK)
		return err;
	*ret_begins = oldest.time;
	err = store_audit_span(store, asked->border[0], asked->border[asked->slots], &first, &last);
	if (err != ERR_OK)
		return err;
	if (last > all.last)
		last = all.last;
	if (asked->from > 0 && asked->from <= last)
		last = asked->from - 1;
	*ret_first = first > oldest.id ? first : oldest.id;
	*ret_last = last;
	return *ret_first <= last ? ERR_OK : ERR_STORE_NONE;
}

enum err
op_audit_chart(struct request *request)
{
	struct wire_audit_chart_reply *reply = &request->reply->u.audit_chart;
	int64_t first = 0, last = 0;
	enum err err = chart_range(request, &first, &last, &reply->begins);

	if (err != ERR_OK)
		return err == ERR_STORE_NONE ? ERR_OK : err;
	return chart_count(request, first, last, reply);
}
