#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# 200 clients race one code: exactly one is in, the rest are told that it is used, or to wait.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"

need oathtool
clock_set $EPOCH
make_state alice
enrolled alice
is "the enrolment shows ten recovery codes" ${#CODES[@]} 10

# race WHAT CODE CLIENTS IN: so many at once, of whom that many get in
race() {
	local verdicts in others

	verdicts=$("$top_builddir/tests/client/racer" "$STATE" alice "$WORK/password" "$2" "$3")
	in=$(awk '$1 == "OK" { print $2 }' <<<"$verdicts")
	others=$(awk '$1 == "CODE_USED" || $1 == "PAUSED" { sum += $2 } END { print sum }' \
		<<<"$verdicts")
	is "$1: in" "${in:-0}" "$4" || said "$verdicts"
	is "$1: told that it is used, or to wait" "${others:-0}" $(($3 - $4)) || said "$verdicts"
}

race "the code of the enrolment is spent" "$(code)" 20 0
pc user unlock alice
race "a new code" "$(code 1)" 200 1
is "and one sign-in is in the trail beside the enrolment's" "$(rows sign-in ok)" 2
finish
