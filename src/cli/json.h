/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * JSON (RFC 8259) on a stream, valid whatever the strings hold: bytes that are no UTF-8 become
 * U+FFFD, and whatever may not be shown on a terminal is escaped, so that it is neither lost nor
 * harmful. An outermost array has a line for each element.
 */
#ifndef CLI_JSON_H
#define CLI_JSON_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct json {
	FILE *out;
	unsigned depth;
	bool follows; /* an element precedes: a comma is due */
	bool valued;  /* a key was written; its value follows */
	bool lines;   /* the outermost bracket is an array */
};

void
json_start(struct json *json, FILE *out);

/* '[' or '{', and its end. The end of the outermost ends the line. */
void
json_open(struct json *json, char bracket);

void
json_close(struct json *json, char bracket);

void
json_key(struct json *json, const char *key);

void
json_string(struct json *json, const char *text);

/* length bytes, which may hold NUL. */
void
json_bytes(struct json *json, const char *text, size_t length);

void
json_number(struct json *json, int64_t number);

void
json_bool(struct json *json, bool value);

void
json_null(struct json *json);

/* A time: Unix seconds, null for 0. */
void
json_time(struct json *json, int64_t time);

#endif
