#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One stranger takes all the lines and all the hashing there is: the host is
# heard, somebody from elsewhere signs in, what was hung up is not computed, and
# lines on which nothing is ever asked for are closed.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/client/strangers.bash"

MOST=4096
STRANGERS=1920	# the lines that strangers have
make_state alice
pc settings set require-2fa no
stop_keeper

# --- lines -----------------------------------------------------------------------------

serve
hold $MOST 203.0.113.5
[ "$HELD" -ge $STRANGERS ]
ok $? "one stranger comes more often than strangers may" || said "$HELD"
root_asks "$MOST lines of one stranger"
hello_answered "$MOST lines of one stranger"
tries alice 192.0.2.1 "$PASSWORD"
says "and somebody from elsewhere signs in" OK
ask inside open 192.0.2.2
ask inside password alice "$PASSWORD"
for more in 1 2; do
	let_go
	hold $MOST 203.0.113.5
done
ask inside HOME
says "who is in stays in, however often they come" OK
served_ends "$MOST lines"
hang_up
let_go

# --- hashing ---------------------------------------------------------------------------

serve
flood 400 14 'name-%' 203.0.113.9
pause_for 0.5
in=0 slowest=0
for try in {1..30}; do
	tries alice 192.0.2.77 "$PASSWORD"
	[ "$VERDICT" = OK ] && in=$((in + 1))
	[ "$TOOK" -le "$slowest" ] || slowest=$TOOK
done
is "400 lines of wrong passwords: a right one from elsewhere passes, 30 times of 30" "$in" 30
said "the slowest after $slowest ms"
[ "$slowest" -le 1000 ]
ok $? "each of them within a second" || said "$slowest ms"
kill "$FLOOD"
flooded 2>/dev/null
idle "when the flood has gone"

# 250 passwords, and nobody waits for the answer.
leave() {
	flood 250 0 'gone-%' 203.0.113.10
	pause_for 0.3
	kill "$FLOOD"
	flooded 2>/dev/null
	pause_for 4
}
cpu_of leave
[ "$CPU" -le 1500 ]
ok $? "passwords of lines that were hung up are not computed" || said "it computed for $CPU ms"
idle "after those who hung up"
hang_up
served_ends "after those who hung up"
finish
