/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "at_home.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "wire/line.h"

enum err
at_home_ask(int line, struct wire_request *request, struct wire_reply *reply)
{
	uint32_t op = request->op;
	enum err err = line_send_request(line, request);

	while (err == ERR_OK) {
		err = line_receive_reply(line, reply);
		if (err == ERR_OK && reply->op == op && op != WIRE_NEWS)
			return (enum err)reply->err;
		if (err == ERR_OK && reply->op == WIRE_NO_OP)
			err = ERR_KEEPER_GONE;
	}
	return err;
}

enum err
at_home_verdict(int line)
{
	struct wire_reply reply;
	enum err err;

	do {
		err = line_receive_reply(line, &reply);
		if (err == ERR_BUSY)
			(void)usleep(1000);
	} while (err == ERR_BUSY || (err == ERR_OK && reply.op == WIRE_NEWS));
	return err == ERR_OK ? (enum err)reply.err : err;
}

enum err
at_home_password(int line, const char *name, const char *password, struct wire_reply *reply)
{
	struct wire_request request;

	client_fill_password(&request, name, password);
	return at_home_ask(line, &request, reply);
}

void
at_home_code(const char *key, const char *when, char ret_code[WIRE_CODE_SIZE])
{
	char command[256];
	FILE *from;
	bool made;

	(void)snprintf(command, sizeof command, "oathtool --totp -b %s -N '%s'", key, when);
	from = popen(command, "r");
	made = from != NULL && fgets(ret_code, WIRE_CODE_SIZE, from) != NULL;
	if (from == NULL || pclose(from) != 0 || !made)
		client_die("There is no oathtool.");
	ret_code[strcspn(ret_code, "\n")] = '\0';
}
