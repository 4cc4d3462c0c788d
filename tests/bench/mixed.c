/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "mixed.h"

enum { BEGAN = 1700000000, STRIDE = 7919, MINUTES = 100003, MINUTE = 60 };

static enum role
role_of(int64_t number)
{
	if (number % 500 == 1)
		return ROLE_SUPER_ADMINISTRATOR;
	return number % 50 == 2 ? ROLE_ADMINISTRATOR : ROLE_OPERATOR;
}

void
mixed_person(int64_t number, struct account *account)
{
	account->role = role_of(number);
	account->enabled = number % 7 != 0;
	account->password_due = number % 11 == 0;
	account->devices = number % 3 == 0 ? 0 : 1;
	account->last_sign_in = number % 5 == 0 ? 0 : BEGAN + number * STRIDE % MINUTES * MINUTE;
}
