/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/trail_verify.h"

#include <string.h>

#include "keeper/trail.h"
#include "store/inspect.h"

struct verifying {
	const struct trail_reading *reading;
	struct chain *chain;
	struct trail_verdict *verdict;
	enum err anchor; /* what the anchor's row says, once it was met */
	bool begun;
};

/* --- the anchor ------------------------------------------------------------------ */

static void
meet_anchor(struct verifying *v, int64_t id, const unsigned char mac[STORE_MAC_SIZE])
{
	const struct trail_anchor *anchor = &v->reading->anchor;

	if (anchor->id == 0 || anchor->id != id)
		return;
	v->anchor = memcmp(anchor->mac, mac, sizeof anchor->mac) == 0 ? ERR_OK : ERR_ANCHOR_DIFFERS;
}

/* --- rows ------------------------------------------------------------------------ */

static void
stand_at(struct trail_verdict *verdict, int64_t id, int64_t time,
    const unsigned char mac[STORE_MAC_SIZE])
{
	verdict->rows = id;
	verdict->newest = time;
	verdict->last.id = id;
	memcpy(verdict->last.mac, mac, sizeof verdict->last.mac);
}

static enum err
verify_row(void *context, const struct store_audit *row)
{
	struct verifying *v = context;
	enum err err = ERR_AUDIT_BROKEN;

	if (row->id == v->verdict->rows + 1)
		err = trail_fits_row(v->chain, row, v->verdict->last.mac);
	if (err != ERR_OK)
		return err;
	stand_at(v->verdict, row->id, row->time, row->mac);
	meet_anchor(v, row->id, row->mac);
	return ERR_OK;
}

/* What was pruned meanwhile, also while this is read: it goes on from the checkpoint. */
static enum err
take_checkpoint(struct verifying *v)
{
	struct store_checkpoint checkpoint;
	enum err err = store_audit_checkpoint(v->reading->store, &checkpoint);

	if (err == ERR_OK)
		err = trail_fits_checkpoint(v->reading->ring, &checkpoint);
	if (err != ERR_OK)
		return err;
	v->verdict->pruned = checkpoint.number;
	if (checkpoint.number <= v->verdict->rows)
		return ERR_OK;
	/* The rows between were older than the order, and nobody has looked at them. */
	if (v->anchor == ERR_ANCHOR_SHORT && v->reading->anchor.id < checkpoint.number)
		v->anchor = ERR_ANCHOR_PRUNED;
	stand_at(v->verdict, checkpoint.number, checkpoint.newest, checkpoint.last);
	meet_anchor(v, checkpoint.number, checkpoint.last);
	return ERR_OK;
}

static enum err
fits_end(const struct verifying *v, const struct store_head *head)
{
	if (head->count != v->verdict->rows ||
	    memcmp(head->last, v->verdict->last.mac, sizeof head->last) != 0)
		return ERR_AUDIT_BROKEN;
	return trail_fits_head(v->reading->ring, head);
}

static enum err
verify_slice(struct verifying *v, bool *ret_more)
{
	struct store *store = v->reading->store;
	struct store_head head;
	size_t count = TRAIL_SLICE;
	enum err err = store_look_on(store);

	if (err == ERR_OK)
		err = store_head(store, &head);
	if (err == ERR_OK)
		err = take_checkpoint(v);
	/* From the lowest number there is, so that a row before the first is found too. */
	if (err == ERR_OK)
		err = store_audit_walk(store, v->begun ? v->verdict->rows : INT64_MIN, verify_row,
		    v, &count);
	v->begun = true;
	if (err != ERR_OK)
		return err;
	*ret_more = count == TRAIL_SLICE;
	if (v->reading->tell != NULL)
		v->reading->tell(v->reading->context, v->verdict->rows, head.count);
	return *ret_more ? ERR_OK : fits_end(v, &head);
}

enum err
trail_verify(const struct trail_reading *reading, struct trail_verdict *ret_verdict)
{
	struct verifying v = { .reading = reading, .verdict = ret_verdict };
	bool more = true;
	enum err err = chain_open(reading->ring, &v.chain);

	*ret_verdict = (struct trail_verdict){ 0 };
	v.anchor = reading->anchor.id == 0 ? ERR_OK : ERR_ANCHOR_SHORT;
	while (err == ERR_OK && more)
		err = verify_slice(&v, &more);
	chain_close(v.chain);
	return err == ERR_OK ? v.anchor : err;
}
