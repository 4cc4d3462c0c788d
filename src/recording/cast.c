/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "recording/cast.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { VALUE_MAX = 128 }; /* bytes of a text in the first line */

/* --- the first line ------------------------------------------------------------------------ */

/* ,"key":"value"; a value that is too long is cut between two characters. */
static size_t
put_text(char *out, size_t room, const char *before, const char *key, const char *value)
{
	size_t used, size = (size_t)snprintf(out, room, "%s\"%s\":\"", before, key);

	size += text_json(value, strlen(value), VALUE_MAX, out + size, &used);
	out[size++] = '"';
	return size;
}

/* Keys of other programs are passed over by players; ours say whose it is without the trail. */
size_t
cast_head(const struct cast_head *head, char out[CAST_HEAD_MAX])
{
	const struct {
		const char *before, *key, *value;
	} texts[] = { { ",", "title", head->title }, { ",\"env\":{", "TERM", head->term },
		{ "},\"provconsole\":{", "run", head->run }, { ",", "command", head->command },
		{ ",", "person", head->person }, { ",", "role", head->role },
		{ ",", "source", head->source } };
	size_t size = (size_t)snprintf(out, CAST_HEAD_MAX,
	    "{\"version\":2,\"width\":%u,\"height\":%u,\"timestamp\":%" PRId64, head->columns,
	    head->rows, head->began);

	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		size += put_text(out + size, CAST_HEAD_MAX - size, texts[i].before, texts[i].key,
		    texts[i].value);
	return size + (size_t)snprintf(out + size, CAST_HEAD_MAX - size, "}}\n");
}

/* --- what was shown ------------------------------------------------------------------------ */

/* Bytes that the first byte of a character promises; 1 for what is none (RFC 3629 3). */
static size_t
promised(unsigned char first)
{
	if (first >= 0xc2 && first <= 0xdf)
		return 2;
	if (first >= 0xe0 && first <= 0xef)
		return 3;
	return first >= 0xf0 && first <= 0xf4 ? 4 : 1;
}

/* How many bytes at the end may be the beginning of a character: it begins at most three before. */
static size_t
unfinished(const char *bytes, size_t size)
{
	for (size_t back = 1; back < CAST_HELD && back <= size; back++) {
		unsigned char byte = (unsigned char)bytes[size - back];

		if ((byte & 0xc0) == 0x80)
			continue;
		return promised(byte) > back ? back : 0;
	}
	return 0;
}

static size_t
put_event(int64_t at, char code, const char *bytes, size_t size, char *out)
{
	size_t used,
	    written = (size_t)snprintf(out, CAST_EVENT_MAX, "[%" PRId64 ".%06" PRId64 ",\"%c\",\"",
		at / CAST_SECOND, at % CAST_SECOND, code);

	written += text_json(bytes, size, size + CAST_HELD, out + written, &used);
	memcpy(out + written, "\"]\n", 3);
	return written + 3;
}

size_t
cast_shown(struct cast_writer *writer, int64_t at, const char *bytes, size_t size,
    char out[CAST_EVENT_MAX])
{
	char all[CAST_BYTES_MAX + CAST_HELD];
	size_t whole = writer->held_size + size, left;

	memcpy(all, writer->held, writer->held_size);
	memcpy(all + writer->held_size, bytes, size);
	left = unfinished(all, whole);
	whole -= left;
	memcpy(writer->held, all + whole, left);
	writer->held_size = left;
	return whole == 0 ? 0 : put_event(at, 'o', all, whole, out);
}

size_t
cast_rest(struct cast_writer *writer, int64_t at, char out[CAST_EVENT_MAX])
{
	size_t size = writer->held_size;

	writer->held_size = 0;
	return size == 0 ? 0 : put_event(at, 'o', writer->held, size, out);
}

/* "r" came after v2 was first written down; asciinema 2.2 passes over it. */
size_t
cast_size(int64_t at, unsigned rows, unsigned columns, char out[CAST_EVENT_MAX])
{
	char text[32];
	int size = snprintf(text, sizeof text, "%ux%u", columns, rows);

	return put_event(at, 'r', text, (size_t)size, out);
}
