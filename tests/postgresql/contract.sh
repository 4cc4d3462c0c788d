#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The contract of the store, as PostgreSQL answers it.
set -u
. "$top_srcdir/tests/postgresql/cluster.bash"
trap pg_end EXIT

pg_make one 5401 -c fsync=off
PROVCONSOLE_POSTGRESQL=$(pg_conninfo one)
export PROVCONSOLE_POSTGRESQL

# Each program numbers its tests from 1; here they are told as one list.
count=0
for program in "$top_builddir"/tests/postgresql/*; do
	[ -f "$program" ] && [ -x "$program" ] || continue
	name=${program##*/}
	printed=$("$program" 2>&1)
	status=$?
	told=0
	while IFS= read -r line; do
		case $line in
		'ok '* | 'not ok '*)
			count=$((count + 1)) told=$((told + 1))
			verdict=${line%%ok *}ok
			echo "$verdict $count - $name: ${line#*- }"
			;;
		1..* | TAP*) ;;
		*) echo "# ${line#\# }" ;;
		esac
	done <<<"$printed"
	count=$((count + 1))
	if [ "$told" -gt 0 ] && [ "$status" -eq 0 ]; then
		echo "ok $count - $name says it is done"
	else
		echo "not ok $count - $name says it is done"
		echo "# status $status, $told tests"
	fi
done
echo "1..$count"
