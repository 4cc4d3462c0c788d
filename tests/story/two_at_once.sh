#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Two who decide at once, and fifty who configure at once: nobody
# confirms what is not true any more, and one key wins.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"
clock_set $EPOCH
make_state root
person sam super-administrator
person alice
person bob
enrolled root
enrolled sam
fresh

# --- at the screens ----------------------------------------------------------------------

for name in root sam; do
	inside "$name"
	pick Settings
	wait_for '[x] Require'
done
use root
keys Space
see "one asks" 'Make two-factor authentication optional?' 'It affects all 4 people.' '2 have it'
pc user add carol --password-stdin <<<"$PASSWORD"
see "while a person is added: the question is withdrawn" 'This has changed in the meantime.'
not_now "with its button" '[ Make optional ]'
keys Space
see "and shown anew with the numbers of now" 'It affects all 5 people.' '2 have it' '3 have none'
enrolled alice
see "so it is while a person configures" 'This has changed in the meantime.'
fresh
keys Space
see "and anew" 'It affects all 5 people.' '3 have it' '2 have none'
use sam
keys Space
see "the other one asks the same" '[ Make optional ]' 'It affects all 5 people.'
as sam
type "$(code)"
keys Enter
see "and is first" 'Two-factor authentication is now optional.' '[ ] Require'
use root
see "then the first one's question is old" 'meanwhile changed by sam, now no.' '[ ] Require'
not_now "and cannot be confirmed" '[ Make optional ]'
keys Space
see "what is asked is what can be" 'Make two-factor authentication mandatory?' \
	'It affects all 5 people.'
as root
type "$(code)"
keys Enter
see "and it is done" 'Two-factor authentication is now mandatory for all users.'
use sam
see "the other one sees it" '[x] Require'
is "two changes in the trail" "$(rows_of root setting ok) $(rows_of sam setting ok)" "1 1"

# --- other settings ------------------------------------------------------------------------

# edit LABEL TEXT SHOWN: kept, not saved
edit() {
	pick "$1"
	wait_for '[ Keep ]' || { dump; give_up "$1 has no field."; }
	keys C-u
	type "$2"
	keys Enter
	wait_for "$1 * $3" || { dump; give_up "$1 is not kept."; }
}

# save NAME: with that person's next code
save() {
	as "$1"
	keys s
	wait_for '[ Cancel ]' || { dump; give_up "$1 is not asked."; }
	answer "$(code)"
}

fresh
use root
edit 'Idle lock' 20m 20
use sam
edit 'Failures before a pause' 7 7
save sam
see "one saves a setting" 'Saved.' 'Failures before a pause 7'
use root
see "which the other one, who edits another, sees" 'Failures before a pause 7' 'Idle lock * 20'
save root
see "and saves theirs" 'Saved.' 'Idle lock 20'
is "both are there" "$(pc settings get idle-lock) $(pc settings get pause-after)" '20m 7'

fresh
edit 'Console name' 'Day shift' 'Day shift'
edit 'Idle lock' 25m 25
use sam
edit 'Console name' 'Night shift' 'Night shift'
save sam
see "of the same one the first is saved" 'Saved.' 'Console name Night shift'
use root
choose 'Console name'
see "the other one's stays as typed" 'Console name * Day shift'
keys s
see "and is refused once: which, by whom, and what it is now" \
	'Console name: meanwhile changed by sam, now “Night shift”. What you typed is kept' \
	'Idle lock * 25'
not_now "without a question" '[ Cancel ]'
is "nothing of it is saved" "$(pc settings get console-name) $(pc settings get idle-lock)" \
	'Night shift 20m'
keys s
see "saving again asks about what is now" 'Console name: from “Night shift” to “Day shift”.'
use sam
edit 'Idle lock' 30m 30
fresh
save sam
see "with the question open" 'Saved.' 'Idle lock 30'
use root
see "it is withdrawn, and says why" 'Idle lock: meanwhile changed by sam, now 30 minutes.' \
	'Idle lock * 25'
not_now "with its button" '[ Cancel ]'
save root
see "until it is true" 'Saved.' 'Idle lock 25'
is "and all of it is saved" "$(pc settings get console-name) $(pc settings get idle-lock)" \
	'Day shift 25m'

# Both confirm the same switch, as nearly at one moment as two terminals can.
for name in root sam; do
	use "$name"
	pick 'Four eyes'
	wait_for '[ Change ]'
done
fresh
for name in root sam; do
	use "$name"
	as "$name"
	type "$(code)"
	wait_for "$(code)"
done
for name in root sam; do
	use "$name"
	keys Enter
done
# Whose question was withdrawn before the key came there has opened the next one.
first= second=
for name in root sam; do
	use "$name"
	wait_for '[x] Four eyes' || wait_for 'from yes to no?' || dump
	case $(screen) in
	*'Changed.'*) first+=$name ;;
	*'meanwhile changed by'* | *'from yes to no?'*) second+=$name ;;
	esac
done
like "two flip a switch at once: one does, the other does not" "$first $second" \
	'^(root sam|sam root)$'
