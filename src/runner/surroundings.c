/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "runner/surroundings.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define PATH "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

/* Letters, digits, and what stands in names of terminals and languages: they end up in paths. */
static bool
is_word(const char *text)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
				      "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-+@";

	return text[0] != '\0' && text[0] != '.' && strspn(text, letters) == strlen(text);
}

void
surroundings_fill(const struct run_order *order, const struct user *user,
    struct surroundings *ret_surroundings)
{
	const struct {
		const char *name, *value;
		bool given;
	} all[] = {
		{ "PATH", PATH, true },
		{ "TERM", is_word(order->term) ? order->term : "dumb", true },
		{ "LANG", order->language, is_word(order->language) },
		{ "HOME", user->home, true },
		{ "SHELL", user->shell, true },
		{ "USER", user->name, user->name[0] != '\0' },
		{ "LOGNAME", user->name, user->name[0] != '\0' },
		{ "PROVCONSOLE_USER", order->person, true },
		{ "PROVCONSOLE_ROLE", role_word((enum role)order->role), true },
		{ "PROVCONSOLE_SOURCE", order->source, true },
		{ "PROVCONSOLE_RUN", order->id, true },
	};
	struct surroundings *place = ret_surroundings;
	size_t used = 0, count = 0;

	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		size_t room = sizeof place->text - used;
		int length;

		if (!all[i].given)
			continue;
		length = snprintf(place->text + used, room, "%s=%s", all[i].name, all[i].value);
		if (length < 0 || (size_t)length >= room)
			break;
		place->variable[count++] = place->text + used;
		used += (size_t)length + 1;
	}
	place->variable[count] = NULL;
}

/* By the system call: the C library keeps two signals for itself, and would leave them as whoever
 * started the keeper had them (nptl(7)). All zero is the default's action, of any architecture. */
static void
reset_signal(int number)
{
	static const unsigned char action[64];

	(void)syscall(SYS_rt_sigaction, number, action, NULL, (size_t)(NSIG - 1) / 8);
}

void
surroundings_clear(const struct user *user)
{
	sigset_t none;

	for (int number = 1; number < NSIG; number++)
		reset_signal(number);
	sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)umask(022);
	if (chdir(user->home) != 0 && chdir("/") != 0)
		_exit(126);
	(void)close_range(3, ~0U, 0);
}
