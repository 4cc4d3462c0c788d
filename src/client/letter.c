/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "client/letter.h"

#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "client/place.h"
#include "core/words.h"

void
letter_fill(struct letter *letter, const char *name, const char *console, const char *applications)
{
	memset(letter, 0, sizeof *letter);
	wire_put(letter->name, sizeof letter->name, name);
	wire_put(letter->console, sizeof letter->console, console);
	wire_put(letter->applications, sizeof letter->applications, applications);
}

/* --- how to get there ----------------------------------------------------------------- */

static void
letter_host(char *host, size_t size)
{
	if (gethostname(host, size) != 0)
		(void)snprintf(host, size, "HOST");
	host[size - 1] = '\0';
}

/* The shared account: the service's socket belongs to its group, which has its name
 * (provconsole-keeper.socket). */
static void
letter_account(const struct place *place, char *buf, size_t size)
{
	char path[PATH_MAX];
	const struct group *group = NULL;
	struct stat st;

	(void)snprintf(path, sizeof path, "%s/%s", place->directory, place->socket);
	if (stat(path, &st) == 0 && st.st_gid != 0)
		group = getgrgid(st.st_gid);
	(void)snprintf(buf, size, "%s", group != NULL ? group->gr_name : "console");
}

/* Who owns the state: nobody else can open this console. */
static void
letter_owner(const struct place *place, char *buf, size_t size)
{
	const struct passwd *user = NULL;
	struct stat st;

	if (stat(place->directory, &st) != 0)
		st.st_uid = geteuid();
	user = getpwuid(st.st_uid);
	if (user != NULL)
		(void)snprintf(buf, size, "%s", user->pw_name);
	else
		(void)snprintf(buf, size, "%u", (unsigned)st.st_uid);
}

/* Whether programs of that directory are found by their name alone. */
static bool
letter_in_path(const char *directory)
{
	const char *path = getenv("PATH");
	size_t length = strlen(directory);

	while (path != NULL && *path != '\0') {
		size_t entry = strcspn(path, ":");

		if (entry == length && strncmp(path, directory, length) == 0)
			return true;
		path += entry + (path[entry] == ':');
	}
	return false;
}

/* The console's program as it must be typed: with its directory in a build tree. */
static void
letter_program(char buf[PATH_MAX])
{
	ssize_t length = readlink("/proc/self/exe", buf, PATH_MAX - 1);
	char *slash;

	buf[length > 0 ? length : 0] = '\0';
	slash = strrchr(buf, '/');
	if (slash != NULL) {
		*slash = '\0';
		if (!letter_in_path(buf)) {
			*slash = '/';
			return;
		}
	}
	(void)snprintf(buf, PATH_MAX, "provconsole");
}

/* The console's command for the owner of a state, as they must type it. */
static void
letter_command(const struct place *place, const struct hello_way *way, char *buf, size_t size)
{
	const char *state = getenv("PROVCONSOLE_STATE");
	char program[PATH_MAX];

	letter_program(program);
	if (!place->may_start)
		(void)snprintf(buf, size, "%s --socket %s/%s", program, place->directory,
		    place->socket);
	else if (way->state != NULL || (state != NULL && *state != '\0'))
		(void)snprintf(buf, size, "%s --state %s", program, place->directory);
	else
		(void)snprintf(buf, size, "%s", program);
}

void
letter_way_find(const struct hello_way *way, struct letter_way *ret_way)
{
	struct place place;

	memset(ret_way, 0, sizeof *ret_way);
	if (place_find(way->socket, way->state, &place) != ERR_OK)
		return;
	letter_host(ret_way->host, sizeof ret_way->host);
	ret_way->known = true;
	ret_way->service = place_is_service(&place);
	if (ret_way->service) {
		letter_account(&place, ret_way->who, sizeof ret_way->who);
		(void)snprintf(ret_way->command, sizeof ret_way->command, "ssh %s@%s", ret_way->who,
		    ret_way->host);
	} else {
		letter_owner(&place, ret_way->who, sizeof ret_way->who);
		letter_command(&place, way, ret_way->command, sizeof ret_way->command);
	}
	place_free(&place);
}

