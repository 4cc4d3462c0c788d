/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv/account.h"

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
	[ACCOUNT_RENEW] = { N_("New recovery codes"), N_("ten new ones; the old ones stop working"),
	    is_on },
	[ACCOUNT_DEACTIVATE] = { N_("Deactivate"), N_("two-factor authentication"),
	    may_deactivate },
	[ACCOUNT_CHANGE_PASSWORD] = { N_("Change password"), NULL, always },
	[ACCOUNT_LANGUAGE] = { N_("Language"), N_("of your screens"), always },
	[ACCOUNT_PLAIN] = { N_("Plain text"), N_("one question a line: off"), always },
};

const char *
account_item_label(enum account_item item)
{
	return items[item].label;
}

const char *
account_item_text(enum account_item item, const struct wire_account_reply *account)
{
	if (item == ACCOUNT_PLAIN && account->user.plain)
		return _("one question a line: on");
	return items[item].text != NULL ? _(items[item].text) : "";
}

size_t
account_items(const struct wire_account_reply *account, enum account_item list[ACCOUNT_ITEMS])
{
	size_t count = 0;

	for (enum account_item item = 0; item < ACCOUNT_ITEMS; item++)
		if (items[item].offered(account))
			list[count++] = item;
	return count;
}
