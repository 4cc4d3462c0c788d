/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the screens of one authenticator are given by the one that opens them. */
#ifndef UI_SCREEN_DEVICE_H
#define UI_SCREEN_DEVICE_H

#include "ui/stack/ui.h"
#include "ui/widget/page.h"

/* Copied by their enter. */
struct device_of {
	const struct wire_account_reply *account;
	size_t device; /* below account->device_count; account->device_count: one more */
};

/* What was refused is not as it was shown: says why, and asks for the account anew. */
void
device_refused(struct ui *ui, const struct wire_reply *reply);

/* What is told of one: its name, since when it is there and when it was last used. */
void
device_lines(struct page *page, const struct wire_device *device, int64_t now);

/* Says that the application has an entry which is good for nothing now. */
void
device_say_delete(struct ui *ui);

#endif
