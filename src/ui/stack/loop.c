/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Signals arrive only inside ppoll(), and just after it. */
#include "ui/stack/loop.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "client/host_clock.h"
#include "core/secret.h"
#include "ui/stack/answer.h"
#include "ui/stack/ask.h"
#include "ui/stack/playing.h"
#include "ui/stack/clock.h"
#include "ui/stack/frame.h"
#include "ui/stack/handle.h"
#include "ui/stack/say.h"
#include "ui/stack/stack.h"
#include "core/words.h"
#include "wire/line.h"

/* So that endless input starves neither signals nor the keeper's messages. */
enum { EVENTS_A_TURN = 65536, SECONDS_A_TURN = 1 };

/* The one signal flag: the last signal that arrived, or one that ends. */
static volatile sig_atomic_t caught;

static void
on_signal(int number)
{
	bool ends = number == SIGTERM || number == SIGHUP || number == SIGINT;

	if (ends || caught == 0)
		caught = number;
}

/* ^Z, ^\ and their signals are ignored (DESIGN 2); the others wake the loop. */
static const struct {
	int number;
	void (*handler)(int);
} signals[] = { { SIGWINCH, on_signal }, { SIGCONT, on_signal }, { SIGTERM, on_signal },
	{ SIGHUP, on_signal }, { SIGINT, on_signal }, { SIGTSTP, SIG_IGN }, { SIGTTIN, SIG_IGN },
	{ SIGTTOU, SIG_IGN }, { SIGQUIT, SIG_IGN }, { SIGPIPE, SIG_IGN } };

enum { SIGNALS = sizeof signals / sizeof signals[0] };

/*
 * For the rest of the program: the SIGHUP of a line that is down must not kill what already ends,
 * nor may the bytes of a paste that meet a terminal just given back. Writes the mask for ppoll().
 */
static void
signals_take(sigset_t *ret_waiting)
{
	struct sigaction action;
	sigset_t held;

	caught = 0;
	memset(&action, 0, sizeof action);
	sigemptyset(&action.sa_mask);
	sigemptyset(&held);
	for (size_t i = 0; i < SIGNALS; i++)
		if (signals[i].handler == on_signal)
			sigaddset(&held, signals[i].number);
	sigprocmask(SIG_BLOCK, &held, ret_waiting);
	for (size_t i = 0; i < SIGNALS; i++) {
		action.sa_handler = signals[i].handler;
		sigaction(signals[i].number, &action, NULL);
		sigdelset(ret_waiting, signals[i].number);
	}
}

/* ppoll() lets no signal in when a descriptor is ready: who types without end could not be ended.
 */
static void
let_signals_in(const sigset_t *waiting)
{
	sigset_t held;

	(void)sigprocmask(SIG_SETMASK, waiting, &held);
	(void)sigprocmask(SIG_SETMASK, &held, NULL);
}

/* --- what the wait brings -------------------------------------------------------- */

static void
handle_signal(struct ui *ui)
{
	const struct event resize = { .type = EVENT_RESIZE };
	int number = caught;

	caught = 0;
	if (number == 0)
		return;
	if (number != SIGWINCH && number != SIGCONT) {
		ui_end(ui, 1, ERR_OK, NULL);
		return;
	}
	terminal_resized(ui->terminal);
	ui_handle(ui, &resize);
}

static void
read_keeper(struct ui *ui)
{
	struct wire_reply reply;
	int passed = -1;
	enum err err = line_receive_reply_with(ui->line, &reply, &passed);

	if (passed >= 0 && ui->passed >= 0)
		close(ui->passed);
	if (passed >= 0)
		ui->passed = passed;
	if (err == ERR_OK)
		ui_receive(ui, &reply);
	else if (err != ERR_BUSY)
		ui_end(ui, 1, err, NULL);
	secret_wipe(&reply, sizeof reply);
}

