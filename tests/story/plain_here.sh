#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Who is here, in plain text: an administrator hears who is signed in and what they do, says something
# to one and to all, and ends a session, with a word and without.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "$top_srcdir/tests/story/line.bash"
need expect
umask 077
clock_set $EPOCH
make_state root
pc settings set require-2fa no
for name in operator other; do
	person "$name" operator
done
person boss administrator
pc command add wait --title Wait --role operator -- /bin/sh -c 'echo waits; read -r line' >/dev/null
enrolled boss
fresh

inside operator
inside other
as boss
line boss --plain
reads "the first door" 'User name'
enter boss
reads "a password" 'Password'
enter "$PASSWORD"
reads "and a code" '6-digit code'
enter "$(code)"
reads "home names it" '4 Who is here: who is signed in now' '5 Sign out' 'Number: '
enter 4
reads "who, their role, from where, since when, and what they do" 'Who is here' \
	'1 boss: Administrator, local, since today 12:00, this terminal' \
	'2 other: Operator, local, since today 12:00, at work' \
	'3 operator: Operator, local, since today 12:00, at work' '4 Say to all' '5 Look again' 'Number: '
enter '?'
reads "the question mark tells what can be typed" 'b: Goes back to the start.' 'Number: '
enter 1
reads "one's own is left by signing out" 'That is your own session. Leave it with Sign out.' \
	'3 operator: Operator' 'Number: '

# --- something is said --------------------------------------------------------------------------

enter 3
reads "with one there are two things to do" '1 End session: Ends the session' '2 Say: Says something' 'Number: '
enter 2
reads "to say something" 'Say something to operator.' 'Message: '
enter '?'
reads "may be given up" 'Enter alone says nothing.' 'Message: '
enter "$(printf '%0300d' 7)"
reads "what is too long is not said in part" 'That is too long to be said at once.' 'Message: '
enter 'Please come'
reads "what has room is, and how many see it" 'It stands on 1 terminal.' '3 operator: Operator' 'Number: '
use operator
see "who is spoken to reads it" 'boss says: Please come'
use other
not_now "nobody else does" 'Please come'
enter 4
reads "to all" 'Say something to all who are here.' 'Message: '
enter ''
reads "nothing is said by Enter alone" '4 Say to all' 'Number: '
is "nothing at all" "$(rows session-message ok)" 1
enter 4
reads "to all again" 'Message: '
enter 'The host goes down'
reads "but oneself" 'It stands on 2 terminals.' '4 Say to all' 'Number: '
use operator
see "one reads it" 'boss says: The host goes down'
use other
see "and the other" 'boss says: The host goes down'

# --- a session is ended ----------------------------------------------------------------------------

use operator
pick Commands
keys Enter
see "a command runs" 'waits'
enter 5
reads "that is told, too" '3 operator: Operator, local, since today 12:00, runs wait' 'Number: '
fresh
enter 3
reads "to end it" '1 End session' 'Number: '
enter 1
reads "a word may go with it" 'Message: '
enter 'Go home'
reads "and it asks, by a code" "End operator's session, and wait, which runs in it?" '6-digit code'
enter b
reads "b takes it back" '3 operator: Operator' 'runs wait' 'Number: '
is "and nothing has ended" "$(rows session-end ok)" 0
enter 3
reads "again" '1 End session' 'Number: '
enter 1
reads "the word again" 'Message: '
enter 'Go home'
reads "the question again" '6-digit code'
enter "$(wrong_code)"
reads "a wrong code ends nothing" 'That code is wrong.' '6-digit code'
enter "$(code)"
reads "the right one does" 'The session was ended.' '2 other: Operator' '3 Say to all' 'Number: '
use operator
ends "the command ends with it, and the console" 1
like "with its sentence" "$(errors; screen)" 'An administrator ended this session'
like "and the word" "$(errors; screen)" 'boss says: Go home'
enter 2
reads "while administering" '1 End session' 'Number: '
enter 1
reads "without a word" 'Message: '
enter ''
reads "a yes does" "End other's session?" 'Type yes to do it'
enter yes
reads "and nobody else is here" 'The session was ended.' '1 boss: Administrator' '2 Look again' 'Number: '
use other
ends "that console has ended, too" 1
like "the trail has who ended whose" \
	"$(pc audit list --json --action session-end | json '[(r["who"], r["target"]) for r in j]')" \
	'"boss", "operator".*"boss", "other"|"boss", "other".*"boss", "operator"'

# --- more than are told at once ----------------------------------------------------------------------

for i in {1..9}; do
	inside other "other$i"
done
enter 2
reads "nine are told" '1 other: Operator' '9 other: Operator' '10 The next ones' '11 Say to all' 'Number: '
enter 10
reads "and behind them the others" 'Who is here' '1 boss: Administrator' '2 Say to all' '3 Look again' 'Number: '
enter 3
reads "looking again begins with the first" '1 other: Operator' '10 The next ones' 'Number: '
use other1
keys C-c
ends "one of them leaves" 0
enter 2
reads "who has a place in the list" '1 End session' 'Number: '
enter b
reads "may be gone when it is told anew" '9 boss: Administrator' '10 Say to all' 'Number: '
enter b
reads "b leads home" '4 Who is here' 'Number: '
no_escapes "nothing but text was written"

# --- an operator, and another language ------------------------------------------------------------------

line operator --plain
reads "an operator comes in" 'User name'
enter operator
reads "by a password" 'Password'
enter "$PASSWORD"
reads "and has no such list" 'operator · Operator' '1 Commands' '2 My account' '3 Sign out' 'Number: '
pc session message all 'Coffee at ten' >/dev/null
reads "but hears what is said to all" 'says: Coffee at ten' 'Number: '
person chef administrator
EXTRA=(LANGUAGE=fr)
line french --plain
reads "in French" "Nom d'utilisateur"
enter chef
reads "too" 'Mot de passe'
enter "$PASSWORD"
reads "home names it" '4 Qui est là' 'qui est connecté maintenant' 'Numéro'
enter 4
reads "and it is told" 'Qui est là' '1 chef' "Administrateur, local, depuis aujourd'hui à 12:01, ce terminal" \
	'2 operator' 'au travail' 'Dire à tous' 'Revoir' 'Numéro'
enter 2
reads "what can be done" '1 Terminer' '2 Dire' 'Numéro'
enter 1
reads "a word" 'Message'
enter ''
reads "the question" 'Terminer la session de operator' 'Mot de passe'
enter "$PASSWORD"
reads "and what came of it" 'La session a été terminée.' 'Numéro'
no_escapes "nothing but text was written"
finish
