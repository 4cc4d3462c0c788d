/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SSH keys, line by line: one's own, or those of a person. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "conv/ssh_key.h"
#include "core/text.h"
#include "core/words.h"
#include "plain/inside.h"
#include "plain/menu.h"

enum { ROWS = SSH_KEYS_MAX + 1 };

/* --- a name -------------------------------------------------------------------------------- */

/* What an empty answer stands for is told with the question. */
static enum err
ask_name(struct plain *plain, const char *kept, char name[TEXT_LABEL_SIZE])
{
	const struct conv_question question = { .prompt = _("Name"),
		.kept = kept,
		.help = _("A name that tells which one it is, such as Work laptop.") };
	char typed[CONV_ANSWER_SIZE];
	enum err err = conv_question(&plain->conv, &question, typed);

	if (err == ERR_OK)
		wire_put(name, TEXT_LABEL_SIZE, typed[0] != '\0' ? typed : kept);
	return err;
}

/* --- one of them --------------------------------------------------------------------------- */

static enum err
rename_it(struct plain *plain, const struct ssh_whose *whose, const struct wire_ssh_key *key)
{
	char name[TEXT_LABEL_SIZE], kept[TEXT_LABEL_SIZE];
	struct wire_request request;
	struct wire_reply reply;
	enum err err;

	(void)whose;
	ssh_name_put(key->name, kept, sizeof kept);
	err = ask_name(plain, kept, name);
	if (err != ERR_OK)
		return err;
	ssh_rename_request(key, name, &request);
	err = conv_exchange(&plain->conv, &request, &reply);
	if (err == ERR_OK && reply.err != ERR_OK)
		conv_tell_err(&plain->conv, (enum err)reply.err, reply.wait);
	else if (err == ERR_OK)
		conv_tell(&plain->conv, CONV_GOOD, _("Saved."));
	return err;
}

static enum err
remove_it(struct plain *plain, const struct ssh_whose *whose, const struct wire_ssh_key *key)
{
	char question[CONV_TEXT_SIZE];
	struct wire_request request;
	struct conv_asked asked;
	enum err err;

	ssh_remove_question(whose, key, question, sizeof question);
	ssh_remove_request(whose, key, &request);
	err = plain_agree(plain, question, whose->user[0] != '\0' && whose->role == ROLE_OPERATOR,
	    &request, &asked);
	if (err == ERR_OK && asked.done && asked.reply.err == ERR_OK)
		conv_tell(&plain->conv, CONV_GOOD, _("Removed."));
	secret_wipe(&asked, sizeof asked);
	return err;
}

static enum err
ask_one(struct plain *plain, const struct ssh_whose *whose, const struct wire_ssh_key *key)
{
	static const struct {
		const char *label;
		enum err (*open)(struct plain *plain, const struct ssh_whose *whose,
		    const struct wire_ssh_key *key);
	} items[] = { { N_("Rename"), rename_it }, { N_("Remove"), remove_it } };
	struct menu_row rows[2] = { { .label = NULL } };
	char text[SSH_WORDS];
	/* Only one's own has another name. */
	int first = whose->user[0] == '\0' ? 0 : 1, count = 2 - first, choice = MENU_BACK;
	enum err err;

	ssh_name_put(key->name, text, sizeof text);
	conv_tell(&plain->conv, CONV_TITLE, text);
	conv_tell(&plain->conv, CONV_TEXT, key->fingerprint);
	ssh_facts_put(whose, key, (int64_t)time(NULL), text, sizeof text);
	conv_tell(&plain->conv, CONV_TEXT, text);
	conv_tell(&plain->conv, CONV_TEXT, ssh_does(whose, key));
	for (int i = 0; i < count; i++)
		rows[i].label = _(items[first + i].label);
	err = menu_ask(plain, rows, count, N_("Goes back and changes nothing."), &choice);
	if (err == ERR_OK && choice != MENU_BACK)
		err = items[first + choice].open(plain, whose, key);
	return err;
}

/* --- one more ------------------------------------------------------------------------------ */

