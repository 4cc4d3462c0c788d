/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "signin_facts.h"

/*
 * The theorem: signed in is reached only through a good password, and then
 * through a good code or recovery code wherever 2FA is configured or mandatory.
 * The tests keep their own record of what a person has shown, from the events
 * alone, and never look at the machine's flags to decide.
 */
struct shown {
	bool password;
	bool code;
	bool home; /* home was reached in this session */
};

enum { FACTS = 128, DEPTH = 7 };

/* What the person has shown after the event. */
static struct shown
record(struct shown shown, enum signin_door door, enum signin_event event)
{
	switch (event) {
	case SIGNIN_PASSWORD_GOOD:
		if (door == DOOR_HOME)
			return shown; /* a proof for one request, not a door */
		return (struct shown){ .password = true, .home = shown.home };
	case SIGNIN_CODE_GOOD:
	case SIGNIN_RECOVERY_GOOD:
	case SIGNIN_CONFIGURED:
	case SIGNIN_RENEW: /* its proof was a code */
		shown.code = shown.password;
		return shown;
	case SIGNIN_BACK:
	case SIGNIN_END:
		return (struct shown){ .password = false };
	case SIGNIN_PASSWORD_BAD:
	case SIGNIN_CODE_BAD:
	case SIGNIN_RECOVERY_BAD:
	case SIGNIN_REFUSED:
	case SIGNIN_NEW_PASSWORD:
	case SIGNIN_NEW_PASSWORD_BAD:
	case SIGNIN_CONFIGURE_BAD:
	case SIGNIN_CODES_SAVED:
	case SIGNIN_LOCK:
	case SIGNIN_NOT_NOW:
	case SIGNIN_JUDGED:
	case SIGNIN_COUNT:
		break;
	}
	return shown;
}

/* Refusals and errors: none of them may ever open a door. */
static bool
is_bad(enum signin_event event)
{
	return event == SIGNIN_PASSWORD_BAD || event == SIGNIN_CODE_BAD ||
	    event == SIGNIN_RECOVERY_BAD || event == SIGNIN_REFUSED ||
	    event == SIGNIN_NEW_PASSWORD_BAD || event == SIGNIN_CONFIGURE_BAD ||
	    event == SIGNIN_BACK || event == SIGNIN_END;
}

/* One step, with everything that must hold of any step. */
static struct signin
step(struct signin now, struct shown *shown, enum signin_event event,
    const struct signin_facts *facts)
{
	unsigned effects = 0xffff;
	struct signin then = signin_next(now, event, facts, &effects);

	assert_true((unsigned)then.door < DOOR_COUNT);
	assert_true(effects < EFFECT_FORGET << 1);
	*shown = record(*shown, now.door, event);
	if (then.door == DOOR_HOME && now.door != DOOR_HOME) {
		assert_false(is_bad(event));
		assert_non_null(facts);
		assert_true(facts->enabled);
		assert_true(shown->password);
		if (facts->has_2fa || facts->mandatory)
			assert_true(shown->code && facts->has_2fa);
		assert_false(facts->password_due);
		assert_false(facts->has_2fa && facts->codes_unsaved);
		assert_false(facts->has_2fa && facts->replace_due);
		assert_false(facts->has_2fa && facts->doubts);
		assert_int_equal((effects & EFFECT_SIGNED_IN) != 0, !shown->home);
		shown->home = true;
	} else {
		assert_int_equal(effects & EFFECT_SIGNED_IN, 0);
	}
	/* A locked session opens by a proof alone, and by a code wherever there is one. */
	if (now.door == DOOR_LOCKED && then.door != DOOR_LOCKED && then.door != DOOR_CLOSED) {
		assert_true(event == SIGNIN_PASSWORD_GOOD || event == SIGNIN_CODE_GOOD ||
		    event == SIGNIN_RECOVERY_GOOD);
		if (then.door == DOOR_HOME && facts->has_2fa)
			assert_int_not_equal(event, SIGNIN_PASSWORD_GOOD);
	}
	/* Only a good password leaves the first door. */
	if (now.door == DOOR_NAME && then.door != DOOR_NAME && then.door != DOOR_CLOSED)
		assert_int_equal(event, SIGNIN_PASSWORD_GOOD);
	if (is_bad(event) && then.door != DOOR_CLOSED && place_of(then.door) > place_of(now.door))
		fail_msg("event %d led from door %d to %d", event, now.door, then.door);
	if (now.door == DOOR_CLOSED)
		assert_int_equal(then.door, DOOR_CLOSED);
	/* A session that ends takes nothing with it but its failures. */
	if (then.door == DOOR_CLOSED)
		assert_int_equal(effects & ~(unsigned)(EFFECT_COUNT_PASSWORD | EFFECT_COUNT_CODE),
		    0);
	if (then.door == DOOR_CLOSED)
		*shown = (struct shown){ .home = shown->home };
	return then;
}

