#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Four eyes, asked of the keeper directly: what waits, who may confirm it, that it is checked anew,
# is done once, expires, and leaves its rows.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "${top_srcdir:-.}/tests/client/strangers.bash"

clock_set $EPOCH
make_state root
for name in bruno other; do
	person "$name"
done
person clerk administrator
person dana super-administrator
person erin super-administrator
for name in root dana erin clerk bruno; do
	enrolled "$name"
done
fresh
stop_keeper
serve

home() {
	as "$1"
	ask "$1" open 192.0.2.1
	ask "$1" password "$1" "$PASSWORD"
	ask "$1" code "$(code)"
	is "$1 is at home" "$VERDICT $DOOR" 'OK home'
}

# proved NAME REQUEST…: with a fresh code of NAME's, on the line of that name
proved() {
	as "$1"
	fresh
	ask "$1" prove "$(code)"
	ask "$@"
}

# look NAME: the LIST of what waits, as that person sees it, ID:OP:ASKER:WHOM:second|not …, and the
# first ID of it
look() {
	ask "$1" WAITING_LIST
	LIST=$(sed -E 's/^administering [0-9]+ ?//' <<<"$MORE")
	ID=${LIST%%:*}
}

verdict() {
	is "$1" "$VERDICT" "$2"
}

for name in root dana clerk; do
	home $name
done

# --- off: nothing waits -----------------------------------------------------------------------

proved root reset bruno
verdict "without the setting a reset is done at once" OK
is "at once" "$(factors bruno)" 'off 0 0'
enrolled bruno
pc settings set four-eyes yes

# --- who may confirm -----------------------------------------------------------------------------

proved root reset bruno
verdict "a reset waits" WAITS
is "and is not done" "$(factors bruno)" 'on 1 10'
proved root reset bruno
verdict "asked for again it waits already" WAITS_ALREADY
look dana
id=$ID
is "a second Super Administrator sees it" "$LIST" "$id:USER_RESET:root:bruno:second"
look root
is "who asked sees it too, and cannot confirm" "$LIST" "$id:USER_RESET:root:bruno:not"
look clerk
is "an administrator sees nothing of others" "$LIST" ''
proved root confirm "$id"
verdict "who asked does not confirm it" WAITING_OWN
proved clerk confirm "$id"
verdict "nor does an administrator" DENIED
proved clerk end "$id"
verdict "who does not refuse it either" DENIED
ask dana prove -
ask dana confirm "$id"
verdict "without a code nothing is confirmed" PROOF_NEEDED
as dana
ask dana prove "$(wrong_code)"
ask dana confirm "$id"
verdict "with a wrong one neither" CODE_WRONG
is "it still waits" "$(factors bruno)" 'on 1 10'
proved dana confirm 999999
verdict "what is not there does not wait" WAITING_GONE
proved dana confirm "$id"
verdict "a second one confirms it" OK
is "then it is done" "$(factors bruno)" 'off 0 0'
proved dana confirm "$id"
verdict "once" WAITING_GONE
is "the trail has who asked" "$(rows_of root four-eyes-ask ok)" 1
is "who confirmed" "$(rows_of dana four-eyes-confirm ok)" 1
is "and what was done, at whose wish" "$(pc audit list --json |
	json "[r['detail'] for r in j if r['action'] == 'reset-2fa' and r['who'] == 'dana']")" \
	'["asked for; asked by root"]'

# --- concerned, and everything that waits -------------------------------------------------------

enrolled bruno
proved dana reset root
verdict "a reset of a Super Administrator waits" WAITS
look root
id=$ID
proved root confirm "$id"
verdict "but whom it is about does not confirm it" WAITING_OWN
proved root end "$id"
verdict "nor refuses it" WAITING_OWN
proved dana end "$id"
verdict "who asked withdraws it" OK
is "which is a row" "$(rows_of dana four-eyes-withdraw ok)" 1
is "nothing was done" "$(factors root)" 'on 1 10'

proved dana give bruno
verdict "a new password waits" WAITS
look root
ok "$(pc audit list --json | grep -c 'a password of somebody else')" "and is nowhere in the trail"
ok "$(strings "$STATE"/console.db* | grep -c 'a password of somebody else')" \
	"nor in the database: only its hash"
proved root confirm "$ID"
verdict "confirmed" OK
ask b open 192.0.2.2
ask b password bruno "a password of somebody else"
is "it is the password" "$VERDICT $DOOR" 'OK code'
ask b close

proved dana invite bruno
verdict "an invitation waits" WAITS
look root
proved root confirm "$ID"
like "it is made when it is confirmed, and told to who confirms" "$VERDICT $MORE" \
	'^OK .*invitation ([A-Z2-7]{4}-){3}[A-Z2-7]{4}$'
