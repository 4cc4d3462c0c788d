#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Recordings: what a command showed is written down before it is seen, its sums are in the trail,
# and whoever alters, cuts or removes a file is found out.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"

umask 077
make_state root
pc settings set require-2fa no
person operator operator
echo "$PASSWORD" >"$WORK/password"
command_() {
	pc command add "$@" >/dev/null || give_up "A command cannot be added: $*"
}
command_ hello --title 'Say hello' --role operator --record -- /bin/sh -c 'printf "gr\303\274n \001\377 end\n"'
command_ much --title Much --role operator --record -- /usr/bin/seq 1 400000
command_ typed --title Typed --role operator --record -- /bin/cat
command_ plain --title Plain --role operator -- /bin/echo plain
at() {
	OUT=$(timeout 60 "$top_builddir/tests/client/commander" "$STATE" operator "$WORK/password" "$@" </dev/null 2>&1 | tr -d '\r')
}
recorded() {
	pc recording list --json | json '"\n".join(r["command"] + " " + r["person"] + " " + r["run"] for r in j)'
}
run_of() {
	recorded | awk -v name="$1" '$1 == name { print $3 }'
}
dir=$STATE/runs/recordings

at run plain
is "what is not to be recorded is not" "$(recorded)" ''
at run hello
like "what is recorded is seen as well" "$OUT" 'grün'
like "and ends as it ends" "$OUT" 'status 0'
run=$(run_of hello)
like "it is listed, with who ran it" "$(recorded)" '^hello operator [0-9a-f]{32}$'
is "nobody else may read it" "$(stat -c %a "$dir" "$dir/$run.cast" | paste -sd ' ')" '700 600'
is "its lines are JSON, of asciicast version 2" "$(python3 - "$dir/$run.cast" <<'P'
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
head = lines[0]
print(head["version"], head["width"], head["height"], head["title"], head["env"],
      "".join(text for _, code, text in lines[1:] if code == "o").encode())
P
)" "2 80 24 Say hello {'TERM': 'xterm-256color'} b'gr\\xc3\\xbcn \\x01\\xef\\xbf\\xbd end\\r\\n'"

is "asciinema shows the same" \
	"$(script -qec "asciinema cat '$dir/$run.cast'" /dev/null </dev/null | tr -d '\r\001')" \
	'grün � end'

rows() {
	pc audit list --json --action "$1" | json '"\n".join(r["who"] + ": " + r["detail"] for r in j)'
}
whole() {
	pc recording verify --json "$1" | json '" ".join(r["state"] for r in j)'
}
whole_is() { [ "$(whole "$1")" = "$2" ]; }
until_ok whole_is "$run" whole
ok $? "it is what the trail says"
like "the trail has who, which command and the sum of its beginning" "$(rows recording)" \
	"^operator: hello, run $run, [0-9]+ bytes, sha256 [0-9a-f]{64}$"
is "and of its end" "$(rows recording-end | cut -d, -f3-4)" \
	" $(stat -c %s "$dir/$run.cast") bytes, sha256 $(sha256sum <"$dir/$run.cast" | cut -d' ' -f1)"

at run much
like "four megabytes are shown whole" "$(tail -3 <<<"$OUT" | head -1)" '^400000$|^$'
big=$(run_of much)
until_ok whole_is "$big" whole
ok $? "and are in the recording whole"
is "which has all of it" "$(python3 - "$dir/$big.cast" <<'P'
import json, sys
lines = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
text = "".join(text for _, code, text in lines[1:] if code == "o")
print(text == "".join(f"{i}\r\n" for i in range(1, 400001)))
P
)" True
steps=$(rows recording-step | grep -c "run $big")
is "a sum at each MiB" "$steps" "$(($(stat -c %s "$dir/$big.cast") / 1048576))"

# --- who alters it is found out ---
cp "$dir/$big.cast" "$WORK/kept"
printf x | dd of="$dir/$big.cast" bs=1 seek=2000000 conv=notrunc status=none
is "a byte that was changed" "$(whole "$big")" changed
cp "$WORK/kept" "$dir/$big.cast"
truncate -s 3000000 "$dir/$big.cast"
is "an end that was cut off" "$(whole "$big")" shorter
cp "$WORK/kept" "$dir/$big.cast"
echo '[1.000000,"o","more"]' >>"$dir/$big.cast"
is "something that was added" "$(whole "$big")" longer
cp "$WORK/kept" "$dir/$big.cast"
mv "$dir/$run.cast" "$WORK/taken"
is "a file that was taken" "$(whole "$run")" missing
pc recording verify >/dev/null
is "and the status says so" $? 1
cp "$WORK/taken" "$dir/$(printf '%032d' 7).cast"
is "a file that nobody recorded" "$(whole "$(printf '%032d' 7)")" unknown
rm "$dir/$(printf '%032d' 7).cast"
mv "$WORK/taken" "$dir/$run.cast"
OUT=$(pc recording verify)
is "put back, all is well" "$?" 0
like "in words" "$OUT" "$run: whole \([0-9]+ bytes\)"

# --- old ones go ---
OUT=$(pc recording prune --before "$(date +%F)" 2>&1)
like "what is of today stays" "$OUT" '^0 recordings were removed'
OUT=$(pc recording prune --before 2199-01-01 2>&1)
like "what is older goes" "$OUT" '^2 recordings were removed'
is "and nothing is missing then" "$(pc recording verify 2>&1; recorded)" ''
like "the trail says how many, and from before when" "$(rows recording-prune)" '2, before [0-9]+'

# --- no room, no run ---
mkdir -p "$dir"
chmod 500 "$dir"
if [ "$(id -u)" -ne 0 ]; then
	at run hello
	like "where it cannot be recorded it does not run" "$OUT" 'over 6'
else
	chmod 777 "$dir"
	at run hello
	like "where others may write it does not run" "$OUT" 'over 6 DENIED'
	unlike "and nothing of it is shown" "$OUT" 'grün'
fi
chmod 700 "$dir"
finish
