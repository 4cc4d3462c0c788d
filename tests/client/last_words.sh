#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The last words of a command: what it wrote before it ended is shown and recorded, and its status
# told, however slow the person's terminal is, and whoever still has the command's open.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"

umask 077
make_state root
pc settings set require-2fa no
person operator operator
echo "$PASSWORD" >"$WORK/password"
install -m 755 "$top_srcdir/tests/client/last_words.py" "$WORK/last_words.py"
for way in full leaves floods away; do
	pc command add "$way" --title "$way" --role operator --record -- "$PYTHON" -IS "$WORK/last_words.py" \
		"$way" "$WORK/$way.lines" >/dev/null || give_up "There is no command $way."
done

# running WAY: processes of that command
running() {
	pgrep -f -- "last_words.py $1 $WORK"
}
not_running() {
	[ -z "$(running "$1")" ]
}
recorded() {
	local run

	run=$(pc recording list --json | json '" ".join(r["run"] for r in j if r["command"] == "'"$1"'")')
	"$PYTHON" -IS - "$STATE/runs/recordings/$run.cast" "$lines" <<'P'
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
text = "".join(event[2] for event in lines[1:] if event[1] == "o")
print(text.split("\r\n").count("line " + sys.argv[2]))
P
}

in_trail() {
	pc audit list --json --action command-end | json '"\n".join(r["detail"] for r in j)' |
		grep -q "^$1, run [0-9a-f]*, status 3,"
}

# The person's terminal takes nothing until the command has long ended.
for way in full leaves floods; do
	mkfifo "$WORK/typed"
	timeout 60 "$top_builddir/tests/client/commander" "$STATE" operator "$WORK/password" run "$way" late \
		<"$WORK/typed" >"$WORK/out" 2>&1 &
	slow=$!
	exec {typed}>"$WORK/typed"
	until_ok test -e "$WORK/$way.lines" || give_up "$way has not filled its terminal."
	until_ok not_running "$way"
	ok $? "$way: it has ended, and left no process"
	pause_for 3	# longer than anything is waited for
	exec {typed}>&-
	rm "$WORK/typed"
	wait "$slow"
	lines=$(cat "$WORK/$way.lines")
	ok "$([ "$lines" -gt 1000 ]; echo $?)" "$way: it wrote much"
	is "$way: the last of its lines is seen" "$(tr -d '\r' <"$WORK/out" | grep -cx "line $lines")" 1
	is "$way: its status is told" "$(grep '^status' "$WORK/out")" 'status 3'
	is "$way: the last line is recorded" "$(recorded "$way")" 1
	until_ok in_trail "$way"
	ok $? "$way: and its end is in the trail"
done

OUT=$(timeout 30 "$top_builddir/tests/client/commander" "$STATE" operator "$WORK/password" run away </dev/null 2>&1)
like "one that closes its terminal may open it again, and is heard" "$OUT" 'back again'
like "and ends by itself" "$OUT" 'status 4'

# --- a line that drops behind much that was typed ---------------------------------------------

pc command add deaf --title Deaf --role operator -- /bin/sh -c \
	'stty raw -echo; echo ready; exec sleep 4452' >/dev/null
sleeping() {
	pgrep -f 'sleep 445[2]' >/dev/null
}
is_ready() {
	grep -q ready "$WORK/out"
}
gone() {
	! sleeping
}
mkfifo "$WORK/typed"
"$top_builddir/tests/client/commander" "$STATE" operator "$WORK/password" run deaf <"$WORK/typed" >"$WORK/out" 2>&1 &
typist=$!
exec {typed}>"$WORK/typed"
until_ok is_ready || give_up "It does not begin."
timeout 3 head -c 1000000 /dev/zero >&"$typed"	# more than anything takes that nobody reads
sleeping
ok $? "what nobody reads waits"
kill_keeper
sleeping
ok $? "and a keeper that is gone ends nothing"
kill "$typist"
until_ok gone
ok $? "but a line that drops does, whatever was typed before"
exec {typed}>&-
finish
