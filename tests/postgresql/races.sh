#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Four keepers of one database, n1 to n4: what they are asked at one moment, on all of them, is
# decided as if there were one.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "$top_srcdir/tests/postgresql/cluster.bash"
KEEPER=$top_builddir/provconsole-keeper-postgresql
CLIENT=$top_builddir/tests/client
NODES=(n1 n2 n3 n4)
SERVICES=()

# Whatever was started here ends, keepers before their database.
clean_up_races() {
	exec {SERVE_IN}>&- 2>/dev/null
	wait "${SERVICES[@]}" "$STAYS" 2>/dev/null
	pg_end
	clean_up
}
STAYS=
trap clean_up_races EXIT

# on NODE ARGUMENT…: the command line there
on() {
	STATE=$WORK/$1 pc "${@:2}"
}

sql() {
	pg_sql one "SET search_path = provconsole; $1"
}

# A keeper of that node runs until the end of the test.
serve_node() {
	"$CLIENT/service" "$WORK/$1" "$KEEPER" <"$WORK/serve" >"$WORK/$1.service" 2>&1 {SERVE_IN}>&- &
	SERVICES+=($!)
	until_ok [ -S "$WORK/$1/socket" ] || give_up "No keeper starts: $(cat "$WORK/$1.service")"
}

# verdicts WORD FILE: how often that was told
verdicts() {
	awk -v word="$1" '{ for (i = 1; i < NF; i += 2) if ($i == word) sum += $(i + 1) }
		END { print sum + 0 }' "$2"
}

# --- four nodes ------------------------------------------------------------------------

pg_make one 5401 -c fsync=off
for node in "${NODES[@]}"; do
	mkdir -m 700 "$WORK/$node"
	printf 'store postgresql:%s\nnode %s\n' "$(pg_conninfo one)" "$node" >"$WORK/$node/keeper.conf"
done
mkfifo "$WORK/serve"
exec {SERVE_IN}<>"$WORK/serve"
printf '%s\n' "$PASSWORD" >"$WORK/password"
serve_node n1
on n1 init --user racer --password-stdin <"$WORK/password" 2>/dev/null || give_up "init fails."
for node in n2 n3 n4; do
	on n1 node join "$node" >"$WORK/invitation" 2>&1
	secret=$(grep -E '^ +[0-9a-f-]{71}$' "$WORK/invitation" | tr -d ' ')
	on "$node" node enter <<<"$secret" >"$WORK/entered" 2>&1 ||
		give_up "$node does not join: $(cat "$WORK/invitation" "$WORK/entered")"
	serve_node "$node"
done
STATES=("${NODES[@]/#/$WORK/}")
is "four nodes run" "$(on n3 node list | grep -cE ' (runs|this host) ')" 4

# --- one code ---------------------------------------------------------------------------

coproc ENROL { "$CLIENT/enrol" "$WORK/n1" racer "$WORK/password"; }
enrols=$!
read -r KEY <&"${ENROL[0]}"
code >&"${ENROL[1]}"
mapfile -t CODES <&"${ENROL[0]}"
wait "$enrols" 2>/dev/null
is "somebody has two factors" "${#CODES[@]}" 10

# Each round the code is as new as if nobody had spent one, and nobody has failed.
fresh_code() {
	sql "UPDATE device SET last_step = 0; UPDATE account SET code_failures = 0,
		code_paused_until = 0; DELETE FROM throttle_hour"
	code
}

coproc RACE { "$CLIENT/nodes" race racer "$WORK/password" 200 "${STATES[@]}" 2>&1; }
read -r told <&"${RACE[0]}"
is "200 have passed the password, 50 on each node" "$told" ready
for round in {1..20}; do
	fresh_code >&"${RACE[1]}"
	read -r told <&"${RACE[0]}" || break
	echo "$told" >>"$WORK/race"
