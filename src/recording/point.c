/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recording/point.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

static const char digits[] = "0123456789abcdef";

bool
point_run_valid(const char *text)
{
	return strlen(text) == POINT_RUN_SIZE - 1 && strspn(text, digits) == POINT_RUN_SIZE - 1;
}

/* A command's name has no comma (core/command.h): the first mark is the right one. */
static const char *
behind_run(const char *detail, char ret_run[POINT_RUN_SIZE])
{
	static const char mark[] = ", run ";
	const char *at = strstr(detail, mark);

	if (at == NULL || strspn(at + sizeof mark - 1, digits) != POINT_RUN_SIZE - 1)
		return NULL;
	at += sizeof mark - 1;
	memcpy(ret_run, at, POINT_RUN_SIZE - 1);
	ret_run[POINT_RUN_SIZE - 1] = '\0';
	return at + POINT_RUN_SIZE - 1;
}

bool
point_run(const char *detail, char ret_run[POINT_RUN_SIZE])
{
	return behind_run(detail, ret_run) != NULL;
}

bool
point_parse(const char *detail, struct point *ret_point)
{
	static const char mark[] = " bytes, sha256 ";
	const char *at = behind_run(detail, ret_point->run);
	char *end;

	if (at == NULL || at[0] != ',' || at[1] != ' ' || at[2] < '0' || at[2] > '9')
		return false;
	errno = 0;
	ret_point->bytes = strtoll(at + 2, &end, 10);
	if (errno != 0 || strncmp(end, mark, sizeof mark - 1) != 0)
		return false;
	at = end + sizeof mark - 1;
	if (strlen(at) != POINT_HASH_SIZE - 1 || strspn(at, digits) != POINT_HASH_SIZE - 1)
		return false;
	memcpy(ret_point->hash, at, POINT_HASH_SIZE);
	return true;
}

bool
point_pruned(const char *detail, int64_t *ret_before)
{
	static const char mark[] = ", before ";
	const char *at = strstr(detail, mark);
	char *end;

	if (at == NULL)
		return false;
	errno = 0;
	*ret_before = strtoll(at + sizeof mark - 1, &end, 10);
	return errno == 0 && *end == '\0' && end > at + sizeof mark - 1;
}
