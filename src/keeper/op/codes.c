/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Recovery codes: made when they are shown, so that a set which was never confirmed is replaced by
 * the next one. */

#include "auth/recovery.h"
#include "keeper/notices.h"
#include "keeper/op/ops.h"
#include "store/store_device.h"

enum { SETS_MAX = 20 }; /* that one line may ask for: each costs the keeper ten hashes */

_Static_assert((int)RECOVERY_TEXT_SIZE <= (int)WIRE_RECOVERY_SIZE, "a code fits");

enum err
op_codes(struct request *request)
{
	unsigned char hashes[ACCOUNT_RECOVERY_CODES][STORE_HASH_SIZE];
	struct wire_codes_reply *reply = &request->reply->u.codes;
	int64_t key = 0;
	enum err err = ERR_OK;

	/* Asked for again after a lost answer: a new set replaces the one nobody saw. */
	if (request->state->sets_shown >= SETS_MAX)
		return ERR_STATE;
	if (keyring_newest(request->keeper->ring, KEY_RECOVERY, &key) == NULL)
		return ERR_CRYPTO;
	for (size_t i = 0; err == ERR_OK && i < ACCOUNT_RECOVERY_CODES; i++) {
		recovery_new(reply->code[i]);
		err = recovery_hash(request->keeper->ring, key, request->account.id, reply->code[i],
		    hashes[i]);
	}
	if (err == ERR_OK)
		err = store_recovery_put(request->keeper->store, request->account.id, key, hashes);
	secret_wipe(hashes, sizeof hashes);
	/* Once for each visit to this door: a set that was lost on the way is no news. */
	if (err == ERR_OK && !request->state->codes_shown)
		err = notice_self(request, AUDIT_RECOVERY_CODES, NULL);
	if (err == ERR_OK) {
		request->state->codes_shown = true;
		request->state->sets_shown++;
	}
	return err;
}

enum err
op_codes_saved(struct request *request)
{
	enum err err = ERR_STATE;

	if (request->state->codes_shown)
		err = store_recovery_saved(request->keeper->store, request->account.id);
	if (err == ERR_OK) {
		request->state->codes_shown = false;
		request->event = SIGNIN_CODES_SAVED;
	}
	return err;
}
