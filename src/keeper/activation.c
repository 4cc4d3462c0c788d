/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "keeper/activation.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <unistd.h>

enum { FIRST_FD = 3 }; /* SD_LISTEN_FDS_START */

int64_t
activation_number(const char *name)
{
	const char *text = getenv(name);
	char *end;
	long long value;

	if (text == NULL || *text < '1' || *text > '9')
		return 0;
	value = strtoll(text, &end, 10);
	return *end == '\0' ? value : 0;
}

static bool
is(int option, int wanted)
{
	int value = -1;
	socklen_t size = sizeof value;

	return getsockopt(FIRST_FD, SOL_SOCKET, option, &value, &size) == 0 &&
	    size == sizeof value && value == wanted;
}

enum err
activation_take(int *ret_fd)
{
	bool ours = activation_number("LISTEN_PID") == getpid();
	bool one = activation_number("LISTEN_FDS") == 1;
	int flags;

	if (unsetenv("LISTEN_PID") != 0 || unsetenv("LISTEN_FDS") != 0 ||
	    unsetenv("LISTEN_FDNAMES") != 0)
		return ERR_SYSTEM;
	if (!ours) {
		*ret_fd = -1;
		return ERR_OK;
	}
	if (!one || !is(SO_DOMAIN, AF_UNIX) || !is(SO_TYPE, SOCK_SEQPACKET) ||
	    !is(SO_ACCEPTCONN, 1))
		return ERR_STATE;
	flags = fcntl(FIRST_FD, F_GETFL);
	if (flags < 0 || fcntl(FIRST_FD, F_SETFL, flags | O_NONBLOCK) != 0 ||
	    fcntl(FIRST_FD, F_SETFD, FD_CLOEXEC) != 0)
		return ERR_SYSTEM;
	*ret_fd = FIRST_FD;
	return ERR_OK;
}
