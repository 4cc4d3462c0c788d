#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A person who wants to be asked line by line says so once, in My account. From then on the screens
# end as soon as their password is accepted, and the same session goes on in plain text, at the
# door that is next.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "$top_srcdir/tests/story/line.bash"
need expect
clock_set $EPOCH
make_state root
pc settings set require-2fa no
person alice
enrolled alice
as alice
RECOVERY=("${CODES[@]}")
person bob
person carol
fresh

WHY='You chose plain text in My account, so the console goes on line by line.'

# answers TEXT: typed, and Enter
answers() {
	type "$1"
	keys Enter
}

# plain_of NAME: as the host sees it
plain_of() {
	pc user show "$1" --json | json "j['plain']"
}

# at_password NAME: on the screens' first door, with all but the last Enter
at_password() {
	wait_for 'User name' || { dump; give_up "There is no first door."; }
	answers "$1"
	wait_for 'Password'
	type "$PASSWORD"
}

# drawn: whether the terminal still shows a screen of its own
drawn() {
	[ "$(tm display-message -p -t "=$TERMINAL:" '#{alternate_on}')" = 1 ]
}

cooked() {
	stty -a <"/proc/$(pid)/fd/0" | grep -q '[^-]icanon' &&
		! stty -a <"/proc/$(pid)/fd/0" | grep -q -- '-opost'
}

# lines WHAT: tests: the screens have given the terminal back, and plain text has it
lines() {
	! drawn
	ok $? "$1: nothing is drawn over any more"
	cooked
	ok $? "$1: the terminal edits lines"
}

# --- on, in My account ---------------------------------------------------------------------

inside alice
keys Enter
see "My account has an item for it, and says how it is" 'Plain text' 'one question a line: off'
pick 'Plain text'
see "it is told what it does" 'line by line instead of drawing screens' 'wherever you sign in'
now "and which is in force" 'Off chosen now' 'On one question a line, at once'
keys Escape
see "Esc goes back" 'Two-factor authentication is on.'
is "and changes nothing" "$(plain_of alice)" false
pick 'Plain text'
wait_for 'chosen now'
pick Off
see "what is chosen already may be chosen again" 'Saved. It is used wherever you sign in.'
pick 'Plain text'
wait_for 'chosen now'
session=$(pid)
pick On
see "on, the console goes on line by line at once" "$WHY" 'Type ? at any question' 'alice · Operator' \
	'1 My account' '2 Sign out' 'Number:'
lines "at home"
is "it is the same session" "$(pid) $(rows_of alice sign-in ok) $(rows_of alice sign-out ok)" \
	"$session 2 1"
not_now "what the screen of home told is not told again" 'Last sign-in'
if [ "$(pc doctor --json |
	json "next(f['result'] for f in j if f['check'] == 'confinement')")" = ok ]; then
	is "and it is behind the same walls" "$(grep -E '^(NoNewPrivs|Seccomp):' \
		"/proc/$session/status" | tr -dc '0-9')" 12
fi
is "the keeper keeps it" "$(plain_of alice)" true
is "each change is a row of the trail" "$(pc audit list --json | json \
	"[r['detail'] for r in j if r['action'] == 'preferences' and r['who'] == 'alice']")" \
	'["plain no", "plain yes"]'
like "the host reads it in words" "$(pc user show alice)" '^plain text +on$'
is "nobody else's is changed" "$(plain_of bob)" false
answers 2
ends "Sign out ends it" 0
now "with the farewell" 'Signed out.'
given_back "and the terminal"
close

# --- from the next sign-in on --------------------------------------------------------------

fresh
open alice
see "the first door is a screen, for nobody knows who comes" 'User name' '[ Sign in ]'
answers alice
answers 'not the password'
see "a wrong password tells nobody what alice has chosen" 'User name or password is wrong.'
drawn
ok $? "for the screen stays"
answers "$PASSWORD"
see "the right one leads to the second door in plain text" "$WHY" 'Two-factor authentication' \
	'Enter the 6-digit code' '6-digit code:'
lines "at the code"
like "which nothing but the keeper's door can open" "$(pc audit list --json | json \
	"[r['action'] for r in j if r['who'] == 'alice'][-1]")" '^password$'