/* While a command has the terminal: no event is made of a new size, which the command is told. */
static void
handle_ending(struct ui *ui)
{
	int number = caught;

	if (number == 0 || number == SIGWINCH || number == SIGCONT)
		return;
	caught = 0;
	ui_end(ui, 1, ERR_OK, NULL);
}

static bool
was_resized(void)
{
	bool was = caught == SIGWINCH || caught == SIGCONT;

	if (was)
		caught = 0;
	return was;
}

static bool
ended_idle(const struct run_over *over)
{
	return over->how == RUN_ENDED && over->value == ERR_IDLE;
}

/* The console was opened for that command alone. */
static void
end_remote(struct ui *ui)
{
	const struct run_over *over = &ui->over;
	bool says = over->how == RUN_REFUSED || over->how == RUN_ENDED;

	ui->remote_said = true;
	ui_end(ui, run_status(over), says ? (enum err)over->value : ERR_OK, NULL);
}

/* What was said meanwhile, behind what the screen says of the end. */
static void
tell_meanwhile(struct ui *ui)
{
	char line[2 * UI_MESSAGE_SIZE + 2];

	if (ui->said_meanwhile[0] == '\0')
		return;
	(void)snprintf(line, sizeof line, "%s%s%s", ui->message, ui->message[0] != '\0' ? " " : "",
	    ui->said_meanwhile);
	ui->said_meanwhile[0] = '\0';
	ui_say_text(ui, STYLE_BOLD, line);
}

/* A command behind the doors has the terminal; then the screen that ran it is told how it ended. */
static void
go_behind(struct ui *ui, const sigset_t *mask)
{
	static const struct behind_loop loop = { handle_ending, read_keeper, was_resized };
	int pump = ui->passed;
	bool plays = ui->plays;
	enum err err;

	ui->behind = ui->plays = false;
	ui->passed = -1;
	if (pump < 0)
		return;
	ui->away = true;
	err = plays ? playing_run(ui, pump, &loop, mask, &ui->over)
		    : ui_go_behind(ui, pump, &loop, mask);
	ui->away = false;
	if (err != ERR_OK)
		ui_end(ui, 1, ERR_OK, NULL);
	ui->last_key = terminal_clock();
	ui->full = true;
	if (ui->ended)
		return;
	if (ui->remote != NULL)
		end_remote(ui);
	else if (ui->facts.door == DOOR_HOME && ended_idle(&ui->over))
		ui_lock_now(ui);
	else
		ui_resume(ui);
	tell_meanwhile(ui);
}

/* Handle all input before drawing: a long paste is drawn once. */
static void
read_terminal(struct ui *ui)
{
	struct event event = { .type = EVENT_NONE };
	int64_t began = terminal_clock();

	for (size_t i = 0; i < EVENTS_A_TURN && !ui->ended; i++) {
		if (terminal_clock() - began > SECONDS_A_TURN)
			break;
		if (terminal_read(ui->terminal, &event) != ERR_OK) {
			ui_end(ui, 1, ERR_OK, NULL);
			break;
		}
		if (event.type == EVENT_NONE)
			break;
		ui_handle(ui, &event);
	}
	secret_wipe(&event, sizeof event);
}

/* Milliseconds until something is to be done though nothing comes; -1: never. */
static int
patience(const struct ui *ui)
{
	int timeout = ui_timeout(ui), terminal = terminal_wait(ui->terminal);

	if (terminal_holds(ui->terminal))
		return 0;
	return timeout < 0 || (terminal >= 0 && terminal < timeout) ? terminal : timeout;
}

