#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The map of dangerous orders (doc/orders.md), walked: each begins with the same console, and ends
# with who gets in, and who does not.
#
#   ## WHAT                      a new order: the console is as it was before all of them
#   host COMMAND…                root's command; "= 1": it is refused
#   later SECONDS                the clock moves
#   enter LINE NAME [= WHERE]    all doors that NAME can pass: home, or the door that is next, or the
#                                verdict on the password
#   invited LINE NAME            by the host, now; and the password that is due is chosen
#   configure LINE NAME          a key and its code, recovery codes, and home
#   proof NAME                   the next requests bring a code of that person's along
#   LINE REQUEST… = VERDICT      any request of tests/client/talk.c
#   fails LINE NAME TIMES        so many wrong codes, past all pauses
#   both COMMAND | COMMAND       two of root's at one moment: one of them is done
#   either LINE LINE = VERDICTS  what two lines hear that have asked with `only`, in whatever order
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "${top_srcdir:-.}/tests/client/strangers.bash"

MAP=$top_srcdir/doc/orders.md
clock_set $EPOCH
make_state root
person sam super-administrator
person dana administrator
person alice
person bob
for name in root sam dana alice; do
	enrolled "$name"
done
fresh
stop_keeper
cp -a "$STATE" "$WORK/before"
BEGAN=$NOW
declare -A BEFORE=()
for name in "${!KEYS[@]}"; do
	BEFORE[$name]=${KEYS[$name]}
done
ORDER=
ORDERS=0

again() {
	hang_up
	stop_served
	rm -rf "$STATE"
	cp -a "$WORK/before" "$STATE"
	KEYS=()
	for name in "${!BEFORE[@]}"; do
		KEYS[$name]=${BEFORE[$name]}
	done
	clock_set "$BEGAN"
	serve
}

# begin WHAT
begin() {
	ORDER=$1
	ORDERS=$((ORDERS + 1))
	again
	grep -qF "| $1 |" "$MAP"
	ok $? "$1: is on the map"
}

reached() {
	[ "$VERDICT" = OK ] && RESULT=$DOOR || RESULT=$VERDICT
}

# enter LINE NAME [PASSWORD…]
enter() {
	as "$2"
	ask "$1" open 192.0.2.7
	ask "$1" password "$2" "${*:3}${3:+}${3-$PASSWORD}"
	if [ "$VERDICT $DOOR" = 'OK code' ] && [ -n "$KEY" ]; then
		ask "$1" code "$(code)"
		fresh
	fi
	reached
}

invited() {
	ask "$1" open 192.0.2.7
	ask "$1" password "$2" "$(pc user add "$2" 2>/dev/null </dev/null)"
	ask "$1" new "$PASSWORD"
	reached
}

configure_on() {
	ask "$1" enrol
	KEY=${MORE%% *}
	KEYS[$2]=$KEY
	ask "$1" activate "$(code)"
	ask "$1" CODES
	ask "$1" CODES_SAVED
	fresh
	reached
}

fail() {
	local i

	as "$2"
	for ((i = 0; i < $3; i++)); do
		ask "$1" code "$(wrong_code)"
		[ "$VERDICT" != CODE_LOCKED ] || break
		clock_move 900
		[ "$DOOR" = code ] || { ask "$1" open 192.0.2.7; ask "$1" password "$2" "$PASSWORD"; }
	done
	RESULT=$VERDICT
}