/* Every door, every flag, every event, all facts and none: home needs the flags too. */
static void
every_pair(void **state)
{
	(void)state;
	for (unsigned door = 0; door < DOOR_COUNT; door++)
		for (unsigned flags = 0; flags < 8; flags++)
			for (unsigned event = 0; event < SIGNIN_COUNT; event++)
				for (unsigned bits = 0; bits <= FACTS; bits++) {
					/* Who stands at home has been there. */
					bool home = (flags & 4) != 0 || door == DOOR_HOME;
					struct signin_facts facts = facts_of(bits);
					struct signin now = { (enum signin_door)door, flags & 1,
						flags & 2, home };
					struct shown shown = { flags & 1, (flags & 3) == 3, home };

					step(now, &shown, (enum signin_event)event,
					    bits < FACTS ? &facts : NULL);
				}
}

/* The pairs of the table, by what a person meets; all others must close. */
static const struct {
	enum signin_door door;
	enum signin_event event;
} open_pairs[] = {
	{ DOOR_NAME, SIGNIN_PASSWORD_GOOD },
	{ DOOR_NAME, SIGNIN_PASSWORD_BAD },
	{ DOOR_NAME, SIGNIN_REFUSED },
	{ DOOR_CODE, SIGNIN_CODE_GOOD },
	{ DOOR_CODE, SIGNIN_CODE_BAD },
	{ DOOR_CODE, SIGNIN_RECOVERY_GOOD },
	{ DOOR_CODE, SIGNIN_RECOVERY_BAD },
	{ DOOR_CODE, SIGNIN_REFUSED },
	{ DOOR_CODE, SIGNIN_BACK },
	{ DOOR_PASSWORD, SIGNIN_NEW_PASSWORD },
	{ DOOR_PASSWORD, SIGNIN_NEW_PASSWORD_BAD },
	{ DOOR_PASSWORD, SIGNIN_REFUSED },
	{ DOOR_PASSWORD, SIGNIN_BACK },
	{ DOOR_CONFIGURE, SIGNIN_CONFIGURED },
	{ DOOR_CONFIGURE, SIGNIN_CONFIGURE_BAD },
	{ DOOR_CONFIGURE, SIGNIN_REFUSED },
	{ DOOR_CONFIGURE, SIGNIN_BACK },
	{ DOOR_CONFIGURE, SIGNIN_NOT_NOW },
	{ DOOR_RECOVERY, SIGNIN_CODES_SAVED },
	{ DOOR_DOUBT, SIGNIN_JUDGED },
	{ DOOR_DOUBT, SIGNIN_REFUSED },
	{ DOOR_DOUBT, SIGNIN_BACK },
	{ DOOR_HOME, SIGNIN_CONFIGURED },
	{ DOOR_HOME, SIGNIN_CONFIGURE_BAD },
	{ DOOR_HOME, SIGNIN_REFUSED },
	{ DOOR_HOME, SIGNIN_PASSWORD_GOOD },
	{ DOOR_HOME, SIGNIN_PASSWORD_BAD },
	{ DOOR_HOME, SIGNIN_CODE_GOOD },
	{ DOOR_HOME, SIGNIN_CODE_BAD },
	{ DOOR_HOME, SIGNIN_RECOVERY_GOOD },
	{ DOOR_HOME, SIGNIN_RECOVERY_BAD },
	{ DOOR_HOME, SIGNIN_NEW_PASSWORD },
	{ DOOR_HOME, SIGNIN_RENEW },
	{ DOOR_HOME, SIGNIN_LOCK },
	{ DOOR_LOCKED, SIGNIN_PASSWORD_GOOD },
	{ DOOR_LOCKED, SIGNIN_PASSWORD_BAD },
	{ DOOR_LOCKED, SIGNIN_CODE_GOOD },
	{ DOOR_LOCKED, SIGNIN_CODE_BAD },
	{ DOOR_LOCKED, SIGNIN_RECOVERY_GOOD },
	{ DOOR_LOCKED, SIGNIN_RECOVERY_BAD },
	{ DOOR_LOCKED, SIGNIN_REFUSED },
};

static bool
is_open(unsigned door, unsigned event)
{
	for (size_t i = 0; i < sizeof open_pairs / sizeof open_pairs[0]; i++)
		if (open_pairs[i].door == door && open_pairs[i].event == event)
			return true;
	return false;
}

static void
what_is_not_listed_closes(void **state)
{
	(void)state;
	for (unsigned door = 0; door <= DOOR_COUNT; door++)
		for (unsigned event = 0; event <= SIGNIN_COUNT; event++) {
			bool lived = false;

			for (unsigned bits = 0; bits < FACTS; bits++)
				for (unsigned code = 0; code < 2; code++) {
					struct signin_facts facts = facts_of(bits);
					struct signin now = { (enum signin_door)door, true, code,
						false };
					unsigned effects = 0xffff;
					struct signin then = signin_next(now,
					    (enum signin_event)event, &facts, &effects);

					if (then.door != DOOR_CLOSED)
						lived = true;
					else if (!is_open(door, event))
						assert_int_equal(effects, 0);
				}
			assert_int_equal(lived, is_open(door, event));
		}
}

