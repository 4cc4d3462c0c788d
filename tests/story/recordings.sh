#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What a command showed is looked at again, by root on the command line and by a Super Administrator
# behind the doors; whatever else it sent does not reach their terminal.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"

umask 077
make_state root
pc settings set require-2fa no
person operator operator
cat >"$WORK/show" <<'S'
#!/bin/sh
printf '\033[2J\033[HFIRST\r\n'
printf '\033]52;c;c3RvbGVu\007\033]0;a title\007\033[21t\033[c\033[6n\005\033P$qm\033\\'
read -r line
printf '\033[31mSECOND\033[m %s\r\n' "$line"
read -r line
S
chmod 755 "$WORK/show"
pc command add show --title 'Show things' --role operator --record -- "$WORK/show" >/dev/null

# What was typed is an event of its own, and so is each echo of it.
next_to() {
	for tries in {1..9}; do
		! shows "$1" || return
		keys Enter
		wait_for 'Paused'
	done
}

inside operator
see "the person is told before" 'Commands' '1 that you may run'
keys Enter
see "in the list, too" 'Show things' 'recorded'
keys Enter
see "that it is recorded" 'What this command shows is recorded.' 'Run' 'Cancel'
keys Enter
see "then it runs" 'FIRST'
type 'words'
keys Enter
see "as others do" 'SECOND words'
keys Enter
see "to its end" 'show has ended'

run=$(pc recording list --json | json 'j[0]["run"]')
open played recording play "${run:0:8}"
see "root plays it: what was first" 'FIRST'
keys Space
see "a pause says where it stands" 'Paused' 'Space play' 'q leave'
next_to 'SECOND words'
see "Enter goes to what came next" 'SECOND words'
keys Left
see "Left goes back" 'FIRST' 'Paused'
keys Space
see "and it goes on" 'SECOND words' 'The end,'
keys q
ends "q leaves" 0
given_back "with the terminal as it was"
is "nothing but what draws has reached it" "$(grep -aoE $'\e\\][0-9]+|c3RvbGVu|\e\\[21t|\e\\[0?c|\e\\[6n|\005|\eP' "$WORK/terminal.played/raw")" ''
open short recording play "${run:0:8}"
see "a closed line" 'FIRST'
kill -HUP "$(pid)"
ends "ends it" 0
given_back "and gives the terminal back, too"
OUT=$(pc recording play "$run" 2>&1 </dev/null)
like "without a terminal it is not played" "$OUT" 'played in a terminal'
OUT=$(pc recording play zz 2>&1)
like "nor what is not there" "$OUT" 'no such recording'

inside root
pick 'Audit log'
see "the trail tells of it" 'Audit log'
keys /
type "$run"
keys Enter
see "its rows are found" 'recording'
for tries in {1..20}; do
	keys Enter
	wait_for 'Audit log > One row'
	! shows 'p Play' || break
	keys Escape
	wait_for 'Audit log'
	keys Down
done
see "one of them offers it" 'p Play'
keys p
see "a Super Administrator plays it behind the doors" 'FIRST'
keys Space
see "with a pause" 'Paused'
next_to 'SECOND words'
see "and step by step" 'SECOND words'
keys q
see "and is back at the row" 'Audit log > One row'
like "the trail has who looked" \
	"$(pc audit list --json --action recording-play | json 'j[0]["who"] + " " + j[0]["target"]')" \
	'^root operator$'
finish
