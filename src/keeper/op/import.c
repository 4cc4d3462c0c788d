/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * People from another tool's file. A line begins an import, adds rows, and ends it; what it has
 * added stays only then, and all of it. Until somebody gives them a password, nobody can sign in as
 * these people: their hash is that of random bits which nobody was shown, their invitation is over,
 * and so an import that is under way opens nothing.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "auth/totp.h"
#include "core/hex.h"
#include "keeper/devices.h"
#include "keeper/imports.h"
#include "keeper/notices.h"
#include "keeper/op/ops.h"
#include "keeper/trail.h"
#include "store/store_import.h"
#include "store/store_user.h"

/*
 * IMPORT_STEPS: how far a clock may be off, a used step may lie ahead, and how far the code that
 * was accepted last is looked for: as far as a resynchronisation goes (RFC 4226 7.4).
 */
enum { KEY_MIN = 10, IMPORT_STEPS = TOTP_RESYNC_STEPS };

_Static_assert((int)WIRE_IMPORT_KEY_SIZE == 2 * (int)DEVICES_KEY_MAX + 1, "one greatest key");

/* A row, and whom it concerns. */
struct person {
	const struct wire_import_row *row;
	char fold[TEXT_FOLD_SIZE];
	struct account account; /* the name in its normal form; id 0: nobody yet */
	bool again;		/* added by this import already */
};

/* --- whether ---------------------------------------------------------------- */

/* Into the caller's secret of DEVICES_KEY_MAX bytes, who clears it. */
static enum err
read_key(const char *hex, struct secret *key)
{
	size_t length = strlen(hex);

	if (length % 2 != 0 || length / 2 < KEY_MIN || length / 2 > key->capacity)
		return ERR_IMPORT_KEY;
	if (!hex_read(hex, length / 2, key->bytes))
		return ERR_IMPORT_KEY;
	key->length = length / 2;
	return ERR_OK;
}

static enum err
check_key(struct request *request, const struct wire_import_row *row)
{
	struct secret *key = request->keeper->open;
	enum err err = read_key(row->key, key);

	secret_clear(key);
	if (err != ERR_OK)
		return err;
	if (row->offset < -IMPORT_STEPS || row->offset > IMPORT_STEPS ||
	    row->last_step > totp_step(request->now) + row->offset + IMPORT_STEPS)
		return ERR_IMPORT_KEY;
	return row->code[0] == '\0' || totp_code_shaped(row->code) ? ERR_OK : ERR_CODE_FORMAT;
}

/* Who is here gets an authenticator if they have none; but the further ones of this very import. */
static enum err
check_known(struct request *request, struct person *person)
{
	const struct account *account = &person->account;
	enum err err = ERR_OK;

	if (request->state->import != 0)
		err = store_import_has(request->keeper->store, request->state->import, account->id,
		    &person->again);
	if (err != ERR_OK)
		return err;
	if (person->row->key[0] == '\0' || (person->again && !person->row->again))
		return ERR_NAME_TAKEN;
	if (account->devices >= ACCOUNT_DEVICES_MAX)
		return ERR_DEVICES_FULL;
	return account->devices > 0 && !person->again ? ERR_CONFIGURED : ERR_OK;
}

static enum err
check(struct request *request, struct person *person)
{
	const struct wire_import_row *row = person->row;
	char name[TEXT_NAME_SIZE];
	enum err err = text_name(row->name, strlen(row->name), name, person->fold);

	if (err == ERR_OK)
		err = text_name_scripts(name);
	if (err == ERR_OK && row->key[0] != '\0')
		err = check_key(request, row);
	if (err != ERR_OK)
		return err;
	err = store_user_by_name(request->keeper->store, person->fold, &person->account, NULL);
	if (err == ERR_OK)
		return check_known(request, person);
	if (err == ERR_STORE_NONE)
		err = ERR_OK;
	wire_put(person->account.name, sizeof person->account.name, name);
	return err;
}

static void
tell(struct wire_import_verdict *verdict, const struct person *person, enum err err)
{
	verdict->err = (uint32_t)err;
	verdict->here = person->account.id != 0 && !person->again;
	verdict->role = (uint8_t)person->account.role;
}

enum err
op_import_check(struct request *request)
{
	const struct wire_import_request *asked = &request->message->u.import;
	struct wire_import_verdict *verdicts = request->reply->u.import.verdict;

	for (uint32_t i = 0; i < asked->count; i++) {
		struct person person = { .row = &asked->row[i] };
		enum err err = check(request, &person);

		if (fault_is(err))
			return err;
		tell(&verdicts[i], &person, err);
	}
	return ERR_OK;
}

/* --- beginning --------------------------------------------------------------- */

/* Random bits that nobody is shown, bound to an account that nobody gets. */
enum err
op_import_begin_prepare(struct request *request, struct hash_job *job)
{
	enum err err = op_first_password(request, "", true, &job->fresh);

	return err == ERR_OK ? store_user_reserve(request->keeper->store, &job->fresh_account)
			     : err;
}

enum err
op_import_begin(struct request *request)
{
	struct store_import import = { 0 };
	enum err err;

	if (request->state->import != 0)
		return ERR_STATE;
	trail_host_name(request->session->peer, import.who);
	wire_put(import.phc, sizeof import.phc, request->job->made);
	err = store_import_open(request->keeper->store, &import, &request->state->import);
	request->state->imported = 0;
	return err;
}

/* --- adding ------------------------------------------------------------------ */

