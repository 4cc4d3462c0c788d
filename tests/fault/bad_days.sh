#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Each thing that can be wrong with the files of a state is made wrong, one at a time. The command
# line and the console refuse, each in one sentence that names it; nothing is written over; and once
# it is put right, the same password and the same code open the doors.

# Modes bind everybody but root.
. "${top_srcdir:-.}/tests/story/nobody.bash"
as_nobody tests/client/racer tests/fault/version_1 tests/fault/version_2 tests/fault/version_3 \
	tests/fault/version_4 tests/fault/version_5 tests/fault/version_6

. "${top_srcdir:-.}/tests/story/lib.sh" || exit 1
. "${top_srcdir:-.}/tests/fault/faults.bash"
need sqlite3 setpriv
umask 077

GOOD=$WORK/good		# the state as it should be
HELD=()	# files that must not be written over
CODE=
ROW=0

# As stop_keeper, which looks at all processes each time; here it is called for every row.
stop() {
	local pid

	pid=$(keepers)
	[ -n "$pid" ] || return 0
	kill "$pid"
	until_ok has_ended "$pid" || give_up "The keeper does not leave."
}

# The good state again, with all its times
again() {
	stop
	[ ! -d "$STATE" ] || chmod 700 "$STATE"
	rm -rf "$STATE"
	cp -a "$GOOD" "$STATE"
}

# From here on what is there now must not be written over.
hold() {
	local file

	HELD=()
	for file in console.db console.db-wal console.key console.key.new; do
		[ ! -e "$STATE/$file" ] || HELD+=("$STATE/$file")
	done
}

# Of that: kind, mode, links, size, time, and what is in it as far as it can be read
picture() {
	stat -c '%n %f %h %s %y' "${HELD[@]}"
	sha256sum "${HELD[@]}" 2>/dev/null
}

# one_sentence WHAT TEXT PATTERN: a test: one line, one sentence or two, and it says so
one_sentence() {
	[ "$(wc -l <<<"$2")" -eq 1 ] && grep -qE '^provconsole: [A-Z].+([a-z]\.|[A-Z])$' <<<"$2" &&
		grep -qE -- "$3" <<<"$2"
	ok $? "$1" || said "got:    $2
wanted: $3"
}

# refused WHAT PATTERN: by the command line
refused() {
	local said

	said=$(pc user list 2>&1)
	is "$1: the command line refuses" $? 1
	one_sentence "$1: it says why" "$said" "$2"
}

# no_door WHAT PATTERN: by the console, which asks for nothing
no_door() {
	ROW=$((ROW + 1))
	open "row$ROW"
	ends "$1: the console refuses" 1
	one_sentence "$1: it says why too" "$(errors)" "$2"
	close
}

# The password and the code of the good state open both doors.
passes() {
	pc user list >/dev/null 2>&1
	is "$1" "$("$top_builddir/tests/client/racer" "$STATE" alice "$WORK/password" "$CODE" \
		1 2>&1)" 'OK 1'
}

# bad WHAT PATTERN BREAK MEND: one row; BREAK and MEND are run in the
# state. A WHAT with a star: the console is asked, too
bad() {
	local before what=${1%\*}

	again
	(cd "$STATE" && eval "$3") || give_up "$what: it cannot be broken."
	hold 2>/dev/null
	before=$(picture 2>/dev/null)
	refused "$what" "$2"
	[ "$what" = "$1" ] || no_door "$what" "$2"
	is "$what: nothing is written over" "$(picture 2>/dev/null)" "$before"
	(cd "$STATE" 2>/dev/null || cd "$WORK" && eval "$4") ||
		give_up "$what: it cannot be mended."
	passes "$what: put right, it works"
}

# Rows of WHAT|PATTERN|BREAK|MEND from standard input; without a MEND the good state is put back.
bad_rows() {
	local what pattern break mend

	while IFS='|' read -r what pattern break mend <&3; do
		[ -z "$what" ] || bad "$what" "$pattern" "$break" "${mend:-again}"
	done 3<&0 </dev/null
}

