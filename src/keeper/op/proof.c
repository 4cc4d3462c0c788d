/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Re-authentication: there is no elevated state, each request that needs it carries its own proof
 * (DESIGN 3). */
#include <string.h>

#include "auth/totp.h"
#include "keeper/guess.h"
#include "keeper/op/ops.h"

static enum err
prove_by_code(struct turn *turn, const struct wire_proof *proof)
{
	bool recovery = proof->code[0] == '\0' && proof->recovery[0] != '\0';
	enum err err = guess_code_check(turn);

	turn->event = SIGNIN_REFUSED;
	if (err == ERR_OK && recovery)
		err = op_use_recovery(turn, proof->recovery);
	else if (err == ERR_OK)
		err = op_spend_code(turn, turn->account.id, proof->code);
	if (err == ERR_OK)
		turn->event = recovery ? SIGNIN_RECOVERY_GOOD : SIGNIN_CODE_GOOD;
	else if (op_is_verdict(err))
		turn->event = recovery ? SIGNIN_RECOVERY_BAD : SIGNIN_CODE_BAD;
	return err;
}

enum err
op_start_compare(struct turn *turn, const char *typed, struct hash_job **ret_job)
{
	char fold[TEXT_FOLD_SIZE], phc[STORE_PHC_SIZE];
	struct secret *password = NULL;
	struct hash_job *job = NULL;
	struct account account;
	uint32_t room = 0;
	enum err err;

	turn->event = SIGNIN_REFUSED;
	text_name_or_bytes(turn->account.name, strlen(turn->account.name), fold);
	err = guess_name_hash(turn->keeper, turn->account.name, turn->name_hash);
	if (err == ERR_OK)
		err = guess_password_check(turn, &room);
	if (err == ERR_OK)
		err = store_user_by_id(turn->keeper->store, turn->account.id, &account, phc);
	if (err == ERR_OK)
		err = secret_new(TEXT_PASSWORD_SIZE, &password);
	if (err != ERR_OK)
		return err;
	if (text_password(typed, strlen(typed), (char *)password->bytes, &password->length) !=
	    ERR_OK)
		password->length = 0; /* none is empty: it will not fit */
	err = op_start_hash(turn, fold, &job);
	if (err != ERR_OK) {
		secret_free(password);
		return err;
	}
	job->verify = true;
	job->known = true;
	job->password = password;
	wire_put(job->phc, sizeof job->phc, phc);
	*ret_job = job;
	return ERR_OK;
}

enum err
op_proved_by_password(struct turn *turn)
{
	const struct hash_job *job = turn->session->job;
	struct account account;
	char phc[STORE_PHC_SIZE];
	enum err err = job->err;

	memcpy(turn->name_hash, job->name_hash, sizeof turn->name_hash);
	turn->event = SIGNIN_REFUSED;
	if (err == ERR_OK)
		err = store_user_by_id(turn->keeper->store, turn->account.id, &account, phc);
	if (err != ERR_OK)
		return err;
	if (job->fits && strcmp(phc, job->phc) != 0)
		return ERR_BUSY;
	turn->event = job->fits ? SIGNIN_PASSWORD_GOOD : SIGNIN_PASSWORD_BAD;
	return job->fits ? ERR_OK : ERR_PASSWORD_WRONG;
}

enum err
op_next_code(struct turn *turn, int64_t user, int64_t *ret_next)
{
	struct store_device devices[ACCOUNT_DEVICES_MAX];
	size_t count = 0;
	int64_t first = INT64_MAX;
	enum err err = store_devices(turn->keeper->store, user, devices, &count);

	for (size_t i = 0; err == ERR_OK && i < count; i++) {
		int64_t next = (devices[i].last_step + 1 - devices[i].offset) * TOTP_PERIOD;

		first = next < first ? next : first;
	}
	secret_wipe(devices, sizeof devices);
	if (err == ERR_OK)
		*ret_next = count > 0 && first > turn->now ? first : 0;
	return err;
}

enum err
op_prove(struct turn *turn, const struct wire_proof *proof)
{
	struct hash_job *job = NULL;

	if (turn->account.devices > 0)
		return turn->session->hashed ? ERR_STALE : prove_by_code(turn, proof);
	if (turn->session->hashed)
		return op_proved_by_password(turn);
	return op_start_compare(turn, proof->password, &job);
}
