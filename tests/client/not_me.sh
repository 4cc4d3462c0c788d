#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# "It was not me", asked of the keeper directly: the order is the keeper's, somebody else's sign-ins
# are nobody's, no clock has a say, and wherever the line drops or the keeper is killed, nothing is
# open that should not be, and the next sign-in goes on there.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "${top_srcdir:-.}/tests/client/strangers.bash"

clock_set $EPOCH
make_state root
person alice
person bob
enrolled alice
enrolled bob
enrolled root
fresh
stop_keeper
serve
NEW='a password of my own choice' # what `not-me` makes of it

verdict() {
	is "$1" "$VERDICT${3:+ $DOOR}" "$2"
}

# door LINE NAME PASSWORD KEY: to the next door
door() {
	KEY=$4
	ask "$1" open "${FROM:-192.0.2.1}"
	ask "$1" password "$2" "$3"
	[ "$VERDICT $DOOR" != "OK code" ] || ask "$1" code "$(code)"
	fresh
}

# proved LINE KEY REQUEST…
proved() {
	KEY=$2
	ask "$1" prove "$(code)"
	ask "$1" "${@:3}"
	fresh
}

# rows LINE: of their sign-ins, newest first
sign_ins() {
	ask "$1" HAPPENED
	ROWS=($(tr ' ' '\n' <<<"$MORE" | grep ':sign-in:' | cut -d: -f1))
}

# add LINE KEY NAME: one more authenticator; ADDED is its key
add() {
	proved "$1" "$2" another "$3"
	ADDED=${MORE%% *}
	KEY=$ADDED
	ask "$1" activate "$(code)"
	fresh
}

# killed: the keeper, at once; another one serves
killed() {
	kill -9 "$SERVED"
	stop_served
	hang_up
	serve
}

phone=${KEYS[alice]}
FROM=192.0.2.1 door alice alice "$PASSWORD" "$phone"
verdict "alice signs in" 'OK home' door
FROM=203.0.113.9 door thief alice "$PASSWORD" "$phone"
verdict "so does a thief" 'OK home' door
add thief "$phone" Handy
strange=$ADDED
is "who adds an authenticator of their own" "$VERDICT" OK
clock_move -7200
for name in alice bob; do pc user unlock $name; done
fresh
fresh
add thief "$phone" Pad
pad=$ADDED
is "and another one, after the clock was set back" "$VERDICT" OK
door bob bob "$PASSWORD" "${KEYS[bob]}"
verdict "bob signs in" 'OK home' door
sign_ins bob
bobs=${ROWS[0]}
FROM=192.0.2.1 door alice alice "$PASSWORD" "$phone"
verdict "alice signs in again" 'OK home' door
sign_ins alice
is "and sees these three sign-ins, and the first of all, newest first" "${#ROWS[@]}" 4
first=${ROWS[3]} theft=${ROWS[1]}
like "each with where from and by what" "$MORE" "$theft:sign-in:alice::with_Authenticator:read"
unlike "and none of bob's" "$MORE" ':bob:'

# --- whose, and in what order -------------------------------------------------------------------

proved alice "$phone" not-me "$bobs" "$PASSWORD"
verdict "bob's sign-in is none of alice's" 'STALE home' door
proved alice "$phone" not-me 999999 "$PASSWORD"
verdict "what is no sign-in is none either" 'STALE home' door
ask alice prove -
ask alice not-me "$theft" "$PASSWORD"
verdict "without a code nothing is done" PROOF_NEEDED
proved alice "$phone" not-me "$theft" "not the password"
verdict "nor without the old password" PASSWORD_WRONG
ask bob judge 1 keep
like "at home nothing is judged" "$VERDICT" '^ENDED'
hang_up
door alice alice "$PASSWORD" "$phone"
proved alice "$phone" not-me "$theft" "$PASSWORD"
verdict "with both it is done" 'OK configure' door
is "the recovery codes are gone" "$(pc user show alice --json | json "j['recovery_left']")" 0
ask alice DOUBTED
like "what comes later cannot be asked for before its turn" "$VERDICT" '^ENDED'

