#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The console line by line: how it ends, what it is given that is no answer, and the idle lock.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "$top_srcdir/tests/story/people.bash"
. "$top_srcdir/tests/story/line.bash"
need expect
EXTRA=(FAKETIME_DONT_FAKE_MONOTONIC=0)	# idle time is told by the same clock here
clock_set $EPOCH
make_state root
pc settings set require-2fa no
pc settings set idle-lock 1m
person alice
enrolled root
as root
fresh

console_pid() {
	cat "$WORK/line.$LINE/pid"
}

# echo_off: whether the terminal shows nothing of what is typed
echo_off() {
	stty -a <"/proc/$(console_pid)/fd/0" | grep -q -- '-echo '
}

# at_password NAME: a console that waits for a password
at_password() {
	line "$1" --plain
	reads "$1: a name" 'User name: '
	enter alice
	reads "$1: and a password" 'Password: '
	echo_off
	ok $? "$1: which is not shown"
}

# --- ends ----------------------------------------------------------------------------------

at_password 'an interrupt'
if [ "$(pc doctor --json |
	json "next(f['result'] for f in j if f['check'] == 'confinement')")" = ok ]; then
	is "it is behind the console's walls" "$(grep -E '^(NoNewPrivs|Seccomp):' \
		"/proc/$(console_pid)/status" | tr -dc '0-9')" 12
fi
press '\003'
leaves "^C ends it before a sign-in" 1
echo_back "and the echo is back"
unlike "without a farewell" "$(written)" 'Signed out'

at_password 'an end of file'
press '\004'
leaves "^D ends it" 1
echo_back "and the echo is back"

at_password 'a termination'
kill -TERM "$(console_pid)"
leaves "SIGTERM ends it" 1
echo_back "and the echo is back"

at_password 'a hang-up signal'
kill -HUP "$(console_pid)"
leaves "SIGHUP ends it" 1
echo_back "and the echo is back"

at_password 'a crash'
kill -ABRT "$(console_pid)"
leaves "a crash is a crash" 134
echo_back "and the echo is back"

at_password 'a line that goes down'
pid=$(console_pid)
told hangup >/dev/null
until_ok has_ended "$pid"
ok $? "a line that is down ends it"

at_password 'a stop'
press '\032\034'
kill -TSTP "$(console_pid)"
press '\025'
enter "$PASSWORD"
reads "^Z, ^\\ and SIGTSTP change nothing" 'alice · Operator' 'Number: '
press '\003'
leaves "and ^C at home signs out" 0
echo_back "and the echo is back"

# A shell that had the terminal meanwhile has set its modes.
at_password 'a pause'
kill -STOP "$(console_pid)"
stty echo <"/proc/$(console_pid)/fd/0"
kill -CONT "$(console_pid)"
until_ok echo_off
ok $? "a console that goes on hides the password again"
stop_keeper
leaves "a keeper that stops ends it" 1
like "and it says why" "$(complaint)" 'The keeper has stopped'
echo_back "and the echo is back"

# --- what is no answer -----------------------------------------------------------------------

line nonsense --plain
reads "a name" 'User name: '
told 'bytes 616cff6963650d' >/dev/null
reads "bad bytes are told" 'That is not valid UTF-8 text.' 'User name: '
press 'al\033\[31mice\r'
reads "and control characters" 'Control and invisible characters' 'User name: '
enter "$(printf 'a%.0s' {1..300})"
reads "and what is too long" 'too long' 'User name: '
enter "$(printf 'a%.0s' {1..4000})"
reads "by far, too" 'too long' 'User name: '
enter alice
reads "and a password" 'Password: '
enter "$(printf 'a%.0s' {1..2000})"
reads "which may be too long, too" 'too long' 'Password: '
enter ''
reads "or empty" 'This field is empty' 'Password: '
press '\004'
leaves "nothing of that was sent" 1
is "as the trail tells" "$(rows password wrong)" 0
no_escapes "and no escape came back"

# --- the lock ----------------------------------------------------------------------------------

# later SECONDS: they pass; console and keeper look at the clock
later() {
	clock_move "$1"
	pc settings get idle-lock >/dev/null
	kill -CONT "$(console_pid)" 2>/dev/null
}

line idle --plain
reads "a name" 'User name: '
enter root
reads "and a password" 'Password: '
enter "$PASSWORD"
reads "and a code" '6-digit code: '
enter "$(code)"
reads "lead home" 'Number: '
enter 1
reads "and to the account" 'My account' 'Number: '
later 61
reads "after the idle time it is locked" 'Locked' 'Enter a code to go on' '6-digit code: '
kill -CONT "$(console_pid)"
enter "$(wrong_code)"
reads "a signal does not end it, and a wrong code does not open it" 'That code is wrong.' '6-digit code: '
enter r
reads "a recovery code does" 'Recovery code: '
enter "${CODES[0]}"
reads "and it goes on" 'Number: '
enter b
reads "where it was" '4 Settings' 'Number: '
later 61
reads "another time" 'Locked' '6-digit code: '
enter "$(code)"
reads "a code opens it" 'Number: '
press '\004'
leaves "and ^D signs out" 0
is "the trail tells both" "$(rows_of root lock ok) $(rows_of root unlock ok)" '2 2'

line alone --plain
reads "without two factors" 'User name: '
enter alice
reads "there is a password" 'Password: '
enter "$PASSWORD"
reads "which leads home" 'Number: '
later 61
reads "and opens the lock" 'Locked' 'Enter your password to go on' 'Password: '
echo_off
ok $? "unseen"
enter "$PASSWORD"
reads "again" 'Number: '
press '\004'
leaves "and out" 0

# --- idle doors --------------------------------------------------------------------------------

line door --plain
reads "a door" 'User name: '
later 121
leaves "that is left idle closes" 1
like "and says why" "$(complaint)" 'Closed after a period of inactivity'

pc settings set require-2fa yes
line longer --plain
reads "where more is to be done" 'User name: '
enter alice
reads "a door waits longer" 'Password: '
enter "$PASSWORD"
reads "to configure, say" '6-digit code: '
later 841
reads "and says so a minute before" 'This question closes in a minute' '6-digit code: '
later 60
leaves "it closes" 1
like "and says why, too" "$(complaint)" 'Closed after a period of inactivity'
pc settings set require-2fa no

# --- in French -----------------------------------------------------------------------------------

EXTRA=(LANGUAGE=fr)
line french --plain
reads "it speaks the person's language" "Nom d'utilisateur"
press '\003'
leaves "as the screens do" 1

finish
