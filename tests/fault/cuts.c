/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * cuts new RECORD ROOT                 a new record, of an empty directory
 * cuts mark RECORD FACT                what a client was told last (look.h)
 * cuts told RECORD                     somebody was told something, and not by a keeper on a line
 * cuts fail RECORD N                   the N-th sync of a directory from now on fails; prints how
 *                                      many failed since the last time
 * cuts order RECORD first|all|count    names and syncs, one a line; first: up to the first mark;
 *                                      count: how many operations there are, marks among them
 * cuts check RECORD STATE SCRATCH SEED COUNT
 * cuts check RECORD STATE SCRATCH SPEC
 * cuts image RECORD SPEC DIRECTORY     writes what is left into an empty directory
 *
 * check makes COUNT images of what cuts of the power leave, or the one of SPEC, and opens each;
 * STATE is the state directory below ROOT. Prints how many there were, or the first that is not as
 * it was told, with its SPEC: AFTER.WAY.SEED, after how many operations (at most all), what is lost
 * (enum disk_way), and of which numbers.
 */
#include "cuts.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "auth/auth.h"

enum { WORKERS_MOST = 16, NEAR = 6 };

static _Noreturn void
die(const char *what)
{
	(void)fprintf(stderr, "%s\n", what);
	exit(EXIT_FAILURE);
}

static struct record *
open_record(const char *path, const char *root)
{
	struct record *record = record_map(path, root);

	if (record == NULL)
		die("There is no record.");
	return record;
}

/* --- which cuts -------------------------------------------------------------------------- */

/* Half of them anywhere, the others about a turning moment; one in eight loses nothing, or all that
 * was not synced. */
static struct cut
choose(const struct cuts *cuts, uint64_t seed, size_t n)
{
	uint64_t random = seed + n * 0x632be59bd9b4e019;
	struct cut cut = { .way = DISK_PARTS };

	cut.after = 1 + disk_random(&random) % cuts->count;
	if (n % 2 == 0 && cuts->turning_count > 0) {
		cut.after = cuts->turning[disk_random(&random) % cuts->turning_count] +
		    disk_random(&random) % (2 * NEAR);
		cut.after = cut.after > NEAR ? cut.after - NEAR : 1;
	}
	if (cut.after > cuts->count)
		cut.after = cuts->count;
	if (disk_random(&random) % 4 == 0)
		cut.way = (enum disk_way)(disk_random(&random) % DISK_PARTS);
	cut.seed = disk_random(&random);
	return cut;
}

static int
earlier(const void *a, const void *b)
{
	const struct cut *one = a, *other = b;

	return (one->after > other->after) - (one->after < other->after);
}

/* Those of one worker, in the order of time. */
static struct cut *
plan(const struct cuts *cuts, uint64_t seed, size_t count, size_t n, size_t workers,
    size_t *ret_count)
{
	struct cut *cut = calloc(count + 1, sizeof *cut);
	size_t planned = 0;

	if (cut == NULL)
		abort();
	for (size_t i = n; i < count; i += workers)
		cut[planned++] = choose(cuts, seed, i);
	qsort(cut, planned, sizeof *cut, earlier);
	*ret_count = planned;
	return cut;
}

/* --- looking at them ----------------------------------------------------------------------- */

/* Spec and reason of an image that is wrong are printed. */
static bool
look_at(struct cuts *cuts, const struct disk *disk, const struct cut *cut, size_t n)
{
	char path[4096], why[LOOK_WHY] = "it cannot be written", spec[CUTS_SPEC];
	int dirfd = cuts_scratch(cuts, n, path, sizeof path);
	bool right = disk_image(disk, cut->way, cut->seed, dirfd);

	close(dirfd);
	if (right && cuts_compare(cuts, cut, path, why))
		return true;
	cuts_format(cut, spec);
	(void)printf("%s %s\n", spec, why);
	return false;
}

static bool
look_all(struct cuts *cuts, const struct cut *cut, size_t count, size_t n)
{
	struct disk *disk = disk_new(cuts->record->root);
	const struct record_op *op = NULL;
	size_t after = 0;
	bool right = true;

	for (size_t i = 0; right && i < count; i++) {
		for (; after < cut[i].after; after++)
			disk_do(disk, op = record_next(cuts->record, op));
		right = look_at(cuts, disk, &cut[i], n);
	}
	disk_free(disk);
	return right;
}

/* --- many at once ---------------------------------------------------------------------------- */

struct work {
	struct cuts *cuts;
	uint64_t seed;
	size_t count, workers;
};

static bool
know(const struct work *work, size_t n)
{
	return cuts_know(work->cuts, n, work->workers);
}

static bool
look(const struct work *work, size_t n)
{
	size_t count;
	struct cut *cut = plan(work->cuts, work->seed, work->count, n, work->workers, &count);
	bool right = look_all(work->cuts, cut, count, n);

	free(cut);
	return right;
}

