/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "conv/device.h"

#include <stdio.h>
#include <string.h>

#include "conv/when.h"
#include "core/text.h"
#include "core/words.h"

enum { WHEN_SIZE = 64, SECOND = 2 };

static const struct {
	const char *label, *text; /* text: message id, or NULL */
} items[DEVICE_ITEMS] = {
	[DEVICE_RENAME] = { N_("Rename"), NULL },
	[DEVICE_REPLACE] = { N_("Replace"), N_("by another one, on a new phone") },
	[DEVICE_REMOVE] = { N_("Remove"), N_("its codes stop working") },
};

const char *
device_item_label(enum device_item item)
{
	return items[item].label;
}

const char *
device_item_text(enum device_item item)
{
	return items[item].text != NULL ? _(items[item].text) : "";
}

size_t
device_items(const struct wire_account_reply *account, enum device_item list[DEVICE_ITEMS])
{
	size_t count = 0;

	for (enum device_item item = 0; item < DEVICE_ITEMS; item++)
		if (item != DEVICE_REMOVE || account->device_count > 1 || !account->mandatory)
			list[count++] = item;
	return count;
}

void
device_name_put(const char *name, char *buf, size_t size)
{
	if (strcmp(name, ACCOUNT_DEVICE_NAME) == 0)
		(void)snprintf(buf, size, "%s", _("Authenticator"));
	else
		(void)text_show(name, strlen(name), buf, size);
}

void
device_times_put(const struct wire_device *device, int64_t now, char *buf, size_t size)
{
	char since[WHEN_SIZE], used[WHEN_SIZE];

	when_put(device->created, now, since, sizeof since);
	when_put(device->last_used, now, used, sizeof used);
	if (device->last_used == 0)
		(void)snprintf(buf, size, _("since %s"), since);
	else
		(void)snprintf(buf, size, _("since %s, last used %s"), since, used);
}

/* The keeper has the last word on it. */
static bool
is_taken(const struct wire_account_reply *account, const char *name)
{
	char shown[TEXT_LABEL_SIZE];

	for (size_t i = 0; i < account->device_count && i < ACCOUNT_DEVICES_MAX; i++) {
		device_name_put(account->device[i].name, shown, sizeof shown);
		if (text_label_same(shown, name))
			return true;
	}
	return false;
}

/* Of five names one of six is free. */
void
device_name_next(const struct wire_account_reply *account, char *buf, size_t size)
{
	(void)snprintf(buf, size, "%s", _("Authenticator"));
	for (unsigned n = SECOND; n <= ACCOUNT_DEVICES_MAX + 1 && is_taken(account, buf); n++)
		(void)snprintf(buf, size, _("Authenticator %u"), n);
}

void
device_question(enum device_item item, const struct wire_account_reply *account, size_t device,
    char *buf, size_t size)
{
	char name[TEXT_LABEL_SIZE];

	device_name_put(account->device[device].name, name, sizeof name);
	if (item == DEVICE_REPLACE)
		(void)snprintf(buf, size,
		    _("Replace %s? You are shown a new key. The old one works until you have "
		      "entered a code of the new one; then your other sessions end."),
		    name);
	else if (account->device_count > 1)
		(void)snprintf(buf, size,
		    _("Remove %s? Its codes stop working, and your other sessions end."), name);
	else
		(void)snprintf(buf, size, "%s",
		    _("Deactivate your two-factor authentication? After that your password alone "
		      "opens this console. Your recovery codes are removed too."));
}

bool
device_replaced_freely(int64_t replace_until, int64_t now)
{
	return replace_until > now;
}
