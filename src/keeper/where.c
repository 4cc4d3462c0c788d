/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/where.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/text.h"
#include "store/engine.h"

static const char in_state[] = "keeper.conf";
static const char in_etc[] = "/etc/provconsole/keeper.conf";
static const char service_state[] = "/var/lib/provconsole";
static const char scheme[] = "postgresql:";

enum { FILE_MAX = 8192 };

bool
where_has_postgresql(void)
{
	return &postgresql_backend != NULL;
}

/* --- its lines ----------------------------------------------------------------------------- */

static bool
take_store(const char *value, size_t length, struct where *where)
{
	size_t skip = sizeof scheme - 1;

	if (where->conninfo[0] != '\0' || length <= skip || memcmp(value, scheme, skip) != 0)
		return false;
	/* postgresql://HOST/... is a URI as a whole. */
	if (length > skip + 1 && memcmp(value + skip, "//", 2) == 0)
		skip = 0;
	if (length - skip >= sizeof where->conninfo)
		return false;
	memcpy(where->conninfo, value + skip, length - skip);
	return true;
}

static bool
take_node(const char *value, size_t length, struct where *where)
{
	char fold[TEXT_FOLD_SIZE];

	return where->node[0] == '\0' && text_name(value, length, where->node, fold) == ERR_OK &&
	    text_points(where->node, strlen(where->node)) <= WHERE_NODE_POINTS;
}

static const struct {
	const char *word;
	bool (*take)(const char *value, size_t length, struct where *where);
} words[] = {
	{ "store ", take_store },
	{ "node ", take_node },
};

static size_t
without_blanks(const char *line, size_t length)
{
	while (length > 0 && strchr(" \t\r", line[length - 1]) != NULL)
		length--;
	return length;
}

static bool
take_line(const char *line, size_t length, struct where *where)
{
	length = without_blanks(line, length);
	if (length == 0 || *line == '#')
		return true;
	if (memchr(line, '\0', length) != NULL)
		return false;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t skip = strlen(words[i].word);

		if (length <= skip || memcmp(line, words[i].word, skip) != 0)
			continue;
		while (skip < length && line[skip] == ' ')
			skip++;
		return words[i].take(line + skip, length - skip, where);
	}
	return false;
}

enum err
where_read(const char *text, size_t length, struct where *ret_where)
{
	const char *end = text + length;

	*ret_where = (struct where){ .line = 0 };
	while (text < end) {
		const char *newline = memchr(text, '\n', (size_t)(end - text));
		const char *stop = newline != NULL ? newline : end;

		ret_where->line++;
		if (!take_line(text, (size_t)(stop - text), ret_where))
			return ERR_CONFIG;
		text = stop + 1;
	}
	if ((ret_where->conninfo[0] != '\0') != (ret_where->node[0] != '\0'))
		return ERR_CONFIG;
	ret_where->line = 0;
	return ERR_OK;
}

/* --- the file ------------------------------------------------------------------------------- */

/* Root's or the state's owner's, and written by nobody else. */
static bool
is_trusted(int fd, int directory, bool *ret_open)
{
	struct stat st, state;

	if (fstat(fd, &st) != 0 || fstat(directory, &state) != 0)
		return false;
	*ret_open = (st.st_mode & 04) != 0;
	return S_ISREG(st.st_mode) && (st.st_uid == 0 || st.st_uid == state.st_uid) &&
	    (st.st_mode & 022) == 0;
}

/* A new file; *ret_fd is -1 where there is none. */
static enum err
open_in(int directory, const char *name, int *ret_fd)
{
	*ret_fd = openat(directory, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	return *ret_fd >= 0 || errno == ENOENT || errno == ENOTDIR ? ERR_OK : ERR_CONFIG;
}

static bool
is_service(int directory)
{
	struct stat ours, service;

	return fstat(directory, &ours) == 0 && stat(service_state, &service) == 0 &&
	    ours.st_dev == service.st_dev && ours.st_ino == service.st_ino;
}

static enum err
read_file(int fd, int directory, struct where *where)
{
	char text[FILE_MAX];
	ssize_t got = read(fd, text, sizeof text);
	bool open = false;
	enum err err = ERR_CONFIG;

	if (got >= 0 && got < (ssize_t)sizeof text && is_trusted(fd, directory, &open))
		err = where_read(text, (size_t)got, where);
	where->open = open;
	return err;
}

enum err
where_of(int directory, struct where *ret_where)
{
	int fd = -1;
	enum err err = open_in(directory, in_state, &fd);

	*ret_where = (struct where){ .line = 0 };
	if (err == ERR_OK && fd < 0 && is_service(directory))
		err = open_in(AT_FDCWD, in_etc, &fd);
	if (err == ERR_OK && fd >= 0)
		err = read_file(fd, directory, ret_where);
	if (fd >= 0)
		close(fd);
	ret_where->at = (struct store_at){ .dirfd = directory };
	if (err != ERR_OK || ret_where->conninfo[0] == '\0')
		return err;
	if (!where_has_postgresql())
		return ERR_STORE_ELSEWHERE;
	ret_where->at.backend = &postgresql_backend;
	ret_where->at.conninfo = ret_where->conninfo;
	ret_where->at.node = ret_where->node;
	return ERR_OK;
}

enum err
where_inspect(int directory, struct store **ret_store, struct store_schema *ret_schema)
{
	struct where where;
	enum err err = where_of(directory, &where);

	return err == ERR_OK ? store_inspect(&where.at, ret_store, ret_schema) : err;
}
