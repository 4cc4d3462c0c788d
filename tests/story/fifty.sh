#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Fifty at once on a state that is not set up yet: exactly one
# keeper, which leaves soon after the last of them.
. "${top_srcdir:-.}/tests/story/lib.sh"

CALLS=45
WINDOWS=5

# A console makes the state; a command on a directory without one would make nothing.
open maker
see "a first console makes the state" 'Create the first Super Administrator'
keys C-c
until_ok no_keeper

for ((i = 0; i < CALLS; i++)); do
	( pc settings get console-name >"$WORK/out.$i" 2>&1; echo $? >"$WORK/status.$i" ) &
done
for ((i = 0; i < WINDOWS; i++)); do
	open "window$i"
done
for ((i = 0; i < WINDOWS; i++)); do
	use "window$i"
	see "console $i stands at the first run" 'Create the first Super Administrator'
done
wait
is "every command has its answer" "$(cat "$WORK"/out.* | sort | uniq -c |
	tr -s ' ')" " $CALLS ProVconnect"
is "and its status" "$(cat "$WORK"/status.* | sort | uniq -c | tr -s ' ')" " $CALLS 0"
one_keeper() {
	[ "$(keepers | wc -l)" -eq 1 ]
}
until_ok one_keeper
ok $? "one keeper stays, the others have left" || said "keepers: $(keepers)"
first=$(keepers)

# --- fifty who would be the first ------------------------------------------------------------

for ((i = 0; i < 5; i++)); do
	( pc init --user "first$i" --password-stdin <<<"$PASSWORD" 2>/dev/null; \
		echo $? >"$WORK/init.$i" ) &
done
wait
is "of those who make the first person one does" "$(cat "$WORK"/init.* | sort | tr -d '\n')" 01111
is "and one is there" "$(pc user list --json | json 'len(j)')" 1
use window0
type zoe
keys Enter
type "$PASSWORD"
keys Enter
type "$PASSWORD"
keys Enter
see "a console that comes too late signs in instead" 'has a Super Administrator already. Sign in.' \
	'[ Sign in ]'
is "it was one keeper all the time" "$(keepers)" "$first"

# --- and its end -------------------------------------------------------------------------------

for ((i = 0; i < WINDOWS; i++)); do
	use "window$i"
	keys C-c
	until_ok ended
done
until_ok no_keeper
ok $? "it leaves soon after the last client"
is "its socket leaves with it" "$(ls "$STATE")" "$(printf '%s\n' console.db console.key \
	console.set-up lock reserve)"
finish
