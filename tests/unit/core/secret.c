/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/secret.h"

/* The address sanitizer replaces mlock() by nothing. */
#ifdef __SANITIZE_ADDRESS__
enum { LOCKS = 0 };
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
enum { LOCKS = 0 };
#else
enum { LOCKS = 1 };
#endif
#else
enum { LOCKS = 1 };
#endif

static void
new_is_zero_and_writable(void **state)
{
	static const size_t sizes[] = { 1, 20, 4095, 4096, 4097, 65536 };

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		struct secret *secret = NULL;

		assert_int_equal(secret_new(sizes[i], &secret), ERR_OK);
		assert_int_equal(secret->capacity, sizes[i]);
		assert_int_equal(secret->length, 0);
		for (size_t j = 0; j < sizes[i]; j++)
			assert_int_equal(secret->bytes[j], 0);
		memset(secret->bytes, 0xaa, secret->capacity);
		secret_free(secret);
	}
}

static void
wrong_sizes_leave_the_result(void **state)
{
	struct secret mine, *secret = &mine;

	(void)state;
	assert_int_not_equal(secret_new(0, &secret), ERR_OK);
	assert_int_not_equal(secret_new(65537, &secret), ERR_OK);
	assert_int_not_equal(secret_new(SIZE_MAX, &secret), ERR_OK);
	assert_int_not_equal(secret_from("x", SIZE_MAX, &secret), ERR_OK);
	assert_int_not_equal(secret_from("x", 65536, &secret), ERR_OK);
	assert_ptr_equal(secret, &mine);
}

static void
from_copies_and_terminates(void **state)
{
	char source[] = "open sesame";
	struct secret *secret, *none;

	(void)state;
	assert_int_equal(secret_from(source, 4, &secret), ERR_OK);
	assert_int_equal(secret->length, 4);
	assert_int_equal(secret->capacity, 5);
	assert_string_equal((char *)secret->bytes, "open");
	assert_string_equal(source, "open sesame");
	secret_free(secret);

	assert_int_equal(secret_from(NULL, 0, &none), ERR_OK);
	assert_int_equal(none->length, 0);
	assert_string_equal((char *)none->bytes, "");
	secret_free(none);
}

static void
free_ignores_null_and_keeps_errno(void **state)
{
	struct secret *secret;

	(void)state;
	secret_free(NULL);
	assert_int_equal(secret_new(100, &secret), ERR_OK);
	errno = EXDEV;
	secret_free(secret);
	assert_int_equal(errno, EXDEV);
}

/* Whether the VmFlags of the mapping at address have the flag (proc(5)). */
static int
has_flag(const void *address, const char *flag)
{
	FILE *maps = fopen("/proc/self/smaps", "r");
	char line[512];
	int inside = 0, found = 0;

	assert_non_null(maps);
	while (fgets(line, sizeof line, maps) != NULL) {
		uintptr_t from, to;

		if (sscanf(line, "%" SCNxPTR "-%" SCNxPTR " ", &from, &to) == 2)
			inside = (uintptr_t)address >= from && (uintptr_t)address < to;
		else if (inside && strncmp(line, "VmFlags:", 8) == 0)
			found = strstr(line, flag) != NULL;
	}
	fclose(maps);
	return found;
}

static void
pages_are_locked_and_out_of_dumps(void **state)
{
	struct secret *secret;

	(void)state;
	assert_int_equal(secret_new(32, &secret), ERR_OK);
	assert_true(has_flag(secret->bytes, " dd")); /* do not dump */
	assert_true(has_flag(secret->bytes, " wf")); /* wipe on fork */
	if (LOCKS)
		assert_int_equal(secret->locked, has_flag(secret->bytes, " lo"));
	secret_free(secret);
}

