/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SSH keys: one's own, over My account, and those of a person. */
#include "people.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

static const char pasted[] =
    "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAACAQDt6EHDDR8Dl2jVWbfWQrF8oBlYYRiuOj9lVXkwzudk"
    "BMVb+ervqyn9X6wZ6x4jQqGWinrbfBBA0u31FCjm3kh6VKklUQapBt8u8lA7fGB1oBa39Anq83mGviTr"
    "pnKZmgsGU1D/YwyeTDjvOmaDpqcK0iLfInXwXkDiFRF2jvGT7IyCSgni6t4gxEf43yQHTZZhEZMgS6ET"
    "iNyfnkH/YPGWNDTDRkNlEi9dZYp7RHhUGkJ8DHvr2Q1tiENBl33XM68QqTljlnRnSQtQyT+xmirhlMRx"
    "tA+09CatZXN8uFsAGClUjHe7tU+LJ2Vr7m0K16QsT8IjQ0mjA2MUR15mQd1q776Jz7xkoO5kZD6EKdmD"
    "OAS+6DXpD3ehA6aFpd8En8Oeh4bMUWFQ440AmwqZvxGKuRYzIWES4vN46JVnvcTTHlQPTCEL+3XQB4s1"
    "qBH3KZOXkbMH7AlaOE/cWAhb1jwvqp/NHPtsr8u3SU/CR5BO8lgKVjio2MfiOZEZB0tPdtpo5vjHUJv9"
    "ISYkI3taZmPj09tQhmSsOe13aoJR7znIKB3LVT84ibxG51ptSTx1Ta0HjyuKQapXC27HBdBjuCri2R3P"
    "VcDIlYYLfyxfbcf9wh1srJTS2X24s/hrWLBk2iu6dIIUFz4a6DXnNBToEbVyOV2QMwhKNGcYvZbVsNNJ"
    "kw== claire@laptop";

static const char short_key[] =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB";

/* So many, of all kinds. */
static struct wire_reply
keys_of(enum wire_op op, uint32_t count)
{
	static const char *const names[] = { "claire@laptop", SSH_KEY_NAME,
		"A tablet that lies in the safe, room 12", "四番目の鍵" };
	static const char *const types[] = { "ssh-ed25519", "ssh-rsa", "sk-ssh-ed25519@openssh.com",
		"ecdsa-sha2-nistp521" };
	struct wire_reply reply = answer(op, ERR_OK, DOOR_HOME);

	reply.u.ssh_keys.count = count;
	for (uint32_t i = 0; i < count; i++) {
		struct wire_ssh_key *key = &reply.u.ssh_keys.key[i];
		char print[SSH_KEY_PRINT_SIZE];

		(void)snprintf(print, sizeof print,
		    "SHA256:%c7DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU", 'a' + (char)i);
		wire_put(key->fingerprint, sizeof key->fingerprint, print);
		wire_put(key->name, sizeof key->name, names[i % 4]);
		wire_put(key->type, sizeof key->type, types[i % 4]);
		key->added = YESTERDAY_1703;
		key->last_used = key->known_since = i % 2 == 0 ? TODAY_1503 : 0;
		key->names = i == 0;
	}
	return reply;
}

static void
open_keys(struct ui *ui, uint32_t count)
{
	signed_in(ui, ROLE_OPERATOR, true);
	press(ui, KEY_ENTER_);
	struct wire_reply reply = account_of(true, false);
	give(ui, &reply);
	press(ui, KEY_END_);
	for (int up = 0; up < 4; up++)
		press(ui, KEY_UP_);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_ssh_keys);
	reply = keys_of(WIRE_SSH_LIST, count);
	give(ui, &reply);
}

static void
keys_none(struct ui *ui)
{
	open_keys(ui, 0);
}

static void
keys(struct ui *ui)
{
	open_keys(ui, 3);
}

/* With all that there can be, none is added. */
static void
keys_full(struct ui *ui)
{
	open_keys(ui, SSH_KEYS_MAX);
	press(ui, KEY_END_);
}

/* --- one of them --------------------------------------------------------------------------- */

static void
key(struct ui *ui)
{
	keys(ui);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_ssh_key);
}

static void
key_shared(struct ui *ui)
{
	keys(ui);
	press(ui, KEY_DOWN_);
	press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
}

static void
key_rename(struct ui *ui)
{
	key(ui);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_ssh_name);
}

static void
key_remove(struct ui *ui)
{
	key(ui);
	press(ui, KEY_DOWN_);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
	type(ui, "123456");
}

static void
key_removed(struct ui *ui)
{
	key_remove(ui);
	press(ui, KEY_ENTER_);
	assert_int_equal(ui->asked.op, WIRE_SSH_REMOVE);
	struct wire_reply reply = answer(WIRE_SSH_REMOVE, ERR_OK, DOOR_HOME);
	give(ui, &reply);
	reply = keys_of(WIRE_SSH_LIST, 2);
	give(ui, &reply);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_ssh_keys);
}

/* Somebody took it away meanwhile. */
static void
key_gone(struct ui *ui)
{
	key(ui);
	news(ui);
	struct wire_reply reply = keys_of(WIRE_SSH_LIST, 0);
	give(ui, &reply);
	give(ui, &reply);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_ssh_keys);
}

