#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Some three hundred runs at once, eight a person: whoever asks for one more than eight is refused, as
# often as they like, somebody honest beside them begins commands and types as before, and when all
# lines drop nothing is left.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
PEOPLE=37
EACH=8

umask 077
make_state root
pc settings set require-2fa no
for i in $(seq 0 "$PEOPLE"); do
	person "p$i" operator
done
echo "$PASSWORD" >"$WORK/password"
pc command add quick --title Quick --role operator -- /bin/echo quick >/dev/null
pc command add echoes --title Echoes --role operator -- /bin/sh -c 'stty raw -echo; echo ready; exec cat' >/dev/null
pc command add waits --title Waits --role operator -- /bin/sh -c 'echo here; exec sleep 4453' >/dev/null

waiting() {
	pgrep -fc 'sleep 445[3]'
}
descriptors() {
	local keeper

	keeper=$(keepers)
	echo "$keeper" | grep -qx '[0-9]*' && ls "/proc/$keeper/fd" | wc -l
}
terminals() {
	find /dev/pts -name '[0-9]*' 2>/dev/null | wc -l
}
told() {
	grep -q "^$1 " "$WORK/out" || has_ended "$throng"
}
figure() {
	awk -v what="$1" -v at="$2" '$1 == what { print $at }' "$WORK/out"
}

# Somebody who stays, so that it is one keeper before and after.
open stays --state "$STATE"
wait_for Name
before=$(descriptors)
terminals=$(terminals)
mkfifo "$WORK/stay"
"$top_builddir/tests/client/throng" "$STATE" "$WORK/password" "$PEOPLE" "$EACH" 100 \
	<"$WORK/stay" >"$WORK/out" 2>&1 &
throng=$!
exec {stay}>"$WORK/stay"
DEADLINE=120 until_ok told refused
is "eight runs of each are there" "$(figure runs 2)" $((PEOPLE * EACH))
is "with their commands" "$(waiting)" $((PEOPLE * EACH))
is "a ninth is refused, however often it is asked for" "$(figure refused 2)" 300
said "$(cat "$WORK/out")"
ok "$([ "$(figure beside 4)" -lt 1000000 ]; echo $?)" "beside them a command begins within a second (99th percentile; alone on a host within 100 ms)"
ok "$([ "$(figure keys 4)" -lt 200000 ]; echo $?)" "and a key comes back within 200 ms"
ok "$([ "$(figure begin 3)" -lt 3000000 ]; echo $?)" "while they all begin half of its commands begin within three"

exec {stay}>&-
none() {
	[ "$(waiting)" = 0 ]
}
until_ok none
ok $? "when their lines drop no command is left"
as_before() {
	[ "$(descriptors)" = "$before" ] && [ "$(terminals)" = "$terminals" ]
}
until_ok as_before
ok $? "and no descriptor of the keeper, and no terminal" || said "$(descriptors) of $before, $(terminals) of $terminals"
no_runner() {
	[ "$(pgrep -fc -- "provconsole-runner --embedded $STATE")" -le 1 ]
}
until_ok no_runner
ok $? "and no runner but the one that waits"
finish
