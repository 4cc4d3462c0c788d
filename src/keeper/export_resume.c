/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/export_resume.h"

#include <errno.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "keeper/export_line.h"

/* Room for a torn line and the whole one before it. */
enum { TAIL_SIZE = 2 * EXPORT_LINE_SIZE };

/* Where the line before `end` begins: behind the newline before it, or at 0. */
static size_t
line_begins(const char *bytes, size_t end)
{
	while (end > 0 && bytes[end - 1] != '\n')
		end--;
	return end;
}

static enum err
read_at(int file, char *bytes, size_t length, off_t at)
{
	size_t done = 0;

	while (done < length) {
		ssize_t got = pread(file, bytes + done, length - done, at + (off_t)done);

		if (got == 0)
			return ERR_STALE; /* it became shorter meanwhile */
		if (got < 0 && errno != EINTR)
			return err_from_errno(errno);
		if (got > 0)
			done += (size_t)got;
	}
	return ERR_OK;
}

/* In the last `length` bytes of the file. */
static enum err
find_end(const char *tail, size_t length, struct export_end *end)
{
	size_t whole = line_begins(tail, length), begin;
	bool from_start = end->size == (off_t)length;

	if (whole == 0)
		return from_start && export_line_torn(tail, length) ? ERR_OK : ERR_EXPORT_OTHER;
	begin = line_begins(tail, whole - 1);
	if (!export_line_read(tail + begin, whole - begin, &end->id, end->mac))
		return ERR_EXPORT_OTHER;
	end->whole = end->size - (off_t)(length - whole);
	return ERR_OK;
}

enum err
export_resume(int file, struct export_end *ret_end)
{
	struct export_end end = { 0 };
	struct stat st;
	size_t length;
	char *tail;
	enum err err;

	if (fstat(file, &st) != 0)
		return err_from_errno(errno);
	end.size = st.st_size;
	length = st.st_size < TAIL_SIZE ? (size_t)st.st_size : TAIL_SIZE;
	tail = malloc(TAIL_SIZE);
	if (tail == NULL)
		return ERR_MEMORY;
	err = read_at(file, tail, length, st.st_size - (off_t)length);
	if (err == ERR_OK)
		err = find_end(tail, length, &end);
	free(tail);
	if (err == ERR_OK)
		*ret_end = end;
	return err;
}
