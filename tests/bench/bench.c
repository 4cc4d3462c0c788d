/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "auth/auth.h"
#include "auth/totp.h"

void
bench_die(const char *what)
{
	(void)fprintf(stderr, "bench: %s\n", what);
	exit(EXIT_FAILURE);
}

void
bench_ok(enum err err, const char *what)
{
	if (err == ERR_OK)
		return;
	(void)fprintf(stderr, "bench: %s: %s\n", what, err_sentence(err));
	exit(EXIT_FAILURE);
}

int64_t
bench_now(void)
{
	struct timespec now;

	if (clock_gettime(CLOCK_MONOTONIC, &now) != 0)
		bench_die("There is no clock.");
	return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

static int
compare(const void *a, const void *b)
{
	const int64_t *left = a, *right = b;

	return (*left > *right) - (*left < *right);
}

int64_t
bench_quantile(int64_t *numbers, size_t count, double share)
{
	size_t at = (size_t)(share * (double)count);

	if (count == 0)
		bench_die("Nothing was measured.");
	qsort(numbers, count, sizeof *numbers, compare);
	return numbers[at < count ? at : count - 1];
}

int64_t
bench_median(int64_t *numbers, size_t count)
{
	return bench_quantile(numbers, count, 0.5);
}

void
bench_say(const char *name, double number)
{
	(void)printf("%s %.6g\n", name, number);
	(void)fflush(stdout);
}

void
bench_say_times(const char *name, int64_t *took, size_t count)
{
	char tail[64];

	(void)snprintf(tail, sizeof tail, "%s.p99", name);
	bench_say(name, (double)bench_median(took, count) / 1000);
	bench_say(tail, (double)bench_quantile(took, count, 0.99) / 1000);
}

struct keyring *
bench_ring(void)
{
	struct secret *console_key = NULL;
	struct keyring *ring = NULL;

	bench_ok(auth_start(), "auth_start");
	bench_ok(secret_from("an unguessable key of 32 bytes..", KEY_SIZE, &console_key), "secret");
	bench_ok(keyring_new(console_key, &ring), "keyring");
	secret_free(console_key);
	for (int purpose = KEY_SEAL; purpose < KEY_PURPOSE_END; purpose++) {
		struct keyring_row row;

		bench_ok(keyring_make(ring, purpose, (enum key_purpose)purpose, 1000, &row),
		    "keyring");
	}
	return ring;
}

struct secret *
bench_key(void)
{
	struct secret *key = NULL;

	bench_ok(secret_from("12345678901234567890", TOTP_KEY_SIZE, &key),
	    "secret"); /* RFC 6238, appendix B */
	return key;
}

int64_t
bench_proc(const char *path, const char *field)
{
	size_t length = strlen(field);
	FILE *file = fopen(path, "r");
	char line[256];
	int64_t number = -1;

	if (file == NULL)
		bench_die(path);
	while (number < 0 && fgets(line, sizeof line, file) != NULL)
		if (strncmp(line, field, length) == 0 && line[length] == ':')
			number = strtoll(line + length + 1, NULL, 10);
	(void)fclose(file);
	if (number < 0)
		bench_die(field);
	return number;
}
