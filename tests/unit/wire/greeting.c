/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * Programs of two versions. The bytes below were written by hand and stand for every version from 3
 * on that there ever was: never change them, add others.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <sys/socket.h>
#include <unistd.h>

#include "wire/line.h"

enum { LONGEST = 70000 };

/* The bytes of a u32, in the order that this host has. */
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define U32(number) (number) & 0xff, (number) >> 8 & 0xff, (number) >> 16 & 0xff, (number) >> 24
#else
#define U32(number) (number) >> 24, (number) >> 16 & 0xff, (number) >> 8 & 0xff, (number)&0xff
#endif

static const unsigned char hello[64] = {
	U32(999),			      /* 0: a version of the wire that is not yet */
	U32(1),				      /* 4: a hello */
	U32(0),				      /* 8 */
	'p', 'r', 'o', 'v', 'c', 'o', 'n', 0, /* 12 */
	'1', '0', '.', '2', '3'		      /* 20: up to 64, with zeros */
};

static const unsigned char answer[64] = {
	U32(999), U32(0),		      /* 4: the answer to one */
	U32(ERR_VERSION),		      /* 8 */
	'p', 'r', 'o', 'v', 'c', 'o', 'n', 0, /* 12 */
	'1', '0', '.', '2', '3'		      /* 20 */
};

/* Versions 1 and 2: 8 bytes that are known, of 140. */
static const unsigned char old_hello[140] = { U32(2), U32(1), U32(1), 'l', 'o', 'c', 'a', 'l' };

static unsigned char message[LONGEST];
static struct wire_request request;
static struct wire_reply reply;
static int ends[2];

static int
open_ends(void **state)
{
	(void)state;
	return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends);
}

static int
close_ends(void **state)
{
	(void)state;
	return close(ends[0]) != 0 || close(ends[1]) != 0;
}

/* --- what we say ------------------------------------------------------------------ */

/* These 64 bytes, but for the two versions. */
static void
assert_frozen(const unsigned char *bytes, const unsigned char *frozen)
{
	static const char zeros[44];
	const uint32_t ours = WIRE_VERSION;
	size_t length = strlen(PACKAGE_VERSION);

	assert_memory_equal(bytes, &ours, 4);
	assert_memory_equal(bytes + 4, frozen + 4, 16);
	assert_memory_equal(bytes + 20, PACKAGE_VERSION, length);
	assert_memory_equal(bytes + 20 + length, zeros, 44 - length);
}

static void
our_hello_begins_as_every_hello(void **state)
{
	(void)state;
	wire_request_init(&request, WIRE_HELLO);
	request.u.hello.kind = WIRE_PERSON;
	assert_int_equal(line_send_request(ends[0], &request), ERR_OK);
	assert_in_range(recv(ends[1], message, sizeof message, 0), 64, sizeof message);
	assert_frozen(message, hello);
}

static void
our_answer_is_as_every_answer(void **state)
{
	(void)state;
	assert_int_equal(line_send_greeting(ends[1]), ERR_OK);
	assert_int_equal(recv(ends[0], message, sizeof message, 0), 64);
	assert_frozen(message, answer);
	/* Also as a reply it would be a refusal. */
	memcpy(&reply, message, 64);
	assert_int_equal(reply.op, WIRE_NO_OP);
	assert_int_equal(reply.err, ERR_VERSION);
}

/* --- what others say ------------------------------------------------------------------ */

static enum err
heard(const unsigned char *bytes, size_t known, size_t size, struct greeting *ret_other)
{
	memset(message, 0xa5, sizeof message);
	memcpy(message, bytes, known);
	memset(ret_other, 0x5a, sizeof *ret_other);
	assert_int_equal(send(ends[0], message, size, 0), size);
	return line_receive_hello(ends[1], &request, ret_other);
}

static enum err
answered(const unsigned char *bytes, size_t size, struct greeting *ret_other)
{
	memset(message, 0xa5, sizeof message);
	memcpy(message, bytes, 64);
	memset(ret_other, 0x5a, sizeof *ret_other);
	assert_int_equal(send(ends[1], message, size, 0), size);
	return line_receive_welcome(ends[0], &reply, ret_other);
}

static void
a_hello_of_any_size_tells_its_version(void **state)
{
	const size_t sizes[] = { 64, 65, 140, 188, sizeof request, sizeof request + 1, LONGEST };
	struct greeting other;

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		assert_int_equal(heard(hello, 64, sizes[i], &other), ERR_VERSION);
		assert_int_equal(other.version, 999);
		assert_string_equal(other.program, "10.23");
	}
}