/* --- its lines ------------------------------------------------------------------------- */

/* With its time zone, for the reader may be elsewhere. */
static void
letter_until(int64_t until, char *buf, size_t size)
{
	time_t when = (time_t)until;
	struct tm local;

	if (localtime_r(&when, &local) == NULL ||
	    strftime(buf, size, "%Y-%m-%d %H:%M:%S %Z", &local) == 0)
		(void)snprintf(buf, size, "%lld", (long long)until);
}

/* Each writes its line; false: there is none in this letter. */
typedef bool
letter_writer(const struct letter *letter, const struct letter_way *way, char *buf, size_t size);

static bool
line_console(const struct letter *letter, const struct letter_way *way, char *buf, size_t size)
{
	(void)way;
	(void)snprintf(buf, size, _("You have an account on the operator console %s."),
	    letter->console);
	return true;
}

static bool
line_way(const struct letter *letter, const struct letter_way *way, char *buf, size_t size)
{
	(void)letter;
	if (way->service)
		(void)snprintf(buf, size, "%s", _("To sign in, run:"));
	else
		(void)snprintf(buf, size, _("To sign in, run on %s as the UNIX user %s:"),
		    way->host, way->who);
	return way->known;
}

static bool
line_command(const struct letter *letter, const struct letter_way *way, char *buf, size_t size)
{
	(void)letter;
	(void)snprintf(buf, size, "%s", way->command);
	return way->known;
}

static bool
line_name(const struct letter *letter, const struct letter_way *way, char *buf, size_t size)
{
	(void)way;
	(void)snprintf(buf, size, _("User name: %s"), letter->name);
	return true;
}

static bool
line_password(const struct letter *letter, const struct letter_way *way, char *buf, size_t size)
{
	char until[96];

	(void)way;
	letter_until(letter->until, until, sizeof until);
	if (letter->until != 0)
		(void)snprintf(buf, size, _("One-time password, until %s:"), until);
	else
		(void)snprintf(buf, size, "%s", _("Password: the one that was set for you."));
	return true;
}

static bool
line_invitation(const struct letter *letter, const struct letter_way *way, char *buf, size_t size)
{
	(void)letter;
	(void)way;
	(void)size;
	buf[0] = '\0';
	return true;
}

static bool
line_choose(const struct letter *letter, const struct letter_way *way, char *buf, size_t size)
{
	(void)way;
	(void)snprintf(buf, size, "%s", _("You are then asked to choose a password of your own."));
	return letter->until != 0;
}

static bool
line_scan(const struct letter *letter, const struct letter_way *way, char *buf, size_t size)
{
	(void)way;
	(void)snprintf(buf, size,
	    _("If a QR code is shown, scan it with an authenticator application on your phone: "
	      "%s, or any other for TOTP."),
	    letter->applications);
	return true;
}

static bool
line_key(const struct letter *letter, const struct letter_way *way, char *buf, size_t size)
{
	(void)letter;
	(void)snprintf(buf, size, "%s",
	    _("If ssh says \"Permission denied\", send the administrator your public SSH key."));
	return way->known && way->service;
}

static const struct {
	enum letter_kind kind;
	letter_writer *write;
} lines[] = {
	{ LETTER_PROSE, line_console },
	{ LETTER_PROSE, line_way },
	{ LETTER_LITERAL, line_command },
	{ LETTER_PROSE, line_name },
	{ LETTER_PROSE, line_password },
	{ LETTER_INVITATION, line_invitation },
	{ LETTER_PROSE, line_choose },
	{ LETTER_PROSE, line_scan },
	{ LETTER_PROSE, line_key },
};

bool
letter_line(const struct letter *letter, const struct letter_way *way, size_t number,
    struct letter_line *ret_line)
{
	char text[LETTER_SIZE];

	for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
		if (!lines[i].write(letter, way, text, sizeof text) || number-- > 0)
			continue;
		ret_line->kind = lines[i].kind;
		(void)text_show(text, strlen(text), ret_line->text, sizeof ret_line->text);
		return true;
	}
	return false;
}
