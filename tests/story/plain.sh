#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The console line by line: a person with a screen reader, from the first run to signing out.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "$top_srcdir/tests/story/line.bash"
need expect zbarimg
fresh() {
	clock_move 30
}
clock_set $EPOCH

# scanned [inverted]: what a scanner reads in the last QR code that was drawn; inverted: on a terminal
# that writes dark on light
scanned() {
	written | "$PYTHON" -IS -c '
import re, sys
ink = 1 if sys.argv[1] == "inverted" else 0
text = sys.stdin.buffer.read().decode()
drawn = re.findall(r"(?:^[ ▀▄█]{29,}\n)+", text, re.M)[-1].splitlines()
rows = []
for line in drawn:
    for half in "▀█", "▄█":
        bits = [str(ink if c in half else 1 - ink) for c in line for _ in range(6)]
        rows += [" ".join(bits)] * 6
print("P1", len(drawn[0]) * 6, len(rows))
print("\n".join(rows))' "${1:-}" >"$WORK/qr.pbm"
	zbarimg -q "$WORK/qr.pbm"
}

# --- the first run -----------------------------------------------------------------------

line first --plain
reads "a new console asks for its first person" 'Create the first Super Administrator' 'User name: '
enter ''
reads "an empty name is not sent" 'A user name is missing' 'User name: '
enter '?'
reads "the question mark tells what a question is for" 'The name that you have' 'User name: '
enter alice
reads "the password is asked next" 'Password: '
enter tiny
reads "and once more" 'Repeat password: '
enter tinier
reads "another one is told" 'The two passwords differ' 'Repeat password: '
enter b
reads "b goes back one question" 'Password: '
enter tiny
reads "which asks on from there" 'Repeat password: '
enter tiny
reads "a short one is refused by the keeper" 'at least 12 characters' 'Password: '
enter "$PASSWORD"
reads "and the name is not asked again" 'Repeat password: '
enter "$PASSWORD"

# --- configuring -------------------------------------------------------------------------

reads "two factors are configured next" 'Configure two-factor authentication' \
	'1 Choose an application' 'Authy, Google Authenticator' '2 Add an account' \
	'Account ProVconnect: alice' 'Type: time-based' '3 Generate a PIN code' \
	'4 Validate the configuration' '6-digit code: '
KEY=$(written | grep -xE '([A-Z2-7]{4} ){7}[A-Z2-7]{4}' | tr -d ' ')
like "the key is told in groups of four" "$KEY" '^[A-Z2-7]{32}$'
enter s
reads "it is spelled on request" "Group 1 of 8: ${KEY:0:1}, ${KEY:1:1}, ${KEY:2:1}, ${KEY:3:1}" \
	'Group 8 of 8: ' '6-digit code: '
enter q
reads "a QR code is drawn on request" 'light and dark exchanged' '6-digit code: '
like "and read by a scanner" "$(scanned)" \
	"^QR-Code:otpauth://totp/ProVconnect:alice\?secret=$KEY&issuer=ProVconnect\$"
