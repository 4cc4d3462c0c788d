/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What a function leaves behind of a secret when it has returned: on its stack, which is one of its
 * own here and looked at afterwards, and in memory that it gave back. A search of a whole process
 * finds such remains only until the next call writes over them.
 *
 * Needs LDFLAGS -Wl,--wrap=free, and cmocka.h before it.
 */
#ifndef TESTS_UNIT_LEFT_H
#define TESTS_UNIT_LEFT_H

#include <malloc.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

/* A sanitizer puts variables, and copies of its own, where it likes: then the stack tells nothing.
 */
#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define LEFT_SANITIZED true
#endif
#endif
#ifndef LEFT_SANITIZED
#define LEFT_SANITIZED false
#endif

enum { LEFT_STACK = 1 << 20, LEFT_ROOM = 1 << 16, LEFT_PIECE = 8 };

struct left {
	const unsigned char *bytes; /* the secret */
	size_t length;
	void (*run)(void *context);
	void *context;
	int fd;	      /* of the stack */
	size_t freed; /* blocks given back with a piece of it */
};

static struct left left_now;

/* Any eight bytes of it; the whole of a shorter one. */
static inline bool
left_in(const void *where, size_t size)
{
	size_t piece = left_now.length < LEFT_PIECE ? left_now.length : LEFT_PIECE;

	for (size_t at = 0; at + piece <= left_now.length; at++)
		if (memmem(where, size, left_now.bytes + at, piece) != NULL)
			return true;
	return false;
}

void
__real_free(void *block);

void
__wrap_free(void *block);

void
__wrap_free(void *block)
{
	if (block != NULL && left_now.bytes != NULL && left_in(block, malloc_usable_size(block)))
		left_now.freed++;
	__real_free(block);
}

/* Below so much room that the end of the thread does not write over what was left. */
static inline void *
left_thread(void *unused)
{
	volatile char room[LEFT_ROOM];

	(void)unused;
	room[0] = 0;
	left_now.run(left_now.context);
	return room[0] == 0 ? NULL : unused;
}

/* Memory that can be looked at a second time: what valgrind knows of a stack ends with its thread.
 */
static inline void *
left_map(void)
{
	void *where = mmap(NULL, LEFT_STACK, PROT_READ | PROT_WRITE, MAP_SHARED, left_now.fd, 0);

	assert_true(where != MAP_FAILED);
	return where;
}

/* Runs it, with its context, which asserts nothing. Its stack is there until left_done(). */
static inline void
left_run(void (*run)(void *context), void *context, const void *secret, size_t length)
{
	pthread_attr_t attributes;
	pthread_t thread;
	void *stack;

	left_now = (struct left){ secret, length, run, context, memfd_create("stack", 0), 0 };
	assert_int_equal(ftruncate(left_now.fd, LEFT_STACK), 0);
	stack = left_map();
	assert_int_equal(pthread_attr_init(&attributes), 0);
	assert_int_equal(pthread_attr_setstack(&attributes, stack, LEFT_STACK), 0);
	assert_int_equal(pthread_create(&thread, &attributes, left_thread, NULL), 0);
	assert_int_equal(pthread_join(thread, NULL), 0);
	assert_int_equal(pthread_attr_destroy(&attributes), 0);
	assert_int_equal(munmap(stack, LEFT_STACK), 0);
}

static inline void
left_done(void)
{
	left_now.bytes = NULL;
	close(left_now.fd);
}

static inline bool
left_on_stack(void)
{
	void *stack = left_map();
	bool found = !LEFT_SANITIZED && left_in(stack, LEFT_STACK);

	assert_int_equal(munmap(stack, LEFT_STACK), 0);
	return found;
}

/* Nothing of the secret is left by it. */
static inline void
left_nothing(void (*run)(void *context), void *context, const void *secret, size_t length)
{
	left_run(run, context, secret, length);
	assert_false(left_on_stack());
	assert_int_equal(left_now.freed, 0);
	left_done();
}

/* Between left_run() and left_done(): nor, on the stack, of what was made there. */
static inline void
left_nothing_made(const void *secret, size_t length)
{
	left_now.bytes = secret;
	left_now.length = length;
	assert_false(left_on_stack());
}

#endif
