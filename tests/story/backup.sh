#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# A backup is taken while people are in, and restored elsewhere: whoever was there signs in there, no
# code works that may have been spent, and what is cut, changed, or somebody else's is refused.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"

FILE=$WORK/backup
PHRASE='staple battery horse 9'
FIRST=$STATE

# backup_of FILE [PASSPHRASE], restore_from FILE [PASSPHRASE]: sets SAID and STATUS
backup_of() {
	SAID=$(pc backup "$1" --passphrase-stdin <<<"${2:-$PHRASE}" 2>&1)
	STATUS=$?
}

restore_from() {
	SAID=$(pc restore "$1" --passphrase-stdin <<<"${2:-$PHRASE}" 2>&1)
	STATUS=$?
}

elsewhere() {
	STATE=$WORK/$1
	KEPT=$(ls -A "$STATE" 2>/dev/null | grep -vx lock)
}

try() {
	"$top_builddir/tests/client/racer" "$STATE" alice "$WORK/password" "$1" 1
}

clock_set $EPOCH
make_state alice
enrolled alice
person bob
like "doctor says that there is no backup" "$(pc doctor)" 'No backup was ever made.*provconsole backup FILE'
fresh
inside alice

# --- taking it ---------------------------------------------------------------------------

backup_of "$FILE" 'too short'
is "a short passphrase is refused" "$STATUS" 1 || said "$SAID"
is "and leaves no file" "$(ls "$WORK" | grep '^backup')" ''
backup_of "$FILE"
is "a backup is made while somebody is in" "$STATUS" 0 || said "$SAID"
is "for its owner alone" "$(stat -c %a "$FILE")" 600
is "and nothing else is left beside it" "$(ls "$WORK" | grep '^backup')" backup
like "doctor knows of it" "$(pc doctor)" 'The last backup is less than a day old'
is "and so does the trail" "$(rows backup ok)" 1
backup_of "$FILE"
like "a file that is there is not overwritten" "$STATUS $SAID" '^1 .*a file of that name already'
! grep -aqE "alice|bob|$KEY" "$FILE"
ok $? "it can be read by nobody"
keys C-c
ends "whoever was in stays in meanwhile, and leaves" 0

# --- what is not restored -------------------------------------------------------------------

# refused WHAT PATTERN FILE [PASSPHRASE]: and nothing is there then
refused() {
	elsewhere refused
	restore_from "$3" "${4:-$PHRASE}"
	like "$1 is refused" "$STATUS $SAID" "^1 .*$2"
	elsewhere refused
	is "and leaves nothing" "$KEPT" ''
}

refused "another passphrase" 'passphrase is not the one' "$FILE" 'correct horse battery'
size=$(stat -c %s "$FILE")
for cut in 0 1 79 80 81 107 108 109 $((size / 2)) $((size - 1)); do
	head -c "$cut" "$FILE" >"$WORK/cut"
	refused "a backup that is cut at $cut of $size bytes" 'is no backup|damaged' "$WORK/cut"
done
{ cat "$FILE"; echo; } >"$WORK/more"
refused "one with a byte more" 'damaged' "$WORK/more"
for at in 0 9 13 25 50 85 $((size / 2)) $((size - 1)); do
	"$PYTHON" -IS -c 'import sys
b = bytearray(open(sys.argv[1], "rb").read())
b[int(sys.argv[3])] ^= 1
open(sys.argv[2], "wb").write(b)' "$FILE" "$WORK/changed" "$at"
	refused "one whose byte $at was changed" 'is no backup|damaged|newer|passphrase' "$WORK/changed"
done
refused "what is no backup" 'is no backup' "$PROVCONSOLE"
refused "a directory" 'is no backup|cannot' "$WORK/home"
STATE=$FIRST
open here
wait_for 'User name'
restore_from "$FILE"
like "where a keeper runs, nothing is restored" "$STATUS $SAID" '^1 .*A keeper runs in this directory'
close
stop_keeper
restore_from "$FILE"
like "nor where a console is" "$STATUS $SAID" '^1 .*There is a console in this directory already'
is "and the one that is there stays" "$(pc user list --json | json 'len(j)')" 2

# --- what was restored --------------------------------------------------------------------------

# Since the backup, a code is spent and somebody is disabled.
fresh
is "a code is spent after the backup" "$(try "$(code)")" 'OK 1'
pc user disable bob
elsewhere second
mkdir -m 700 "$STATE"
restore_from "$FILE"
is "it is restored into an empty directory" "$STATUS" 0 || said "$SAID"
like "and says when it was made, and by whom" "$SAID" 'Restored from the backup of 2026-01-01 .*, made by host:'
like "and what is undone by that" "$SAID" 'disabled and removed people'
is "everybody is there, as they were" \
	"$(pc user list --json | json "' '.join(u['name'] + ('+' if u['enabled'] else '-') for u in j)")" 'alice+ bob+'
is "the trail goes on: it was restored" "$(rows restore ok)" 1
like "its anchor is printed" "$(tail -n 1 <<<"$SAID")" '^Anchor: [0-9]+:[0-9a-f]{64}$'
anchor=${SAID##*Anchor: }
is "the doctor finds database, key and trail whole" "$(pc doctor --json |
	json "[f['ok'] for f in j if f['check'] in ('database', 'audit', 'key', 'files')]")" '[true, true, true, true]'
is "the code that was spent meanwhile is not taken" "$(try "$(code)")" 'RESTORED 1'
is "nor is the next one, which may be" "$(try "$(code 1)")" 'RESTORED 1'
open waiting
sign_in alice
enter_code
see "who types one reads how long to wait" 'restored from a backup. Codes work again in'
keys C-c
until_ok ended
fresh
is "a step later neither" "$(try "$(code)")" 'RESTORED 1'
is "and none of these count as wrong" "$(pc user show alice --json | json "j['failures_since']")" 0
fresh
is "then the next code is" "$(try "$(code)")" 'OK 1'
fresh
open again
sign_in alice
enter_code
see "and new recovery codes are shown" 'I have saved these codes'
keys Enter
keys Enter
see "home tells a Super Administrator who restored it" "the host ($(id -un)) restored" \
	'the console from a backup'
finish
