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
