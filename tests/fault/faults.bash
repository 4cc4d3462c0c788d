# SPDX-License-Identifier: GPL-3.0-or-later
# What the bad days share. Sourced after lib.sh.
#
#   faulty_keeper       a keeper that stays, under faults.so ($FAULTS), where nothing fails yet
#   quiet WHAT PID…     a test: left alone, these do next to nothing
#   says WHAT PATTERN COMMAND…    a test: status 1, and one sentence, of that
#   doctor_wrong        the checks that fail, by name
#   MOUNTED             a file system that goes at the end
HELPERS=$top_builddir/tests/fault
FAULTS=$WORK/faults.so
MOUNTED=

# A keeper has its state open: it goes first.
clean_up_faults() {
	[ -z "$MOUNTED" ] || { stop_keeper; umount "$MOUNTED"; }
	clean_up
}
trap clean_up_faults EXIT

faulty_keeper() {
	rm -f "$FAULTS.page"
	"$HELPERS/fault" "$FAULTS" "$STATE" none
	env -i PATH="$PATH" LC_ALL=C.UTF-8 LD_PRELOAD="$FAULTS" "$KEEPER" \
		--state "$STATE" 2>"$WORK/keeper" &
	until_ok test -S "$STATE/socket" || give_up "No keeper starts: $(cat "$WORK/keeper")"
}

quiet() {
	local what=$1 before='' after=''

	shift
	before=$(ticks "$@") && pause_for 0.5 && after=$(ticks "$@") &&
		[ $((after - before)) -le 2 ]
	ok $? "$what: nothing spins" || said "$before, then $after ticks"
}

says() {
	local what=$1 pattern=$2 out

	shift 2
	out=$("$@" 2>&1 >/dev/null)
	is "$what: refused" "$? $(wc -l <<<"$out")" '1 1'
	like "$what: in a sentence" "$out" '^provconsole: [A-Z].*\.$'
	like "$what: which says why" "$out" "$pattern"
}

doctor_wrong() {
	pc doctor --json 2>/dev/null | json "' '.join(f['check'] for f in j if not f['ok'])"
}