# --- the good state -------------------------------------------------------------

echo "$PASSWORD" >"$WORK/password"
clock_set $EPOCH
make_configured
CODE=$(code)
stop
cp -a "$STATE" "$GOOD"
passes "the state as it should be"
page() {
	echo $(($(sqlite3 "$GOOD/console.db" \
		"SELECT rootpage FROM sqlite_schema WHERE name = '$1'") - 1))
}

# --- the directory and its files ------------------------------------------------

bad_rows <<'END'
a directory that is open*|accessible to others|chmod 750 .|chmod 700 .
a directory that is open to all|accessible to others|chmod 701 .|chmod 700 .
a directory that cannot be entered|cannot be opened|chmod 000 .|chmod 700 "$STATE"
a directory that can only be read*|cannot be written|chmod 500 .|chmod 700 .
a database that is open|accessible to others|chmod 640 console.db|chmod 600 console.db
a key that is open|accessible to others|chmod 404 console.key|chmod 400 console.key
a database that cannot be read|cannot be|chmod 000 console.db|chmod 600 console.db
a database that can only be read*|cannot be written|chmod 400 console.db|chmod 600 console.db
a key that cannot be read|cannot be opened|chmod 000 console.key|chmod 400 console.key
a lock that cannot be opened|cannot be opened|chmod 000 lock|chmod 600 lock
a database that is a link|symbolic link|mv console.db ../db; ln -s ../db console.db|rm console.db; mv ../db console.db
a key that is a link*|symbolic link|mv console.key ../key; ln -s ../key console.key|rm console.key; mv ../key console.key
a lock that is a link|symbolic link|mv lock ../lock; ln -s ../lock lock|rm lock; mv ../lock lock
a key with a second name|second hard link|ln console.key ../key|rm ../key
a database with a second name|second hard link|ln console.db ../db|rm ../db
END

# whole WHAT PATTERN: the state itself is no directory of ours
whole() {
	refused "$1" "$2"
	no_door "$1" "$2"
	STATE=$WORK/state
}

again
mv "$STATE" "$WORK/real" && ln -s "$WORK/real" "$STATE"
refused "a link to a directory" "symbolic link"
rm "$STATE" && mv "$WORK/real" "$STATE"
passes "a link to a directory: put right, it works"
: >"$WORK/file"
STATE=$WORK/file whole "a file" "cannot be opened"
mkdir -m 500 "$WORK/shut"
STATE=$WORK/shut/state
said=$(pc init --user alice --password-stdin <<<"$PASSWORD" 2>&1)	# other commands make none
is "a place where none can be made: the command line refuses" $? 1
one_sentence "a place where none can be made: it says why" "$said" "cannot be opened"
no_door "a place where none can be made" "cannot be opened"
STATE=$WORK/state
STATE=/root whole "a directory that is somebody else's" "belongs to someone else"

# --- the keys -------------------------------------------------------------------

bad_rows <<'END'
no key*|console\.key is missing|mv console.key ../key|mv ../key console.key
another key*|console\.key does not belong|mv console.key ../key; head -c 32 /dev/urandom >console.key|mv -f ../key console.key
a key that is too short|console\.key does not belong|mv console.key ../key; head -c 31 ../key >console.key|mv -f ../key console.key
a key that is too long|console\.key does not belong|mv console.key ../key; cat ../key ../key >console.key|mv -f ../key console.key
an empty key|console\.key does not belong|mv console.key ../key; : >console.key|mv -f ../key console.key
half-rotated, and neither fits|console\.key does not belong|mv console.key ../key; head -c 32 /dev/urandom >console.key; cp console.key console.key.new|mv -f ../key console.key
no key, and another beside it|console\.key is missing|mv console.key ../key; head -c 32 /dev/urandom >console.key.new|mv -f ../key console.key
END