static void
an_answer_of_any_size_tells_its_version(void **state)
{
	const size_t sizes[] = { 64, 65, sizeof reply, sizeof reply + 1, LONGEST };
	struct greeting other;

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		assert_int_equal(answered(answer, sizes[i], &other), ERR_VERSION);
		assert_int_equal(other.version, 999);
		assert_string_equal(other.program, "10.23");
	}
}

static void
a_hello_from_before_is_known_by_its_number(void **state)
{
	const size_t sizes[] = { 8, 140, LONGEST };
	struct greeting other;

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
		assert_int_equal(heard(old_hello, sizes[i] < 140 ? sizes[i] : 140, sizes[i],
				     &other),
		    ERR_VERSION);
		assert_int_equal(other.version, 2);
		assert_string_equal(other.program, "");
	}
}

/* A keeper from before refuses a line, before any hello, in its own terms. */
static void
a_refusal_from_before_is_known_by_its_number(void **state)
{
	static const unsigned char busy[64] = { U32(2), U32(0), U32(10), U32(11) };
	struct greeting other;

	(void)state;
	assert_int_equal(answered(busy, 48, &other), ERR_VERSION);
	assert_int_equal(other.version, 2);
	assert_string_equal(other.program, "");
}

static void
what_is_no_greeting_is_nonsense(void **state)
{
	struct greeting other, untouched;
	unsigned char bytes[64];

	(void)state;
	memset(&untouched, 0x5a, sizeof untouched);
	for (size_t size = 1; size < 64; size++)
		assert_int_equal(heard(hello, 64, size, &other), ERR_PROTOCOL);
	for (size_t size = 1; size < 8; size++)
		assert_int_equal(heard(old_hello, 64, size, &other), ERR_PROTOCOL);
	for (size_t i = 12; i < 20; i++) {
		memcpy(bytes, hello, sizeof bytes);
		bytes[i] ^= 0x20;
		assert_int_equal(heard(bytes, 64, 64, &other), ERR_PROTOCOL);
	}
	/* an answer instead of a hello, a hello instead of an answer, another request */
	assert_int_equal(heard(answer, 64, 64, &other), ERR_PROTOCOL);
	assert_int_equal(answered(hello, 64, &other), ERR_PROTOCOL);
	memcpy(bytes, hello, sizeof bytes);
	memcpy(bytes + 4, &(uint32_t){ WIRE_PASSWORD }, 4);
	assert_int_equal(heard(bytes, 64, 64, &other), ERR_PROTOCOL);
	/* our own version, not well formed; none */
	memcpy(bytes, hello, sizeof bytes);
	memcpy(bytes, &(uint32_t){ WIRE_VERSION }, 4);
	assert_int_equal(heard(bytes, 64, 64, &other), ERR_PROTOCOL);
	memcpy(bytes, &(uint32_t){ 0 }, 4);
	assert_int_equal(heard(bytes, 64, 64, &other), ERR_PROTOCOL);
	assert_memory_equal(&other, &untouched, sizeof other);
}

static void
a_greeting_is_heard_where_it_may_be(void **state)
{
	(void)state;
	assert_int_equal(send(ends[0], hello, sizeof hello, 0), sizeof hello);
	assert_int_equal(line_receive_request(ends[1], &request), ERR_PROTOCOL);
	assert_int_equal(send(ends[1], answer, sizeof answer, 0), sizeof answer);
	assert_int_equal(line_receive_reply(ends[0], &reply), ERR_PROTOCOL);
}

static void
descriptors_are_no_greeting(void **state)
{
	union {
		struct cmsghdr header;
		char room[CMSG_SPACE(sizeof(int))];
	} control = { 0 };
	struct iovec part = { .iov_base = message, .iov_len = 64 };
	struct msghdr packet = { .msg_iov = &part,
		.msg_iovlen = 1,
		.msg_control = &control,
		.msg_controllen = sizeof control.room };
	struct greeting other;

	(void)state;
	memcpy(message, hello, 64);
	control.header.cmsg_level = SOL_SOCKET;
	control.header.cmsg_type = SCM_RIGHTS;
	control.header.cmsg_len = CMSG_LEN(sizeof(int));
	memcpy(CMSG_DATA(&control.header), &ends[0], sizeof(int));
	assert_int_equal(sendmsg(ends[0], &packet, 0), 64);
	assert_int_equal(line_receive_hello(ends[1], &request, &other), ERR_PROTOCOL);
}

