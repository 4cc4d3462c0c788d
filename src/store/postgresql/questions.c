/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/postgresql/questions.h"

#include <stdlib.h>
#include <string.h>

enum { ALIGNMENT = 16, BYTES_FIRST = 4096, BYTES_KEPT = 1 << 18, QUESTIONS_FIRST = 32 };

/* A value; it stands among the bytes, and the parameters of one question behind each other. */
struct param {
	Oid type;
	int length;
	size_t value;
};

/* Room behind the others; *ret_at: where it stands. What moves is wiped where it was. */
static bool
reserve(struct questions *questions, size_t length, size_t *ret_at)
{
	size_t at = (questions->used + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
	size_t size = questions->size == 0 ? BYTES_FIRST : questions->size;
	char *bytes;

	while (size < at + length)
		size *= 2;
	if (size != questions->size) {
		bytes = malloc(size);
		if (bytes == NULL)
			return false;
		if (questions->used > 0) {
			memcpy(bytes, questions->bytes, questions->used);
			explicit_bzero(questions->bytes, questions->used);
		}
		free(questions->bytes);
		questions->bytes = bytes;
		questions->size = size;
	}
	questions->used = at + length;
	*ret_at = at;
	return true;
}

static bool
put_bytes(struct questions *questions, const void *bytes, size_t length, size_t *ret_at)
{
	if (!reserve(questions, length, ret_at))
		return false;
	if (length > 0)
		memcpy(questions->bytes + *ret_at, bytes, length);
	return true;
}

static bool
put_params(struct questions *questions, const struct ask *ask, size_t *ret_at)
{
	struct param params[ASK_PARAMS_MAX];

	for (int i = 0; i < ask->count; i++) {
		params[i] = (struct param){ .type = ask->types[i], .length = ask->lengths[i] };
		if (!put_bytes(questions, ask->values[i], (size_t)ask->lengths[i],
			&params[i].value))
			return false;
	}
	return put_bytes(questions, params, (size_t)ask->count * sizeof *params, ret_at);
}

static bool
make_room(struct questions *questions)
{
	size_t room = questions->room == 0 ? QUESTIONS_FIRST : 2 * questions->room;
	struct question *question;

	if (questions->count < questions->room)
		return true;
	question = reallocarray(questions->question, room, sizeof *question);
	if (question == NULL)
		return false;
	questions->question = question;
	questions->room = room;
	return true;
}

enum err
questions_add(struct questions *questions, enum question_kind kind, const struct ask *ask)
{
	struct question question = { .kind = kind, .prepared = ask->prepared, .count = ask->count };

	if (questions->failed || !make_room(questions) ||
	    !put_bytes(questions, ask->sql, strlen(ask->sql) + 1, &question.sql) ||
	    !put_params(questions, ask, &question.params)) {
		questions->failed = true;
		return ERR_MEMORY;
	}
	questions->question[questions->count++] = question;
	return ERR_OK;
}

void
questions_get(const struct questions *questions, size_t index, struct ask *ret_ask)
{
	const struct question *question = &questions->question[index];
	const struct param *params = (const void *)(questions->bytes +
	    question->params); /* aligned by reserve() */

	ret_ask->sql = questions->bytes + question->sql;
	ret_ask->prepared = question->prepared;
	ret_ask->count = question->count;
	for (int i = 0; i < question->count; i++) {
		ret_ask->types[i] = params[i].type;
		ret_ask->values[i] = questions->bytes + params[i].value;
		ret_ask->lengths[i] = params[i].length;
	}
}

void
questions_clear(struct questions *questions)
{
	for (size_t i = 0; i < questions->count; i++)
		PQclear(questions->question[i].answer);
	if (questions->used > 0)
		explicit_bzero(questions->bytes, questions->used);
	if (questions->size > BYTES_KEPT) {
		free(questions->bytes);
		questions->bytes = NULL;
		questions->size = 0;
	}
	questions->count = questions->used = 0;
	questions->failed = false;
}

void
questions_free(struct questions *questions)
{
	if (questions == NULL)
		return;
	questions_clear(questions);
	free(questions->question);
	free(questions->bytes);
	free(questions);
}