answers "$(wrong_code)"
see "a wrong code is wrong" 'That code is wrong.'
answers r
see "what can be typed instead is there" 'Recovery code:'
answers b
answers '?'
see "and the help" 'b: Goes back to name and password.'
used=$(code)
answers "$used"
see "a right one opens" 'Last sign-in' '2 failed attempts since' '1 My account' 'Number:'
answers 1
see "My account tells it there too" '8 Plain text: one question a line: on'
answers 7
see "where another preference" 'My account > Language' '2 English'
answers 2
see "can be changed" 'Saved. It is used wherever you sign in.'
is "without a change of this one" "$(plain_of alice) $(pc user show alice --json |
	json "j['language']")" 'true en'
keys C-c
ends "^C signs out" 0
now "with the farewell" 'Signed out.'
given_back "and the terminal"
close

open spent
at_password alice
keys Enter
wait_for '6-digit code:'
answers "$used"
see "a code is one sign-in there too" 'That code is already used.'
answers r
wait_for 'Recovery code:'
answers "${RECOVERY[0]}"
see "a recovery code is another" 'You signed in with a recovery code. 9 are left.'
keys C-d
ends "^D signs out" 0
close

# --- whoever comes next --------------------------------------------------------------------

fresh
open next
at_password alice
keys Enter
wait_for '6-digit code:'
answers b
see "back at the first door the line stays plain" 'User name [alice]:'
answers bob
wait_for 'Password:'
answers "$PASSWORD"
see "for whoever comes next, without a screen" 'bob · Operator' 'Number:'
keys C-d
ends "and out" 0
close
open bob
sign_in bob
see "bob's own sign-in is on screens" 'My account' 'Sign out'
drawn
ok $? "as it was"
close

# --- each door -----------------------------------------------------------------------------

# set_plain NAME: without a second factor, by the screens
set_plain() {
	open "$1"
	sign_in "$1"
	wait_for 'Sign out'
	keys Enter
	pick 'Plain text'
	wait_for 'chosen now'
	pick On
	see "$1 chooses it too" "$WHY" 'Number:'
	close
}
set_plain bob
set_plain carol

open home
at_password bob
keys Enter
see "without a second factor it begins at home" "$WHY" 'bob · Operator' 'Last sign-in' 'Number:'
keys C-c
ends "where ^C signs out" 0
now "with the farewell" 'Signed out.'
close

OLD=$PASSWORD
PASSWORD=$(pc user set-password bob --invite 2>/dev/null)
open due
at_password bob
keys Enter
see "a new password is asked first where one is due" "$WHY" 'Choose a new password' 'New password:'
not_now "and home is shut" '1 My account'
answers "$OLD"
see "twice" 'Repeat password:'
not_now "and not to be seen" "$OLD"
answers "$OLD"
see "then home is open" 'bob · Operator' 'Number:'
close
PASSWORD=$OLD

pc settings set require-2fa yes
fresh
open due
at_password carol
keys Enter
see "the second factor is configured first where it is required" "$WHY" \
	'Configure two-factor authentication' '2 Add an account, with this key' '6-digit code:'
not_now "and home is shut" '1 My account'
KEY=$(screen | grep -xE '([A-Z2-7]{4} ){7}[A-Z2-7]{4}' | tr -d ' ')
answers "$(code)"
see "its recovery codes come next" 'Type yes when you have saved these codes:'
kill -HUP "$(pid)"
ends "a hang-up there ends it" 1
close
fresh
open codes
at_password carol
keys Enter
wait_for '6-digit code:'
answers "$(code)"
see "codes that nobody saved come again" 'Recovery codes' 'Type yes when you have saved these codes:'
answers yes
see "and then home" 'carol · Operator' 'Number:'
close
pc settings set require-2fa no

# --- at the hand-over itself ---------------------------------------------------------------

as alice
fresh
open interrupt
at_password alice
keys Enter C-c
ends "^C right behind the password ends it, be it the screens' or the line's" 1
given_back "and gives the terminal back"
close

open ahead
at_password alice
keys Enter 1 2 3 4 5 6 Enter
see "what was typed ahead of the question" "$WHY" '6-digit code:'
answers "$(code)"
see "is no answer to it" '1 My account' 'Number:'
is "and was not sent" "$(rows_of alice code wrong)" 1
close

open term
at_password alice
keys Enter
wait_for '6-digit code:'
kill -TERM "$(pid)"
ends "SIGTERM ends it" 1
given_back "with the terminal"
close

