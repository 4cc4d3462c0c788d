/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "look.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "keeper/guess.h"
#include "store/store_audit.h"
#include "store/store_device.h"
#include "store/store_guess.h"
#include "store/store_user.h"

enum { WORD = 128, PAGE = 64 };

static bool
person(struct look *look, const char *name, const char *value)
{
	struct account account;
	enum err err = store_user_by_name(look->keeper.store, name, &account, NULL);

	if (strcmp(value, "gone") == 0)
		return err == ERR_STORE_NONE;
	return err == ERR_OK && strcmp(value, role_word(account.role)) == 0;
}

static bool
setting(struct look *look, const char *key, const char *value)
{
	enum setting_id id;
	struct policy policy;
	char text[POLICY_VALUE_SIZE];

	if (policy_find(key, &id) != ERR_OK || store_policy(look->keeper.store, &policy) != ERR_OK)
		return false;
	policy_get(&policy, id, text);
	return strcmp(text, value) == 0;
}

static bool
spent(struct look *look, const char *name, const char *value)
{
	struct store_device devices[ACCOUNT_DEVICES_MAX];
	struct account account;
	size_t count = 0;

	if (store_user_by_name(look->keeper.store, name, &account, NULL) != ERR_OK ||
	    store_devices(look->keeper.store, account.id, devices, &count) != ERR_OK)
		return false;
	return count == 1 && devices[0].last_step >= strtoll(value, NULL, 10);
}

static bool
failures(struct look *look, const char *name, const char *value)
{
	unsigned char hash[STORE_HASH_SIZE];
	int64_t until = 0;
	struct throttle_window window;
	uint64_t count = 0;

	if (guess_name_hash(&look->keeper, name, hash) != ERR_OK ||
	    store_window(look->keeper.store, hash, &window) != ERR_OK ||
	    store_throttle_longest(look->keeper.store, hash, &until) != ERR_OK)
		return false;
	for (size_t i = 0; i < THROTTLE_MINUTES; i++)
		count += window.count[i];
	return count >= strtoull(value, NULL, 10);
}

static bool
wrong(struct look *look, const char *name, const char *value)
{
	struct account account;

	return store_user_by_name(look->keeper.store, name, &account, NULL) == ERR_OK &&
	    account.code_failures == strtoul(value, NULL, 10);
}

/* NAME/VERB/RESULT */
static bool
trail(struct look *look, const char *what, const char *value)
{
	static struct store_audit rows[PAGE];
	size_t count = PAGE;
	int64_t after = 0, found = 0;
	char text[WORD * 3];

	while (count == PAGE) {
		if (store_audit_page(look->keeper.store, after, rows, &count) != ERR_OK)
			return false;
		for (size_t i = 0; i < count; i++) {
			(void)snprintf(text, sizeof text, "%s/%s/%s", rows[i].who, rows[i].action,
			    rows[i].result);
			found += strcmp(text, what) == 0;
			after = rows[i].id;
		}
	}
	return found >= strtoll(value, NULL, 10);
}

static const struct {
	const char *kind;
	bool (*holds)(struct look *look, const char *name, const char *value);
} kinds[] = {
	{ "person", person },
	{ "setting", setting },
	{ "spent", spent },
	{ "failures", failures },
	{ "wrong", wrong },
	{ "trail", trail },
};

bool
look_holds(struct look *look, const char *fact)
{
	char kind[WORD], name[WORD], value[WORD];

	if (sscanf(fact, "%127s %127s %127[^\n]", kind, name, value) != 3)
		return false;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (strcmp(kind, kinds[i].kind) == 0)
			return kinds[i].holds(look, name, value);
	return false;
}