invitation=${MORE##*invitation }
ask b open 192.0.2.2
ask b password bruno "$invitation"
is "it opens the first door" "$VERDICT" OK
ask b close
pc user set-password bruno --password-stdin <<<"$PASSWORD"

proved root role clerk super-administrator
verdict "a new Super Administrator waits" WAITS
look dana
proved dana end "$ID"
verdict "and is refused" OK
is "which is a row" "$(rows_of dana four-eyes-refuse ok)" 1
is "the role is as before" "$(pc user show clerk --json | json "j['role']")" administrator
proved root role other administrator
verdict "another role does not wait" OK
proved root role other operator
proved root add fresh super-administrator
verdict "nor does an added Super Administrator come at once" WAITS
look dana
proved dana confirm "$ID"
verdict "but once confirmed" OK
is "is there" "$(pc user show fresh --json | json "j['role']")" super-administrator
pc user remove fresh
ask root SETTINGS_VIEW
proved root setting four-eyes no
verdict "switching four eyes off waits" WAITS
is "and is on meanwhile" "$(pc settings get four-eyes)" yes
ask root SETTINGS_VIEW
proved root setting require-2fa no
verdict "so does the box" WAITS
look dana
first=$ID rest=${LIST#* }
proved dana confirm "${rest%%:*}"
verdict "which is confirmed for itself" OK
is "and off then" "$(pc settings get require-2fa) $(pc settings get four-eyes)" 'no yes'
proved dana end "$first"
pc settings set require-2fa yes
proved clerk reset other
verdict "an administrator's reset waits too" WAITS
look clerk
like "they see their own" "$LIST" ':USER_RESET:clerk:other:not$'
proved clerk end "$ID"
verdict "and withdraw it" OK

# --- checked anew ----------------------------------------------------------------------------------

proved root role clerk super-administrator
look dana
id=$ID
pc user remove clerk
proved dana confirm "$id"
verdict "whom it is about is gone" NAME_UNKNOWN
person clerk administrator
proved dana confirm "$id"
verdict "another person of that name is not meant" STALE
proved dana end "$id"
fresh
home erin
proved erin reset other
verdict "erin asks" WAITS
look dana
id=$ID
pc user disable erin
proved dana confirm "$id"
verdict "what somebody asked for who was disabled since no longer waits" WAITING_GONE
pc user enable erin
proved dana confirm "$id"
verdict "not even when they are back" WAITING_GONE
is "nothing was done" "$(pc user show other --json | json "j['invitation_until']")" null
fresh
home erin
proved erin reset other
look dana
id=${LIST##* }
id=${id%%:*}
pc user set-role erin operator
proved dana confirm "$id"
verdict "who may no longer ask does not get it" WAITING_GONE
pc user set-role erin super-administrator

# --- two at once --------------------------------------------------------------------------------------

proved dana end "$id"
proved dana reset bruno
look root
id=$ID
fresh
home erin
fresh
as root
ask root prove "$(code)"
ask root only confirm "$id"
as erin
ask erin prove "$(code)"
ask erin only confirm "$id"
ask root hear 20000
one=$VERDICT
ask erin hear 20000
is "of two who confirm at once one does it" "$(printf '%s\n' "$one" "$VERDICT" | sort | tr '\n' ' ')" \
	'OK WAITING_GONE '
is "so it is done once" "$(pc audit list --json |
	json "sum(r['action'] == 'reset-2fa' and r['target'] == 'bruno' and r['detail'].endswith('asked by dana') for r in j)")" 1

# --- in time -------------------------------------------------------------------------------------------

proved root reset other
look dana
id=$ID
clock_move $((24 * 3600 + 1))
for name in root dana; do
	home $name
done
proved dana confirm "$id"
verdict "after 24 hours nothing is confirmed" WAITING_GONE
look dana
is "nor listed" "$LIST" ''
is "which is a row" "$(rows_of root four-eyes-expire ok)" 1
proved root reset other
verdict "it can be asked for anew" WAITS
look dana
id=$ID
clock_move -$((3 * 24 * 3600))
for name in root dana; do
	pc user unlock $name
	fresh
	fresh
	home $name
done
proved dana confirm "$id"
verdict "a clock that was ahead does not keep it open" WAITING_GONE

# --- nobody else ------------------------------------------------------------------------------------------

pc user disable erin
proved root reset dana
verdict "where nobody else could confirm it is refused" ALONE_RESET
pc user disable dana
proved root reset other
verdict "so it is with one Super Administrator left" ALONE_RESET
proved root role clerk super-administrator
verdict "who makes no second one either" ALONE_ROLE
ask root SETTINGS_VIEW
proved root setting four-eyes no
verdict "nor switches it off" ALONE_SETTING
proved root disable other
verdict "what is not dangerous is done" OK
pc user set-role clerk super-administrator
pc settings set four-eyes no
is "the host stands above it" "$(pc settings get four-eyes)" no
served_ends "after it"
finish
