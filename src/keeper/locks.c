/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/locks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "core/text.h"
#include "keeper/guess.h"
#include "keeper/request.h"
#include "store/store_audit.h"
#include "store/store_device.h"
#include "store/store_dump.h"
#include "store/store_user.h"

/* What is collected: the list of names grows with each request, for what is left out is not
 * locked. */
struct collected {
	unsigned flags;
	int64_t *people;
	size_t count;
	char *folds;
	FILE *names;
};

/* Counts are kept by name and by source: whoever tries from there waits for the verdict. The mark
 * keeps it apart from names, of which none has it. */
static void
add_source(struct collected *all, const struct session *session)
{
	fprintf(all->names, "\x01%s\n", session->state.source_key);
}

static void
add_name(struct collected *all, const struct wire_request *request)
{
	const char *name = wire_request_name(request);
	char fold[TEXT_FOLD_SIZE];

	if (name == NULL)
		return;
	(void)text_name_or_bytes(name, strlen(name), fold);
	fprintf(all->names, "%s\n", fold);
}

static void
add_request(struct collected *all, const struct session *session)
{
	const struct wire_request *request = session->request;
	unsigned locks = request_op(request->op)->locks;

	if ((locks & LOCKS_SETTINGS) != 0)
		all->flags |= STORE_LOCK_SETTINGS;
	if ((locks & LOCKS_SUPERS) != 0)
		all->flags |= STORE_LOCK_SUPERS;
	if ((locks & (LOCKS_TARGET | LOCKS_COUNTS)) != 0)
		add_name(all, request);
	if ((locks & LOCKS_COUNTS) != 0)
		add_source(all, session);
}

/* Whoever has passed the first door is asked after in each turn that serves them. */
static void
add_session(struct collected *all, const struct session *session)
{
	if (session->state.user != 0)
		all->people[all->count++] = session->state.user;
	if (session->request != NULL)
		add_request(all, session);
}

/* --- what will be read ------------------------------------------------------------------------ */

struct expected {
	struct keeper *keeper;
	struct session *const *sessions;
	size_t count;
};

/* It is asked again where it counts, and fails there. */
static void
ignore(enum err err)
{
	(void)err;
}

/* What a code at the second door is compared with. */
static void
expect_code(struct keeper *keeper, const struct session_state *state)
{
	struct store_device devices[ACCOUNT_DEVICES_MAX];
	size_t count = ACCOUNT_DEVICES_MAX;

	ignore(store_devices(keeper->store, state->user, devices, &count));
	guess_source_expect(keeper, state);
}

/* Nothing is answered here: the answers come along with the locks. */
static void
expect(struct store *store, const void *context)
{
	const struct expected *expected = context;
	struct keeper *keeper = expected->keeper;
	struct account account;
	struct policy policy;
	struct store_head head;
	int64_t floor;

	ignore(store_policy(store, &policy));
	ignore(store_head(store, &head));
	ignore(store_floor(store, &floor));
	for (size_t i = 0; i < expected->count; i++) {
		const struct session *session = expected->sessions[i];

		if (session->state.user == 0)
			continue;
		ignore(store_user_by_id(store, session->state.user, &account, NULL));
		if (session->request != NULL &&
		    (request_op(session->request->op)->locks & LOCKS_COUNTS) != 0)
			expect_code(keeper, &session->state);
	}
}

/* --- locking ---------------------------------------------------------------------------------- */

static enum err
lock(struct keeper *keeper, struct collected *all, struct session *const *sessions, size_t count)
{
	const struct expected expected = { keeper, sessions, count };
	size_t size = 0;

	all->people = calloc(count + 1, sizeof *all->people);
	all->names = open_memstream(&all->folds, &size);
	if (all->people == NULL || all->names == NULL)
		return ERR_MEMORY;
	for (size_t i = 0; i < count; i++)
		add_session(all, sessions[i]);
	if (fflush(all->names) != 0)
		return ERR_MEMORY;
	if (size > 0)
		all->folds[size - 1] = '\0';
	return store_lock(keeper->store,
	    &(const struct store_locks){ .flags = all->flags,
		.people = all->count,
		.person = all->people,
		.folds = all->folds,
		.expect = expect,
		.context = &expected });
}

enum err
locks_take(struct keeper *keeper, struct session *const *sessions, size_t count, unsigned flags)
{
	struct collected all = { .flags = flags };
	enum err err;

	if (!store_is_shared(keeper->store))
		return ERR_OK;
	err = lock(keeper, &all, sessions, count);
	if (all.names != NULL)
		fclose(all.names);
	free(all.folds);
	free(all.people);
	return err;
}
