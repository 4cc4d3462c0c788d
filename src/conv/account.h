/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one may do about one's own account, in the order in which it is offered. */
#ifndef CONV_ACCOUNT_H
#define CONV_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>

#include "wire/wire.h"

enum account_item {
	ACCOUNT_CONFIGURE,
	ACCOUNT_RENEW,
	ACCOUNT_DEACTIVATE,
	ACCOUNT_CHANGE_PASSWORD,
	ACCOUNT_LANGUAGE,
	ACCOUNT_PLAIN,
	ACCOUNT_ITEMS
};

/* Message id of its label. */
const char *
account_item_label(enum account_item item);

/* What more there is to say of it in this account, translated; "" for nothing. */
const char *
account_item_text(enum account_item item, const struct wire_account_reply *account);

/* The items that are offered to this account now; returns how many. */
size_t
account_items(const struct wire_account_reply *account, enum account_item list[ACCOUNT_ITEMS]);

#endif
