#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Each thing that can be wrong with a state is made wrong, one at a
# time, and the doctor names it, and nothing else.
# Root may lock what it likes, whatever the limit: but not here.
if [ -z "${LIMITED:-}" ] && setpriv --bounding-set=-ipc_lock true 2>/dev/null; then
	LIMITED=yes exec setpriv --bounding-set=-ipc_lock "$BASH" "$0"
fi

. "${top_srcdir:-.}/tests/story/lib.sh" || exit 1
. "${top_srcdir:-.}/tests/fault/faults.bash"
need sqlite3

GOOD=$WORK/good	# the state as it should be
STRANGER=65534	# a user who has nothing here
OUT= ERR= STATUS=

declare -A DETAIL=() ADVICE=() RESULT=()
WRONG= NOTED=

# doctor [ARGUMENT…]: what it finds
doctor() {
	finds pc "$@" doctor --json
}

# finds COMMAND…: what the doctor finds that is called so
finds() {
	OUT=$("$@" 2>"$WORK/err")
	STATUS=$?
	ERR=$(cat "$WORK/err")
	read_findings
}

# The JSON in OUT, by check
read_findings() {
	local check result detail advice

	DETAIL=() ADVICE=() RESULT=() WRONG= NOTED=
	while IFS=$'\t' read -r check result detail advice; do
		RESULT[$check]=$result
		DETAIL[$check]=$detail
		ADVICE[$check]=$advice
		case $result in
		wrong) WRONG="$WRONG $check" ;;
		note) NOTED="$NOTED $check" ;;
		esac
	done < <(json "'\n'.join('\t'.join(f[k] for k in ('check', 'result', 'detail', 'advice')) for f in j)" <<<"$OUT")
	WRONG=${WRONG# }
}

# wrong WHAT CHECKS PATTERN: only these are, the last of them in
# such words, and there is advice for it
wrong() {
	doctor
	is "$1: so says the doctor" "$WRONG" "$2"
	like "$1: in words" "${DETAIL[${2##* }]:-}" "$3"
	like "$1: with advice" "${ADVICE[${2##* }]:-}" '[A-Za-z]\.?$'
	is "$1: by status too" "$STATUS $ERR" '1 '
}

# The good state again, with all its owners and times
again() {
	rm -rf "$STATE"
	cp -a "$GOOD" "$STATE"
}

edit() {
	sqlite3 "$STATE/console.db" "$1" || give_up "sqlite3 fails."
}

# --- all is well -------------------------------------------------------------------------

make_state
pc user add bob >/dev/null 2>&1
doctor
is "a state with its keeper is in order" "$STATUS $WRONG $ERR" '0  '
is "everything is looked at" "$(json "' '.join(f['check'] for f in j)" <<<"$OUT")" \
	'state owner mode files keeper commands writing reserve database schema key audit times memory backup people size clock space terminal confinement'
is "each with all that is promised" "$(json "all(set(f) == {'check', 'ok', 'result', 'detail', 'advice'} and f['ok'] for f in j)" <<<"$OUT")" true
like "the keeper answers" "${DETAIL[keeper]:-}" "answers on $STATE/socket"
like "the audit trail is counted" "${DETAIL[audit]:-}" "^All 2 audit rows are intact"
stop_keeper
doctor
is "without a keeper too" "$STATUS $WRONG" '0 '
no_keeper
ok $? "and none is started for it"
OUT=$(pc doctor)
is "for people it is one line each" "$? $(wc -l <<<"$OUT")" '0 21'
like "which begin with the verdict" "$OUT" '^ok +database +[A-Z]'
cp -a "$STATE" "$GOOD"
kept=$(sha256sum "$STATE/console.db" "$STATE/console.key")
doctor
is "it changes nothing" "$(sha256sum "$STATE/console.db" "$STATE/console.key")" "$kept"
pc user add carol >/dev/null 2>&1
kill_keeper
[ -s "$STATE/console.db-wal" ]
ok $? "after a keeper was killed there is a log"
doctor
is "which is read" "$STATUS $WRONG" '0 '

# --- the directory -----------------------------------------------------------------------

again
STATE=$WORK/none wrong "no state" state 'There is no state in'
[ ! -e "$WORK/none" ]
ok $? "none is made by looking"
mkdir -m 700 "$WORK/empty"
STATE=$WORK/empty wrong "an empty directory" state 'There is no state in'
ln -s "$STATE" "$WORK/link"
STATE=$WORK/link wrong "a link to it" state 'is a symbolic link'
: >"$WORK/file"
STATE=$WORK/file wrong "a file" state 'cannot be opened'

chmod 750 "$STATE"
wrong "a directory that is open" mode 'Accessible to others: \. \(0750\)'
again

# --- its files -----------------------------------------------------------------------------

