#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A restore is killed before each of the system calls by which it changes anything. Then there is no
# console in that directory, or the whole of it; in either case it can be gone on with.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"

need strace

TRACE=$WORK/trace
PHRASE='staple battery horse 9'
POINTS=0 NONE=0 WHOLE=0
WRONG=

make_state alice
person bob
pc backup "$WORK/backup" --passphrase-stdin <<<"$PHRASE" 2>/dev/null || give_up "There is no backup."
stop_keeper
FIRST=$STATE
STATE=$WORK/second

# restore_traced BEFORE STRACE-OPTION…: into a copy of a directory; the keeper's program, as the
# console runs it
restore_traced() {
	rm -rf "$STATE"
	cp -a "$1" "$STATE"
	shift
	{ strace -f -qq -o "$TRACE" "$@" "$KEEPER" --state "$STATE" --restore <<<"$PHRASE" \
		3<"$WORK/backup" >"$WORK/said"; } 2>/dev/null
	STATUS=$?
}

restore_again() {
	pc restore "$WORK/backup" --passphrase-stdin <<<"$PHRASE" >"$WORK/said" 2>&1
}

people() {
	pc user list --json 2>/dev/null | json "' '.join(u['name'] for u in j)" 2>/dev/null
}

# whole: says what is not, after a crash
whole() {
	if [ -s "$STATE/console.db" ] && [ "$(people)" = 'alice bob' ]; then
		WHOLE=$((WHOLE + 1))
	else
		stop_keeper
		NONE=$((NONE + 1))
		[ "$(people)" = '' ] || { echo "half of it is there: $(people)"; return; }
		stop_keeper
		restore_again || { echo "it cannot be restored again: $(cat "$WORK/said")"; return; }
		[ "$(people)" = 'alice bob' ] || { echo "the next restore is not whole"; return; }
	fi
	[ "$(ls -A "$STATE" | grep -cE '^(restore|console\.key\.new)$')" -eq 0 ] ||
		echo "something is left over: $(ls -A "$STATE")"
}

# at_each WHAT DIRECTORY
at_each() {
	local call number wrong calls

	restore_traced "$2" -e trace=all
	is "$1: without a crash it is restored" "$STATUS $(people)" '0 alice bob' || said "$(cat "$WORK/said")"
	stop_keeper
	mapfile -t calls < <(sed -nE 's/^[0-9]+ +([a-z_0-9]+)\(.*/\1/p' "$TRACE" |
		grep -xE 'pwrite64|f(data)?sync|mkdirat|unlink(at)?|rename(at2?)?|ftruncate|fallocate' |
		sort | uniq -c | awk '{ print $2, $1 }')
	WRONG= POINTS=0 NONE=0 WHOLE=0
	for call in "${calls[@]}"; do
		# Of many alike the first, one between and the last ones are looked at.
		for number in $(seq "${call#* }" | awk -v n="${call#* }" \
			'NR == 1 || NR == int(n / 2) || NR > n - 2 || n < 6'); do
			restore_traced "$2" -e "trace=${call% *}" -e "inject=${call% *}:signal=KILL:when=$number"
			[ "$STATUS" -ne 0 ] || continue
			POINTS=$((POINTS + 1))
			wrong=$(whole; echo "$NONE $WHOLE" >"$WORK/counts")
			read -r NONE WHOLE <"$WORK/counts"
			[ -z "$wrong" ] || WRONG="$WRONG
killed before ${call% *} number $number: $wrong"
			stop_keeper
		done
	done
	is "$1: at each of $POINTS points there is none or the whole" "$WRONG" ''
	[ "$POINTS" -gt 15 ] && [ "$NONE" -gt 5 ] && [ "$WHOLE" -gt 0 ]
	ok $? "$1: these are more than fifteen; $NONE times there was none, $WHOLE times all" ||
		said "${calls[*]}"
}

mkdir -m 700 "$WORK/empty"
at_each "into an empty directory" "$WORK/empty"

# A service was started there, and nobody has set it up.
mkdir -m 700 "$STATE.begun"
rm -rf "$STATE"
STATE=$STATE.begun
env -i PATH="$PATH" LC_ALL=C.UTF-8 "$KEEPER" --state "$STATE" &
until_ok test -S "$STATE/socket" || give_up "No keeper starts."
stop_keeper
STATE=$WORK/second
at_each "where a keeper has begun" "$WORK/second.begun"
is "and the doctor is content with the last one" "$(restore_traced "$WORK/empty" -e trace=none; pc doctor --json |
	json "[f['ok'] for f in j if f['check'] in ('database', 'audit', 'key', 'files')]")" '[true, true, true, true]'
finish
