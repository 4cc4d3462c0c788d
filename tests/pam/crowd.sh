#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# Many at once through PAM, while the keeper has other things to do: everybody gets an answer in
# time, and one code is one sign-in.
. "${top_srcdir:-.}/tests/story/lib.sh" || exit 1
. "$top_srcdir/tests/story/people.bash"
. "$top_srcdir/tests/pam/pam.bash"

if [ "$(id -u)" -ne 0 ]; then
	echo '1..0 # SKIP the keeper answers the PAM module of root alone'
	exit 0
fi
KEEPER_PID=
trap '[ -z "$KEEPER_PID" ] || kill -KILL "$KEEPER_PID"; clean_up' EXIT
clock_set $EPOCH
make_state alice
enrolled alice
stop_keeper
start_keeper
pc user link alice root-of-evil 2>/dev/null
fresh
service crowd 'auth required @' 'account required @'

# crowd N WORD…: N programs that ask PAM at the same time, each from an address of its own; what
# they say, each sentence with how often
crowd() {
	local count=$1 pids=() number

	shift
	rm -f "$WORK"/said.*
	for ((number = 1; number <= count; number++)); do
		host crowd root-of-evil "rhost=127.0.$((number / 200)).$((number % 200 + 1))" "$@" \
			>"$WORK/said.$number" &
		pids+=($!)
	done
	wait "${pids[@]}"
	cat "$WORK"/said.* | sort | uniq -c | sed 's/^ *//'
}

is "300 are let in at once where nothing is asked" "$(crowd 300 account)" '300 account: Success'
is "of 60 with the same right code one comes in" \
	"$(crowd 60 "answer=$(code)" auth | grep -c '^1 auth: Success')" 1
is "the trail has one, too" "$(rows pam-code ok)" 1
pc user unlock alice
fresh
said=$(crowd 60 "answer=$(wrong_code)" auth)
unlike "60 with a wrong one do not" "$said" 'Success'
unlike "and none waited too long" "$said" 'late:|cannot be checked'
like "most read that codes pause" "$said" '[0-9]{2} error: Too many attempts'
is "five were looked at before they did" "$(rows pam-code wrong)" 5
finish
