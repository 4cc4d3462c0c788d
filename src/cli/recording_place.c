/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/recording_place.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/command_place.h"

static const char of_host[] = "/var/lib/provconsole-runner/recordings";
static const char suffix[] = ".cast";

void
recordings_name(const char *run, char ret_name[RECORDING_NAME_SIZE])
{
	(void)snprintf(ret_name, RECORDING_NAME_SIZE, "%s%s", run, suffix);
}

int
recordings_file(const struct recordings *recordings, const char *run)
{
	char name[RECORDING_NAME_SIZE];
	struct stat st;
	int fd;

	recordings_name(run, name);
	fd = openat(recordings->directory, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	if (fd >= 0 && (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))) {
		close(fd);
		fd = -1;
	}
	return fd;
}

/* --- one ----------------------------------------------------------------------------------- */

static void
read_one(const struct recordings *recordings, struct recording *recording)
{
	char line[CAST_HEAD_MAX];
	int fd = recordings_file(recordings, recording->run);
	ssize_t size = fd < 0 ? -1 : read(fd, line, sizeof line);
	const char *end = size < 0 ? NULL : memchr(line, '\n', (size_t)size);
	struct stat st;

	if (fd >= 0 && fstat(fd, &st) == 0)
		recording->bytes = st.st_size;
	if (fd >= 0)
		close(fd);
	recording->legible = end != NULL &&
	    cast_read_head(line, (size_t)(end - line), &recording->about);
	if (!recording->legible)
		memset(&recording->about, 0, sizeof recording->about);
}

static bool
is_recording(const char *name, char ret_run[POINT_RUN_SIZE])
{
	size_t size = strlen(name);

	if (size != RECORDING_NAME_SIZE - 1 || strcmp(name + POINT_RUN_SIZE - 1, suffix) != 0)
		return false;
	memcpy(ret_run, name, POINT_RUN_SIZE - 1);
	ret_run[POINT_RUN_SIZE - 1] = '\0';
	return point_run_valid(ret_run);
}

/* --- all ------------------------------------------------------------------------------------- */

static int
compare(const void *one, const void *other)
{
	const struct recording *a = one, *b = other;

	if (a->about.began != b->about.began)
		return a->about.began < b->about.began ? -1 : 1;
	return strcmp(a->run, b->run);
}

static enum err
add(struct recordings *recordings, const char *run)
{
	struct recording *more = recordings->each;

	if ((recordings->count & (recordings->count - 1)) == 0)
		more = realloc(more,
		    (recordings->count == 0 ? 1 : 2 * recordings->count) * sizeof *more);
	if (more == NULL)
		return ERR_MEMORY;
	recordings->each = more;
	more += recordings->count++;
	memset(more, 0, sizeof *more);
	memcpy(more->run, run, POINT_RUN_SIZE);
	read_one(recordings, more);
	return ERR_OK;
}

static enum err
read_all(struct recordings *recordings)
{
	int copy = openat(recordings->directory, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *dir = copy < 0 ? NULL : fdopendir(copy);
	const struct dirent *entry;
	char run[POINT_RUN_SIZE];
	enum err err = ERR_OK;

	if (dir == NULL) {
		if (copy >= 0)
			close(copy);
		return err_from_errno(errno);
	}
	while (err == ERR_OK && (entry = readdir(dir)) != NULL)
		if (is_recording(entry->d_name, run))
			err = add(recordings, run);
	closedir(dir);
	if (recordings->count > 1)
		qsort(recordings->each, recordings->count, sizeof *recordings->each, compare);
	return err;
}

/* Beside the commands' files of a state; and where the host's runner keeps them. */
static enum err
find_path(const struct cli *cli, char *path, size_t size)
{
	struct command_place place;
	enum err err = command_place_find(cli->way, &place);
	char *slash;

	if (err != ERR_OK)
		return err;
	if (geteuid() != 0 && (place.host || geteuid() != place.owner))
		return ERR_NOT_HOST;
	slash = strrchr(place.path, '/');
	if (slash != NULL)
		*slash = '\0';
	(void)snprintf(path, size, "%s%s", place.host ? "" : place.path,
	    place.host ? of_host : "/runs/recordings");
	return ERR_OK;
}

enum err
recordings_open(const struct cli *cli, struct recordings *ret_recordings)
{
	char path[PATH_MAX + 64];
	enum err err;

	*ret_recordings = (struct recordings){ .directory = -1 };
	err = find_path(cli, path, sizeof path);
	if (err != ERR_OK)
		return err;
	ret_recordings->directory = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (ret_recordings->directory < 0)
		return errno == ENOENT ? ERR_OK : err_from_errno(errno);
	return read_all(ret_recordings);
}

void
recordings_free(struct recordings *recordings)
{
	free(recordings->each);
	if (recordings->directory >= 0)
		close(recordings->directory);
	*recordings = (struct recordings){ .directory = -1 };
}

const struct recording *
recordings_find(const struct recordings *recordings, const char *run)
{
	for (size_t i = 0; i < recordings->count; i++)
		if (strcmp(recordings->each[i].run, run) == 0)
			return &recordings->each[i];
	return NULL;
}