/* Every sequence to length 7 from the start, the facts fixed. A closed session stays closed. */
static unsigned long
walk_fixed(struct signin now, struct shown shown, const struct signin_facts *facts, int depth)
{
	unsigned long steps = 0;

	if (depth == 0)
		return 0;
	for (unsigned event = 0; event < SIGNIN_COUNT; event++) {
		struct shown after = shown;
		struct signin then = step(now, &after, (enum signin_event)event, facts);

		steps++;
		if (then.door != DOOR_CLOSED)
			steps += walk_fixed(then, after, facts, depth - 1);
	}
	return steps;
}

static void
every_sequence_with_fixed_facts(void **state)
{
	unsigned long steps = 0;

	(void)state;
	for (unsigned bits = 0; bits < FACTS; bits++) {
		struct signin_facts facts = facts_of(bits);

		steps += walk_fixed(signin_start(), (struct shown){ .password = false }, &facts,
		    DEPTH);
	}
	assert_true(steps > 100000);
}

/* What an event changes in the world before the machine hears of it. */
static struct signin_facts
world_after(struct signin_facts facts, enum signin_event event)
{
	if (event == SIGNIN_CONFIGURED) {
		facts.has_2fa = facts.codes_unsaved = true;
		facts.replace_due = false;
	}
	if (event == SIGNIN_NEW_PASSWORD)
		facts.password_due = false;
	if (event == SIGNIN_CODES_SAVED)
		facts.codes_unsaved = false;
	if (event == SIGNIN_JUDGED)
		facts.doubts = false;
	if (event == SIGNIN_RENEW && facts.has_2fa)
		facts.codes_unsaved = true;
	return facts;
}

/* Every sequence to length 7 where each event does what it says; counts the ways home. */
static unsigned long
walk_world(struct signin now, struct shown shown, struct signin_facts facts, int depth)
{
	unsigned long homes = 0;

	if (depth == 0)
		return 0;
	for (unsigned event = 0; event < SIGNIN_COUNT; event++) {
		struct signin_facts changed = world_after(facts, (enum signin_event)event);
		struct shown after = shown;
		struct signin then = step(now, &after, (enum signin_event)event, &changed);

		if (then.door == DOOR_HOME && now.door != DOOR_HOME)
			homes++;
		if (then.door != DOOR_CLOSED)
			homes += walk_world(then, after, changed, depth - 1);
	}
	return homes;
}

static void
every_sequence_where_events_act(void **state)
{
	(void)state;
	for (unsigned bits = 0; bits < FACTS; bits++) {
		struct signin_facts facts = facts_of(bits);
		unsigned long homes = walk_world(signin_start(),
		    (struct shown){ .password = false }, facts, DEPTH);

		/* Whoever is enabled has a way in, and nobody else has. */
		assert_int_equal(homes > 0, facts.enabled);
	}
}

/* A session and what its person has shown, as one number. */
static unsigned
index_of(const struct signin *now, const struct shown *shown)
{
	return ((((((unsigned)now->door * 2 + now->password_passed) * 2 + now->code_passed) * 2 +
		     now->signed_in) *
			2 +
		    shown->password) *
		       2 +
		   shown->code) *
	    2 +
	    shown->home;
}

enum { INDEXES = DOOR_COUNT * 64 };

struct known {
	bool reached;
	struct signin now;
	struct shown shown;
};

/*
 * Every sequence to length 7 where the facts are others at each step: 18 events
 * times 129 facts, so the walk goes by what can be reached, which is the same.
 */
static void
every_sequence_with_changing_facts(void **state)
{
	static struct known known[INDEXES];
	struct signin start = signin_start();
	struct shown nothing = { .password = false };

	(void)state;
	memset(known, 0, sizeof known);
	known[index_of(&start, &nothing)] = (struct known){ true, start, nothing };
	for (int depth = 0; depth < DEPTH; depth++) {
		struct known before[INDEXES];

		memcpy(before, known, sizeof before);
		for (unsigned i = 0; i < INDEXES; i++) {
			if (!before[i].reached)
				continue;
			for (unsigned event = 0; event < SIGNIN_COUNT; event++)
				for (unsigned bits = 0; bits <= FACTS; bits++) {
					struct signin_facts facts = facts_of(bits);
					struct shown shown = before[i].shown;
					struct signin then = step(before[i].now, &shown,
					    (enum signin_event)event, bits < FACTS ? &facts : NULL);

					known[index_of(&then, &shown)] = (struct known){ true, then,
						shown };
				}
		}
	}
	/* The walk went all the way: each door was reached. */
	for (unsigned door = 0; door < DOOR_COUNT; door++) {
		bool reached = false;

		for (unsigned i = 0; i < INDEXES; i++)
			reached |= known[i].reached && known[i].now.door == door;
		assert_true(reached);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_pair),
		cmocka_unit_test(what_is_not_listed_closes),
		cmocka_unit_test(every_sequence_with_fixed_facts),
		cmocka_unit_test(every_sequence_where_events_act),
		cmocka_unit_test(every_sequence_with_changing_facts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
