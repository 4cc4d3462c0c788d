/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * orderer SOCKET UID [WORD=VALUE ...]
 *
 * A keeper that lies: as that UNIX user it orders a run of the runner at SOCKET, and prints what
 * came of it: "started", "refused ERROR", "closed" (without a word), or "unreachable". The order is
 * one of a keeper, for the command "honest" and an operator, but for what the words say: version,
 * kind, role, rows, columns, confirmed, proven, bytes (of the order that are sent), pumps (how many
 * descriptors come with it) are numbers; id, name, person, term, language are texts; full=ARRAY
 * leaves that array without its end; behind=ARRAY has something behind its end.
 */
#include "client.h"

#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "wire/run.h"

enum { PUMPS_MOST = 4, PATIENCE = 60 };

struct lie {
	struct run_order order;
	size_t bytes;
	size_t pumps;
	char room[64]; /* behind the order, where more bytes are sent */
};

struct array {
	const char *name;
	size_t at, size;
};

#define ARRAY(name) \
	{ \
#name, offsetof(struct run_order, name), sizeof((struct run_order *)0)->name \
	}

static const struct array arrays[] = { ARRAY(id), ARRAY(name), ARRAY(person), ARRAY(source),
	ARRAY(term), ARRAY(language) };

static void
begin(struct lie *lie)
{
	*lie = (struct lie){ .bytes = sizeof lie->order, .pumps = 1 };
	lie->order.version = RUN_VERSION;
	lie->order.kind = RUN_COMMAND;
	lie->order.role = ROLE_OPERATOR;
	lie->order.rows = 24;
	lie->order.columns = 80;
	wire_put(lie->order.id, sizeof lie->order.id, "0123456789abcdef0123456789abcdef");
	wire_put(lie->order.name, sizeof lie->order.name, "honest");
	wire_put(lie->order.person, sizeof lie->order.person, "mallory");
	wire_put(lie->order.source, sizeof lie->order.source, "192.0.2.1");
	wire_put(lie->order.term, sizeof lie->order.term, "xterm");
	wire_put(lie->order.language, sizeof lie->order.language, "C.UTF-8");
}

static const struct array *
find(const char *name)
{
	for (size_t i = 0; i < sizeof arrays / sizeof *arrays; i++)
		if (strcmp(arrays[i].name, name) == 0)
			return &arrays[i];
	return NULL;
}

static bool
put_number(struct lie *lie, const char *word, unsigned long value)
{
	struct run_order *order = &lie->order;
	const struct {
		const char *word;
		void *place;
		size_t size;
	} numbers[] = {
		{ "version", &order->version, sizeof order->version },
		{ "kind", &order->kind, sizeof order->kind },
		{ "role", &order->role, sizeof order->role },
		{ "rows", &order->rows, sizeof order->rows },
		{ "columns", &order->columns, sizeof order->columns },
		{ "confirmed", &order->confirmed, sizeof order->confirmed },
		{ "proven", &order->proven, sizeof order->proven },
		{ "bytes", &lie->bytes, sizeof lie->bytes },
		{ "pumps", &lie->pumps, sizeof lie->pumps },
	};

	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		const uint32_t four = (uint32_t)value;
		const uint16_t two = (uint16_t)value;
		const uint8_t one = (uint8_t)value;
		const size_t size = numbers[i].size;

		if (strcmp(numbers[i].word, word) != 0)
			continue;
		memcpy(numbers[i].place,
		    size == 1	    ? (const void *)&one
			: size == 2 ? (const void *)&two
			: size == 4 ? (const void *)&four
				    : (const void *)&value,
		    size);
		return true;
	}
	return false;
}

static void
put(struct lie *lie, const char *word, const char *value)
{
	char *bytes = (char *)&lie->order;
	const struct array *array = find(word);

	if (array != NULL) {
		memset(bytes + array->at, 0, array->size);
		memcpy(bytes + array->at, value, strnlen(value, array->size));
	} else if (strcmp(word, "full") == 0 && (array = find(value)) != NULL) {
		memset(bytes + array->at, 'a', array->size);
	} else if (strcmp(word, "behind") == 0 && (array = find(value)) != NULL) {
		bytes[array->at + array->size - 1] = 'a';
		bytes[array->at + array->size - 2] = '\0';
	} else if (!put_number(lie, word, strtoul(value, NULL, 10))) {
		client_die("That is no word of an order.");
	}
}

static int
reach(const char *path, uid_t uid)
{
	struct sockaddr_un address = { .sun_family = AF_UNIX };
	int line = socket(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0);

	if (setgid(uid) != 0 || setuid(uid) != 0 || line < 0)
		client_die("That user cannot be taken on.");
	(void)snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
	if (connect(line, (const struct sockaddr *)&address, sizeof address) != 0) {
		(void)puts("unreachable");
		exit(0);
	}
	return line;
}

/* Returns this end of the pump; the others are the runner's alone. */
static int
send_order(int line, struct lie *lie)
{
	_Alignas(struct cmsghdr) char control[CMSG_SPACE(sizeof(int) * PUMPS_MOST)] = { 0 };
	int ends[2], given[PUMPS_MOST];
	struct iovec part = { .iov_base = lie, .iov_len = lie->bytes };
	struct msghdr message = { .msg_iov = &part, .msg_iovlen = 1 };
	struct cmsghdr *header;

	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		client_die("There is no pump.");
	for (size_t i = 0; i < PUMPS_MOST; i++)
		given[i] = ends[1];
	if (lie->pumps > 0) {
		message.msg_control = control;
		message.msg_controllen = CMSG_SPACE(sizeof(int) * lie->pumps);
		header = CMSG_FIRSTHDR(&message);
		header->cmsg_level = SOL_SOCKET;
		header->cmsg_type = SCM_RIGHTS;
		header->cmsg_len = CMSG_LEN(sizeof(int) * lie->pumps);
		memcpy(CMSG_DATA(header), given, sizeof(int) * lie->pumps);
	}
	if (sendmsg(line, &message, MSG_NOSIGNAL) < 0)
		client_die("The order cannot be sent.");
	close(ends[1]);
	return ends[0];
}

/* The first word of the runner's. */
static void
hear(int pump)
{
	char bytes[RUN_PUMP_MAX], kind = 0;
	struct run_over over;
	size_t size = 0;

	if (run_receive(pump, &kind, bytes, &size) != ERR_OK) {
		(void)puts("closed");
	} else if (kind == RUN_OVER && size == sizeof over) {
		memcpy(&over, bytes, size);
		(void)printf("refused %s\n", client_err_name((enum err)over.value));
	} else {
		(void)puts(kind == RUN_STARTED ? "started" : "nonsense");
		while (kind != RUN_OVER && run_receive(pump, &kind, bytes, &size) == ERR_OK)
			continue;
	}
}

int
main(int argc, char **argv)
{
	struct lie lie;
	int line, pump;

	if (argc < 3)
		client_die("usage: orderer SOCKET UID [WORD=VALUE ...]");
	(void)alarm(PATIENCE);
	begin(&lie);
	for (int i = 3; i < argc; i++) {
		char *value = strchr(argv[i], '=');

		if (value == NULL)
			client_die("Which value?");
		*value = '\0';
		put(&lie, argv[i], value + 1);
	}
	if (lie.pumps > PUMPS_MOST || lie.bytes > sizeof lie)
		client_die("That is too much.");
	line = reach(argv[1], (uid_t)strtoul(argv[2], NULL, 10));
	pump = send_order(line, &lie);
	hear(pump);
	return 0;
}
