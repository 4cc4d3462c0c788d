#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Who is here: root and administrators see it, say something, and end a session, each with a word.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"

umask 077
make_state root
pc settings set require-2fa no
person operator operator
person other operator
person boss administrator
pc command add wait --title Wait --role operator -- /bin/sh -c 'echo waits; read -r line' >/dev/null
number() {
	pc session list --json | json 'next(r["session"] for r in j if r["name"] == "'"$1"'")'
}

inside operator
inside other
inside boss
like "root is told who is here" "$(pc session list)" 'operator +operator +local'
is "with JSON" "$(pc session list --json | json '" ".join(sorted(r["name"] for r in j))')" 'boss operator other'

OUT=$(pc session message "$(number operator)" 'Coffee at ten')
is "something is said to one" "$OUT" 'It stands on 1 terminal.'
use operator
see "who reads it, and from whom" 'host:' 'says: Coffee at ten'
use other
not_now "nobody else does" 'Coffee at ten'
is "and to all" "$(pc session message all 'The host goes down')" 'It stands on 3 terminals.'
see "who read it" 'says: The host goes down'
pc session message 999999 nobody 2>"$WORK/wrong"
like "a session that is none" "$(cat "$WORK/wrong")" 'has ended already'
pc session message me words 2>"$WORK/wrong"
like "nor a number" "$(cat "$WORK/wrong")" 'no number of a session'
pc session message all "$(printf '%0300d' 7)" 2>"$WORK/wrong"
like "nothing is said in part" "$(cat "$WORK/wrong")" 'too long'
pc session message all $'\e]0;title\a\e[31mred' >/dev/null
see "what is no text is shown as such" 'red'
is "and does nothing to a terminal" "$(grep -ac $'\e\\]0;title' "$WORK/terminal.other/raw")" 0

use boss
pick 'Who is here'
see "an administrator sees it at home" 'boss' 'this terminal' 'operator' 'Operator, local'
choose operator
keys s
see "says something" 'Say something to operator.'
type 'Please come'
keys Enter
see "and is told that it was" 'It stands on 1 terminal.'
use operator
see "who is spoken to reads it" 'boss says: Please come'
pick Commands
keys Enter
see "a command runs" 'waits'
use boss
keys r
see "that is seen, too" 'runs wait'
choose operator
keys s
wait_for 'Say something to operator.'
type 'Behind you'
keys Enter
wait_for 'It stands on'
use operator
not_now "a command's screen is left alone" 'Behind you'
keys Enter
see "what was said stands behind its end" 'boss says: Behind you'
pick Wait
wait_for 'waits'
use boss
keys r
wait_for 'runs wait'
choose operator
keys Enter
see "ending asks" "End operator's session, and wait, which runs in it?"
type 'Go home'
keys Enter
type "$PASSWORD"
keys Enter
see "and is done" 'The session was ended.'
use operator
ends "the command ends with it, and the console" 1
like "with its sentence" "$(errors; screen)" 'An administrator ended this session'
like "and the word" "$(errors; screen)" 'boss says: Go home'
like "the trail has who ended whose" \
	"$(pc audit list --json --action session-end | json '[(r["who"], r["target"]) for r in j]')" \
	'"boss", "operator"'
use other
keys Down
gone "a key takes away what was said" 'red'
pc session end "$(number other)"
ends "root ends one, too" 1
unlike "without a word, and one that was read is not told again" "$(errors)" 'says:'
finish