/* --- one more ------------------------------------------------------------------------------ */

static void
add(struct ui *ui)
{
	keys_none(ui);
	type(ui, "a");
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_ssh_add);
}

static void
add_pasted(struct ui *ui)
{
	add(ui);
	paste(ui, pasted);
	paste(ui, "\n");
}

static void
add_bad(struct ui *ui)
{
	add(ui);
	paste(ui, "restrict,pty ");
	paste(ui, short_key);
	press(ui, KEY_TAB);
	type(ui, "Laptop");
	press(ui, KEY_ENTER_);
}

static void
add_private(struct ui *ui)
{
	add(ui);
	paste(ui, "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjE\n");
	press(ui, KEY_TAB);
	type(ui, "Laptop");
	press(ui, KEY_ENTER_);
}

static void
add_asked(struct ui *ui)
{
	add_pasted(ui);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
}

static void
add_taken(struct ui *ui)
{
	add_asked(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	assert_int_equal(ui->asked.op, WIRE_SSH_ADD);
	refuse(ui, WIRE_SSH_ADD, ERR_SSH_KEY_TAKEN, DOOR_HOME, 0);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_ssh_add);
}

static void
added(struct ui *ui)
{
	add_asked(ui);
	type(ui, "123456");
	press(ui, KEY_ENTER_);
	struct wire_reply reply = answer(WIRE_SSH_ADD, ERR_OK, DOOR_HOME);
	wire_put(reply.u.ssh_add.name, sizeof reply.u.ssh_add.name, "claire@laptop");
	wire_put(reply.u.ssh_add.fingerprint, sizeof reply.u.ssh_add.fingerprint,
	    "SHA256:a7DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU");
	give(ui, &reply);
	reply = keys_of(WIRE_SSH_LIST, 1);
	give(ui, &reply);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_ssh_keys);
}

/* --- of a person --------------------------------------------------------------------------- */

static void
keys_of_person(struct ui *ui)
{
	person(ui);
	type(ui, "k");
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_ssh_keys);
	assert_int_equal(ui->asked.op, WIRE_USER_SSH_LIST);
	struct wire_reply reply = keys_of(WIRE_USER_SSH_LIST, 2);
	give(ui, &reply);
}

static void
key_of_person(struct ui *ui)
{
	keys_of_person(ui);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_ssh_key);
}

static void
key_of_person_remove(struct ui *ui)
{
	key_of_person(ui);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
}

static void
key_of_person_give(struct ui *ui)
{
	keys_of_person(ui);
	press(ui, KEY_END_);
	press(ui, KEY_ENTER_);
	paste(ui, short_key);
	press(ui, KEY_ENTER_);
	assert_ptr_equal(ui->stack[ui->depth - 1].screen, &screen_confirm);
}

/* --- in doubt ------------------------------------------------------------------------------ */

static void
doubt_key(struct ui *ui)
{
	password_passed(ui, DOOR_DOUBT);
	struct wire_reply reply = answer(WIRE_DOUBTED, ERR_OK, DOOR_DOUBT);
	struct wire_device *device = reply.u.devices.device;

	reply.u.devices.count = 1;
	device->id = 3;
	device->created = YESTERDAY_1703;
	device->doubted = device->ssh = 1;
	wire_put(device->name, sizeof device->name,
	    "mallory@host SHA256:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU");
	give(ui, &reply);
	press(ui, KEY_DOWN_);
}

/* --- the first door ------------------------------------------------------------------------ */

static void
fixed(struct ui *ui)
{
	wire_put(ui->facts.fixed, sizeof ui->facts.fixed, "claire");
	ui_enter_door(ui, DOOR_NAME);
}

static void
fixed_wrong(struct ui *ui)
{
	fixed(ui);
	type(ui, "the tea is too hot");
	press(ui, KEY_ENTER_);
	assert_int_equal(ui->asked.op, WIRE_PASSWORD);
	refuse(ui, WIRE_PASSWORD, ERR_CREDENTIALS, DOOR_NAME, 0);
}

const struct scene scenes_ssh[] = {
	{ "ssh-keys-none", keys_none },
	{ "ssh-keys", keys },
	{ "ssh-keys-full", keys_full },
	{ "ssh-key", key },
	{ "ssh-key-shared", key_shared },
	{ "ssh-key-rename", key_rename },
	{ "ssh-key-remove", key_remove },
	{ "ssh-key-removed", key_removed },
	{ "ssh-key-gone", key_gone },
	{ "ssh-add", add },
	{ "ssh-add-pasted", add_pasted },
	{ "ssh-add-bad", add_bad },
	{ "ssh-add-private", add_private },
	{ "ssh-add-asked", add_asked },
	{ "ssh-add-taken", add_taken },
	{ "ssh-added", added },
	{ "ssh-keys-of-person", keys_of_person },
	{ "ssh-key-of-person", key_of_person },
	{ "ssh-key-of-person-remove", key_of_person_remove },
	{ "ssh-key-of-person-give", key_of_person_give },
	{ "doubt-ssh-key", doubt_key },
	{ "sign-in-fixed", fixed },
	{ "sign-in-fixed-wrong", fixed_wrong },
	{ NULL, NULL },
};
