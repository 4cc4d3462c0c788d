/* SPDX-License-Identifier: GPL-3.0-or-later */
/* One's authenticators in words, and what one may do about each. */
#ifndef CONV_DEVICE_H
#define CONV_DEVICE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "wire/wire.h"

enum device_item { DEVICE_RENAME, DEVICE_REPLACE, DEVICE_REMOVE, DEVICE_ITEMS };

/* Message id of its label. */
const char *
device_item_label(enum device_item item);

/* What more there is to say of it; "" for nothing. Static, translated. */
const char *
device_item_text(enum device_item item);

/* The items that are offered: a last authenticator that is required is not removed. Returns how
 * many. */
size_t
device_items(const struct wire_account_reply *account, enum device_item list[DEVICE_ITEMS]);

/* A name as it is shown; the one that nobody chose is translated. */
void
device_name_put(const char *name, char *buf, size_t size);

/* "since yesterday 17:03, last used today 15:03", translated. */
void
device_times_put(const struct wire_device *device, int64_t now, char *buf, size_t size);

/* A name for one more, translated: "Authenticator 2". */
void
device_name_next(const struct wire_account_reply *account, char *buf, size_t size);

/* What is asked before one is replaced, or removed: translated. device below
 * account->device_count. */
void
device_question(enum device_item item, const struct wire_account_reply *account, size_t device,
    char *buf, size_t size);

/* Whether it may be replaced without a proof now. */
bool
device_replaced_freely(int64_t replace_until, int64_t now);

#endif
