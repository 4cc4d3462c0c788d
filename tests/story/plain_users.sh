#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Users in plain text: the same rules and sentences, one question a line.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "$top_srcdir/tests/story/line.bash"
need expect
clock_set $EPOCH
make_state root
pc settings set require-2fa no
person admin administrator
for name in alice anna bert carl dora emil fred gina hans ines; do
	person "$name"
done
enrolled admin
enrolled alice
fresh
as admin

line one --plain
reads "the first door" 'User name'
enter admin
reads "and its password" 'Password'
enter "$PASSWORD"
reads "then a code" '6-digit code'
enter "$(code)"
reads "home names Users, with how many there are" '2 Users: 10 people, 1 with two-factor authentication'
enter 2
reads "a few people at a time" '1 alice: Operator, with two-factor authentication' \
	'9 hans: Operator, without two-factor authentication, enabled, last sign-in never' \
	'10 The next ones' '11 Filter' '12 Add a person' 'Number'
enter 10
reads "then the next" '1 ines: Operator' '2 Filter'
enter 2
reads "found by the beginning of a name" 'Beginning of the name'
enter An
reads "as names are compared" '1 anna: Operator' '2 Filter: An' '3 Add a person'

# --- a new one -----------------------------------------------------------------------------

fresh
enter 3
reads "a person is added" 'Add a person' 'User name'
enter erik
reads "with the question and a code" 'Add erik, with the role Operator?' '6-digit code'
enter "$(code)"
reads "the invitation comes in a text to forward" 'To forward:' 'To sign in, run' 'User name: erik' \
	'One-time password, until' 'You are then asked to choose a password of your own.' 'Number'
is "one person more" "$(pc user show erik --json | json "j['role']")" operator
like "and what was told opens the account" "$(written)" '[A-Z2-7]{4}(-[A-Z2-7]{4}){3}'

# --- a lost phone --------------------------------------------------------------------------

enter 2
reads "the filter again" 'Beginning of the name'
enter ali
reads "alice" '1 alice'
enter 1
reads "her facts" 'Role: Operator' 'Two-factor: on, 1 authenticator' \
	'2 Reset two-factor authentication: for a lost phone'
enter 2
reads "a reason is asked for" 'Reason'
enter 'lost on a train'
reads "while administering is open a yes does" 'Reset the two-factor authentication of alice?' \
	'Type yes to do it'
enter no
reads "all else changes nothing" 'Two-factor: on'
enter 2
reads "again" 'Reason'
enter 'lost on a train'
reads "the question" 'Type yes to do it'
enter yes
reads "it is done" 'The two-factor authentication of alice was reset.' 'Two-factor: off'
is "as the host sees it" "$(factors alice)" 'off 0 0'
like "with the reason" "$(pc audit list --json |
	json "[r['detail'] for r in j if r['action'] == 'reset-2fa'][-1]")" 'lost on a train'
enter b
reads "back to the list" 'Filter: ali'
enter b
reads "and home" 'Sign out'
no_escapes "no escape sequence was written"
finish
