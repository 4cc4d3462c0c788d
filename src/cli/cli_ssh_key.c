/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A person's SSH keys. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/json.h"
#include "cli/say.h"
#include "cli/table.h"
#include "core/ssh_key.h"

enum { KEY_COLUMNS = 6 };

/* --- showing ------------------------------------------------------------------------------- */

static void
key_json(struct json *json, const struct wire_ssh_key *key)
{
	const struct {
		const char *name, *text;
	} texts[] = { { "name", key->name }, { "type", key->type },
		{ "fingerprint", key->fingerprint } };
	const struct {
		const char *name;
		int64_t time;
	} times[] = { { "added", key->added }, { "last_used", key->last_used },
		{ "known_since", key->known_since } };

	json_open(json, '{');
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		json_key(json, texts[i].name);
		json_string(json, texts[i].text);
	}
	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		json_key(json, times[i].name);
		json_time(json, times[i].time);
	}
	json_key(json, "says_who");
	json_bool(json, key->names);
	json_key(json, "doubted");
	json_bool(json, key->doubted);
	json_close(json, '}');
}

static void
key_titles(struct table *table)
{
	static const char *const titles[KEY_COLUMNS] = { N_("NAME"), N_("TYPE"), N_("FINGERPRINT"),
		N_("ADDED"), N_("LAST USED"), N_("SAYS WHO") };

	for (size_t i = 0; i < KEY_COLUMNS; i++)
		table_put(table, _(titles[i]));
}

static enum err
key_table(const struct wire_ssh_keys_reply *reply)
{
	struct table table;
	enum err err;

	table_open(&table, stdout, KEY_COLUMNS);
	key_titles(&table);
	for (uint32_t i = 0; i < reply->count; i++) {
		const struct wire_ssh_key *key = &reply->key[i];

		table_put(&table, key->name);
		table_put(&table, key->type);
		table_put(&table, key->fingerprint);
		table_put_time(&table, key->added, _("never"));
		table_put_time(&table, key->last_used, _("never"));
		table_put(&table, key->names ? _("yes") : _("knocks only"));
	}
	err = table_flush(&table);
	table_close(&table);
	return err;
}

enum err
user_key_list_run(struct cli *cli)
{
	const struct wire_ssh_keys_reply *reply = &cli->reply.u.ssh_keys;
	struct wire_request request;
	struct json json;
	enum err err;

	wire_request_init(&request, WIRE_USER_SSH_LIST);
	err = command_ask_name(cli, &request, request.u.user_name.name);
	if (err != ERR_OK)
		return err;
	if ((cli->options & OPTION_JSON) == 0)
		return key_table(reply);
	json_start(&json, stdout);
	json_open(&json, '[');
	for (uint32_t i = 0; i < reply->count; i++)
		key_json(&json, &reply->key[i]);
	json_close(&json, ']');
	return ERR_OK;
}

/* --- changing ------------------------------------------------------------------------------ */

/* All of a file, as far as there is room: what is longer is no key. */
static enum err
read_all(int fd, char *buf, size_t size, size_t *ret_length)
{
	size_t length = 0;
	ssize_t got = 1;

	while (got != 0 && length < size) {
		got = read(fd, buf + length, size - length);
		if (got < 0 && errno != EINTR)
			return err_from_errno(errno);
		length += got > 0 ? (size_t)got : 0;
	}
	*ret_length = length;
	return ERR_OK;
}

static enum err
read_file(struct cli *cli, const char *path, char *buf, size_t size, size_t *ret_length)
{
	bool standard = strcmp(path, "-") == 0;
	int fd = standard ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	enum err err = fd < 0 ? ERR_SYSTEM : read_all(fd, buf, size, ret_length);

	if (fd >= 0 && !standard)
		close(fd);
	if (err != ERR_OK) {
		say_sentence(N_("There is no such file, or it may not be read."));
		cli->said = true;
	}
	return err;
}

/* The keeper decides; here it is only read early, so that a line with a long comment has room. */
enum err
user_key_add_run(struct cli *cli)
{
	char line[SSH_KEY_LINE_SIZE + 1];
	struct wire_request request;
	struct ssh_key key;
	size_t length = 0;
	enum err err = read_file(cli, cli->operand[1], line, sizeof line, &length);

	if (err == ERR_OK)
		err = ssh_key_read(line, length, &key);
	if (err != ERR_OK)
		return err;
	wire_request_init(&request, WIRE_USER_SSH_ADD);
	ssh_key_write(key.type, key.blob, key.length, request.u.ssh_add.key);
	wire_put(request.u.ssh_add.name, sizeof request.u.ssh_add.name, key.name);
	err = command_ask_name(cli, &request, request.u.ssh_add.user);
	if (err == ERR_OK)
		(void)printf("%s\n", cli->reply.u.ssh_add.fingerprint);
	return err;
}

enum err
user_key_remove_run(struct cli *cli)
{
	struct wire_request request;
	unsigned char hash[SSH_KEY_HASH_SIZE];
	enum err err = ssh_print_read(cli->operand[1], hash);

	if (err != ERR_OK)
		return err;
	wire_request_init(&request, WIRE_USER_SSH_REMOVE);
	ssh_print_show(hash, request.u.ssh_key.fingerprint);
	return command_ask_name(cli, &request, request.u.ssh_key.user);
}
