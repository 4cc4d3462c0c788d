/* SPDX-License-Identifier: GPL-3.0-or-later */
/* People. */
#include "store/sql/sql.h"
#include "store/store_user.h"

#include <string.h>

struct account_row {
	struct account account;
	char phc[STORE_PHC_SIZE];
};

/* A column that cannot be any number: where it goes, one of the two. */
struct small_column {
	int column;
	uint32_t *number;
	bool *flag;
};

static enum err
read_small(const struct columns *columns, const struct small_column *smalls, size_t count)
{
	enum err err = ERR_OK;

	for (size_t i = 0; err == ERR_OK && i < count; i++) {
		int64_t number = 0;

		err = column_upto(columns, smalls[i].column,
		    smalls[i].flag != NULL ? 1 : UINT32_MAX, &number);
		if (smalls[i].flag != NULL)
			*smalls[i].flag = number != 0;
		else
			*smalls[i].number = (uint32_t)number;
	}
	return err;
}

enum err
sql_account(const struct columns *columns, void *row)
{
	struct account *account = row;
	const struct small_column smalls[] = {
		{ .column = 3, .flag = &account->enabled },
		{ .column = 4, .flag = &account->password_due },
		{ .column = 5, .flag = &account->recovery_saved },
		{ .column = 6, .number = &account->devices },
		{ .column = 7, .number = &account->recovery_left },
		{ .column = 8, .number = &account->code_failures },
		{ .column = 9, .number = &account->failures_since },
		{ .column = 19, .flag = &account->plain },
		{ .column = 21, .flag = &account->alarmed },
		{ .column = 22, .number = &account->doubted },
		{ .column = 23, .number = &account->keys_doubted },
	};
	int64_t role = 0;
	enum err err = column_upto(columns, 2, ROLE_COUNT - 1, &role);

	account->id = column_number(columns, 0);
	account->role = (enum role)role;
	account->code_paused_until = column_number(columns, 10);
	account->password_expires = column_number(columns, 11);
	account->enrol_until = column_number(columns, 12);
	account->created = column_number(columns, 13);
	account->last_sign_in = column_number(columns, 14);
	account->generation = column_number(columns, 17);
	if (err == ERR_OK)
		err = read_small(columns, smalls, sizeof smalls / sizeof *smalls);
	if (err == ERR_OK)
		err = column_text(columns, 1, account->name, sizeof account->name);
	if (err == ERR_OK)
		err = column_text(columns, 18, account->language, sizeof account->language);
	return err == ERR_OK
	    ? column_text(columns, 15, account->last_source, sizeof account->last_source)
	    : err;
}

static enum err
read_account_row(const struct columns *columns, void *row)
{
	struct account_row *whole = row;
	enum err err = sql_account(columns, &whole->account);

	return err == ERR_OK ? column_text(columns, 16, whole->phc, sizeof whole->phc) : err;
}

static enum err
find(struct store *store, enum sql sql, const struct value *values, struct account *ret_account,
    char *phc)
{
	struct account_row row = { 0 };
	enum err err = sql_row(store, sql, values, read_account_row, &row);

	if (err == ERR_OK) {
		*ret_account = row.account;
		if (phc != NULL)
			memcpy(phc, row.phc, sizeof row.phc);
	}
	explicit_bzero(row.phc, sizeof row.phc);
	return err;
}

enum err
store_user_by_name(struct store *store, const char *fold, struct account *ret_account,
    char phc[STORE_PHC_SIZE])
{
	return find(store, SQL_USER_BY_NAME, VALUES(TEXT(fold)), ret_account, phc);
}

enum err
store_user_by_id(struct store *store, int64_t id, struct account *ret_account,
    char phc[STORE_PHC_SIZE])
{
	return find(store, SQL_USER_BY_ID, VALUES(NUMBER(id)), ret_account, phc);
}

enum err
store_user_reserve(struct store *store, int64_t *ret_id)
{
	enum err err = sql_change_one(store, SQL_USER_RESERVE, NO_VALUES);

	return err == ERR_OK ? sql_row(store, SQL_USER_RESERVED, NO_VALUES, sql_number, ret_id)
			     : err;
}

enum err
store_user_raise(struct store *store, int64_t id, int64_t *ret_generation)
{
	enum err err = sql_change_one(store, SQL_USER_RAISE, VALUES(NUMBER(id)));

	return err == ERR_OK
	    ? sql_row(store, SQL_USER_GENERATION, VALUES(NUMBER(id)), sql_number, ret_generation)
	    : err;
}

enum err
store_user_add(struct store *store, const struct account *account, const char *fold,
    const char *phc, int64_t *ret_id)
{
	int64_t id = account->id;
	enum err err = id == 0 ? store_user_reserve(store, &id) : ERR_OK;

	if (err == ERR_OK)
		err = sql_change(store, SQL_USER_ADD,
		    VALUES(NUMBER(id), TEXT(account->name), TEXT(fold), NUMBER(account->role),
			NUMBER(account->enabled), NUMBER(account->password_due),
			NUMBER(account->password_expires), NUMBER(account->enrol_until),
			NUMBER(account->created), TEXT(phc)),
		    NULL);
	if (err != ERR_OK)
		return err;
	err = sql_whole(store, sql_change_one(store, SQL_TALLY_ADD, VALUES(NUMBER(account->role))));
	if (err == ERR_OK)
		*ret_id = id;
	return err;
}

