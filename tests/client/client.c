/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client/hello.h"
#include "wire/line.h"

void
client_die(const char *what)
{
	(void)fprintf(stderr, "%s\n", what);
	exit(EXIT_FAILURE);
}

enum err
client_try(const char *state, int *ret_line)
{
	int dirfd = open(state, O_PATH | O_DIRECTORY | O_CLOEXEC);
	enum err err = dirfd >= 0 ? line_connect(dirfd, "socket", ret_line) : ERR_STATE_PATH;

	if (dirfd >= 0)
		close(dirfd);
	return err;
}

int
client_connect(const char *state)
{
	int line = -1;
	enum err err = client_try(state, &line);

	if (err != ERR_OK)
		client_die(err_sentence(err));
	return line;
}

int
client_open(const char *state, enum wire_kind kind)
{
	static struct wire_reply reply;
	struct wire_request request;
	int line = client_connect(state);
	enum err err;

	hello_fill(&request, kind);
	err = line_ask(line, &request, &reply);
	if (err != ERR_OK)
		client_die(err_sentence(err));
	return line;
}

enum err
client_ask(int line, struct wire_request *request, struct wire_reply *reply)
{
	return line_ask(line, request, reply);
}

enum err
client_ask_op(int line, enum wire_op op, struct wire_reply *reply)
{
	struct wire_request request;

	wire_request_init(&request, op);
	return line_ask(line, &request, reply);
}

void
client_fill_password(struct wire_request *request, const char *name, const char *password)
{
	wire_request_init(request, WIRE_PASSWORD);
	wire_put(request->u.password.name, sizeof request->u.password.name, name);
	wire_put(request->u.password.password, sizeof request->u.password.password, password);
}

enum err
client_password(int line, const char *name, const char *password, struct wire_reply *reply)
{
	struct wire_request request;

	client_fill_password(&request, name, password);
	return line_ask(line, &request, reply);
}

void
client_line(const char *path, char *buf, size_t size)
{
	FILE *file = fopen(path, "r");

	if (file == NULL || fgets(buf, (int)size, file) == NULL)
		client_die("The password's file cannot be read.");
	(void)fclose(file);
	buf[strcspn(buf, "\n")] = '\0';
}

const char *
client_err_name(enum err err)
{
	static const char *const names[ERR_COUNT] = {
#define NAME(name) #name,
		ERR_LIST(NAME)
#undef NAME
	};

	return err < ERR_COUNT ? names[err] : "?";
}