static enum err
add_person(struct request *request, const struct store_import *import, struct person *person)
{
	struct store *store = request->keeper->store;
	struct account *account = &person->account;
	bool key = person->row->key[0] != '\0';
	enum err err;

	account->role = (enum role)person->row->role;
	account->enabled = true;
	account->created = request->now;
	account->password_due = true;
	account->password_expires = request->now;
	account->enrol_until = key ? 0 : request->now;
	err = store_user_add(store, account, person->fold, import->phc, &account->id);
	person->again = true;
	return err == ERR_OK ? store_import_note(store, import->id, account->id, 0) : err;
}

/* The greatest of the next steps whose code was accepted last: the old tool took codes that were
 * ahead of its clock, and what it took is not taken here. */
static enum err
last_code(const struct secret *key, const char *code, int64_t now_step, int64_t *io_last)
{
	enum err err = ERR_OK;
	bool matched = false;

	if (code[0] == '\0')
		return ERR_OK;
	for (int64_t at = now_step; err == ERR_OK && at <= now_step + IMPORT_STEPS;
	     at += 2 * TOTP_WINDOW + 1) {
		int64_t step = 0;

		err = totp_match(key, at, 0, code, &matched, &step);
		if (err == ERR_OK && matched && step > *io_last)
			*io_last = step;
	}
	return err;
}

/* Every code up to the one after now's counts as used: which of them the old tool has taken is not
 * known of each tool. */
static enum err
seal_device(struct request *request, const struct wire_import_row *row, struct store_device *device)
{
	struct secret *key = request->keeper->open;
	int64_t now_step = totp_step(request->now) + row->offset;
	enum err err = read_key(row->key, key);

	device->offset = row->offset;
	device->last_step = now_step + 1 > row->last_step ? now_step + 1 : row->last_step;
	if (err == ERR_OK)
		err = last_code(key, row->code, now_step, &device->last_step);
	if (err == ERR_OK)
		err = devices_seal(request->keeper->ring, device->user, key, &device->secret);
	secret_clear(key);
	return err;
}

/* Whoever stands at a door of this account, or before a key of their own, begins anew. */
static enum err
begin_anew(struct request *request, int64_t user)
{
	struct store *store = request->keeper->store;
	int64_t generation;
	enum err err = store_pending_remove(store, user);

	if (err == ERR_OK)
		err = store_user_set_enrol_until(store, user, 0);
	return err == ERR_OK ? store_user_raise(store, user, &generation) : err;
}

static enum err
add_device(struct request *request, int64_t import, struct person *person)
{
	struct store *store = request->keeper->store;
	struct store_device device = { .user = person->account.id, .created = request->now };
	uint32_t before = person->account.devices;
	enum err err = seal_device(request, person->row, &device);

	wire_put(device.name, sizeof device.name, ACCOUNT_DEVICE_NAME);
	if (before > 0)
		snprintf(device.name, sizeof device.name, "%s %" PRIu32, ACCOUNT_DEVICE_NAME,
		    before + 1);
	if (err == ERR_OK)
		err = store_device_add(store, &device, &device.id);
	secret_wipe(&device.secret, sizeof device.secret);
	if (err == ERR_OK)
		err = store_import_note(store, import, device.user, device.id);
	return err == ERR_OK && !person->again ? begin_anew(request, device.user) : err;
}

/* The person, the authenticator, and a row of the trail. */
static enum err
add(struct request *request, const struct store_import *import, struct person *person)
{
	bool new = person->account.id == 0;
	enum err err = new ? add_person(request, import, person) : ERR_OK;

	if (err == ERR_OK && person->row->key[0] != '\0')
		err = add_device(request, import->id, person);
	if (err != ERR_OK)
		return err;
	request->row.verb = AUDIT_IMPORT;
	op_row(request, person->account.name,
	    !new			      ? "authenticator"
		: person->row->key[0] != '\0' ? "person, authenticator"
					      : "person");
	err = trail_request(request, ERR_OK);
	request->row = (struct request_row){ .verb = AUDIT_IMPORT_FILE };
	request->state->imported++;
	return err;
}

/* A row that is refused ends the import: what it has added is taken back. */
enum err
op_import_add(struct request *request)
{
	const struct wire_import_request *asked = &request->message->u.import;
	struct wire_import_verdict *verdicts = request->reply->u.import.verdict;
	struct store_import import;
	enum err err = request->state->import == 0
	    ? ERR_STATE
	    : store_import(request->keeper->store, request->state->import, &import);

	for (uint32_t i = 0; err == ERR_OK && i < asked->count; i++) {
		struct person person = { .row = &asked->row[i] };
		enum err verdict = check(request, &person);

		tell(&verdicts[i], &person, verdict);
		if (verdict == ERR_OK)
			err = add(request, &import, &person);
		else if (fault_is(verdict))
			err = verdict;
		else {
			request->state->import = 0;
			imports_wake(request->keeper);
			return ERR_OK;
		}
	}
	return err;
}

/* --- ending ------------------------------------------------------------------ */

enum err
op_import_end(struct request *request)
{
	char detail[TEXT_REASON_SIZE];
	enum err err = request->state->import == 0
	    ? ERR_STATE
	    : store_import_finish(request->keeper->store, request->state->import);

	snprintf(detail, sizeof detail, "%s, %" PRIu32, request->message->u.import_end.format,
	    request->state->imported);
	op_row(request, "", detail);
	if (err == ERR_OK)
		err = notice_host(request, AUDIT_IMPORT_FILE, "", detail);
	if (err != ERR_OK)
		return err;
	request->state->import = 0;
	imports_wake(request->keeper);
	request->outcome->news = true;
	return ERR_OK;
}