static void
turn(struct ui *ui, const sigset_t *mask)
{
	struct pollfd lines[2] = { { .fd = terminal_fd(ui->terminal), .events = POLLIN },
		{ .fd = ui->line, .events = POLLIN } };
	int timeout = patience(ui);
	struct timespec wait = { timeout / 1000, (long)(timeout % 1000) * 1000000 };
	int ready;

	ui_draw(ui, false);
	ready = ppoll(lines, 2, timeout >= 0 ? &wait : NULL, mask);
	if (ready < 0 && errno != EINTR) {
		ui_end(ui, 1, err_from_errno(errno), NULL);
		return;
	}
	if (ready > 0)
		let_signals_in(mask);
	handle_signal(ui);
	if (ready > 0 && lines[1].revents != 0)
		read_keeper(ui);
	if ((ready > 0 && lines[0].revents & POLLIN) || terminal_holds(ui->terminal))
		read_terminal(ui);
	if (ready > 0 && lines[0].revents & (POLLHUP | POLLERR | POLLNVAL))
		ui_end(ui, 1, ERR_OK, NULL);
	if ((ui->behind || ui->plays) && !ui->ended)
		go_behind(ui, mask);
	ui_alive(ui);
	ui_wake(ui);
}

/* --- from the first screen to the last sentence ------------------------------------ */

static int
say_why(enum err why)
{
	char text[UI_MESSAGE_SIZE];

	err_fill(_(err_sentence(why)), 0, text, sizeof text);
	fprintf(stderr, "%s\n", text);
	return 1;
}

static int
say_goodbye(const struct ui *ui)
{
	/* The screen that it stood on is gone: whoever ended the session said why. */
	if (ui->unread[0] != '\0')
		fprintf(stderr, "%s\n", ui->unread);
	if (ui->why != ERR_OK)
		say_why(ui->why);
	else if (ui->farewell != NULL) {
		printf("%s\n", _(ui->farewell));
		fflush(stdout);
	}
	/* Who asked for a command gets no status that looks like its own. */
	return ui->remote != NULL && !ui->remote_said ? RUN_STATUS_NEVER : ui->status;
}

/* Whoever leaves, or is gone, is not asked anything more. */
static void
settle(struct ui *ui)
{
	enum err err = terminal_settle(ui->terminal);

	if (err == ERR_OK)
		return;
	ui->hands_over = ui->ended = false;
	if (err == ERR_ENDED)
		ui_leave(ui);
	else
		ui_end(ui, 1, ERR_OK, NULL);
}

static void
fill_handover(const struct ui *ui, struct handover *ret_handover)
{
	const struct ui_facts *facts = &ui->facts;

	*ret_handover = (struct handover){ .door = facts->door,
		.language = ui->language,
		.home_seen = facts->role_known,
		.has_2fa = facts->has_2fa,
		.clock_loose = facts->clock_loose,
		.idle_lock = facts->idle_lock,
		.password_least = facts->password_least,
		.next_code = facts->next_code,
		.skew = facts->skew,
		.recovery_left = facts->recovery_left };
	memcpy(ret_handover->user, facts->user, sizeof ret_handover->user);
}

static int
run(struct ui *ui, bool first_run, const sigset_t *mask, struct handover *ret_handover)
{
	if (first_run)
		ui_replace(ui, ui->screens->first_run);
	else
		ui_enter_door(ui, DOOR_NAME);
	ui_say_type(ui);
	while (!ui->ended)
		turn(ui, mask);
	if (ui->hands_over)
		settle(ui);
	ui_close(ui);
	terminal_close(ui->terminal);
	if (!ui->hands_over)
		return say_goodbye(ui);
	fill_handover(ui, ret_handover);
	return UI_HANDS_OVER;
}

int
ui_run(const struct ui_screens *screens, const struct opening *opening,
    struct handover *ret_handover)
{
	struct ui ui;
	struct terminal *terminal = NULL;
	sigset_t mask;
	bool loose = host_clock_is_loose();
	enum err err;

	signals_take(&mask);
	err = terminal_open(STDIN_FILENO, STDOUT_FILENO, &terminal);
	if (err == ERR_OK) {
		err = opening->confine();
		if (err != ERR_OK)
			terminal_close(terminal);
	}
	if (err != ERR_OK)
		return say_why(err);
	ui_open(&ui, screens, terminal, opening->line, opening->hello);
	ui.facts.clock_loose = loose;
	ui.way = opening->way;
	ui.remote = opening->remote;
	return run(&ui, opening->first_run, &mask, ret_handover);
}
