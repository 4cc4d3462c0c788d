#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Somebody who knows the key bar and F1, and nothing else: an administrator on their first day adds a
# colleague, resets a lost phone, changes their own phone, and finds out who did what.
#
# Keys are counted from home to the screen that shows it is done. `press` takes the words of the key
# bar ("a Add"): who presses a key must have read it there. Names are counted by their letters; what
# else is typed (codes, a reason) is counted apart. The minute is reckoned by the keystroke-level
# model (Card, Moran, Newell 1980: 0.28 s a key), with 3 s to look at each new screen, 10 s to scan a
# QR code, and the longest wait for a code that is not spent: a step of 30 s since the sign-in.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
clock_set $EPOCH
make_state root
person dana administrator
for name in alice carla bruno bert boris bella ben{1..18}; do
	pc user add "$name" >/dev/null 2>&1 || give_up "$name cannot be added."
done
person olga
enrolled dana
enrolled olga
fresh

# --- counting -------------------------------------------------------------------------------

COUNT=0		# keys, and letters of names
VALUES=0	# signs of codes and reasons
TOOK=0		# milliseconds, as reckoned
A_KEY=280 A_LOOK=3000 A_SCAN=10000 A_STEP=30000

at_home() {
	inside "$1"
	COUNT=0 VALUES=0 TOOK=$A_LOOK
}

bar() {
	screen | tail -n 1
}

bar_says() {
	case "$(bar) " in *" $1 "*) ;; *) return 1 ;; esac
}

# press KEY-AND-LABEL [KEY]: the key that the bar names so; arrows and F1 by their own name
press() {
	until_ok bar_says "$1" || { ok 1 "the key bar has: $1"; dump; give_up "Nobody would know."; }
	keys "${2:-${1%% *}}"
	COUNT=$((COUNT + 1)) TOOK=$((TOOK + A_KEY))
}

write_name() {
	type "$1"
	COUNT=$((COUNT + ${#1})) TOOK=$((TOOK + A_KEY * ${#1}))
}

write_value() {
	type "$1"
	VALUES=$((VALUES + ${#1})) TOOK=$((TOOK + A_KEY * ${#1}))
}

# The one of the sign-in is spent: the next may be a step away since then.
write_next_code() {
	fresh
	[ $TOOK -ge $A_STEP ] || TOOK=$A_STEP
	write_value "$(code)"
}

# look WHAT WORDS…: a test: the next screen
look() {
	see "$@"
	TOOK=$((TOOK + A_LOOK))
}

# F1 says it too: what the screen is for, and that key.
helped() {
	keys F1
	see "F1: $1" 'Help' "${@:2}"
	keys Escape
	wait_gone 'Shows the keys of this screen.'
}

# took WHAT KEYS VALUES: a test, of all that was counted
took() {
	said "$1: $COUNT keys with names, and $VALUES signs of codes and reasons;" \
		"$((TOOK / 1000)) s as reckoned"
	[ "$COUNT" -le "$2" ] && [ "$VALUES" -le "$3" ]
	ok $? "$1 takes at most $2 keys, and $3 signs of what is typed" || said "$COUNT and $VALUES"
	[ "$TOOK" -lt 60000 ]
	ok $? "$1 takes less than a minute" || said "$TOOK ms"
}

# --- a colleague ----------------------------------------------------------------------------

at_home dana
helped "home says what it is" 'what your role may do'
press '↑↓ Choose' Down
press 'Enter Open'
look "Users has everybody, and says how to add" 'two-factor authentication' 'a Add'
helped "of Users" 'Adds a person.'
press 'a Add'
look "a name is asked for, and the role is there" 'User name' 'Operator: uses the console' \
	'[ Add ]'
write_name erik
press 'Enter Add'
look "a code confirms it" 'Add erik, with the role Operator?' '6-digit code'
helped "of the question" 'it proves that it is you'
write_next_code
press 'Enter Confirm'
look "the invitation is there" 'Invitation for erik, until' 'To forward:' '[ Done ]'
took "adding a colleague" 9 6
helped "of the invitation" 'Forward the text by a way that only this person reads.'
press 'Enter Go to button'
press 'Enter Done'
see "two keys more lead back to the list" 'a Add'
sign_out

# --- a lost phone -----------------------------------------------------------------------------

fresh
at_home dana
press '↑↓ Choose' Down
press 'Enter Open'
look "among many people" '/ Filter' '▾'
press '/ Filter'
look "those are found whose name begins so" 'Enter To the list'
write_name ol
wait_gone 'alice'
press 'Enter To the list'
press 'Enter Open'
look "the page of one says what there is for a lost phone" 'Users > olga' \
	'Reset two-factor authentication for a lost phone'
helped "of a person" 'Says what it does, and asks you to confirm.'
press '↑↓ Choose' Down
press 'Enter Open'
look "it says what it leads to" 'Reset the two-factor authentication of olga?' 'Reason' '6-digit code'
write_value lost
press 'Enter Next field'
write_next_code
press 'Enter Confirm'
look "and what was done" 'The two-factor authentication of olga was reset' \
	'may be configured until'
took "resetting a lost phone" 11 10
is "it is reset" "$(factors olga)" 'off 0 0'
sign_out

# --- a phone of one's own -----------------------------------------------------------------------

fresh
at_home dana
press 'Enter Open'
look "My account has the authenticator" 'Authenticator since'
helped "of My account" 'when you have a new phone, open it here and choose Replace'
press 'Enter Open'
look "which can be replaced" 'Replace by another one, on a new phone'
helped "of an authenticator" 'Replace it when you have a new phone'
press '↑↓ Choose' Down
press 'Enter Open'
look "it says how" 'Replace Authenticator?' 'The old one works until'
write_next_code
press 'Enter Confirm'
look "the new one is scanned" 'Replace an authenticator' 'Scan the QR code' '[ Activate ]'
read_key
KEYS[dana]=$KEY
TOOK=$((TOOK + A_SCAN))
write_value "$(code)"
press 'Enter Activate'
look "and takes the place of the old one" 'Authenticator was replaced.' \
	'Now delete the old ProVconnect entry'
took "changing one's phone" 6 12
sign_out

# --- who did what ---------------------------------------------------------------------------------

fresh
at_home dana
press '↑↓ Choose' Down
press '↑↓ Choose' Down
press 'Enter Open'
look "the audit log has the newest first, who did it, and to whom" 'All rows, the newest first' \
	'dana' 'olga'
took "finding out what was done last, and by whom" 3 0
helped "of the audit log" 'Only what one person did, or what was done to them.'
press 'p Person'
look "one person is asked for" 'Enter Filter'
write_name olga
press 'Enter Filter'
look "what was done to her, by whom, and why" 'Only olga' \
	"olga's two-factor authentication was reset by dana: lost"
took "finding out who did what to whom" 9 0
press 'Enter Open'
look "one key opens a row" 'reset-2fa' 'Detail lost' 'Number'
finish
