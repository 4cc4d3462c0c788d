/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Reading the whole trail. It is for a process of its own, since a trail may be long. */
#include "keeper/trail.h"

#include <string.h>

#include "core/secret.h"
#include "store/store_audit.h"

enum { PAGE = 64 }; /* rows read at once */

/* A key that the ring has not is as good as a wrong seal: this program writes no such row. */
static enum err
verify_row(const struct keyring *ring, const struct store_audit *row,
    const struct trail_verdict *verdict, const unsigned char previous[STORE_MAC_SIZE])
{
	unsigned char mac[STORE_MAC_SIZE];
	enum err err;

	if (row->id != verdict->rows + 1)
		return ERR_AUDIT_BROKEN;
	err = trail_seal(ring, row, previous, mac);
	if (err != ERR_OK)
		return err == ERR_CRYPTO ? ERR_AUDIT_BROKEN : err;
	return secret_equal(mac, row->mac, sizeof mac) ? ERR_OK : ERR_AUDIT_BROKEN;
}

/* The rows after those that the verdict has; *ret_read: how many there were. */
static enum err
verify_page(struct store *store, const struct keyring *ring, struct trail_verdict *verdict,
    unsigned char last[STORE_MAC_SIZE], size_t *ret_read)
{
	struct store_audit rows[PAGE];
	size_t count = PAGE;
	/* From the lowest number there is, so that a row before the first is found too. */
	enum err err = store_audit_page(store, verdict->rows == 0 ? INT64_MIN : verdict->rows, rows,
	    &count);

	if (err != ERR_OK)
		return err;
	for (size_t i = 0; err == ERR_OK && i < count; i++) {
		err = verify_row(ring, &rows[i], verdict, last);
		if (err != ERR_OK)
			break;
		memcpy(last, rows[i].mac, sizeof rows[i].mac);
		verdict->rows = rows[i].id;
		verdict->newest = rows[i].time;
	}
	*ret_read = count;
	return err;
}

enum err
trail_verify(struct store *store, const struct keyring *ring, struct trail_verdict *ret_verdict)
{
	unsigned char last[STORE_MAC_SIZE] = { 0 };
	struct store_head head;
	size_t count = PAGE;
	enum err err;

	*ret_verdict = (struct trail_verdict){ 0 };
	err = store_head(store, &head);
	while (err == ERR_OK && count == PAGE)
		err = verify_page(store, ring, ret_verdict, last, &count);
	if (err == ERR_OK &&
	    (head.count != ret_verdict->rows || memcmp(head.last, last, sizeof last) != 0))
		err = ERR_AUDIT_BROKEN;
	return err == ERR_OK ? trail_fits_head(ring, &head) : err;
}
