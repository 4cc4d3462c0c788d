#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A standby takes over: no code counts twice, nothing that was acknowledged is lost, and people are
# soon let in again.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "${top_srcdir:-.}/tests/client/strangers.bash"
. "${top_srcdir:-.}/tests/postgresql/cluster.bash"
. "${top_srcdir:-.}/tests/postgresql/days.bash"
trap 'pg_end; clean_up_strangers' EXIT

# follows STANDBY PRIMARY PORT: a synchronous one, or not with "late"
follows() {
	pg_standby "$1" "$2" "$3" || give_up "No standby."
	[ -n "${4:-}" ] || pg_set "$2" synchronous_standby_names "$1"
	until_ok streams "$2" "${4:-sync}"
}

streams() {
	[ "$(pg_sql "$1" "SELECT sync_state FROM pg_stat_replication")" = "${2/late/async}" ]
}

trail() {
	pc audit list --json | json "' '.join(map(str, sorted(r['id'] for r in j if r['node'] == 'one')))"
}

floor() {
	pg_sql "$1" 'SELECT floor FROM provconsole.state'
}

# spends CODE: the verdict on that code of carol's
spends() {
	PLACE=$((PLACE + 1))
	ask codes open "198.51.100.$((PLACE % 250 + 1))"
	ask codes password carol "$PASSWORD"
	[ "$VERDICT" = OK ] && ask codes code "$1"
}

# takes_over STANDBY PRIMARY: by force; TOOK_OVER is when
takes_over() {
	pg_kill "$2"
	busy "$1 is needed"
	pg_as "$pg_bin/pg_ctl" -D "$pg_root/$1" -w -s promote || give_up "No promotion."
	works "$1 took over" 5
	spends "$SPENT_CODE"
	[ "$VERDICT" = CODE_USED ] || [ "$VERDICT" = RESTORED ]
	ok $? "$1 took over: a code that was spent stays spent" || said "$VERDICT at $DOOR"
	said "$VERDICT"
	[ "$(floor "$1")" -gt $(($(date +%s) / 30 - 2)) ]
	ok $? "$1 took over: no older code counts" || said "$(floor "$1")"
	like "$1 took over: the chain holds" "$(pc audit verify 2>&1)" 'are intact'
}

# What has passed by then: a minute, in which the next codes come to count
a_minute_later() {
	pg_sql "$1" "UPDATE provconsole.state SET floor = 0"
}

pg_make first 5431 || give_up "There is no PostgreSQL."
follows second first 5432
keep "host=$pg_root,$pg_root port=5431,5432 dbname=postgres user=$pg_user target_session_attrs=read-write" one
pc init --user alice --password-stdin <<<"$PASSWORD" >/dev/null 2>&1 || give_up "no init"
person bob >/dev/null 2>&1
person carol >/dev/null 2>&1
stop_keeper
serve
carol_enrols "carol has an authenticator"
no_2fa_asked
come_in there
says "somebody is in" OK

# --- a synchronous standby ------------------------------------------------------------------------

SPENT_CODE=$(code 1)
spends "$SPENT_CODE"
says "a code is spent on the primary" OK
acknowledged=$(trail)
takes_over second first
is "nothing that was acknowledged is lost" "$(trail | cut -c "1-${#acknowledged}")" "$acknowledged"
stays "second took over"

# --- and again ----------------------------------------------------------------------------------------

follows third second 5431
works "a standby is there again"
acknowledged=$(trail)
takes_over third second
is "nothing is lost by the second promotion" "$(trail | cut -c "1-${#acknowledged}")" "$acknowledged"
stays "third took over"

# --- one that lacks the last rows -----------------------------------------------------------------------

pg_set third synchronous_standby_names ''
follows fourth third 5432 late
behind=$(trail)
pg_as "$pg_bin/pg_ctl" -D "$pg_root/fourth" -m fast -w -s stop
for _ in 1 2 3 4 5 6; do
	until_ok is_in || give_up "Nobody comes in without a standby."
done
ahead=$(trail)
[ "${#ahead}" -gt "${#behind}" ]
ok $? "there are rows that the standby lacks"
before=$(pc metrics | sed -n 's/^provconsole_sign_ins_total //p')
pg_kill third
pg_start fourth
takes_over_late=$(pg_as "$pg_bin/pg_ctl" -D "$pg_root/fourth" -w -s promote 2>&1)
is "fourth is promoted" "$takes_over_late" ""
works "a standby that lacks rows" 5
like "its chain goes on, and holds" "$(pc audit verify 2>&1)" 'are intact'
[ "$(floor fourth)" -gt $(($(date +%s) / 30)) ]
ok $? "no code counts that may have been spent" || said "$(floor fourth)"
after=$(pc metrics | sed -n 's/^provconsole_sign_ins_total //p')
said "sign-ins: $before, $after"
[ "${after:-0}" -gt "${before:-0}" ]
ok $? "what is written in place of lost rows is told to the host's log"

stop_served
hang_up
finish
