/* SPDX-License-Identifier: GPL-3.0-or-later */
/* `provconsole setup`: by questions on a terminal, by options from a script. What is done, and how
 * it is taken back, is setup/. */
#include <errno.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/command.h"
#include "cli/say.h"
#include "cli/wrap.h"
#include "core/secret.h"
#include "setup/setup.h"
#include "setup/sshd.h"

enum { SETUP_LINE_SIZE = 1024, SETUP_HOST_SIZE = 256 };
enum { SETUP_PATIENCE = 10000 }; /* milliseconds */

/* What is asked for, and what was found. */
struct wish {
	struct setup setup;
	bool terminal; /* somebody can be asked */
	bool fresh;    /* there is no Super Administrator yet */
	char name[TEXT_NAME_SIZE], keys[SETUP_LINE_SIZE];
};

/* --- asking and telling -------------------------------------------------------------------- */

static void
setup_put(const char *line)
{
	wrap_put(stdout, line, 0, wrap_prose(stdout));
}

static void
setup_bullet(const char *line)
{
	(void)fputs("  - ", stdout);
	wrap_put(stdout, line, 4, wrap_prose(stdout));
}

/* A line from standard input; what stands between brackets if it is empty. The end of the input
 * is no consent: false. */
static bool
setup_question(const char *question, const char *proposal, char *buf, size_t size)
{
	(void)printf("%s [%s] ", question, proposal);
	(void)fflush(stdout);
	if (fgets(buf, (int)size, stdin) == NULL)
		return false;
	buf[strcspn(buf, "\n")] = '\0';
	if (*buf == '\0')
		(void)snprintf(buf, size, "%s", proposal);
	return true;
}

/* Enter is what is proposed; y and o (oui) are yes. */
static bool
setup_agreed(const char *question, bool proposal)
{
	const char *brackets = proposal ? "Y/n" : "y/N";
	char answer[SETUP_LINE_SIZE];

	if (!setup_question(question, brackets, answer, sizeof answer))
		return false;
	if (strcmp(answer, brackets) == 0)
		return proposal;
	return *answer != '\0' && strchr("yYoO", *answer) != NULL;
}

/* Whether it may be done: --yes, or somebody says so. Otherwise it was said why not. */
static enum err
setup_consent(struct cli *cli, const struct wish *wish, const char *question, bool proposal)
{
	if ((cli->options & OPTION_YES) != 0)
		return ERR_OK;
	cli->said = true;
	if (!wish->terminal) {
		say_sentence(N_("There is no terminal to ask on. Agree by --yes."));
		return ERR_FAILED;
	}
	if (setup_agreed(question, proposal)) {
		cli->said = false;
		return ERR_OK;
	}
	say_sentence(N_("Nothing was changed."));
	return ERR_FAILED;
}

/* --- what is asked for ------------------------------------------------------------------- */

/* Of whoever became root, else root's own. */
static const char *
setup_person(void)
{
	const char *name = getenv("SUDO_USER");

	return name != NULL && getpwnam(name) != NULL ? name : "root";
}

/* Their own keys, by which they are here, if there are any. */
static void
setup_propose_keys(char *buf, size_t size)
{
	const char *const people[] = { setup_person(), "root" };

	for (size_t i = 0; i < 2; i++) {
		const struct passwd *entry = getpwnam(people[i]);

		if (entry == NULL)
			continue;
		(void)snprintf(buf, size, "%s/.ssh/authorized_keys", entry->pw_dir);
		if (access(buf, R_OK) == 0)
			return;
	}
	*buf = '\0';
}

/* A file of keys, where the host has none yet. */
static bool
setup_ask_keys(struct cli *cli, struct wish *wish)
{
	char proposal[SETUP_LINE_SIZE];

	wish->setup.keys = cli->keys;
	if (cli->keys != NULL || access(setup_keys, F_OK) == 0 || !wish->terminal)
		return true;
	setup_propose_keys(proposal, sizeof proposal);
	if (!setup_question(_("File with the public SSH keys that may knock first"), proposal,
		wish->keys, sizeof wish->keys))
		return false;
	if (*wish->keys != '\0')
		wish->setup.keys = wish->keys;
	return true;
}

