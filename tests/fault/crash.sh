#!/usr/bin/env bash
# SPDX-License-Identifier: GPL-3.0-or-later
# The keeper is killed before each of the system calls that a configuration makes, from the code
# that activates the key to the confirmed recovery codes. Whenever it dies, a person has two factors
# or none, never half, and signs in the next time.
. "${top_srcdir:-.}/tests/story/lib.sh"
. "${top_srcdir:-.}/tests/story/people.bash"

need strace

echo "$PASSWORD" >"$WORK/password"
TRACE=$WORK/trace
POINTS=0
WRONG=

traced() {
	[ "$(awk '$1 == "TracerPid:" { print $2 }' "/proc/$1/status" 2>/dev/null)" != 0 ]
}

# configure_traced NAME STRACE-OPTION…: up to the key without strace, from the
# code on with it; sets KEY, and STATUS of the client
configure_traced() {
	local name=$1 keeper tracer

	shift
	pc user add "$name" --password-stdin <<<"$PASSWORD" || give_up "$name cannot be added."
	enrol_begin "$name" || give_up "There is no key for $name."
	keeper=$(keepers)
	strace -qq -o "$TRACE" -p "$keeper" "$@" 2>/dev/null &
	tracer=$!
	until_ok traced "$keeper" || give_up "strace does not attach."
	enrol_end
	STATUS=$?
	kill "$tracer" 2>/dev/null
	wait "$tracer" 2>/dev/null
}

signed_in() {
	"$top_builddir/tests/client/racer" "$STATE" "$1" "$WORK/password" "$2" 1 | grep -q '^OK 1$'
}

# Configures as a new client does after the crash. A key is
# shown on one line only, so it is another.
configure_again() {
	local before=$KEY

	enrol_begin "$1" && [ "$KEY" != "$before" ] && enrol_end
}

# whole NAME: what is true of a person after a crash; says what is not.
whole() {
	local user active

	user=$(pc user show "$1" --json) || { echo "no keeper starts"; return; }
	active=$(pc audit list --json |
		json "sum(r['who'] == '$1' and r['action'] == 'activate' and r['result'] == 'ok' for r in j)")
	case $(json "j['2fa']" <<<"$user")/$active in
	true/1) signed_in "$1" "$(code 1)" || echo "has two factors, and is not let in" ;;
	false/0) configure_again "$1" || echo "has none, and cannot configure anew" ;;
	*) echo "2fa and the audit trail differ: $user, $active rows" ;;
	esac
}

# crash NAME CALL NUMBER: one point
crash() {
	local wrong

	configure_traced "$1" -e "trace=$2" -e "inject=$2:signal=KILL:when=$3"
	until_ok no_keeper || give_up "The keeper survived $2 number $3."
	POINTS=$((POINTS + 1))
	wrong=$(whole "$1")
	[ -z "$wrong" ] || WRONG="$WRONG
killed before $2 number $3: $1 $wrong"
}

make_state
configure_traced whole
is "without a crash a configuration is done" "$STATUS" 0
until_ok test -s "$TRACE"
mapfile -t CALLS < <(sed -nE 's/^([a-z_0-9]+)\(.*/\1/p' "$TRACE" | sort | uniq -c |
	awk '{ print $2, $1 }')
[ ${#CALLS[@]} -gt 0 ]
ok $? "and its system calls are known" || give_up "There is nothing to crash."

for call in "${CALLS[@]}"; do
	for number in $(seq "${call#* }"); do
		crash "p-${call% *}-$number" "${call% *}" "$number"
	done
done
is "at each of $POINTS points, nobody is left half-configured or locked out" "$WRONG" ''
[ "$POINTS" -gt 20 ]
ok $? "and these are more than twenty"
finish