chmod 640 "$STATE/console.key"
wrong "a key that others may read" 'mode key' '.'
like "both names of it are told" "${DETAIL[mode]:-}" 'console\.key \(0640\)'
again
chmod 604 "$STATE/console.db"
wrong "a database that others may read" 'mode database' '.'
again
chmod 400 "$STATE/lock"
wrong "a file that its owner cannot use" mode 'its owner: lock \(0400\)'
again
mv "$STATE/console.db" "$WORK/elsewhere.db"
ln -s "$WORK/elsewhere.db" "$STATE/console.db"
wrong "a database that is a link" 'files database' '.'
like "the link is named" "${DETAIL[files]:-}" 'symbolic link: console\.db'
again
ln "$STATE/console.key" "$WORK/second"
wrong "a key with a second name" 'files key' '.'
like "the key is named" "${DETAIL[files]:-}" 'hard link: console\.key'
rm "$WORK/second"
again
rm "$STATE/lock" && mkdir -m 700 "$STATE/lock"
wrong "a directory in the place of a file" files 'Not a plain file: lock'
again
rm "$STATE/console.db"
wrong "no database" 'files database' 'missing or empty'
[ ! -e "$STATE/console.db" ]
ok $? "none is made by looking for it"
again
: >"$STATE/notes" && chmod 600 "$STATE/notes"
doctor
is "a strange file is only noted" "$STATUS $WRONG ${RESULT[files]:-}" '0  note'
like "by its name" "${DETAIL[files]:-}" 'notes'

# --- the keys ---------------------------------------------------------------------------------

again
rm -f "$STATE/console.key"
wrong "no key" 'files key' 'console\.key is missing'
again
rm -f "$STATE/console.key"
head -c 32 /dev/urandom >"$STATE/console.key" && chmod 400 "$STATE/console.key"
wrong "another key" key 'does not belong'
again
chmod 600 "$STATE/console.key" && : >"$STATE/console.key" && chmod 400 "$STATE/console.key"
wrong "an empty key" key 'does not belong'
again
edit "UPDATE keyring SET wrapped = (SELECT wrapped FROM keyring WHERE id = 2) WHERE id = 1"
wrong "a key of the ring in another's place" key 'does not belong'

again
finds env -i "PATH=$PATH" "HOME=$WORK/home" LC_ALL=C.UTF-8 LIBGCRYPT_FORCE_FIPS_MODE=1 \
	"$PROVCONSOLE" --state "$STATE" doctor --json
is "libgcrypt in FIPS mode" "$STATUS $WRONG" '1 key'
like "is said as such" "${DETAIL[key]:-}" '^libgcrypt is in FIPS mode'
like "with advice" "${ADVICE[key]:-}" 'fips=1'
env -i "PATH=$PATH" "HOME=$WORK/home" LC_ALL=C.UTF-8 LIBGCRYPT_FORCE_FIPS_MODE=1 "$PROVCONSOLE" \
	--state "$STATE" user list 2>"$WORK/err"
is "no keeper starts then" $? 1
like "for the same reason" "$(cat "$WORK/err")" 'libgcrypt is in FIPS mode'

# --- the database -----------------------------------------------------------------------------

again
page=$(sqlite3 "$STATE/console.db" "SELECT rootpage FROM sqlite_schema WHERE name = 'setting'")
dd if=/dev/urandom of="$STATE/console.db" bs=1024 seek=$((page - 1)) count=1 conv=notrunc \
	status=none
wrong "a page that is damaged" database 'damaged: .*[a-z]'
again
dd if=/dev/zero of="$STATE/console.db" bs=16 count=1 conv=notrunc status=none
wrong "a file that is no database" database '.'
like "the rest is not looked at then" "$NOTED" 'schema key audit'
again
edit 'PRAGMA user_version = 99'
wrong "a newer version's database" schema 'version 99, and this program knows [0-9]+'
again
edit 'PRAGMA foreign_keys = OFF; INSERT INTO source VALUES (4711, "local", 1)'
wrong "a row that belongs to nobody" database 'damaged: source'

# --- the audit trail ----------------------------------------------------------------------------

again
edit "UPDATE audit SET who = 'mallory' WHERE id = 2"
wrong "a row that was changed" audit 'up to row 1:'
again
edit "DELETE FROM audit WHERE id = 1"
wrong "a row that was removed" audit 'up to row 0:'
again
edit "DELETE FROM audit WHERE id = 2; UPDATE state SET audit_count = 1, audit_last = (SELECT mac FROM audit WHERE id = 1)"
wrong "an end that was cut off, head and all" audit 'up to row 1:'
again
edit "UPDATE state SET audit_mac = zeroblob(32)"
wrong "a head that is not sealed" audit 'up to row 2:'

# --- a look that takes too long -----------------------------------------------------------------

# It keeps the log from being copied back, so it is killed after two minutes, even where it was
# stopped: by a timer of the system, which the system lists.
again
cp "$HELPERS/faults.so" "$FAULTS"
"$HELPERS/fault" "$FAULTS" "$STATE" read STOP once 3 provconsole-keeper
env -i LC_ALL=C.UTF-8 LD_PRELOAD="$FAULTS" "$KEEPER" --state "$STATE" --doctor >"$WORK/look" &
LOOK=$!
stands_still() {
	grep -q '^State:.T' "/proc/$LOOK/status"
}
until_ok stands_still || give_up "It does not stand still."
like "who stands still in the middle is killed in time" "$(cat "/proc/$LOOK/timers")" \
	"^signal: 9/"
