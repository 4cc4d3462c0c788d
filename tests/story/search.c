/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * search PATTERNS WHERE...
 *
 * Looks for bytes in the memory of processes (a WHERE of digits) and in files. PATTERNS is a file
 * with a line a pattern: a label, bytes a unit, bytes from one unit to the next, the units in hex,
 * between tabs. So text that stands in cells with other things between is found too. Prints a line
 * a place: label, where, and "locked" for memory that is kept out of the swap.
 */
#include <fcntl.h>
#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FIRST = 4, FILTER = 1 << 16, LABEL = 64, BYTES = 512, LINE = 4096 };

struct pattern {
	char label[LABEL];
	size_t unit, stride, length; /* length: of all units, without what is between */
	unsigned char bytes[BYTES];
	size_t quiet; /* offset up to which a hit was told already */
	size_t next;  /* number of the next that begins alike; 0: none */
};

struct search {
	struct pattern *patterns; /* numbered from 1 */
	size_t count;
	size_t first[FILTER]; /* the first pattern that begins with bytes of this hash; 0: none */
};

_Noreturn static void
die(const char *what)
{
	perror(what);
	exit(EXIT_FAILURE);
}

static unsigned
hash(const unsigned char *bytes)
{
	uint32_t word;

	memcpy(&word, bytes, sizeof word);
	return (word * 2654435761U) >> 16;
}

/* --- patterns ---------------------------------------------------------------- */

static bool
parse(char *line, struct pattern *pattern)
{
	char hex[2 * BYTES + 1];
	int fields = sscanf(line, "%63[^\t]\t%zu\t%zu\t%1024[0-9a-f]", pattern->label,
	    &pattern->unit, &pattern->stride, hex);
	size_t digits = fields == 4 ? strlen(hex) : 0;

	for (size_t i = 0; i + 1 < digits; i += 2) {
		char pair[3] = { hex[i], hex[i + 1], '\0' };

		pattern->bytes[i / 2] = (unsigned char)strtoul(pair, NULL, 16);
	}
	pattern->length = digits / 2;
	pattern->quiet = 0;
	return pattern->unit >= FIRST && pattern->stride >= pattern->unit &&
	    pattern->length >= pattern->unit && pattern->length % pattern->unit == 0;
}

static void
load(struct search *search, const char *path)
{
	char line[LINE];
	FILE *file = fopen(path, "r");

	if (file == NULL)
		die(path);
	while (fgets(line, sizeof line, file) != NULL) {
		struct pattern *pattern;

		search->patterns = realloc(search->patterns, (search->count + 2) * sizeof *pattern);
		if (search->patterns == NULL)
			die("realloc");
		pattern = &search->patterns[++search->count];
		if (!parse(line, pattern)) {
			(void)fprintf(stderr, "search: no pattern: %s", line);
			exit(EXIT_FAILURE);
		}
		pattern->next = search->first[hash(pattern->bytes)];
		search->first[hash(pattern->bytes)] = search->count;
	}
	(void)fclose(file);
}

/* --- looking ----------------------------------------------------------------- */

/* Bytes from the first to the last of a pattern. */
static size_t
reach(const struct pattern *pattern)
{
	return (pattern->length / pattern->unit - 1) * pattern->stride + pattern->unit;
}

static bool
fits(const struct pattern *pattern, const unsigned char *bytes, size_t length)
{
	if (reach(pattern) > length)
		return false;
	for (size_t n = 0; n < pattern->length / pattern->unit; n++)
		if (memcmp(bytes + n * pattern->stride, pattern->bytes + n * pattern->unit,
			pattern->unit) != 0)
			return false;
	return true;
}

static void
look_at(struct search *search, const unsigned char *bytes, size_t length, size_t at,
    const char *where)
{
	for (size_t i = search->first[hash(bytes + at)]; i != 0; i = search->patterns[i].next) {
		struct pattern *pattern = &search->patterns[i];

		if (at >= pattern->quiet && fits(pattern, bytes + at, length - at)) {
			(void)printf("%s\t%s\t+0x%zx\n", pattern->label, where, at);
			pattern->quiet = at + reach(pattern);
		}
	}
}