open down
at_password alice
keys Enter
wait_for '6-digit code:'
gone=$(pid)
close
until_ok has_ended "$gone"
ok $? "a line that goes down ends it"

open keeper
at_password alice
keys Enter
wait_for '6-digit code:'
stop_keeper
ends "a keeper that stops ends it" 1
like "and it says why" "$(errors)" 'The keeper has stopped'
given_back "with the terminal"
close

# The keeper goes between the password and the next question.
open race
at_password alice
kill -STOP "$(pid)"
keys Enter
kill_keeper
kill -CONT "$(pid)"
ends "one that is killed before it answers ends it on the screen" 1
given_back "with the terminal"
close

# --- a terminal that answers late ----------------------------------------------------------

# asked_late NAME: on a slow line: what the screens asked of the terminal with the first Enter is
# not answered yet, and the password is accepted. Fails on a machine that is too slow to see it.
asked_late() {
	local before began

	before=$(rows_of alice password ok)
	line "$1"
	reads "$1: on a slow line there is a first door" 'Password'
	press '\033\[2;2R\033\[?62;22c'
	began=${EPOCHREALTIME/./}
	press 'alice\r'
	enter "$PASSWORD"
	until_ok more_rows "$before"
	pause_for 0.5
	[ $((${EPOCHREALTIME/./} - began)) -lt 1700000 ]
}

more_rows() {
	[ "$(rows_of alice password ok)" -gt "$1" ]
}

# in_time NAME: until the machine was fast enough
in_time() {
	local try

	for try in 1 2 3 4 5; do
		asked_late "$1" && return
		press '\003'
		until_ok line_ended
	done
	give_up "This machine is too slow to see a terminal answer late."
}

fresh
in_time late
stty -a <"/proc/$(cat "$WORK/line.$LINE/pid")/fd/0" | grep -q -- '-icanon'
ok $? "the screens hold the terminal until it has answered"
press '\033\[2;2R\033\[?62;22c'
reads "then it is" "$WHY" '6-digit code: '
enter "$(code)"
reads "and the answer is no part of what is typed" 'Number: '
press '\004'
leaves "^D ends it" 0
in_time gone
press '\003'
leaves "^C meanwhile ends it, too" 1
unlike "and nothing is asked any more" "$(written)" "$WHY"
echo_back "with the terminal as it was"

# --- in one's own language -----------------------------------------------------------------

fresh
open alice
at_password alice
keys Enter
wait_for '6-digit code:'
answers "$(code)"
wait_for 'Number:'
answers 1
wait_for '7 Language'
answers 7
wait_for '3 Français'
answers 3
see "a language can be chosen in plain text" 'Mon compte'
close
fresh
open alice
at_password alice
keys Enter
see "and it is told in it why there are no screens" 'le texte brut' 'Code à 6 chiffres'
answers "$(code)"
see "up to home" 'Mon compte'
answers 1
wait_for 'Numéro'

# --- off -----------------------------------------------------------------------------------

answers 8
see "it can be turned off in plain text" 'Mon compte > Texte brut' '1 Activé' '2 Désactivé'
answers b
see "but b changes nothing" '8 Texte brut'
is "as the host sees" "$(plain_of alice)" true
answers 8
wait_for '2 Désactivé'
answers 2
see "off, this session stays as it is, which is said" 'Enregistré. Dès votre prochaine connexion' \
	'8 Texte brut'
lines "off"
is "the keeper knows it" "$(plain_of alice)" false
answers 7
wait_for '2 English'
answers 1
see "the language, too" 'My account'
close
fresh
open alice
sign_in alice
see "and the next sign-in is on screens" '[ Use a recovery code ]'
drawn
ok $? "drawn as ever"
enter_code
see "up to home" 'My account' 'Sign out'
close

# Asked line by line for another reason, it can be turned on and off all the same.
fresh
open flag --plain
wait_for 'User name:'
answers alice
wait_for 'Password:'
answers "$PASSWORD"
wait_for '6-digit code:'
not_now "with --plain nothing is said of a choice" "$WHY"
answers "$(code)"
wait_for 'Number:'
answers 1
wait_for '8 Plain text: one question a line: off'
answers 8
see "plain text can be chosen where it is there already" '2 Off: chosen now'
answers 1
see "and is kept" 'Saved. It is used wherever you sign in.' '8 Plain text: one question a line: on'
is "as the host sees, too" "$(plain_of alice)" true
close
finish
