#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A keeper's first start and its days after that are recorded, with every answer that was told; so are
# new keys, a pruned trail, and a backup that is restored. Then the power is cut anywhere, in thousands
# of images of what a disk may have kept by then. Each is opened: nothing that was told is lost, nothing
# is half there, the trail is whole, the keys fit and open every secret.
#   POWER_CUTS     how many images (2000); `make power-cuts` looks at 20000
#   POWER_SEED     which ones; printed
#   POWER_RECORD   a record to be cut, instead of a new one: what failed is printed with it
. "${top_srcdir:-.}/tests/story/lib.sh"
. "$top_srcdir/tests/fault/faults.bash"

IMAGES=${POWER_CUTS:-2000}
SEED=${POWER_SEED:-$RANDOM$RANDOM}
RECORD=$WORK/recorder.so.record
DISK=$WORK/disk
BELOW=.local/state/provconsole
STATE=$DISK/$BELOW
FOUND=$top_builddir/tests/fault/power_cuts	# and the test's number, .record
LAST=999999999	# operations: after all of them

cp "$HELPERS/recorder.so" "$HELPERS/faults.so" "$WORK"
RECORDED=("LD_PRELOAD=$WORK/recorder.so:$FAULTS")
echo "$PASSWORD" >"$WORK/password"

# Images are many, and a file system in memory is fast.
SCRATCH=$(mktemp -d /dev/shm/provconsole-cuts.XXXXXX 2>/dev/null) || SCRATCH=$WORK/scratch
mkdir -p "$SCRATCH"
clean_up_scratch() {
	rm -rf "$SCRATCH"
	clean_up_faults
}
trap clean_up_scratch EXIT

cuts() {
	"$HELPERS/cuts" "$@"
}

# days STATE before|first|later|last CHANGES
days() {
	local state=$1

	shift
	"$HELPERS/days" "$RECORD" "$FAULTS" "$state" "$WORK/password" "$@"
}

# A new disk, with a console that nobody set up.
new_disk() {
	rm -rf "$DISK"
	mkdir "$DISK"
	cuts new "$RECORD" "$DISK" && days "$DISK" before 1 || give_up "There is no record."
	EXTRA=("${RECORDED[@]}")
}

set_up() {
	pc init --user alice --password-stdin <<<"$PASSWORD" 2>"$WORK/said"
}

# checked WHAT ARGUMENT…: a test: what a cut leaves holds what was told
checked() {
	local what=$1 out record

	shift
	if out=$(cuts check "$RECORD" "$BELOW" "$SCRATCH" "$@" 2>&1); then
		ok 0 "$what"
		[ -z "$out" ] || said "$out"
		return
	fi
	record=$RECORD
	if [ -z "${POWER_RECORD:-}" ]; then
		record=$FOUND.$((TESTS + 1)).record
		cp --sparse=always "$RECORD" "$record"
	fi
	ok 1 "$what" || said "$out
Once more: $HELPERS/cuts check $record $BELOW DIRECTORY CUT
The image: $HELPERS/cuts image $record CUT EMPTY-DIRECTORY"
}

if [ -n "${POWER_RECORD:-}" ]; then
	RECORD=$POWER_RECORD
	checked "$IMAGES cuts of a record (POWER_SEED=$SEED)" "$SEED" "$IMAGES"
	finish
fi
rm -f "$FOUND".*.record

# --- the order of syncs ------------------------------------------------------------------

# Names come before what is told of them: each is synced with its directory. The last syncs before
# "told" are the schema's, the keys', and the mark that it was set up; then the keeper greets, and the
# first Super Administrator is made.
new_disk
set_up || give_up "It cannot be set up: $(cat "$WORK/said")"
is "a first start syncs what it makes before it is relied upon" "$(cuts order "$RECORD" first)" \
	'mkdir .local
sync .
mkdir state
sync .local
mkdir provconsole
sync state
create console.key.new
write console.key.new
sync console.key.new
rename console.key.new
sync provconsole
create console.db
sync provconsole
create console.db-journal
sync provconsole
write console.db-journal
sync console.db-journal
sync provconsole
write console.db-journal
sync console.db-journal
write console.db
sync console.db
unlink console.db-journal
create console.db-wal
sync provconsole
write console.db-wal
sync console.db-wal
sync provconsole
write console.db-wal
sync console.db-wal
write console.db-wal
sync console.db-wal
write console.db-wal
sync console.db-wal
write console.db-wal
sync console.db-wal
write console.db-wal
sync console.db-wal
write console.db-wal
sync console.db-wal
write console.db-wal
sync console.db-wal
sync provconsole
write console.db-wal
sync console.db-wal
sync state
create console.set-up
sync console.set-up
sync provconsole
told
write console.db-wal
sync console.db-wal
write console.db-wal
sync console.db-wal
told'

# --- cuts anywhere --------------------------------------------------------------------------

out=$(days "$STATE" first 650 2>&1)
ok $? "on the first days people come, and a setting changes 650 times" || give_up "$out"
stop_keeper
pc user list >/dev/null
out=$(days "$STATE" later 100 2>&1)
ok $? "after a clean stop and a start there are more days" || give_up "$out"
kill_keeper
pc user list >/dev/null
out=$(days "$STATE" last 50 2>&1)
ok $? "and after it was killed some more" || give_up "$out"
stop_keeper
[ "$(cuts order "$RECORD" all | grep -c '^sync console\.db$')" -ge 4 ]
ok $? "the log was copied back at both ends, and once in between at least"

