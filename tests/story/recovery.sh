#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Recovery codes: each works once, however it is typed; a set that nobody confirmed is replaced.
. "${top_srcdir:-.}/tests/story/lib.sh"
clock_set $EPOCH
make_configured alice
saved=("${CODES[@]}")

# recover CODE: in a new console
recover() {
	open console
	sign_in alice
	wait_for 'Use a recovery code'
	keys r
	wait_for 'Enter one of the recovery codes'
	type "$1"
	keys Enter
}

recover "$(tr 'A-Z-' 'a-z ' <<<"${saved[0]}")"
see "a recovery code opens, typed small and with blanks" 'My account'
now "and tells how many are left" 'You signed in with a recovery code. 9 are left.'
sign_out
recover "${saved[0]}"
see "it works once" 'That recovery code is wrong.'
keys C-u
type 'ABCD-EFGH'
keys Enter
see "half a code is not sent" '16 letters and digits'
keys C-u
type "$(tr 'OIB' '018' <<<"${saved[1]}" | tr -d -- -)"
keys Enter
see "0, 1 and 8 are read as the letters they look like" '8 are left.'
keys Down
keys Enter
see "My account tells it too" 'Two-factor authentication is on.' '8 recovery codes left'
is "and the host" "$(pc user show alice --json | json "j['recovery_left']")" 8
sign_out
kill_keeper
recover "${saved[1]}"
see "a used one is used after a keeper was killed" 'That recovery code is wrong.'
keys C-u
printf '  %s \n' "${saved[9]}" >"$WORK/paste"
paste_file "$WORK/paste" -p
filled "a paste is cleaned" "${saved[9]//-/}"
now "and submits nothing" 'Enter one of the recovery codes'
keys Enter
see "any of the ten works" '7 are left.'
sign_out
for i in 2 3 4 5; do
	recover "${saved[i]}"
	wait_for 'My account'
	sign_out
done
open console
sign_in alice
clock_move 60
enter_code "$(code)"
see "when few are left, home says so after a code too" 'Only 3 recovery codes are left.'
sign_out

# --- a set that was never confirmed ----------------------------------------------------------

STATE=$WORK/another
make_state bob
open console
sign_in bob
read_key
enter_code "$(code)"
read_codes
first=("${CODES[@]}")
close
is "the line drops: two factors are on all the same" "$(pc user show bob --json |
	json "j['2fa']")" true
clock_move 30
open console
sign_in bob
enter_code "$(code)"
read_codes
see "the next sign-in shows recovery codes again" 'I have saved these codes'
is "all of them new" "$(printf '%s\n' "${first[@]}" "${CODES[@]}" | sort -u | wc -l)" 20
kill_hard "$(pid)"
close
clock_move 30
open console
sign_in bob
wait_for 'Use a recovery code'
keys r
wait_for 'Enter one of the recovery codes'
type "${first[0]}"
keys Enter
see "those of the first set are worth nothing" 'That recovery code is wrong.'
keys C-u
type "${CODES[3]}"
keys Enter
see "one of the second opens, and a third set comes" 'I have saved these codes'
second=("${CODES[@]}")
read_codes
is "which is new again" "$(printf '%s\n' "${second[@]}" "${CODES[@]}" | sort -u | wc -l)" 20
save_codes
sign_out
open console
sign_in bob
enter_code "$(code)"
see "a confirmed set is not shown again" 'My account' '10 recovery codes left'
finish
