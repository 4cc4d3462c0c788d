/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What one may do about one's own account, in the order in which it is offered. */
#ifndef CONV_ACCOUNT_H
#define CONV_ACCOUNT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/wire.h"

enum account_item {
	ACCOUNT_CONFIGURE,
	ACCOUNT_DEVICE, /* one row for each authenticator */
	ACCOUNT_DEVICE_ADD,
	ACCOUNT_RENEW,
	ACCOUNT_DEACTIVATE,
	ACCOUNT_SSH_KEYS,
	ACCOUNT_CHANGE_PASSWORD,
	ACCOUNT_LANGUAGE,
	ACCOUNT_PLAIN,
	ACCOUNT_HAPPENED,
	ACCOUNT_ITEMS
};

enum { ACCOUNT_ROWS = ACCOUNT_ITEMS - 1 + ACCOUNT_DEVICES_MAX };

struct account_row {
	enum account_item item;
	size_t device; /* index in the account's reply, of an ACCOUNT_DEVICE */
};

/* The rows that are offered to this account now; returns how many. */
size_t
account_rows(const struct wire_account_reply *account, struct account_row rows[ACCOUNT_ROWS]);

/* A row's label, translated and fit to be shown. */
void
account_row_label(const struct account_row *row, const struct wire_account_reply *account,
    char *buf, size_t size);

/* What more there is to say of it in this account at that time, translated; "" for nothing. */
void
account_row_text(const struct account_row *row, const struct wire_account_reply *account,
    int64_t now, char *buf, size_t size);

/* Why it cannot be deactivated, translated: for whom it is required. Only where it is. */
const char *
account_required(const struct wire_account_reply *account);

/* The same to one who has none and must configure it. */
const char *
account_required_now(const struct wire_account_reply *account);

#endif
