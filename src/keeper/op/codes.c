/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recovery codes: made when they are shown, so that a set which was never confirmed is replaced by
 * the next one. */
#include <string.h>

#include "auth/recovery.h"
#include "keeper/op/ops.h"

_Static_assert((int)RECOVERY_TEXT_SIZE <= (int)WIRE_RECOVERY_SIZE, "a code fits");

enum err
op_codes(struct turn *turn)
{
	unsigned char hashes[ACCOUNT_RECOVERY_CODES][STORE_HASH_SIZE];
	struct wire_codes_reply *reply = &turn->reply->u.codes;
	int64_t key = 0;
	enum err err = ERR_OK;

	op_row(turn, "recovery-codes", NULL, NULL);
	if (keyring_newest(turn->keeper->ring, KEY_RECOVERY, &key) == NULL)
		return ERR_CRYPTO;
	for (size_t i = 0; err == ERR_OK && i < ACCOUNT_RECOVERY_CODES; i++) {
		recovery_new(reply->code[i]);
		err = recovery_hash(turn->keeper->ring, key, turn->account.id, reply->code[i],
		    hashes[i]);
	}
	if (err == ERR_OK)
		err = store_recovery_put(turn->keeper->store, turn->account.id, key, hashes);
	secret_wipe(hashes, sizeof hashes);
	if (err == ERR_OK)
		turn->state->codes_shown = true;
	return err;
}

enum err
op_codes_saved(struct turn *turn)
{
	enum err err;

	op_row(turn, "recovery-codes-saved", NULL, NULL);
	if (!turn->state->codes_shown)
		return ERR_STATE;
	err = store_recovery_saved(turn->keeper->store, turn->account.id);
	if (err == ERR_OK)
		turn->event = SIGNIN_CODES_SAVED;
	return err;
}