done
eval "exec ${RACE[1]}>&-"
is "20 times all of them send one code" "$(wc -l <"$WORK/race")" 20
is "and one is in" "$(grep -c '\bOK 1\b' "$WORK/race")" 20 || said "$(cat "$WORK/race")"
is "the others are told that it is used, or to wait" \
	"$(($(verdicts CODE_USED "$WORK/race") + $(verdicts PAUSED "$WORK/race")))" \
	"$((20 * 199 - $(verdicts BUSY "$WORK/race")))" || said "$(cat "$WORK/race")"
is "no more than a pause allows were looked at" "$(awk '{
	for (i = 1; i < NF; i += 2)
		if ($i == "CODE_USED" && $(i + 1) > 5)
			n++ } END { print n + 0 }' "$WORK/race")" 0 || said "$(cat "$WORK/race")"
is "20 sign-ins are in the trails" "$(sql "SELECT count(*) FROM audit WHERE action = 'sign-in'
	AND result = 'ok' AND who = 'racer' AND number > 0")" 21

# --- two Super Administrators ---------------------------------------------------------------

on n1 settings set require-2fa no
for name in one two; do
	on n1 user add "$name" --role super-administrator --password-stdin <"$WORK/password"
done
on n1 user remove racer
"$CLIENT/demotions" "$WORK/n1" "$WORK/password" 20 "$WORK/n2" >"$WORK/verdicts" 2>&1
is "20 times two on two nodes do away with each other" "$(wc -l <"$WORK/verdicts")" 20
is "in each, one was done" "$(grep -cE '^OK |OK$' "$WORK/verdicts")" 20 ||
	said "$(cat "$WORK/verdicts")"
is "and never both" "$(grep -c '^OK OK$' "$WORK/verdicts")" 0 || said "$(cat "$WORK/verdicts")"
is "one enabled Super Administrator is there" "$(sql "SELECT count(*) FROM account
	WHERE role = 2 AND enabled = 1")" 1
unlike "nobody was told that something failed" "$(cat "$WORK/verdicts")" 'FAILED|STORE|CORRUPT|BUSY'

# --- failures -------------------------------------------------------------------------------

on n1 settings set pause-after 10
for number in {0..39}; do
	on n1 user add "person-$number" --password-stdin <"$WORK/password"
done
sql "DELETE FROM throttle; DELETE FROM throttle_hour"
before=$(sql "SELECT count(*) FROM audit WHERE action = 'password' AND result <> 'ok'")
"$CLIENT/nodes" fail 800 40 20 10 "${STATES[@]}" >"$WORK/failures" 2>&1
is "800 passwords are wrong" "$(verdicts CREDENTIALS "$WORK/failures")" 800 ||
	said "$(cat "$WORK/failures")"
is "each is counted for its person" "$(sql "SELECT sum(failures_since) FROM account
	WHERE name LIKE 'person-%'")" 800
is "and for its name and address" "$(sql "SELECT sum(failures), min(failures), max(failures),
	count(*) FROM throttle")" "800|10|10|80"
is "and each of these pauses" "$(sql "SELECT count(*) FROM throttle
	WHERE paused_until > extract(epoch FROM clock_timestamp()) - 120")" 80
# The hours of 40 names and of 80 addresses: two bytes a minute.
is "and in the hour of each" "$(sql "SELECT count(*), min(n), max(n), sum(n) FROM (
	SELECT sum(get_byte(counts, 2 * i) * 256 + get_byte(counts, 2 * i + 1)) AS n
	FROM throttle_hour, generate_series(0, 59) AS i GROUP BY id) AS hours")" "120|10|20|1600"
is "and has its row in a trail" "$(($(sql "SELECT count(*) FROM audit
	WHERE action = 'password' AND result <> 'ok'") - before))" 800

# --- one pause ------------------------------------------------------------------------------

