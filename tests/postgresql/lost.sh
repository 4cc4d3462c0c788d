#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The ends of COMMIT that nobody knows: its answer is lost, or it is itself, or a standby that it
# waits for does not answer. Who was told that they are in is in, once; and nobody else is.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/client/strangers.bash"
. "${top_srcdir:-.}/tests/postgresql/cluster.bash"
. "${top_srcdir:-.}/tests/postgresql/days.bash"
. "${top_srcdir:-.}/tests/postgresql/line.bash"
trap 'line_end; pg_end; clean_up_strangers' EXIT

# Who may come in by bob's password, as the trail has it
in_trail() {
	pg_sql one "SELECT count(*) FROM provconsole.audit WHERE action = 'sign-in' AND result = 'ok'"
}

# comes_in_while: as come_in, and TOOK_MS
comes_in_while() {
	local began

	ask door open "198.51.100.$((++PLACE % 250 + 1))"
	says "somebody is at the door" OK
	"$@"
	began=$(now_ms)
	ask door password bob "$PASSWORD"
	TOOK_MS=$(($(now_ms) - began))
}

pg_make one 5441 || give_up "There is no PostgreSQL."
line_to one
keep "$(line_conninfo)" one
bob_is_in ', by a line through the network'

# --- the answer to a COMMIT is lost ---------------------------------------------------------------

was=$(in_trail)
comes_in_while line_mood 'commit sign-in'
says "the answer to a COMMIT is lost, and it is committed: it is asked after" OK
is "it was lost" "$(line_now)" pass
is "they are in" "$DOOR" home
is "once" "$(in_trail)" $((was + 1))
[ "$TOOK_MS" -le 5000 ]
ok $? "within 5 s" || said "$TOOK_MS ms"
said "$TOOK_MS ms"
ask door HOME
says "and goes on" OK
works "after that"
stays "after that"

# --- the COMMIT itself is lost --------------------------------------------------------------------

was=$(in_trail)
comes_in_while line_mood 'cut sign-in'
says "the COMMIT itself is lost: whoever asked is told to wait" BUSY
is "it was lost" "$(line_now)" pass
unlike "they are not in" "$DOOR" home
is "nor does the trail say so" "$(in_trail)" "$was"
[ "$TOOK_MS" -le 5000 ]
ok $? "within 5 s" || said "$TOOK_MS ms"
said "$TOOK_MS ms"
works "after that"
stays "after that"

# --- the answer is lost, and the next line leads nowhere ------------------------------------------

silent() {
	line_mood 'commit sign-in hole'
}
comes_in_while silent
says "it cannot be asked after: whoever asked is told to wait" BUSY
unlike "they are not in" "$DOOR" home
[ "$TOOK_MS" -le 5000 ]
ok $? "within 5 s" || said "$TOOK_MS ms"
said "$TOOK_MS ms"
line_mood pass
works "after that"
stays "after that"

# --- a standby does not answer --------------------------------------------------------------------

waits() {
	[ -n "$(pg_sql one "SELECT 1 FROM pg_stat_activity WHERE wait_event = 'SyncRep'")" ]
}
ask door open "198.51.100.$((++PLACE % 250 + 1))"
pg_set one synchronous_standby_names nobody
ask door send bob "$PASSWORD"
until_ok waits
ok $? "a COMMIT waits for a standby"
pg_sql one "SELECT pg_cancel_backend(pid) FROM pg_stat_activity
	WHERE wait_event = 'SyncRep'" >/dev/null
ask door hear 9000
says "a wait that is cancelled is no success" BUSY
pg_set one synchronous_standby_names ''
works "without a standby"
comes_in_while pg_set one synchronous_standby_names nobody
[ "$VERDICT" = BUSY ] && [ "$DOOR" != home ] && [ "$TOOK_MS" -le 5000 ]
ok $? "nor is one that is ended from here, within 5 s" || said "$VERDICT at $DOOR, $TOOK_MS ms"
said "$TOOK_MS ms"
pg_set one synchronous_standby_names ''
works "and again"
stays "and again"
like "the chain holds" "$(pc audit verify 2>&1)" 'are intact'
stop_served
hang_up
finish
