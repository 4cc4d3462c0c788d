#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The clock ran 400 days ahead, and was put right: what was stored meanwhile lies in the future.
# Nothing opens by it, nobody is told what is false, no failure is counted, and there is a way back.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "${top_srcdir:-.}/tests/client/strangers.bash"

AHEAD=$((400 * 86400))
clock_set $((EPOCH + AHEAD))
make_state root
person alice
person bob
person dora
INVITATION=$(pc user add carol 2>/dev/null)
enrolled alice
alices=("${CODES[@]}")
fresh
stop_keeper
serve
as alice
ask ahead open 192.0.2.1
ask ahead password alice "$PASSWORD"
ask ahead code "$(code)"
is "400 days ahead somebody signs in" "$VERDICT $DOOR" 'OK home'
ask pending open 192.0.2.2
ask pending password bob "$PASSWORD"
ask pending enrol
read -r BOBS _ <<<"$MORE"
for try in {1..5}; do
	tries dora 192.0.2.3 'not the password'
done
tries dora 192.0.2.3 "$PASSWORD"
says "somebody else is paused there" PAUSED
hang_up
stop_served

# --- a spent code ---------------------------------------------------------------------------

clock_set $EPOCH
serve
# Only the text has them.
failures() {
	pc user show alice | sed -n 's/^failures since the last sign-in *//p'
}
is "the last sign-in was a good one" "$(failures)" 0
ask back open 192.0.2.1
ask back password alice "$PASSWORD"
is "the clock was put right: the password is good" "$VERDICT $DOOR" 'OK code'
for try in {1..7}; do
	ask back code "$(code)"
	says "a right code is not called used, but the clock set back" CLOCK_BACK
done
[ "$WAIT" -gt $((AHEAD - 86400)) ]
ok $? "and it says until when" || said "$WAIT"
ask back resync "$(code)" "$(code 1)"
says "nor are two right ones called no two in a row" CLOCK_BACK
is "none of that counts as a failure" "$(failures)" 0
ask back recovery "${alices[0]}"
is "a recovery code is good" "$VERDICT $DOOR" 'OK home'
like "the doctor names it" "$(pc doctor 2>&1)" '[Cc]lock.*(back|ahead|future)'
pc user unlock alice
clock_move 90
ask mended open 192.0.2.1
ask mended password alice "$PASSWORD"
ask mended code "$(code)"
is "unlocked, the person signs in with a code" "$VERDICT $DOOR" 'OK home'
ask mended close
ask again open 192.0.2.1
ask again password alice "$PASSWORD"
ask again code "$(code)"
says "which is used then, and no other is" CODE_USED

# --- a key that was shown then, an invitation, a pause -------------------------------------------

as bob
ask pending open 192.0.2.2
ask pending password bob "$PASSWORD"
ask pending enrol
read -r KEY SHOWN <<<"$MORE"
[ -n "$KEY" ] && [ "$KEY" != "$BOBS" ]
ok $? "a key that was shown in the future is not shown again" || said "$VERDICT $MORE"
ask pending activate "$(code)"
is "the new one is configured" "$VERDICT $DOOR" 'OK recovery'
tries carol 192.0.2.4 "$INVITATION"
unlike "an invitation of the future is not good for 400 days" "$VERDICT" '^OK$'
pc user set-password carol --invite >"$WORK/invitation" 2>/dev/null
tries carol 192.0.2.4 "$(head -n 1 "$WORK/invitation")"
is "a new one is" "$VERDICT $DOOR" 'OK password'
tries dora 192.0.2.3 "$PASSWORD"
says "a pause that began in the future goes on" PAUSED
[ "$WAIT" -le 30 ]
ok $? "and is no longer than it was" || said "$WAIT s"
clock_move 31
tries dora 192.0.2.3 "$PASSWORD"
says "then the password is good" OK
like "and the chain fits its seal" "$(pc doctor 2>&1)" '^ok +audit '
hang_up
served_ends "after it"
finish
