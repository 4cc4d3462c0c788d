/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which keys open the console's account, asked by sshd; and whose name one says at the first door
 * (DESIGN 9). */
#include <string.h>

#include "keeper/op/ops.h"
#include "store/store_ssh_key.h"
#include "store/store_user.h"

/* Read afresh each time: a key of somebody who was just disabled opens no more. */
enum err
op_keys_lookup(struct request *request)
{
	struct wire_keys_reply *reply = &request->reply->u.keys;
	unsigned char hash[SSH_KEY_HASH_SIZE];
	struct store_ssh_key key;
	enum err err = ssh_print_read(request->message->u.keys.fingerprint, hash);

	if (err == ERR_OK)
		err = store_ssh_key_open(request->keeper->store, hash, &key);
	if (err == ERR_OK)
		ssh_key_write(key.type, key.blob, key.length, reply->key);
	return err == ERR_STORE_NONE ? ERR_OK : err;
}

enum err
op_name_of_key(struct request *request, char ret_name[TEXT_NAME_SIZE])
{
	struct session_state *state = request->state;
	unsigned char hash[SSH_KEY_HASH_SIZE];
	struct account owner;
	enum err err = ERR_STORE_NONE;

	if (ssh_print_read(state->ssh_key, hash) == ERR_OK)
		err = store_ssh_key_owner(request->keeper->store, hash, &state->fixed);
	if (err == ERR_OK)
		err = store_user_by_id(request->keeper->store, state->fixed, &owner, NULL);
	if (err == ERR_OK)
		wire_put(ret_name, TEXT_NAME_SIZE, owner.name);
	return err == ERR_STORE_NONE ? ERR_OK : err;
}
