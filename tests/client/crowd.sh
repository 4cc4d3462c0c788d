#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A crowd at the first door, all with one wrong name: everybody is answered, the keeper hears others
# meanwhile, comes to rest, and ends when it is told to.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/client/strangers.bash"

CROWD=320
make_state alice
stop_keeper

serve
flood $CROWD 0 nobody 198.51.100.7
pause_for 0.2
hello_answered "while a crowd is at the door"
root_asks "while a crowd is at the door"
flooded
is "all of the crowd are answered" "$(verdicts answered)" $CROWD || said "$(cat "$WORK/flood")"
is "five of them are looked at, the others paused" "$(verdicts CREDENTIALS)" 5
idle "after the crowd"
hello_answered "after the crowd"
root_asks "after the crowd"
served_ends "after the crowd"

serve
flood $CROWD 0 'somebody-%' 198.51.100.8
pause_for 0.2
served_ends "in the middle of a crowd"
flooded

# Hung up in the middle of it.
serve
flood $CROWD 0 'anybody-%' 198.51.100.9
pause_for 0.2
kill "$FLOOD"
flooded 2>/dev/null
idle "after a crowd that hung up"
hello_answered "after a crowd that hung up"
served_ends "after a crowd that hung up"

# Ordinary consoles.
serve
coproc CONSOLES { exec "$CLIENT/consoles" "$PROVCONSOLE" "$STATE" $CROWD nobody-else \
	'not the password at all' 2>"$WORK/consoles"; }
exec {FROM}<&"${CONSOLES[0]}"- {TO}>&"${CONSOLES[1]}"-
CONSOLES_JOB=$CONSOLES_PID
read -r _ READY <&"$FROM"
is "so many consoles are open" "$READY" $CROWD || said "$(cat "$WORK/consoles")"
echo >&"$TO"
pause_for 0.2
hello_answered "while consoles are refused"
root_asks "while consoles are refused"
read -r _ ANSWERED TOOK <&"$FROM"
is "each of them reads a sentence" "$ANSWERED" $CROWD
said "the last after $TOOK ms"
idle "after the consoles"
served_ends "with the consoles open"
echo >&"$TO"
wait "$CONSOLES_JOB" 2>/dev/null
finish
