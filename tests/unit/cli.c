/* SPDX-License-Identifier: GPL-3.0-or-later */
/*
 * The commands. The keeper's answers are put on the line before the command asks, and what it asked is read afterwards;
 * what it printed is caught in files.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <sys/socket.h>
#include <unistd.h>

#include "cli/ask.h"
#include "cli/cli.h"
#include "cli/command.h"
#include "cli/say.h"
#include "cli/table.h"
#include "wire/line.h"

enum { CAUGHT = 16384 };

static struct { FILE *file; int saved; char text[CAUGHT]; } caught[2];	/* standard output, standard error */
static int keeper = -1;
static struct cli cli;
static struct wire_reply reply;
static struct wire_request request;

/* --- catching --------------------------------------------------------------------------- */

static void
catch(void)
{
	for (int i = 0; i < 2; i++) {
		assert_int_equal(fflush(i == 0 ? stdout : stderr), 0);
		caught[i].file = tmpfile();
		caught[i].saved = dup(i + 1);
		assert_non_null(caught[i].file);
		assert_int_equal(dup2(fileno(caught[i].file), i + 1), i + 1);
	}
}

static void
release(void)
{
	for (int i = 0; i < 2; i++) {
		size_t length;

		(void)fflush(i == 0 ? stdout : stderr);
		(void)dup2(caught[i].saved, i + 1);
		close(caught[i].saved);
		rewind(caught[i].file);
		length = fread(caught[i].text, 1, CAUGHT - 1, caught[i].file);
		caught[i].text[length] = '\0';
		(void)fclose(caught[i].file);
	}
}

#define OUT caught[0].text
#define ERR caught[1].text

static int
open_line(void **state)
{
	int ends[2];

	(void)state;
	memset(&cli, 0, sizeof cli);
	if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, ends) != 0)
		return 1;
	cli.line = ends[0];
	keeper = ends[1];
	return 0;
}

static int
close_line(void **state)
{
	(void)state;
	close(cli.line);
	close(keeper);
	return 0;
}

static enum err
run(enum err (*handler)(struct cli *))
{
	enum err err;

	catch();
	err = handler(&cli);
	release();
	return err;
}

static void
answer(void)
{
	assert_int_equal(line_send_reply(keeper, &reply), ERR_OK);
}

static void
asked(enum wire_op op)
{
	assert_int_equal(line_receive_request(keeper, &request), ERR_OK);
	assert_int_equal(request.op, op);
}

/* --- usage --------------------------------------------------------------------------------- */

static int
command_line(const char *words)
{
	const struct hello_way way = { .socket = "/nowhere/at/all/socket", .libexec = "/nowhere" };
	char copy[256], *argv[16], *rest = copy;
	int argc = 0, status;

	(void)snprintf(copy, sizeof copy, "%s", words);
	while ((argv[argc] = strsep(&rest, " ")) != NULL)
		argc++;
	catch();
	status = cli_run(&way, argc, argv);
	release();
	return status;
}