# --- the line drops, or the keeper is killed, between any two steps ------------------------------

# nothing_opens WHEN: what the thief has
nothing_opens() {
	door thief alice "$PASSWORD" "$strange"
	verdict "$1: the old password opens nothing" CREDENTIALS
	KEY=$strange
	ask thief open 203.0.113.9
	ask thief password alice "$NEW"
	ask thief code "$(code)"
	verdict "$1: nor, with the new one, what the thief added" 'CODE_WRONG code' door
	fresh
	fresh
	ask thief close
}

nothing_opens "the line has dropped"
killed
door alice alice "$NEW" "$phone"
verdict "her next sign-in goes on there" 'OK configure' door
ask alice HOME
like "and not past it" "$VERDICT" '^ENDED'
door alice alice "$NEW" "$phone"
ask alice enrol
mine=${MORE%% *}
killed
nothing_opens "the keeper was killed with the key on the screen"
door alice alice "$NEW" "$phone"
verdict "another key is shown then" 'OK configure' door
ask alice enrol
mine=${MORE%% *} KEY=$mine
ask alice activate "$(code)"
verdict "its code takes the place of all that was there before" 'OK recovery' door
fresh
killed
nothing_opens "the keeper was killed before the codes"
door old alice "$NEW" "$phone"
verdict "the old authenticator shows codes that are none" 'CODE_WRONG code' door
fresh
fresh
door alice alice "$NEW" "$mine"
verdict "the new one leads to the codes" 'OK recovery' door
ask alice CODES
ask alice CODES_SAVED
verdict "and they to what was added since" 'OK doubt' door
killed
nothing_opens "the keeper was killed before anything was judged"
door alice alice "$NEW" "$mine"
verdict "the next sign-in asks again" 'OK doubt' door
ask alice HOME
like "and there is no way around it" "$VERDICT" '^ENDED'
door alice alice "$NEW" "$mine"
ask alice DOUBTED
read -ra doubted <<<"$MORE"
is "it asks about both, whatever the clock said" "${doubted[*]#*:}" 'Handy Pad'
[ ${#doubted[@]} -eq 2 ] || give_up "It asks about others."
ask alice judge "${doubted[0]%%:*}" remove
verdict "one is removed" 'OK doubt' door
killed
door alice alice "$NEW" "$mine"
ask alice DOUBTED
is "which is true whoever is killed" "${MORE#*:}" Pad
ask alice judge "${doubted[0]%%:*}" keep
verdict "what has gone is not kept" 'STALE doubt' door
ask alice judge "${MORE%%:*}" keep
ask alice judge "${doubted[1]%%:*}" keep
verdict "the other one is kept" 'OK home' door
door pad alice "$NEW" "$pad"
verdict "and its codes open again" 'OK home' door
door thief alice "$NEW" "$strange"
verdict "those of the one that was removed do not" CODE_WRONG
fresh
fresh
is "all of it is in the trail" "$(rows_of alice not-me ok) $(rows_of alice device-replace ok) $(
	rows_of alice device-remove ok) $(rows_of alice device-keep ok)" '1 1 1 1'
hang_up

# --- the very first of them, and a way in in any order --------------------------------------------

door alice alice "$NEW" "$mine"
proved alice "$mine" not-me "$first" "$NEW"
verdict "of the first sign-in of all" PASSWORD_SAME
hang_up
door bob bob "$PASSWORD" "${KEYS[bob]}"
proved bob "${KEYS[bob]}" not-me 0 "$PASSWORD"
verdict "bob says so of the last one before this" 'OK configure' door
pc user reset-2fa bob --reason "lost it all" >/dev/null
door bob bob "$NEW" ''
verdict "a reset leads out of it" "OK configure" door
ask bob enrol
KEY=${MORE%% *}
ask bob activate "$(code)"
ask bob CODES
ask bob CODES_SAVED
verdict "and home, with nothing in doubt" 'OK home' door
hang_up
served_ends "after it"
finish