static enum err
setup_ask_name(struct cli *cli, struct wish *wish)
{
	const char *person = setup_person();
	char typed[SETUP_LINE_SIZE];

	if (!wish->fresh || (cli->user == NULL && (cli->options & OPTION_DRY_RUN) != 0))
		return ERR_OK;
	if (cli->user != NULL)
		return command_name(cli->user, wish->name);
	if (!wish->terminal) {
		cli->said = true;
		(void)say_usage(N_("Missing option"), "--user", "setup");
		return ERR_FAILED;
	}
	if (!setup_question(_("User name of the first Super Administrator"),
		strcmp(person, "root") == 0 ? "admin" : person, typed, sizeof typed))
		return ERR_FAILED;
	return command_name(typed, wish->name);
}

/* Whether there is one is a file that the keeper makes: root may look. */
static bool
setup_is_fresh(void)
{
	char path[SETUP_LINE_SIZE];

	(void)snprintf(path, sizeof path, "%s/console.set-up", setup_state);
	return access(path, F_OK) != 0;
}

/* --- the first Super Administrator --------------------------------------------------------------
 */

/* The service's keeper, where it can be reached; else one is started for the state, as for any
 * other command, and leaves again. */
static enum err
setup_connect(struct cli *cli, struct versions *versions)
{
	struct hello_way way = { .socket = setup_socket, .libexec = cli->way->libexec };
	enum err err = hello_connect(&way, WIRE_HOST, &cli->line, &cli->reply, versions);

	if (err != ERR_KEEPER_ABSENT)
		return err;
	way = (struct hello_way){ .state = setup_state,
		.libexec = cli->way->libexec,
		.may_make = true };
	return hello_connect(&way, WIRE_HOST, &cli->line, &cli->reply, versions);
}

/* The keeper that was started for this alone still has the state: the one that is to stay could
 * not take it. */
static void
setup_wait_until_free(void)
{
	struct place place;

	if (place_find(NULL, setup_state, &place) != ERR_OK)
		return;
	(void)place_leaves(&place, SETUP_PATIENCE);
	place_free(&place);
}

static enum err
setup_first(struct cli *cli, struct wire_request *request)
{
	struct versions versions;
	enum err err = setup_connect(cli, &versions);

	if (err != ERR_OK) {
		say_no_keeper(err, cli->reply.wait, &versions);
		cli->said = true;
		return err;
	}
	err = command_ask(cli, request);
	close(cli->line);
	setup_wait_until_free();
	return err == ERR_SET_UP ? ERR_OK : err;
}

/* --- doing it ----------------------------------------------------------------------------------
 */

static enum err
setup_why(struct cli *cli, const struct setup *setup, enum err err)
{
	if (err == ERR_FAILED && *setup->why != '\0') {
		say_text(setup->why);
		cli->said = true;
	}
	return err;
}

/* Returns how much of it is to be done. */
static int
setup_tell_plan(const struct wish *wish)
{
	int count = 0;

	setup_put(_("This is what setup does on this host:"));
	for (size_t i = 0; i < SETUP_STEPS; i++)
		if (wish->setup.needed[i]) {
			setup_bullet(_(setup_steps[i].says));
			count++;
		}
	if (wish->fresh) {
		setup_bullet(_("The first Super Administrator, with a password."));
		count++;
	}
	if (count == 0)
		setup_bullet(_("Nothing: all of it is so already."));
	return count;
}

