/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/people.h"

enum people_standing
people_standing(bool enabled, bool paused, bool due)
{
	if (!enabled)
		return PEOPLE_DISABLED;
	if (paused)
		return PEOPLE_PAUSED;
	return due ? PEOPLE_DUE : PEOPLE_FINE;
}

enum people_order
people_order(enum people_order wanted, bool filtered)
{
	switch (wanted) {
	case PEOPLE_BY_NAME:
	case PEOPLE_BY_ROLE:
	case PEOPLE_BY_STANDING:
		return wanted;
	case PEOPLE_BY_SIGN_IN:
		return filtered ? PEOPLE_BY_NAME : wanted;
	case PEOPLE_ORDER_COUNT:
		break;
	}
	return PEOPLE_BY_NAME;
}
