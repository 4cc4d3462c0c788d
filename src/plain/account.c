/* SPDX-License-Identifier: GPL-3.0-or-later */
/* My account: the state of two-factor authentication in words, and what one may do about one's own.
 */
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "conv/account.h"
#include "core/text.h"
#include "plain/inside.h"
#include "plain/menu.h"
#include "core/words.h"

/* --- the items ------------------------------------------------------------------ */

static enum err
configure(struct plain *plain, const struct wire_account_reply *account, size_t device)
{
	(void)account;
	(void)device;
	return conv_configure(&plain->conv, N_("Configure your two-factor authentication?"));
}

static enum err
prove(struct plain *plain, enum wire_op op, const char *question, bool *ret_done)
{
	struct wire_request request;
	struct conv_asked asked;
	enum err err;

	wire_request_init(&request, op);
	err = conv_prove(&plain->conv, question, &request, &asked);
	*ret_done = err == ERR_OK && asked.done && asked.reply.err == ERR_OK;
	secret_wipe(&asked, sizeof asked);
	return err;
}

static enum err
renew(struct plain *plain, const struct wire_account_reply *account, size_t device)
{
	bool done = false;

	(void)account;
	(void)device;
	return prove(plain, WIRE_RENEW_CODES,
	    _("Make ten new recovery codes? The old ones stop working, the authenticator stays as "
	      "it is."),
	    &done);
}

static enum err
deactivate(struct plain *plain, const struct wire_account_reply *account, size_t device)
{
	bool done = false;
	enum err err = prove(plain, WIRE_DEACTIVATE,
	    _("Deactivate your two-factor authentication? After that your password alone opens "
	      "this console. Your recovery codes are removed too."),
	    &done);

	(void)account;
	(void)device;
	if (done)
		conv_tellf(&plain->conv, CONV_GOOD,
		    _("Now delete the old %s entry from your application."),
		    plain->conv.console_name);
	return err;
}

static enum err
change_password(struct plain *plain, const struct wire_account_reply *account, size_t device)
{
	struct conv_asked asked;
	enum err err = conv_row(&plain->conv, ROW_CHANGE_PASSWORD, NULL, &asked);

	(void)account;
	(void)device;
	if (err == ERR_OK && asked.done && asked.reply.err == ERR_OK)
		conv_tell(&plain->conv, CONV_GOOD,
		    _("Your password was changed. Your other sessions have ended."));
	secret_wipe(&asked, sizeof asked);
	return err;
}

static enum err
language(struct plain *plain, const struct wire_account_reply *account, size_t device)
{
	(void)account;
	(void)device;
	return language_ask(plain, plain->language);
}

static enum err
choice(struct plain *plain, const struct wire_account_reply *account, size_t device)
{
	(void)account;
	(void)device;
	return choice_ask(plain, plain->chosen);
}

static enum err
add_device(struct plain *plain, const struct wire_account_reply *account, size_t device)
{
	(void)device;
	return device_add_ask(plain, account);
}

static enum err
happened(struct plain *plain, const struct wire_account_reply *account, size_t device)
{
	(void)account;
	(void)device;
	return happened_ask(plain);
}

static enum err
ssh_keys(struct plain *plain, const struct wire_account_reply *account, size_t device)
{
	(void)account;
	(void)device;
	return ssh_keys_ask(plain, "", ROLE_OPERATOR);
}

static enum err (*const opens[ACCOUNT_ITEMS])(struct plain *plain,
    const struct wire_account_reply *account, size_t device) = {
	[ACCOUNT_CONFIGURE] = configure,
	[ACCOUNT_DEVICE] = device_ask,
	[ACCOUNT_DEVICE_ADD] = add_device,
	[ACCOUNT_RENEW] = renew,
	[ACCOUNT_DEACTIVATE] = deactivate,
	[ACCOUNT_CHANGE_PASSWORD] = change_password,
	[ACCOUNT_LANGUAGE] = language,
	[ACCOUNT_PLAIN] = choice,
	[ACCOUNT_HAPPENED] = happened,
	[ACCOUNT_SSH_KEYS] = ssh_keys,
};

