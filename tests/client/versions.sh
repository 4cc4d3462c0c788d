#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Console and keeper of two versions: both sides say which is older and what to do, whatever the
# other one's messages look like, and an old keeper makes way.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/client/strangers.bash"

OURS=$("$KEEPER" --version)
OURS=${OURS##* }
COMMAND=("$PROVCONSOLE" --socket "$STATE/socket")	# of the consoles
OTHER=

clean_up_versions() {
	[ -z "$OTHER" ] || kill -9 "$OTHER" 2>/dev/null
	clean_up_strangers
}
trap clean_up_versions EXIT

# --- consoles of another version -------------------------------------------------------

# answered WHAT VERSION SIZE PROGRAM
answered() {
	like "$1 is told our version" \
		"$("$CLIENT/other_console" "$STATE" hello "$2" "$3" "$4" 2>&1)" \
		"^version [0-9]+, ${OURS//./\\.}\$"
}

make_state alice
stop_keeper
serve
answered "a newer console" 999 64 10.23
answered "one with a longer hello" 999 140 10.23
answered "one whose hello is longer than any message of ours" 999 60000 10.23
answered "one from before greetings" 2 140 ''
answered "the very first one" 1 140 ''
is "what only looks like one is cut off" \
	"$("$CLIENT/other_console" "$STATE" hello 0 140 '' 2>&1)" nothing
WIRE=$("$CLIENT/other_console" "$STATE" hello 999 64 '')
WIRE=${WIRE#version } WIRE=${WIRE%%,*}
root_asks "after all of them"
stop_served

# --- an embedded keeper makes way --------------------------------------------------------

# Nobody but refused lines: the keeper leaves as if nobody had come.
pc user list >/dev/null
keeper=$(keepers)
[ -n "$keeper" ]
ok $? "an embedded keeper runs"
came=$("$CLIENT/other_console" "$STATE" besiege 2>&1)
[ "$came" -ge 20 ] 2>/dev/null
ok $? "others come again and again" || said "$came"
until_ok no_keeper
ok $? "it leaves, however often it is asked in vain"

# Those who are let in keep it.
pc user list >/dev/null
ask inside open 192.0.2.1
"$CLIENT/other_console" "$STATE" besiege >"$WORK/siege" 2>&1 &
siege=$!
pause_for 6
ask inside ALIVE
says "it stays for somebody who said a good hello" OK
[ -n "$(keepers)" ] && kill -0 $siege
ok $? "and goes on to serve"
hang_up
wait $siege
until_ok no_keeper
ok $? "and leaves when that one has gone" || said "$(cat "$WORK/siege")"

# It has taken its socket's name away when somebody at the door says hello.
pc user list >/dev/null
is "it stays for the last one at the door, under a new socket" \
	"$("$CLIENT/other_console" "$STATE" late 2>&1)" "answered, others too"
until_ok no_keeper
ok $? "and leaves after that one"

# --- keepers of another version -------------------------------------------------------------

# other_keeper VERSION SIZE PROGRAM: has the state
other_keeper() {
	coproc OTHER_KEEPER { exec "$CLIENT/other_keeper" "$STATE" "$@" 2>"$WORK/other"; }
	exec {OTHER_OUT}<&"${OTHER_KEEPER[0]}"- {OTHER_IN}>&"${OTHER_KEEPER[1]}"-
	OTHER=$OTHER_KEEPER_PID
	heard ready
}

heard() {
	local line

	read -r -t "$DEADLINE" line <&"$OTHER_OUT" && [ "$line" = "$1" ] ||
		give_up "The other keeper says \"${line:-}\", not $1: $(cat "$WORK/other")"
}

tell_other() {
	echo "$1" >&"$OTHER_IN"
}

other_leaves() {
	exec {OTHER_IN}>&-
	wait "$OTHER" 2>/dev/null
	exec {OTHER_OUT}<&-
	OTHER=
}

# doctor_says: of the keeper, a service
doctor_says() {
	"$PROVCONSOLE" --socket "$STATE/socket" --state "$STATE" doctor --json |
		json '" ".join(f["result"] + ": " + f["detail"] + " " + f["advice"] for f in j
			if f["check"] == "keeper")'
}

# says_all WHAT SENTENCE: the command line, the doctor and the console say it, of a service
says_all() {
	tell_other always
	is "$1: a command says so" \
		"$("$PROVCONSOLE" --socket "$STATE/socket" user list 2>&1)" "provconsole: $2"
	is "$1: the doctor too" "$(doctor_says)" "wrong: $2"
	open console
	until_ok ended
	is "$1: and the console" "$(errors)" "provconsole: $2"
	close
	other_leaves
}

other_keeper $((WIRE + 1)) 64 0.0.9
says_all "an older keeper" "The keeper (0.0.9) is older than this console ($OURS). Restart its service:\
 systemctl restart provconsole-keeper"
other_keeper 999 64 10.23
says_all "a newer keeper" "This console ($OURS) is older than the keeper (10.23). Install one version of both."
other_keeper 999 60000 10.23
says_all "one with more to say" "This console ($OURS) is older than the keeper (10.23). Install one version of both."
other_keeper 999 64 "$OURS"
says_all "one of the same name" "This console (protocol $WIRE) is older than the keeper (protocol 999). Install one version of both."
other_keeper 999 64 '99\x1b[2J\x0a%s%n\xff\xffxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx'
says_all "one that lies" "This console ($OURS) is older than the keeper\
 (99??2J??s?n??xxxxxxxxxxxxxxxxxxxxxxxxxxxxxx). Install one version of both."
other_keeper 0 0 ''
says_all "one from before greetings" "The keeper closes every connection without an answer: it may be older than\
 this console ($OURS). Restart its service, or see the system's log."
other_keeper 999 50 nonsense
says_all "one that speaks nonsense" "The console and the keeper do not understand each other. Install\
 one version of both."

# Of one wire, and of two versions all the same: "0.0.9" and ours.
other_keeper "$WIRE" 0 0.0.9
tell_other always
is "who understands another version is told of it by the doctor alone" \
	"$(doctor_says)" "note: It answers on $STATE/socket, as version 0.0.9; this console is $OURS.\
 Restart it: systemctl restart provconsole-keeper"
other_leaves

# --- an older embedded one ---------------------------------------------------------------------

# begin: a command in the background, which does not hold the other keeper's line
begin() {
	{
		exec {OTHER_IN}>&- {OTHER_OUT}<&-
		pc user list
		echo "status $?"
	} >"$WORK/list" 2>&1 &
	LIST=$!
}

for kind in "$((WIRE + 1)) 64 0.0.9" "0 0 -"; do
	read -r version size program <<<"$kind"
	# shellcheck disable=SC2086 # three words
	other_keeper $version $size $program
	[ "$version" = 0 ] && what="one without a word" || what="an older one"
	begin
	heard hello
	tell_other answer
	[ "$version" != 0 ] || { heard hello; tell_other answer; }
	# asked again, it would say so before it has gone
	read -r -t 1 line <&"$OTHER_OUT"
	is "$what is not asked while it may leave" "${line:-}" ""
	other_leaves
	wait "$LIST"
	like "$what leaves, and the next one serves" "$(tail -n 1 "$WORK/list")" '^status 0$'
	stop_keeper

	# shellcheck disable=SC2086 # three words
	other_keeper $version $size $program
	tell_other always
	begin
	wait "$LIST"
	like "$what that stays is named" "$(head -n 1 "$WORK/list")" \
		"^provconsole: The running keeper .* older than this console \(${OURS//./\\.}\)\
. Sign out of the other sessions of this console or, if it is a service, restart it. Then try again\.\$"
	other_leaves
done

other_keeper 999 64 10.23
tell_other always
began=$(now_ms)
begin
wait "$LIST"
like "a newer one is not waited for" "$(head -n 1 "$WORK/list")" \
	'^provconsole: This console .* is older than the keeper \(10\.23\)\.'
[ $(($(now_ms) - began)) -le 3000 ]
ok $? "and is said at once" || said "after $(($(now_ms) - began)) ms"
other_leaves

# --- a console that was upgraded while it began --------------------------------------------------

mkdir "$WORK/bin"
cp "$PROVCONSOLE" "$WORK/bin/provconsole"
other_keeper 999 64 10.23
"$WORK/bin/provconsole" --socket "$STATE/socket" user list >"$WORK/list" 2>&1 &
LIST=$!
heard hello
cp "$PROVCONSOLE" "$WORK/bin/provconsole.new"
mv "$WORK/bin/provconsole.new" "$WORK/bin/provconsole"
tell_other answer
wait "$LIST"
is "a console whose program was replaced says so" "$(cat "$WORK/list")" \
	"provconsole: The console was upgraded. Sign in again."
other_leaves

# --- a keeper that is upgraded under open sessions ------------------------------------------------

serve
open console
see "a session" "User name"
stop_served
until_ok ended
is "a session whose keeper is upgraded ends and says so" "$(errors)" \
	"The keeper has stopped, so this console ends. Start it again."
close
finish
