/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/hash_queue.h"

/* Places that no other share can take. */
static const size_t kept[SHARE_COUNT] = {
	[SHARE_STRANGER] = 0,
	[SHARE_PASSWORD] = 24,
	[SHARE_IN] = 24,
	[SHARE_HOST] = 16,
};

_Static_assert((int)HASH_COMMON + 24 + 24 + 16 == (int)HASH_QUEUE_MAX, "places are all there is");

/* --- groups ------------------------------------------------------------------ */

static struct hash_group *
find(const struct hash_queue *queue, enum share share, uint64_t key)
{
	struct hash_group *group = queue->first[share];

	while (group != NULL && group->key != key)
		group = group->next;
	return group;
}

static void
append(struct hash_queue *queue, struct hash_group *group)
{
	group->next = NULL;
	if (queue->last[group->share] != NULL)
		queue->last[group->share]->next = group;
	else
		queue->first[group->share] = group;
	queue->last[group->share] = group;
}

static void
take_out(struct hash_queue *queue, struct hash_group *group)
{
	struct hash_group **link = &queue->first[group->share], *before = NULL;

	while (*link != group) {
		before = *link;
		link = &before->next;
	}
	*link = group->next;
	if (queue->last[group->share] == group)
		queue->last[group->share] = before;
}

/* Each group has a place at least, so there are never more groups than places. */
static struct hash_group *
begin(struct hash_queue *queue, enum share share, uint64_t key)
{
	struct hash_group *group = queue->free;

	if (group != NULL)
		queue->free = group->next;
	else
		group = &queue->groups[queue->used++];
	*group = (struct hash_group){ .share = share, .key = key };
	append(queue, group);
	return group;
}

/* A group without a place goes. */
static void
end_if_empty(struct hash_queue *queue, struct hash_group *group)
{
	if (group->booked + group->waiting > 0)
		return;
	take_out(queue, group);
	group->next = queue->free;
	queue->free = group;
}

/* --- room -------------------------------------------------------------------- */

static bool
room(const struct hash_queue *queue, enum share share)
{
	size_t common = 0;

	if (queue->count[share] < kept[share])
		return true;
	for (int s = 0; s < SHARE_COUNT; s++)
		if (queue->count[s] > kept[s])
			common += queue->count[s] - kept[s];
	return common < HASH_COMMON;
}

bool
hash_queue_book(struct hash_queue *queue, enum share share, uint64_t key)
{
	struct hash_group *group = find(queue, share, key);

	if (!room(queue, share) ||
	    (group != NULL && group->booked + group->waiting >= HASH_GROUP_MAX))
		return false;
	if (group == NULL)
		group = begin(queue, share, key);
	group->booked++;
	queue->count[share]++;
	return true;
}

void
hash_queue_unbook(struct hash_queue *queue)
{
	struct hash_group *next;

	for (int share = 0; share < SHARE_COUNT; share++)
		for (struct hash_group *group = queue->first[share]; group != NULL; group = next) {
			next = group->next;
			queue->count[share] -= group->booked;
			group->booked = 0;
			end_if_empty(queue, group);
		}
}

/* --- places ------------------------------------------------------------------ */

bool
hash_queue_put(struct hash_queue *queue, struct hash_place *place, enum share share, uint64_t key)
{
	struct hash_group *group = find(queue, share, key);

	if (group == NULL || group->booked == 0) {
		if (!hash_queue_book(queue, share, key))
			return false;
		group = find(queue, share, key);
	}
	group->booked--;
	group->waiting++;
	*place = (struct hash_place){ .group = group, .before = group->last };
	if (group->last != NULL)
		group->last->after = place;
	else
		group->first = place;
	group->last = place;
	return true;
}

bool
hash_queue_remove(struct hash_queue *queue, struct hash_place *place)
{
	struct hash_group *group = place->group;

	if (group == NULL)
		return false;
	if (place->before != NULL)
		place->before->after = place->after;
	else
		group->first = place->after;
	if (place->after != NULL)
		place->after->before = place->before;
	else
		group->last = place->before;
	*place = (struct hash_place){ 0 };
	group->waiting--;
	queue->count[group->share]--;
	end_if_empty(queue, group);
	return true;
}

/* The first group of a share's ring in which somebody waits, or NULL. */
static struct hash_group *
waiting_in(const struct hash_queue *queue, enum share share)
{
	struct hash_group *group = queue->first[share];

	while (group != NULL && group->waiting == 0)
		group = group->next;
	return group;
}

/* The host; else the next share in which somebody waits, beginning after the one served last. */
static struct hash_group *
whose_turn(const struct hash_queue *queue)
{
	struct hash_group *group = waiting_in(queue, SHARE_HOST);

	for (int i = 1; group == NULL && i <= SHARE_COUNT; i++)
		group = waiting_in(queue, (enum share)(((int)queue->served + i) % SHARE_COUNT));
	return group;
}

struct hash_place *
hash_queue_take(struct hash_queue *queue)
{
	struct hash_group *group = whose_turn(queue);
	struct hash_place *place;

	if (group == NULL)
		return NULL;
	place = group->first;
	if (group->share != SHARE_HOST) /* it goes out of turn, and takes nobody's */
		queue->served = group->share;
	take_out(queue, group);
	append(queue, group);
	hash_queue_remove(queue, place);
	return place;
}

bool
hash_queue_empty(const struct hash_queue *queue)
{
	return whose_turn(queue) == NULL;
}