/* The menu of the rows that are offered; returns how many. labels: the caller's. */
static int
menu_of(const struct wire_account_reply *account, struct account_row list[ACCOUNT_ROWS],
    struct menu_row rows[ACCOUNT_ROWS], char labels[ACCOUNT_ROWS][TEXT_LABEL_SIZE])
{
	size_t count = account_rows(account, list);

	for (size_t i = 0; i < count; i++) {
		account_row_label(&list[i], account, labels[i], TEXT_LABEL_SIZE);
		account_row_text(&list[i], account, (int64_t)time(NULL), rows[i].text, MENU_TEXT);
		rows[i].label = labels[i];
	}
	return (int)count;
}

/* --- its state in words --------------------------------------------------------------- */

static void
tell_on(struct plain *plain, const struct wire_account_reply *account)
{
	conv_tell(&plain->conv, CONV_TEXT, _("Two-factor authentication is on."));
	if (account->mandatory)
		conv_tell(&plain->conv, CONV_TEXT, account_required(account));
}

static void
tell_off(struct plain *plain, const struct wire_account_reply *account)
{
	conv_tell(&plain->conv, CONV_TEXT, _("Two-factor authentication is off."));
	conv_tell(&plain->conv, CONV_TEXT,
	    _("Your password alone opens this console. With a 6-digit code from your phone, a "
	      "stolen password is not enough."));
	if (account->mandatory)
		conv_tell(&plain->conv, CONV_TEXT, account_required_now(account));
}

/* --- once, and again -------------------------------------------------------------------- */

/* What was refused is told, and left. */
static enum err
take(struct plain *plain, struct wire_account_reply *account, int *ret_choice)
{
	struct wire_reply reply;
	enum err err = conv_get(&plain->conv, WIRE_ACCOUNT, &reply);

	if (err == ERR_OK && reply.err != ERR_OK) {
		conv_tell_err(&plain->conv, (enum err)reply.err, reply.wait);
		*ret_choice = MENU_BACK;
	}
	if (err != ERR_OK || reply.err != ERR_OK)
		return err;
	*account = reply.u.account;
	plain->conv.has_2fa = account->user.has_2fa;
	plain->conv.next_code = account->next_code;
	wire_put(plain->language, sizeof plain->language, account->user.language);
	plain->chosen = account->user.plain != 0;
	return ERR_OK;
}

static enum err
ask_once(struct plain *plain, int *ret_choice)
{
	struct account_row list[ACCOUNT_ROWS];
	struct menu_row rows[ACCOUNT_ROWS];
	char labels[ACCOUNT_ROWS][TEXT_LABEL_SIZE];
	struct wire_account_reply account;
	enum err err = take(plain, &account, ret_choice);

	if (err != ERR_OK || *ret_choice == MENU_BACK)
		return err;
	conv_tell(&plain->conv, CONV_TITLE, _("My account"));
	if (account.user.has_2fa)
		tell_on(plain, &account);
	else
		tell_off(plain, &account);
	err = menu_ask(plain, rows, menu_of(&account, list, rows, labels),
	    N_("Goes back to the start."), ret_choice);
	if (err == ERR_OK && *ret_choice != MENU_BACK)
		err = opens[list[*ret_choice].item](plain, &account, list[*ret_choice].device);
	return err;
}

enum err
account_ask(struct plain *plain)
{
	int choice = 0;
	enum err err = ERR_OK;

	/* Recovery codes that are due are a door. */
	while (err == ERR_OK && choice != MENU_BACK) {
		err = ask_once(plain, &choice);
		if (err == ERR_OK)
			err = conv_doors(&plain->conv, false);
	}
	return err;
}