again
head -c 32 /dev/urandom >"$STATE/console.key.new"
passes "a rotation that ended before its commit"
cmp -s "$STATE/console.key" "$GOOD/console.key" && [ ! -e "$STATE/console.key.new" ]
ok $? "is undone"
again
mv "$STATE/console.key" "$STATE/console.key.new"
head -c 32 /dev/urandom >"$STATE/console.key"
passes "a rotation that ended after its commit"
cmp -s "$STATE/console.key" "$GOOD/console.key" && [ ! -e "$STATE/console.key.new" ]
ok $? "is finished"

# --- the database ---------------------------------------------------------------

STATE_PAGE=$(page state) SETTING=$(page setting)
bad_rows <<'END'
a file that is no database*|database is damaged|dd if=/dev/zero of=console.db bs=16 count=1 conv=notrunc status=none|
a first page that is damaged|database is damaged|dd if=/dev/urandom of=console.db bs=1 seek=100 count=900 conv=notrunc status=none|
a head that is damaged|database is damaged|dd if=/dev/urandom of=console.db bs=1024 seek=$STATE_PAGE count=1 conv=notrunc status=none|
settings that are damaged|database is damaged|dd if=/dev/urandom of=console.db bs=1024 seek=$SETTING count=1 conv=notrunc status=none|
a database that was cut short|database is damaged|truncate -s 9000 console.db|
a database of a newer version*|newer version|sqlite3 console.db 'PRAGMA user_version = 99'|
a database that is somebody else's|database is damaged|sqlite3 console.db 'PRAGMA application_id = 5'|
a table that is missing|database is damaged|sqlite3 console.db 'DROP TABLE notice'|
an audit trail whose end was cut off|audit trail was altered|sqlite3 console.db 'UPDATE state SET audit_count = audit_count - 1'|
END

# damaged_part PART: of the database, a table or an index, the page where it begins
damaged_part() {
	dd if="$STATE/console.db" bs=1024 skip="$(page "$1")" count=1 status=none | sha256sum
}

# What a keeper does not read at its start is found out at the doors. damaged_doors PART…: those
# that a sign-in reads or writes
damaged_doors() {
	local part before

	for part; do
		again
		dd if=/dev/urandom of="$STATE/console.db" bs=1024 seek="$(page "$part")" count=1 \
			conv=notrunc status=none
		before=$(damaged_part "$part")
		open "$part"
		sign_in alice
		[ "$part" != device ] || enter_code "$CODE"
		see "$part is damaged: the doors stay shut" \
			'The database is damaged. Restore a backup.'
		not_now "$part is damaged: nobody is in" 'My account'
		close
		stop
		is "$part is damaged: it is not written over" "$(damaged_part "$part")" "$before"
	done
	again
	passes "put right, all of them work"
}
damaged_doors account device audit sqlite_autoindex_throttle_1 sqlite_autoindex_throttle_hour_1

# --- a log without its database, and an old one ---------------------------------

again
passes "a sign-in"
kill_keeper
[ -s "$STATE/console.db-wal" ]
ok $? "stands in the log when the keeper is killed"
cp -a "$STATE/console.db" "$WORK/db"
for lost in 'rm console.db' ': >console.db'; do
	(cd "$STATE" && eval "$lost")
	hold
	before=$(picture)
	refused "a log without its database ($lost)" 'missing or empty, though this console was'
	is "a log without its database ($lost): it stays as it is" "$(picture)" "$before"
done
cp -a "$WORK/db" "$STATE/console.db"
is "with its database again, what is in the log is known: the code is spent" \
	"$(pc user list >/dev/null; "$top_builddir/tests/client/racer" "$STATE" alice \
	"$WORK/password" "$CODE" 1)" 'CODE_USED 1'

# of_version N: the state is one that the program of that version made, with its key
of_version() {
	local old=$top_srcdir/tests/fault/version_$1

	stop
	rm -rf "$STATE"
	mkdir -m 700 "$STATE"
	{ echo "PRAGMA page_size = 2048; PRAGMA application_id = 1347838835; PRAGMA user_version = $1;"
		cat "$old/console.sql"; } | sqlite3 "$STATE/console.db"
	base64 -d "$old/console.key.base64" >"$STATE/console.key"
	chmod 400 "$STATE/console.key"
	KEY=$(cat "$old/authenticator")
}

