/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person prefers: kept, checked, told once the password was right and not before. */
#include "stage.h"
#include "store/store_audit.h"
#include "store/store_user.h"

#include <stdio.h>
#include <string.h>

static enum err
prefer(struct stage *stage, const char *language)
{
	bool closing = true;
	enum err err;

	wire_request_init(&stage->message, WIRE_PREFERENCES);
	wire_put(stage->message.u.preferences.language,
	    sizeof stage->message.u.preferences.language, language);
	err = stage_ask(stage, &closing);
	assert_false(closing);
	return err;
}

static enum err
prefer_plain(struct stage *stage, bool plain)
{
	bool closing = true;
	enum err err;

	wire_request_init(&stage->message, WIRE_PREFERENCES);
	stage->message.u.preferences.which = WIRE_PREFERS_PLAIN;
	stage->message.u.preferences.plain = plain;
	err = stage_ask(stage, &closing);
	assert_false(closing);
	return err;
}

/* The reply to a request, which is then done with. */
static struct wire_reply
told(struct stage *stage)
{
	struct outcome *outcome = &stage->session.outcome;
	struct wire_reply reply;

	assert_int_equal(request_answer(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	assert_int_equal(outcome->kind, OUTCOME_ANSWER);
	reply = *outcome->reply;
	outcome_clear(outcome);
	return reply;
}

static struct account
account_of(struct stage *stage, const char *name)
{
	struct account account;

	assert_int_equal(store_user_by_name(stage->keeper.store, name, &account, NULL), ERR_OK);
	return account;
}

/* At the first door, back from the worker with a verdict on alice's password. */
static struct wire_reply
sign_in(struct stage *stage, bool fits)
{
	struct hash_job job = { .verify = true, .known = true, .fits = fits, .phc = "phc" };

	stage->session.state.user = 0;
	stage->session.state.signin = signin_start();
	stage->session.life = LIFE_HASHED;
	stage->session.job = &job;
	wire_request_init(&stage->message, WIRE_PASSWORD);
	wire_put(stage->message.u.password.name, sizeof stage->message.u.password.name, "alice");
	struct wire_reply reply = told(stage);
	stage->session.job = NULL;
	return reply;
}

static void
a_language_is_kept_and_stands_in_the_account(void **state)
{
	struct stage *stage = *state;
	struct wire_reply reply;

	assert_int_equal(prefer(stage, "fr"), ERR_OK);
	assert_string_equal(account_of(stage, "alice").language, "fr");
	wire_request_init(&stage->message, WIRE_ACCOUNT);
	reply = told(stage);
	assert_string_equal(reply.u.account.user.language, "fr");
	assert_int_equal(prefer(stage, "pt-BR"), ERR_OK);
	assert_string_equal(account_of(stage, "alice").language, "pt_BR");
	assert_int_equal(prefer(stage, ""), ERR_OK);
	assert_string_equal(account_of(stage, "alice").language, "");
}

/* Each request changes the one that it names, and what else stands in it counts for nothing. */
static void
one_changes_and_the_other_stays(void **state)
{
	struct stage *stage = *state;
	bool closing = true;

	assert_false(account_of(stage, "alice").plain);
	assert_int_equal(prefer(stage, "fr"), ERR_OK);
	assert_int_equal(prefer_plain(stage, true), ERR_OK);
	assert_true(account_of(stage, "alice").plain);
	assert_string_equal(account_of(stage, "alice").language, "fr");
	wire_request_init(&stage->message, WIRE_ACCOUNT);
	assert_true(told(stage).u.account.user.plain);
	assert_int_equal(prefer(stage, ""), ERR_OK);
	assert_true(account_of(stage, "alice").plain);
	wire_request_init(&stage->message, WIRE_PREFERENCES);
	stage->message.u.preferences.which = WIRE_PREFERS_PLAIN;
	wire_put(stage->message.u.preferences.language,
	    sizeof stage->message.u.preferences.language, "fr");
	assert_int_equal(stage_ask(stage, &closing), ERR_OK);
	assert_false(account_of(stage, "alice").plain);
	assert_string_equal(account_of(stage, "alice").language, "");
}

static void
plain_text_is_in_the_trail(void **state)
{
	struct stage *stage = *state;
	struct store_audit rows[2] = { { 0 } };
	size_t count = 2;
	int64_t before = stage_rows(stage);

	assert_int_equal(prefer_plain(stage, true), ERR_OK);
	assert_int_equal(prefer_plain(stage, false), ERR_OK);
	assert_int_equal(store_audit_page(stage->keeper.store, before, rows, &count), ERR_OK);
	assert_int_equal(count, 2);
	assert_string_equal(rows[0].who, "alice");
	assert_string_equal(rows[0].action, "preferences");
	assert_string_equal(rows[0].detail, "plain yes");
	assert_string_equal(rows[1].detail, "plain no");
}

static void
it_is_in_the_trail(void **state)
{
	struct stage *stage = *state;
	struct store_audit row = { 0 };
	size_t count = 1;
	int64_t before = stage_rows(stage);

	assert_int_equal(prefer(stage, "fr"), ERR_OK);
	assert_int_equal(stage_rows(stage), before + 1);
	assert_int_equal(store_audit_page(stage->keeper.store, before, &row, &count), ERR_OK);
	assert_string_equal(row.who, "alice");
	assert_string_equal(row.action, "preferences");
	assert_string_equal(row.detail, "language fr");
	assert_string_equal(row.result, "ok");
}

static void
what_is_no_tag_is_refused_and_changes_nothing(void **state)
{
	struct stage *stage = *state;

	assert_int_equal(prefer(stage, "fr"), ERR_OK);
	assert_int_equal(prefer(stage, "../x"), ERR_LANGUAGE);
	assert_int_equal(prefer(stage, "FR"), ERR_LANGUAGE);
	assert_string_equal(account_of(stage, "alice").language, "fr");
}

/* As prefer(), again and again by one session; what is held back is answered at once. */
static enum err
prefer_again(struct stage *stage, const char *language)
{
	struct outcome *outcome = &stage->session.outcome;
	enum err err;

	stage->session.released = true;
	wire_request_init(&stage->message, WIRE_PREFERENCES);
	wire_put(stage->message.u.preferences.language,
	    sizeof stage->message.u.preferences.language, language);
	assert_int_equal(request_answer(&stage->keeper, &stage->session, STAGE_NOW), ERR_OK);
	assert_int_equal(outcome->kind, OUTCOME_ANSWER);
	stage->session.state = outcome->after;
	err = (enum err)outcome->reply->err;
	assert_true(err != ERR_PAUSED || outcome->reply->wait > 0);
	outcome_clear(outcome);
	return err;
}

/* Each is a row that stays: whoever is signed in could fill the disk with them. */
static void
a_session_changes_them_so_often_a_minute(void **state)
{
	struct stage *stage = *state;
	int64_t before = stage_rows(stage);

	for (int i = 0; i < 20; i++)
		assert_int_equal(prefer_again(stage, i % 2 == 0 ? "fr" : "en"), ERR_OK);
	assert_int_equal(stage_rows(stage), before + 20);
	assert_int_equal(prefer_again(stage, "fr"), ERR_PAUSED);
	assert_string_equal(account_of(stage, "alice").language, "en");
	stage->session.state.changes_at -= 60; /* a minute later */
	assert_int_equal(prefer_again(stage, "fr"), ERR_OK);
}

static void
nobody_elses_is_changed(void **state)
{
	struct stage *stage = *state;
	struct account other = { .name = "bob", .enabled = true };
	int64_t id = 0;

	assert_int_equal(store_user_add(stage->keeper.store, &other, "bob", "phc", &id), ERR_OK);
	assert_int_equal(prefer(stage, "fr"), ERR_OK);
	assert_int_equal(prefer_plain(stage, true), ERR_OK);
	assert_string_equal(account_of(stage, "bob").language, "");
	assert_false(account_of(stage, "bob").plain);
}

static void
it_is_told_with_a_right_password(void **state)
{
	struct stage *stage = *state;
	struct wire_reply reply;

	assert_int_equal(prefer(stage, "fr"), ERR_OK);
	assert_int_equal(prefer_plain(stage, true), ERR_OK);
	reply = sign_in(stage, true);
	assert_int_equal(reply.err, ERR_OK);
	assert_string_equal(reply.u.signin.language, "fr");
	assert_true(reply.u.signin.plain);
}

/* It would say that there is such a person. */
static void
it_is_not_told_with_a_wrong_one(void **state)
{
	static const char nothing[ACCOUNT_LANGUAGE_SIZE];
	struct stage *stage = *state;
	struct wire_reply reply;

	assert_int_equal(prefer(stage, "fr"), ERR_OK);
	assert_int_equal(prefer_plain(stage, true), ERR_OK);
	reply = sign_in(stage, false);
	assert_int_equal(reply.err, ERR_CREDENTIALS);
	assert_memory_equal(reply.u.signin.language, nothing, sizeof nothing);
	assert_false(reply.u.signin.plain);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		STAGE_TEST(a_language_is_kept_and_stands_in_the_account),
		STAGE_TEST(one_changes_and_the_other_stays),
		STAGE_TEST(plain_text_is_in_the_trail),
		STAGE_TEST(it_is_in_the_trail),
		STAGE_TEST(what_is_no_tag_is_refused_and_changes_nothing),
		STAGE_TEST(a_session_changes_them_so_often_a_minute),
		STAGE_TEST(nobody_elses_is_changed),
		STAGE_TEST(it_is_told_with_a_right_password),
		STAGE_TEST(it_is_not_told_with_a_wrong_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
