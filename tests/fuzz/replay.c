/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Shows a fuzz target its corpus again, without libFuzzer: the files of tests/fuzz/corpus/NAME,
 * NAME being the program's. */
#include "fuzz.h"

#include <dirent.h>
#include <limits.h>
#include <string.h>

enum { INPUT_MOST = 1 << 20 };

static void
replay_file(const char *directory, const char *name)
{
	char path[PATH_MAX + NAME_MAX + 2];
	uint8_t *data = malloc(INPUT_MOST);
	size_t size;
	FILE *file;

	(void)snprintf(path, sizeof path, "%s/%s", directory, name);
	(void)printf("# %s\n", name);
	(void)fflush(stdout);
	file = fopen(path, "rb");
	MUST(file != NULL && data != NULL);
	size = fread(data, 1, INPUT_MOST, file);
	(void)fclose(file);
	/* Exactly as many bytes as there are, so that reading past them is seen. */
	if (size > 0) {
		data = realloc(data, size);
		MUST(data != NULL);
	}
	(void)LLVMFuzzerTestOneInput(data, size);
	free(data);
}

int
main(int argc, char **argv)
{
	const char *top = getenv("top_srcdir"), *slash = strrchr(argv[0], '/');
	char directory[PATH_MAX];
	struct dirent *entry;
	unsigned inputs = 0;
	DIR *corpus;

	(void)argc;
	(void)snprintf(directory, sizeof directory, "%s/tests/fuzz/corpus/%s",
	    top != NULL ? top : ".", slash != NULL ? slash + 1 : argv[0]);
	corpus = opendir(directory);
	while (corpus != NULL && (entry = readdir(corpus)) != NULL)
		if (entry->d_name[0] != '.') {
			replay_file(directory, entry->d_name);
			inputs++;
		}
	if (corpus != NULL)
		(void)closedir(corpus);
	(void)printf("# %u inputs\n%sok 1 - what must hold holds for each input of the "
		     "corpus\n1..1\n",
	    inputs, inputs > 0 ? "" : "not ");
	return EXIT_SUCCESS;
}
