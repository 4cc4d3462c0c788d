/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * What the fuzz targets share. Each is one file, built twice: with libFuzzer for `make fuzz`, and
 * with replay.c, which shows it its corpus again, for `make check`.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

/* libFuzzer's name for it; returns 0. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* What must hold whatever comes in. */
#define MUST(condition) \
	do { \
		if (!(condition)) { \
			(void)fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

/* The input as a string on the heap, so that an overrun is seen; the caller frees it. */
static inline char *
fuzz_string(const uint8_t *data, size_t size)
{
	char *string = malloc(size + 1);

	MUST(string != NULL);
	for (size_t i = 0; i < size; i++)
		string[i] = (char)data[i];
	string[size] = '\0';
	return string;
}

#endif