/* Until it is a key, or Enter alone gives up: then it is "". */
static enum err
ask_key(struct plain *plain, char key[SSH_KEY_TEXT_SIZE], char suggested[TEXT_LABEL_SIZE])
{
	char typed[SSH_KEY_TEXT_SIZE];
	const struct conv_question question = { .prompt = _("Public key"),
		.size = sizeof typed,
		.help = _("Paste the whole line of a public key, as it stands in a file like "
			  "~/.ssh/id_ed25519.pub. Enter alone changes nothing.") };
	enum err err = ERR_FAILED, wrong = ERR_FAILED;

	key[0] = '\0';
	do {
		err = conv_question(&plain->conv, &question, typed);
		if (err != ERR_OK || typed[0] == '\0')
			break;
		wrong = ssh_suggest(typed, suggested);
		if (wrong != ERR_OK)
			conv_tell_err(&plain->conv, wrong, 0);
		else
			wire_put(key, SSH_KEY_TEXT_SIZE, typed);
	} while (wrong != ERR_OK);
	return err;
}

static enum err
ask_more(struct plain *plain, const struct ssh_whose *whose)
{
	char key[SSH_KEY_TEXT_SIZE], name[TEXT_LABEL_SIZE], kept[TEXT_LABEL_SIZE];
	char text[CONV_TEXT_SIZE];
	struct wire_request request;
	struct conv_asked asked;
	enum err err = ask_key(plain, key, kept);

	if (err != ERR_OK || key[0] == '\0')
		return err;
	err = ask_name(plain, kept, name);
	if (err != ERR_OK)
		return err;
	ssh_add_question(whose, name, text, sizeof text);
	ssh_add_request(whose, key, name, &request);
	err = plain_agree(plain, text, whose->user[0] != '\0' && whose->role == ROLE_OPERATOR,
	    &request, &asked);
	if (err == ERR_OK && asked.done && asked.reply.err == ERR_OK) {
		ssh_added_put(&asked.reply.u.ssh_add, text, sizeof text);
		conv_tell(&plain->conv, CONV_GOOD, text);
	}
	secret_wipe(&asked, sizeof asked);
	return err;
}

/* --- the list ------------------------------------------------------------------------------ */

static int
menu_of(const struct ssh_whose *whose, const struct wire_ssh_keys_reply *keys,
    struct menu_row rows[ROWS], char labels[ROWS][TEXT_LABEL_SIZE])
{
	int count = (int)keys->count;

	for (int i = 0; i < count; i++) {
		ssh_name_put(keys->key[i].name, labels[i], TEXT_LABEL_SIZE);
		ssh_facts_put(whose, &keys->key[i], (int64_t)time(NULL), rows[i].text, MENU_TEXT);
		rows[i].label = labels[i];
	}
	if (count < SSH_KEYS_MAX)
		rows[count++].label = _("Add an SSH key");
	return count;
}

/* What was refused is told, and left. */
static enum err
ask_once(struct plain *plain, const struct ssh_whose *whose, int *ret_choice)
{
	struct menu_row rows[ROWS] = { { .label = NULL } };
	char labels[ROWS][TEXT_LABEL_SIZE];
	struct wire_request request;
	struct wire_reply reply;
	const struct wire_ssh_keys_reply *keys = &reply.u.ssh_keys;
	enum err err;

	ssh_list_request(whose, &request);
	err = conv_exchange(&plain->conv, &request, &reply);
	if (err == ERR_OK && reply.err != ERR_OK) {
		conv_tell_err(&plain->conv, (enum err)reply.err, reply.wait);
		*ret_choice = MENU_BACK;
	}
	if (err != ERR_OK || reply.err != ERR_OK)
		return err;
	plain->conv.next_code = keys->next_code;
	conv_tell(&plain->conv, CONV_TITLE, _("SSH keys"));
	conv_tell(&plain->conv, CONV_TEXT, ssh_purpose(whose));
	err = menu_ask(plain, rows, menu_of(whose, keys, rows, labels), N_("Goes back."),
	    ret_choice);
	if (err != ERR_OK || *ret_choice == MENU_BACK)
		return err;
	return *ret_choice < (int)keys->count ? ask_one(plain, whose, &keys->key[*ret_choice])
					      : ask_more(plain, whose);
}

enum err
ssh_keys_ask(struct plain *plain, const char *user, enum role role)
{
	struct ssh_whose whose = { .role = role };
	int choice = 0;
	enum err err = ERR_OK;

	wire_put(whose.user, sizeof whose.user, user);
	while (err == ERR_OK && choice != MENU_BACK)
		err = ask_once(plain, &whose, &choice);
	return err;
}
