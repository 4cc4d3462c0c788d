#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Commands, by whoever is at home and has no screen: each role is shown its own and gets no other's;
# what runs has a terminal and surroundings of its own, and nothing of it outlives it.
. "${top_srcdir:-.}/tests/story/lib.sh"

. "${top_srcdir:-.}/tests/story/people.bash"

umask 077
make_state root
pc settings set require-2fa no
for role in operator administrator; do
	person "$role" "$role"
done
echo "$PASSWORD" >"$WORK/password"
command_() {
	pc command add "$@" >/dev/null || give_up "A command cannot be added: $*"
}
command_ look --title 'Look around' --role operator -- /bin/sh -c 'tty; stty size; env; pwd; id -u'
command_ three --title Three --role operator -- /bin/sh -c 'exit 3'
command_ sure --title Sure --role operator --confirm -- /bin/echo sure it is
command_ proven --title Proven --role operator --code -- /bin/echo proven it is
command_ theirs --title Theirs --role administrator -- /bin/echo theirs
command_ typed --title Typed --role operator -- /bin/cat
command_ endless --title Endless --role operator -- /bin/sh -c \
	'setsid sleep 4444 & trap "" HUP TERM; echo here; while :; do sleep 4445; done'
command_ stop --title Stop --role operator -- /bin/sh -c 'echo stopping; kill -STOP $$'

# at NAME WORDS...: as somebody at home; what came in OUT
at() {
	local name=$1

	shift
	OUT=$(timeout 30 "$top_builddir/tests/client/commander" "$STATE" "$name" "$WORK/password" "$@" </dev/null 2>&1 | tr -d '\r')
}

at operator list
is "an operator is shown an operator's" "$(cut -d'|' -f1 <<<"$OUT" | paste -sd ' ')" \
	'endless look proven stop sure three typed'
at administrator list
is "an administrator an administrator's" "$OUT" 'theirs|Theirs||never'

at operator run look
like "it has a terminal" "$OUT" '/dev/pts/'
like "of that size" "$OUT" '24 80'
like "and knows who asked" "$OUT" 'PROVCONSOLE_USER=operator'
like "and for which role" "$OUT" 'PROVCONSOLE_ROLE=operator'
unlike "nothing is inherited" "$OUT" 'PROVCONSOLE_STATE|TMUX|LD_PRELOAD'
like "its end is told" "$OUT" 'status 0'
at operator list
like "the list says that it ran" "$(grep '^look' <<<"$OUT")" 'ran$'
at operator run three
like "a status comes through" "$OUT" 'status 3'
at operator run sure
is "without a yes it does not run" "$OUT" 'refused COMMAND_CONFIRM'
at operator run sure yes
like "with one it does" "$OUT" 'sure it is'
at operator run proven
is "without a proof it does not run" "$OUT" 'refused PROOF_NEEDED'
at operator run proven proof
like "with one it does" "$OUT" 'proven it is'
at operator run theirs
is "another role's is none" "$OUT" 'refused COMMAND_NONE'
at operator run ../three
is "nor what is no name" "$OUT" 'refused COMMAND_NONE'
OUT=$(printf 'hello\n\004' | timeout 30 "$top_builddir/tests/client/commander" "$STATE" operator "$WORK/password" run typed)
is "what is typed arrives" "$(grep -c hello <<<"$OUT")" 2
like "and ^D ends it" "$OUT" 'status 0'

left() {
	[ -z "$(cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ' | grep -aoE 'sleep 444[45]')" ]
}
at operator run endless drop
until_ok left
ok $? "where the line drops nothing of it is left, not even in a session of its own"
at operator run stop
like "what stops itself is ended" "$OUT" 'status 147'

rows() {
	pc audit list --json --action "$1" | json '"\n".join(r["who"] + ": " + r["detail"] for r in j)'
}
ended() {
	rows command-end | grep -q 'three, run [0-9a-f]*, status 3, [0-9]* ms, 0 bytes'
}
until_ok ended
ok $? "the trail says who ran what, and how it ended"
like "and what was refused" "$(pc audit list --json --action command-run | json '[r["detail"] for r in j if r["result"] != "ok"]')" theirs
finish
