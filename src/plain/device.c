/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One's authenticators: one more, another name, another in its place, one fewer. */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "conv/device.h"
#include "core/text.h"
#include "plain/inside.h"
#include "plain/menu.h"
#include "core/words.h"

/* --- a name ------------------------------------------------------------------------------ */

/* What an empty answer stands for is told with the question. */
static enum err
ask_name(struct plain *plain, const char *kept, char name[TEXT_LABEL_SIZE])
{
	const struct conv_question question = { .prompt = _("Name"),
		.kept = kept,
		.help = _("A name that tells you which one it is, such as Work phone. Only you and "
			  "the administrators see it.") };
	char typed[CONV_ANSWER_SIZE];
	enum err err;

	err = conv_question(&plain->conv, &question, typed);
	if (err == ERR_OK)
		wire_put(name, TEXT_LABEL_SIZE, typed[0] != '\0' ? typed : kept);
	return err;
}

/* --- the items ------------------------------------------------------------------------------ */

static enum err
rename_it(struct plain *plain, const struct wire_account_reply *account, size_t device)
{
	struct wire_request request;
	struct wire_reply reply;
	char name[TEXT_LABEL_SIZE], kept[TEXT_LABEL_SIZE];
	enum err err;

	device_name_put(account->device[device].name, kept, sizeof kept);
	err = ask_name(plain, kept, name);
	if (err != ERR_OK)
		return err;
	wire_request_init(&request, WIRE_DEVICE_RENAME);
	request.u.device_rename.id = account->device[device].id;
	wire_put(request.u.device_rename.name, sizeof request.u.device_rename.name, name);
	err = conv_exchange(&plain->conv, &request, &reply);
	if (err == ERR_OK && reply.err != ERR_OK)
		conv_tell_err(&plain->conv, (enum err)reply.err, reply.wait);
	else if (err == ERR_OK)
		conv_tell(&plain->conv, CONV_GOOD, _("Saved."));
	return err;
}

enum err
device_replace(struct plain *plain, const struct wire_account_reply *account, size_t device)
{
	bool free = device_replaced_freely(account->replace_until, (int64_t)time(NULL));
	bool done = false;
	char question[CONV_TEXT_SIZE], name[TEXT_LABEL_SIZE];
	struct wire_request request;
	enum err err;

	device_name_put(account->device[device].name, name, sizeof name);
	device_question(DEVICE_REPLACE, account, device, question, sizeof question);
	wire_request_init(&request, WIRE_DEVICE_REPLACE);
	request.u.device.id = account->device[device].id;
	err = conv_enrol(&plain->conv, free ? NULL : question, &request, &done);
	if (done)
		conv_tellf(&plain->conv, CONV_GOOD,
		    _("%s was replaced. Now delete the old %s entry from your application."), name,
		    plain->conv.console_name);
	return err;
}

static enum err
remove_it(struct plain *plain, const struct wire_account_reply *account, size_t device)
{
	char question[CONV_TEXT_SIZE];
	struct wire_request request;
	struct conv_asked asked;
	enum err err;

	device_question(DEVICE_REMOVE, account, device, question, sizeof question);
	wire_request_init(&request, WIRE_DEVICE_REMOVE);
	request.u.device.id = account->device[device].id;
	err = conv_prove(&plain->conv, question, &request, &asked);
	if (err == ERR_OK && asked.done && asked.reply.err == ERR_OK)
		conv_tellf(&plain->conv, CONV_GOOD,
		    _("Now delete the old %s entry from your application."),
		    plain->conv.console_name);
	secret_wipe(&asked, sizeof asked);
	return err;
}

static enum err (*const opens[DEVICE_ITEMS])(struct plain *plain,
    const struct wire_account_reply *account, size_t device) = {
	[DEVICE_RENAME] = rename_it,
	[DEVICE_REPLACE] = device_replace,
	[DEVICE_REMOVE] = remove_it,
};

enum err
device_ask(struct plain *plain, const struct wire_account_reply *account, size_t device)
{
	enum device_item list[DEVICE_ITEMS];
	struct menu_row rows[DEVICE_ITEMS];
	char text[CONV_TEXT_SIZE];
	int choice = MENU_BACK;
	size_t count = device_items(account, list);
	enum err err;

	device_name_put(account->device[device].name, text, sizeof text);
	conv_tell(&plain->conv, CONV_TITLE, text);
	device_times_put(&account->device[device], (int64_t)time(NULL), text, sizeof text);
	conv_tell(&plain->conv, CONV_TEXT, text);
	for (size_t i = 0; i < count; i++) {
		rows[i].label = _(device_item_label(list[i]));
		(void)snprintf(rows[i].text, MENU_TEXT, "%s", device_item_text(list[i]));
	}
	err = menu_ask(plain, rows, (int)count, N_("Goes back and changes nothing."), &choice);
	if (err == ERR_OK && choice != MENU_BACK)
		err = opens[list[choice]](plain, account, device);
	return err;
}

enum err
device_add_ask(struct plain *plain, const struct wire_account_reply *account)
{
	char name[TEXT_LABEL_SIZE], kept[TEXT_LABEL_SIZE], shown[TEXT_LABEL_SIZE];
	char question[CONV_TEXT_SIZE];
	struct wire_request request;
	bool done = false;
	enum err err;

	device_name_next(account, kept, sizeof kept);
	err = ask_name(plain, kept, name);
	if (err != ERR_OK)
		return err;
	(void)text_show(name, strlen(name), shown, sizeof shown);
	(void)snprintf(question, sizeof question,
	    _("Add %s? Enter a code of an authenticator that you have: then you are shown the key "
	      "of "
	      "the new one."),
	    shown);
	wire_request_init(&request, WIRE_DEVICE_ADD);
	wire_put(request.u.device_add.name, sizeof request.u.device_add.name, name);
	err = conv_enrol(&plain->conv, question, &request, &done);
	if (done)
		conv_tellf(&plain->conv, CONV_GOOD, _("%s was added. Its codes work from now on."),
		    shown);
	return err;
}
