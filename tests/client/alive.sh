#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Before its door is passed a line lives by answers alone: one that only says
# that a key was pressed goes after two minutes, and one that hangs up while its
# password is compared leaves nothing behind but that it was tried.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/client/strangers.bash"

EXTRA=(FAKETIME_DONT_FAKE_MONOTONIC=0)	# time since boot is told by the same clock here
clock_set $EPOCH
make_state alice
stop_keeper
serve

ask silent open 192.0.2.1
ask silent ALIVE
says "a key was pressed" OK
clock_move 100
ask silent ALIVE
says "a hundred seconds later the line is still there" OK
clock_move 30
ask other open 192.0.2.2
says "others come" OK
ask silent ALIVE
says "after two minutes without an answer the line has gone, whatever was pressed" "ENDED:IDLE"
ask other ALIVE
says "and nobody else's" OK

lines() {
	ls "/proc/$SERVED/fd" | wc -l
}
before=$(lines)
for n in 1 2 3 4 5 6 7 8; do
	ask "gone$n" open "192.0.2.1$n"
	ask "gone$n" send alice "not the password"
	ask "gone$n" close
done
none_left() {
	[ "$(lines)" -le "$before" ]
}
until_ok none_left
ok $? "who hangs up while the password is compared leaves no line" || said "$(lines) of $before"
# Few are compared at once, so that some were taken back before a worker had them.
failures() {
	pc user show alice | sed -n 's/^failures since the last sign-in *//p'
}
all_counted() {
	[ "$(failures)" = 8 ]
}
until_ok all_counted
ok $? "but each of these attempts is counted" || said "$(failures) of 8"

# After four failures one is compared at a time; the clock stands still, so that no time wakes who
# waits for it.
for n in 1 2 3 4; do
	tries alice 192.0.2.50 "not the password"
done
ask one open 192.0.2.50
ask two open 192.0.2.50
ask one send alice "$PASSWORD"
ask two send alice "not the password"
ask one hear 20000
says "one of two at once is judged" OK
ask two hear 20000
says "and the other when that is known" CREDENTIALS

hang_up
served_ends "after that"
finish
