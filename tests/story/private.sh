#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Keeper, console and command line keep to themselves: no other program of the same user looks into
# their memory, or finds out what they have open.
. "${top_srcdir:-.}/tests/story/nobody.bash"
as_nobody

. "${top_srcdir:-.}/tests/story/lib.sh"

# looks_into PID: what can be read of a process by another of its user
looks_into() {
	local name

	[ -d "/proc/$1" ] || { echo "there is no process $1"; return; }
	for name in mem maps environ; do
		{ : <"/proc/$1/$name"; } 2>/dev/null && echo "$name"
	done
	ls -L "/proc/$1/fd" >"$WORK/seen" 2>/dev/null && [ -s "$WORK/seen" ] && echo fd
}

# keeps_to_itself WHAT PID: a test
keeps_to_itself() {
	is "$1 keeps to itself" "$(looks_into "$2")" ''
	is "$1 leaves no core" "$(awk '/^Max core file size/ { print $5, $6 }' \
		"/proc/$2/limits")" '0 0'
}

sleep infinity &
ANOTHER=$!
like "another program of this user can be looked into" "$(looks_into $ANOTHER | tr '\n' ' ')" \
	'maps environ fd '
kill $ANOTHER

make_state alice
open console
wait_for 'User name' '[ Sign in ]'
keeps_to_itself "a console" "$(pid)"
keeps_to_itself "the keeper that it started" "$(keepers)"
COMMAND=("$PROVCONSOLE" --state "$STATE" user set-password alice)
open prompt
wait_for 'Password:'
keeps_to_itself "the command line, where a password is typed" "$(pid)"
close
use console
close
stop_keeper
"$KEEPER" --state "$STATE" 2>"$WORK/keeper" &
until_ok test -S "$STATE/socket" || give_up "No keeper starts: $(cat "$WORK/keeper")"
keeps_to_itself "a keeper in the foreground" "$!"
stop_keeper
finish
