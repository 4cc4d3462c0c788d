#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Two bastions, one set of people: as README says it, with two keepers and one database; and people
# who move from one host's own state into the database, and back.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/postgresql/cluster.bash"
trap 'pg_end; clean_up' EXIT

PHRASE='staple battery horse 9'

# on NODE COMMAND…: as root of that host
on() {
	local node=$1
	shift
	"$PROVCONSOLE" --state "$WORK/$node" "$@"
}

# a_host NODE CONNINFO: a directory with the two lines
a_host() {
	mkdir -m 700 "$WORK/$1"
	printf 'store postgresql:%s\nnode %s\n' "$2" "$1" >"$WORK/$1/keeper.conf"
}

secret_of() {
	sed -nE 's/^ +(([0-9a-f]{8}-){7}[0-9a-f]{8})$/\1/p' <<<"$1"
}

pg_make one 5411 -c fsync=off -c listen_addresses=127.0.0.1 || give_up "There is no PostgreSQL."
a_host one "$(pg_conninfo one)"
# Behind the walls around a keeper there is a way to other hosts.
a_host two "$(pg_conninfo one | sed "s#host=[^ ]*#host=127.0.0.1#")"

# --- the first host, and the second ---------------------------------------------------------

on one init --user alice --password-stdin <<<"$PASSWORD" >/dev/null 2>&1
like "the first host has people in the database" "$(on one user list)" '^alice +super'
is "and no database of its own" "$(ls "$WORK/one" | grep -c 'console\.db')" 0
like "a host that was not invited is told so" "$(on two user list 2>&1)" \
	'has not joined the others. On one of them run: provconsole node join NAME'
like "nobody enters without an invitation" \
	"$(on two node enter 2>&1 <<<'00000000-00000000-00000000-00000000-00000000-00000000-00000000-00000000')" \
	'has not joined'
said=$(on one node join two)
secret=$(secret_of "$said")
is "the invitation has a secret" "${#secret}" 71
like "and says what to do with it" "$said" 'provconsole node enter'
is "which is nowhere in the database" \
	"$(pg_sql one "SELECT count(*) FROM provconsole.node_key WHERE encode(wrapped, 'hex') LIKE '%${secret//-/}%'")" 0
like "a wrong one opens nothing" "$(on two node enter 2>&1 <<<"${secret/%?/0}0")" 'not the secret'
like "nor does another's shape" "$(on two node enter 2>&1 <<<'hello')" 'not the secret'
like "with the right one the host joins" "$(on two node enter 2>&1 <<<"${secret^^}")" 'has joined'
like "once" "$(on two node enter 2>&1 <<<"$secret")" 'There is a node of that name already'
like "it has the same people" "$(on two user list)" '^alice +super'
like "it has no trail of its own yet" "$(on two audit verify)" \
	'^This host has no rows in the audit trail'
like "both are listed" "$(on one node list)" '^two +(runs|away)'
like "the one that is asked as this host" "$(on two node list)" '^two +this host'
is "also as JSON" "$(on one node list --json | python3 -c 'import json,sys
print(" ".join(n["name"] for n in json.load(sys.stdin)))')" 'one two'
# A sign of life may come between the two.
same() {
	on one node list >"$WORK/text" && on one node list --json >"$WORK/json" &&
		"$PYTHON" "$top_srcdir/tests/story/same.py" "$WORK/text" "$WORK/json" >"$WORK/differs" 2>&1 &&
		[ ! -s "$WORK/differs" ]
}
until_ok same
ok $? "which says all that the text says" || said "$(cat "$WORK/differs")"
like "a name that is taken is refused" "$(on one node join two 2>&1)" 'already'
like "and so is what is no name" "$(on one node join 'two words' 2>&1)" 'no name of a node'

# --- one set of people ------------------------------------------------------------------------

on two user add bob --role operator --password-stdin <<<"$PASSWORD" >/dev/null 2>&1
like "who is added on one is there on the other" "$(on one user list)" '^bob +operator'
on one settings set require-2fa yes >/dev/null 2>&1
is "a setting holds on both" "$(on two settings get require-2fa)" yes
is "the trail has the rows of both" \
	"$(on one audit list --json | python3 -c 'import json,sys
