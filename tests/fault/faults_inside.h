/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the sources of faults.so share. */
#ifndef TESTS_FAULT_FAULTS_INSIDE_H
#define TESTS_FAULT_FAULTS_INSIDE_H

#include <stdbool.h>

#include "faults.h"

#define FAULTS_HIDDEN __attribute__((visibility("hidden")))

/* The page, or NULL where there is none for this program. */
extern FAULTS_HIDDEN struct faults *faults_page;

/* Counts a call. Whether it is one that fails; then errno is its number. */
FAULTS_HIDDEN bool
faults_strike(struct fault *fault);

#endif