/* Each in a process of its own: locks of SQLite, and memory that may not be swapped, are the
 * process's. */
static bool
share(const struct work *work, bool (*part)(const struct work *work, size_t n))
{
	int status;
	bool right = true;

	for (size_t n = 0; n < work->workers; n++) {
		pid_t pid = fork();

		if (pid < 0)
			die("There is no process.");
		if (pid == 0) {
			bool done = auth_start() == ERR_OK && part(work, n);

			(void)fflush(stdout);
			_exit(done ? EXIT_SUCCESS : EXIT_FAILURE);
		}
	}
	while (wait(&status) > 0)
		right = right && WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
	return right;
}

/* --- what was asked for ------------------------------------------------------------------ */

static int
check_one(struct cuts *cuts, const char *spec)
{
	struct cut cut;

	if (!cuts_parse(spec, &cut) || auth_start() != ERR_OK)
		die("A cut is AFTER.WAY.SEED.");
	if (cut.after > cuts->count)
		cut.after = cuts->count;
	return look_all(cuts, &cut, 1, 0) ? EXIT_SUCCESS : EXIT_FAILURE;
}

static int
check(struct cuts *cuts, int argc, char **argv)
{
	struct work work = { .cuts = cuts, .workers = (size_t)sysconf(_SC_NPROCESSORS_ONLN) };

	if (work.workers > WORKERS_MOST)
		work.workers = WORKERS_MOST;
	cuts->state = argv[3];
	cuts->scratch = argv[4];
	cuts_read(cuts);
	if (!share(&work, know))
		return EXIT_FAILURE;
	if (argc == 6)
		return check_one(cuts, argv[5]);
	work.seed = strtoull(argv[5], NULL, 10);
	work.count = strtoull(argv[6], NULL, 10);
	if (!share(&work, look))
		return EXIT_FAILURE;
	(void)printf("%zu images of %zu operations, %zu facts, %zu states\n", work.count,
	    cuts->count, cuts->fact_count, cuts->state_count);
	return EXIT_SUCCESS;
}

static int
image(const struct cuts *cuts, const char *spec, const char *directory)
{
	struct disk *disk = disk_new(cuts->record->root);
	const struct record_op *op = NULL;
	int dirfd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct cut cut;

	if (!cuts_parse(spec, &cut))
		die("A cut is AFTER.WAY.SEED.");
	for (size_t after = 0; after < cut.after; after++) {
		op = record_next(cuts->record, op);
		if (op == NULL)
			break;
		disk_do(disk, op);
	}
	if (dirfd < 0 || !disk_image(disk, cut.way, cut.seed, dirfd))
		die("The image cannot be written.");
	return EXIT_SUCCESS;
}

static int
mark(struct record *record, const char *fact)
{
	const struct record_op op = { .kind = RECORD_MARK, .length = (uint32_t)strlen(fact) + 1 };

	record_add(record, &op, fact, NULL, 0);
	return EXIT_SUCCESS;
}

static int
told(struct record *record)
{
	const struct record_op op = { .kind = RECORD_TOLD };

	record_add(record, &op, NULL, NULL, 0);
	return EXIT_SUCCESS;
}

static int
fail(struct record *record, const char *number)
{
	(void)printf("%llu\n", (unsigned long long)record->failed);
	record->failed = record->dir_syncs = 0;
	record->fails = strtoull(number, NULL, 10);
	return EXIT_SUCCESS;
}

static void
order(struct cuts *cuts, const char *what)
{
	if (strcmp(what, "count") != 0) {
		cuts_order(cuts, strcmp(what, "all") == 0);
		return;
	}
	cuts_read(cuts);
	(void)printf("%zu\n", cuts->count);
}

int
main(int argc, char **argv)
{
	struct cuts cuts = { 0 };
	const char *verb = argc > 2 ? argv[1] : "";
	struct record *record;

	if (argc < 3)
		die("Usage: cuts new|mark|told|fail|order|check|image RECORD ...");
	record = open_record(argv[2], strcmp(verb, "new") == 0 && argc == 4 ? argv[3] : NULL);
	cuts.record = record;
	if (strcmp(verb, "new") == 0 && argc == 4)
		return EXIT_SUCCESS;
	if (strcmp(verb, "mark") == 0 && argc == 4)
		return mark(record, argv[3]);
	if (strcmp(verb, "told") == 0)
		return told(record);
	if (strcmp(verb, "fail") == 0 && argc == 4)
		return fail(record, argv[3]);
	if (strcmp(verb, "order") == 0 && argc == 4)
		order(&cuts, argv[3]);
	else if (strcmp(verb, "check") == 0 && (argc == 6 || argc == 7))
		return check(&cuts, argc, argv);
	else if (strcmp(verb, "image") == 0 && argc == 5)
		return image(&cuts, argv[3], argv[4]);
	else
		die("Usage: cuts new|mark|told|fail|order|check|image RECORD ...");
	return EXIT_SUCCESS;
}
