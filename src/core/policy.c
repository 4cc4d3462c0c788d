/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/policy.h"
#include "core/policy_value.h"

#include <string.h>

static const struct setting settings[SETTING_COUNT] = {
#define SETTING(id, type, member, key, min, max, value, label, help) \
	{ key, SETTING_##type, offsetof(struct policy, member), \
		sizeof((struct policy *)0)->member, min, max, value, label, help },
#include "core/policy.def"
#undef SETTING
};

const struct setting *
policy_setting(enum setting_id id)
{
	return &settings[id];
}

enum err
policy_find(const char *key, enum setting_id *ret_id)
{
	for (unsigned i = 0; i < SETTING_COUNT; i++) {
		if (strcmp(settings[i].key, key) == 0) {
			*ret_id = (enum setting_id)i;
			return ERR_OK;
		}
	}
	return ERR_SETTING_UNKNOWN;
}

void
policy_default(struct policy *policy)
{
	memset(policy, 0, sizeof *policy);
	/* A default is never refused, and is in its normal form: the unit test reads each of them
	 * back. Text is copied, for reading it takes memory. */
	for (unsigned i = 0; i < SETTING_COUNT; i++) {
		const struct setting *setting = &settings[i];
		unsigned char *place = (unsigned char *)policy + setting->offset;
		enum err err = ERR_OK;

		if (setting->type == SETTING_TEXT || setting->type == SETTING_LIST)
			memcpy(place, setting->value, strlen(setting->value) + 1);
		else
			err = policy_value_parse(setting, setting->value, place);
		(void)err;
	}
}

enum err
policy_load(struct policy *policy, enum setting_id id, const char *value)
{
	const struct setting *setting = &settings[id];

	return policy_value_parse(setting, value, (unsigned char *)policy + setting->offset);
}

/* Applications split the label of an entry at its first colon (Key-Uri-Format). */
enum err
policy_set(struct policy *policy, enum setting_id id, const char *value)
{
	if (id == SETTING_CONSOLE_NAME && strchr(value, ':') != NULL)
		return ERR_ISSUER_COLON;
	return policy_load(policy, id, value);
}

void
policy_get(const struct policy *policy, enum setting_id id, char value[POLICY_VALUE_SIZE])
{
	const struct setting *setting = &settings[id];

	policy_value_print(setting, (const unsigned char *)policy + setting->offset, value);
}

bool
policy_requires(const struct policy *policy, enum role role)
{
	return policy->require_2fa || (policy->require_2fa_roles & (1u << role)) != 0;
}

bool
policy_requires_all(const struct policy *policy)
{
	for (int role = 0; role < ROLE_COUNT; role++)
		if (!policy_requires(policy, (enum role)role))
			return false;
	return true;
}

bool
policy_alone(enum setting_id id)
{
	return id == SETTING_REQUIRE_2FA || id == SETTING_REQUIRE_2FA_ROLES ||
	    id == SETTING_FOUR_EYES;
}

int64_t
policy_password_least(const struct policy *policy, enum role role, bool has_2fa)
{
	bool alone = !has_2fa && !policy_requires(policy, role);

	if (alone && policy->password_length < POLICY_UNPROVED_LENGTH)
		return POLICY_UNPROVED_LENGTH;
	return policy->password_length;
}
