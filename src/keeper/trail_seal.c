/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The seals of the trail: of a row, of the head, and of the checkpoint up to which it was pruned.
 */
#include "keeper/trail.h"

#include <string.h>

#include "auth/chain.h"
#include "core/secret.h"

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

/*
 * Version 1 is what is in trails from before there were versions: it begins with the row's number,
 * and knows no node. Version 2 begins with itself, so that a next one can go over more columns.
 * chain: NULL for a single row.
 */
static enum err
seal(const struct keyring *ring, struct chain *chain, const struct store_audit *row,
    const unsigned char previous[STORE_MAC_SIZE], unsigned char ret_mac[STORE_MAC_SIZE])
{
	const struct chain_field fields[] = {
		number(row->version),
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
		string(row->node),
		number(row->vouched),
	};
	const struct chain_field *from = fields;
	size_t count = sizeof fields / sizeof fields[0];

	if (row->version == 1 && row->node[0] == '\0' && !row->vouched) {
		from++;
		count -= 3;
	} else if (row->version != 2) {
		return ERR_AUDIT_BROKEN;
	}
	return chain == NULL ? chain_row(ring, row->key, previous, from, count, ret_mac)
			     : chain_next(chain, row->key, previous, from, count, ret_mac);
}

enum err
trail_seal(const struct keyring *ring, const struct store_audit *row,
    const unsigned char previous[STORE_MAC_SIZE], unsigned char ret_mac[STORE_MAC_SIZE])
{
	return seal(ring, NULL, row, previous, ret_mac);
}

/* A key that the ring has not is as good as a wrong seal: this program writes no such row. */
static enum err
fits(enum err err, const unsigned char *mac, const unsigned char *stored, enum err broken)
{
	if (err == ERR_CRYPTO || err == ERR_AUDIT_BROKEN)
		return broken;
	if (err != ERR_OK)
		return err;
	return secret_equal(mac, stored, STORE_MAC_SIZE) ? ERR_OK : broken;
}

enum err
trail_fits_row(struct chain *chain, const struct store_audit *row,
    const unsigned char previous[STORE_MAC_SIZE])
{
	unsigned char mac[STORE_MAC_SIZE];

	return fits(seal(NULL, chain, row, previous, mac), mac, row->mac, ERR_AUDIT_BROKEN);
}

/* Before the first row there is nothing to fit. */
enum err
trail_fits_head(const struct keyring *ring, const struct store_head *head)
{
	unsigned char mac[STORE_MAC_SIZE];

	if (head->count == 0)
		return ERR_OK;
	return fits(chain_head(ring, head->key, head->count, head->last, mac), mac, head->mac,
	    ERR_AUDIT_BROKEN);
}

static enum err
seal_checkpoint(const struct keyring *ring, const struct store_checkpoint *checkpoint,
    unsigned char ret_mac[STORE_MAC_SIZE])
{
	const struct chain_field fields[] = { number(checkpoint->number),
		number(checkpoint->newest), number(checkpoint->pruned), number(checkpoint->until),
		number(checkpoint->key) };

	return chain_checkpoint(ring, checkpoint->key, checkpoint->last, fields,
	    sizeof fields / sizeof fields[0], ret_mac);
}

enum err
trail_seal_checkpoint(const struct keyring *ring, struct store_checkpoint *checkpoint)
{
	if (keyring_newest(ring, KEY_AUDIT, &checkpoint->key) == NULL)
		return ERR_CRYPTO;
	return seal_checkpoint(ring, checkpoint, checkpoint->mac);
}

/* None was made yet: there is nothing to fit. */
enum err
trail_fits_checkpoint(const struct keyring *ring, const struct store_checkpoint *checkpoint)
{
	static const struct store_checkpoint none;
	unsigned char mac[STORE_MAC_SIZE];

	if (memcmp(checkpoint, &none, sizeof none) == 0)
		return ERR_OK;
	return fits(seal_checkpoint(ring, checkpoint, mac), mac, checkpoint->mac, ERR_CHECKPOINT);
}
