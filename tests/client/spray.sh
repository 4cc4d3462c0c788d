#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# One password is tried on one name after the other, from one address: after twenty failures that
# address gets a verdict every other second, and nobody else waits for it.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/client/strangers.bash"

make_state alice
pc settings set require-2fa no
stop_keeper
serve

flood 16 12 'person-%' 203.0.113.20
for second in {1..3}; do
	pause_for 2
	tries alice 192.0.2.3 "$PASSWORD"
	says "a right password from elsewhere is good" OK
	[ "$TOOK" -le 1000 ]
	ok $? "and at once" || said "$TOOK ms"
	tries alice 192.0.2.4 'not the password'
	says "a wrong one is refused" CREDENTIALS
	[ "$TOOK" -le 1000 ]
	ok $? "at once, too" || said "$TOOK ms"
done
flooded
# Twenty at once; then, in what is left of the twelve seconds, five or six.
got=$(verdicts CREDENTIALS)
[ "$got" -ge 23 ] && [ "$got" -le 27 ]
ok $? "the address that sprays gets twenty verdicts, then one in two seconds" ||
	said "$(cat "$WORK/flood")"

# It is slow for every name, and right passwords too: otherwise it would be told which are right.
# Whoever is refused is answered at an even second, and looked at once more then: a right password
# is in by that, or still comes too early. The pause leads from an even second to an odd one, where
# it still does.
early= right=
for try in {1..8}; do
	pause_for 3.3
	ask slow open 203.0.113.20
	ask right open 203.0.113.20
	ask slow password "someone-else-$try" 'not the password'
	unlike "from there no name is answered with more than that" "$VERDICT" '^OK$'
	[ "$VERDICT" = CREDENTIALS ] && [ "$TOOK" -le 500 ] || continue
	spent=$TOOK
	ask right password alice "$PASSWORD"
	said "after a verdict in $spent ms: $VERDICT in $TOOK ms"
	right=$VERDICT
	[ "$right" != PAUSED ] || break
	[ $((spent + TOOK)) -ge 1000 ] || early=yes
done
is "nor is a right password looked at" "$right" PAUSED
is "or else it is a second after the verdict before" "$early" ''
for again in {1..5}; do
	ask right password alice "$PASSWORD"
	[ "$VERDICT" = PAUSED ] || break
done
says "when its turn has come it is good" OK
tries alice 203.0.113.21 "$PASSWORD"
says "its neighbour's address is another one" OK
hang_up
served_ends "after it"
finish
