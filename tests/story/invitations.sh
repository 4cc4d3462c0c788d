#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Invitations, other people's passwords, and the way back in for who lost
# the phone; by the host's commands and at the screens.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
clock_set $EPOCH
make_state root
person admin administrator
person alice
enrolled root
enrolled admin
enrolled alice
HINT='Forgot your password, or has your invitation expired? Ask an administrator.'
HOURS72=$((72 * 3600))

# refused WHAT ERR-PATTERN COMMAND…: exit status 1, nothing on standard output, and why
refused() {
	local out

	out=$(pc "${@:3}" 2>"$WORK/err" </dev/null)
	is "$1: refused" "$? $out" "1 "
	like "$1: why" "$(cat "$WORK/err")" "$2"
}

# usage WHAT COMMAND…: exit status 2, before anything is asked
usage() {
	pc "${@:2}" >"$WORK/out" 2>&1 </dev/null
	is "$1" "$?" 2
}

choose_password() {
	wait_for 'Choose a new password' '[ Save ]' || { dump; give_up \
		"No new password is asked for."; }
	type "$1"
	keys Enter
	type "${2:-$1}"
	keys Enter
}

# --- an invitation ---------------------------------------------------------------------------

invitation=$(pc user add bob 2>"$WORK/err")
like "without a password a person gets an invitation" "$invitation" '^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$'
like "and its end is told" "$(cat "$WORK/err")" 'One-time password.*2026-01-04 12:00:03'
open bob
sign_in bob "$invitation"
see "its first sign-in asks for a new password" 'Choose a new password' 'New password' \
	'Repeat password' '[ Save ]'
choose_password "$invitation"
see "which is another one" 'That is the password in use.'
keys Escape
see "Esc leads back" 'User name'
type "$invitation"
keys Enter
choose_password 'a sentence of bobs own' 'a sentence of bobs owl'
see "typed twice" 'The two passwords differ.'
keys C-u
type 'a sentence of bobs own'
keys Enter
see "and then it goes on" 'Configure two-factor authentication' '[ Sign in ]'
configure
KEYS[bob]=$KEY
sign_out
open bob
sign_in bob "$invitation"
see "used, the invitation is wrong as any password" 'User name or password is wrong.'
now "and it is said whom to ask" "$HINT"
close
invitation=$(pc user add carol 2>/dev/null)
unused=$(pc user add dora 2>/dev/null)
clock_move $HOURS72
open carol
sign_in carol "$invitation"
see "within its time an invitation is good" 'Choose a new password'
close
clock_move 1
open dora
sign_in dora "$unused"
see "expired, it is wrong as any password" 'User name or password is wrong.' "$HINT"
close
is "nobody has signed in by these" "$(rows_of carol sign-in ok) $(rows_of dora sign-in ok)" "0 0"
fresh_one=$(pc user set-password dora --invite 2>"$WORK/err")
like "another one can be made" "$fresh_one" '^[A-Z2-7]{4}(-[A-Z2-7]{4}){3}$'
like "with its own end" "$(cat "$WORK/err")" '2026-01-07'
open dora
sign_in dora "$fresh_one"
see "which is good" 'Choose a new password'
choose_password 'a sentence of doras own'
see "and goes on" 'Configure two-factor authentication'
close

# late WHAT NAME INVITATION: a test: a second past its end it opens nothing
late() {
	clock_move $((HOURS72 + 1))
	open late
	sign_in "$2" "$3"
	see "$1: expired, it is wrong as any password" 'User name or password is wrong.' "$HINT"
	close
}

# An invitation has an end of its own, which does not rest on anything that is to be configured.
pc settings set require-2fa no
late "two factors are optional" eve "$(pc user add eve 2>/dev/null)"
late "for who has been there before" eve "$(pc user set-password eve --invite 2>/dev/null)"
late "for who has two factors" bob "$(pc user set-password bob --invite 2>/dev/null)"
pc settings set require-2fa yes
late "for who has two factors, which are mandatory" bob \
	"$(pc user set-password bob --invite 2>/dev/null)"
is "nobody has come to another door by these" \
	"$(rows_of eve password ok) $(rows_of bob password ok)" '0 2'
pc user set-password bob --password-stdin <<<'a sentence of bobs own'

# --- another password ----------------------------------------------------------------------------

inside admin
fresh
inside alice
OTHER='another sentence for alice'
pc user set-password alice --password-stdin <<<"$OTHER"
is "a password is set from standard input" "$?" 0
ends "which ends the open session" 1
like "and says why" "$(errors)" 'You were given a new password'
fresh
open alice
sign_in alice
see "the old one is wrong" 'User name or password is wrong.'
keys C-u
type "$OTHER"
keys Enter
enter_code
see "the new one stands as given, with the code as before" 'My account' \
	'two-factor authentication on'
sign_out
for bad in short password1234 "alice" $'with a \x01 control' $'not \xff\xfe UTF-8 at all'; do
	pc user set-password alice --password-stdin <<<"$bad" >"$WORK/out" 2>&1
	status=$?
	is "no password: $(printf %q "$bad")" "$status" 1