# People, codes and the trail go on.
MINE=$KEY
of_version 6
CODE=$(code 1) passes "a database of the sixth version is brought up to date"
is "and has the seventh" "$(sqlite3 "$STATE/console.db" 'PRAGMA user_version')" 7
is "where SSH keys and UNIX accounts stay whose they were" "$(
	pc user key list alice --json | json "[k['name'] for k in j]"
	pc user links --json | json "[[l['unix'], l['name']] for l in j]")" \
	'["alice at her desk"]
[["alice", "alice"], ["deploy", "bob"]]'
is "and nobody has run a command, or recorded one" "$(sqlite3 "$STATE/console.db" \
	'SELECT (SELECT count(*) FROM command_run), (SELECT count(*) FROM recording)')" '0|0'
is "and all is in order there" "$(doctor_wrong)" ''
of_version 5
CODE=$(code 1) passes "a database of the fifth version is brought up to date"
is "and has the seventh" "$(sqlite3 "$STATE/console.db" 'PRAGMA user_version')" 7
is "where authenticators and recovery codes are counted" "$(pc user show alice --json |
	json "j['devices'], j['recovery_left']")" '[1, 10]'
is "and all is in order there" "$(doctor_wrong)" ''
of_version 4
CODE=$(code 1) passes "a database of the fourth version is brought up to date"
is "and has the seventh" "$(sqlite3 "$STATE/console.db" 'PRAGMA user_version')" 7
is "where what was chosen to read stays" "$(pc user show alice --json |
	json "j['language'], j['plain']")" '["fr", true]'
is "what somebody had not been told yet is still to be told, and says what it did" \
	"$(sqlite3 "$STATE/console.db" "SELECT n.id, n.action, n.target, n.detail FROM notice n
		JOIN account a ON a.name = 'alice' AND n.id > a.told ORDER BY n.id" | paste -sd ' ')" \
	"2|setting|require-2fa|no 3|setting|console-name|Bastion 4|reset-2fa|bob|lost phone $(
	)5|setting|require-2fa|yes"
is "and all is in order there" "$(doctor_wrong)" ''
of_version 3
CODE=$(code 1) passes "a database of the third version is brought up to date"
is "and has the seventh" "$(sqlite3 "$STATE/console.db" 'PRAGMA user_version')" 7
is "where a language stays, and nobody has chosen plain text yet" "$(pc user show alice --json |
	json "j['language'], j['plain']")" '["fr", false]'
is "and all is in order there" "$(doctor_wrong)" ''
of_version 2
CODE=$(code 1) passes "a database of the second version is brought up to date"
is "and has the seventh" "$(sqlite3 "$STATE/console.db" 'PRAGMA user_version')" 7
is "where nobody has chosen a language yet" "$(pc user show alice --json | json "j['language']")" null
is "and all is in order there" "$(doctor_wrong)" ''
of_version 1
CODE=$(code 1) passes "a database of the first version is brought up to date"
KEY=$MINE
is "and has the seventh" "$(sqlite3 "$STATE/console.db" 'PRAGMA user_version')" 7
is "old rows of its trail keep their encoding, new ones have the next" \
	"$(sqlite3 "$STATE/console.db" 'SELECT DISTINCT version FROM audit ORDER BY id' |
	paste -sd ' ')" '1 2'
is "who is new there gets a number that nobody had" "$(
	pc user add newcomer --password-stdin <<<"$PASSWORD" 2>&1
	pc user show newcomer --json | json "j['name']")" newcomer
is "and all is in order" "$(doctor_wrong)" ''

# --- memory that cannot be locked, which is used all the same -------------------

again
out=$(ulimit -S -l 0 && pc user list >/dev/null &&
	"$top_builddir/tests/client/racer" "$STATE" alice "$WORK/password" "$CODE" 1 &&
		doctor_wrong)
is "without locked memory the doors open, and the doctor says what is missing" "$out" 'OK 1
memory'
stop
again
passes "with it again, too"
is "and nothing is wrong" "$(doctor_wrong)" ''
finish