checked "$IMAGES cuts lose nothing that was told, and leave nothing half (POWER_SEED=$SEED)" \
	"$SEED" "$IMAGES"

# A few of them, with the programs themselves.
operations=$(cuts order "$RECORD" count)
EXTRA=()
for n in 1 2 3 4 5; do
	spec=$((operations - RANDOM % (operations / 2))).2.$SEED
	STATE=$WORK/image-$n/$BELOW
	mkdir "$WORK/image-$n"
	cuts image "$RECORD" "$spec" "$WORK/image-$n"
	out=$(pc user list --json | json "' '.join(u['name'] + ('+' if u['2fa'] else '-') for u in j)")
	like "a keeper starts after a cut ($spec), and knows everybody" "$out" '^alice\+( bob-)?( dora-)?$'
	is "and root's doctor finds nothing in database and trail" "$(pc doctor --json |
		json "[f['ok'] for f in j if f['check'] in ('database', 'audit', 'key')]")" '[true, true, true]'
	stop_keeper
done
STATE=$DISK/$BELOW

# --- new keys, a trail that is pruned, a backup that is restored ------------------------------

# forgotten SUBJECT…: rows of these, which were told, may be gone from now on
forgotten() {
	local subject

	for subject; do
		cuts mark "$RECORD" "trail $subject 0"
	done
}

new_disk
set_up || give_up "It cannot be set up: $(cat "$WORK/said")"
out=$(days "$STATE" first 60 2>&1) || give_up "$out"
pc key rotate >/dev/null 2>"$WORK/said"
ok $? "the keys are replaced" || said "$(cat "$WORK/said")"
cuts mark "$RECORD" 'trail host:root/key-rotate/ok 1'
middle=$(pc audit list --json | json "sorted(r['time'] for r in j)[len(j) // 2]")
pc audit prune --before "$(env -u TZ date -d "@$middle" +%FT%T)" >/dev/null 2>"$WORK/said"
ok $? "half of the trail is pruned" || said "$(cat "$WORK/said")"
forgotten alice/{code/ok,code/wrong,recovery-codes-saved/ok} bob/password/wrong host:root/key-rotate/ok
cuts mark "$RECORD" 'trail host:root/audit-prune/ok 1'
pc backup "$WORK/backup" --passphrase-stdin <<<"$PASSWORD" 2>/dev/null
ok $? "a backup is taken"
stop_keeper
checked "$((IMAGES / 4)) cuts leave keys that open every secret, and a whole trail (POWER_SEED=$SEED)" \
	"$SEED" "$((IMAGES / 4))"

new_disk
pc restore "$WORK/backup" --passphrase-stdin <<<"$PASSWORD" >/dev/null 2>"$WORK/said"
ok $? "elsewhere it is restored" || said "$(cat "$WORK/said")"
cuts told "$RECORD"
cuts mark "$RECORD" 'person alice super-administrator'
cuts mark "$RECORD" 'trail host:root/restore/ok 1'
pc user list >/dev/null
stop_keeper
checked "$((IMAGES / 4)) cuts leave no console there, or the whole of it (POWER_SEED=$SEED)" \
	"$SEED" "$((IMAGES / 4))"

# --- a directory's sync that fails ------------------------------------------------------------

# kept N WHAT FACT COMMAND…: while the N-th sync of a directory fails, the command is refused or
# does what it says; then without a fault it works in either case. What it said is safe then.
kept() {
	local n=$1 what=$2 fact=$3 status

	shift 3
	cuts fail "$RECORD" "$n" >/dev/null
	"$@" >/dev/null 2>&1
	status=$?
	HITS=$(cuts fail "$RECORD" 0)
	[ "$HITS" -gt 0 ] || return 0
	[ $status -ne 0 ] || cuts mark "$RECORD" "$fact"
	checked "$what, sync $n of a directory fails: status $status is true" "$LAST.0.0"
	REFUSED=$((REFUSED + (status != 0)))
	[ $status -eq 0 ] && return
	"$@" >/dev/null 2>&1
	ok $? "and then it goes on" || said "$(cat "$WORK/said")"
	cuts mark "$RECORD" "$fact"
	checked "and that is safe" "$LAST.0.0"
}

REFUSED=0
for n in {1..30}; do
	new_disk
	kept "$n" "first start" 'person alice super-administrator' set_up
	stop_keeper
	[ "$HITS" -gt 0 ] || break
done
[ "$n" -gt 8 ] && [ "$n" -lt 30 ] && [ "$REFUSED" -ge 7 ]
ok $? "a first start fails where it cannot sync a directory" || said "$n syncs, $REFUSED refused"

new_disk
set_up
stop_keeper
REFUSED=0
for n in {1..30}; do
	kept "$n" "another start" "setting idle-lock $((n + 20))m" \
		pc settings set idle-lock "$((n + 20))m"
	stop_keeper
	[ "$HITS" -gt 0 ] || break
done
[ "$n" -gt 1 ] && [ "$n" -lt 30 ] && [ "$REFUSED" -ge 1 ]
ok $? "and so does another, which makes a new log" || said "$n syncs, $REFUSED refused"
finish
