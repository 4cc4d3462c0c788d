/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv/account.h"

#include <stdio.h>

#include "conv/device.h"
#include "core/words.h"

static bool
is_off(const struct wire_account_reply *account)
{
	return !account->user.has_2fa;
}

static bool
is_on(const struct wire_account_reply *account)
{
	return account->user.has_2fa;
}

static bool
has_room(const struct wire_account_reply *account)
{
	return account->device_count > 0 && account->device_count < ACCOUNT_DEVICES_MAX;
}

static bool
may_deactivate(const struct wire_account_reply *account)
{
	return account->user.has_2fa && !account->mandatory;
}

static bool
always(const struct wire_account_reply *account)
{
	(void)account;
	return true;
}

static const struct {
	const char *label, *text; /* text: message id, or NULL */
	bool (*offered)(const struct wire_account_reply *account);
} items[ACCOUNT_ITEMS] = {
	[ACCOUNT_CONFIGURE] = { N_("Configure"), N_("with an application on your phone"), is_off },
	[ACCOUNT_DEVICE] = { NULL, NULL, is_on },
	[ACCOUNT_DEVICE_ADD] = { N_("Add an authenticator"), N_("on a second phone as well"),
	    has_room },
	[ACCOUNT_RENEW] = { N_("New recovery codes"), NULL, is_on },
	[ACCOUNT_DEACTIVATE] = { N_("Deactivate"), N_("two-factor authentication"),
	    may_deactivate },
	[ACCOUNT_CHANGE_PASSWORD] = { N_("Change password"), NULL, always },
	[ACCOUNT_LANGUAGE] = { N_("Language"), N_("of your screens"), always },
	[ACCOUNT_PLAIN] = { N_("Plain text"), N_("one question a line: off"), always },
	[ACCOUNT_HAPPENED] = { N_("What happened"), N_("to your account, and by whom"), always },
	[ACCOUNT_SSH_KEYS] = { N_("SSH keys"), N_("to come here by ssh"), always },
};

static size_t
times(enum account_item item, const struct wire_account_reply *account)
{
	if (!items[item].offered(account))
		return 0;
	if (item != ACCOUNT_DEVICE)
		return 1;
	return account->device_count < ACCOUNT_DEVICES_MAX ? account->device_count
							   : ACCOUNT_DEVICES_MAX;
}

size_t
account_rows(const struct wire_account_reply *account, struct account_row rows[ACCOUNT_ROWS])
{
	size_t count = 0;

	for (enum account_item item = 0; item < ACCOUNT_ITEMS; item++)
		for (size_t i = 0; i < times(item, account); i++)
			rows[count++] = (struct account_row){ .item = item, .device = i };
	return count;
}

void
account_row_label(const struct account_row *row, const struct wire_account_reply *account,
    char *buf, size_t size)
{
	if (row->item == ACCOUNT_DEVICE)
		device_name_put(account->device[row->device].name, buf, size);
	else
		(void)snprintf(buf, size, "%s", _(items[row->item].label));
}

static void
put_left(const struct wire_account_reply *account, char *buf, size_t size)
{
	uint32_t left = account->user.recovery_left;

	(void)snprintf(buf, size, ngettext("%u recovery code left", "%u recovery codes left", left),
	    left);
}

void
account_row_text(const struct account_row *row, const struct wire_account_reply *account,
    int64_t now, char *buf, size_t size)
{
	const char *text = items[row->item].text;

	if (row->item == ACCOUNT_DEVICE)
		device_times_put(&account->device[row->device], now, buf, size);
	else if (row->item == ACCOUNT_RENEW)
		put_left(account, buf, size);
	else if (row->item == ACCOUNT_PLAIN && account->user.plain)
		(void)snprintf(buf, size, "%s", _("one question a line: on"));
	else
		(void)snprintf(buf, size, "%s", text != NULL ? _(text) : "");
}

/* --- for whom it is required -------------------------------------------------------- */

static const char *const required[ROLE_COUNT] = {
	[ROLE_OPERATOR] = N_("Required for operators: it cannot be deactivated."),
	[ROLE_ADMINISTRATOR] = N_("Required for administrators: it cannot be deactivated."),
	[ROLE_SUPER_ADMINISTRATOR] = N_(
	    "Required for Super Administrators: it cannot be deactivated."),
};

const char *
account_required(const struct wire_account_reply *account)
{
	return account->everyone ? _("Required for all users: it cannot be deactivated.")
				 : _(required[account->user.role]);
}

const char *
account_required_now(const struct wire_account_reply *account)
{
	return account->everyone
	    ? _("It is now required for all users: configure it here, or at your next sign-in.")
	    : _("It is now required for your role: configure it here, or at your next sign-in.");
}
