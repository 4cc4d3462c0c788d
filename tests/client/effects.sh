#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What is done to somebody reaches their open sessions within a second, with a sentence that says
# what it was; and never the session of the one who did it to somebody else. Measured on the wire.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "${top_srcdir:-.}/tests/client/strangers.bash"

clock_set $EPOCH
make_state root
for name in alice carol; do
	person "$name"
done
person bob administrator
person next
for name in root alice bob carol; do
	enrolled "$name"
done
fresh
stop_keeper
serve

# home LINE NAME: passes both doors; the clock is at the next code then
home() {
	as "$2"
	ask "$1" open 192.0.2.1
	ask "$1" password "$2" "$PASSWORD"
	[ "$DOOR" = code ] && ask "$1" code "$(code)"
	[ "$VERDICT $DOOR" = 'OK home' ] || give_up "$2 does not come in: $VERDICT $DOOR"
	fresh
}

# proved NAME: the next requests bring a code of that person's along
proved() {
	as "$1"
	ask any prove "$(code)"
	fresh
}

# within WHAT VERDICT: a test: the last answer was that, and came within a second
within() {
	is "$1" "$VERDICT" "$2"
	[ "$TOOK" -lt 1000 ]
	ok $? "$1: within a second" || said "after $TOOK ms"
}

# alive WHAT LINE: a test: that session is at home
alive() {
	ask "$2" HOME
	is "$1" "$VERDICT $DOOR" 'OK home'
}

# --- what ends sessions ----------------------------------------------------------------

home boss root
home clerk bob
while IFS='|' read -r what request cause; do
	home one alice
	home two alice
	as alice
	ask door open 192.0.2.1
	ask door password alice "$PASSWORD"
	is "$what: another session stands at the code" "$DOOR" code
	proved root
	# shellcheck disable=SC2086 # words
	ask boss $request
	is "$what: is done" "$VERDICT" OK
	for line in one two; do
		ask $line hear 1000
		within "$what: a session at home ends, and reads why" "ENDED:$cause"
	done
	ask door hear 1000
	within "$what: one that has shown no more than the password reads that it ended" ENDED:ENDED
	alive "$what: not that of who did it" boss
	alive "$what: nor anybody else's" clerk
	ask any prove -
	pc user enable alice
	pc user set-password alice --password-stdin <<<"$PASSWORD"
	[ "$(factors alice)" != 'off 0 0' ] || enrolled alice
	fresh
done <<'END'
disabling|disable alice|ENDED_DISABLED
a new password|give alice|ENDED_PASSWORD
a reset|reset alice|ENDED_RESET
ending the sessions|expel alice|ENDED_BY
END

home one carol
proved root
ask boss remove carol
is "removing: is done" "$VERDICT" OK
ask one hear 1000
within "removing: a session at home ends, and reads why" ENDED:ENDED_REMOVED

home one alice
home two alice
proved alice
ask two change "$PASSWORD"
is "one's own new password: is done" "$VERDICT" OK
ask one hear 1000
within "one's own new password: the other session ends, and reads why" ENDED:ENDED_CHANGED
alive "one's own new password: this one stays" two
ask any prove -
pc settings set require-2fa no
proved alice
ask two DEACTIVATE
is "deactivating: is done" "$VERDICT" OK
alive "deactivating: this session stays" two
pc settings set require-2fa yes
alive "it is mandatory again: nobody is ended by that" two
alive "nor anybody who has it" clerk
ask any prove -

# --- a role ------------------------------------------------------------------------------

pc user set-password alice --password-stdin <<<"$PASSWORD"
enrolled alice
fresh
home one alice
ask one SETTINGS_VIEW
is "an operator sees no settings" "$VERDICT" DENIED
proved root
ask boss role alice super-administrator
is "another role: is given" "$VERDICT" OK
until_told() {
	ask one news 1000
	[ "$MORE" = super-administrator ]
}
until_ok until_told
within "another role: the open session is told" OK
ask one SETTINGS_VIEW
is "another role: and has it at once" "$VERDICT" OK
pc user set-role alice operator
ask one SETTINGS_VIEW
is "a lesser role: what it may no more is refused at once" "$VERDICT" DENIED
alive "a lesser role: the session stays" one

# --- the door of configuring ---------------------------------------------------------------

# at_configure LINE: the password of who has no second factor is passed
at_configure() {
	ask "$1" open 192.0.2.1
	ask "$1" password next "$PASSWORD"
	is "who has none is asked to configure" "$DOOR" configure
}

at_configure one
ask one enrol
ask one CONFIGURE_LATER
is "while it is required nobody goes round" "$VERDICT $DOOR" 'STALE configure'
pc settings set require-2fa no
ask one news 1000
within "it is required no more: who stands there is told" OK
is "and that it may be left" "$DOOR ${MORE#* }" 'configure optional'
pc settings set require-2fa yes
ask one news 1000
is "required again meanwhile: that is told too" "$DOOR $MORE" 'configure -'
ask one CONFIGURE_LATER
is "and nobody goes round" "$VERDICT $DOOR" 'STALE configure'
pc settings set require-2fa no
ask one CONFIGURE_LATER
is "where it may be left it leads home" "$VERDICT $DOOR" 'OK home'
is "that is a sign-in" "$(rows_of next sign-in ok)" 1
is "and in the trail" "$(rows_of next configure-later ok)" 1
ask one HOME
is "home is open" "$VERDICT" OK

# Half-way: a role that needs it, and one that does not.
pc settings set require-2fa-roles administrator
pc user set-role next administrator
at_configure two
pc user set-role next operator
ask two news 1000
is "another role needs none: who stands there may leave" "$DOOR ${MORE#* }" 'configure optional'
pc user set-role next administrator
ask two CONFIGURE_LATER
is "but not in the role that does" "$VERDICT $DOOR" 'STALE configure'

hang_up
served_ends "after it"
finish