# Both are started before either is waited for.
both() {
	local first=${1%|*} second=${1#*|} one two

	# shellcheck disable=SC2086 # words
	pc $first >/dev/null 2>&1 & one=$!
	# shellcheck disable=SC2086 # words
	pc $second >/dev/null 2>&1 & two=$!
	wait $one; one=$?
	wait $two; two=$?
	RESULT=$((one + two))
}

# What each hears, sorted.
either() {
	local first

	ask "$1" hear 20000
	first=$VERDICT
	ask "$2" hear 20000
	RESULT=$(printf '%s\n' "$first" "$VERDICT" | sort | paste -sd' ')
}

# step LINE: and what was wanted of it
step() {
	local want='' line=$1

	case $line in *' = '*) want=${line##* = } line=${line% = *} ;; esac
	# shellcheck disable=SC2086 # words
	set -- $line
	case $1 in
	host) pc "${@:2}" >/dev/null 2>&1 </dev/null; RESULT=$? want=${want:-0} ;;
	later) clock_move "$2"; RESULT='' ;;
	enter) enter "$2" "$3" ${4:+"${@:4}"}; want=${want:-home} ;;
	invited) invited "$2" "$3"; want=${want:-home} ;;
	configure) configure_on "$2" "$3"; want=${want:-home} ;;
	proof) as "$2"; ask any prove "$(code)"; fresh; RESULT='' ;;
	fails) fail "$2" "$3" "$4" ;;
	both) both "${line#both }"; want=${want:-1} ;;
	either) either "$2" "$3" ;;
	*) ask "$@"; RESULT=$VERDICT; want=${want:-OK} ;;
	esac
	is "$ORDER: $line" "$RESULT" "$want"
}

while IFS= read -r line; do
	case $line in
	'' | '#') ;;
	'## '*) begin "${line#\#\# }" ;;
	*) step "$line" ;;
	esac
done <<'END'
## reset oneself
enter boss root
proof root
boss reset root = DENIED
enter boss root

## demote oneself
enter boss root
proof root
boss role root operator = DENIED
boss HOME
host user set-role sam operator
host user set-role root operator = 1
enter boss root

## disable or remove oneself
enter boss root
proof root
boss disable root = DENIED
boss remove root = DENIED
enter boss root

## the last Super Administrator goes
host user disable sam
host user disable root = 1
host user remove root = 1
host user set-role root administrator = 1
enter boss root

## two go at one moment
both user disable root|user disable sam
both user enable root|user set-role nobody operator
both user enable sam|user set-role nobody operator
both user set-role root operator|user remove sam

## optional while being reset
host user reset-2fa alice --reason lost
host settings set require-2fa no
enter one alice
later 270000
enter one alice
host settings set require-2fa yes
enter one alice = configure
configure one alice

## invited while optional, then mandatory
host settings set require-2fa no
invited one erin
later 270000
host settings set require-2fa yes
enter one erin = configure
configure one erin

## a reset that nobody uses
host user reset-2fa sam --reason lost
later 270000
enter one sam = CREDENTIALS
host user reset-2fa sam --reason late
enter one sam = configure
configure one sam

## a reset of the last one expires
host user disable sam
host user reset-2fa root --reason lost
later 270000
enter one root = CREDENTIALS
host user reset-2fa root --reason late
enter one root = configure
configure one root

## disabled while configuring
enter one bob = configure
one enrol
host user disable bob
one hear 1000 = ENDED:ENDED
enter one bob = CREDENTIALS
host user enable bob
enter one bob = configure
configure one bob

## reset while configuring
enter one bob = configure
one enrol
host user reset-2fa bob --reason asked
one hear 1000 = ENDED:ENDED
enter one bob = configure
configure one bob

## disabled, then reset, then enabled late
host user disable alice
host user reset-2fa alice --reason lost
enter one alice = CREDENTIALS
later 270000
host user enable alice
enter one alice = CREDENTIALS
host user reset-2fa alice --reason late
enter one alice = configure

## mandatory while nobody has it
host settings set require-2fa no
host user reset-2fa root --reason x
host user reset-2fa sam --reason x
host user reset-2fa dana --reason x
host user reset-2fa alice --reason x
enter one root
any prove correct horse battery
one SETTINGS_VIEW
one setting require-2fa yes = NOT_CONFIGURED
host settings set require-2fa yes
one HOME
enter two root = configure
configure two root
enter two bob = configure

## deactivated, then mandatory again
host settings set require-2fa no
enter one alice
proof alice
one DEACTIVATE
host settings set require-2fa yes
one HOME
enter two alice = configure
configure two alice

## a role is required whose last member has none
host settings set require-2fa no
host user reset-2fa root --reason x
host user disable sam
enter one root
host settings set require-2fa-roles super-administrator
one HOME
enter two root = configure
configure two root
enter two bob

