/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Other people: their sessions ended, enabled, unlocked, given another role, removed. */
#include <string.h>

#include "auth/totp.h"
#include "keeper/effects.h"
#include "keeper/guess.h"
#include "keeper/notices.h"
#include "keeper/op/ops.h"
#include "store/store_device.h"
#include "store/store_guess.h"
#include "store/store_dump.h"
#include "store/store_user.h"

/* --- ending sessions -------------------------------------------------------- */

enum err
op_user_end_check(struct request *request)
{
	return op_find_target(request, request->message->u.user_end.name, PERMISSION_USER_END);
}

enum err
op_user_end(struct request *request)
{
	enum err err = effects_end_sessions(request, request->target.id);

	request->outcome->news = true;
	return err == ERR_OK ? notice_target(request, AUDIT_USER_END, NULL) : err;
}

/* --- enabling and disabling ------------------------------------------------ */

enum err
op_user_enable_check(struct request *request)
{
	const struct wire_user_enable_request *asked = &request->message->u.user_enable;
	bool enable = asked->enabled != 0;
	enum err err;

	request->row.verb = enable ? AUDIT_USER_ENABLE : AUDIT_USER_DISABLE;
	err = op_find_target(request, asked->name,
	    enable ? PERMISSION_USER_ENABLE : PERMISSION_USER_DISABLE);
	return err == ERR_OK && !enable ? op_keeps_a_super(request, &request->target) : err;
}

enum err
op_user_enable(struct request *request)
{
	bool enable = request->message->u.user_enable.enabled != 0;
	int64_t user = request->target.id;
	enum err err = store_user_enable(request->keeper->store, user, enable);

	if (err == ERR_OK && !enable)
		err = effects_end_sessions(request, user);
	if (err == ERR_OK)
		err = notice_target(request, request->row.verb, NULL);
	request->outcome->news = true;
	return err;
}

/* --- roles ----------------------------------------------------------------- */

enum err
op_user_role_check(struct request *request)
{
	const struct wire_user_role_request *asked = &request->message->u.user_role;
	enum role role = (enum role)asked->role;
	enum err err;

	op_row(request, asked->name, role_word(role));
	err = op_find_target(request, asked->name, PERMISSION_USER_ROLE);
	if (err != ERR_OK)
		return err;
	if (role > request->reach)
		request->reach = role;
	return role != ROLE_SUPER_ADMINISTRATOR ? op_keeps_a_super(request, &request->target)
						: ERR_OK;
}

/* The role is read afresh in each request, so that open sessions have the new one at once. */
enum err
op_user_role(struct request *request)
{
	enum role role = (enum role)request->message->u.user_role.role;
	enum err err = store_user_set_role(request->keeper->store, request->target.id, role);

	request->outcome->news = true;
	return err == ERR_OK ? notice_target(request, AUDIT_USER_ROLE, role_word(role)) : err;
}

/* --- removing -------------------------------------------------------------- */

enum err
op_user_remove_check(struct request *request)
{
	enum err err = op_find_target(request, request->message->u.user_remove.name,
	    PERMISSION_USER_REMOVE);

	if (err != ERR_OK)
		return err;
	op_row(request, request->target.name, role_word(request->target.role));
	return op_keeps_a_super(request, &request->target);
}

/* Ids are never reused: the generation is raised before the row goes, and no session outlives it.
 */
enum err
op_user_remove(struct request *request)
{
	int64_t user = request->target.id;
	enum err err = effects_end_sessions(request, user);

	request->outcome->news = true;
	if (err == ERR_OK)
		err = store_user_remove(request->keeper->store, user);
	return err == ERR_OK ? notice_host(request, AUDIT_USER_REMOVE, request->target.name,
				   role_word(request->target.role))
			     : err;
}

/* --- unlocking ------------------------------------------------------------- */

enum err
op_user_unlock_check(struct request *request)
{
	return op_find_target(request, request->message->u.user_unlock.name,
	    PERMISSION_USER_UNLOCK);
}

/* Clears every pause of a name, of passwords and codes; a step that was spent by a clock that was
 * ahead becomes the one after now. */
enum err
op_user_unlock(struct request *request)
{
	const struct throttle none = { 0 };
	const struct account *target = &request->target;
	struct store *store = request->keeper->store;
	unsigned char hash[STORE_HASH_SIZE];
	enum err err = guess_name_hash(request->keeper, target->name, hash);

	if (err == ERR_OK)
		err = store_throttle_clear_all(store, hash);
	if (err == ERR_OK)
		err = store_user_set_code(store, target->id, &none);
	if (err == ERR_OK)
		err = store_devices_last_step(store, target->id, totp_step(request->now) + 1);
	if (err == ERR_OK)
		err = store_floor_last(store, totp_step(request->now) + 1);
	return err == ERR_OK ? notice_target(request, AUDIT_USER_UNLOCK, NULL) : err;
}