on n2 settings set pause-after 5
sql "DELETE FROM throttle; DELETE FROM throttle_hour"
told=$("$CLIENT/nodes" fail 5 1 1 100 "$WORK/n1" 2>&1)
is "five wrong passwords on one node" "$told" "CREDENTIALS 5"
told=$("$CLIENT/nodes" fail 3 1 1 100 "${STATES[@]:1}" 2>&1)
is "are a pause on each other" "$told" "PAUSED 3"
sql "DELETE FROM throttle; DELETE FROM throttle_hour"
told=$("$CLIENT/nodes" fail 100 1 1 100 "${STATES[@]}" 2>&1)
is "of a hundred on all nodes at once five are looked at" "$told" "CREDENTIALS 5 PAUSED 95"

# --- what one node does holds on another ------------------------------------------------------

# stays NAME: signed in on n2, in the background; DOOR is behind the password
stays() {
	coproc STAY { "$CLIENT/nodes" stay "$1" "$WORK/password" "$WORK/n2" 2>&1; }
	STAYS=$!
	exec {STAY_OUT}<&"${STAY[0]}"-
	read -r DOOR <&"$STAY_OUT"
}

# ended WHAT VERDICT COMMAND…: by the command on n1, within 1.5 s
ended() {
	local began verdict at

	began=$((${EPOCHREALTIME/./} / 1000))
	on n1 "${@:3}" >/dev/null || said "the command failed"
	read -r verdict at <&"$STAY_OUT"
	wait "$STAYS"
	STAYS=
	exec {STAY_OUT}<&-
	is "$1" "$verdict" "$2"
	[ $((${at:-0} - began)) -le 1500 ] && [ "${at:-0}" -ge "$began" ]
	ok $? "within a second and a half" || said "$((at - began)) ms"
	said "$((at - began)) ms"
}

sql "DELETE FROM throttle; DELETE FROM throttle_hour"
stays person-1
is "somebody is at home on n2" "$DOOR" HOME
ended "who is disabled on n1 is signed out on n2" ENDED user disable person-1
stays person-2
ended "so is who is reset" ENDED user reset-2fa person-2 --reason test
stays person-3
ended "and who is removed" ENDED user remove person-3
on n1 settings set require-2fa yes
stays person-4
is "a setting of n1 holds on n2 at once" "$DOOR" CONFIGURE
kill "$STAYS"
wait "$STAYS"
STAYS=

# --- the trails -----------------------------------------------------------------------------

rows=$(sql "SELECT count(*) FROM audit")
for node in "${NODES[@]}"; do
	is "$node lists the rows of all" "$(on "$node" audit list --json | json 'len(j)')" "$rows"
	like "and finds all chains whole" "$(on "$node" audit verify 2>&1)" 'chains that are intact: 3'
done
sql "UPDATE audit SET who = 'nobody' WHERE chain = 'n3' AND number = 2"
told=$(on n1 audit verify 2>&1)
is "a row that was changed is found" "$?" 1
like "with the node whose it is" "$told" '\bn3\b' || said "$told"

# --- no ring, and nobody is put off -----------------------------------------------------------

unlike "no turn waited in a ring" "$(cat "$pg_root/one.log")" 'deadlock detected'
# A machine that stands still for a second costs one turn, which is refused as a whole.
away=$(($(verdicts BUSY "$WORK/race") + $(verdicts BUSY "$WORK/failures")))
[ "$away" -le 50 ]
ok $? "of 4800 requests no more than one turn was put off" || said "$away"
said "$away of 4800 requests were put off"
unlike "nobody was told that nobody knows" \
	"$(cat "$WORK/race" "$WORK/verdicts" "$WORK/failures")" 'UNSURE|AWAY'
unlike "no statement failed" "$(cut -c1-300 "$pg_root/one.log" | grep -v 'due to lock timeout')" \
	'ERROR|FATAL'
is "all keepers run still" "$(cat "$WORK"/n?.service | grep -vE '^[0-9]+$')" ''
finish