rm -f "$FAULTS.page"
pc user list >/dev/null
ok $? "a keeper works beside it"
kill -9 "$LOOK"
wait "$LOOK" 2>/dev/null
stop_keeper

# --- the clock, the keeper, the programs ----------------------------------------

STATE=$WORK/later
clock_set $((EPOCH + 3600))
make_state
stop_keeper
doctor
is "a state that was used an hour before midnight" "$STATUS $WRONG" '0 '
clock_set $EPOCH
wrong "a clock that was set back" clock '^The clock is 3600 s behind'
NOW=
STATE=$WORK/state
again

pc user list >/dev/null
stopped=$(keepers)
kill -STOP "$stopped"
wrong "a keeper that does not answer" keeper 'busy'
kill -CONT "$stopped"
stop_keeper
again

doctor --socket "$WORK/none/socket"
is "a socket without a keeper" "$STATUS $WRONG" '1 keeper'
finds env -i "PATH=$PATH" "HOME=$WORK/home" LC_ALL=C.UTF-8 "$PROVCONSOLE" \
	--socket "$WORK/none/socket" doctor --json
is "which does not tell its state" "$STATUS $WRONG" '1 state keeper'
mkdir "$WORK/bin"
cp "$PROVCONSOLE" "$WORK/bin"
finds env -i "PATH=$PATH" "HOME=$WORK/home" LC_ALL=C.UTF-8 "$WORK/bin/provconsole" \
	--state "$STATE" doctor --json
is "a console without its keeper's program" "$STATUS $WRONG" '1 program'

# --- owners and memory ----------------------------------------------------------------------------

# Who is not root can give nothing away.
root=$([ "$(id -u)" -ne 0 ] || echo yes)
again
if [ -n "$root" ]; then
	chown "$STRANGER" "$STATE/console.db"
	wrong "a file of another owner" 'owner database' '.'
	like "which is named" "${DETAIL[owner]:-}" 'console\.db'
	again
	chown -R "$STRANGER" "$STATE"
	doctor
	is "root looks at another's state as its owner" "$STATUS $WRONG" '0 '
	is "and leaves nothing of root's in it" "$(find "$STATE" -user root)" ''
fi
for limit in '0 9' '4 8' '16 5' '32 1'; do
	ulimit -S -l "${limit% *}"
	wrong "a limit of ${limit% *} KiB" memory \
		"^${limit#* } of 9 blocks of memory could not be locked"
done
pc user list >/dev/null
ulimit -S -l "$(ulimit -H -l)"
wrong "a keeper that could not lock it all" memory '^The running keeper has locked 20 of 84 KiB'
stop_keeper
finds env -i "PATH=$PATH" "HOME=$WORK/home" LC_ALL=C.UTF-8 "$PYTHON" \
	"$top_srcdir/tests/fault/no_mlock.py" "$PROVCONSOLE" --state "$STATE" doctor --json
is "a system that lets nobody lock memory is only noted" "$STATUS $WRONG ${RESULT[memory]:-}" \
	'0  note'
like "as what it is" "${DETAIL[memory]:-}" 'lets no program lock memory'
doctor
is "the next one can" "$STATUS $WRONG" '0 '
[ -n "$root" ] || finish

# --- strangers, and disks -------------------------------------------------------

again
chmod 711 "$WORK"
cp "$PROVCONSOLE" "$KEEPER" "$WORK/bin"
finds setpriv --reuid "$STRANGER" --regid "$STRANGER" --clear-groups env -i LC_ALL=C.UTF-8 \
	"$WORK/bin/provconsole" --state "$STATE" doctor --json
is "a stranger learns nothing" "$STATUS $WRONG" '1 state'
is "of what is inside" "${RESULT[owner]:-}${RESULT[mode]:-}${RESULT[files]:-}${RESULT[database]:-}${RESULT[key]:-}" ''

mkdir "$WORK/small"
if ! mount -t tmpfs -o size=8m,mode=700 none "$WORK/small" 2>/dev/null; then
	TESTS=$((TESTS + 1))
	echo "ok $TESTS - full and read-only disks # SKIP no file system can be mounted here"
	finish
fi
MOUNTED=$WORK/small
rm -rf "$STATE"
STATE=$WORK/small/state
cp -a "$GOOD" "$STATE"
cat /dev/zero >"$WORK/small/filler" 2>/dev/null
wrong "a disk that is full" 'writing space' '^0 MiB are free'
like "the database is read all the same" "${RESULT[database]:-} ${RESULT[key]:-} ${RESULT[audit]:-}" 'ok ok ok'
rm -f "$STATE"/console.db-*
wrong "full, and a database that nobody has open" space '^0 MiB are free'
rm "$WORK/small/filler"
wrong "a disk with little room" space '^[0-9]+ MiB are free'
mount -o remount,ro "$WORK/small"
wrong "a disk that can only be read" 'writing space' 'read-only'
like "there, too, all is read" "${RESULT[database]:-} ${RESULT[key]:-} ${RESULT[audit]:-}" \
	'ok ok ok'
finish
