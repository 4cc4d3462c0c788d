#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What other programs that record terminals stumbled over: characters cut in two by a read, NUL, a line
# without end, and a leader in the background of its own terminal.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"

umask 077
make_state root
pc settings set require-2fa no
person operator operator
echo "$PASSWORD" >"$WORK/password"
install -m 755 "$top_srcdir/tests/client/odd.py" "$WORK/odd.py"
for way in split line ttin ttou; do
	pc command add "$way" --title "$way" --role operator --record -- "$PYTHON" -IS "$WORK/odd.py" "$way" \
		"mark-$way" >/dev/null || give_up "There is no command $way."
done
at() {
	timeout 60 "$top_builddir/tests/client/commander" "$STATE" operator "$WORK/password" run "$1" \
		</dev/null >"$WORK/out" 2>&1
}
# recorded WAY EXPRESSION: of the text that was recorded, t
recorded() {
	local run

	run=$(pc recording list --json | json '" ".join(r["run"] for r in j if r["command"] == "'"$1"'")')
	"$PYTHON" -IS - "$STATE/runs/recordings/$run.cast" "$2" <<'P'
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
t = "".join(event[2] for event in lines[1:] if event[1] == "o")
print(eval(sys.argv[2]))
P
}
whole() {
	[ "$(pc recording verify --json | json '[r["command"] for r in j if r["state"] != "whole"]' 2>/dev/null)" = '[]' ]
}

at split
is "what is cut between two writes arrives byte by byte" "$(head -n 3 "$WORK/out" | od -An -tx1 | tr -d ' \n')" \
	'6772c3bc6e0d0a6575726f20e282ac0d0a68616c6620f09f410d0a'
is "and is recorded whole" "$(recorded split '"grün" in t and "euro €" in t')" True
is "what never becomes whole is shown as such" "$(recorded split '[x for x in ascii(t).split("\\r\\n")][2]')" 'half \ufffd\ufffdA'
is "to the last byte" "$(recorded split 't.endswith("end \ufffd\ufffd")')" True
is "NUL and C1 are text like other" "$(recorded split '"nul a\0b" in t and "c1 \x9b31m" in t')" True

at line
is "a line without end is shown" "$(tr -dc x <"$WORK/out" | wc -c)" 3000000
is "and recorded" "$(recorded line 'len(t), t.endswith("xlast")')" '(3000004, True)'

for way in ttin ttou; do
	at "$way"
	is "$way: what is in the background of its terminal is not stopped, but told" \
		"$(grep '^status' "$WORK/out" | tr -d '\r')" 'status 6'
	none() {
		! pgrep -f -- "mark-$way" >/dev/null
	}
	until_ok none
	ok $? "$way: and ends with who is in the foreground"
done
until_ok whole
ok $? "all recordings are what the trail says"
finish
