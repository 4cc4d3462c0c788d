#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Settings > General settings, for a Super Administrator alone: the
# box with its dialogs, and every other setting.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
clock_set $EPOCH
make_state alice
pc settings set require-2fa no
for name in operator1 operator2 operator3; do
	person "$name"
done
person admin administrator

# --- for whom ---------------------------------------------------------------------------

for name in operator1 admin; do
	inside "$name"
	not_now "$name sees no Settings" 'Settings'
	sign_out
done

# --- a Super Administrator without two factors ---------------------------------------------

inside alice
pick Settings
see "the first heading, with the box" 'Settings > General settings' \
	'Authentication security settings' '[ ] Require two-factor authentication for all users'
chosen '[ ] Require'
ok $? "the box is chosen first"
keys Enter
see "without two factors of one's own, those come first" \
	'First configure your own two-factor authentication.' '[ Configure ]'
type "$PASSWORD"
keys Enter
see "with the password" 'Configure two-factor authentication' '[ Activate ]'
is "and nothing is changed" "$(pc settings get require-2fa)" no
read_key
KEYS[alice]=$KEY
enter_code
read_codes
keys Enter
keys Enter
see "then the settings are there again" '[ ] Require two-factor authentication for all users'
enrolled operator1
as alice

# --- the box, both ways --------------------------------------------------------------------

keys Space
see "Space asks" 'Make two-factor authentication mandatory?' '6-digit code' '[ Make mandatory ]' \
	'[ Cancel ]'
now "in numbers" 'It affects all 5 people. 2 have it, and can no longer deactivate it. 3 will be asked to configure it at their next sign-in.'
now "and counts down, for the code is spent" 'next code in 27 s'
answer "$(code)"
see "a spent code changes nothing" 'That code is already used.'
answer "$(wrong_code)"
see "nor does a wrong one" 'That code is wrong.'
is "the box is as it was" "$(pc settings get require-2fa)" no
keys Escape
see "Esc changes nothing" '[ ] Require two-factor'
gone "and closes the dialog" '[ Cancel ]'
keys Enter
see "Enter asks too" '[ Make mandatory ]'
fresh
answer "$(code)"
see "a fresh code does it" 'Two-factor authentication is now mandatory for all users.' \
	'[x] Require two-factor authentication for all users'
is "for all" "$(pc settings get require-2fa)" yes
fresh
keys Enter
see "unchecking warns" 'Make two-factor authentication optional?' \
	'We strongly advise against this: it reduces the security of access to this console.' \
	'[ Make optional ]' '[ Cancel ]'
now "in numbers" 'It affects all 5 people.' \
	'2 have it: they keep it, are still asked for a code, and may deactivate it.'
now "with their names" "Without it: admin, operator2, operator3."
now "of both kinds" '3 have none: they will not be asked to configure it, but still can in My account.'
keys Tab Tab Enter
gone "Cancel changes nothing" '[ Cancel ]'
is "the box stays" "$(pc settings get require-2fa)" yes
keys Space
wait_for '[ Make optional ]'
answer "$(code)"
see "a fresh code unchecks it" 'Two-factor authentication is now optional.' \
	'[ ] Require two-factor authentication for all users'
is "both changes are in the trail" "$(rows_of alice setting ok)" 2
is "with before and after" "$(pc audit list --json |
	json "[r['detail'] for r in j if r['who'] == 'alice' and r['action'] == 'setting' and r['result'] == 'ok']")" \
	'["no -> yes", "yes -> no"]'
fresh
keys Space
wait_for '[ Make mandatory ]'
by_recovery "a recovery code is a proof too"
answer "${CODES[0]}"
see "but one's own only" 'That recovery code is wrong.'
keys Escape
gone "no harm is done" '[ Cancel ]'

# --- the name of the console -----------------------------------------------------------------

# edit LABEL TEXT: into the field of a setting, and Enter
edit() {
	pick "$1"
	wait_for '[ Save ]' || { dump; give_up "$1 has no field."; }
	keys C-u
	type "$2"
	keys Enter
}

edit 'Console name' '  '
see "a name is not empty" 'This field is empty.'
keys C-u Enter
see "not at all" 'This field is empty.'
printf 'x%.0s' {1..40} >"$WORK/paste"
paste_file "$WORK/paste" -p
see "the field takes 32 characters" 'too long'
is "no more" "$(screen | grep -oE 'x{20,}' | wc -L)" 32
keys C-u
type $'ab\u202e'
see "what turns text around is refused" 'Control and invisible characters are not allowed here.'
type $'cd\u200b'
see "so is what cannot be seen" 'Control and invisible characters are not allowed here.'
filled "and what was typed before it stays" abcd
keys C-u
printf 'Two\nlines\033[31m' >"$WORK/paste"
paste_file "$WORK/paste" -p
filled "what controls terminals is dropped from a paste" Twolines
now "which is not sent" '[ Save ]'
keys Escape
see "Esc leaves it" 'ProVconnect'
name='Büro: 100% & Söhne'
edit 'Console name' "$name"
see "a name with a colon is refused" 'A console name cannot have a colon.'
filled "and stays to be mended" "$name"
keys Escape
see "Esc leaves it again" 'ProVconnect'
name='Büro 100% & Söhne'
edit 'Console name' "$name"
see "another name is asked about" "Console name: change it from" "$name" '6-digit code' '[ Change ]'
now "and it is said what keeps the old one" \
	'New QR codes carry the new name; existing entries in applications keep the old one.'
