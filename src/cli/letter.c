/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cli/letter.h"

#include <grp.h>
#include <limits.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/say.h"
#include "cli/table.h"
#include "cli/wrap.h"
#include "client/place.h"

enum { LETTER_SIZE = 3 * PATH_MAX };

void
letter_fill(struct letter *letter, const char *name, const struct wire_hello_reply *hello)
{
	memset(letter, 0, sizeof *letter);
	wire_put(letter->name, sizeof letter->name, name);
	wire_put(letter->console, sizeof letter->console, hello->console_name);
	wire_put(letter->applications, sizeof letter->applications, hello->applications);
}

/* --- how to get there ----------------------------------------------------------------- */

static void
letter_host(char host[HOST_NAME_MAX + 1])
{
	if (gethostname(host, HOST_NAME_MAX + 1) != 0)
		(void)snprintf(host, HOST_NAME_MAX + 1, "HOST");
	host[HOST_NAME_MAX] = '\0';
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

/* --- its lines ------------------------------------------------------------------------- */

static void
letter_paragraph(const char *text)
{
	char shown[LETTER_SIZE];

	(void)text_show(text, strlen(text), shown, sizeof shown);
	wrap_put(stderr, shown, 0, wrap_prose(stderr));
}

static void
letter_indented(const char *text)
{
	char shown[LETTER_SIZE];

	(void)text_show(text, strlen(text), shown, sizeof shown);
	(void)fprintf(stderr, "\n    %s\n\n", shown);
}

static void
letter_way(const struct place *place, const struct hello_way *way)
{
	char host[HOST_NAME_MAX + 1], who[LOGIN_NAME_MAX], line[LETTER_SIZE];

	letter_host(host);
	if (place_is_service(place)) {
		letter_account(place, who, sizeof who);
		letter_paragraph(_("To sign in, run:"));
		(void)snprintf(line, sizeof line, "ssh %s@%s", who, host);
	} else {
		letter_owner(place, who, sizeof who);
		(void)snprintf(line, sizeof line, _("To sign in, run on %s as the UNIX user %s:"),
		    host, who);
		letter_paragraph(line);
		letter_command(place, way, line, sizeof line);
	}
	letter_indented(line);
}

/* With its time zone, for the reader may be elsewhere. */
static void
letter_until(int64_t until, char *buf, size_t size)
{
	time_t when = (time_t)until;
	char text[TABLE_TIME_SIZE], zone[16] = "";
	struct tm local;

	table_time(until, text);
	if (localtime_r(&when, &local) != NULL)
		(void)strftime(zone, sizeof zone, " %Z", &local);
	(void)snprintf(buf, size, "%s%s", text, zone);
}

void
letter_begin(const struct letter *letter, const struct hello_way *way)
{
	char line[LETTER_SIZE], until[2 * TABLE_TIME_SIZE];
	struct place place;

	(void)fputc('\n', stderr);
	(void)snprintf(line, sizeof line, _("To forward to %s:"), letter->name);
	letter_paragraph(line);
	(void)fputc('\n', stderr);
	(void)snprintf(line, sizeof line, _("You have an account on the operator console %s."),
	    letter->console);
	letter_paragraph(line);
	if (place_find(way->socket, way->state, &place) == ERR_OK) {
		letter_way(&place, way);
		place_free(&place);
	}
	(void)snprintf(line, sizeof line, _("User name: %s"), letter->name);
	letter_paragraph(line);
	letter_until(letter->until, until, sizeof until);
	(void)snprintf(line, sizeof line, _("One-time password, until %s:"), until);
	letter_paragraph(letter->until != 0 ? line : _("Password: the one that was set for you."));
	(void)fputc('\n', stderr);
}

void
letter_end(const struct letter *letter, const struct hello_way *way)
{
	char line[LETTER_SIZE];
	struct place place;

	if (letter->until != 0) {
		(void)fputc('\n', stderr);
		letter_paragraph(_("You are then asked to choose a password of your own."));
	}
	(void)snprintf(line, sizeof line,
	    _("If a QR code is shown, scan it with an authenticator application on your phone: "
	      "%s, or any other for TOTP."),
	    letter->applications);
	letter_paragraph(line);
	if (place_find(way->socket, way->state, &place) != ERR_OK)
		return;
	if (place_is_service(&place))
		letter_paragraph(_("If ssh says \"Permission denied\", send the administrator "
				   "your public SSH key."));
	place_free(&place);
}
