#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The keeper is killed before each of the system calls that a rotation of the keys makes. Whenever it
# dies, it starts, codes are taken, and the next `key rotate` ends what was begun; then no file holds
# anything of the old keys. A full disk refuses, and loses nothing.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "$top_srcdir/tests/fault/faults.bash"

need strace

TRACE=$WORK/trace
POINTS=0
WRONG=

clock_set $EPOCH
make_state alice
enrolled alice
stop_keeper
cp -a "$STATE" "$WORK/before"

# old_bytes DATABASE: what is sealed and wrapped in it, a line of hexadecimal each
old_bytes() {
	"$PYTHON" -IS - "$1" <<-'EOF'
	import sqlite3, sys
	db = sqlite3.connect('file:' + sys.argv[1] + '?mode=ro', uri=True)
	for query in ('SELECT wrapped FROM keyring WHERE wrapped IS NOT NULL', 'SELECT sealed FROM device'):
	    for (value,) in db.execute(query):
	        print(value.hex())
	EOF
}

# found DIRECTORY: which of the old bytes its files hold
found() {
	"$PYTHON" -IS - "$1" "$WORK/old" <<-'EOF'
	import os, sys
	old = [bytes.fromhex(line) for line in open(sys.argv[2])]
	for name in sorted(os.listdir(sys.argv[1])):
	    path = os.path.join(sys.argv[1], name)
	    if os.path.isfile(path):
	        whole = open(path, 'rb').read()
	        print(''.join(name + ' ' for value in old if value in whole), end='')
	EOF
}

old_bytes "$WORK/before/console.db" >"$WORK/old"
od -An -v -tx1 "$WORK/before/console.key" | tr -d " \n" >>"$WORK/old"
echo >>"$WORK/old"
is "there are four keys, a sealed one, and console.key to look for" "$(wc -l <"$WORK/old")" 6
unlike "and they are found before" "$(found "$WORK/before")" '^$'

traced() {
	[ "$(awk '$1 == "TracerPid:" { print $2 }' "/proc/$1/status" 2>/dev/null)" != 0 ]
}

# rotate_traced STRACE-OPTION…: on a fresh copy of the state; sets STATUS
rotate_traced() {
	local keeper tracer

	rm -rf "$STATE"
	cp -a "$WORK/before" "$STATE"
	pc user list >/dev/null || give_up "No keeper starts."
	keeper=$(keepers)
	strace -qq -o "$TRACE" -p "$keeper" "$@" 2>/dev/null &
	tracer=$!
	until_ok traced "$keeper" || give_up "strace does not attach."
	pc key rotate >"$WORK/said" 2>&1
	STATUS=$?
	kill "$tracer" 2>/dev/null
	wait "$tracer" 2>/dev/null
}

signed_in() {
	"$top_builddir/tests/client/racer" "$STATE" alice "$WORK/password" "$1" 1 | grep -q '^OK 1$'
}

# whole: says what is not, after a crash
whole() {
	local left

	pc user list >/dev/null 2>&1 || { echo "no keeper starts"; return; }
	clock_move 30
	signed_in "$(code)" || { echo "a code is not taken"; return; }
	pc key rotate >/dev/null 2>&1 || { echo "the next rotation fails"; return; }
	clock_move 30
	signed_in "$(code)" || { echo "a code is not taken after the next rotation"; return; }
	left=$(found "$STATE")
	[ -z "$left" ] || echo "something old is in $left"
}

rotate_traced -e trace=all
is "without a crash a rotation is done" "$STATUS" 0 || said "$(cat "$WORK/said")"
is "and nothing old is in any file" "$(found "$STATE")" ''
kill_keeper

# Before a call that changes nothing the disk is as before the next one that does.
mapfile -t CALLS < <(sed -nE 's/^([a-z_0-9]+)\(.*/\1/p' "$TRACE" |
	grep -xE 'pwrite64|write|f(data)?sync|openat|unlink(at)?|rename(at2?)?|ftruncate|fallocate|send(to|msg)' |
	sort | uniq -c | awk '{ print $2, $1 }')
[ ${#CALLS[@]} -gt 4 ]
ok $? "and its system calls are known" || give_up "There is nothing to crash."
for call in "${CALLS[@]}"; do
	for number in $(seq "${call#* }"); do
		rotate_traced -e "trace=${call% *}" -e "inject=${call% *}:signal=KILL:when=$number"
		until_ok no_keeper || { kill_keeper; continue; }
		POINTS=$((POINTS + 1))
		wrong=$(whole)
		[ -z "$wrong" ] || WRONG="$WRONG
killed before $call number $number: $wrong"
		kill_keeper
	done
done
is "at each of $POINTS points every secret stays readable, and the rotation is ended" "$WRONG" ''
[ "$POINTS" -gt 15 ]
ok $? "and these are more than fifteen" || said "${CALLS[*]}"

# --- a full disk ------------------------------------------------------------------------------

cp "$HELPERS/faults.so" "$FAULTS"
rm -rf "$STATE"
cp -a "$WORK/before" "$STATE"
NOW= faulty_keeper
before=$(sha256sum <"$STATE/console.key")
REFUSED=0
for nth in 1 2 4 6 8 12 16 24; do
	"$HELPERS/fault" "$FAULTS" "$STATE" disk ENOSPC lasting "$nth"
	NOW= pc key rotate >"$WORK/said" 2>&1 && continue
	REFUSED=$((REFUSED + 1))
	like "a disk that is full from write $nth on refuses" "$(cat "$WORK/said")" 'disk is full|not known whether'
	"$HELPERS/fault" "$FAULTS" "$STATE" none
done
[ "$REFUSED" -gt 2 ]
ok $? "more than two were refused" || said "$REFUSED"
"$HELPERS/fault" "$FAULTS" "$STATE" none
NOW= pc key rotate >"$WORK/said" 2>&1
is "with room it is ended" $? 0 || said "$(cat "$WORK/said")"
[ "$(sha256sum <"$STATE/console.key")" != "$before" ]
ok $? "console.key is another"
stop_keeper
is "and nothing old is in any file" "$(found "$STATE")" ''
finish
