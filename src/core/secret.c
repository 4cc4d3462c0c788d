/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "core/secret.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { CAPACITY_MAX = 65536 };

static size_t
page_size(void)
{
	long size = sysconf(_SC_PAGESIZE);

	return size > 0 ? (size_t)size : 4096;
}

/* Whole pages for capacity bytes. */
static size_t
span(size_t capacity)
{
	size_t page = page_size();

	return (capacity + page - 1) / page * page;
}

/*
 * Keep the pages out of core dumps, and zeroed in a child. Zeroed is better than unmapped: a child
 * that frees what it inherited must not crash. An old kernel may lack either advice; the process is
 * not dumpable anyway.
 */
static bool
guard(unsigned char *bytes, size_t size)
{
	if (madvise(bytes, size, MADV_WIPEONFORK) != 0)
		(void)madvise(bytes, size, MADV_DONTFORK);
	(void)madvise(bytes, size, MADV_DONTDUMP);
	return mlock(bytes, size) == 0;
}

/* Guard pages before and after, so that an overrun crashes. */
static unsigned char *
map_pages(size_t size)
{
	size_t page = page_size();
	unsigned char *whole = mmap(NULL, size + 2 * page, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS,
	    -1, 0);

	if (whole == MAP_FAILED)
		return NULL;
	if (mprotect(whole + page, size, PROT_READ | PROT_WRITE) != 0) {
		munmap(whole, size + 2 * page);
		return NULL;
	}
	return whole + page;
}

enum err
secret_new(size_t capacity, struct secret **ret_secret)
{
	struct secret *secret = NULL;
	enum err err = ERR_MEMORY;

	if (capacity == 0 || capacity > CAPACITY_MAX)
		return ERR_FAILED;
	secret = calloc(1, sizeof *secret);
	if (secret == NULL)
		goto out;
	secret->bytes = map_pages(span(capacity));
	if (secret->bytes == NULL)
		goto out;
	secret->capacity = capacity;
	secret->locked = guard(secret->bytes, span(capacity));
	*ret_secret = secret;
	secret = NULL;
	err = ERR_OK;
out:
	free(secret);
	return err;
}

enum err
secret_from(const void *bytes, size_t length, struct secret **ret_secret)
{
	struct secret *secret;
	enum err err;

	if (length >= CAPACITY_MAX)
		return ERR_FAILED;
	err = secret_new(length + 1, &secret);
	if (err != ERR_OK)
		return err;
	if (length > 0)
		memcpy(secret->bytes, bytes, length);
	secret->length = length;
	*ret_secret = secret;
	return ERR_OK;
}

void
secret_free(struct secret *secret)
{
	int kept = errno;
	size_t page = page_size();

	if (secret == NULL)
		return;
	secret_wipe(secret->bytes, secret->capacity);
	munmap(secret->bytes - page, span(secret->capacity) + 2 * page);
	secret_wipe(secret, sizeof *secret);
	free(secret);
	errno = kept;
}

void
secret_clear(struct secret *secret)
{
	secret_wipe(secret->bytes, secret->capacity);
	secret->length = 0;
}

void
secret_wipe(void *bytes, size_t length)
{
	if (length > 0)
		explicit_bzero(bytes, length);
}

bool
secret_equal(const void *a, const void *b, size_t length)
{
	/* volatile: the compiler may not stop at the first difference. */
	const volatile unsigned char *left = a;
	const volatile unsigned char *right = b;
	unsigned difference = 0;

	for (size_t i = 0; i < length; i++)
		difference |= (unsigned)(left[i] ^ right[i]);
	return difference == 0;
}
