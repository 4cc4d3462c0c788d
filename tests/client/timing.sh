#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The first door tells nothing of a name, neither by the time of its answer nor by a byte on the
# terminal: unknown, known with a wrong password, disabled, paused for another source, and (over the
# wire, for the console does not send it) an empty password.
. "${top_srcdir:-.}/tests/story/lib.sh"

# answers a case; up to three times as many where chance has it that their medians differ
N=200
NAMES=7		# a case, for past 100 failures in an hour a name pauses everywhere
make_state root
open keeping
wait_for '[ Sign in ]'

# names CASE: its names, between commas
names() {
	local i list=

	for ((i = 1; i <= NAMES; i++)); do
		list+=${list:+,}$1-$i
	done
	echo "$list"
}

# Those of the cases that are known
people() {
	local case name list

	for case in known disab empty pause; do
		IFS=, read -ra list <<<"$(names $case)"
		for name in "${list[@]}"; do
			pc user add "$name" --password-stdin <<<"$PASSWORD" ||
				give_up "$name cannot be added."
			case $case in
			disab) pc user disable "$name" ;;
			pause) pause "$name" ;;
			esac
		done
	done
}

# The name has failed five times, from where nobody else comes.
pause() {
	SSH_CONNECTION="198.51.100.${1##*-} 1024 10.0.0.1 22" "$top_builddir/tests/client/racer" \
		"$STATE" "$1" "$WORK/wrong" 000000 5 >/dev/null
	[ "$(pc user show "$1" --json | json "'yes' if j['paused_until'] else 'no'")" = yes ] ||
		give_up "$1 does not pause."
}

echo 'not the password' >"$WORK/wrong"
people
answers=$("$top_builddir/tests/client/timing" "$STATE" $N 3 "unknown:$PASSWORD:$(names nobod)" \
	"wrong:not the password:$(names known)" \
	"disabled:$PASSWORD:$(names disab)" "paused elsewhere:not the password:$(names pause)" \
	"empty::$(names empty)")
said "$answers"
is "five cases were refused" "$(grep -c 'alike$' <<<"$answers")" 5
unlike "with the same answer" "$answers" 'other$'
spread=$(tail -n 1 <<<"$answers")
[ "$spread" -ge 1000 ] && [ "$spread" -le 1052 ]	# 1 / 0.95
ok $? "and in the same time: $spread thousandths between the slowest and the quickest median"

# --- on the terminal ----------------------------------------------------------------------------

settled() {
	local size=$SIZE_NOW

	SIZE_NOW=$(wc -c <"$WORK/terminal.$TERMINAL/raw")
	[ "$SIZE_NOW" -gt "$BEFORE" ] && [ "$SIZE_NOW" = "$size" ]
}

# after NAME PASSWORD FILE: every byte that the console writes from Enter on. All names are of one
# length, so that the cursor is where it was.
after() {
	open terminal
	wait_for '[ Sign in ]'
	type "$1"
	keys Enter
	type "$2"
	wait_for '****************'
	BEFORE=0 SIZE_NOW=0
	until_ok settled
	BEFORE=$SIZE_NOW
	keys Enter
	wait_for 'User name or password is wrong.'
	until_ok settled
	tail -c +$((BEFORE + 1)) "$WORK/terminal.terminal/raw" >"$3"
	close
}

FROM='10.9.9.9 1024 10.0.0.1 22'
wrong=${PASSWORD//[a-z]/x}
after known-1 "$wrong" "$WORK/known"
[ -s "$WORK/known" ] || give_up "The console writes nothing."
for other in "nobod-1 $PASSWORD" "disab-1 $PASSWORD" "pause-1 $wrong"; do
	after "${other%% *}" "${other#* }" "$WORK/other"
	cmp "$WORK/known" "$WORK/other" >"$WORK/differ" 2>&1
	ok $? "${other%% *} looks like a wrong password, to the byte" ||
		said "$(cat "$WORK/differ")"
done
finish
