#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# provconsole metrics: a text that Prometheus takes, counters that move by what was done and nothing
# else, and no name of anybody.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/client/strangers.bash"

# values SAMPLE…: of now, after provconsole_
values() {
	pc metrics >"$WORK/metrics" || said "status $?"
	"$PYTHON" -IS "${top_srcdir:-.}/tests/client/prometheus.py" "${@/#/provconsole_}" \
		<"$WORK/metrics" 2>&1 | tr '\n' ' '
}

WRONG='refusals_total{step="password",reason="wrong"}'
PAUSED='refusals_total{step="password",reason="paused"}'
CODE='refusals_total{step="code",reason="wrong"}'
REPLAY='refusals_total{step="code",reason="replay"}'

make_configured alice
stop_keeper
serve
is "numbers in the text format of Prometheus, one family after the other" \
	"$(values | sed 's/provconsole_//g')" \
	"build_info uptime_seconds sign_ins_total pam_codes_total alarms_total sessions hash_queue_jobs hash_queue_limit people people_with_2fa people_paused audit_rows database_bytes database_log_bytes last_backup_timestamp_seconds store_faulty refusals_total lines lines_limit "
is "whose version it is, and the wire's" \
	"$(grep -c "^provconsole_build_info{version=\"$("$PROVCONSOLE" --version |
		awk '{ print $2 }')\",wire=\"[0-9]*\"} 1\$" "$WORK/metrics")" 1
is "a keeper that has just started counts from nothing, all that it will count" \
	"$(values sign_ins_total alarms_total "$WRONG" "$PAUSED" "$CODE" "$REPLAY" people \
		people_with_2fa people_paused sessions store_faulty \
		last_backup_timestamp_seconds)" '0 0 0 0 0 0 1 1 0 0 0 0 '
is "its own line is the host's" "$(values 'lines{share="host"}' 'lines{share="stranger"}')" '1 0 '
rows=$(values audit_rows)
is "the rows of the trail are those that the trail has" "$rows" \
	"$(pc audit list --json | json 'len(j)') "

for try in 1 2 3 4 5; do
	tries alice 203.0.113.9 "wrong $try"
done
is "five wrong passwords" "$(values "$WRONG" "$PAUSED" sign_ins_total)" '5 0 0 '
tries alice 203.0.113.9 "$PASSWORD"
is "one that was not looked at" "$(values "$WRONG" "$PAUSED")" '5 1 '
tries alice 203.0.113.10 "$PASSWORD"
is "somebody stands at the second door" "$(values 'lines{share="password"}' sessions)" '1 0 '
ask try code "$(wrong_code)"
is "a wrong code" "$(values "$CODE" "$REPLAY" sign_ins_total)" '1 0 0 '
spent=$(code 1)
ask try code "$spent"
says "the right one" OK
is "a sign-in, and a session" "$(values "$CODE" sign_ins_total sessions 'lines{share="signed-in"}')" \
	'1 1 1 1 '
ask other open 203.0.113.11
ask other password alice "$PASSWORD"
ask other code "$spent"
is "the same code again" "$(values "$REPLAY" sign_ins_total)" '1 1 '
ask try HOME
is "what is done at home is nothing to count" "$(values "$WRONG" "$CODE" sign_ins_total)" '5 1 1 '
ask try close
ended() {
	[ "$(values sessions)" = '0 ' ]
}
until_ok ended
ok $? "the session is over"
echo 'a passphrase of some length' >"$WORK/passphrase"
before=$(date +%s)
pc backup "$WORK/backup" --passphrase-file "$WORK/passphrase" >/dev/null 2>&1
at=$(values last_backup_timestamp_seconds)
[ "$at" -ge "$before" ] && [ "$at" -le "$(date +%s)" ]
ok $? "when the last backup was made" || said "$at"
unlike "and nobody's name, nor where from" "$(cat "$WORK/metrics")" 'alice|203\.0'

hang_up
served_ends "at the end"
serve
is "the next keeper counts from nothing" "$(values "$WRONG" "$PAUSED" sign_ins_total)" '0 0 0 '

# --- a full output, and who may not ask -------------------------------------------------------

pc metrics >/dev/full 2>"$WORK/full"
is "what cannot be written is no success" "$?" 1
ask try open 203.0.113.12
ask try METRICS
is "a person is cut" "${VERDICT%%:*}" ENDED

finish