static void
look(struct search *search, const unsigned char *bytes, size_t length, const char *where)
{
	for (size_t i = 1; i <= search->count; i++)
		search->patterns[i].quiet = 0;
	for (size_t at = 0; at + FIRST <= length; at++)
		look_at(search, bytes, length, at, where);
}

static size_t
look_through(struct search *search, int fd, off_t from, size_t length, const char *where)
{
	unsigned char *bytes = malloc(length > 0 ? length : 1);
	size_t have = 0;
	ssize_t got = 1;

	if (bytes == NULL)
		die("malloc");
	while (
	    have < length && (got = pread(fd, bytes + have, length - have, from + (off_t)have)) > 0)
		have += (size_t)got;
	look(search, bytes, have, where);
	free(bytes);
	return have;
}

/* --- processes and files -------------------------------------------------------- */

struct mapping {
	uint64_t from, to;
	char name[LINE];
};

/* A line of smaps that begins a mapping: ADDRESS-ADDRESS MODES OFFSET DEVICE INODE NAME. */
static bool
begins(const char *line, struct mapping *mapping)
{
	uint64_t from, to;
	int name = 0;

	if (sscanf(line, "%" SCNx64 "-%" SCNx64 " %*s %*s %*s %*s %n", &from, &to, &name) != 2 ||
	    name == 0)
		return false;
	mapping->from = from;
	mapping->to = to;
	(void)snprintf(mapping->name, sizeof mapping->name, "%s", line + name);
	mapping->name[strcspn(mapping->name, "\n")] = '\0';
	return true;
}

/* What can be written may hold what was written. */
static size_t
search_process(struct search *search, const char *pid)
{
	char path[64], line[LINE], where[2 * LINE];
	struct mapping mapping = { 0 };
	size_t total = 0;
	FILE *smaps;
	int fd;

	(void)snprintf(path, sizeof path, "/proc/%s/mem", pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		die(path);
	(void)snprintf(path, sizeof path, "/proc/%s/smaps", pid);
	smaps = fopen(path, "re");
	if (smaps == NULL)
		die(path);
	while (fgets(line, sizeof line, smaps) != NULL) {
		if (begins(line, &mapping) || strncmp(line, "VmFlags:", 8) != 0 ||
		    strstr(line, " wr") == NULL)
			continue;
		(void)snprintf(where, sizeof where, "%s\t%s\t%s", pid,
		    *mapping.name != '\0' ? mapping.name : "[anonymous]",
		    strstr(line, " lo") != NULL ? "locked" : "-");
		total += look_through(search, fd, (off_t)mapping.from,
		    (size_t)(mapping.to - mapping.from), where);
	}
	(void)fclose(smaps);
	close(fd);
	return total;
}

static size_t
search_file(struct search *search, const char *path)
{
	char where[LINE];
	struct stat st;
	size_t total;
	int fd = open(path, O_RDONLY | O_CLOEXEC);

	if (fd < 0 || fstat(fd, &st) != 0)
		die(path);
	(void)snprintf(where, sizeof where, "%s\tfile\t-", path);
	total = look_through(search, fd, 0, (size_t)st.st_size, where);
	close(fd);
	return total;
}

static bool
is_pid(const char *where)
{
	return *where != '\0' && where[strspn(where, "0123456789")] == '\0';
}

int
main(int argc, char **argv)
{
	static struct search search;
	size_t total = 0;

	if (argc < 3) {
		(void)fprintf(stderr, "Usage: search PATTERNS WHERE...\n");
		return 2;
	}
	load(&search, argv[1]);
	for (int i = 2; i < argc; i++)
		total += is_pid(argv[i]) ? search_process(&search, argv[i])
					 : search_file(&search, argv[i]);
	(void)fprintf(stderr, "%zu\n", total);
	free(search.patterns);
	return total > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
