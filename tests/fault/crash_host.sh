#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The keeper is killed before each system call that reads, writes or answers while a UNIX account is
# linked, or the host gives an SSH key. Whenever it dies the thing and its row in the trail are both
# there or both not, the trail is whole, and what was told done is done.
. "${top_srcdir:-.}/tests/story/lib.sh"
need strace ssh-keygen

TRACE=$WORK/trace
PRINT=
CALLS=pwrite64,write,fsync,fdatasync,ftruncate,recvmsg,sendto	# what may be half done between two

traced() {
	[ "$(awk '$1 == "TracerPid:" { print $2 }' "/proc/$1/status" 2>/dev/null)" != 0 ]
}

# traced_pc OPTION… -- ARGUMENT…: a command whose keeper is under strace; STATUS is its own. A
# client whose keeper has died waits for another one that may be starting: it is not waited for.
traced_pc() {
	local options=() environment keeper tracer client

	while [ "$1" != -- ]; do
		options+=("$1")
		shift
	done
	pc user list >/dev/null || give_up "No keeper starts."
	keeper=$(keepers)
	strace -qq -o "$TRACE" -p "$keeper" -e "trace=$CALLS" "${options[@]}" 2>/dev/null &
	tracer=$!
	until_ok traced "$keeper" || give_up "strace does not attach."
	mapfile -t environment < <(environment)
	env -i "${environment[@]}" "$PROVCONSOLE" --state "$STATE" "${@:2}" >"$WORK/out" 2>&1 &
	client=$!
	until_ok has_gone "$client" "$keeper"
	pause_for 0.1
	kill "$client" "$tracer" 2>/dev/null
	wait "$client"
	STATUS=$?
	wait "$tracer"
} 2>/dev/null

# has_gone PID…: one of them
has_gone() {
	local pid

	for pid; do
		! has_ended "$pid" || return 0
	done
	return 1
}

links() {
	pc user links --json | json "sum(l['unix'] == '$1' for l in j)"
}

keys_of() {
	pc user key list alice --json | json "sum(k['fingerprint'] == '$PRINT' for k in j)"
}

# whole ACTION MARK COUNT: says what is not: how often it is there, and in the trail
whole() {
	local there=$3 row

	row=$(pc audit list --json --action "$1" |
		json "sum(r['result'] == 'ok' and '$2' in r['target'] + ' ' + r['detail'] for r in j)")
	[ "$there" = "$row" ] || echo "there $there times, and $row rows"
	[ "$STATUS" -ne 0 ] || [ "$there" = 1 ] || echo "told done, and is not"
	[ "$there" -le 1 ] || echo "there $there times"
	pc audit verify >"$WORK/verify" 2>&1 || echo "$(cat "$WORK/verify")"
}

# key N: an SSH key of that number; PRINT is its fingerprint
key() {
	rm -f "$WORK/key" "$WORK/key.pub"
	ssh-keygen -q -t ed25519 -N '' -C "key-$1" -f "$WORK/key" || give_up "ssh-keygen fails."
	PRINT=$(ssh-keygen -l -f "$WORK/key.pub" | cut -d' ' -f2)
}

try_link() {
	traced_pc "${@:2}" -- user link alice "unix-$1"
}

check_link() {
	whole user-link "unix-$1" "$(links "unix-$1")"
	pc user unlink "unix-$1" >/dev/null 2>&1
}

try_key() {
	key "$1"
	traced_pc "${@:2}" -- user key add alice "$WORK/key.pub"
}

check_key() {
	whole user-ssh-key-add "$PRINT" "$(keys_of)"
	pc user key remove alice "$PRINT" >/dev/null 2>&1
}

# crashes WHAT: at each call of it
crashes() {
	local calls call number points=0 wrong all=

	"try_$1" whole
	is "$1: without a crash it is done" "$STATUS" 0 || said "$(cat "$WORK/out")"
	is "$1: and is whole" "$("check_$1" whole)" ''
	mapfile -t calls < <(sed -nE 's/^([a-z_0-9]+)\(.*/\1/p' "$TRACE" | sort | uniq -c |
		awk '{ print $2, $1 }')
	for call in "${calls[@]}"; do
		for number in $(seq "${call#* }"); do
			"try_$1" "${call% *}-$number" \
				-e "inject=${call% *}:signal=KILL:when=$number"
			kill_keeper
			points=$((points + 1))
			wrong=$("check_$1" "${call% *}-$number")
			[ -z "$wrong" ] || all="$all
killed before ${call% *} number $number: $wrong"
		done
	done
	is "$1: at each of $points points it is all there or not at all" "$all" ''
	[ "$points" -gt 5 ]
	ok $? "$1: and these are more than five"
}

make_state root
pc user add alice >/dev/null 2>&1 || give_up "alice cannot be added."
crashes link
crashes key
finish
