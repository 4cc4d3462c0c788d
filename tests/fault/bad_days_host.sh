#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A host that lacks memory, or descriptors, or whose clock is set to another time:
# each is refused in a sentence, or works; nobody is let in by it, no pause grows, no
# code opens a door twice, and nothing spins or hangs.
. "${top_srcdir:-.}/tests/story/lib.sh" || exit 1
. "${top_srcdir:-.}/tests/fault/faults.bash"
need prlimit

CROWD=
cp "$HELPERS/faults.so" "$FAULTS"
echo "$PASSWORD" >"$WORK/password"
umask 077

# --- the clock ------------------------------------------------------------------------------------

# try [CODE]: what becomes of the right password and a code
try() {
	"$top_builddir/tests/client/racer" "$STATE" alice "$WORK/password" "${1:-$(code)}" 1 2>&1
}

clock_set $EPOCH
make_state
open door			# stands at its first door all the while
wait_for 'User name' '[ Sign in ]'
DOOR=$(pid)
open home
sign_in alice
configure
SPENT=$(code)

# still WHAT: both consoles stand where they stood
still() {
	use door
	now "$1: who was at the door still is" 'User name' '[ Sign in ]'
	use home
	now "$1: who was at home still is" 'Sign out' 'My account'
	# shellcheck disable=SC2046 # a list of numbers
	quiet "$1" $(keepers) "$DOOR" "$(pid)"
}

clock_move -3600
is "an hour back: the code that was used opens nothing" "$(try "$SPENT")" 'CODE_WRONG 1'
is "an hour back: nor does one from before it" "$(try)" 'CLOCK_BACK 1'
still "an hour back"
clock_set $((EPOCH + 1))
is "and then: the code that was used is known" "$(try "$SPENT")" 'CODE_USED 1'

while read -r what seconds; do
	clock_set "$seconds"
	is "$what: a new code opens the door" "$(try)" 'OK 1'
	is "$what: once" "$(try)" 'CODE_USED 1'
	still "$what"
done <<END
an-hour-on $((EPOCH + 3600))
the-last-second-of-2038 2147483647
past-it 2147483678
a-day-later 2147570048
the-year-2100 4102444800
END

# From 2100 back to where the code is below the last that was accepted: none is, and a pause that
# began then is as long as one that begins now.
echo 'another horse battery' >"$WORK/wrong"
is "five wrong passwords in the year 2100" "$("$top_builddir/tests/client/racer" "$STATE" alice \
	"$WORK/wrong" 000000 5)" 'PASSWORD:CREDENTIALS 5'
clock_set $((EPOCH + 7200))
open paused
sign_in alice
see "back from 2100, a pause goes on" 'Too many attempts. Try again in'
words
wait=$(grep -oE 'Try again in [0-9]+ s' <<<"$WORDS" | tr -dc 0-9)
[ "${wait:-9999}" -le 30 ]
ok $? "and is no longer than it was" || said "$wait s"
close
clock_move 31
is "after it the password is good, and the code is of a clock that was ahead" "$(try)" \
	'CLOCK_BACK 1'

# Before 1970, which is written as a date.
EXTRA=('FAKETIME_FMT=%Y-%m-%d %T')
use door
close
use home
close
stop_keeper
echo '1969-12-31 23:00:00' >"$WORK/clock"
pc user list >/dev/null
is "before 1970 no code opens a door" "$("$top_builddir/tests/client/racer" "$STATE" alice \
	"$WORK/password" 123456 1)" 'CODE_WRONG 1'
open before
see "before 1970 there is a door" 'User name' '[ Sign in ]'
# shellcheck disable=SC2046 # a list of numbers
quiet "before 1970" $(keepers) "$(pid)"
close
stop_keeper
EXTRA=()
clock_set 4102448400
pc user list >/dev/null
is "in the right time again, it works" "$(try)" 'OK 1'
stop_keeper
NOW=

# --- memory ---------------------------------------------------------------------

# starts STORY FAULT once|lasting EVERY ABORTED: keepers
starts() {
	local out points refused unsure aborted

	out=$("$HELPERS/starts" "$FAULTS" "$STATE" "$KEEPER" "$1" "$2" ENOMEM "$3" "$4" 2>&1)
	ok $? "no memory ($2, $3): a keeper starts, or says why not" || said "$out"
	read -r points refused unsure aborted <<<"$out"
	[ "$points" -gt 9 ] && [ "$refused" -gt 5 ] && [ "$unsure" -eq 0 ] &&
		[ "$aborted" -le "$5" ]
	ok $? "no memory ($2, $3): at $points points; at $refused there was none, $aborted of them without a word"
}

rm -rf "$STATE"
make_state
stop_keeper
starts again memory once 2 1
# libgcrypt's place is some ten allocations long, more where the host has files that it reads there.
starts again memory lasting 4 3
starts again sqlite once 150 0