## given a role that requires it
host settings set require-2fa no
host settings set require-2fa-roles administrator
enter one bob
host user set-role bob administrator
one HOME
enter two bob = configure
configure two bob

## required no more while one stands before the key
enter one bob = configure
one CONFIGURE_LATER = STALE
host settings set require-2fa no
one CONFIGURE_LATER
one HOME
host settings set require-2fa yes
enter two bob = configure

## removed while administering
enter one dana
proof dana
one disable bob
any prove -
host user remove dana
one hear 1000 = ENDED:ENDED_REMOVED
enter one dana = CREDENTIALS
host user show bob

## demoted while administering
enter one dana
proof dana
one unlock bob
any prove -
host user set-role dana operator
one disable bob = DENIED
one add newcomer operator = DENIED
one HOME

## whom one administers becomes one's like
enter one dana
proof dana
one unlock bob
any prove -
host user set-role bob administrator
one disable bob = DENIED
one reset bob = DENIED

## a new password while half-way in
one open 192.0.2.7
one password alice correct horse battery
host user set-password alice --invite
one hear 1000 = ENDED:ENDED
enter one alice = CREDENTIALS

## invited while locked
one open 192.0.2.7
one password alice correct horse battery
fails one alice 101 = CODE_LOCKED
host user unlock alice
enter one alice

## asked for, then the asker is demoted
host settings set four-eyes yes
enter one root
proof root
one reset alice = WAITS
host user set-role root operator
enter two sam
proof sam
two confirm 1 = DENIED
enter three alice

## asked for, then the asker is disabled
host settings set four-eyes yes
enter one root
proof root
one reset alice = WAITS
host user disable root
enter two sam
proof sam
two confirm 1 = WAITING_GONE
host user enable root
proof sam
two confirm 1 = WAITING_GONE
enter three alice

## asked for, then the asker is removed
host settings set four-eyes yes
enter one root
proof root
one role bob super-administrator = WAITS
host user remove root
enter two sam
proof sam
two confirm 1 = WAITING_GONE
enter three bob = configure

## asked for, and whom it is about confirms it
host settings set four-eyes yes
host user set-role dana super-administrator
enter one root
proof root
one reset sam = WAITS
enter two sam
proof sam
two confirm 1 = WAITING_OWN
enter three dana
proof dana
three confirm 1
two hear 1000 = ENDED:ENDED_RESET
enter two sam = configure
configure two sam

## one Super Administrator is left while something waits
host settings set four-eyes yes
enter one root
proof root
one reset alice = WAITS
host user disable sam
proof root
one confirm 1 = WAITING_OWN
one reset bob = ALONE_RESET
host user reset-2fa alice --reason lost
enter two alice = configure
configure two alice
later 86500
host user enable sam
enter three sam
proof sam
three confirm 1 = WAITING_GONE
enter two alice

## four eyes switched off while something waits
host settings set four-eyes yes
enter one root
proof root
one reset alice = WAITS
host settings set four-eyes no
enter two alice
proof root
one reset alice
enter two alice = configure
configure two alice

## confirmed twice at once
host settings set four-eyes yes
host user set-role dana super-administrator
enter one root
proof root
one reset alice = WAITS
enter two sam
enter three dana
proof sam
two only confirm 1
proof dana
three only confirm 1
either two three = OK WAITING_GONE
enter four alice = configure
configure four alice

## a day is over, and the clock is set back
host settings set four-eyes yes
enter one root
proof root
one reset alice = WAITS
later 86401
enter two sam
two HOME
later -86401
host user unlock sam
later 60
enter two sam
proof sam
two confirm 1 = WAITING_GONE
enter three alice

## a name is given again
host user remove bob
enter one bob = CREDENTIALS
host user add bob
enter one bob = CREDENTIALS
END
[ "$ORDERS" -gt 15 ]
ok $? "all of them were walked" || said "$ORDERS"
is "and the map has no other" "$(grep -cE '^\| [^|-]' "$MAP")" $((ORDERS + 1))
hang_up
served_ends "after it"
finish
