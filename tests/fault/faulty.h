/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What strain and starts share: the page of faults.h from the test's side, and lines to a keeper
 * that may refuse. */
#ifndef TESTS_FAULT_FAULTY_H
#define TESTS_FAULT_FAULTY_H

#include <stdbool.h>

#include "core/err.h"
#include "faults.h"
#include "wire/wire.h"

enum {
	FAULTY_PATIENCE = 60,	  /* seconds; then the program ends, for somebody hangs */
	FAULTY_EPOCH = 1767268803 /* where the clock begins: three seconds into a step of 30 */
};

/* The page beside the library, which is made if need be; ends the program if it cannot. */
struct faults *
faulty_map(const char *library);

/* Nothing fails, in no program; the disk is this directory. */
void
faulty_clear(struct faults *page, const char *state);

/* Both; and the clock begins, if it has not. */
struct faults *
faulty_page(const char *library, const char *state);

/* "disk", "open", "read", "memory", "sqlite"; ends the program for any other word. */
struct fault *
faulty_named(struct faults *page, const char *word);

/* "ENOSPC", "EIO", "ENOMEM", "EMFILE", "EROFS", "STOP". */
int
faulty_number(const char *word);

/* The at-th call from now fails; 0: none. */
void
faulty_arm(struct fault *fault, uint64_t at);

/* Whether an answer is a refusal for want of disk, memory or descriptors, and no verdict on what
 * was asked. */
bool
faulty_excuse(enum err err);

/* A line on which a hello was said; *ret_line is -1 unless ERR_OK is returned. */
MUST_CHECK enum err
faulty_open(const char *state, enum wire_kind kind, int *ret_line, struct wire_reply *ret_hello);

#endif