# strain STORY FAULT once|lasting EVERY: whole sign-ins and configurations
strain() {
	local out points refused more

	faulty_keeper
	out=$("$HELPERS/strain" "$FAULTS" "$STATE" alice "$WORK/password" "$1" "$2" ENOMEM "$3" \
		"$4" 2>&1)
	ok $? "no memory ($1, $2, $3): no door opens but to what is right, and the same opens it afterwards" || said "$out"
	read -r points refused more <<<"$out"
	[ "$points" -gt 3 ] && [ "$refused" -gt 0 ]
	ok $? "no memory ($1, $2, $3): at $points points, of which $refused refused what was right" || said "$more"
	# shellcheck disable=SC2046 # a list of numbers
	quiet "no memory ($1, $2, $3)" $(keepers)
	stop_keeper
}
strain sign-in memory once 3
strain sign-in memory lasting 5
strain sign-in sqlite once 17
strain configure memory once 5

# The keeper's start, as a person sees it: libgcrypt's own is among the first that want memory.
EXTRA=("LD_PRELOAD=$FAULTS")
for at in 1 8 30; do
	"$HELPERS/fault" "$FAULTS" "$STATE" memory ENOMEM lasting "$at" provconsole-keeper
	says "no memory for a keeper from its allocation $at on" \
		'not enough memory|keeper does not start|operation failed' pc user list
done
"$HELPERS/fault" "$FAULTS" "$STATE" none
EXTRA=()
pc user list >/dev/null
ok $? "with memory again a keeper starts"

out=$("$PYTHON" -IS "$top_srcdir/tests/fault/console_starts.py" "$FAULTS" "$PROVCONSOLE" "$STATE" \
	9 2>&1)
ok $? "no memory for a console: it comes to its door, or says why not" || said "$out"
read -r points shut sizes small <<<"$out"
[ "$points" -gt 10 ] && [ "$shut" -lt "$points" ] && [ "$sizes" -gt 10 ] && [ "$small" -gt 0 ]
ok $? "at $points points, $shut of which it refused; and of $sizes sizes $small were too small"

# --- descriptors ----------------------------------------------------------------

# few ARGUMENT…: the command line, and the keeper that it starts, with 3 descriptors, with 4 ...: a
# sentence, until it works. Each has a state of its own, all at once: whoever's keeper dies without
# a word waits five seconds for another one.
few() {
	local environment limit jobs=() wrong='' refused=0 works=

	mapfile -t environment < <(environment)
	stop_keeper
	for limit in {3..24}; do
		cp -a "$STATE" "$WORK/few.$limit"
		{ prlimit "--nofile=$limit:$limit" env -i "${environment[@]}" "$PROVCONSOLE" \
			--state "$WORK/few.$limit" "$@" 2>&1 >/dev/null || echo "status $?"; } \
			>"$WORK/said.$limit" &
		jobs+=($!)
	done
	wait "${jobs[@]}"
	for limit in {3..24}; do
		if ! grep -q '^status' "$WORK/said.$limit"; then
			works=${works:-$limit}
			continue
		fi
		refused=$((refused + 1))
		[ -z "$works" ] &&
			grep -qE '^provconsole: (Too many files are open|The keeper does not start)\. .*\.$|loading shared libraries' "$WORK/said.$limit" || wrong="$wrong
with $limit: $(cat "$WORK/said.$limit")"
	done
	is "too few descriptors: it says so" "$wrong" ''
	[ "$refused" -gt 2 ] && [ -n "$works" ]
	ok $? "too few descriptors: with $works it works"
	# shellcheck disable=SC2046 # a list of numbers
	kill $(keepers "$WORK/few") 2>/dev/null
}
few user list

# A crowd of lines on which nothing is said, until SIGTERM
cat >"$WORK/crowd" <<'END'
import os, resource, signal, socket, sys
resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
os.chdir(sys.argv[1])
lines = [socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) for _ in range(int(sys.argv[2]))]
for line in lines:
	line.connect('socket')
print(len(lines), flush=True)
signal.pause()
END
# crowd NUMBER
crowd() {
	rm -f "$WORK/here"
	"$PYTHON" -IS "$WORK/crowd" "$STATE" "$1" >"$WORK/here" 2>&1 &
	CROWD=$!
	until_ok test -s "$WORK/here" || give_up "There is no crowd."
}

crowd_goes() {
	kill "$CROWD"
	wait "$CROWD" 2>/dev/null
}

stop_keeper
(ulimit -n 30 && exec env -i LC_ALL=C.UTF-8 "$KEEPER" --state "$STATE") 2>"$WORK/keeper" &
until_ok test -S "$STATE/socket"
crowd 60
says "a keeper without descriptors" 'Too many files are open' pc user list
open crowded
ends "the console does not wait either" 1
like "but says why" "$(errors)" '^provconsole: Too many files are open\. '
close
# shellcheck disable=SC2046 # a list of numbers
quiet "a keeper without descriptors" $(keepers)
crowd_goes
pc user list >/dev/null
ok $? "when they have gone it works"
stop_keeper

pc user list >/dev/null
limit=$(ulimit -H -n)
[ "$limit" != unlimited ] && [ "$limit" -lt 4300 ] || limit=4300
crowd $((limit - 204))
if [ "$limit" -eq 4300 ]; then
	# Whoever holds the most lines of strangers gives one up:
	# the host's commands are not shut out.
	pc user list >/dev/null
	ok $? "as many sessions as there may be: the host is answered"
else
	says "as many sessions as there are descriptors" 'Too many files' pc user list
fi
crowd_goes
until_ok pc user list >/dev/null 2>&1
ok $? "when they have gone it works"
finish
