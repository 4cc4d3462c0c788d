#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Where somebody guesses from is an address and not a string: all spellings of one are one, a /64 is
# one, and who may not name an address is a user of this host. No pause tells which names exist.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/client/strangers.bash"

make_state alice
pc settings set require-2fa no
stop_keeper
serve

# --- what is one address -----------------------------------------------------------------

flood 60 0 alice '2001:db8:1:2::%'
flooded
is "60 guesses over one /64 are all answered" "$(verdicts answered)" 60
is "and five are looked at" "$(verdicts CREDENTIALS)" 5
is "the others are paused" "$(verdicts PAUSED)" 55
tries alice 2001:db8:1:3::1 "$PASSWORD"
says "another /64 is another source" OK

# spelled WHAT NAME SPELLING…: five wrong passwords, each from
# another spelling; then the last one is paused
spelled() {
	local what=$1 name=$2 spelling

	shift 2
	for spelling in "${@:1:5}"; do
		tries "$name" "$spelling" 'not the password'
		is "$what: $spelling is heard" "$VERDICT" CREDENTIALS
	done
	tries "$name" "$6" 'not the password'
	says "$what: and $6 is paused as the same" PAUSED
}
spelled "one IPv6 network" spelled-6 2001:db8:7:8::1 2001:DB8:7:8::1 \
	2001:0db8:0007:0008:0000:0000:0000:0001 2001:db8:7:8:0:0:192.0.2.1 \
	2001:db8:7:8:ffff:ffff:ffff:ffff 2001:db8:07:8::
spelled "one IPv4 address" spelled-4 192.0.2.9 ::ffff:192.0.2.9 ::FFFF:c000:209 \
	0:0:0:0:0:ffff:192.0.2.9 ::ffff:c000:0209 192.0.2.9
spelled "what is no address" spelled-0 local UNKNOWN 1.2.3 somewhere 2001:db8:::1 192.0.2.256

# --- a pause of a name tells nothing --------------------------------------------------------

TRUSTED=192.0.2.60
tries alice $TRUSTED "$PASSWORD"
says "somebody signs in from an address" OK
for name in alice nobody; do
	flood 104 0 $name '10.%.0.1'
	flooded
	[ "$(verdicts CREDENTIALS)" -ge 100 ] && [ "$(verdicts answered)" -eq 104 ]
	ok $? "$name: a hundred guesses from as many addresses" || said "$(cat "$WORK/flood")"
done
for name in alice nobody; do
	tries $name 192.0.2.61 'not the password'
	is "past a hundred failures $name is paused from elsewhere" "$VERDICT" PAUSED
	tries $name $TRUSTED 'not the password'
	is "and $name is not, where somebody signed in" "$VERDICT" CREDENTIALS
done
tries alice $TRUSTED "$PASSWORD"
says "so that alice comes in from there" OK

# --- who may name an address -------------------------------------------------------------------

if [ "$(id -u)" -eq 0 ]; then
	open_to_all
	flood 20 0 a-name '198.51.100.%' 65534
	flooded
	closed_again
	is "another user of this host names 20 addresses, and is one source" \
		"$(verdicts CREDENTIALS) $(verdicts PAUSED)" '5 15' ||
		said "$(cat "$WORK/flood")"
	is "which the trail calls by its number" "$(pc audit list --json |
		json "sorted({r['source'] for r in j if r['source'].startswith(('uid', '198.51'))})")" \
		'["uid:65534"]'
fi
hang_up
served_ends "after it"
finish