enter q
reads "and the other way round" 'light and dark exchanged' '6-digit code: '
like "for a terminal that writes dark on light" "$(scanned inverted)" "secret=$KEY&"
enter 12345
reads "five digits are no code" 'A code has 6 digits.' '6-digit code: '
enter 'abc'
reads "nor are letters" 'A code has 6 digits.' '6-digit code: '
is "neither was sent" "$(rows activate wrong)" 0
enter "$(wrong_code)"
reads "a wrong one is told" 'That code is wrong. New code in 27 s.' '6-digit code: '
used=$(code)
enter " ${used:0:3} ${used:3}"
reads "the right one is taken with its blanks" 'Recovery codes' 'Type yes when'
mapfile -t CODES < <(written | grep -xE '[A-Z2-7]{4}(-[A-Z2-7]{4}){3}')
is "ten recovery codes are told" ${#CODES[@]} 10
enter no
reads "they are left by yes alone" 'Only yes goes on' 'Type yes when'
enter s
reads "they are spelled on request" 'Code 10 of 10' 'Type yes when'
enter YES
reads "and so home" 'alice · Super Administrator' 'This is your first sign-in.' '1 My account' \
	'2 Users: 1 person' '3 Audit log' '4 Settings' \
	'5 Who is here: who is signed in now' '6 Sign out' 'Number: '
enter 9
reads "other numbers are told" 'There is no such number.' 'Number: '
enter 6
leaves "Sign out ends the console" 0
like "with a farewell" "$(written)" 'Signed out\.'
no_escapes "nothing but text was written"
echo_back "the terminal is as it was"
unlike "no password was echoed" "$(written)" "$PASSWORD|tiny"
is "nothing was said on standard error" "$(complaint)" ""

# --- signing in -----------------------------------------------------------------------------

fresh
TYPE=dumb
line dumb
reads "a terminal that cannot move its cursor is asked line by line" \
	'A terminal of the type dumb cannot move its cursor' 'Sign in' 'User name: '
enter nobody
reads "any name is asked for its password" 'Password: '
enter "$PASSWORD"
reads "an unknown one is told as a wrong password" 'User name or password is wrong.' \
	'Forgot your password' 'User name [nobody]: '
enter alice
reads "another name can be given" 'Password: '
enter 'a wrong password'
reads "a wrong password is told in the same words" 'User name or password is wrong.' \
	'User name [alice]: '
enter ''
reads "Enter keeps the name" 'Password: '
enter "$PASSWORD"
reads "and the code is asked" 'Two-factor authentication' '6-digit code: '
enter y
reads "resynchronising is not offered yet" 'A code has 6 digits.' '6-digit code: '
enter "$used"
reads "a code works once" 'That code is already used. Next code in 27 s.' \
	'type y to resynchronise' '6-digit code: '
enter '?'
reads "now it is" 'y: Uses two codes in a row' 'b: Goes back to name and password.' '6-digit code: '
enter b
reads "b goes back to the first door" 'User name [alice]: '
enter ''
reads "where the name is kept" 'Password: '
enter "$PASSWORD"
reads "and so to the second again" '6-digit code: '
enter R
reads "r asks for a recovery code" 'Use a recovery code' 'Recovery code: '
enter b
reads "b takes that back" '6-digit code: '
enter r
reads "and r leads there again" 'Recovery code: '
enter 'AAAA-AAAA-AAAA-AAAA'
reads "a wrong one is told" 'That recovery code is wrong.' 'reset-2fa NAME' 'Recovery code: '
lower=${CODES[0],,}
enter " ${lower//-/ }"
reads "a right one is taken as people type it" 'failed attempts since' \
	'You signed in with a recovery code. 9 are left.' '1 Replace your authenticator' 'Number: '

# --- authenticators ---------------------------------------------------------------------------

# shown_key: the last key that was told
shown_key() {
	written | grep -xE '([A-Z2-7]{4} ){7}[A-Z2-7]{4}' | tail -n 1 | tr -d ' '
}

enter 1
reads "a lost phone is replaced, the recovery code being proof enough" 'Replace an authenticator' \
	'4 Validate the configuration' '6-digit code: '
KEY=$(shown_key)
enter "$(code)"
reads "by a code of the new one" 'Authenticator was replaced.' \
	'Now delete the old ProVconnect entry from your application.' '1 My account' 'Number: '

# --- account and settings ---------------------------------------------------------------------

enter 1
reads "my account says what is on" 'My account' 'Two-factor authentication is on.' \
	'Required for all users: it cannot be deactivated.' '1 Authenticator: since today' \
	'2 Add an authenticator' '3 New recovery codes: 9 recovery codes left' '4 SSH keys' \
	'5 Change password' 'Number: '
enter 1
reads "and what may be done about it" 'last used today' '1 Rename' '2 Replace' 'Number: '
enter 1
reads "it has a name" 'Name [Authenticator]: '
enter 'Work phone'
reads "which changes" 'Saved.' '1 Work phone: since today' 'Number: '
enter 2
reads "one more has one too" 'Name [Authenticator]: '
enter ''
reads "and is asked for by a code" 'Add Authenticator?' '6-digit code'
fresh
enter "$(code)"
reads "its key is told" 'Add an authenticator' '6-digit code: '
work=$KEY KEY=$(shown_key)
enter "$(code)"
reads "and its code adds it" 'Authenticator was added.' '2 Authenticator: since today' 'Number: '
enter 2
reads "of two one may be removed" '3 Remove' 'Number: '
enter 3
reads "which asks for a code" 'Remove Authenticator?' '6-digit code'
fresh
KEY=$work
enter "$(code)"
reads "and is told" 'Now delete the old ProVconnect entry' '2 Add an authenticator' 'Number: '
fresh
enter 5
reads "a new password wants the old one" 'Change password' 'Old password: '
enter 'a wrong password'
reads "the new one" 'New password: '
enter "$PASSWORD staple"
reads "twice" 'Repeat password: '
enter "$PASSWORD staple"
reads "and a code" '6-digit code: '
enter "$(code)"
reads "a wrong old one is asked for again, and nothing else" 'That password is wrong.' \
	'Old password: '
enter "$PASSWORD"
reads "then it is changed" 'Your password was changed. Your other sessions have ended.' 'Number: '
PASSWORD="$PASSWORD staple"
enter b
reads "b goes back to the start" '3 Audit log' '4 Settings' 'Number: '
enter 3
reads "the audit log is a row a line, the newest first" 'Audit log' '1 today' \
	'alice changed the password (local)' 'Row, or letter: '
enter 1
reads "a number opens a row" 'Action: change-password' 'Seal: ' 'Row, or letter: '
enter n
reads "n reads on" '1 today' 'Row, or letter: '
enter v
reads "v asks for an action" 'Action: '
enter dance
reads "which must be one" 'There is no such action.' 'Action: '
enter change-password
reads "and shows only that" 'Only change-password' '1 today' 'Row, or letter: '
enter d
reads "d asks for a day" 'Day: '
enter 2001-01-01
reads "with none of its rows there is none" 'Only change-password · 2001-01-01' 'No row fits.' \
	'Row, or letter: '
enter x
reads "x takes all away" '1 today' 'Row, or letter: '
enter p
reads "p asks for a person" 'Person: '
enter nobody
reads "of whom there may be nothing" 'Only nobody' 'No row fits.' 'Row, or letter: '
enter q
reads "other letters are explained" 'Type a number of a row above' 'Row, or letter: '
enter b
reads "b goes back" '4 Settings' 'Number: '
enter 4
reads "the settings are those of the screens" 'Settings > General settings' \
	'1 Require two-factor authentication for all users: yes' '2 Console name: ProVconnect' \
	'4 Idle lock: 15 minutes' 'Number: '
fresh
fresh
enter 1
reads "the switch says what will happen" 'Make two-factor authentication optional?' \
	'We strongly advise against this' '6-digit code'
enter b
reads "b changes nothing" '1 Require two-factor authentication for all users: yes' 'Number: '
enter 1
reads "asked once more" '6-digit code'
pc settings set require-2fa no
enter "$(code)"
reads "what the host has changed meanwhile is told" 'This has changed in the meantime.' \
	'Require two-factor authentication for all users: meanwhile changed by the host' 'now no.' \
	'1 Require two-factor authentication for all users: no' 'Number: '
pc settings set require-2fa yes
enter 1
reads "what was told is old too" 'Make two-factor authentication mandatory?' '6-digit code'
enter b
reads "but what stands there next is true" \
	'1 Require two-factor authentication for all users: yes' 'Number: '
enter 1
reads "asked again" '6-digit code'
enter "$(wrong_code)"
reads "a wrong code changes nothing either" 'That code is wrong.' '6-digit code'
is "which the host sees" "$(pc settings get require-2fa)" yes
enter "$(code)"
reads "a right one does" 'Two-factor authentication is now optional.' \
	'1 Require two-factor authentication for all users: no' 'Number: '
enter 2
reads "a text is asked for with what it is" 'Console name [ProVconnect]: '
enter 'a: b'
reads "what is not allowed is told" 'cannot have a colon' 'Console name [ProVconnect]: '
enter ''
reads "Enter changes nothing" '2 Console name: ProVconnect' 'Number: '
enter 3
reads "a list stands in one line, and how is said" 'Separate the entries by commas.' \
	'Suggested applications [Authy, Google Authenticator,'
enter ''
reads "it stays too" '3 Suggested applications: Authy' 'Number: '
enter 2
reads "a name again" 'Console name [ProVconnect]: '
enter Ops
reads "what is changed is not saved yet" '2 Console name (not saved): Ops' '16 Save: 1 change' 'Number: '
enter 4
reads "and what is changed besides" 'Idle lock [15m]: '
enter 20m
reads "either" '4 Idle lock (not saved): 20 minutes' '16 Save: 2 changes' 'Number: '
is "as the host sees" "$(pc settings get console-name) $(pc settings get idle-lock)" \
	'ProVconnect 15m'
enter b
reads "going back asks" '2 changes are not saved. Save them before you leave?' '1 Save' \
	'2 Discard' '3 Stay' 'Number: '
enter 3
reads "and may be thought over" '2 Console name (not saved): Ops' 'Number: '
fresh
enter 16
reads "saving asks about all of it" 'Save 2 changes?' 'Console name: from “ProVconnect” to “Ops”.' \
	'Idle lock: from 15 minutes to 20 minutes.' '6-digit code'
pc settings set idle-lock 1h
enter "$(code)"
reads "what the host has changed meanwhile is not overwritten" \
	'This has changed in the meantime.' 'Idle lock: meanwhile changed by the host' \
	'now 1 hour.' '2 Console name (not saved): Ops' 'Number: '
is "and nothing is saved" "$(pc settings get console-name) $(pc settings get idle-lock)" \
	'ProVconnect 1h'
enter 16
reads "before it is saved again" 'Idle lock: from 1 hour to 20 minutes.' '6-digit code'
enter "$(code)"
reads "with one code" 'Saved.' '2 Console name: Ops' '4 Idle lock: 20 minutes' 'Number: '
is "both" "$(pc settings get console-name) $(pc settings get idle-lock)" 'Ops 20m'
enter 2
reads "a name once more" 'Console name [Ops]: '
enter Day
reads "changed" '2 Console name (not saved): Day' 'Number: '
enter b
reads "leaving asks" '2 Discard' 'Number: '
enter 2
reads "and discards" '4 Settings' 'Number: '
is "it" "$(pc settings get console-name)" Ops
pc settings set console-name ProVconnect
pc settings set idle-lock 15m
enter 4
reads "into the settings again" '2 Console name: ProVconnect' 'Number: '
enter b
reads "and back" 'Number: '
fresh
enter 1
reads "what is optional can be deactivated" '4 Deactivate' 'Number: '
enter 4
reads "which asks first" 'Your recovery codes are removed too.' '6-digit code'
enter "$(code)"
reads "and tells what to do in the application" 'Now delete the old ProVconnect entry' \
	'Two-factor authentication is off.' '1 Configure' 'Number: '
is "then there is none" "$(pc user show alice --json | json "j['2fa']")" false
enter 1
reads "configuring from there asks for the password" 'Your password is needed' 'Password: '
enter "$PASSWORD"
reads "and tells the key" 'Configure two-factor authentication' '6-digit code: '
KEY=$(written | grep -xE '([A-Z2-7]{4} ){7}[A-Z2-7]{4}' | tail -n 1 | tr -d ' ')
enter "$(code)"
reads "its code activates it" 'Recovery codes' 'Type yes when'
enter yes
reads "and leads back" 'My account' 'Two-factor authentication is on.' 'Number: '
press '\003'
leaves "^C at home signs out" 0
no_escapes "nothing but text was written"
echo_back "the terminal is as it was"

# --- what is due at the doors ---------------------------------------------------------------

fresh
pc settings set require-2fa yes
INVITATION=$(pc user add bob 2>/dev/null)
EXTRA=(ACCESSIBILITY=1)
TYPE=xterm-256color
line accessible
reads "ACCESSIBILITY chooses it too" 'ACCESSIBILITY is set' 'User name: '
enter bob
reads "an invitation is a password" 'Password: '
enter "$INVITATION"
reads "that is replaced first" 'Choose a new password' 'was chosen for you' 'New password: '
enter '?'
reads "with some advice" 'A short sentence that only you would say' 'New password: '
enter "$PASSWORD"
reads "twice" 'Repeat password: '
enter "$PASSWORD"
reads "then the second factor is configured" 'Configure two-factor authentication' '6-digit code: '
KEY=$(written | grep -xE '([A-Z2-7]{4} ){7}[A-Z2-7]{4}' | tail -n 1 | tr -d ' ')
enter "$(code)"
reads "and its codes are saved" 'Type yes when'
enter yes
reads "an operator has no settings" 'bob · Operator' '1 My account' '2 Sign out' 'Number: '
press '\004'
leaves "^D signs out" 0
EXTRA=()

clock_move 60
line late --plain
reads "a phone whose clock is wrong" 'User name: '
enter bob
reads "can sign in by its password" 'Password: '
enter "$PASSWORD"
reads "but for the code" '6-digit code: '
enter "$(code 8)"
reads "which is refused" 'That code is wrong.' '6-digit code: '
enter y
reads "two in a row are asked for" 'Resynchronise' 'First code: '
enter "$(code 9)"
reads "one after the other" 'Next code: '
enter "$(code 10)"
reads "and tell how far it is off" "Your phone's clock is 5 min ahead" 'Number: '
pc user disable bob
leaves "whoever is disabled is out at once" 1
like "and reads why" "$(complaint)" 'Your account was disabled, so this session has ended'
echo_back "the terminal is as it was"

# --- in one's own language ------------------------------------------------------------------

pc settings set require-2fa no
pc user add carol --password-stdin <<<"$PASSWORD"
line chosen --plain
reads "carol reads English" 'User name: '
enter carol
reads "as the terminal says" 'Password: '
enter "$PASSWORD"
reads "and at home" '1 My account' 'Number: '
enter 1
reads "her account has a language" '4 Language' 'Number: '
enter 4
reads "which she may choose" 'My account > Language' '1 As the terminal says: chosen now' \
	'2 English' '3 Français' 'Number: '
enter 3
reads "it is spoken at once" 'Mon compte' 'Numéro'
press '\004'
leaves "and to the end" 0
line kept --plain
reads "the next time the terminal is asked" 'User name: '
enter carol
reads "for her name" 'Password: '
enter "$PASSWORD"
reads "and she has her language" '1 Mon compte' 'Numéro'
press '\004'
leaves "until she leaves" 0
no_escapes "and still nothing but text was written"

finish
