/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The roles of which two-factor authentication is required whatever the box says. */
#include <stdio.h>
#include <string.h>

#include "conv/setting.h"
#include "core/words.h"

static const char *const names[ROLE_COUNT] = {
	[ROLE_OPERATOR] = N_("operators"),
	[ROLE_ADMINISTRATOR] = N_("administrators"),
	[ROLE_SUPER_ADMINISTRATOR] = N_("Super Administrators"),
};

static const char *const labels[ROLE_COUNT] = {
	[ROLE_OPERATOR] = N_("Still require it for operators"),
	[ROLE_ADMINISTRATOR] = N_("Still require it for administrators"),
	[ROLE_SUPER_ADMINISTRATOR] = N_("Still require it for Super Administrators"),
};

/* What cannot be read is no role. */
static unsigned
roles_of(const char *value)
{
	struct policy policy;

	policy_default(&policy);
	if (policy_load(&policy, SETTING_REQUIRE_2FA_ROLES, value) != ERR_OK)
		return 0;
	return policy.require_2fa_roles;
}

/* "administrators, operators", the highest first. */
static void
list(unsigned roles, char *buf, size_t size)
{
	size_t used = 0;

	buf[0] = '\0';
	for (int role = ROLE_COUNT - 1; role >= 0; role--) {
		if ((roles & (1u << role)) == 0)
			continue;
		(void)snprintf(buf + used, size - used, "%s%s", used > 0 ? ", " : "",
		    _(names[role]));
		used = strlen(buf);
	}
}

const char *
setting_role_label(enum role role)
{
	return labels[role];
}

bool
setting_role_in(const char *value, enum role role)
{
	return (roles_of(value) & (1u << role)) != 0;
}

void
setting_role_toggle(const char *before, enum role role, char *value)
{
	struct policy policy;

	policy_default(&policy);
	policy.require_2fa_roles = roles_of(before) ^ (1u << role);
	policy_get(&policy, SETTING_REQUIRE_2FA_ROLES, value);
}

void
setting_standing(const struct wire_settings_view_reply *view, char *buf, size_t size)
{
	unsigned roles = roles_of(view->value[SETTING_REQUIRE_2FA_ROLES]);
	char who[256];

	list(roles, who, sizeof who);
	if (policy_is_yes(view->value[SETTING_REQUIRE_2FA]))
		(void)snprintf(buf, size, "%s", _("Required for all users."));
	else if (roles == 0)
		(void)snprintf(buf, size, "%s", _("Optional for all users."));
	else
		(void)snprintf(buf, size, _("Still required for: %s."), who);
}

static void
add(char *buf, size_t size, const char *sentence, unsigned roles)
{
	char who[256], line[512];
	size_t used = strlen(buf);

	list(roles, who, sizeof who);
	err_fill_text(sentence, who, line, sizeof line);
	(void)snprintf(buf + used, size - used, "%s%s", used > 0 ? " " : "", line);
}

void
setting_roles_question(const struct wire_settings_view_reply *view, const char *value, char *buf,
    size_t size)
{
	unsigned before = roles_of(view->value[SETTING_REQUIRE_2FA_ROLES]), after = roles_of(value);

	buf[0] = '\0';
	if (after != 0)
		add(buf, size,
		    _("Still require two-factor authentication for %s, even where it is optional "
		      "for "
		      "everyone else?"),
		    after);
	else
		add(buf, size, _("No longer require two-factor authentication for any role?"), 0);
	if (policy_is_yes(view->value[SETTING_REQUIRE_2FA])) {
		add(buf, size,
		    _("Nothing changes before the box above is unchecked: until then it is "
		      "required for all users."),
		    0);
		return;
	}
	if ((after & ~before) != 0)
		add(buf, size,
		    _("Anyone without it must set it up at their next sign-in: this is new for "
		      "%s."),
		    after & ~before);
	if ((before & ~after) != 0)
		add(buf, size, _("It becomes optional for %s: we strongly advise against this."),
		    before & ~after);
}
