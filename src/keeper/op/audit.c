/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <stdlib.h>

#include "keeper/op/ops.h"
#include "store/store_audit.h"

static void
fill(struct wire_audit_row *out, const struct store_audit *row)
{
	out->id = row->id;
	out->time = row->time;
	out->peer_uid = row->peer_uid;
	wire_put(out->who, sizeof out->who, row->who);
	wire_put(out->source, sizeof out->source, row->source);
	wire_put(out->terminal, sizeof out->terminal, row->terminal);
	wire_put(out->action, sizeof out->action, row->action);
	wire_put(out->target, sizeof out->target, row->target);
	wire_put(out->result, sizeof out->result, row->result);
	wire_put(out->detail, sizeof out->detail, row->detail);
}

enum err
op_audit_list(struct request *request)
{
	struct wire_audit_page_reply *reply = &request->reply->u.audit_page;
	struct store_audit *rows = calloc(WIRE_AUDIT_PAGE + 1, sizeof *rows);
	size_t count = WIRE_AUDIT_PAGE + 1;
	enum err err = rows == NULL ? ERR_MEMORY
				    : store_audit_page(request->keeper->store,
					  request->message->u.audit_page.after, rows, &count);

	if (err == ERR_OK) {
		reply->more = count > WIRE_AUDIT_PAGE;
		reply->count = (uint32_t)(reply->more ? WIRE_AUDIT_PAGE : count);
		for (size_t i = 0; i < reply->count; i++)
			fill(&reply->row[i], &rows[i]);
	}
	free(rows);
	return err;
}
