# SPDX-License-Identifier: GPL-3.0-or-later
# Several people on one console, with and without a second factor, and
# what they do once they are in. Sourced after lib.sh.
#
#   person NAME [ROLE]      is there, with $PASSWORD
#   enrolled NAME           has two factors; the key is kept for `as`
#   as NAME                 codes are that person's from now on
#   inside NAME [TERMINAL]  a console of theirs that is at home
#   fill TEXT…             field by field, each ended by Enter
#   fresh                   the clock goes to the next code of everyone
#   answer TEXT             into the only field, of a dialog or of the lock, and Enter
#   by_recovery WHAT        a test: a dialog, or the lock, takes a recovery code instead
declare -A KEYS=()

person() {
	pc user add "$1" --role "${2:-operator}" --password-stdin <<<"$PASSWORD" ||
		give_up "$1 cannot be added."
}

# By the console's own requests, without its screens: those have tests
# of their own. The code that does it is spent.
enrolled() {
	printf '%s\n' "$PASSWORD" >"$WORK/password"
	pc user show "$1" >/dev/null || give_up "$1 is not there."
	enrol_begin "$1"
	enrol_end
	[ ${#CODES[@]} -eq 10 ] || give_up "$1 cannot be enrolled: $KEY ${CODES[*]}"
	KEYS[$1]=$KEY
}

# In two halves, by the password in $WORK/password: the KEY is shown, and a code is waited for.
# (Pipes with names: what a coprocess has said is gone for bash as soon as it has ended.)
enrol_begin() {
	rm -f "$WORK"/enrol.{in,out}
	mkfifo "$WORK"/enrol.{in,out}
	"$top_builddir/tests/client/enrol" "$STATE" "$1" "$WORK/password" \
		<"$WORK/enrol.in" >"$WORK/enrol.out" 2>"$WORK/enrol.err" &
	ENROLS=$!
	exec {ENROL_TO}>"$WORK/enrol.in" {ENROL_FROM}<"$WORK/enrol.out"
	read -r KEY <&"$ENROL_FROM"
}

# The code is given, and the recovery CODES come; with the status of whoever configured.
enrol_end() {
	code >&"$ENROL_TO"
	mapfile -t CODES <&"$ENROL_FROM"
	exec {ENROL_TO}>&- {ENROL_FROM}<&-
	wait "$ENROLS" 2>/dev/null
}

as() {
	KEY=${KEYS[$1]:-}
}

inside() {
	as "$1"
	open "${2:-$1}"
	sign_in "$1"
	[ -z "$KEY" ] || enter_code
	wait_for 'My account' 'Sign out' || { dump; give_up "$1 does not come in."; }
}

fill() {
	local text

	for text; do
		type "$text"
		keys Enter
	done
}

fresh() {
	clock_move 30
}

answer() {
	keys C-u
	type "$1"
	keys Enter
}

# The key bar offers it until it was chosen.
by_recovery() {
	wait_for 'r Recovery code' || { dump; give_up "No recovery code is taken here."; }
	keys r
	gone "$1" 'r Recovery code'
	now "$1, in a field of its own" 'Recovery code ['
}

# The words of a person's account as the host sees it: "off 0 0"
# is none, no device, no recovery code.
factors() {
	pc user show "$1" --json |
		json "' '.join(['on' if j['2fa'] else 'off', str(j['devices']), str(j['recovery_left'])])"
}

# rows_of WHO ACTION RESULT: how many of these are in the audit trail
rows_of() {
	pc audit list --json |
		json "sum(r['who'] == '$1' and r['action'] == '$2' and r['result'] == '$3' for r in j)"
}

# choose LABEL: the mark goes down a menu, and from its end to its top, until it stands there
choose() {
	local tries

	# A list that goes on has it further down.
	DEADLINE=2 wait_for "$1" || keys End
	wait_for "$1" || { dump; give_up "There is no $1."; }
	for tries in {1..20}; do
		! chosen "$1" || return 0
		MARKED=$(mark)
		keys Down
		DEADLINE=2 until_ok moved && continue
		keys Home
		until_ok moved
	done
	dump
	give_up "$1 cannot be chosen."
}

MARKED=

mark() {
	screen | grep -F '›'
}

chosen() {
	case $(mark) in *"›  $1"* | *"›  [ $1"* | *"›  ["?"] $1"*) ;; *) return 1 ;; esac
}

moved() {
	[ "$(mark)" != "$MARKED" ]
}

# pick LABEL: chosen, and opened
pick() {
	choose "$1"
	keys Enter
}
