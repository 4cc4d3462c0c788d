#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The trail is proved and taken away: root verifies it, somebody with sqlite3 alters it, an older
# copy is put in its place, and a collector of lines exports it, is cut off, and goes on.
. "${top_srcdir:-.}/tests/story/lib.sh"
need sqlite3 script

OUT= ERR= STATUS=

run() {
	OUT=$(pc "$@" 2>"$WORK/err")
	STATUS=$?
	ERR=$(cat "$WORK/err")
}

did() {
	is "$1" "$STATUS" "$2" || said "$OUT" "$ERR"
	[ $# -lt 3 ] || like "$1: in words" "$OUT$ERR" "$3"
}

# settle: the keeper has gone, and all is in the database
settle() {
	stop_keeper
	sqlite3 "$STATE/console.db" 'PRAGMA wal_checkpoint(TRUNCATE)' >/dev/null
}

run audit verify
did "where there is no console there is nothing to verify" 1 'no console in that directory'
is "and nothing is made" "$(ls -d "$STATE" 2>/dev/null)" ""

pc init --user ada --password-stdin <<<'correct horse battery' >/dev/null
for name in ben cid dora; do pc user add "$name" >/dev/null; done

run audit verify
did "a trail that nobody touched holds" 0 'Rows 1 to [0-9]+ of the audit trail are intact'
like "its newest row is an anchor" "$OUT" '^Anchor: [0-9]+:[0-9a-f]{64}$'
is "nothing is drawn where there is no terminal" "$ERR" ""
anchor=$(sed -n 's/^Anchor: //p' <<<"$OUT")
last=${anchor%%:*}
run audit verify --anchor "$anchor"
did "which holds as well" 0
run audit verify --anchor "$last"
did "a number alone is no anchor" 1 'number, a colon and its seal'
run audit verify --json
is "as JSON: all is well, and up to where" "$(json '(j["ok"], j["intact"], j["broken"], j["pruned"], j["anchor"])' <<<"$OUT")" \
	"[true, $last, null, 0, \"$anchor\"]"

# --- a collector of lines ---------------------------------------------------------------

run audit export "$WORK/trail.jsonl"
did "the trail is a file" 0 "$last rows were exported, the last is number $last"
is "for its owner alone" "$(stat -c %a "$WORK/trail.jsonl")" 600
is "each line is JSON, numbered without gaps" "$(python3 -c '
import json, sys
rows = [json.loads(line) for line in open(sys.argv[1])]
print([r["id"] for r in rows] == list(range(1, len(rows) + 1)), len(rows))
print(all(len(r["seal"]) == 64 for r in rows), rows[-1]["seal"])' "$WORK/trail.jsonl")" \
	"True $last
True ${anchor#*:}"
pc user add eve >/dev/null
run audit export "$WORK/trail.jsonl"
did "later it goes on with what is new" 0 "^1 rows were exported"
cp "$WORK/trail.jsonl" "$WORK/whole"
truncate -s -40 "$WORK/trail.jsonl"
run audit export "$WORK/trail.jsonl"
did "a line that was torn off is written again" 0
cmp -s "$WORK/trail.jsonl" "$WORK/whole"
ok $? "and the file is whole"
is "standard output gets the same" "$(pc audit export - | cmp - "$WORK/whole")" ""
echo hello >"$WORK/letter"
run audit export "$WORK/letter"
did "a letter is not written over" 1 'does not end with a row'
is "and stays as it was" "$(cat "$WORK/letter")" hello
ln -s "$WORK/letter" "$WORK/link"
run audit export "$WORK/link"
did "nor is a link followed" 1 'symbolic link'
run audit export "$WORK/nowhere/file"
did "a path that leads nowhere is named as such" 1 'cannot be opened'

# --- an older copy ------------------------------------------------------------------------

settle
cp -a "$STATE" "$WORK/older"
pc user add finn >/dev/null
run audit verify
anchor=$(sed -n 's/^Anchor: //p' <<<"$OUT")
settle
cp -a "$STATE" "$WORK/newer"
cp "$WORK/older/console.db" "$STATE/console.db"
run audit verify
did "a whole older copy fits by itself" 0
run audit verify --anchor "$anchor"
did "but not the anchor that was told elsewhere" 1 'older copy'
cp "$WORK/newer/console.db" "$STATE/console.db"

# --- alterations ----------------------------------------------------------------------------

altered() {
	settle
	cp "$WORK/newer/console.db" "$STATE/console.db"
	sqlite3 "$STATE/console.db" "$2"
	run audit verify
	did "$1" 1 "$3"
}
altered "an edited row is named" "UPDATE audit SET who = 'nobody' WHERE id = 3" 'Row 3 of the audit trail'
run audit verify --json
is "in JSON too" "$(json '(j["ok"], j["intact"], j["broken"])' <<<"$OUT")" "[false, 2, 3]"
run audit export "$WORK/broken.jsonl"
did "and nothing is exported from there on" 1 'altered'
is "but what was before" "$(wc -l <"$WORK/broken.jsonl")" 2
altered "a row that is gone is missed" "DELETE FROM audit WHERE id = 2" 'Row 2 of the audit trail'
altered "a cut end is found" "DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)" \
	"Row ${anchor%%:*} of the audit trail"
cp "$WORK/newer/console.db" "$STATE/console.db"
run audit verify
did "put back, all is well" 0

# --- how far it is ---------------------------------------------------------------------------

script -qec "stty cols 80 rows 24; '$PROVCONSOLE' --state '$STATE' audit verify" "$WORK/typescript" </dev/null >/dev/null 2>&1
like "on a terminal a bar is drawn" "$(tr -d '\r' <"$WORK/typescript")" 'Verifying: 100 % \[#+\]'
like "and taken away" "$(cat -v "$WORK/typescript")" '\^M\^\[\[K'

finish