static void
memory_that_cannot_be_locked_is_used(void **state)
{
	const struct rlimit none = { 0, 0 };
	pid_t child;
	int status;

	(void)state;
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		struct secret *secret;
		int fine;

		/* Root may lock all the same: be nobody. */
		if (setrlimit(RLIMIT_MEMLOCK, &none) != 0 || (getuid() == 0 && setuid(65534) != 0))
			_exit(2);
		fine = secret_from("x", 1, &secret) == ERR_OK && !(LOCKS && secret->locked) &&
		    secret->bytes[0] == 'x';
		secret_free(secret);
		_exit(fine ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
}

static void
a_child_sees_zeros_and_may_free(void **state)
{
	struct secret *secret;
	pid_t child;
	int status;

	(void)state;
	assert_int_equal(secret_from("abc", 3, &secret), ERR_OK);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		int seen = secret->bytes[0] | secret->bytes[1] | secret->bytes[2];

		secret_free(secret);
		_exit(seen == 0 ? 0 : 1);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	assert_int_equal(status, 0);
	assert_string_equal((char *)secret->bytes, "abc");
	secret_free(secret);
}

/* How a child ends that writes at bytes[index], a page away from the secret. */
static int
death_by_writing(long index)
{
	struct secret *secret;
	pid_t child;
	int status;

	assert_int_equal(secret_new(16, &secret), ERR_OK);
	child = fork();
	assert_true(child >= 0);
	if (child == 0) {
		/* A checker of memory may have its own handler. */
		signal(SIGSEGV, SIG_DFL);
		*(volatile unsigned char *)(secret->bytes + index) = 1;
		_exit(0);
	}
	assert_int_equal(waitpid(child, &status, 0), child);
	secret_free(secret);
	return status;
}

static void
an_overrun_ends_the_program(void **state)
{
	long page = sysconf(_SC_PAGESIZE);

	(void)state;
	assert_int_equal(death_by_writing(0), 0);
	assert_true(WIFSIGNALED(death_by_writing(page)));
	assert_true(WIFSIGNALED(death_by_writing(-1)));
}

static void
wipe_clears_exactly_its_bytes(void **state)
{
	unsigned char bytes[8] = { 1, 2, 3, 4, 5, 6, 7, 8 };
	static const unsigned char wiped[8] = { 1, 0, 0, 0, 0, 0, 7, 8 };

	(void)state;
	secret_wipe(bytes + 1, 5);
	assert_memory_equal(bytes, wiped, sizeof bytes);
	secret_wipe(NULL, 0);
}

static void
clear_wipes_and_can_be_filled_again(void **state)
{
	struct secret *secret;

	(void)state;
	assert_int_equal(secret_from("open sesame", 11, &secret), ERR_OK);
	secret_clear(secret);
	assert_int_equal(secret->length, 0);
	assert_int_equal(secret->capacity, 12);
	for (size_t i = 0; i < secret->capacity; i++)
		assert_int_equal(secret->bytes[i], 0);
	memset(secret->bytes, 0xaa, secret->capacity);
	secret_free(secret);
}

static void
equal_compares_every_byte(void **state)
{
	unsigned char a[64], b[64];

	(void)state;
	for (size_t i = 0; i < sizeof a; i++)
		a[i] = b[i] = (unsigned char)i;
	assert_true(secret_equal(a, b, sizeof a));
	assert_true(secret_equal(a, b, 0));
	for (size_t i = 0; i < sizeof a; i++) {
		for (unsigned bit = 1; bit < 256; bit <<= 1) {
			b[i] ^= (unsigned char)bit;
			assert_false(secret_equal(a, b, sizeof a));
			assert_true(secret_equal(a, b, i));
			b[i] ^= (unsigned char)bit;
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_is_zero_and_writable),
		cmocka_unit_test(wrong_sizes_leave_the_result),
		cmocka_unit_test(from_copies_and_terminates),
		cmocka_unit_test(free_ignores_null_and_keeps_errno),
		cmocka_unit_test(pages_are_locked_and_out_of_dumps),
		cmocka_unit_test(memory_that_cannot_be_locked_is_used),
		cmocka_unit_test(a_child_sees_zeros_and_may_free),
		cmocka_unit_test(an_overrun_ends_the_program),
		cmocka_unit_test(wipe_clears_exactly_its_bytes),
		cmocka_unit_test(clear_wipes_and_can_be_filled_again),
		cmocka_unit_test(equal_compares_every_byte),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