enum err
store_user_enable(struct store *store, int64_t id, bool enabled)
{
	return sql_change_one(store, SQL_USER_ENABLE, VALUES(NUMBER(id), NUMBER(enabled)));
}

/* The numbers first: what a person counts as is read from the account as it was. */
static enum err
tally_then(struct store *store, enum sql tally, const struct value *values, enum sql sql)
{
	struct account account;
	enum err err = store_user_by_id(store, values[0].number, &account, NULL);

	if (err == ERR_OK)
		err = sql_change_one(store, tally, values);
	return err == ERR_OK ? sql_whole(store, sql_change_one(store, sql, values)) : err;
}

enum err
store_user_set_role(struct store *store, int64_t id, enum role role)
{
	return tally_then(store, SQL_TALLY_ROLE, VALUES(NUMBER(id), NUMBER(role)),
	    SQL_USER_SET_ROLE);
}

/* What hangs on the account goes with it: ON DELETE CASCADE. */
enum err
store_user_remove(struct store *store, int64_t id)
{
	return tally_then(store, SQL_TALLY_REMOVE, VALUES(NUMBER(id)), SQL_USER_REMOVE);
}

enum err
store_user_set_password(struct store *store, int64_t id, const char *phc, bool due, int64_t expires)
{
	return sql_change_one(store, SQL_USER_SET_PASSWORD,
	    VALUES(NUMBER(id), TEXT(phc), NUMBER(due), NUMBER(expires)));
}

enum err
store_user_rehash(struct store *store, int64_t id, const char *old, const char *phc)
{
	return sql_change(store, SQL_USER_REHASH, VALUES(NUMBER(id), TEXT(old), TEXT(phc)), NULL);
}

enum err
store_user_set_enrol_until(struct store *store, int64_t id, int64_t until)
{
	return sql_change_one(store, SQL_USER_SET_ENROL_UNTIL, VALUES(NUMBER(id), NUMBER(until)));
}

enum err
store_user_failures_told(struct store *store, int64_t id)
{
	return sql_one_later(store, SQL_USER_FAILURES_TOLD, VALUES(NUMBER(id)));
}

enum err
store_user_signed_in(struct store *store, int64_t id, int64_t now, const char *source)
{
	return sql_one_later(store, SQL_USER_SIGNED_IN,
	    VALUES(NUMBER(id), NUMBER(now), TEXT(source)));
}

enum err
store_user_failed(struct store *store, int64_t id)
{
	return sql_one_later(store, SQL_USER_FAILED, VALUES(NUMBER(id)));
}

enum err
store_user_set_code(struct store *store, int64_t id, const struct throttle *throttle)
{
	return sql_one_later(store, SQL_USER_SET_CODE,
	    VALUES(NUMBER(id), NUMBER(throttle->failures), NUMBER(throttle->paused_until)));
}

enum err
store_user_code_failed(struct store *store, int64_t id, const struct throttle *throttle)
{
	return sql_one_later(store, SQL_USER_CODE_FAILED,
	    VALUES(NUMBER(id), NUMBER(throttle->failures), NUMBER(throttle->paused_until)));
}

enum err
store_user_set_language(struct store *store, int64_t id, const char *language)
{
	return sql_change_one(store, SQL_USER_SET_LANGUAGE, VALUES(NUMBER(id), TEXT(language)));
}

enum err
store_user_set_alarmed(struct store *store, int64_t id, bool alarmed)
{
	return sql_change_one(store, SQL_USER_SET_ALARMED, VALUES(NUMBER(id), NUMBER(alarmed)));
}

enum err
store_user_set_plain(struct store *store, int64_t id, bool plain)
{
	return sql_change_one(store, SQL_USER_SET_PLAIN, VALUES(NUMBER(id), NUMBER(plain)));
}

static enum err
read_counts(const struct columns *columns, void *row)
{
	struct store_counts *counts = row;

	counts->people = column_number(columns, 0);
	counts->with_2fa = column_number(columns, 1);
	counts->paused = column_number(columns, 2);
	counts->operators.people = column_number(columns, 3);
	counts->operators.with_2fa = column_number(columns, 4);
	counts->operators.paused = column_number(columns, 5);
	counts->supers = column_number(columns, 6);
	return ERR_OK;
}

enum err
store_counts(struct store *store, int64_t now, struct store_counts *ret_counts)
{
	struct store_counts counts;
	enum err err = sql_row(store, SQL_COUNTS, VALUES(NUMBER(now)), read_counts, &counts);

	if (err == ERR_OK)
		*ret_counts = counts;
	return err;
}