is "once, in the trail" "$(pc audit list --json |
	json "[r['result'] for r in j if r['target'] == 'four-eyes'].count('ok')")" 1
for change in 'four-eyes no' 'idle-lock 15m' 'pause-after 5' 'console-name ProVconnect'; do
	read -r key value <<<"$change"
	pc settings set "$key" "$value"
done

# --- by those who hear no news -------------------------------------------------------------

printf '%s\n' "$PASSWORD" >"$WORK/password"

# asker NAME: signs in, and waits for `tell`
declare -A TO=()
asker() {
	local to

	mkfifo "$WORK/asker.$1"
	"$top_builddir/tests/client/asker" "$STATE" "$1" "$WORK/password" \
		<"$WORK/asker.$1" >"$WORK/said.$1" 2>&1 &
	exec {to}>"$WORK/asker.$1"
	TO[$1]=$to
	echo password >"$WORK/told.$1"
	as "$1"
	tell "$1" "code $(code)"
	[ "$(heard "$1")" = OK ] || give_up "$1 does not come in: $(cat "$WORK/said.$1")"
}

tell() {
	echo "${@:2}" | tee -a "$WORK/told.$1" >&"${TO[$1]}"
}

# heard NAME: the answer to what was told last
heard() {
	until_ok has_said "$1"
	tail -n 1 "$WORK/said.$1"
}

has_said() {
	[ "$(wc -l <"$WORK/said.$1")" -ge "$(wc -l <"$WORK/told.$1")" ]
}

# asked NAME REQUEST: told, and heard
asked() {
	tell "$@"
	heard "$1"
}

fresh
asker root
asker sam
fresh
as root
mine=$(code)
is "what is seen" "$(asked root view)" "OK 5 3 yes"
is "a change that rests on another value is refused" \
	"$(asked root "change require-2fa no 5 3 no $mine")" STALE
is "one that rests on fewer people" "$(asked root "change require-2fa no 4 3 yes $mine")" STALE
is "on fewer who have it" "$(asked root "change require-2fa no 5 2 yes $mine")" STALE
is "nothing is changed by these" "$(pc settings get require-2fa)" yes
is "a refused one has its row in the trail" "$(rows_of root setting refused)" 3
as sam
is "another person's code is no proof" "$(asked root "change require-2fa no 5 3 yes $(code)")" \
	CODE_WRONG
is "none is none" "$(asked root 'change require-2fa no 5 3 yes -')" PROOF_NEEDED
is "a value out of its limits is refused" "$(asked root "change idle-lock 13h 5 3 15m $mine")" \
	SETTING_VALUE
is "an empty one" "$(asked root "change console-name - 5 3 ProVconnect $mine")" FIELD_EMPTY
is "one that turns text around" "$(asked root \
	"change console-name a"$'\u202e'"b 5 3 ProVconnect $mine")" FIELD_CONTROL
is "the code was spent by none of these" "$(asked root "change require-2fa no 5 3 yes $mine")" OK
is "but once it is, it is" "$(asked root "change require-2fa yes 5 3 no $mine")" CODE_USED

# Both turn the box at once; who loses turns it back, with the code
# that was refused along with the question.
declare -A PROOF=()
for round in 1 2 3; do
	fresh
	for name in root sam; do
		as "$name"
		PROOF[$name]=$(code)
	done
	tell root "change require-2fa yes 5 3 no ${PROOF[root]}"
	tell sam "change require-2fa yes 5 3 no ${PROOF[sam]}"
	first=$(heard root) second=$(heard sam)
	is "two at once: one of them ($round)" "$(printf '%s\n' "$first" "$second" | sort |
		paste -sd ' ')" "OK STALE"
	[ "$first" = STALE ] && loser=root || loser=sam
	is "the other one looks again, and the code is good ($round)" \
		"$(asked "$loser" "change require-2fa no 5 3 yes ${PROOF[$loser]}")" OK
done

# --- fifty who configure ----------------------------------------------------------------------

verdicts=$("$top_builddir/tests/client/enrolments" "$STATE" bob "$WORK/password" "@$NOW" 50)
is "fifty configure at once" "$(wc -l <<<"$verdicts")" 50
is "one of them does" "$(grep -c '^ACTIVATE:OK ' <<<"$verdicts")" 1 ||
	said "$(sort <<<"$verdicts" | cut -d ' ' -f 1 | uniq -c)"
unlike "nobody is told that something broke" "$verdicts" 'FAILED|STORE|PROTOCOL|CRYPTO|MEMORY'
is "one key is active" "$(factors bob)" "on 1 0"
is "as the trail says" "$(rows_of bob activate ok)" 1
KEY=$(awk '$1 == "ACTIVATE:OK" { print $2 }' <<<"$verdicts")
lost=$(awk -v won="$KEY" '$2 != "-" && $2 != won { print $2; exit }' <<<"$verdicts")
fresh
open bob
sign_in bob
won=$KEY
if [ -n "$lost" ]; then
	KEY=$lost
	enter_code
	see "a key that others saw opens nothing" 'That code is wrong.'
fi
KEY=$won
enter_code
see "the key that the winner saw opens" '[ I have saved these codes ]'
finish
