/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/readable.h"

#include <string.h>

#include "store/store_user.h"

static size_t
place_of(const char *name)
{
	unsigned sum = 0;

	while (*name != '\0')
		sum = sum * 31 + (unsigned char)*name++;
	return sum % READABLE_NAMES;
}

/* Roles as they are now: a name of no account, and what is no name, is nobody's. */
static enum err
find_person(struct request *request, const char *name, enum audit_person *ret_person)
{
	struct account account;
	char shaped[TEXT_NAME_SIZE], fold[TEXT_FOLD_SIZE];
	enum err err = text_name(name, strlen(name), shaped, fold);

	*ret_person = AUDIT_NOBODY;
	if (err != ERR_OK)
		return err == ERR_MEMORY ? err : ERR_OK;
	err = store_user_by_name(request->keeper->store, fold, &account, NULL);
	if (err != ERR_OK)
		return err == ERR_STORE_NONE ? ERR_OK : err;
	if (account.id == request->account.id)
		*ret_person = AUDIT_SELF;
	else
		*ret_person = account.role == ROLE_OPERATOR ? AUDIT_OPERATOR : AUDIT_ABOVE;
	return ERR_OK;
}

static enum err
person_of(struct request *request, struct readable *readable, const char *name,
    enum audit_person *ret_person)
{
	struct readable_name *known = &readable->known[place_of(name)];
	enum err err = ERR_OK;

	if (name[0] == '\0') {
		*ret_person = AUDIT_NOBODY;
		return ERR_OK;
	}
	if (strcmp(known->name, name) != 0) {
		err = find_person(request, name, &known->person);
		wire_put(known->name, sizeof known->name, err == ERR_OK ? name : "");
	}
	*ret_person = known->person;
	return err;
}

enum err
readable_row(struct request *request, struct readable *readable, const struct store_audit *row,
    bool *ret_may)
{
	const struct actor *actor = &request->actor;
	enum audit_person who, target;
	enum err err;

	if (actor->host || actor->role == ROLE_SUPER_ADMINISTRATOR) {
		*ret_may = true;
		return ERR_OK;
	}
	err = person_of(request, readable, row->who, &who);
	if (err == ERR_OK)
		err = person_of(request, readable, row->target, &target);
	if (err == ERR_OK)
		*ret_may = audit_may_read(actor->role, audit_find(row->action), who, target);
	return err;
}