done
COMMAND=("$PROVCONSOLE" --state "$STATE" user set-password alice)
open prompt
see "without an option the terminal is asked" 'Password:'
type "$PASSWORD"
keys Enter
see "twice" 'Repeat password:'
not_now "unseen" "$PASSWORD"
type "$PASSWORD, or not"
keys Enter
see "the second as the first" 'The two passwords differ.'
type "$PASSWORD"
keys Enter
ends "and then it is set" 0
COMMAND=()
refused "without a terminal and without an option" 'Give it by --password-stdin' user set-password \
	alice
usage "both ways at once are wrong usage" user set-password alice --invite --password-stdin
refused "an unknown name" 'no user of that name' user set-password nobody --invite
refused "no name at all" 'A user name is missing' user set-password '' --invite
fresh
inside alice
ok $? "the password of the prompt is good"
invitation=$(pc user set-password alice --invite 2>/dev/null)
ends "an invitation too ends the open session" 1
fresh
open alice
sign_in alice "$invitation"
as alice
enter_code
see "who has two factors shows the code before the new password" 'Choose a new password'
choose_password "$PASSWORD"
see "and is in" 'My account' 'two-factor authentication on'

# --- a lost phone ---------------------------------------------------------------

usage "a reset without a reason is wrong usage" user reset-2fa alice
usage "so is a reason without text behind it" user reset-2fa alice --reason
refused "an empty reason" 'A reason is missing' user reset-2fa alice --reason ''
refused "a blank one" 'A reason is missing' user reset-2fa alice --reason '  '
refused "a long one" 'too long' user reset-2fa alice --reason "$(printf 'x%.0s' {1..121})"
refused "one that is not UTF-8" 'not valid UTF-8' user reset-2fa alice --reason $'lost \xff'
refused "one that controls terminals" 'characters are not allowed here' user reset-2fa alice \
	--reason $'lost \x1b[31m'
refused "one that turns text around" 'characters are not allowed here' user reset-2fa alice \
	--reason $'lost \u202e'
refused "an unknown name" 'no user of that name' user reset-2fa nobody --reason lost
is "so far she has two factors" "$(factors alice)" "on 1 10"
pc audit list --json >"$WORK/trail" && json 'len(j)' <"$WORK/trail" >"$WORK/out"
is "the trail stays readable with all of this in it" "$?" 0
pc user reset-2fa alice --reason 'phone lost in Büro 7: 100% & more'
is "with a reason it is done" "$?" 0
ends "which ends the open session" 1
is "key and recovery codes are gone" "$(factors alice)" "off 0 0"
is "the trail has the reason" "$(pc audit list --json |
	json "[r['detail'] for r in j if r['action'] == 'reset-2fa' and r['result'] == 'ok']" )" \
	'["phone lost in B\u00fcro 7: 100% & more"]'
use admin
keys Enter
wait_for 'Two-factor authentication is on.'
keys Escape
see "an administrator is told at home" 'two-factor authentication was reset by the host' \
	'phone lost in Büro 7: 100% & more'
sign_out
fresh
inside root
now "so is a Super Administrator" "alice's two-factor authentication was reset"
sign_out
fresh
inside root
now "and again" "alice's two-factor authentication was reset"
keys h
see "until it was read" 'What happened' "alice's two-factor authentication was reset"
keys Escape
gone "which is once" 'was reset'
sign_out
fresh
inside root
not_now "and for good" 'was reset'
sign_out
fresh
inside admin
now "the administrator has not read it" 'was reset'
sign_out
as bob
fresh
PASSWORD='a sentence of bobs own'
inside bob
not_now "an operator is not" 'was reset'
sign_out
PASSWORD='correct horse battery'
open alice
sign_in alice
see "she configures anew, with her password" 'Configure two-factor authentication' '[ Sign in ]'
clock_move $((HOURS72 - 600))
see "within 72 hours" 'Configure two-factor authentication'
close
clock_move 541
open alice
sign_in alice
see "past them her name is wrong as any other" 'User name or password is wrong.' "$HINT"
pc user reset-2fa alice --reason 'came late'
keys C-u
type "$PASSWORD"
keys Enter
see "until it is reset again" 'Configure two-factor authentication'
configure
clock_move $((HOURS72 + 30))
KEYS[alice]=$KEY
sign_out
inside alice
ok $? "who has configured has no end"
sign_out

# --- roles, and an end ----------------------------------------------------------

refused "an unknown role" 'Roles: super-administrator, administrator, operator' user set-role \
	alice king
usage "a missing role is wrong usage" user set-role alice
refused "the last Super Administrator keeps the role" 'last enabled Super Administrator' \
	user set-role root operator
refused "and is not removed" 'last enabled Super Administrator' user remove root
fresh
inside alice
not_now "an operator has no Settings" 'Settings'
pc user set-role alice super-administrator
see "another role rules at once" 'Settings' 'Super Administrator'
pc user set-role alice operator
gone "both ways" 'Settings'
pc user remove alice
is "a person is removed" "$?" 0
ends "which ends the open session" 1
refused "and is not there any more" 'no user of that name' user show alice
refused "nor twice" 'no user of that name' user remove alice
open alice
sign_in alice
see "the name is wrong as any other" 'User name or password is wrong.'
is "the trail still knows it" "$(pc audit list --json |
	json "sum(r['target'] == 'alice' and r['action'] == 'user-remove' and r['result'] == 'ok' for r in j)")" 1
pc user add alice --password-stdin <<<"$PASSWORD"
is "and it can be given anew, without anything of before" "$(factors alice)" "off 0 0"
finish
