#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A keeper that lies to the runner starts nothing that root's files do not allow; how many run at once
# is bounded; and a keeper that is killed while a command runs loses neither the run nor its end.
. "${top_srcdir:-.}/tests/host.bash" || exit 1
. "${top_srcdir:-.}/tests/story/lib.sh" || exit 1
. "${top_srcdir:-.}/tests/client/guarded.bash" || exit 1
need setpriv useradd
T=/usr/local/lib/t
MARK=lies-$$

guard
KEEPER_UID=$(on_host id -u provconsole)
ran() {
	[ -e "$HOST$T/ran" ]
}
marks="echo ran >>$T/ran"
command_ honest --title Honest --role operator --as root -- /bin/sh -c "$marks"
command_ theirs --title Theirs --role administrator --as root -- /bin/sh -c "$marks"
command_ sure --title Sure --role operator --as root --confirm -- /bin/sh -c "$marks"
command_ proven --title Proven --role operator --as root --code -- /bin/sh -c "$marks"
command_ waits --title Waits --role operator -- /bin/bash -c \
	": $MARK; echo here; until [ -e $T/go ]; do read -r -t 0.1 line; done; echo done; exit 3"
for name in writable foreign; do
	sed "s/^title.*/title $name/" "$HOST/etc/provconsole/commands.d/honest" \
		>"$HOST/etc/provconsole/commands.d/$name"
done
chmod 666 "$HOST/etc/provconsole/commands.d/writable"
on_host chown provconsole /etc/provconsole/commands.d/foreign
ln -s honest "$HOST/etc/provconsole/commands.d/linked"

# --- a keeper that lies -----------------------------------------------------------------------

# lie WHAT ANSWER WORD...: nothing is started
lie() {
	local what=$1 answer=$2

	shift 2
	like "$what" "$(on_host "$LIBEXEC/orderer" "$RUNNER" "$KEEPER_UID" "$@" 2>&1)" "^($answer)\$"
}
lie "of a role that the file does not name" 'refused COMMAND_NONE' name=theirs
lie "nor of one above" 'refused COMMAND_NONE' name=theirs role=2
lie "of a command that is not there" 'refused COMMAND_NONE' name=none
lie "of a program's path" closed name=../../../bin/sh
lie "of one outside" closed name=/bin/sh
lie "of no name" closed name=
lie "without a yes" 'refused COMMAND_CONFIRM' name=sure
lie "without a proof" 'refused PROOF_NEEDED' name=proven
lie "of a file that others may write" 'refused COMMAND_FILE' name=writable
lie "of a file that is the keeper's own" 'refused COMMAND_FILE' name=foreign
lie "of a symbolic link" 'refused COMMAND_FILE' name=linked
lie "of another version" closed version=2
lie "of none" closed version=0
lie "of no kind" closed kind=0
lie "of an unknown kind" closed kind=99
lie "of no role" closed role=3
lie "of no size" closed rows=0
lie "of one too large" closed columns=5000
lie "half an order" closed bytes=100
lie "an order and more" closed bytes=400
lie "one byte" closed bytes=1
lie "a yes that is neither" closed confirmed=2
lie "a proof that is neither" closed proven=255
lie "of a run without a name" closed id=
lie "of one that is a path" closed id=../../../../../../../../etc/passwd
lie "for nobody" closed person=
for array in id name person source term language; do
	lie "$array without its end" closed "full=$array"
	[ "$array" = id ] || lie "$array with something behind it" closed "behind=$array"
done
lie "without a descriptor" closed pumps=0
lie "with two" closed pumps=2
is "another user does not reach the runner" \
	"$(on_host "$LIBEXEC/orderer" "$RUNNER" 65534 2>&1)" unreachable
! ran
ok $? "none of them has started anything"
lie "though what is true does" started
until_ok ran
ok $? "and runs"

# --- too many -----------------------------------------------------------------------------------

BACK=()
# start NAME FILE: a run of somebody's in the background, until its first words
start() {
	timeout 120 "${HOST_RUN[@]}" "$LIBEXEC/commander" "$GUARDED" "$1" /root/password run waits \
		<"$WORK/never" >"$2" 2>&1 &
	BACK+=($!)
	disown
	until_ok has_begun "$2"
}
has_begun() {
	grep -q here "$1"
}
exec {never}<>"$WORK/never"
for i in 1 2 3 4 5 6 7 8; do
	start operator "$WORK/run.$i"
done
at operator run honest
is "a ninth of one person is refused" "$OUT" 'refused RUN_MANY'
like "and stands in the trail" "$(trail command-run)" '^operator: refused: honest$'
touch "$HOST$T/go"
till_then "all eight come to their end" none_marked
for i in 1 2 3 4 5 6 7 8; do
	over() { grep -q '^status 3' "$WORK/run.$i"; }
	until_ok over || give_up "A run has no end: $(cat "$WORK/run.$i")"
done
rm "$HOST$T/go"
at operator run honest
like "then there is room again" "$OUT" '^status 0$'

kill "$RUNS"
runner --most 1
start operator "$WORK/run.1"
at operator run honest
like "a runner for one refuses a second" "$OUT" RUN_MANY
touch "$HOST$T/go"
till_then "the first comes to its end" none_marked
rm "$HOST$T/go"
one_again() {
	at operator run honest
	grep -q '^status 0' <<<"$OUT"
}
until_ok one_again
ok $? "then there is room again"

# --- a keeper that is killed ------------------------------------------------------------------------

rows=$(ended waits | wc -l)
start operator "$WORK/run.9"
kill -9 "$KEEPS"
until_ok has_ended "$KEEPS"
ok $? "the keeper is killed"
[ -n "$(marked)" ]
ok $? "the command runs on"
touch "$HOST$T/go"
went_on() {
	grep -q '^status 3' "$WORK/run.9"
}
until_ok went_on
ok $? "to its end" || said "$(cat "$WORK/run.9")"
keep
told() {
	[ "$(ended waits | wc -l)" -eq $((rows + 1)) ]
}
until_ok told
ok $? "which is in the trail" || said "$(trail command-end)"
like "as it was" "$(ended waits | tail -n 1)" 'waits, run [0-9a-f]{32}, status 3, [0-9]+ ms'

# --- a report that comes twice -----------------------------------------------------------------------

run=feedfacefeedfacefeedfacefeedface
is "both are taken" "$(on_host "$LIBEXEC/reporter" "$GUARDED" $run honest operator 1 2 | tr '\n' ' ')" 'OK OK '
is "and give one row" "$(ended honest | grep -c $run)" 1
kill "$KEEPS"
until_ok has_ended "$KEEPS"
keep
is "that is known after a restart" \
	"$(on_host "$LIBEXEC/reporter" "$GUARDED" $run honest operator 1 1)" OK
is "still one" "$(ended honest | grep -c $run)" 1
is "another end is another row" "$(on_host "$LIBEXEC/reporter" "$GUARDED" $run honest operator 2 1
	ended honest | grep -c $run)" $'OK\n2'
finish
