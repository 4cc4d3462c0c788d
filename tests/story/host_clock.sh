#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A host whose clock nothing synchronises: whoever's code is refused there reads that it may be the
# host's fault, and doctor says it always.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "$top_srcdir/tests/story/line.bash"
need expect
clock_set $EPOCH
make_configured alice
CLOCK=$(cd "$top_builddir" && pwd)/tests/story/kernel_clock.so
LOOSE="This host's clock is not synchronised"

# kernel SAYS: "loose" or "kept", to consoles and commands from here on
kernel() {
	EXTRA=("KERNEL_CLOCK=$1" "LD_PRELOAD=$FAKETIME_LIBRARY:$CLOCK")
}

kernel loose
open console
sign_in alice
wait_for '6-digit code'
not_now "before a code nothing is said of the clock" "$LOOSE"
enter_code "$(wrong_code)"
see "after a wrong one it is" 'That code is wrong.' "Your phone's clock may be wrong" "$LOOSE" \
	'tell an administrator'
keys C-c
until_ok ended
like "doctor says so too" "$(pc doctor --json 2>/dev/null | json "[f['result'] for f in j
	if f['check'] == 'clock'][0]")" '^note$'
clock_move 30
line plain --plain
reads "line by line" 'User name: '
enter alice
reads "it is told" 'Password: '
enter "$PASSWORD"
reads "after the code" '6-digit code: '
enter "$(wrong_code)"
reads "that was refused" 'That code is wrong.' "$LOOSE" '6-digit code: '
enter "$(code)"
reads "and a right one opens as ever" 'Number: '
press '\004'
leaves "as ever" 0

kernel kept
clock_move 30
open console
sign_in alice
enter_code "$(wrong_code)"
see "a clock that is kept is not doubted" 'That code is wrong.' "Your phone's clock may be wrong"
not_now "by a word" "$LOOSE"
keys C-c
until_ok ended
like "nor by doctor" "$(pc doctor --json 2>/dev/null | json "[f['result'] for f in j
	if f['check'] == 'clock'][0]")" '^ok$'
finish
