/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/admission.h"

#include <stdlib.h>

enum { TABLE_SIZE = 4096 }; /* a power of two */

static const size_t limits[SHARE_COUNT] = {
	[SHARE_STRANGER] = 1344,
	[SHARE_PASSWORD] = 1024,
	[SHARE_IN] = 1024,
	[SHARE_HOST] = 64,
	[SHARE_PAM] = 512,
	[SHARE_SERVICE] = 128,
};

_Static_assert(1344 + 1024 + 1024 + 64 + 512 + 128 == (int)ADMISSION_LINES,
    "the shares are all there is");

/* The lines of one source in one share, the longest idle first. */
struct admission_group {
	enum share share;
	uint64_t key;
	size_t count;
	struct admission_line *oldest, *newest;
	struct admission_group *before, *after; /* of the share, in no order */
	struct admission_group *chain;		/* of the table; or the next that is free */
};

/* A group has a line at least, so there are never more groups than lines. */
struct admission {
	size_t count[SHARE_COUNT];
	struct admission_group *groups[SHARE_COUNT];
	uint64_t answers; /* how many there were */
	struct admission_group *free;
	size_t used; /* of pool, from its start */
	struct admission_group *table[TABLE_SIZE];
	struct admission_group pool[ADMISSION_LINES];
};

struct admission *
admission_new(void)
{
	return calloc(1, sizeof(struct admission));
}

void
admission_free(struct admission *admission)
{
	free(admission);
}

static const char *const names[SHARE_COUNT] = {
	[SHARE_STRANGER] = "stranger",
	[SHARE_PASSWORD] = "password",
	[SHARE_IN] = "signed-in",
	[SHARE_HOST] = "host",
	[SHARE_PAM] = "pam",
	[SHARE_SERVICE] = "service",
};

const char *
admission_name(enum share share)
{
	return names[share];
}

size_t
admission_limit(enum share share)
{
	return limits[share];
}

size_t
admission_count(const struct admission *admission, enum share share)
{
	return admission->count[share];
}

bool
admission_full(const struct admission *admission, enum share share)
{
	return admission->count[share] >= limits[share];
}

/* --- groups ------------------------------------------------------------------ */

/* An attacker who finds many sources in one slot costs us some comparisons, and no more. */
static struct admission_group **
slot(struct admission *admission, enum share share, uint64_t key)
{
	uint64_t mixed = (key ^ (uint64_t)share << 60) * UINT64_C(0x9e3779b97f4a7c15);

	return &admission->table[mixed >> 52];
}

_Static_assert((int)TABLE_SIZE == 1 << (64 - 52), "slot() reaches the whole table");

static struct admission_group *
find(struct admission *admission, enum share share, uint64_t key)
{
	struct admission_group *group = *slot(admission, share, key);

	while (group != NULL && (group->share != share || group->key != key))
		group = group->chain;
	return group;
}

static struct admission_group *
take_free(struct admission *admission)
{
	struct admission_group *group = admission->free;

	if (group == NULL)
		return &admission->pool[admission->used++];
	admission->free = group->chain;
	return group;
}

static struct admission_group *
begin(struct admission *admission, enum share share, uint64_t key)
{
	struct admission_group *group = take_free(admission), **head = slot(admission, share, key);

	*group = (struct admission_group){ .share = share,
		.key = key,
		.after = admission->groups[share],
		.chain = *head };
	*head = group;
	if (group->after != NULL)
		group->after->before = group;
	admission->groups[share] = group;
	return group;
}

static void
end(struct admission *admission, struct admission_group *group)
{
	struct admission_group **link = slot(admission, group->share, group->key);

	while (*link != group)
		link = &(*link)->chain;
	*link = group->chain;
	if (group->after != NULL)
		group->after->before = group->before;
	if (group->before != NULL)
		group->before->after = group->after;
	else
		admission->groups[group->share] = group->after;
	group->chain = admission->free;
	admission->free = group;
}

/* --- lines ------------------------------------------------------------------- */

/* At the end of its group: the least idle. */
static void
append(struct admission *admission, struct admission_group *group, struct admission_line *line)
{
	line->group = group;
	line->answered = ++admission->answers;
	line->newer = NULL;
	line->older = group->newest;
	if (line->older != NULL)
		line->older->newer = line;
	else
		group->oldest = line;
	group->newest = line;
	group->count++;
}

static void
unlink_line(struct admission_line *line)
{
	struct admission_group *group = line->group;

	if (line->older != NULL)
		line->older->newer = line->newer;
	else
		group->oldest = line->newer;
	if (line->newer != NULL)
		line->newer->older = line->older;
	else
		group->newest = line->older;
	line->older = line->newer = NULL;
	line->group = NULL;
	group->count--;
}

enum err
admission_enter(struct admission *admission, struct admission_line *line, enum share share,
    uint64_t key)
{
	struct admission_group *group;

	if (admission_full(admission, share))
		return ERR_BUSY;
	group = find(admission, share, key);
	if (group == NULL)
		group = begin(admission, share, key);
	append(admission, group, line);
	admission->count[share]++;
	return ERR_OK;
}

void
admission_leave(struct admission *admission, struct admission_line *line)
{
	struct admission_group *group = line->group;

	if (group == NULL)
		return;
	unlink_line(line);
	admission->count[group->share]--;
	if (group->count == 0)
		end(admission, group);
}

void
admission_touch(struct admission *admission, struct admission_line *line)
{
	struct admission_group *group = line->group;

	if (group == NULL)
		return;
	unlink_line(line);
	append(admission, group, line);
}

enum err
admission_move(struct admission *admission, struct admission_line *line, enum share share,
    uint64_t key)
{
	bool within = line->group != NULL && line->group->share == share;

	if (!within && admission_full(admission, share))
		return ERR_BUSY;
	admission_leave(admission, line);
	return admission_enter(admission, line, share, key);
}

struct admission_line *
admission_yield(const struct admission *admission, enum share share)
{
	const struct admission_group *most = admission->groups[share];

	if (most == NULL)
		return NULL;
	for (const struct admission_group *group = most->after; group != NULL; group = group->after)
		if (group->count > most->count ||
		    (group->count == most->count &&
			group->oldest->answered < most->oldest->answered))
			most = group;
	return most->oldest;
}
