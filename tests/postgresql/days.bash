# SPDX-License-Identifier: GPL-3.0-or-later
# A keeper with a database, people at its door, and what they are told. Sourced after strangers.bash
# and cluster.bash.
#
#   keep CONNINFO NODE      $STATE is that node's, with keeper.conf
#   bob_is_in [HOW]         after keep: a console with alice and bob, no 2FA asked for, its keeper,
#                           and bob signed in on the line "there"; a test that says HOW
#   carol_enrols WHAT       a test: carol, who is there, has an authenticator, with the key KEY
#   come_in LINE            a new line from a place of its own, and bob's password
#   busy WHAT               a test: whoever comes is told within 5 s that the console is busy
#   not_in WHAT             a test: nobody is let in, whatever they are told, within 5 s
#   works WHAT [SECONDS]    a test: without a restart somebody is let in again, within 10 s
#   stays WHAT              a test: the session that was there before is still there
#   hello WHAT MS           a test: a hello is answered, in at most so many milliseconds
PLACE=0

keep() {
	mkdir -p -m 700 "$STATE"
	printf 'store postgresql:%s\nnode %s\n' "$1" "$2" >"$STATE/keeper.conf"
}

no_2fa_asked() {
	pc settings set require-2fa no >/dev/null && pc settings set require-2fa-roles none >/dev/null
}

bob_is_in() {
	pc init --user alice --password-stdin <<<"$PASSWORD" >/dev/null 2>&1 || give_up "no init"
	no_2fa_asked
	pc user add bob --role operator --password-stdin <<<"$PASSWORD" >/dev/null 2>&1
	stop_keeper
	serve
	come_in there
	says "somebody is in${1:-}" OK
}

carol_enrols() {
	ask carol open 198.51.100.250
	ask carol password carol "$PASSWORD"
	ask carol enrol
	KEY=${MORE%% *}
	ask carol activate "$(code)"
	says "$1" OK
}

# Each from elsewhere: a place that came too often waits.
come_in() {
	PLACE=$((PLACE + 1))
	ask "$1" open "198.51.100.$((PLACE % 250 + 1))"
	[ "$VERDICT" = OK ] || return 0
	ask "$1" password bob "$PASSWORD"
}

# A line that the keeper has given up is none.
tried() {
	local began

	began=$(now_ms)
	come_in door
	SPENT=$(($(now_ms) - began))
}

busy() {
	tried
	[ "$VERDICT" = BUSY ] && [ "$SPENT" -le 5000 ]
	ok $? "$1: the console is busy, within 5 s" || said "$VERDICT at $DOOR after $SPENT ms"
	said "$SPENT ms"
}

not_in() {
	tried
	[ "$VERDICT" != OK ] && [ "$DOOR" != home ] && [ "$SPENT" -le 5000 ]
	ok $? "$1: nobody is let in, and who comes is told so within 5 s" ||
		said "$VERDICT at $DOOR after $SPENT ms"
	said "$VERDICT, $SPENT ms"
}

is_in() {
	come_in door
	[ "$VERDICT" = OK ] && [ "$DOOR" = home ]
}

works() {
	local began

	began=$(now_ms)
	DEADLINE=${2:-10} until_ok is_in
	ok $? "$1: it works again by itself" || said "$VERDICT at $DOOR"
	said "after $(($(now_ms) - began)) ms"
}

stays() {
	ask there HOME
	says "$1: who was signed in still is" OK
}

hello() {
	local began took said

	began=$(now_ms)
	ask greeting open "203.0.113.$((++PLACE % 250 + 1))"
	took=$(($(now_ms) - began))
	case $VERDICT in OK | BUSY) [ "$took" -le "$2" ] ;; *) false ;; esac
	ok $? "$1: a hello is answered within $2 ms" || said "$VERDICT after $took ms"
	said "$VERDICT, $took ms"
}