print(" ".join(r["action"] for r in json.load(sys.stdin)))')" \
	'init node-join node-join node-join user-add setting' # two were refused
like "each node's chain holds" "$(on one audit verify)" "Other nodes' chains that are intact: 1"
pg_sql one "UPDATE provconsole.audit SET target = 'eve' WHERE chain = 'two' AND number = 1"
like "a row that was altered is told, and whose" "$(on one audit verify 2>&1)" \
	'Row 1 of the chain of two was altered or is missing'
is "and is a failure" "$(on one audit verify >/dev/null 2>&1; echo $?)" 1
pg_sql one "UPDATE provconsole.audit SET target = 'bob' WHERE chain = 'two' AND number = 1"
like "the keys are not renewed behind the other's back" "$(on one key rotate 2>&1)" \
	'Keys are renewed while there is one node'

# --- a copied machine --------------------------------------------------------------------------

until_ok eval '! keepers "$WORK/one" | grep -q .' || :
stop_those=$(keepers "$WORK")
# shellcheck disable=SC2086 # a list of numbers
[ -z "$stop_those" ] || kill_hard $stop_those
cp -a "$WORK/one" "$WORK/copy"
"$KEEPER" --state "$WORK/one" 2>"$WORK/first" &
first=$!
until_ok test -S "$WORK/one/socket"
like "a second keeper of one name does not start" \
	"$(timeout 20 "$KEEPER" --state "$WORK/copy" 2>&1)" 'node.s name is running on another host'
kill "$first"
wait "$first" 2>/dev/null

# --- moving out, and in --------------------------------------------------------------------------

on one backup "$WORK/backup" --passphrase-stdin <<<"$PHRASE" >/dev/null 2>&1
ok $? "a backup is made of the database"
STATE=$WORK/alone
"$PROVCONSOLE" --state "$STATE" restore "$WORK/backup" --passphrase-stdin <<<"$PHRASE" \
	>"$WORK/said" 2>&1
ok $? "and restored into a host of its own" || said "$(cat "$WORK/said")"
like "with its people" "$(pc user list)" '^bob +operator'
like "and the node's trail" "$(pc audit verify)" 'are intact'
like "where there are no nodes" "$(pc node list 2>&1)" 'keeps its people on this host alone'
like "and none is invited" "$(pc node join two 2>&1)" 'keeps its people on this host alone'
pc user add carol --role operator --password-stdin <<<"$PASSWORD" >/dev/null 2>&1
pc backup "$WORK/back" --passphrase-stdin <<<"$PHRASE" >/dev/null 2>&1
pg_make other 5412 -c fsync=off
mkdir -m 700 "$WORK/three"
printf 'store postgresql:%s\nnode three\n' "$(pg_conninfo other)" >"$WORK/three/keeper.conf"
on three restore "$WORK/back" --passphrase-stdin <<<"$PHRASE" >"$WORK/said" 2>&1
ok $? "people of a host move into a database" || said "$(cat "$WORK/said")"
like "all of them" "$(on three user list)" '^carol +operator'
like "with their trail" "$(on three audit verify)" 'are intact'
like "which is not overwritten" \
	"$(on three restore "$WORK/back" --passphrase-stdin <<<"$PHRASE" 2>&1)" 'keeper|people|already'

# --- one host less --------------------------------------------------------------------------------

like "nobody takes itself away" "$(on one node remove one 2>&1)" 'runs as that node'
like "nor a node that is not there" "$(on one node remove four 2>&1)" 'no node of that name'
on one node remove two
like "a host that was removed is listed so" "$(on one node list)" '^two +removed'
like "is let in no more" "$(on two user list 2>&1)" 'has not joined'
is "its keys are gone" "$(pg_sql one "SELECT count(*) FROM provconsole.node_key WHERE node = 'two'")" 0
like "and its rows stay" "$(on one audit verify)" "Other nodes' chains that are intact: 1"
finish
