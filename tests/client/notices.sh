#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# What people are told, asked of the keeper directly: whom what waits for a second Super
# Administrator is told to, and that nobody reads, or marks as read, what is somebody else's.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
. "${top_srcdir:-.}/tests/client/strangers.bash"

clock_set $EPOCH
make_state root
person bruno
person clerk administrator
person dana super-administrator
person erin super-administrator
for name in root dana erin clerk bruno; do
	enrolled "$name"
done
fresh
pc settings set four-eyes yes
stop_keeper
serve

home() {
	as "$1"
	ask "$1" open 192.0.2.1
	ask "$1" password "$1" "$PASSWORD"
	ask "$1" code "$(code)"
	fresh
	is "$1 is at home" "$VERDICT $DOOR" 'OK home'
}

# proved NAME REQUEST…: with a fresh code of NAME's, on the line of that name
proved() {
	as "$1"
	fresh
	ask "$1" prove "$(code)"
	ask "$@"
}

# told NAME: what that person is told by a line of theirs that did none of it, newest first
told() {
	ask "$1" HAPPENED
	sed -E 's/^administering [0-9]+ ?//' <<<"$MORE"
}

# news NAME N: the newest N of it, without ids, what was read, and sign-ins
news() {
	told "$1" | tr ' ' '\n' | grep -v '^more$\|^[0-9]*:sign-in:' | head -n "$2" | sed -E 's/^[0-9]+:(.*):(new|read)$/\1/' |
		paste -sd' '
}

first_waiting() {
	ask "$1" WAITING_LIST
	ID=$(sed -E 's/^administering [0-9]+ ?//; s/:.*//' <<<"$MORE")
}

for name in root dana erin clerk bruno; do
	home $name
done
is "the host's setting is told to Super Administrators" \
	"$(news dana 1)" "setting:host:$(id -un):four-eyes:yes"

# --- four eyes: whom it is told to ----------------------------------------------------------------

proved clerk reset bruno
is "a reset waits" "$VERDICT" WAITS
asked='four-eyes-ask:clerk:bruno:reset-2fa'
for name in root dana erin; do
	is "which $name is told" "$(news $name 1)" "$asked"
done
is "and bruno, whom it is about" "$(news bruno 1)" "$asked"
is "and clerk, who asked" "$(news clerk 1)" "$asked"
first_waiting dana
proved dana end "$ID"
refused='four-eyes-refuse:dana:bruno:reset-2fa_clerk'
for name in root erin clerk bruno; do
	is "that it was refused $name is told" "$(news $name 1)" "$refused"
done

proved dana reset root
is "a reset of root waits" "$VERDICT" WAITS
asked='four-eyes-ask:dana:root:reset-2fa'
is "root is told once, as the one concerned" "$(news root 2)" "$asked $refused"
is "erin is told" "$(news erin 1)" "$asked"
is "dana, who asked, is told once" "$(news dana 2)" "$asked $refused"
unlike "clerk is not" "$(news clerk 1)" root
first_waiting erin
proved erin confirm "$ID"
is "erin confirms it" "$VERDICT" OK
done_='four-eyes-confirm:erin:root:reset-2fa_dana reset-2fa:dana:root:asked_for'
is "dana is told by whom, and that it was done" "$(news dana 2)" "$done_"

# --- what the host does to all of it ------------------------------------------------------------

echo 'nina,operator' >"$WORK/people.csv"
pc import "$WORK/people.csv" --format csv >/dev/null 2>&1
is "an import is told to Super Administrators" \
	"$(news dana 1)" "import-file:host:$(id -un)::csv,_1"
pc key rotate >/dev/null 2>&1
is "so are keys that were replaced, once" "$(news dana 2)" \
	"key-rotate:host:$(id -un):: import-file:host:$(id -un)::csv,_1"
unlike "and to nobody else" "$(news clerk 8) $(news bruno 8)" '(import|key)'

# --- somebody else's ------------------------------------------------------------------------------

unread() {
	told "$1" | tr ' ' '\n' | grep -c ':new$'
}

before=$(unread dana)
ask bruno read 1 9223372036854775807
is "who reads all that there is" "$VERDICT $(unread bruno)" 'OK 0'
is "reads none of somebody else's" "$(unread dana)" "$before"
ids=$(told dana | tr ' ' '\n' | grep -v '^more$' | cut -d: -f1 | sort -n)
ask bruno happened 9223372036854775807
for id in $(sed -E 's/^administering [0-9]+ ?//' <<<"$MORE" | tr ' ' '\n' | cut -d: -f1); do
	grep -qx "$id" <<<"$ids" && echo "$id"
done >"$WORK/both"
is "nor sees what is told to Super Administrators" "$(cat "$WORK/both")" ''
ask bruno happened 1
unlike "before the first there are only sign-ins, and no error" "$VERDICT $MORE" '[0-9]:[^s]'
ask bruno happened 1 1
is "before the first of these there is nothing" "$VERDICT $MORE" 'OK '
ask bruno read 9223372036854775807 1
is "from the end to the beginning nothing is read, and no error" "$VERDICT" OK

# --- ten thousand of them ---------------------------------------------------------------------------

hang_up
stop_served
python3 - "$STATE/console.db" "$NOW" <<'END'
import sqlite3, sys
db = sqlite3.connect(sys.argv[1])
user = db.execute("SELECT id FROM account WHERE name = 'bruno'").fetchone()[0]
db.executemany("INSERT INTO notice (time, user, role, about, session, who, source, action, target,"
	" detail) VALUES (?, ?, 0, ?, 0, 'dana', 'local', 'user-unlock', '', '')",
	((int(sys.argv[2]), user, user) for i in range(10000)))
db.commit()
END
serve
home bruno
ask bruno HOME
ok $((TOOK < 200 ? 0 : 1)) "home with ten thousand notices takes less than 200 ms" || said "$TOOK"
slowest=0 pages=0 seen=0 signed=0 before=0 row=0
while :; do
	ask bruno happened "$before" "$row"
	ok_so_far=$VERDICT
	pages=$((pages + 1))
	[ "$TOOK" -le "$slowest" ] || slowest=$TOOK
	signed=$((signed + $(tr ' ' '\n' <<<"$MORE" | grep -c ':sign-in:bruno:')))
	seen=$((seen + $(tr ' ' '\n' <<<"$MORE" | grep -c ':user-unlock:')))
	[[ $MORE == *' more' ]] && [ "$VERDICT" = OK ] || break
	before=$(tr ' ' '\n' <<<"${MORE% more}" | grep -v :sign-in: | tail -n 1 | cut -d: -f1)
	before=${before:-0}
	ids=$(tr ' ' '\n' <<<"$MORE" | grep :sign-in: | tail -n 1 | cut -d: -f1)
	row=${ids:-$row}
done
is "page by page all are there, once each" "$ok_so_far $seen" 'OK 10000'
is "with their own sign-ins, once each" "$(pc audit list --json | json "sum(r['who'] == 'bruno' and
	r['action'] == 'sign-in' for r in j)")" "$signed"
ok $((slowest < 200 ? 0 : 1)) "each page within 200 ms" || said "$slowest ms of $pages pages"
ask bruno read 1 9223372036854775807
is "all are read at once" "$VERDICT $(unread bruno)" 'OK 0'
hang_up
served_ends "after it"
finish