static void
test_wrong_usage(void **state)
{
	static const struct { const char *words, *says, *see; } wrong[] = {
		{ "dance", "There is no such command: dance.", "See: provconsole --help\n" },
		{ "user", "A word is missing after this one: user.", "See: provconsole user --help\n" },
		{ "user dance", "There is no such command: dance.", "See: provconsole user --help\n" },
		{ "us list", "There is no such command: us.", "See: provconsole --help\n" },
		{ "user show", "Something is missing; needed is: NAME.", "See: provconsole user show --help\n" },
		{ "user show a b", "This is one word too many: b.", "See: provconsole user show --help\n" },
		{ "user list --dance", "There is no such option: --dance.", "See: provconsole user list --help\n" },
		{ "user list --role operator", "This command does not take the option: role.", "See: provconsole user list --help\n" },
		{ "user add a --role", "This option needs a value: --role.", "See: provconsole user add --help\n" },
		{ "init", "An option is missing: --user.", "See: provconsole init --help\n" },
		{ "user reset-2fa bob", "An option is missing: --reason.", "See: provconsole user reset-2fa --help\n" },
		{ "user reset-2fa bob --reason", "This option needs a value: --reason.", "See: provconsole user reset-2fa --help\n" },
		{ "user reset-2fa --reason lost", "Something is missing; needed is: NAME.", "See: provconsole user reset-2fa --help\n" },
		{ "user set-password bob --invite --password-stdin", "cannot be given along with --password-stdin: --invite.",
		    "See: provconsole user set-password --help\n" },
		{ "user add bob --invite", "This command does not take the option: invite.", "See: provconsole user add --help\n" },
		{ "user set-role bob", "Something is missing; needed is: NAME ROLE.", "See: provconsole user set-role --help\n" },
		{ "user remove", "Something is missing; needed is: NAME.", "See: provconsole user remove --help\n" },
		{ "user remove a b", "This is one word too many: b.", "See: provconsole user remove --help\n" },
		{ "settings set idle-lock", "Something is missing; needed is: KEY VALUE.", "See: provconsole settings set --help\n" },
		{ "\x1b[31m", "There is no such command: ?[31m.", "See: provconsole --help\n" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		assert_int_equal(command_line(wrong[i].words), SAY_USAGE);
		assert_string_equal(OUT, "");
		assert_non_null(strstr(ERR, wrong[i].says));
		assert_non_null(strstr(ERR, wrong[i].see));
		assert_ptr_equal(strchr(ERR, '\n'), ERR + strlen(ERR) - 1);
	}
}

static void
test_a_failure_is_one(void **state)
{
	(void)state;
	assert_int_equal(command_line("user list"), SAY_FAILED);
	assert_string_equal(OUT, "");
	assert_string_equal(ERR, "provconsole: No keeper answers on the socket. Start its service, or name another socket.\n");
	assert_int_equal(command_line("user add a -- --b"), SAY_USAGE);
	assert_int_equal(command_line("user add -- --b"), SAY_FAILED);
}

static void
test_help(void **state)
{
	char line[64];

	(void)state;
	for (const struct command *command = commands; command->words != NULL; command++) {
		char *usage = command_usage(command);

		assert_non_null(usage);
		assert_int_equal(strncmp(usage, command->words, strlen(command->words)), 0);
		(void)snprintf(line, sizeof line, "%s --help", command->words);
		assert_int_equal(command_line(line), SAY_DONE);
		assert_string_equal(ERR, "");
		assert_non_null(strstr(OUT, usage));
		assert_non_null(strstr(OUT, command->help));
		catch();
		assert_int_equal(cli_help(), SAY_DONE);
		release();
		assert_non_null(strstr(OUT, usage));
		free(usage);
	}
	assert_int_equal(command_line("settings set --help"), SAY_DONE);
	assert_non_null(strstr(OUT, "  require-2fa "));
	assert_int_equal(command_line("user --help"), SAY_DONE);
	assert_non_null(strstr(OUT, "user add NAME [--role ROLE] [--password-stdin]"));
	assert_non_null(strstr(OUT, "user unlock NAME"));
	assert_non_null(strstr(OUT, "user reset-2fa NAME --reason TEXT\n"));
}

/* --- people -------------------------------------------------------------------------------------- */

static void
put_user(struct wire_user *user, const char *name)
{
	wire_put(user->name, sizeof user->name, name);
	user->enabled = 1;
	user->created = 1000;
}

static void
answer_two_pages(void)
{
	wire_reply_init(&reply, WIRE_USER_LIST);
	reply.now = 5000;
	reply.u.user_page.count = 2;
	reply.u.user_page.more = 1;
	put_user(&reply.u.user_page.user[0], "alice");
	reply.u.user_page.user[0].role = ROLE_SUPER_ADMINISTRATOR;
	reply.u.user_page.user[0].has_2fa = 1;
	reply.u.user_page.user[0].last_sign_in = 4000;
	put_user(&reply.u.user_page.user[1], "bob");
	reply.u.user_page.user[1].paused_until = 5001;
	answer();
	wire_reply_init(&reply, WIRE_USER_LIST);
	reply.now = 5000;
	reply.u.user_page.count = 1;
	put_user(&reply.u.user_page.user[0], "\xc3\xa9v\xc3\xa9");
	reply.u.user_page.user[0].paused_until = 5000;
	reply.u.user_page.user[0].enabled = 0;
	answer();
}

static void
test_list_json(void **state)
{
	(void)state;
	answer_two_pages();
	cli.options = OPTION_JSON;
	assert_int_equal(run(user_list_run), ERR_OK);
	assert_string_equal(OUT,
	    "[\n"
	    "{\"name\": \"alice\", \"role\": \"super-administrator\", \"2fa\": true, \"enabled\": true, \"paused_until\": null, "
	    "\"last_sign_in\": 4000, \"recovery_left\": 0, \"devices\": 0, \"created\": 1000},\n"
	    "{\"name\": \"bob\", \"role\": \"operator\", \"2fa\": false, \"enabled\": true, \"paused_until\": 5001, "
	    "\"last_sign_in\": null, \"recovery_left\": 0, \"devices\": 0, \"created\": 1000},\n"
	    "{\"name\": \"\xc3\xa9v\xc3\xa9\", \"role\": \"operator\", \"2fa\": false, \"enabled\": false, \"paused_until\": null, "
	    "\"last_sign_in\": null, \"recovery_left\": 0, \"devices\": 0, \"created\": 1000}\n"
	    "]\n");
	asked(WIRE_USER_LIST);
	assert_string_equal(request.u.user_page.after, "");
	asked(WIRE_USER_LIST);
	assert_string_equal(request.u.user_page.after, "bob");
}

static void
test_list_aligned(void **state)
{
	(void)state;
	setenv("TZ", "UTC", 1);
	answer_two_pages();
	assert_int_equal(run(user_list_run), ERR_OK);
	assert_string_equal(OUT,
	    "NAME   ROLE                 2FA  STATE     LAST SIGN-IN\n"
	    "alice  super-administrator  on   enabled   1970-01-01 01:06:40\n"
	    "bob    operator             off  paused    never\n"
	    "\xc3\xa9v\xc3\xa9    operator             off  disabled  never\n");
}

static void
test_a_page_without_end(void **state)
{
	(void)state;
	wire_reply_init(&reply, WIRE_USER_LIST);
	reply.u.user_page.more = 1;
	answer();
	assert_int_equal(run(user_list_run), ERR_PROTOCOL);
}

static void
test_add_invites(void **state)
{
	(void)state;
	wire_reply_init(&reply, WIRE_USER_ADD);
	wire_put(reply.u.user_add.invitation, sizeof reply.u.user_add.invitation, "ABCD-EFGH-IJKL-MNOP");
	reply.u.user_add.expires = 86400;
	answer();
	setenv("TZ", "UTC", 1);
	cli.operand[0] = "bob";
	cli.role = "administrator";
	assert_int_equal(run(user_add_run), ERR_OK);
	assert_string_equal(OUT, "ABCD-EFGH-IJKL-MNOP\n");
	assert_non_null(strstr(ERR, "1970-01-02 00:00:00"));
	asked(WIRE_USER_ADD);
	assert_string_equal(request.u.user_add.name, "bob");
	assert_int_equal(request.u.user_add.role, ROLE_ADMINISTRATOR);
	assert_int_equal(request.u.user_add.invite, 1);
	assert_string_equal(request.u.user_add.password, "");
	for (size_t i = 0; i < sizeof cli.reply.u.user_add.invitation; i++)
		assert_int_equal(cli.reply.u.user_add.invitation[i], 0);
}

static void
test_bad_arguments_are_not_sent(void **state)
{
	(void)state;
	cli.operand[0] = "no blanks";
	assert_int_equal(run(user_add_run), ERR_NAME_CHARACTERS);
	assert_int_equal(run(user_show_run), ERR_NAME_CHARACTERS);
	assert_int_equal(run(user_disable_run), ERR_NAME_CHARACTERS);
	assert_int_equal(run(user_remove_run), ERR_NAME_CHARACTERS);
	cli.options = OPTION_INVITE;
	assert_int_equal(run(user_set_password_run), ERR_NAME_CHARACTERS);
	cli.reason = "lost";
	assert_int_equal(run(user_reset_run), ERR_NAME_CHARACTERS);
	cli.operand[1] = "operator";
	assert_int_equal(run(user_set_role_run), ERR_NAME_CHARACTERS);
	cli.operand[0] = "bob";
	cli.operand[1] = cli.role = "boss";
	assert_int_equal(run(user_add_run), ERR_ROLE_UNKNOWN);
	assert_int_equal(run(user_set_role_run), ERR_ROLE_UNKNOWN);
	cli.operand[0] = "idle-lock";
	cli.operand[1] = "soon";
	assert_int_equal(run(settings_set_run), ERR_SETTING_VALUE);
	cli.operand[0] = "dance";
	assert_int_equal(run(settings_set_run), ERR_SETTING_UNKNOWN);
	assert_int_equal(recv(keeper, &request, sizeof request, MSG_DONTWAIT), -1);
}

static void
test_enable_and_disable(void **state)
{
	(void)state;
	cli.operand[0] = "bob";
	for (int enabled = 0; enabled < 2; enabled++) {
		wire_reply_init(&reply, WIRE_USER_ENABLE);
		answer();
		assert_int_equal(run(enabled ? user_enable_run : user_disable_run), ERR_OK);
		asked(WIRE_USER_ENABLE);
		assert_int_equal(request.u.user_enable.enabled, enabled);
	}
	wire_reply_init(&reply, WIRE_USER_ENABLE);
	reply.err = ERR_LAST_SUPER;
	answer();
	assert_int_equal(run(user_disable_run), ERR_LAST_SUPER);
}

static void
test_role_and_removal(void **state)
{
	(void)state;
	cli.operand[0] = "bob";
	cli.operand[1] = "administrator";
	wire_reply_init(&reply, WIRE_USER_ROLE);
	answer();
	assert_int_equal(run(user_set_role_run), ERR_OK);
	asked(WIRE_USER_ROLE);
	assert_string_equal(request.u.user_role.name, "bob");
	assert_int_equal(request.u.user_role.role, ROLE_ADMINISTRATOR);
	wire_reply_init(&reply, WIRE_USER_REMOVE);
	reply.err = ERR_LAST_SUPER;
	answer();
	assert_int_equal(run(user_remove_run), ERR_LAST_SUPER);
	asked(WIRE_USER_REMOVE);
	assert_string_equal(request.u.user_name.name, "bob");
	wire_reply_init(&reply, WIRE_USER_UNLOCK);
	answer();
	assert_int_equal(run(user_unlock_run), ERR_OK);
	asked(WIRE_USER_UNLOCK);
}

/* The reason goes as it is: the keeper judges it. What is too long for the message still is for the keeper. */
static void
test_reset_has_its_reason(void **state)
{
	static char longest[2 * TEXT_REASON_SIZE];

	(void)state;
	memset(longest, 'x', sizeof longest - 1);
	cli.operand[0] = "bob";
	for (int i = 0; i < 3; i++) {
		static const char *const reasons[] = { "phone lost", "", longest };

		wire_reply_init(&reply, WIRE_USER_RESET);
		reply.err = i == 1 ? ERR_REASON_MISSING : ERR_OK;
		answer();
		cli.reason = reasons[i];
		assert_int_equal(run(user_reset_run), reply.err);
		asked(WIRE_USER_RESET);
		assert_string_equal(request.u.user_reset.name, "bob");
		if (i < 2)
			assert_string_equal(request.u.user_reset.reason, reasons[i]);
	}
	assert_int_equal(strlen(request.u.user_reset.reason), TEXT_REASON_SIZE - 1);
}

/* --- settings and the trail ---------------------------------------------------------------------------- */

static void
answer_settings(void)
{
	static const char *const values[SETTING_COUNT] = { "yes", "Caf\xc3\xa9 \"1\"", "Authy, Any ,  ,Other", "15m", "259200" };

	wire_reply_init(&reply, WIRE_SETTING_LIST);
	for (size_t i = 0; i < SETTING_COUNT; i++)
		wire_put(reply.u.setting_list.value[i], sizeof reply.u.setting_list.value[i], values[i]);
	answer();
}

static void
test_settings_json(void **state)
{
	(void)state;
	answer_settings();
	cli.options = OPTION_JSON;
	assert_int_equal(run(settings_list_run), ERR_OK);
	assert_string_equal(OUT, "{\"require-2fa\": true, \"console-name\": \"Caf\xc3\xa9 \\\"1\\\"\", "
	    "\"applications\": [\"Authy\", \"Any\", \"Other\"], \"idle-lock\": 900, \"invitation\": 259200}\n");
}

static void
test_settings_get(void **state)
{
	(void)state;
	answer_settings();
	cli.operand[0] = "idle-lock";
	assert_int_equal(run(settings_get_run), ERR_OK);
	assert_string_equal(OUT, "15m\n");
	cli.operand[0] = "dance";
	assert_int_equal(run(settings_get_run), ERR_SETTING_UNKNOWN);
}

static void
test_settings_set_is_normalised(void **state)
{
	(void)state;
	wire_reply_init(&reply, WIRE_SETTING_SET);
	answer();
	cli.operand[0] = "require-2fa";
	cli.operand[1] = "off";
	assert_int_equal(run(settings_set_run), ERR_OK);
	asked(WIRE_SETTING_SET);
	assert_int_equal(request.u.setting_set.id, SETTING_REQUIRE_2FA);
	assert_string_equal(request.u.setting_set.value, "no");
}

static void
answer_trail(int64_t id, uint32_t more)
{
	struct wire_audit_row *row = &reply.u.audit_page.row[0];

	wire_reply_init(&reply, WIRE_AUDIT_LIST);
	reply.u.audit_page.count = 1;
	reply.u.audit_page.more = more;
	row->id = id;
	row->time = id * 1000;
	wire_put(row->who, sizeof row->who, "alice");
	wire_put(row->source, sizeof row->source, "10.0.0.7");
	wire_put(row->action, sizeof row->action, "code");
	wire_put(row->result, sizeof row->result, "wrong");
	wire_put(row->detail, sizeof row->detail, "\x1b]52");
	answer();
}

static void
test_audit_pages(void **state)
{
	(void)state;
	answer_trail(1, 1);
	answer_trail(2, 0);
	cli.options = OPTION_JSON;
	assert_int_equal(run(audit_list_run), ERR_OK);
	assert_string_equal(OUT,
	    "[\n"
	    "{\"id\": 1, \"time\": 1000, \"who\": \"alice\", \"source\": \"10.0.0.7\", \"terminal\": \"\", \"action\": \"code\", "
	    "\"target\": \"\", \"result\": \"wrong\", \"detail\": \"\\u001b]52\", \"peer_uid\": 0},\n"
	    "{\"id\": 2, \"time\": 2000, \"who\": \"alice\", \"source\": \"10.0.0.7\", \"terminal\": \"\", \"action\": \"code\", "
	    "\"target\": \"\", \"result\": \"wrong\", \"detail\": \"\\u001b]52\", \"peer_uid\": 0}\n"
	    "]\n");
	asked(WIRE_AUDIT_LIST);
	assert_int_equal(request.u.audit_page.after, 0);
	asked(WIRE_AUDIT_LIST);
	assert_int_equal(request.u.audit_page.after, 1);
	answer_trail(1, 0);
	cli.options = 0;
	assert_int_equal(run(audit_list_run), ERR_OK);
	assert_non_null(strstr(OUT, "?]52\n"));
	assert_null(strchr(OUT, '\x1b'));
	/* A trail that goes back would be listed without end. */
	answer_trail(2, 1);
	answer_trail(2, 1);
	assert_int_equal(run(audit_list_run), ERR_PROTOCOL);
}

/* --- setting up, passwords ------------------------------------------------------------------------------- */

/* The bytes on standard input for the call. */
static void
feed(const char *bytes, size_t length, int *ret_saved)
{
	int ends[2];

	assert_int_equal(pipe(ends), 0);
	assert_int_equal(write(ends[1], bytes, length), length);
	close(ends[1]);
	*ret_saved = dup(0);
	assert_int_equal(dup2(ends[0], 0), 0);
	close(ends[0]);
}

static void
unfeed(int saved)
{
	assert_int_equal(dup2(saved, 0), 0);
	close(saved);
}

static void
test_init(void **state)
{
	static const char line[] = "correct horse battery\nnot this\n";
	char rest[16] = "";
	int saved;

	(void)state;
	wire_reply_init(&reply, WIRE_INIT);
	answer();
	cli.user = "alice";
	cli.options = OPTION_STDIN;
	feed(line, sizeof line - 1, &saved);
	assert_int_equal(run(init_run), ERR_OK);
	assert_int_equal(read(0, rest, sizeof rest - 1), 9);
	unfeed(saved);
	assert_string_equal(rest, "not this\n");
	assert_string_equal(OUT, "");
	asked(WIRE_INIT);
	assert_string_equal(request.u.init.name, "alice");
	assert_string_equal(request.u.init.password, "correct horse battery");
	cli.reply.u.hello.set_up = 1;
	assert_int_equal(run(init_run), ERR_SET_UP);
}

static void
test_set_password(void **state)
{
	static const char good[] = "correct horse battery\n", poor[] = "short\n";
	int saved;

	(void)state;
	wire_reply_init(&reply, WIRE_USER_PASSWORD);
	answer();
	cli.operand[0] = "bob";
	cli.options = OPTION_STDIN;
	feed(good, sizeof good - 1, &saved);
	assert_int_equal(run(user_set_password_run), ERR_OK);
	unfeed(saved);
	assert_string_equal(OUT, "");
	assert_string_equal(ERR, "");
	asked(WIRE_USER_PASSWORD);
	assert_string_equal(request.u.user_add.name, "bob");
	assert_string_equal(request.u.user_add.password, "correct horse battery");
	assert_int_equal(request.u.user_add.invite, 0);
	feed(poor, sizeof poor - 1, &saved);
	assert_int_equal(run(user_set_password_run), ERR_PASSWORD_SHORT);
	unfeed(saved);
	assert_int_equal(recv(keeper, &request, sizeof request, MSG_DONTWAIT), -1);
}

static void
test_set_password_invites(void **state)
{
	(void)state;
	wire_reply_init(&reply, WIRE_USER_PASSWORD);
	wire_put(reply.u.user_add.invitation, sizeof reply.u.user_add.invitation, "ABCD-EFGH-IJKL-MNOP");
	reply.u.user_add.expires = 86400;
	answer();
	setenv("TZ", "UTC", 1);
	cli.operand[0] = "bob";
	cli.options = OPTION_INVITE;
	assert_int_equal(run(user_set_password_run), ERR_OK);
	assert_string_equal(OUT, "ABCD-EFGH-IJKL-MNOP\n");
	assert_non_null(strstr(ERR, "1970-01-02 00:00:00"));
	asked(WIRE_USER_PASSWORD);
	assert_int_equal(request.u.user_add.invite, 1);
	assert_string_equal(request.u.user_add.password, "");
}

/* Standard output that is closed: the invitation is lost, and it is said how to get another one. */
static void
test_an_invitation_that_cannot_be_printed(void **state)
{
	int saved;
	enum err err;

	(void)state;
	wire_reply_init(&reply, WIRE_USER_ADD);
	wire_put(reply.u.user_add.invitation, sizeof reply.u.user_add.invitation, "ABCD-EFGH-IJKL-MNOP");
	answer();
	cli.operand[0] = "bob";
	catch();
	saved = dup(1);
	close(1);
	err = user_add_run(&cli);
	assert_int_equal(dup2(saved, 1), 1);
	close(saved);
	release();
	assert_int_equal(err, ERR_FAILED);
	assert_true(cli.said);
	assert_non_null(strstr(ERR, "user set-password NAME --invite"));
	assert_null(strstr(ERR, "ABCD"));
}

static enum err
ask_of(const char *bytes, size_t length)
{
	struct secret *typed = NULL;
	enum err err;
	int saved;

	feed(bytes, length, &saved);
	err = ask_password(true, "alice.of.wonderland", &typed);
	unfeed(saved);
	assert_int_equal(typed != NULL, err == ERR_OK);
	secret_free(typed);
	return err;
}

static void
test_passwords_from_standard_input(void **state)
{
	static char longest[TEXT_PASSWORD_SIZE + 8];

	(void)state;
	assert_int_equal(ask_of("correct horse battery", 21), ERR_OK);
	assert_int_equal(ask_of("short\n", 6), ERR_PASSWORD_SHORT);
	assert_int_equal(ask_of("", 0), ERR_PASSWORD_SHORT);
	assert_int_equal(ask_of("\n", 1), ERR_PASSWORD_SHORT);
	assert_int_equal(ask_of("correct\0horse battery\n", 22), ERR_PASSWORD_CONTROL);
	assert_int_equal(ask_of("correct horse battery\r\n", 23), ERR_PASSWORD_CONTROL);
	assert_int_equal(ask_of("correct horse \xff\xff battery\n", 25), ERR_FIELD_UTF8);
	assert_int_equal(ask_of("Alice.Of.Wonderland\n", 20), ERR_PASSWORD_IS_NAME);
	/* 256 characters of 4 bytes are the longest password there is. */
	for (size_t i = 0; i < 256; i++) {
		memcpy(longest + i * 4, "\xf0\x9f\x98\x80", 4);
		longest[i * 4 + 3] = (char)(0x80 + i * i % 61);
	}
	longest[1024] = '\n';
	assert_int_equal(ask_of(longest, 1025), ERR_OK);
	longest[1024] = 'x';
	assert_int_equal(ask_of(longest, 1025), ERR_PASSWORD_LONG);
	assert_int_equal(ask_of(longest, sizeof longest), ERR_PASSWORD_LONG);
}

static void
test_a_line_ends_at_its_newline(void **state)
{
	struct secret *line = NULL;
	int saved;

	(void)state;
	feed("a\0b\n", 4, &saved);
	assert_int_equal(ask_line(0, &line), ERR_PASSWORD_CONTROL);
	unfeed(saved);
	feed("one\n\ntwo", 8, &saved);
	assert_int_equal(ask_line(0, &line), ERR_OK);
	assert_string_equal((const char *)line->bytes, "one");
	secret_free(line);
	assert_int_equal(ask_line(0, &line), ERR_OK);
	assert_int_equal(line->length, 0);
	secret_free(line);
	assert_int_equal(ask_line(0, &line), ERR_OK);
	unfeed(saved);
	assert_string_equal((const char *)line->bytes, "two");
	secret_free(line);
}

/* --- tables ---------------------------------------------------------------------------------------------- */

static void
test_table_keeps_its_widths(void **state)
{
	struct table table;

	(void)state;
	catch();
	table_open(&table, stdout, 2);
	table_put(&table, "wide \xe4\xb8\xad");
	table_put(&table, "x");
	assert_int_equal(table_flush(&table), ERR_OK);
	table_put(&table, "\x1b[m");
	table_put(&table, "y");
	table_put(&table, "last");
	table_put(&table, "");
	assert_int_equal(table_flush(&table), ERR_OK);
	table_close(&table);
	release();
	assert_string_equal(OUT, "wide \xe4\xb8\xad  x\n?[m      y\nlast\n");
}

#define ON_LINE(test) cmocka_unit_test_setup_teardown(test, open_line, close_line)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_wrong_usage),
		cmocka_unit_test(test_a_failure_is_one),
		cmocka_unit_test(test_help),
		ON_LINE(test_list_json),
		ON_LINE(test_list_aligned),
		ON_LINE(test_a_page_without_end),
		ON_LINE(test_add_invites),
		ON_LINE(test_bad_arguments_are_not_sent),
		ON_LINE(test_enable_and_disable),
		ON_LINE(test_role_and_removal),
		ON_LINE(test_reset_has_its_reason),
		ON_LINE(test_set_password),
		ON_LINE(test_set_password_invites),
		ON_LINE(test_an_invitation_that_cannot_be_printed),
		ON_LINE(test_settings_json),
		ON_LINE(test_settings_get),
		ON_LINE(test_settings_set_is_normalised),
		ON_LINE(test_audit_pages),
		ON_LINE(test_init),
		cmocka_unit_test(test_passwords_from_standard_input),
		cmocka_unit_test(test_a_line_ends_at_its_newline),
		cmocka_unit_test(test_table_keeps_its_widths),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