static void
setup_tell_end(struct cli *cli, const struct setup *setup)
{
	char host[SETUP_HOST_SIZE] = "HOST", line[SETUP_LINE_SIZE], keeper[SETUP_LINE_SIZE];

	(void)gethostname(host, sizeof host - 1);
	if (!setup->systemd && place_keeper(cli->way->libexec, keeper, sizeof keeper) == ERR_OK) {
		setup_put(_("systemd does not run this host. Have the keeper started with it, as "
			    "root:"));
		(void)printf("  %s --state %s --listen %s\n", keeper, setup_state, setup_socket);
		if (setup_has_runner()) {
			setup_put(_("And the runner, which commands need:"));
			(void)printf("  %s --listen %s --for provconsole\n", setup_runner,
			    setup_runner_socket);
		}
	}
	if (setup->pam != NULL && strcmp(setup->pam, "sshd") == 0 && !sshd_host_asks_pam(false))
		setup_put(_("sshd lets people in by a key alone, and then asks for no code, until "
			    "AuthenticationMethods says otherwise: see pam_provconsole(8), "
			    "EXAMPLES."));
	setup_put(_("Done. Sign in, from where one of those keys is:"));
	(void)snprintf(line, sizeof line, "  ssh console@%s", host);
	setup_put(line);
	setup_put(_("To look whether all is well: provconsole doctor. To take it back: provconsole "
		    "setup --undo"));
}

/* All of it, or nothing. */
static enum err
setup_do(struct cli *cli, struct wish *wish, struct wire_request *request)
{
	enum err err = setup_act(&wish->setup);

	if (err != ERR_OK)
		return setup_why(cli, &wish->setup, err);
	if (wish->fresh)
		err = setup_first(cli, request);
	if (err != ERR_OK) {
		setup_drop(&wish->setup);
		return err;
	}
	err = setup_keep(&wish->setup);
	if (err != ERR_OK)
		return setup_why(cli, &wish->setup, err);
	setup_tell_end(cli, &wish->setup);
	return ERR_OK;
}

/* The password is asked for before anything is done. */
static enum err
setup_agree_and_do(struct cli *cli, struct wish *wish)
{
	struct wire_request request;
	enum err err = setup_consent(cli, wish, _("Do it?"), true);

	if (err != ERR_OK)
		return err;
	wire_request_init(&request, WIRE_INIT);
	if (wish->fresh) {
		wire_put(request.u.init.name, sizeof request.u.init.name, wish->name);
		err = command_password(cli, wish->name, request.u.init.password);
	}
	if (err == ERR_OK)
		err = setup_do(cli, wish, &request);
	secret_wipe(&request, sizeof request);
	return err;
}

static enum err
setup_take_back(struct cli *cli, struct wish *wish)
{
	enum err err;

	setup_put(_("This is what setup --undo does; the state, with people and trail, stays:"));
	if (!setup_tell_undo(setup_bullet)) {
		setup_bullet(_("Nothing: setup has done nothing on this host."));
		return ERR_OK;
	}
	if ((cli->options & OPTION_DRY_RUN) != 0)
		return ERR_OK;
	err = setup_consent(cli, wish, _("Take it back?"), false);
	if (err == ERR_OK)
		err = setup_why(cli, &wish->setup, setup_undo(&wish->setup));
	if (err == ERR_OK)
		setup_put(_("Done."));
	return err;
}

static enum err
setup_look_and_do(struct cli *cli, struct wish *wish)
{
	enum err err;

	wish->fresh = setup_is_fresh();
	wish->setup.pam = cli->pam;
	err = setup_ask_name(cli, wish);
	if (err != ERR_OK)
		return err;
	if (!setup_ask_keys(cli, wish))
		return ERR_FAILED;
	err = setup_look(&wish->setup);
	if (err != ERR_OK)
		return setup_why(cli, &wish->setup, err);
	if (setup_tell_plan(wish) == 0 || (cli->options & OPTION_DRY_RUN) != 0)
		return ERR_OK;
	return setup_agree_and_do(cli, wish);
}

enum err
setup_run(struct cli *cli)
{
	struct wish *wish;
	enum err err;

	if (geteuid() != 0) {
		say_sentence(N_("Only root can set a host up. Try: sudo provconsole setup"));
		cli->said = true;
		return ERR_FAILED;
	}
	wish = calloc(1, sizeof *wish);
	if (wish == NULL)
		return ERR_MEMORY;
	wish->terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO);
	err = (cli->options & OPTION_UNDO) != 0 ? setup_take_back(cli, wish)
						: setup_look_and_do(cli, wish);
	free(wish);
	return err;
}