answer "$(code)"
see "a fresh code changes it" 'Changed.' "$name"
is "as it was typed" "$(pc settings get console-name)" "$name"
open title
see "the title of the first screen has it" "$name · $(hostname)"
sign_in operator2
wait_for 'off: Enter to configure'
keys Enter
pick Configure
wait_for '[ Configure ]'
type "$PASSWORD"
keys Enter
see "the configure screen has it" "operator2 · $name"
keys k
see "and so has the key to be typed in" "Account $name: operator2"
close

# uri NAME: the key URI that the configure screen draws for that person
uri() {
	"$top_builddir/tests/client/uri" "$STATE" "$1" "$WORK/password"
}

like "the key URI carries it encoded" "$(uri operator3)" \
	'^otpauth://totp/B%C3%BCro%20100%25%20%26%20S%C3%B6hne:operator3\?secret=[A-Z2-7]{32}&issuer=B%C3%BCro%20100%25%20%26%20S%C3%B6hne$'

# --- the applications, as a list ------------------------------------------------------------------

use alice
as alice
fresh
pick 'Suggested applications'
see "the applications stand one under another" 'Authy' 'Google Authenticator' \
	'Microsoft Authenticator' 'LastPass Authenticator' 'Add an entry' 'Save the list'
choose 'Google Authenticator'
keys d
gone "d removes one" 'Google Authenticator'
pick 'Add an entry'
type 'One, two'
keys Enter
see "a name has no comma" 'and no comma'
keys C-u
type 'Aegis'
keys Enter
see "one is added" 'Aegis'
pick 'Authy'
keys C-u
type 'Authy Desktop'
keys Enter
see "one is edited" 'Authy Desktop'
pick 'Save the list'
see "all is asked about once" 'Authy Desktop, Microsoft Authenticator, LastPass Authenticator, Aegis' '[ Change ]'
answer "$(code)"
see "and changed" 'Changed.'
is "for all" "$(pc settings get applications)" \
	'Authy Desktop, Microsoft Authenticator, LastPass Authenticator, Aegis'
open title
sign_in operator2
wait_for 'off: Enter to configure'
keys Enter
pick Configure
wait_for '[ Configure ]'
type "$PASSWORD"
keys Enter
see "the configure screen suggests them" 'Authy Desktop,' 'Aegis, or any'
close
use alice
pick 'Suggested applications'
for n in 5 6 7 8; do
	pick 'Add an entry'
	type "Number $n"
	keys Enter
	wait_for "Number $n"
done
pick 'Add an entry'
see "eight are the most" 'The list is full. Remove an entry first.'
keys Escape
see "Esc changes nothing" 'General settings'
is "as before" "$(pc settings get applications)" \
	'Authy Desktop, Microsoft Authenticator, LastPass Authenticator, Aegis'

# --- lengths of time ------------------------------------------------------------

for value in soon 59 59s 13h -5 99999999999999999999; do
	edit 'Idle lock' "$value"
	see "no idle lock: $value" 'Not a valid duration: give 1m to 12h.'
	keys Escape
	wait_for 'Console name'
done
edit 'Idle lock' ''
see "nor none" 'This field is empty.'
keys Escape
wait_for 'Console name'
fresh
edit 'Idle lock' 90s
see "an idle lock" 'Idle lock: change it from' 15 90
answer "$(code)"
see "is changed" 'Changed.'
is "for all" "$(pc settings get idle-lock)" 90s
fresh
edit 'Invitation lifetime' 2d
see "the lifetime of invitations" 'Invitation lifetime: change it from'
answer "$(code)"
see "is changed" 'Changed.'
is "for all" "$(pc settings get invitation)" 48h
edit 'Invitation lifetime' 48h
see "what stays the same is not asked about" 'Settings > General settings' 'Suggested applications'
not_now "no dialog" '[ Cancel ]'

# --- a change by the host meanwhile ---------------------------------------------

pc settings set invitation 5h
see "a change by the host is on the screen at once" 'Invitation lifetime 5'
fresh
edit 'Invitation lifetime' 12h
wait_for '[ Change ]'
pc settings set invitation 6h
see "a question that is old by now is withdrawn" 'This has changed in the meantime.' \
	'Invitation lifetime 6'
not_now "with its dialog" '[ Cancel ]'
pc user set-role alice administrator >"$WORK/out" 2>&1
is "the last Super Administrator stays one" "$(pc user show alice --json |
	json "j['role']")" super-administrator
pc user set-role admin super-administrator
edit 'Invitation lifetime' 12h
wait_for '[ Change ]'
pc user set-role alice administrator
see "who is none any more has neither dialog nor settings" 'Sign out' \
	'Your role was changed: you are now Administrator.'
is "and changes nothing" "$(pc settings get invitation)" 6h
not_now "and sees no Settings any more" 'Settings'
pc user set-role alice super-administrator
see "but does, without a key, when the role is given back" 'Settings'
sign_out
ends "all in one session" 0
finish
