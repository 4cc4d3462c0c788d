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

# edit LABEL TEXT: into the field of a setting, and Enter; saved with `s`
edit() {
	pick "$1"
	wait_for '[ Keep ]' || { dump; give_up "$1 has no field."; }
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
now "which is not sent" '[ Keep ]'
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
see "another name is marked" 'Console name *' "$name" 'Not saved yet' 's Save'
is "and nothing is changed by that" "$(pc settings get console-name)" ProVconnect
keys s
see "saving it asks" "Console name: change it from" "$name" '6-digit code' '[ Save ]'
now "and it is said what keeps the old one" \
	'New QR codes carry the new name; existing entries in applications keep the old one.'
answer "$(code)"
see "a fresh code saves it" 'Saved.' "$name"
not_now "and the mark is gone" 'Console name *'
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

# --- the applications, as a list --------------------------------------------------------------

use alice
as alice
fresh
pick 'Suggested applications'
see "the applications stand one under another" 'Authy' 'Google Authenticator' \
	'Microsoft Authenticator' 'LastPass Authenticator' 'Add an entry' 'Keep the list'
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
pick 'Keep the list'
see "it is kept, not saved" 'Suggested applications *'
keys s
see "all is asked about once" 'Authy Desktop, Microsoft Authenticator, LastPass Authenticator, Aegis' '[ Save ]'
answer "$(code)"
see "and saved" 'Saved.'
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
wait_for 'Idle lock *'
keys s
see "an idle lock" 'Idle lock: change it from' 15 90
answer "$(code)"
see "is saved" 'Saved.'
is "for all" "$(pc settings get idle-lock)" 90s
fresh
edit 'Invitation lifetime' 2d
wait_for 'Invitation lifetime *'
keys s
see "the lifetime of invitations" 'Invitation lifetime: change it from'
answer "$(code)"
see "is saved" 'Saved.'
is "for all" "$(pc settings get invitation)" 48h
edit 'Invitation lifetime' 48h
see "what stays the same is no change" 'Settings > General settings' 'Invitation lifetime 48'
not_now "nothing is to be saved" 's Save'

# --- the edits of one visit, with one code ----------------------------------------

before=$(rows_of alice setting ok)
edit 'Shortest password' 14
wait_for 'Shortest password * 14'
edit 'Longest session' 8h
wait_for 'Longest session * 8'
pick 'Name the host in applications'
wait_for 'Name the host in applications *'
keys Escape
see "leaving with something unsaved asks" '3 changes are not saved. Save them before you leave?' \
	'[ Save ]' '[ Discard ]' '[ Stay ]'
keys Escape
see "Esc stays" 'Name the host in applications *'
is "nothing is changed" "$(rows_of alice setting ok)" "$before"
fresh
keys s
see "all is asked about once" 'Save 3 changes?' 'Shortest password: from 12 to 14.' \
	'Longest session: from 12 hours to 8 hours.' 'Name the host in applications: from no to yes.'
answer "$(code)"
see "one code saves them" 'Saved.'
is "all of them" "$(for key in password-length session-limit issuer-host; do
	pc settings get "$key"
done | paste -sd ' ')" '14 8h yes'
is "each with its row in the trail" "$(($(rows_of alice setting ok) - before))" 3
is "with before and after" "$(pc audit list --json |
	json "[r['detail'] for r in j if r['action'] == 'setting'][-3:]")" \
	'["12h -> 8h", "12 -> 14", "no -> yes"]'
edit 'Longest session' 9h
wait_for 'Longest session * 9'
edit 'Longest session' 8h
gone "typed as it was it is no change any more" 'Longest session *'
edit 'Longest session' 9h
wait_for 'Longest session * 9'
keys Escape
wait_for '[ Discard ]'
keys Tab Enter
see "Discard leaves" 'Sign out'
is "without a change" "$(pc settings get session-limit)" 8h
pick Settings
wait_for 'Longest session 8'
edit 'Longest session' 10h
wait_for 'Longest session * 10'
keys Escape
wait_for '[ Save ]'
fresh
keys Enter
wait_for 'Longest session: change it from' '6-digit code'
answer "$(code)"
see "Save saves, and leaves" 'Saved.' 'Sign out'
is "with the change" "$(pc settings get session-limit)" 10h
pick Settings
wait_for 'Longest session 10'

# --- roles, on the same screen ------------------------------------------------------

see "below the box stands what is true" 'Optional for all users.'
pick 'Still require it for administrators'
see "a role is ticked" '[x] Still require it for administrators *'
edit 'Longest session' 11h
wait_for 'Longest session * 11'
fresh
keys s
see "it is saved alone, before the rest" \
	'Still require two-factor authentication for administrators, even where it is optional for everyone else?' \
	'this is new for administrators' 'o Without 2FA'
keys o
see "who has none is listed from there" 'Users' 'Only those without two-factor authentication.' \
	'operator2' 'operator3' 'admin'
not_now "they alone" 'operator1 '
keys Escape
see "and back" 'Still require two-factor authentication' '6-digit code'
answer "$(code)"
see "then comes the rest, with the next code" 'Longest session: change it from' 'next code in'
is "the role is saved" "$(pc settings get require-2fa-roles)" administrator
is "and nothing else" "$(pc settings get session-limit)" 10h
fresh
answer "$(code)"
see "which saves it" 'Saved.' 'Still required for: administrators.'
is "too" "$(pc settings get session-limit)" 11h
pick 'Still require it for administrators'
wait_for '[ ] Still require it for administrators *'
fresh
keys s
see "unticking it says what that does" 'It becomes optional for administrators' '[ Save ]'
answer "$(code)"
see "and does it" 'Saved.' 'Optional for all users.'

# --- a change by the host meanwhile ---------------------------------------------

pc settings set invitation 5h
see "a change by the host is on the screen at once" 'Invitation lifetime 5'
fresh
edit 'Invitation lifetime' 12h
wait_for 'Invitation lifetime * 12'
pc settings set invitation 6h
see "what is typed stays where the host changes it" 'Invitation lifetime * 12' 'Stored: 6 hours.'
keys s
see "and saving it is refused once, with by whom and what it is now" \
	'Invitation lifetime: meanwhile changed by the host' 'now 6 hours. What you typed is kept'
not_now "without a dialog" '[ Cancel ]'
keys s
see "saving again asks about what is now" 'Invitation lifetime: change it from 6 hours to 12 hours?'
pc settings set invitation 7h
see "a question that is old by now is withdrawn" 'meanwhile changed by the host' 'now 7 hours.'
not_now "with its dialog" '[ Cancel ]'
now "and what was typed is there" 'Invitation lifetime * 12'
keys Escape
wait_for '[ Discard ]'
keys Tab Enter
wait_for 'Sign out'
pick Settings
wait_for 'Invitation lifetime 7'
pc user set-role alice administrator >"$WORK/out" 2>&1
is "the last Super Administrator stays one" "$(pc user show alice --json |
	json "j['role']")" super-administrator
pc user set-role admin super-administrator
edit 'Invitation lifetime' 12h
wait_for 'Invitation lifetime *'
keys s
wait_for '[ Cancel ]'
pc user set-role alice administrator
see "who is none any more has neither dialog nor settings" 'Sign out' \
	'Your role was changed: you are now Administrator.'
is "and changes nothing" "$(pc settings get invitation)" 7h
not_now "and sees no Settings any more" 'Settings'
pc user set-role alice super-administrator
see "but does, without a key, when the role is given back" 'Settings'
sign_out
ends "all in one session" 0
finish