static void
both_of_one_version_greet(void **state)
{
	struct greeting other;

	(void)state;
	wire_request_init(&request, WIRE_HELLO);
	request.u.hello.kind = WIRE_HOST;
	assert_int_equal(line_send_request(ends[0], &request), ERR_OK);
	assert_int_equal(line_receive_hello(ends[1], &request, &other), ERR_OK);
	assert_int_equal(request.u.hello.kind, WIRE_HOST);
	wire_reply_init(&reply, WIRE_HELLO);
	wire_put(reply.u.hello.program, sizeof reply.u.hello.program, "0.2.1");
	assert_int_equal(line_send_reply(ends[1], &reply), ERR_OK);
	wire_request_init(&request, WIRE_HELLO);
	request.u.hello.kind = WIRE_HOST;
	assert_int_equal(line_greet(ends[0], &request, &reply, &other), ERR_OK);
	assert_string_equal(reply.u.hello.program, "0.2.1");
}

static void
a_console_hears_who_refuses_it(void **state)
{
	struct greeting other;

	(void)state;
	wire_request_init(&request, WIRE_HELLO);
	request.u.hello.kind = WIRE_PERSON;
	assert_int_equal(send(ends[1], answer, sizeof answer, 0), sizeof answer);
	assert_int_equal(line_greet(ends[0], &request, &reply, &other), ERR_VERSION);
	assert_string_equal(other.program, "10.23");
}

/* --- its words -------------------------------------------------------------------- */

static void
what_is_no_version_is_shown_as_such(void **state)
{
	static const struct {
		const char program[WIRE_PROGRAM_SIZE + 8];
		const char *shown;
	} cases[] = {
		{ "0.2.0~rc1+git-5_x", "0.2.0~rc1+git-5_x" },
		{ "", "" },
		{ "1\x1b[2J\n\x7f\xc3\xa9 %s", "1??2J??????s" },
		{ "01234567890123456789012345678901234567890123456789",
		    "0123456789012345678901234567890123456789012" },
	};
	char shown[WIRE_PROGRAM_SIZE];

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		memset(shown, 'x', sizeof shown);
		greeting_show(cases[i].program, shown);
		assert_string_equal(shown, cases[i].shown);
	}
}

static void
it_is_shown_so_when_it_is_heard(void **state)
{
	unsigned char bytes[64];
	struct greeting other;

	(void)state;
	memcpy(bytes, hello, sizeof bytes);
	memset(bytes + 20, 0x1b, 44);
	assert_int_equal(heard(bytes, 64, 64, &other), ERR_VERSION);
	assert_int_equal(strlen(other.program), 43);
	assert_int_equal(strspn(other.program, "?"), 43);
	memcpy(bytes, answer, sizeof bytes);
	memset(bytes + 20, 0x1b, 44);
	assert_int_equal(answered(bytes, 64, &other), ERR_VERSION);
	assert_int_equal(strspn(other.program, "?"), 43);
}

static void
which_is_older(void **state)
{
	static const struct {
		struct greeting older, newer;
	} cases[] = {
		{ { 3, "0.9" }, { 3, "0.10" } },
		{ { 3, "0.9.10" }, { 3, "0.10.9" } },
		{ { 3, "0.2.0" }, { 3, "0.2.1" } },
		{ { 3, "0.2" }, { 3, "0.2.0" } },
		{ { 3, "9" }, { 3, "10" } },
		{ { 3, "1.99999999999999999998" }, { 3, "1.99999999999999999999" } },
		{ { 4, "0.9" }, { 3, "0.10" } }, /* the programs' names come first */
		{ { 3, "0.2.0" }, { 4, "0.2.0" } },
		{ { 2, "" }, { 3, "0.1.0" } },
		{ { 2, "" }, { 3, "" } },
		{ { 0, "" }, { 3, "0.1.0" } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		assert_true(greeting_compare(&cases[i].older, &cases[i].newer) < 0);
		assert_true(greeting_compare(&cases[i].newer, &cases[i].older) > 0);
		assert_int_equal(greeting_compare(&cases[i].older, &cases[i].older), 0);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
#define ON_ENDS(test) cmocka_unit_test_setup_teardown(test, open_ends, close_ends)
		ON_ENDS(our_hello_begins_as_every_hello),
		ON_ENDS(our_answer_is_as_every_answer),
		ON_ENDS(a_hello_of_any_size_tells_its_version),
		ON_ENDS(an_answer_of_any_size_tells_its_version),
		ON_ENDS(a_hello_from_before_is_known_by_its_number),
		ON_ENDS(a_refusal_from_before_is_known_by_its_number),
		ON_ENDS(what_is_no_greeting_is_nonsense),
		ON_ENDS(a_greeting_is_heard_where_it_may_be),
		ON_ENDS(descriptors_are_no_greeting),
		ON_ENDS(both_of_one_version_greet),
		ON_ENDS(a_console_hears_who_refuses_it),
		cmocka_unit_test(what_is_no_version_is_shown_as_such),
		ON_ENDS(it_is_shown_so_when_it_is_heard),
		cmocka_unit_test(which_is_older),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
